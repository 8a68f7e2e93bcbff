"""Passages in Markdown: a small tree, so that each docs framework writes them in its own way."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from guidewright.diagnostics import Place
from guidewright.model.text import Link, Prose


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words and code."""

    kind: ClassVar[str] = "words"
    prose: Prose


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that matter."""

    kind: ClassVar[str] = "strong"
    children: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words with a stress."""

    kind: ClassVar[str] = "emphasis"
    children: "tuple[Inline, ...]"


@dataclass(frozen=True, slots=True)
class LinkedWords:
    """Words that lead to a page."""

    kind: ClassVar[str] = "link"
    link: Link


Inline: TypeAlias = Words | Strong | Emphasis | LinkedWords


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    kind: ClassVar[str] = "paragraph"
    children: tuple[Inline, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list.

    Attributes:
        is_numbered: whether its items have numbers.
    """

    kind: ClassVar[str] = "list"
    items: "tuple[tuple[PassageBlock, ...], ...]"
    is_numbered: bool


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A code fence."""

    kind: ClassVar[str] = "code"
    code: str
    language: str
    place: Place


PassageBlock: TypeAlias = Paragraph | ItemList | CodeBlock


class IslandPosition(enum.StrEnum):
    """Where a hand-written passage can stand."""

    INTRODUCTION = "introduction"
    PREREQUISITES = "prerequisites"
    SECTION = "section"
    TROUBLESHOOTING = "troubleshooting"
    BEFORE_STEPS = "before-steps"
    STEP = "step"
    AFTER_STEPS = "after-steps"

    @property
    def is_on_routes(self) -> bool:
        """Whether it is in the sections of routes, not elsewhere on the page."""
        return self in {IslandPosition.BEFORE_STEPS, IslandPosition.STEP, IslandPosition.AFTER_STEPS}


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that somebody wrote in Markdown.

    Attributes:
        place: where the spec holds it.
    """

    blocks: tuple[PassageBlock, ...]
    place: Place

    @property
    def links(self) -> tuple[Link, ...]:
        """Where its links lead."""
        return tuple(node.link for node in _nodes_in(self.blocks) if isinstance(node, LinkedWords))

    @property
    def word_count(self) -> int:
        """How many words it has."""
        return sum(len(text.split()) for node in _nodes_in(self.blocks) for text in _texts_of(node))


@dataclass(frozen=True, slots=True)
class Island:
    """A passage at a named place of a guide.

    Attributes:
        position: that place.
        title: the heading of a section of its own; None elsewhere.
    """

    position: IslandPosition
    title: str | None
    passage: Passage


def _nodes_in(nodes: "tuple[Inline | PassageBlock, ...]") -> "Iterator[Inline | PassageBlock]":
    for node in nodes:
        yield node
        match node:
            case Paragraph() | Strong() | Emphasis():
                yield from _nodes_in(node.children)
            case ItemList():
                for item in node.items:
                    yield from _nodes_in(item)
            case _:
                pass


def _texts_of(node: "Inline | PassageBlock") -> Iterator[str]:
    match node:
        case Words():
            yield "".join(text for text, _ in node.prose.parts)
        case LinkedWords():
            yield node.link.text
        case CodeBlock():
            yield node.code
        case _:
            pass
