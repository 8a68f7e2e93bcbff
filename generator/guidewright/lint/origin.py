"""What a finding on a generated page comes from: the place that a writer changes."""

import re
from collections.abc import Mapping
from dataclasses import replace

from guidewright.diagnostics import Diagnostic, Place, Span
from guidewright.lint.text import unescaped
from guidewright.model import RenderedFile

# A shorter text may stand anywhere.
_TELLING_LENGTH = 4


def find_origin(
    found: Diagnostic, file: RenderedFile, templates: Mapping[str, str], spec: Mapping[str, str]
) -> Place | None:
    """Find what a finding comes from.

    Args:
        found: with a span on the page.
        file: the page.
        templates: the text of each template, by the name that findings use.
        spec: the same for the spec's files.

    Returns:
        A line of a template, or a place in the spec; None where the page was made from nothing there.
    """
    span = found.place.span or Span(1, 1)
    origin = file.origin_of(_index_of(span, file.content.decode()))
    if origin is None:
        return None
    guilty = unescaped(found.place.line_text[span.column - 1 : span.column - 1 + span.length])
    is_only_placed = origin.file in templates and guilty not in _line(templates[origin.file], origin)
    if is_only_placed and len(guilty) >= _TELLING_LENGTH:
        # The template only places it: a name, a label or a title that the spec gives.
        # A sentence may have given it a capital.
        patterns = (re.compile(re.escape(guilty)), re.compile(re.escape(guilty), re.IGNORECASE))
        places = (_first(pattern, name, text) for pattern in patterns for name, text in spec.items())
        return next(filter(None, places), origin)
    return replace(origin, token=guilty)


def _index_of(span: Span, text: str) -> int:
    start = 0
    for _ in range(span.line - 1):
        start = text.index("\n", start) + 1
    return start + span.column - 1


def _line(text: str, place: Place) -> str:
    return text.split("\n")[place.span.line - 1] if place.span else ""


def _first(pattern: re.Pattern[str], file: str, text: str) -> Place | None:
    for found in pattern.finditer(text):
        line_start = text.rfind("\n", 0, found.start()) + 1
        # A comment in YAML is on no page.
        if not text[line_start:].lstrip(" ").startswith("# "):
            return _place_of(found, line_start, file, text)
    return None


def _place_of(found: re.Match[str], line_start: int, file: str, text: str) -> Place:
    span = Span(text.count("\n", 0, found.start()) + 1, found.start() - line_start + 1, len(found[0]))
    return Place(file, span=span)
