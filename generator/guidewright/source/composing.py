"""The parser's events -> plain data and marks, refusing what YAML allows but a spec file must not use."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from sys import intern
from typing import Protocol

from ruamel.yaml.error import MarkedYAMLError

from guidewright.diagnostics import Place, Report
from guidewright.source import messages
from guidewright.source.lines import line_bounds, line_number, span_between
from guidewright.source.messages import Message, shorten
from guidewright.source.scalars import MAX_DIGITS, NON_STRING_STARTS, NumberTooLongError, Scalar, resolve_plain
from guidewright.source.syntax import SyntaxScene, explain, reference_end, tag_end

try:
    from _ruamel_yaml import (
        AliasEvent,
        CParser,
        DocumentStartEvent,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        StreamEndEvent,
    )
except ImportError as error:
    # ruamel.yaml falls back to its pure Python parser without a word: ten times slower, and with other error texts.
    MISSING_C_PARSER = "guidewright needs the C parser of ruamel.yaml: install the package ruamel.yaml.clib"
    raise ImportError(MISSING_C_PARSER) from error

MAX_DEPTH = 64


@dataclass(frozen=True, slots=True)
class Composed:
    """What a text says, and where it says it; the attributes are those of ``Document``."""

    data: object
    marks: "array[int]"


class _Mark(Protocol):
    """A position; the parser counts code points from 0."""

    index: int


class _Event(Protocol):
    """What the parser says next. Which attributes an event has depends on its class."""

    start_mark: _Mark
    end_mark: _Mark
    anchor: str | None
    ctag: object
    value: str
    style: str
    version: object
    tags: object


class _TooDeepError(Exception):
    """Ends the parse of a file that is nested deeper than ``MAX_DEPTH``."""


def compose(text: str, file: str, report: Report) -> Composed | None:
    """Parse one YAML document.

    Args:
        text: printable characters only, without byte order mark.
        file: its name in diagnostics.
        report: receives ``yaml-syntax`` and ``tab-character``, which end the parse; and all of ``empty-file``,
            ``second-document``, ``directive``, ``anchor``, ``alias``, ``tag``, ``merge-key``, ``duplicate-key``,
            ``complex-key``, ``non-string-key``, ``too-deep`` and ``number-too-long`` that come before it.

    Returns:
        Plain data with the marks of its nodes, or ``None`` when an error was reported. YAML 1.2.2: chapter 3.2.1.3 for
        unique keys, 10.3.2 for the types of scalars. The limits and the refusals are ours.
    """
    composer = _Composer(text, file, report)
    data = composer.compose_stream()
    return None if composer.has_errors else Composed(data, array("I", composer.marks))


class _Composer:
    def __init__(self, text: str, file: str, report: Report) -> None:
        self.marks: list[int] = []
        self._mark = self.marks.append
        self.has_errors = False
        self._next_event: Callable[[], _Event] = CParser(text).get_event
        self._text = text
        self._file = file
        self._report = report
        self._open_collections: list[int] = []

    def compose_stream(self) -> object:
        try:
            return self._compose_documents()
        except MarkedYAMLError as error:
            self._refuse_syntax(error)
        except _TooDeepError:
            start = self._open_collections[-1]
            self._refuse(messages.TOO_DEEP, start, start + 1, limit=MAX_DEPTH)
        return None

    def _compose_documents(self) -> object:
        self._next_event()  # the stream's start
        event = self._next_event()
        data = None
        if not isinstance(event, StreamEndEvent):
            self._check_directives(event)
            data = self._compose_node(self._next_event())
            self._next_event()  # the document's end
            event = self._next_event()
        if isinstance(event, DocumentStartEvent):
            self._refuse(messages.SECOND_DOCUMENT, event.start_mark.index, event.end_mark.index)
        elif data is None and not self.has_errors:
            self._refuse(messages.EMPTY_FILE, 0, 1)
        return data

    def _check_directives(self, event: _Event) -> None:
        if isinstance(event, DocumentStartEvent) and (event.version is not None or event.tags):
            start = event.start_mark.index
            self._refuse(messages.DIRECTIVE, *line_bounds(self._text, start))

    def _compose_node(self, event: _Event) -> object:
        # Classes are compared, not asked with isinstance: this runs for every node of every file.
        kind = event.__class__
        if kind is ScalarEvent:
            return self._compose_scalar(event)
        if kind is AliasEvent:
            self._refuse_alias(event)
            return None
        if kind is MappingStartEvent:
            return self._compose_mapping(event)
        return self._compose_sequence(event)

    def _compose_scalar(self, event: _Event) -> Scalar:
        if event.anchor is not None or event.ctag is not None:
            self._refuse_properties(event)
        mark = self._mark
        mark(event.start_mark.index)
        mark(event.end_mark.index)
        value = event.value
        if event.style or value[:1] not in NON_STRING_STARTS:
            return value
        try:
            return resolve_plain(value)
        except NumberTooLongError:
            self._refuse(messages.NUMBER_TOO_LONG, *self.marks[-2:], limit=MAX_DIGITS)
            return value

    def _compose_sequence(self, event: _Event) -> list[object]:
        slot = self._open(event)
        items: list[object] = []
        while (event := self._next_event()).__class__ is not SequenceEndEvent:
            items.append(self._compose_node(event))
        self._close(slot, event)
        return items

    def _compose_mapping(self, event: _Event) -> dict[str, object]:
        slot = self._open(event)
        next_event, compose_scalar = self._next_event, self._compose_scalar
        pairs: dict[str, object] = {}
        key_events: dict[str, _Event] = {}
        while (key_event := next_event()).__class__ is not MappingEndEvent:
            key = compose_scalar(key_event) if key_event.__class__ is ScalarEvent else None
            if key.__class__ is not str or key in key_events or key == "<<":
                key = self._check_key(key, key_event, key_events)
            event = next_event()
            value = compose_scalar(event) if event.__class__ is ScalarEvent else self._compose_node(event)
            # What hangs on a refused key was composed for the sake of its own errors.
            if key is not None:
                key_events[key] = key_event
                # Many files have the same keys: one string for all of them.
                pairs[intern(key)] = value
        self._close(slot, key_event)
        return pairs

    def _check_key(self, key: Scalar, event: _Event, earlier: dict[str, _Event]) -> str | None:
        """Return the key, or None when it is refused."""
        if event.__class__ is not ScalarEvent:
            self._refuse_key(event)
            return None
        start, stop = self.marks[-2:]
        if not isinstance(key, str):
            self._refuse(messages.EMPTY_KEY if start == stop else messages.NON_STRING_KEY, start, stop)
        elif key == "<<" and not event.style:
            self._refuse(messages.MERGE_KEY, start, stop)
        elif key in earlier:
            line = line_number(self._text, earlier[key].start_mark.index)
            self._refuse(messages.DUPLICATE_KEY, start, stop, name=shorten(key), line=line)
        else:
            return key
        return None

    def _open(self, event: _Event) -> int:
        """Enter a collection: its place in the marks comes before those of its content, its end is known after them."""
        if event.anchor is not None or event.ctag is not None:
            self._refuse_properties(event)
        start = event.start_mark.index
        self._open_collections.append(start)
        if len(self._open_collections) > MAX_DEPTH:
            raise _TooDeepError
        self.marks += (start, start)
        return len(self.marks) - 1

    def _close(self, slot: int, event: _Event) -> None:
        self.marks[slot] = event.end_mark.index
        self._open_collections.pop()

    def _refuse(self, message: Message, start: int, stop: int, **details: object) -> None:
        self.has_errors = True
        token = shorten(self._text[start : min(stop, line_bounds(self._text, start)[1])])
        place = Place(self._file, span=span_between(self._text, start, stop))
        headline, remedy = (part.format(token=token, **details) for part in (message.headline, message.help))
        self._report.error(message.code, headline, place, help=remedy)

    def _refuse_alias(self, event: _Event) -> None:
        start, stop = event.start_mark.index, event.end_mark.index
        self._refuse(messages.ALIAS, start, stop)

    def _refuse_properties(self, event: _Event) -> None:
        # YAML 1.2.2, chapter 6.9: a tag and an anchor stand before the node, in either order.
        start = event.start_mark.index
        if event.anchor is not None:
            at = self._text.index("&", start)
            self._refuse(messages.ANCHOR, at, at + 1 + len(event.anchor))
        if event.ctag is not None:
            at = self._text.index("!", start)
            self._refuse(messages.TAG, at, tag_end(self._text, at))

    def _refuse_key(self, event: _Event) -> None:
        start = event.start_mark.index
        if event.__class__ is AliasEvent:
            self._refuse_alias(event)
            return
        slot = len(self.marks)
        if start > 0 and self._text.startswith("{{", start - 1):
            # YAML reads `{{ x }}` as a mapping whose key is a mapping.
            self._refuse(messages.UNQUOTED_REFERENCE, start - 1, reference_end(self._text, start - 1))
            self._compose_node(event)
            return
        self._compose_node(event)
        if not self._text.startswith("{{", start):
            self._refuse(messages.COMPLEX_KEY, *self.marks[slot : slot + 2])

    def _refuse_syntax(self, error: MarkedYAMLError) -> None:
        at = error.problem_mark.index
        scene = SyntaxScene(
            text=self._text,
            problem=error.problem,
            context=error.context or "",
            at=at,
            since=at if error.context_mark is None else error.context_mark.index,
            bracket=next((start for start in reversed(self._open_collections) if self._text[start] in "[{"), None),
        )
        message, start, stop = explain(scene)
        self._refuse(
            message,
            start,
            stop,
            problem=scene.problem,
            key=shorten(self._text[line_bounds(self._text, start)[0] : start].strip(" -")),
            closing="]" if self._text[start : start + 1] == "[" else "}",
        )
