"""Comments by which writers silence a finding at its place, with a reason.

``guidewright-ignore CODE: reason`` stands in a comment of the file's own language, on a line of its own. It covers what
follows up to the next blank line; a code fence is covered to its end, and a key of YAML with all that is below it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from guidewright.diagnostics import Diagnostic, Place, Severity, Span, did_you_mean
from guidewright.lint.page import Page
from guidewright.lint.rules import ALL_RULES

_COMMENT = re.compile(
    r"[ \t]*(?:(?P<hash>#)|<!--|\{/\*|\{#-?)[ \t]*"
    r"(?P<silence>guidewright-ignore\b[ \t]*(?P<code>[\w-]*)(?P<colon>[ \t]*:)?[ \t]*(?P<reason>.*?))"
    r"[ \t]*(?:-->|\*/\}|-?#\}|(?(hash)$|(?!)))[ \t]*$"
)
_ANYWHERE = re.compile(
    r"(?:<!--|\{/\*|\{#-?|(?<!\S)(?P<hash>#))[ \t]*(?P<silence>guidewright-ignore\b[^\n]*)", re.IGNORECASE
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


def silences_in(file: str, text: str, *, is_yaml: bool = False) -> Iterator[Silence]:
    """Find the silences of a file.

    Args:
        file: its path, as findings name it.
        text: all of it.
        is_yaml: whether # starts a comment in it.

    Yields:
        The silences, in order; comments in code fences are only shown, and mean nothing.
    """
    lines = text.split("\n")
    yield from _silences(file, lines, range(1, len(lines) + 1) if is_yaml else ())


def silences_on(page: Page) -> Iterator[Silence]:
    """Find the silences of a page that somebody wrote; its front matter is YAML."""
    return _silences(page.file, page.lines, range(1, page.front_matter_end + 1))


def _silences(file: str, lines: Sequence[str], yaml_lines: Collection[int]) -> Iterator[Silence]:
    if not any("guidewright-ignore" in line.lower() for line in lines):
        return
    code_lines = set(_code_lines(lines))
    for number, line in enumerate(lines, start=1):
        found = _ANYWHERE.search(line) if number not in code_lines else None
        if found and (not found["hash"] or number in yaml_lines):
            place = Place(file, span=Span(number, found.start("silence") + 1, len(found["silence"])), line_text=line)
            comment = _COMMENT.match(line)
            if comment and comment["colon"]:
                covered = _covered(lines, number, is_yaml=number in yaml_lines)
                yield Silence(comment["code"], comment["reason"], place, covered)
            else:
                yield Silence("", "", place, range(0))


def _code_lines(lines: Sequence[str]) -> Iterator[int]:
    fence = ""
    for number, line in enumerate(lines, start=1):
        found = _FENCE.match(line)
        if fence:
            yield number
            fence = "" if found and found["fence"].startswith(fence) else fence
        elif found:
            fence = found["fence"]


def _covered(lines: Sequence[str], number: int, *, is_yaml: bool) -> range:
    """The lines of what follows a comment: a paragraph, a code fence, or a key with all that is below it."""
    first = number
    while first < len(lines) and (not lines[first].strip() or _COMMENT.match(lines[first])):
        first += 1
    if first == len(lines):
        return range(0)
    last = first + 1
    if fence := _FENCE.match(lines[first]):
        while last < len(lines) and not lines[last].lstrip(" \t>").startswith(fence["fence"]):
            last += 1
        last += 1
    elif is_yaml and lines[number - 1].lstrip().startswith("#"):
        while last < len(lines) and (not lines[last].strip() or _indent(lines[last]) > _indent(lines[first])):
            last += 1
    else:
        while last < len(lines) and lines[last].strip():
            last += 1
    return range(first + 1, last + 1)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


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
        if not silence.covered:
            help_line = "write it on a line of its own, above something: guidewright-ignore CODE: reason"
            yield _malformed(silence, "this comment silences nothing", help_line)
        elif silence.code not in codes:
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
