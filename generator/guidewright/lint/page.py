"""A page as its reader meets it: sections, prose, code and the tabs it stands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from guidewright.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line.

    Attributes:
        line: 1-based.
        column: of its first character, 1-based.
    """

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph, a list item, a table row, a heading or a value of the front matter.

    Attributes:
        tab: the label of the tab that it stands in; empty outside tabs.
    """

    pieces: tuple[Piece, ...]
    tab: str = ""

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join(piece.text for piece in self.pieces)

    def span(self, start: int, end: int) -> Span:
        """Where a part of ``text`` stands: as much of it as is on the line on which it starts."""
        for piece in self.pieces:
            if start <= len(piece.text):
                return Span(piece.line, piece.column + start, max(1, min(end, len(piece.text)) - start))
            start, end = start - len(piece.text) - 1, end - len(piece.text) - 1
        raise ValueError("the position is behind the end of the text")


@dataclass(frozen=True, slots=True)
class Code:
    """A code fence.

    Attributes:
        language: the first word behind the fence, in small letters; may be empty.
        line: of the first line of code, 1-based.
        indent: how many characters before each line belong to the page.
        tab: the label of the tab that it stands in; empty outside tabs.
        group: the number of the group of tabs, counted on the page; None outside tabs.
    """

    language: str
    text: str
    line: int
    indent: int
    tab: str
    group: int | None

    def span(self, start: int, end: int) -> Span:
        """Where a part of ``text`` stands: as much of it as is on the line on which it starts."""
        before = self.text[:start]
        column = start - (before.rfind("\n") + 1)
        line_end = self.text.find("\n", start)
        stop = min(end, line_end if line_end >= 0 else len(self.text))
        return Span(self.line + before.count("\n"), self.indent + column + 1, max(1, stop - start))


Block: TypeAlias = Prose | Code


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A heading and what stands below it, up to the next heading.

    Attributes:
        title: empty for what stands above the first heading.
        level: of the heading; 0 where there is none.
    """

    title: str
    level: int
    blocks: tuple[Block, ...]

    @property
    def codes(self) -> tuple[Code, ...]:
        """Its code fences."""
        return tuple(block for block in self.blocks if isinstance(block, Code))

    @property
    def proses(self) -> tuple[Prose, ...]:
        """Its sentences."""
        return tuple(block for block in self.blocks if isinstance(block, Prose))


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its reader meets it.

    Attributes:
        file: its path, as findings name it.
        front_matter: the texts at the top level of the front matter, by their keys.
        problems: what kept a part of it from being read.
        lines: all of it, without line ends.
    """

    file: str
    front_matter: Mapping[str, Prose]
    sections: tuple[Section, ...]
    problems: tuple[tuple[str, Span], ...]
    lines: tuple[str, ...] = ()

    @property
    def front_matter_end(self) -> int:
        """How many lines the front matter takes, with its rules; 0 where there is none, or it has no end."""
        rules = [number for number, line in enumerate(self.lines, start=1) if line.rstrip() == "---"]
        return rules[1] if rules[:1] == [1] and len(rules) > 1 else 0

    @property
    def codes(self) -> tuple[Code, ...]:
        """Every code fence, in order."""
        return tuple(code for section in self.sections for code in section.codes)
