"""One page requires what its sibling says the reader can do without.

Sentences with a condition are left alone, and so is what depends on the route: variables of the spec, and credentials.

Why: one of the two is wrong, and the reader cannot tell which.

Example: "Forward headers (required)" in one guide, "You do not need to forward headers" in the next.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from guidewright.diagnostics import Severity
from guidewright.lint.page import Prose
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.sentences import sentences_of
from guidewright.lint.wording import IS_A_CASE

_WORDS = r"(?P<what>[\w`][\w`./'\u2019-]*(?:\s[\w`./'\u2019-]+){0,5}?)"
_AT_THE_START = rf"^\W{{0,8}}{_WORDS}\*{{0,2}}\s?"
_UP_TO_A_BREAK = rf"{_WORDS}(?=[.,;:!]|$|\s(?:for|to|in|on|with|so|here)\b)"
_REQUIRES = (
    re.compile(rf"{_AT_THE_START}[(\[](?:required|mandatory)[)\]]", re.IGNORECASE),
    re.compile(rf"{_AT_THE_START}(?:is|are)\s(?:always\s)?(?:required|mandatory)\b", re.IGNORECASE),
    re.compile(rf"\byou\smust\s{_UP_TO_A_BREAK}", re.IGNORECASE),
)
_DOES_NOT = (
    re.compile(rf"\b(?:do\snot|don[\u2019']t)\s(?:need|have)\s(?:to\s)?{_UP_TO_A_BREAK}", re.IGNORECASE),
    re.compile(rf"\bno\sneed\s(?:to|for)\s{_UP_TO_A_BREAK}", re.IGNORECASE),
    re.compile(
        rf"{_AT_THE_START}(?:is|are)\s(?:not\s(?:required|needed|necessary|mandatory)|unnecessary)\b", re.IGNORECASE
    ),
    re.compile(rf"{_AT_THE_START}[(\[]not\s(?:required|needed|necessary)[)\]]", re.IGNORECASE),
)
# It depends on the tool, or on something else that the page tells.
_GIVES_A_REASON = re.compile(r"\bby (?:this|that|the)\b|\b(?:because|since|as)\b|:\s|[:;]$", re.IGNORECASE)
_SMALL_WORDS = {"a", "an", "the", "your", "any", "these", "this", "that", "those", "all", "set", "up", "to"}
# Whether one is needed depends on the route, and other rules see to it.
_DEPENDS_ON_THE_ROUTE = re.compile(r"key|credential|token|account|credit|secret|password|login|log in|sign in")


class _Claim(NamedTuple):
    subject: Subject
    prose: Prose
    start: int
    end: int

    @property
    def place(self) -> str:
        return f"{self.subject.page.file}:{self.prose.span(self.start, self.end).line}"


def _check_siblings(subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Finding]]:
    required = dict[str, list[_Claim]]()
    denied = list[tuple[str, _Claim]]()
    for subject in subjects:
        for prose, sentence, start in _sentences(subject):
            for what, at, end in _found(_REQUIRES, sentence):
                required.setdefault(what, []).append(_Claim(subject, prose, start + at, start + end))
            denied += (
                (what, _Claim(subject, prose, start + at, start + end)) for what, at, end in _found(_DOES_NOT, sentence)
            )
    for what, claim in denied:
        other = next((other for other in required.get(what, []) if _are_siblings(other.subject, claim.subject)), None)
        if other is not None:
            text = claim.prose.text[claim.start : claim.end].rstrip(".")
            yield (
                claim.subject,
                Finding(
                    f"another page requires what this one does without: {text}",
                    claim.prose.span(claim.start, claim.end),
                    f"let both say the same: the other is at {other.place}",
                ),
            )


def _sentences(subject: Subject) -> Iterator[tuple[Prose, str, int]]:
    for section in subject.page.sections:
        for prose in section.blocks:
            if isinstance(prose, Prose):
                for sentence, start in sentences_of(prose):
                    behind = prose.text[start + len(sentence) :]
                    if not (IS_A_CASE.search(sentence) or _GIVES_A_REASON.search(sentence + behind[:1])):
                        yield prose, sentence, start


def _found(patterns: Sequence[re.Pattern[str]], sentence: str) -> Iterator[tuple[str, int, int]]:
    """What a sentence says it about: its words in one form, and where they are."""
    for pattern in patterns:
        for found in pattern.finditer(sentence):
            words = [word for word in re.findall(r"[\w-]+", found["what"].lower()) if word not in _SMALL_WORDS]
            what = " ".join(word.removesuffix("s") for word in words)
            if len(words) > 1 and not _DEPENDS_ON_THE_ROUTE.search(what):
                yield what, found.start("what"), found.end("what")


def _are_siblings(first: Subject, second: Subject) -> bool:
    return first is not second and not set(first.gateways).isdisjoint(second.gateways)


RULE: Rule[Subject] = Rule("contradicting-requirement", Severity.WARNING, check_siblings=_check_siblings)
