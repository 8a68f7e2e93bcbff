"""Where a line ends, and so which line and column an index into a text is.

The C parser follows YAML 1.1 here: beside LF, CRLF and CR it also counts NEL, LS and PS as line breaks, which YAML
1.2.2 (chapter 5.4) made ordinary characters. Whoever counts lines must count as the parser does.
"""

import re
from bisect import bisect_right
from functools import lru_cache

from guidewright.diagnostics import Span

_BREAKS = "\r\n\x85\u2028\u2029"
_BREAK = re.compile(f"\r\n|[{_BREAKS}]")


# A text is asked about many times in a row, once per finding; two, since a finding may relate to a second file.
@lru_cache(maxsize=2)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in _BREAK.finditer(text)))


def line_bounds(text: str, index: int) -> tuple[int, int]:
    """Find the line around an index.

    Args:
        text: the whole text.
        index: 0-based, in code points; the text's length means its end.

    Returns:
        The indices at which that line starts and ends, its line break not counted.
    """
    starts = _line_starts(text)
    number = bisect_right(starts, index)
    stop = starts[number] if number < len(starts) else len(text)
    start = starts[number - 1]
    return start, start + len(text[start:stop].rstrip(_BREAKS))


def line_text(text: str, number: int) -> str:
    """Return the line with this 1-based number without its line break, or ``""`` where there is no such line."""
    starts = _line_starts(text)
    if not 1 <= number <= len(starts):
        return ""
    start, stop = line_bounds(text, starts[number - 1])
    return text[start:stop]


def line_number(text: str, index: int) -> int:
    """Return the 1-based number of the line around an index."""
    return bisect_right(_line_starts(text), index)


def span_between(text: str, start: int, stop: int) -> Span:
    """Turn two indices into a span.

    Args:
        text: the whole text.
        start: 0-based index of the first code point.
        stop: index behind the last one; what lies on a further line is left out.

    Returns:
        A span of at least one code point, without the blanks at the end of a line that was cut off.
    """
    line_start, line_stop = line_bounds(text, start)
    length = stop - start if stop <= line_stop else len(text[start:line_stop].rstrip())
    return Span(line_number(text, start), start - line_start + 1, max(length, 1))
