"""Comments by which writers silence a finding at its place, with a reason.

``guidewright-ignore CODE: reason`` stands in a comment of the file's own language, on a line of its own. It covers what
follows up to the next blank line; a code fence is covered to its end.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from guidewright.diagnostics import Diagnostic, Place, Severity, Span, did_you_mean
from guidewright.lint.page import Page
from guidewright.lint.rules import ALL_RULES

_COMMENT = re.compile(
    r"[ \t]*(?:(?P<hash>#)|<!--|\{/\*|\{#-?)[ \t]*(?P<silence>guidewright-ignore\b[ \t]*(?P<code>[\w-]*)[ \t]*:?[ \t]*"
    r"(?P<reason>.*?))[ \t]*(?:-->|\*/\}|-?#\}|(?(hash)$|(?!)))[ \t]*$"
)
_FENCE = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Silence:
    """A comment that silences findings.

    Attributes:
        code: of the findings; may be no code at all.
        reason: may be empty.
        place: of the comment.
        covered: the lines that it covers, 1-based.
    """

    code: str
    reason: str
    place: Place
    covered: range


def silences_in(
    file: str, lines: Sequence[str], *, yaml_lines: Collection[int] = (), code_lines: Collection[int] = ()
) -> Iterator[Silence]:
    """Find the silences of a file.

    Args:
        file: its path, as findings name it.
        lines: all of it.
        yaml_lines: the numbers of those that are YAML, in which # starts a comment.
        code_lines: the numbers of those that only show code, in which a comment means nothing.

    Yields:
        The silences, in order.
    """
    for number, line in enumerate(lines, start=1):
        found = _COMMENT.match(line) if "guidewright-ignore" in line and number not in code_lines else None
        if found and (not found["hash"] or number in yaml_lines):
            span = Span(number, found.start("silence") + 1, len(found["silence"]))
            place = Place(file, span=span, line_text=line)
            yield Silence(found["code"], found["reason"], place, _covered(lines, number))


def silences_on(page: Page) -> Iterator[Silence]:
    """Find the silences of a page that somebody wrote."""
    code_lines = {code.line + number for code in page.codes for number in range(code.text.count("\n") + 1)}
    return silences_in(page.file, page.lines, yaml_lines=range(1, page.front_matter_end + 1), code_lines=code_lines)


def _covered(lines: Sequence[str], number: int) -> range:
    first = number
    while first < len(lines) and (not lines[first].strip() or _COMMENT.match(lines[first])):
        first += 1
    last = first
    fence = _FENCE.match(lines[first]) if first < len(lines) else None
    if fence:
        last += 1
        while last < len(lines) and not lines[last].lstrip(" \t>").startswith(fence["fence"]):
            last += 1
        last += 1
    else:
        while last < len(lines) and lines[last].strip():
            last += 1
    return range(first + 1, last + 1)


def line_of_span(place: Place) -> int:
    """The line of a place that has become one already."""
    return place.span.line if place.span else 1


def without_silenced(
    diagnostics: Iterable[Diagnostic], silences: Iterable[Silence], line_of: Callable[[Place], int] = line_of_span
) -> Iterator[Diagnostic]:
    """Leave out what is silenced, and tell about silences that silence nothing.

    Args:
        diagnostics: what rules found. What has an origin is silenced there.
        silences: those of all files.
        line_of: finds the line of a place.

    Yields:
        The findings that are left; then ``unused-silence`` and ``malformed-silence``.
    """
    codes = {rule.code for rule in ALL_RULES}
    by_file: dict[tuple[str, str], list[Silence]] = {}
    for silence in silences:
        if silence.code not in codes:
            yield _malformed(silence, f'no rule is called "{silence.code}"', did_you_mean(silence.code, codes))
        elif not silence.reason:
            help_line = f"write: guidewright-ignore {silence.code}: and the reason"
            yield _malformed(silence, "a finding is silenced without a reason", help_line)
        else:
            by_file.setdefault((silence.place.file, silence.code), []).append(silence)
    used = set[Silence]()
    for diagnostic in diagnostics:
        place = diagnostic.origin or diagnostic.place
        candidates = by_file.get((place.file, diagnostic.code), [])
        line = line_of(place) if candidates else 0
        covering = [silence for silence in candidates if line in silence.covered]
        used.update(covering)
        if not covering:
            yield diagnostic
    for silence in (silence for of_file in by_file.values() for silence in of_file if silence not in used):
        headline = f"there is no {silence.code} here to be silenced"
        yield Diagnostic("unused-silence", headline, silence.place, "delete the comment", Severity.WARNING)


def _malformed(silence: Silence, headline: str, help_line: str) -> Diagnostic:
    return Diagnostic("malformed-silence", headline, silence.place, help_line)
