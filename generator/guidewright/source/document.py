"""A parsed file, and the way from a route of keys back to line and column."""

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from guidewright.diagnostics import Aim, Place, Span
from guidewright.source.lines import line_bounds, line_text, span_between

# YAML 1.2.2, chapter 5.7.
_ESCAPE = re.compile(r"\\(?:x..|u.{4}|U.{8}|.)", re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One spec file.

    Positions are kept as two numbers per node in document order, not as a tree: thousands of files are held at once,
    and a position is needed only when something is wrong. Which node is which follows from ``data``, whose order is
    the document's, so ``data`` must not be changed.

    Attributes:
        file: path relative to the project root, with forward slashes.
        data: the content as dict, list, str, int, float, bool and None; keys are strings.
        text: what was parsed: no byte order mark, LF for CRLF.
        marks: start and end index into ``text`` of each node: a collection, then its content; a key, then its value.
    """

    file: str
    data: object
    text: str = field(repr=False)
    marks: "array[int]" = field(repr=False)

    def line(self, number: int) -> str:
        """Return the line with this 1-based number, without its line break; ``""`` where there is none."""
        return line_text(self.text, number)

    def span(self, place: Place) -> Span:
        """Find where a place is.

        Args:
            place: a place in this file. A span it brings along is returned as it is. A route that leads further than
                the document (a missing key) stands for the last key on it that exists. A token that does not occur in
                the source of its scalar stands for the whole scalar.

        Returns:
            The stretch of the node's first line that belongs to it.
        """
        if place.span is not None:
            return place.span
        key: int | None = None
        node = 0
        data = self.data
        for step in place.route:
            found = _child(data, node, step)
            if found is None:
                return self._nearest(key, node, data)
            key, node, data = found
        if place.aim is Aim.KEY:
            return self._nearest(key, node, data)
        if isinstance(data, dict | list):
            return self._collection_span(node, data)
        return self._scalar_span(node, place.token or place.context, place.context)

    def _nearest(self, key: int | None, node: int, data: object) -> Span:
        """The key that leads to a node; without one, the first thing in it."""
        if key is None and data and isinstance(data, dict | list):
            return self._nearest(None, node + 1, data[0]) if isinstance(data, list) else self._scalar_span(node + 1)
        return self._scalar_span(node if key is None else key)

    def _scalar_span(self, node: int, token: str = "", context: str = "") -> Span:
        start, stop = self.marks[2 * node], self.marks[2 * node + 1]
        if context and (at := _find_token(self.text[start:stop], context)) is not None:
            words = _pattern_of(token).search(self.text, start + at[0], stop)
            if words:
                return span_between(self.text, *words.span())
        if token:
            found = _find_token(self.text[start:stop], token)
            if found is not None:
                return span_between(self.text, start + found[0], start + found[1])
        return span_between(self.text, start, stop)

    def _collection_span(self, node: int, data: object) -> Span:
        start, stop = self.marks[2 * node], self.marks[2 * node + 1]
        line_stop = line_bounds(self.text, start)[1]
        if stop > line_stop:
            # It goes on in the next line: up to the last node in this one, so that a comment is left out.
            ends = self.marks[2 * node + 3 : 2 * (node + _size(data)) : 2]
            stop = max((end for end in ends if end <= line_stop), default=start)
            # A first child that itself goes on ends nowhere in this line; then the line's end is the best there is.
            if stop == start and data:
                stop = line_stop
        return span_between(self.text, start, stop)


class TextDocument(Document):
    """A file of the spec that is one text."""

    def span(self, place: Place) -> Span:
        """Find where a place is: its token, or the first line."""
        if place.span is not None:
            return place.span
        token = place.token or place.context
        words = _pattern_of(token).search(self.text, max(0, self.text.find(place.context)))
        return span_between(self.text, *(words.span() if words and token else (0, len(token) or len(self.text))))


def line_of(place: Place, documents: Mapping[str, Document]) -> int:
    """The line of a place, in one of these documents or in any other file."""
    document = documents.get(place.file)
    span = place.span if document is None else document.span(place)
    return 1 if span is None else span.line


def _child(data: object, node: int, step: str | int) -> tuple[int | None, int, object] | None:
    """Go one step down: the number of the key (lists have none), the number of the child, the child."""
    node += 1
    if isinstance(data, dict):
        for key, value in data.items():
            if key == step:
                return node, node + 1, value
            node += 1 + _size(value)
    elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        return None, node + sum(map(_size, data[:step])), data[step]
    return None


def _size(data: object) -> int:
    """How many nodes a value is: itself, and all keys and values below it."""
    if isinstance(data, dict):
        return 1 + sum(1 + _size(value) for value in data.values())
    if isinstance(data, list):
        return 1 + sum(map(_size, data))
    return 1


def _pattern_of(token: str) -> re.Pattern[str]:
    """What finds a token in Markdown: a line may end where it has a blank."""
    return re.compile(r"\s+".join(map(re.escape, token.split(" "))))


def _find_token(source: str, token: str) -> tuple[int, int] | None:
    """Find a part of a scalar's value in the scalar as it is written (YAML 1.2.2, chapters 7.3 and 8.1)."""
    begin = 0
    match source[:1]:
        case "'":
            begin, source, token = 1, source[:-1], token.replace("'", "''")
        case '"':
            begin, source = 1, source[:-1]
            if '"' in token or "\\" in token:
                token = token.replace("\\", "\\\\").replace('"', '\\"')
            else:
                # The "n" of "\n" is no letter n.
                source = _ESCAPE.sub(lambda escape: "\0" * len(escape[0]), source)
        case "|" | ">":
            begin = line_bounds(source, 0)[1]
        case _:
            pass
    start = source.find(token, begin)
    return None if start < 0 else (start, start + len(token))
