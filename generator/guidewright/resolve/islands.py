"""Passages that somebody wrote by hand: read, and held against what they take for granted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from guidewright import model, schema
from guidewright.diagnostics import Place, did_you_mean
from guidewright.model import IslandPosition
from guidewright.resolve.passages import read_passage
from guidewright.resolve.references import Scope
from guidewright.schema import Located

_ROUTE_POSITIONS = [position for position in IslandPosition if position.is_on_routes]


@dataclass(frozen=True, slots=True)
class IslandText:
    """An island, and where its text is."""

    island: schema.Island
    text: str
    at_text: Place
    at_island: Place

    @property
    def position(self) -> IslandPosition:
        """Where it stands."""
        return IslandPosition(self.island.place)

    @property
    def is_on_routes(self) -> bool:
        """Whether it stands on routes, not on the page as a whole."""
        return self.position.is_on_routes

    def is_on_route(self, name: str) -> bool:
        """Whether it stands on a route, by its name."""
        return self.is_on_routes and self.island.route in {None, name}

    def is_about_route(self, name: str) -> bool:
        """Whether what it takes for granted must be true of a route, by its name."""
        return not self.is_on_routes or self.is_on_route(name)


def find_islands(
    guide: Located[schema.Guide], routes: Sequence[str], texts: Mapping[str, Located[str]], scope: Scope
) -> list[IslandText]:
    """Bring the islands of a guide together with their texts.

    Args:
        guide: the guide.
        routes: the names of the agent's.
        texts: of the files in spec/islands/, by their paths below the spec folder.
        scope: its report receives what does not fit together.

    Returns:
        The islands that have a text.
    """
    found = []
    for index, island in enumerate(guide.value.islands):
        place = guide.place.at("islands", index)
        text = IslandText(island, island.text or "", place.at("text"), place)
        _report_misfits(text, routes, scope)
        if island.file is None:
            found += [text] if island.text is not None else []
        elif island.file in texts:
            located = texts[island.file]
            found.append(replace(text, text=located.value, at_text=located.place))
        elif not _is_refused(island.file, scope):
            help_line = did_you_mean(island.file, texts) or f"create spec/{island.file}"
            scope.report.error("unknown-island", f"there is no spec/{island.file}", place.at("file"), help=help_line)
    return found


def _is_refused(file: str, scope: Scope) -> bool:
    """Whether a file is there, but was refused: then its own finding is enough."""
    return any(found.place.file.endswith(f"/{file}") for found in scope.report.diagnostics)


def _report_misfits(found: IslandText, routes: Sequence[str], scope: Scope) -> None:
    island, place, error = found.island, found.at_island, scope.report.error
    if island.text is not None and not island.text.strip():
        error("island-without-text", "the text is empty", place.at("text"), help="write something, or delete it")
    elif (island.text is None) == (island.file is None):
        number = "no" if island.text is None else "two"
        error("island-without-text", f"the island has {number} texts", place, help="give it either text: or file:")
    if (island.title is None) == (island.place == "section"):
        headline, help_line = (
            ("a section needs a title", "add title:")
            if island.title is None
            else (f"an island at {island.place} has no heading", "delete title:, or write place: section")
        )
        error("island-title", headline, place if island.title is None else place.at("title"), help=help_line)
    if island.route is not None and not found.is_on_routes:
        help_line = f"delete it, or choose a place on a route: {', '.join(_ROUTE_POSITIONS)}"
        error("island-route", f"{island.place} is on no route", place.at("route"), help=help_line)
    elif island.route is not None and island.route not in routes:
        headline = f'the agent has no route "{island.route}"'
        error("unknown-route", headline, place.at("route"), help=did_you_mean(island.route, routes))


def resolve_islands(found: Iterable[IslandText], scope: Scope) -> tuple[model.Island, ...]:
    """Read islands.

    Args:
        found: those of one part of a guide.
        scope: what they can refer to; its report receives what is wrong with them.

    Returns:
        The islands.
    """
    return tuple(model.Island(island.position, island.island.title, _resolve(island, scope)) for island in found)


def _resolve(found: IslandText, scope: Scope) -> model.Passage:
    passage = read_passage(found.text, found.at_text, scope)
    blocks = passage.blocks
    if blocks and isinstance(blocks[0], model.ItemList):
        _report_list("an island can't start with a list", "write a sentence before it", found, scope)
    elif blocks and isinstance(blocks[-1], model.ItemList) and found.position is IslandPosition.BEFORE_STEPS:
        _report_list("an island before the steps can't end with a list", "write a sentence behind it", found, scope)
    return passage


def _report_list(headline: str, help_line: str, found: IslandText, scope: Scope) -> None:
    """Two lists with nothing between them are one list to Markdown, with one numbering."""
    scope.report.error("unsupported-markdown", headline, found.at_text, help=help_line)
