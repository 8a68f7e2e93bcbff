"""Reads a Markdown or MDX page of any docs framework: sections, prose, code and the tabs it stands in.

It needs no marks of ours and no compiler, so that it reads pages that no compiler accepts, too. What it looks for is
the block structure that all of them share: https://spec.commonmark.org/0.31.2/#leaf-blocks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guidewright.diagnostics import Span
from guidewright.lint.fences import MARKDOWN_IN_A_FENCE, label_of, language_of
from guidewright.lint.front_matter import texts_of
from guidewright.lint.markup import Lines
from guidewright.lint.page import Block, Code, Page, Piece, Prose, Section
from guidewright.lint.tab_forms import TabForm, TabTag, tab_tags
from guidewright.lint.text import unescaped

_FENCE = re.compile(r"(?P<indent>[ \t>]*)(?P<fence>`{3,}+|~{3,}+)(?P<info>[^`]*)$")
_FENCE_BEHIND_A_MARKER = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]+(?=```|~~~)")
_HEADING = re.compile(r"[ ]{0,3}(?P<marks>#{1,6})[ \t]+(?P<title>.*)$")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:(?P<equals>=+)|-{2,})[ \t]*$")
_HTML_HEADING = re.compile(r"[ \t]*<h(?P<level>[1-6])\b[^<>]*>(?P<title>.*?)</h[1-6]>[ \t]*$", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_MODULE_LINE = re.compile(r"(?:import|export)\s.*(?:[;'\"}]|\bfrom\b.*)$")
_MODULE_START = re.compile(
    r"import\s*(?:\w+\s*,\s*)?\{[^}]*$|export\s+(?:default|const|let|var|function|async|class)\b"
)
_MAX_MODULE_LINES = 400
_MARKER = re.compile(r"[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d+[.)])[ \t]+)?")
_STARTS_AN_ITEM = re.compile(r"[ \t]*(?:>[ \t]?)*(?:[-*+]|\d+[.)])[ \t]+\S")
_TAG_ONLY = re.compile(r"[ \t]*</?[A-Za-z][\w.]*(?:\s[^<>]*)?/?>[ \t]*$")
_OPEN_TAG = re.compile(r"[ \t]*<[A-Z][\w.]*$|[ \t]*<[A-Z][\w.]*\s[^<>]*$")
_END_OF_TAG = re.compile(r"[ \t]*/?>[ \t]*$|[^<>]*[\"'}\s]/?>[ \t]*$")
_MAX_TAG_LINES = 60
_TABS_CONTAINER = re.compile(r"[ \t]*(?P<mark>:{3,})[ \t]*(?:\{tab-set(?:-code)?\}|(?:tabs|code-group)\b)")
_TAB_CONTAINER = re.compile(r"[ \t]*(?P<mark>:{3,})[ \t]*\{tab-item\}[ \t]*(?P<label>.*)$")
_CONTAINER_END = re.compile(r"[ \t]*:{3,}[ \t]*$")
_CONTAINER_OPTION = re.compile(r"[ \t]*:[a-z-]+:(?:[ \t]|$)")
_TAB_IN_CONTAINER = re.compile(r"[ \t]*== ?(?!=)(?P<label>\S.*)$")
_INDENTED_TAB = re.compile(r"(?P<indent>[ \t]*)===[!+]? \"(?P<label>[^\"]*)\"[ \t]*$")
_BOLD_LABEL = re.compile(r"[ \t]*(?:\*\*|__)(?P<label>(?:\\.|[^*_\\])+?):?(?:\*\*|__):?[ \t]*$")
_ASIDE = re.compile(r"[ \t]*(?P<mark>:{3,})[ \t]*\{?\w")
_ENDS_ON_ITS_LINE = re.compile(r"[ \t]:{3,}[ \t]*$")
_DIRECTIVE = re.compile(r"[ \t]*(?::{3,}|!!!|\?\?\?)")


def read_page(text: str, file: str) -> Page:
    """Read a page.

    Args:
        text: all of it, with any line ends.
        file: its path, as findings name it.

    Returns:
        What is on it. A page that is not well-formed is read as far as possible.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    front_matter, start = texts_of(lines)
    reader = _Reader(lines, Lines(lines))
    if start is None:
        reader.problems.append(("the front matter has no end", Span(1, 1, 3)))
    reader.run(1 if start is None else start)
    return Page(file, front_matter, tuple(reader.sections), tuple(reader.problems), tuple(lines))


@dataclass(slots=True, eq=False)
class _Tabs:
    """A group of tabs that is open.

    Attributes:
        line: on which it starts, 1-based.
        form: the tags that end it; None where something else does.
        labels: those that its own tag holds.
        by_value: those that its own tag holds for the values of its tabs.
        label: of the tab that is open.
        count: of the tabs so far.
        indent: of its markers, where less indentation ends it; None where something else does.
    """

    number: int
    line: int
    form: TabForm | None = None
    labels: Sequence[str] = ()
    by_value: Mapping[str, str] = field(default_factory=dict)
    label: str = ""
    count: int = 0
    indent: int | None = None

    def open_tab(self, label: str) -> None:
        """Go on with the next tab."""
        of_group = self.labels[self.count] if self.count < len(self.labels) else ""
        self.count += 1
        self.label = self.by_value.get(label, label) or of_group or f"tab {self.count}"


@dataclass(slots=True, eq=False)
class _Container:
    """What is open between marks: an aside, or tabs.

    Attributes:
        mark: colons, or the backticks that must be repeated to end it.
        tabs: the group, where it is one.
    """

    mark: str
    tabs: _Tabs | None = None


@dataclass(slots=True)
class _Reader:
    lines: Sequence[str]
    source: Lines
    sections: list[Section] = field(default_factory=list)
    problems: list[tuple[str, Span]] = field(default_factory=list)
    _title: str = ""
    _level: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _tabs: list[_Tabs] = field(default_factory=list)
    _containers: list[_Container] = field(default_factory=list)
    _line: int = 0
    _groups: int = 0
    # Bold labels with a fence each are tabs, too: the label that waits for its fence, and those of the group so far.
    _waiting: str = ""
    _labels: list[str] = field(default_factory=list)

    def run(self, start: int) -> None:
        index = start
        while index < len(self.lines):
            index = self._read_block(index)
        self._end_section()
        for tabs in self._tabs:
            if tabs.indent is None:
                self.problems.append(("tabs start here and do not end", Span(tabs.line, 1)))

    def _read_block(self, index: int) -> int:
        self._line = index + 1
        if not self.source.take_comments(index):
            self._end_prose(keeps_label=True)
            self.problems.append(("a comment starts here and does not end", Span(index + 1, 1)))
            return len(self.lines)
        line = self.source.shown[index]
        self._leave_indented_tabs(line)
        if not line.strip():
            self._end_prose(keeps_label=bool(self.lines[index].strip()))
            return index + 1
        if self._end_container(line):
            return index + 1
        behind_marker = _FENCE_BEHIND_A_MARKER.match(line)
        padded = " " * behind_marker.end() + line[behind_marker.end() :] if behind_marker else line
        if opening := _FENCE.match(padded):
            return self._read_fence(index, opening)
        if tags := tab_tags(self.source.shown, index):
            return self._read_tags(index, tags)
        return self._read_line(index, line)

    def _read_line(self, index: int, line: str) -> int:
        if heading := _HEADING.match(line):
            self._begin_section(_without_closing_marks(heading["title"]), len(heading["marks"]), heading.start("title"))
        elif heading := _HTML_HEADING.match(line):
            self._begin_section(_TAG.sub("", heading["title"]), int(heading["level"]), heading.start("title"))
        elif (underline := _UNDERLINE.match(line)) and self._is_paragraph_open():
            self._begin_section_above(1 if underline["equals"] else 2)
        elif _MODULE_LINE.match(line) or _MODULE_START.match(line):
            return self._skip_module(index)
        elif not (self._read_container(line) or self._read_indented_tab(line) or _TAG_ONLY.match(line)):
            if _OPEN_TAG.match(line) and (end := self._end_of_tag(index)):
                self._end_prose()
                return end
            self._read_prose(line, index + 1)
        return index + 1

    def _begin_section(self, title: str, level: int, start: int) -> None:
        self._end_section()
        self._title, self._level = title, level
        self._add_prose([Piece(title, self._line, start + 1)])

    def _is_paragraph_open(self) -> bool:
        if not self._pieces:
            return False
        first = self.lines[self._pieces[0].line - 1]
        return not (_STARTS_AN_ITEM.match(first) or first.lstrip()[:1] in {"|", ">", ":", "<", "!"})

    def _begin_section_above(self, level: int) -> None:
        """The paragraph was a heading: https://spec.commonmark.org/0.31.2/#setext-headings."""
        pieces, self._pieces = self._pieces, []
        self._end_section()
        self._title, self._level = " ".join(piece.text for piece in pieces), level
        self._add_prose(pieces)

    def _skip_module(self, index: int) -> int:
        """Go past an ``import`` or ``export``, which may go on over lines until its brackets are closed."""
        self._end_prose()
        depth = 0
        for at in range(index, min(len(self.lines), index + _MAX_MODULE_LINES)):
            line = self.lines[at]
            depth += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
            if depth <= 0:
                return at + 1
        return index + 1

    def _end_of_tag(self, index: int) -> int:
        """The index behind the line on which a tag over several lines ends; 0 where none does."""
        for at in range(index + 1, min(len(self.lines), index + _MAX_TAG_LINES)):
            if _END_OF_TAG.match(self.source.shown[at]):
                return at + 1
            if not self.source.shown[at].strip():
                break
        return 0

    def _read_tags(self, index: int, tags: Sequence[TabTag]) -> int:
        """Read a line with tags of tabs; the last tag may end on a line below."""
        position = 0
        for tag in tags:
            if tag.start < position:
                continue
            is_read = tag.is_group if not tag.is_closing else self._group_of(tag.form) is not None
            if not (is_read or self._group_of(tag.form)):
                continue
            self._read_between(index, position, tag.start)
            self._end_prose()
            self._read_tag(tag)
            position = tag.end
            if tag.line > index:
                shown = self.source.shown
                shown[tag.line] = " " * tag.end + shown[tag.line][tag.end :]
                return tag.line
        if position:
            self._read_between(index, position, None)
            self._end_prose()
            return index + 1
        return self._read_line(index, self.source.shown[index])

    def _read_between(self, index: int, start: int, end: int | None) -> None:
        line = self.source.shown[index]
        if line[start:end].strip() and not _TAG_ONLY.match(line[start:end]):
            self._read_prose(line[start:end], index + 1, start)

    def _group_of(self, form: TabForm) -> _Tabs | None:
        return next((tabs for tabs in reversed(self._tabs) if tabs.form is form), None)

    def _read_tag(self, tag: TabTag) -> None:
        if tag.is_group and not tag.is_closing:
            self._open_tabs(_Tabs(0, 0, tag.form, tag.labels, tag.labels_by_value))
        elif group := self._group_of(tag.form):
            if tag.is_group:
                self._tabs = self._tabs[: self._tabs.index(group)]
            elif not tag.is_closing:
                group.open_tab(tag.label)

    def _open_tabs(self, tabs: _Tabs) -> _Tabs:
        self._groups += 1
        tabs.number, tabs.line = self._groups, self._line
        self._tabs.append(tabs)
        return tabs

    def _read_container(self, line: str) -> bool:
        if found := _TABS_CONTAINER.match(line):
            self._end_prose()
            self._containers.append(_Container(found["mark"], self._open_tabs(_Tabs(0, 0))))
        elif found := _TAB_CONTAINER.match(line):
            self._begin_tab_in_container(found["mark"], found["label"])
        elif (found := _TAB_IN_CONTAINER.match(line)) and self._containers and self._containers[-1].tabs:
            self._end_prose()
            self._containers[-1].tabs.open_tab(found["label"].strip())
        else:
            return bool(self._containers) and _CONTAINER_OPTION.match(line) is not None
        return True

    def _begin_tab_in_container(self, mark: str, label: str) -> None:
        self._end_prose()
        self._containers.append(_Container(mark))
        group = next((found.tabs for found in reversed(self._containers) if found.tabs), None)
        if group:
            group.open_tab(label.strip())

    def _end_container(self, line: str) -> bool:
        mark = self._containers[-1].mark if self._containers else ""
        if not (_CONTAINER_END.match(line) or (mark.startswith("`") and line.strip() == mark)):
            return False
        self._end_prose()
        if self._containers and mark[0] == line.strip()[0]:
            tabs = self._containers.pop().tabs
            if tabs in self._tabs:
                self._tabs = self._tabs[: self._tabs.index(tabs)]
        return True

    def _read_indented_tab(self, line: str) -> bool:
        found = _INDENTED_TAB.match(line)
        if found:
            self._end_prose()
            indent = len(found["indent"])
            if not (self._tabs and self._tabs[-1].indent == indent):
                self._open_tabs(_Tabs(0, 0, indent=indent))
            self._tabs[-1].open_tab(found["label"])
        return found is not None

    def _leave_indented_tabs(self, line: str) -> None:
        indent = len(line) - len(line.lstrip())
        while line.strip() and self._tabs and self._tabs[-1].indent is not None:
            marker = _INDENTED_TAB.match(line)
            if indent > self._tabs[-1].indent or (marker and indent == self._tabs[-1].indent):
                return
            self._end_prose()
            self._tabs.pop()

    def _read_fence(self, index: int, opening: re.Match[str]) -> int:
        info = opening["info"].strip()
        if directive := MARKDOWN_IN_A_FENCE.match(info):
            self._begin_directive(directive, opening["fence"])
            return index + 1
        self._end_prose(keeps_label=True)
        indent, fence = len(opening["indent"]), opening["fence"]
        closing = re.compile(rf"[ \t>]*{fence[0]}{{{len(fence)},}}[ \t]*$")
        end = next((at for at in range(index + 1, len(self.lines)) if closing.match(self.lines[at])), None)
        if end is None:
            self.problems.append(("a code fence starts here and does not end", Span(index + 1, indent + 1, len(fence))))
            end = len(self.lines)
        text = "\n".join(_without_indent(line, indent) for line in self.lines[index + 1 : end])
        label, group = self._tab_of_fence(info)
        self._blocks.append(Code(language_of(info), text, index + 2, indent, label, group))
        return end + 1

    def _begin_directive(self, directive: re.Match[str], mark: str) -> None:
        self._end_prose()
        if directive["name"] == "tab-item":
            self._begin_tab_in_container(mark, directive["label"])
        else:
            tabs = self._open_tabs(_Tabs(0, 0)) if directive["name"] == "tab-set" else None
            self._containers.append(_Container(mark, tabs))

    def _tab_of_fence(self, info: str) -> tuple[str, int | None]:
        if self._tabs:
            return self._tabs[-1].label or label_of(info), self._tabs[-1].number
        if self._waiting:
            if not self._labels or self._waiting in self._labels:
                self._groups += 1
                self._labels = []
            self._labels.append(self._waiting)
            self._waiting = ""
        return (self._labels[-1], self._groups) if self._labels else ("", None)

    def _read_prose(self, line: str, number: int, start: int = 0) -> None:
        if (aside := _ASIDE.match(line)) and not _ENDS_ON_ITS_LINE.search(line):
            self._containers.append(_Container(aside["mark"]))
        if _STARTS_AN_ITEM.match(line) or line.lstrip().startswith("|") or _DIRECTIVE.match(line):
            self._end_prose()
        marker = _MARKER.match(line)
        at = marker.end() if marker else 0
        self._pieces.append(Piece(line[at:].rstrip(), number, start + at + 1))

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


def _without_closing_marks(title: str) -> str:
    """A heading without the number signs that close it: https://spec.commonmark.org/0.31.2/#atx-headings."""
    text = title.rstrip()
    shorter = text.rstrip("#")
    return shorter.rstrip() if shorter[-1:].isspace() or not shorter else text


def _without_indent(line: str, indent: int) -> str:
    blank = len(line) - len(line.lstrip(" \t>"))
    return line[min(indent, blank) :]
