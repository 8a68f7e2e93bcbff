"""Two names for one placeholder, on one page or on sibling pages.

A placeholder is known by where it stands: in the gateway's URL, in its header, in a variable. The way in which it is
written does not matter: ``{team_id}``, ``$TEAM_ID`` and ``<TEAM_ID>`` are one name, but ``{team_id}`` and ``{teamId}``
on one page are not. Pages that all use a name of their own are left alone.

Why: a reader who goes from page to page looks for a second value that does not exist.

Example: ``Bearer <GATE_KEY>`` on one page, ``Bearer <GATE_TOKEN>`` on its sibling.
"""

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guidewright.diagnostics import Severity, Span
from guidewright.lint.facts import current_codes
from guidewright.lint.gateways import KnownGateway
from guidewright.lint.page import Code, Prose
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.sentences import sentences_of
from guidewright.lint.urls import FILLED_IN, urls_in
from guidewright.lint.wording import IS_ABOUT_A_MISTAKE, without_what_is_wrong
from guidewright.model import Holds, Placeholder

_WRITTEN = rf"{FILLED_IN}|\$(?:env:)?[A-Z]\w{{0,60}}|%[A-Z]\w{{0,60}}%|(?:YOUR|your)[-_][\w-]{{1,60}}"
_PLACEHOLDER = re.compile(rf"(?:{_WRITTEN}|[A-Z]{{2,20}}(?:_[A-Z]{{1,20}}){{1,5}})")
# What a program fills in itself: the name is one of its variables, chosen after the habits of its language.
_VARIABLE_OF_A_PROGRAM = re.compile(r"\$\{[a-z][^{}]*\}|\$\{\{[^{}]*\}\}")
_VARIABLE_OF_A_SHELL = re.compile(r"\$.*|%.*%|\{env:.*\}")
_CAMEL_CASE = re.compile(r"[a-z][A-Z]")
_SAY_NOTHING = {"TOKEN", "KEY", "APIKEY", "SECRET", "ID", "VALUE", "HERE"}
_FORMATTING_LANGUAGES = {"rust", "rs", "csharp", "cs", "kotlin"}
_INTERPOLATING_LANGUAGES = {"js", "jsx", "mjs", "cjs", "javascript", "ts", "tsx", "typescript"}
_FORMATS_BELOW = re.compile(r"\.format\(|\.replace\(")
_MAX_BEHIND = 300


@dataclass(frozen=True, slots=True)
class _Use:
    """A placeholder where the spec has one.

    Attributes:
        text: as the page writes it.
        name: in one spelling.
        span: where it stands.
    """

    subject: Subject
    text: str
    name: str
    span: Span

    @property
    def place(self) -> str:
        return f"{self.subject.page.file}:{self.span.line}"


def _check_siblings(subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Finding]]:
    by_slot: dict[Placeholder, list[_Use]] = defaultdict(list)
    for subject in subjects:
        for slot, use in _uses(subject):
            by_slot[slot].append(use)
    for slot, uses in by_slot.items():
        yield from _compare(slot, uses)
        yield from _compare_spellings(uses)


def _compare_spellings(uses: Sequence[_Use]) -> Iterator[tuple[Subject, Finding]]:
    """One name in snake_case and in camelCase, between the same marks on one page."""
    first: dict[tuple[Subject, str, str], _Use] = {}
    told = set[tuple[Subject, str]]()
    for use in uses:
        other = first.setdefault((use.subject, use.name, use.text[0]), use)
        if {_case_of(use.text), _case_of(other.text)} == {"snake", "camel"} and (use.subject, use.text) not in told:
            told.add((use.subject, use.text))
            headline = f"{use.text} and {other.text} are two spellings of one placeholder"
            yield use.subject, Finding(headline, use.span, f"write {other.text}, as on line {other.span.line}")


def _case_of(written: str) -> str:
    return "snake" if "_" in written else "camel" if _CAMEL_CASE.search(written) else ""


def _compare(slot: Placeholder, uses: Sequence[_Use]) -> Iterator[tuple[Subject, Finding]]:
    right = _spelling(slot.name)
    first: dict[str, _Use] = {}
    for use in uses:
        first.setdefault(use.name, use)
    told = set[tuple[Subject, str]]()
    for use in uses:
        # The page's own other name comes first: it is the one that its reader meets.
        here = next((other for other in uses if other.subject is use.subject and other.name != use.name), None)
        others = [first[right]] if right in first else [other for name, other in first.items() if name != use.name]
        if here is not None and (right not in first or here.name == right):
            others = [here]
        if use.name != right and others and (use.subject, use.name) not in told:
            told.add((use.subject, use.name))
            headline = f"{use.text} and {others[0].text} are two names for one placeholder"
            yield (
                use.subject,
                Finding(headline, use.span, f"call it {slot.name}: {others[0].place} has {others[0].text}"),
            )


def _uses(subject: Subject) -> Iterator[tuple[Placeholder, _Use]]:
    for gateway in subject.gateways:
        for text, start, block in _texts(subject):
            yield from _uses_in(text, start, block, subject, gateway)
    for matched in subject.matched:
        alone = [variable for variable in matched.known.route.variables if variable.holds is Holds.PLACEHOLDER]
        for found, variable in itertools.product(matched.blocks, alone):
            setting = found.settings.get(variable.name)
            use = setting and _use(setting.text or "", found.span_of(variable.name), subject)
            if use and len(variable.value.parts) == 1:
                yield variable.value.placeholders[0], use


def _texts(subject: Subject) -> Iterator[tuple[str, int, Prose | Code]]:
    """All that the page shows as right, each with its position in the block that it is from."""
    for section in subject.page.sections:
        for code in current_codes(section):
            yield without_what_is_wrong(code), 0, code
        for prose in section.blocks:
            if isinstance(prose, Prose):
                for sentence, start in sentences_of(prose):
                    if not IS_ABOUT_A_MISTAKE.search(sentence):
                        yield sentence, start, prose


def _uses_in(
    text: str, start: int, block: Prose | Code, subject: Subject, gateway: KnownGateway
) -> Iterator[tuple[Placeholder, _Use]]:
    found = [*_slots_in_urls(text, gateway), *_slots_in_headers(text, gateway)]
    for slot, written, position in found:
        if not _is_of_a_program(written, text, position, block):
            at = start + position
            use = _use(written, block.span(at, at + len(written)), subject)
            if use and not _is_chosen_by_the_reader(use, slot):
                yield slot, use


def _slots_in_urls(text: str, gateway: KnownGateway) -> Iterator[tuple[Placeholder, str, int]]:
    for url in urls_in(text):
        for name, segment, position in gateway.filled_in(url):
            yield gateway.placeholders[name], segment, url.start + position


def _slots_in_headers(text: str, gateway: KnownGateway) -> Iterator[tuple[Placeholder, str, int]]:
    auth = gateway.gateway.auth
    if auth is not None:
        for found in _header(auth.header).finditer(text):
            yield auth.token, found["value"], found.start("value")


@functools.cache
def _header(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-]){re.escape(name)}[\"'`]?\]?\s{{0,20}}[:=,]\s{{0,20}}[\"'`]{{0,3}}(?:[A-Za-z]{{1,20}}\s)?"
        rf"(?P<value>{_PLACEHOLDER.pattern})",
        re.IGNORECASE,
    )


def _use(written: str, span: Span, subject: Subject) -> _Use | None:
    if not _PLACEHOLDER.fullmatch(written):
        return None
    name = _spelling(written)
    return None if name in _SAY_NOTHING else _Use(subject, written, name, span)


def _spelling(written: str) -> str:
    """The name of a placeholder without what marks it as one, without what it is taken from, in one spelling."""
    name = re.findall(r"[A-Za-z][\w -]*", re.sub(r"&[lg]t;", " ", written))[-1]
    return re.sub(r"[\s_-]", "", name).upper().removeprefix("YOUR")


def _is_of_a_program(written: str, text: str, position: int, block: Prose | Code) -> bool:
    if isinstance(block, Prose) or _VARIABLE_OF_A_PROGRAM.fullmatch(written):
        return _VARIABLE_OF_A_PROGRAM.fullmatch(written) is not None
    is_formatted = re.search(r"\bf[\"'][^\"'\n]{0,300}$", text[max(0, position - 300) : position]) is not None
    is_interpolated = written.startswith("${") and block.language in _INTERPOLATING_LANGUAGES
    return written.startswith(("{", "${")) and (
        is_formatted
        or is_interpolated
        or _FORMATS_BELOW.search(text, position, position + _MAX_BEHIND) is not None
        or block.language in _FORMATTING_LANGUAGES
    )


def _is_chosen_by_the_reader(use: _Use, slot: Placeholder) -> bool:
    """Whether it is a variable of the shell: one that the page's code sets, or the same name with a prefix."""
    if not _VARIABLE_OF_A_SHELL.fullmatch(use.text):
        return False
    has_prefix = use.name != _spelling(slot.name) and use.name.endswith(_spelling(slot.name))
    return has_prefix or use.name in _assigned(use.subject)


@functools.lru_cache(maxsize=64)
def _assigned(subject: Subject) -> frozenset[str]:
    codes = (code.text for code in subject.page.codes)
    return frozenset(_spelling(found[1]) for code in codes for found in re.finditer(r"\b([A-Za-z]\w{0,60})\s?=", code))


RULE: Rule[Subject] = Rule("inconsistent-placeholder", Severity.WARNING, check_siblings=_check_siblings)
