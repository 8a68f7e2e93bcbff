"""For people: headline, place, the line with a caret under the guilty token, where that was made from, help.

error[unknown-key]: unknown key "gatway"
 --> spec/gateways/acme.yaml:3:1
  |
3 | gatway: acme
  | ^^^^^^
  = help: did you mean "gateway"?
"""

import unicodedata
from collections.abc import Iterator, Sequence

import click

from guidewright.diagnostics.diagnostic import Severity
from guidewright.diagnostics.formats.located import LocatedDiagnostic, Location, printable

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_MARGIN_COLOR = "blue"
# A line longer than this is shown in part, round the caret.
_EXCERPT_WIDTH = 120
_CONTEXT_BEFORE_CARET = 40


def show(located: Sequence[LocatedDiagnostic]) -> str:
    """Show each finding as a block, with an empty line after it."""
    return "".join(_block(found) + "\n" for found in located)


def _block(found: LocatedDiagnostic) -> str:
    diagnostic = found.diagnostic
    locations = list(filter(None, [found.at, found.origin]))
    gutter = " " * max(len(str(location.span.line)) for location in locations)
    color = _COLORS[diagnostic.severity]
    label = click.style(f"{diagnostic.severity}[{diagnostic.code}]", fg=color, bold=True)
    lines = [f"{label}: {click.style(printable(diagnostic.headline), bold=True)}"]
    for arrow, location in zip(("-->", ":::"), locations, strict=False):
        lines += _source(location, arrow, gutter, color)
    if diagnostic.help:
        lines.append(f"{gutter} {_margin('=')} help: {printable(diagnostic.help)}")
    return "\n".join(lines) + "\n"


def _source(location: Location, arrow: str, gutter: str, color: str) -> Iterator[str]:
    span = location.span
    excerpt, caret_offset, caret_width = _excerpt(location.source_line, span.column - 1, span.length)
    caret = click.style("^" * caret_width, fg=color, bold=True)
    yield f"{gutter}{_margin(arrow)} {location.position}"
    yield f"{gutter} {_margin('|')}"
    yield f"{_margin(str(span.line).ljust(len(gutter)))} {_margin('|')} {excerpt}".rstrip()
    yield f"{gutter} {_margin('|')} {' ' * caret_offset}{caret}"


def _margin(text: str) -> str:
    return click.style(text, fg=_MARGIN_COLOR, bold=True)


def _excerpt(line: str, start: int, length: int) -> tuple[str, int, int]:
    """The shown part of a line, and the caret's offset and width in terminal columns."""
    first = 0 if len(line) <= _EXCERPT_WIDTH else max(0, start - _CONTEXT_BEFORE_CARET)
    last = first + _EXCERPT_WIDTH
    before, guilty, after = (
        printable(part.replace("\t", " "))
        for part in (line[first:start], line[start : start + length][: last - start], line[start + length : last])
    )
    opening = "…" if first > 0 else ""
    closing = "…" if last < len(line) else ""
    caret_offset = _width(opening + before)
    return f"{opening}{before}{guilty}{after}{closing}", caret_offset, max(1, _width(guilty))


def _width(text: str) -> int:
    """How many terminal columns a text takes (Unicode Standard Annex #11, East Asian Width)."""
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
