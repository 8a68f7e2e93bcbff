"""From a route of keys back to the place in the text, for documents written in every style."""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from _ruamel_yaml import CParser, StreamEndEvent
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml.error import MarkedYAMLError

from guidewright.diagnostics import Aim, Place, Report, Span
from guidewright.source import Document
from guidewright.source.lines import line_text, span_between
from guidewright.source.loading import parse_document

Steps = tuple[str | int, ...]

# Quotes, escapes, indicators, blanks, line breaks of every kind, wide and combining characters, no surrogates.
TEXTS = st.text(st.sampled_from("ab01 '\"\\:#-,[]{}&*!|>%@`~\n\t\x85\u2028\ufeff\x07é\u0301日😀𠀀"), max_size=12)
WORDS = st.text(st.sampled_from("abxyzé日😀𠀀 /.-<>"), min_size=1, max_size=12)
SCALARS = TEXTS | WORDS | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False, allow_infinity=False)
STRUCTURES = st.dictionaries(
    TEXTS | WORDS,
    st.recursive(
        SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS | WORDS, inner, max_size=3)
    ),
    max_size=4,
)

PLAIN = re.compile(r"[^\W\d_](?:[\w/.<>\- ]*[\w/.<>])?")
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
BREAKS = re.compile("[\n\x85\u2028\u2029]")


@dataclass
class Writer:
    """Writes a structure as YAML in styles drawn at random, and remembers where it put each key and value."""

    data: st.DataObject
    text: str = ""
    written: dict[tuple[Steps, Aim], tuple[int, str]] = field(default_factory=dict)

    def choose(self, *choices: str) -> str:
        return self.data.draw(st.sampled_from(choices))

    def scalar(self, value: object, route: Steps, aim: Aim, indent: int | None = None) -> None:
        """Write a scalar; an indent means that a block scalar is possible here."""
        source = self.represent(value, indent)
        self.written[route, aim] = (len(self.text), source.split("\n")[0].rstrip())
        self.text += source

    def represent(self, value: object, indent: int | None) -> str:
        if not isinstance(value, str):
            return {None: self.choose("null", "~"), True: "true", False: "false"}.get(value, repr(value))  # type: ignore[call-overload,no-any-return]
        styles = ["double"]
        is_printable = not UNPRINTABLE.search(value)
        if is_printable:
            styles.append("single")
        if PLAIN.fullmatch(value) and value.lower() not in {"true", "false", "null"}:
            styles.append("plain")
        is_block = indent is not None and re.match(r"[^\s]", value) and value.rstrip("\n").split("\n")[-1].strip()
        if is_block and not UNPRINTABLE.search(value.replace("\n", "")):
            styles.append("literal")
        match self.choose(*styles):
            case "plain":
                return value
            case "single":
                return "'" + value.replace("'", "''") + "'"
            case "literal":
                margin = " " * ((indent or 0) + 1)
                lines = value.removesuffix("\n").split("\n")
                return ("|+\n" if value.endswith("\n") else "|-\n") + "\n".join(margin + line for line in lines)
            case _:
                escaped = value.replace("\\", "\\\\").replace('"', '\\"')
                return '"' + UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'

    def flow(self, value: object, route: Steps) -> None:
        if not isinstance(value, dict | list):
            self.scalar(value, route, Aim.VALUE)
            return
        self.text += "{" if isinstance(value, dict) else "["
        steps: Any = value.items() if isinstance(value, dict) else enumerate(value)
        for number, (step, item) in enumerate(steps):
            self.text += self.choose(", ", ",\n   ") if number else self.choose("", " ")
            if isinstance(value, dict):
                self.scalar(step, (*route, step), Aim.KEY)
                self.text += ": "
            self.flow(item, (*route, step))
        self.text += "}" if isinstance(value, dict) else "]"

    def block(self, value: Any, route: Steps, indent: int) -> None:  # noqa: ANN401 - a dict or a list
        """Write a non-empty collection, one item in each line; the first line's indentation stands already."""
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        for number, (step, item) in enumerate(steps):
            if number:
                self.text += self.choose("", "# a comment: 'of' {no} importance\n") + " " * indent
            if isinstance(value, dict):
                self.scalar(step, (*route, step), Aim.KEY)
                self.text += ":"
            else:
                self.text += "-"
            self.item(item, (*route, step), indent)

    def item(self, item: object, route: Steps, indent: int) -> None:
        is_list_item = self.text.endswith("-") and isinstance(route[-1], int)
        if not (isinstance(item, dict | list) and item):
            self.text += " "
            self.scalar(item, route, Aim.VALUE, indent) if not isinstance(item, dict | list) else self.flow(item, route)
            self.text += "\n"
            return
        match self.choose("flow", "below", "beside"):
            case "below":
                deeper = indent + (0 if isinstance(item, list) and not is_list_item else 2)
                self.text += "\n" + " " * deeper
                self.block(item, route, deeper)
            case "beside" if is_list_item:
                self.text += " "
                self.block(item, route, indent + 2)
            case _:
                self.text += " "
                self.flow(item, route)
                self.text += "\n"


def parse(text: str) -> Document:
    report = Report()
    document = parse_document(text.encode(), "spec.yaml", report)
    assert report.diagnostics == ()
    assert document is not None
    return document


@settings(max_examples=300, deadline=None)
@given(STRUCTURES, st.data())
def test_what_was_written_is_read_and_found_again(structure: dict[str, object], data: st.DataObject) -> None:
    writer = Writer(data)
    if structure:
        writer.block(structure, (), 0)
    else:
        writer.flow(structure, ())
    document = parse(writer.text)
    assert document.data == structure
    for (route, aim), (start, source) in writer.written.items():
        span = document.span(Place("spec.yaml", route, aim))
        before = writer.text[:start].split("\n")
        assert span == Span(len(before), len(before[-1]) + 1, len(source))
        assert document.line(span.line)[span.column - 1 :].startswith(source)


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from(":-,[]'\"|>#{} \n\r\x85\u2028\u2029ab é日😀"), max_size=60))
def test_lines_and_columns_are_those_of_the_parser(text: str) -> None:
    text = text.replace("\r\n", "\n")
    parser = CParser(text)
    marks = []
    try:
        while not isinstance(event := parser.get_event(), StreamEndEvent):
            marks += [event.start_mark, event.end_mark]
    except MarkedYAMLError as error:
        marks.append(error.problem_mark)
    for mark in marks:
        # At its end, the parser closes a last line that has no line break, and so may be one line further.
        if mark.index < len(text):
            assert span_between(text, mark.index, mark.index + 1).line == mark.line + 1
            assert span_between(text, mark.index, mark.index + 1).column == mark.column + 1


EXAMPLE = """\
# comment
plain: one two  # comment
single: 'it''s <HERE>'
double: "tab\\there, \\"quoted\\" C:\\\\x"
literal: |2  # comment
  first | line
  second <HERE>
folded: >-

  text
日本 😀: 日本 {endpoint} 𠀀
multi: first
  second
list:
- a
- {b: 1, c: [x, y]}
- d: 1  # comment
  e:
- |
  text
nested:
  inner: {x: 1,  # comment
    y: 2}
  other: []
empty:
"""

# route, aim, token, the line, and the text the span covers in it
SPANS: list[tuple[Steps, Aim, str, int, str]] = [
    (("plain",), Aim.KEY, "", 2, "plain"),
    (("plain",), Aim.VALUE, "", 2, "one two"),
    (("plain",), Aim.VALUE, "two", 2, "two"),
    (("plain",), Aim.VALUE, "three", 2, "one two"),
    (("plain",), Aim.VALUE, "comment", 2, "one two"),
    (("single",), Aim.VALUE, "", 3, "'it''s <HERE>'"),
    (("single",), Aim.VALUE, "<HERE>", 3, "<HERE>"),
    (("single",), Aim.VALUE, "it's", 3, "it''s"),
    (("double",), Aim.VALUE, "here", 4, "here"),
    (("double",), Aim.VALUE, "there", 4, '"tab\\there, \\"quoted\\" C:\\\\x"'),
    (("double",), Aim.VALUE, '"quoted"', 4, '\\"quoted\\"'),
    (("double",), Aim.VALUE, "C:\\x", 4, "C:\\\\x"),
    (("literal",), Aim.VALUE, "", 5, "|2  # comment"),
    (("literal",), Aim.VALUE, "|", 6, "|"),
    (("literal",), Aim.VALUE, "<HERE>", 7, "<HERE>"),
    (("folded",), Aim.VALUE, "text", 10, "text"),
    (("日本 😀",), Aim.KEY, "", 11, "日本 😀"),
    (("日本 😀",), Aim.VALUE, "{endpoint}", 11, "{endpoint}"),
    (("日本 😀",), Aim.VALUE, "𠀀", 11, "𠀀"),
    (("multi",), Aim.VALUE, "", 12, "first"),
    (("multi",), Aim.VALUE, "second", 13, "second"),
    (("list",), Aim.KEY, "", 14, "list"),
    (("list",), Aim.VALUE, "", 15, "- a"),
    (("list", 0), Aim.VALUE, "", 15, "a"),
    (("list", 0), Aim.KEY, "", 15, "a"),
    (("list", 1), Aim.VALUE, "", 16, "{b: 1, c: [x, y]}"),
    (("list", 1, "c"), Aim.KEY, "", 16, "c"),
    (("list", 1, "c"), Aim.VALUE, "", 16, "[x, y]"),
    (("list", 1, "c", 1), Aim.VALUE, "", 16, "y"),
    (("list", 2), Aim.VALUE, "", 17, "d: 1"),
    (("list", 2), Aim.KEY, "", 17, "d"),
    (("list", 2, "e"), Aim.KEY, "", 18, "e"),
    (("list", 2, "e"), Aim.VALUE, "", 18, ""),
    (("list", 3), Aim.VALUE, "text", 20, "text"),
    (("nested",), Aim.VALUE, "", 22, "inner: {x: 1"),
    (("nested", "inner"), Aim.VALUE, "", 22, "{x: 1"),
    (("nested", "inner", "y"), Aim.VALUE, "", 23, "2"),
    (("nested", "other"), Aim.VALUE, "", 24, "[]"),
    (("empty",), Aim.VALUE, "", 25, ""),
    ((), Aim.VALUE, "", 2, "plain: one two"),
    ((), Aim.KEY, "", 2, "plain"),
    # a route that leads further than the document
    (("missing",), Aim.VALUE, "", 2, "plain"),
    (("missing", "deeper", 3), Aim.KEY, "token", 2, "plain"),
    (("nested", "missing"), Aim.VALUE, "", 21, "nested"),
    (("nested", "inner", "missing"), Aim.VALUE, "", 22, "inner"),
    (("nested", "inner", "x", "missing"), Aim.VALUE, "", 22, "x"),
    (("list", 9), Aim.VALUE, "", 14, "list"),
    (("list", -1), Aim.VALUE, "", 14, "list"),
    (("list", "a"), Aim.VALUE, "", 14, "list"),
    (("list", 2, "missing"), Aim.VALUE, "", 17, "d"),
    (("list", 0, "missing"), Aim.VALUE, "", 15, "a"),
    (("nested", 0), Aim.VALUE, "", 21, "nested"),
]


@pytest.mark.parametrize(("route", "aim", "token", "line", "covered"), SPANS)
def test_span(route: Steps, aim: Aim, token: str, line: int, covered: str) -> None:
    document = parse(EXAMPLE)
    span = document.span(Place("spec.yaml", route, aim, token))
    assert (span.line, span.length) == (line, max(len(covered), 1))
    assert document.line(line)[span.column - 1 :].startswith(covered)


def test_a_known_span_is_returned_as_it_is() -> None:
    assert parse("a: 1\n").span(Place("spec.yaml", ("a",), span=Span(7, 8, 9))) == Span(7, 8, 9)


@pytest.mark.parametrize(
    ("text", "span"),
    [("{}", Span(1, 1, 2)), ("[]", Span(1, 1, 2)), ("- - x: 1", Span(1, 5, 1)), ("- 'a'", Span(1, 3, 3))],
)
def test_a_missing_key_of_an_odd_document(text: str, span: Span) -> None:
    assert parse(text).span(Place("spec.yaml", ("missing",))) == span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("- |2\n  x\n", Span(1, 1, 4)),
        ("[\n1]", Span(1, 1, 1)),
        ("a:\n  b: 1\n", Span(1, 1, 1)),
        ("[a,\nb]", Span(1, 1, 2)),
    ],
)
def test_a_collection_is_shown_by_its_first_line(text: str, span: Span) -> None:
    assert parse(text).span(Place("spec.yaml")) == span


@pytest.mark.parametrize("line_break", ["\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_line_break_of_the_parser_counts(line_break: str) -> None:
    document = parse(line_break.join(["a: 1", "日: |", "  x", "  y", "c: z"]))
    assert document.data == {"a": 1, "日": document.data["日"], "c": "z"}  # type: ignore[index]
    assert document.span(Place("spec.yaml", ("c",))) == Span(5, 4)
    assert [document.line(number) for number in range(7)] == ["", "a: 1", "日: |", "  x", "  y", "c: z", ""]


@pytest.mark.parametrize("text", [EXAMPLE, EXAMPLE.rstrip()])
def test_windows_files_read_like_all_others(text: str) -> None:
    report = Report()
    windows = parse_document(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "spec.yaml", report)
    assert [found.code for found in report.diagnostics] == ["byte-order-mark", "crlf-line-ends"]
    assert windows is not None
    unix = parse(text)
    assert windows.data == unix.data
    assert windows.marks == unix.marks
    assert windows.text == unix.text


def test_line_without_text() -> None:
    assert line_text("", 1) == ""
    assert line_text("a\n", 2) == ""
    assert line_text("a\n", 3) == ""
