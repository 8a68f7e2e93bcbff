"""Passages that somebody wrote by hand: read, and held against what they take for granted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from guidewright import model, schema
from guidewright.diagnostics import Place, did_you_mean
from guidewright.model import IslandPosition, Prose, Style
from guidewright.resolve.references import Scope
from guidewright.schema import Located

_PARSER = MarkdownIt("commonmark")
_LANGUAGE = re.compile(r"[0-9A-Za-z][0-9A-Za-z+#._-]*")
_SILENCE = re.compile(r"\s*<!--\s*guidewright-ignore\b.*-->\s*", re.DOTALL)
_LINK = re.compile(r"https?://[^\s]+|/(?!/)[^\s]*|#[^\s]*")
_ROUTE_POSITIONS = [position for position in IslandPosition if position.is_on_routes]
_NOT_TAKEN = {
    "heading": "a heading",
    "blockquote": "a quotation",
    "hr": "a line across the page",
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "a picture",
    "hardbreak": "a forced line break",
    "code_block": "code that is marked by its indentation",
}


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

    def is_on_route(self, provider: str) -> bool:
        """Whether it stands on the route of a provider."""
        return self.is_on_routes and self.island.route in {None, provider}

    def is_about_route(self, provider: str) -> bool:
        """Whether what it takes for granted must be true of the route of a provider."""
        return not self.is_on_routes or self.is_on_route(provider)


def find_islands(
    guide: Located[schema.Guide], providers: Sequence[str], texts: Mapping[str, Located[str]], scope: Scope
) -> list[IslandText]:
    """Bring the islands of a guide together with their texts.

    Args:
        guide: the guide.
        providers: of its routes.
        texts: of the files in spec/islands/, by their paths below the spec folder.
        scope: its report receives what does not fit together.

    Returns:
        The islands that have a text.
    """
    found = []
    for index, island in enumerate(guide.value.islands):
        place = guide.place.at("islands", index)
        text = IslandText(island, island.text or "", place.at("text"), place)
        _report_misfits(text, providers, scope)
        if island.file is None:
            found += [text] if island.text is not None else []
        elif island.file in texts:
            located = texts[island.file]
            found.append(replace(text, text=located.value, at_text=located.place))
        else:
            help_line = did_you_mean(island.file, texts) or f"create spec/{island.file}"
            scope.report.error("unknown-island", f"there is no spec/{island.file}", place.at("file"), help=help_line)
    return found


def _report_misfits(found: IslandText, providers: Sequence[str], scope: Scope) -> None:
    island, place, error = found.island, found.at_island, scope.report.error
    if (island.text is None) == (island.file is None):
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
    elif island.route is not None and island.route not in providers:
        headline = f'no route of the agent leads to "{island.route}"'
        error("unknown-route", headline, place.at("route"), help=did_you_mean(island.route, providers))


def resolve_islands(found: Iterable[IslandText], scope: Scope) -> tuple[model.Island, ...]:
    """Read islands.

    Args:
        found: those of one part of a guide.
        scope: what they can refer to; its report receives what is wrong with them.

    Returns:
        The islands.
    """
    return tuple(
        model.Island(island.position, island.island.title, _Passage(island, scope).blocks(), island.at_text)
        for island in found
    )


@dataclass(frozen=True, slots=True)
class _Passage:
    """Turns Markdown into our tree; what is no part of the tree is reported and left out."""

    found: IslandText
    scope: Scope

    def blocks(self) -> tuple[model.PassageBlock, ...]:
        blocks = self._blocks(SyntaxTreeNode(_PARSER.parse(self.found.text)).children)
        self._report_lists_that_merge(blocks)
        return blocks

    def _report_lists_that_merge(self, blocks: Sequence[model.PassageBlock]) -> None:
        """Two lists with nothing between them are one list to Markdown, with one numbering."""
        if blocks and isinstance(blocks[0], model.ItemList):
            self._report("an island can't start with a list", "", "write a sentence before it that says what it lists")
        elif blocks and isinstance(blocks[-1], model.ItemList) and self.found.position is IslandPosition.BEFORE_STEPS:
            self._report("an island before the steps can't end with a list", "", "write a sentence behind it")

    def _blocks(self, nodes: Iterable[SyntaxTreeNode]) -> tuple[model.PassageBlock, ...]:
        return tuple(block for node in nodes if (block := self._block(node)) is not None)

    def _block(self, node: SyntaxTreeNode) -> model.PassageBlock | None:
        match node.type:
            case "paragraph":
                return model.Paragraph(self._inlines(node.children[0].children))
            case "bullet_list" | "ordered_list":
                items = tuple(self._blocks(item.children) for item in node.children)
                return model.ItemList(items, is_numbered=node.type == "ordered_list")
            case "fence":
                return self._code(node)
            case "html_block" if _SILENCE.fullmatch(node.content):
                return None
            case _:
                self._refuse(node)
                return None

    def _code(self, node: SyntaxTreeNode) -> model.CodeBlock | None:
        language = node.info.strip()
        if not (_LANGUAGE.fullmatch(language) and node.content.strip()):
            self._report("a code fence needs a language and code", f"```{language}", "write a language behind ```: txt")
            return None
        code = self.scope.value(node.content.removesuffix("\n"), self.found.at_text)
        return model.CodeBlock(code.text, language)

    def _inlines(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[model.Inline, ...]:
        inlines: list[model.Inline] = []
        for inline in (found for node in nodes if (found := self._inline(node)) is not None):
            last = inlines[-1] if inlines else None
            if isinstance(inline, model.Words) and isinstance(last, model.Words):
                # Two code spans that touch would not be two on the page.
                inlines[-1] = model.Words(last.prose.joined(inline.prose))
            else:
                inlines.append(inline)
        return tuple(inlines)

    def _inline(self, node: SyntaxTreeNode) -> model.Inline | None:
        match node.type:
            case "text" | "softbreak":
                text = " " if node.type == "softbreak" else node.content
                return model.Words(self.scope.words(text, self.found.at_text))
            case "code_inline":
                return self._inline_code(node)
            case "strong":
                return model.Strong(self._inlines(node.children))
            case "em":
                return model.Emphasis(self._inlines(node.children))
            case "link":
                return self._link(node)
            case _:
                self._refuse(node)
                return None

    def _inline_code(self, node: SyntaxTreeNode) -> model.Words:
        text = self.scope.value(node.content, self.found.at_text).text
        return model.Words(Prose(((text, Style.CODE),), self.found.at_text))

    def _link(self, node: SyntaxTreeNode) -> model.LinkedWords | None:
        url = str(node.attrs["href"])
        if not _LINK.fullmatch(url):
            headline = f'"{url}" is no web address and no path on the documentation site'
            self._report(headline, url, "write an address with https://, or a path that starts with /")
            return None
        if [child.type for child in node.children] != ["text"]:
            self._report("the words of a link are not plain", url, "write plain words between the brackets")
            return None
        words = self.scope.words(node.children[0].content, self.found.at_text)
        text = "".join(part for part, _ in words.parts)
        return model.LinkedWords(self.scope.link(schema.Link(text=text, url=url)))

    def _refuse(self, node: SyntaxTreeNode) -> None:
        # What stands within a paragraph has no line of its own.
        token = node.content if node.map is None else self.found.text.split("\n")[node.map[0]].strip()
        self._report(
            f"an island can't hold {_NOT_TAKEN[node.type]}",
            token,
            "write paragraphs, lists, code fences, links, `code`, **bold** or *italic* text",
        )

    def _report(self, headline: str, token: str, help_line: str) -> None:
        place = replace(self.found.at_text, token=token)
        self.scope.report.error("unsupported-markdown", headline, place, help=help_line)
