"""The texts that the reader of a route copies, as the spec gives them: values of variables, files and steps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guidewright import schema
from guidewright.diagnostics import Place
from guidewright.resolve.references import references_in
from guidewright.schema import Located


@dataclass(frozen=True, slots=True)
class CopiedText:
    """A text that the reader copies.

    Attributes:
        variable: the one that holds it; empty for any other text.
    """

    text: str
    place: Place
    variable: str = ""


def copied_texts(agent: Located[schema.Agent], index: int) -> tuple[CopiedText, ...]:
    """Collect the texts of a route.

    Args:
        agent: whose route it is.
        index: of the route.

    Returns:
        Every text, those of its variables first.
    """
    return tuple(_texts_of(agent, index))


def references_of(texts: Iterable[CopiedText]) -> frozenset[str]:
    """The names that any of the texts refers to."""
    return frozenset(reference for found in texts for reference in references_in(found.text))


def _texts_of(agent: Located[schema.Agent], index: int) -> Iterator[CopiedText]:
    route, place = agent.value.routes[index], agent.place.at("routes", index)
    for name, text in route.set.items():
        yield CopiedText(text, place.at("set", name), name)
    for name in route.file_names:
        if name in agent.value.config_files:
            at_content = agent.place.at("config_files", name, "content")
            yield from texts_in(agent.value.config_files[name].content, at_content)
    for position, step in enumerate(route.steps):
        at_step = place.at("steps", position)
        if step.value is not None:
            yield CopiedText(step.value, at_step.at("value"))
        for number, word in enumerate(step.run):
            yield CopiedText(word, at_step.at("run", number))


def texts_in(node: object, place: Place) -> Iterator[CopiedText]:
    """Every text in a part of a file, its keys included.

    Args:
        node: the part, as the spec gives it.
        place: where the spec gives it.
    """
    match node:
        case str():
            yield CopiedText(node, place)
        case dict():
            for key, entry in node.items():
                yield CopiedText(str(key), place.at(key).key())
                yield from texts_in(entry, place.at(key))
        case list():
            for number, entry in enumerate(node):
                yield from texts_in(entry, place.at(number))
