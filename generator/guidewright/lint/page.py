"""Reads a Markdown or MDX page of any docs framework: sections, prose, code and the tabs it stands in.

It needs no marks of ours and no compiler, so that it reads pages that no compiler accepts, too. What it looks for is
the block structure that all of them share: https://spec.commonmark.org/0.31.2/#leaf-blocks.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from guidewright.diagnostics import Span
from guidewright.lint.text import unescaped


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


_FRONT_MATTER_KEY = re.compile(r"([A-Za-z_][\w-]*):[ \t]*(?P<value>\S.*)?$")
_FENCE = re.compile(r"(?P<indent>[ \t]*(?:>[ \t]?)*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
_FENCE_BEHIND_A_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?=```|~~~)")
_HEADING = re.compile(r"[ ]{0,3}(?P<marks>#{1,6})[ \t]+(?P<title>.*?)[ \t#]*$")
_MODULE_LINE = re.compile(r"(?:import|export)\s.*(?:[;'\"}]|\bfrom\b.*)$")
_COMMENT_STARTS = (("{/*", "*/}"), ("<!--", "-->"))
_MARKER = re.compile(r"[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d+[.)])[ \t]+)?")
_STARTS_AN_ITEM = re.compile(r"[ \t]*(?:>[ \t]?)*(?:[-*+]|\d+[.)])[ \t]+\S")
_TAG_ONLY = re.compile(r"[ \t]*</?[A-Za-z][\w.]*(?:\s[^<>]*)?/?>[ \t]*$")
# The ways in which frameworks write tabs.
_TABS_TAG = re.compile(r"[ \t]*<(?P<slash>/?)(?:Tabs|CodeGroup)\b[^<>]*>")
_TAB_TAG = re.compile(r"[ \t]*<(?:TabItem|Tabs\.Tab|Tab)\b(?P<attributes>[^>]*)>")
_LABEL = re.compile(r"\b(?:label|title|value)=(?:\"([^\"]*)\"|'([^']*)'|\{\"([^\"]*)\"\})")
_TABS_CONTAINER = re.compile(r"[ \t]*(?P<colons>:{3,})[ \t]*(?:tabs|code-group)\b")
_CONTAINER_END = re.compile(r"[ \t]*:{3,}[ \t]*$")
_TAB_IN_CONTAINER = re.compile(r"[ \t]*== ?(?!=)(?P<label>\S.*)$")
_INDENTED_TAB = re.compile(r"(?P<indent>[ \t]*)===[!+]? \"(?P<label>[^\"]*)\"[ \t]*$")
_BOLD_LABEL = re.compile(r"[ \t]*(?:\*\*|__)(?P<label>(?:\\.|[^*_\\])+?):?(?:\*\*|__):?[ \t]*$")
_ASIDE = re.compile(r"[ \t]*:{3,}[ \t]*\w")
_DIRECTIVE = re.compile(r"[ \t]*(?::{3,}|!!!|\?\?\?)")
_LABEL_OF_A_FENCE = re.compile(r"\[([^\]]+)\]")


def read_page(text: str, file: str) -> Page:
    """Read a page.

    Args:
        text: all of it, with any line ends.
        file: its path, as findings name it.

    Returns:
        What is on it. A page that is not well-formed is read as far as possible.
    """
    reader = _Reader(text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n"))
    reader.run()
    return Page(file, reader.front_matter, tuple(reader.sections), tuple(reader.problems), tuple(reader.lines))


@dataclass(slots=True)
class _Tabs:
    """A group of tabs that is open.

    Attributes:
        line: on which it starts, 1-based.
        label: of the tab that is open.
        count: of the tabs so far.
        is_container: whether colons end it.
        indent: of its markers, where less indentation ends it; None where something else does.
    """

    number: int
    line: int
    label: str = ""
    count: int = 0
    is_container: bool = False
    indent: int | None = None


@dataclass(slots=True)
class _Reader:
    lines: Sequence[str]
    front_matter: dict[str, Prose] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    problems: list[tuple[str, Span]] = field(default_factory=list)
    _title: str = ""
    _level: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _tabs: list[_Tabs] = field(default_factory=list)
    _line: int = 0
    _groups: int = 0
    _asides: int = 0
    # Bold labels with a fence each are tabs, too: the label that waits for its fence, and those of the group so far.
    _waiting: str = ""
    _labels: list[str] = field(default_factory=list)

    def run(self) -> None:
        index = self._read_front_matter()
        while index < len(self.lines):
            index = self._read_block(index)
        self._end_section()
        for tabs in self._tabs:
            if tabs.indent is None:
                self.problems.append(("tabs start here and do not end", Span(tabs.line, 1)))

    def _read_front_matter(self) -> int:
        if not self.lines or self.lines[0].rstrip() != "---":
            return 0
        end = next((index for index, line in enumerate(self.lines[1:], 1) if line.rstrip() == "---"), None)
        if end is None:
            self.problems.append(("the front matter has no end", Span(1, 1, 3)))
            return 1
        key = ""
        for number, line in enumerate(self.lines[1:end], 2):
            if found := _FRONT_MATTER_KEY.match(line):
                key = found[1]
                pieces = [Piece(found["value"], number, found.start("value") + 1)] if found["value"] else []
                self.front_matter[key] = Prose(tuple(pieces))
            elif key and line[:1].isspace() and line.strip():
                piece = Piece(line.strip(), number, len(line) - len(line.lstrip()) + 1)
                self.front_matter[key] = Prose((*self.front_matter[key].pieces, piece))
        return end + 1

    def _read_block(self, index: int) -> int:
        line, self._line = self.lines[index], index + 1
        self._leave_indented_tabs(line)
        behind_marker = _FENCE_BEHIND_A_MARKER.match(line)
        padded = " " * behind_marker.end() + line[behind_marker.end() :] if behind_marker else line
        if opening := _FENCE.match(padded):
            return self._read_fence(index, opening)
        for start, end in _COMMENT_STARTS:
            if line.lstrip().startswith(start):
                return self._skip_comment(index, end)
        if not line.strip():
            self._end_prose()
        elif heading := _HEADING.match(line):
            self._end_section()
            self._title, self._level = heading["title"], len(heading["marks"])
            self._add_prose([Piece(heading["title"], index + 1, heading.start("title") + 1)])
        elif not (self._read_tabs(line) or _MODULE_LINE.match(line)):
            self._read_prose(line, index + 1)
        return index + 1

    def _read_tabs(self, line: str) -> bool:
        """Go past a line that opens, labels or closes tabs; whether it is one, or holds nothing but a tag."""
        if not (self._read_tag(line) or self._read_container(line) or self._read_indented_tab(line)):
            return _TAG_ONLY.match(line) is not None
        return True

    def _read_tag(self, line: str) -> bool:
        if found := _TABS_TAG.match(line):
            self._end_prose()
            if not found["slash"]:
                self._open_tabs()
            elif self._tabs:
                self._tabs.pop()
        elif found := _TAB_TAG.match(line):
            self._end_prose()
            label = _LABEL.search(found["attributes"])
            if self._tabs:
                self._tabs[-1].count += 1
                unlabelled = f"tab {self._tabs[-1].count}"
                self._tabs[-1].label = html.unescape(next(filter(None, label.groups()), "")) if label else unlabelled
        return found is not None

    def _read_container(self, line: str) -> bool:
        is_open = bool(self._tabs) and self._tabs[-1].is_container
        if _TABS_CONTAINER.match(line):
            self._end_prose()
            self._open_tabs(is_container=True)
        elif is_open and (found := _TAB_IN_CONTAINER.match(line)):
            self._end_prose()
            self._tabs[-1].label = found["label"].strip()
        elif _CONTAINER_END.match(line):
            self._end_prose()
            if self._asides:
                self._asides -= 1
            elif is_open:
                self._tabs.pop()
        else:
            return False
        return True

    def _read_indented_tab(self, line: str) -> bool:
        found = _INDENTED_TAB.match(line)
        if found:
            self._end_prose()
            indent = len(found["indent"])
            if not (self._tabs and self._tabs[-1].indent == indent):
                self._open_tabs(indent=indent)
            self._tabs[-1].label = found["label"]
        return found is not None

    def _open_tabs(self, *, is_container: bool = False, indent: int | None = None) -> None:
        self._groups += 1
        self._tabs.append(_Tabs(self._groups, self._line, is_container=is_container, indent=indent))

    def _leave_indented_tabs(self, line: str) -> None:
        indent = len(line) - len(line.lstrip())
        while line.strip() and self._tabs and self._tabs[-1].indent is not None:
            marker = _INDENTED_TAB.match(line)
            if indent > self._tabs[-1].indent or (marker and indent == self._tabs[-1].indent):
                return
            self._end_prose()
            self._tabs.pop()

    def _read_fence(self, index: int, opening: re.Match[str]) -> int:
        self._end_prose(keeps_label=True)
        indent, fence = len(opening["indent"]), opening["fence"]
        closing = re.compile(rf"[ \t]*(?:>[ \t]?)*{fence[0]}{{{len(fence)},}}[ \t]*$")
        end = next((at for at in range(index + 1, len(self.lines)) if closing.match(self.lines[at])), None)
        if end is None:
            self.problems.append(("a code fence starts here and does not end", Span(index + 1, indent + 1, len(fence))))
            end = len(self.lines)
        text = "\n".join(_without_indent(line, indent) for line in self.lines[index + 1 : end])
        info = opening["info"].strip()
        language = re.split(r"[\s{\[,]", info, maxsplit=1)[0].lower()
        label, group = self._tab_of_fence(info)
        self._blocks.append(Code(language, text, index + 2, indent, label, group))
        return end + 1

    def _tab_of_fence(self, info: str) -> tuple[str, int | None]:
        if self._tabs:
            label = _LABEL_OF_A_FENCE.search(info)
            return self._tabs[-1].label or (label[1] if label else ""), self._tabs[-1].number
        if self._waiting:
            if not self._labels or self._waiting in self._labels:
                self._groups += 1
                self._labels = []
            self._labels.append(self._waiting)
            self._waiting = ""
        return (self._labels[-1], self._groups) if self._labels else ("", None)

    def _skip_comment(self, index: int, end: str) -> int:
        self._end_prose(keeps_label=True)
        at = next((at for at in range(index, len(self.lines)) if end in self.lines[at]), None)
        if at is None:
            self.problems.append(("a comment starts here and does not end", Span(index + 1, 1)))
            return len(self.lines)
        return at + 1

    def _read_prose(self, line: str, number: int) -> None:
        self._asides += _ASIDE.match(line) is not None
        if _STARTS_AN_ITEM.match(line) or line.lstrip().startswith("|") or _DIRECTIVE.match(line):
            self._end_prose()
        marker = _MARKER.match(line)
        start = marker.end() if marker else 0
        self._pieces.append(Piece(line[start:].rstrip(), number, start + 1))

    def _add_prose(self, pieces: Sequence[Piece]) -> None:
        label = self._tabs[-1].label if self._tabs else "".join(self._labels[-1:])
        self._blocks.append(Prose(tuple(pieces), label))

    def _end_prose(self, *, keeps_label: bool = False) -> None:
        if not self._pieces:
            return
        bold = _BOLD_LABEL.match(self._pieces[0].text) if len(self._pieces) == 1 and not self._tabs else None
        if bold:
            self._waiting = unescaped(bold["label"])
        elif not (keeps_label or self._labels):
            # Where a group has begun, a sentence may stand between a label and its fence.
            self._waiting = ""
        self._add_prose(self._pieces)
        self._pieces = []

    def _end_section(self) -> None:
        self._end_prose()
        self._waiting, self._labels = "", []
        if self._blocks or self._level:
            self.sections.append(Section(self._title, self._level, tuple(self._blocks)))
        self._blocks = []


def _without_indent(line: str, indent: int) -> str:
    blank = len(line) - len(line.lstrip(" \t>"))
    return line[min(indent, blank) :]
