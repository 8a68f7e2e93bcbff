"""Code or a sentence that somebody typed into a generated page, with another value for a variable than the route sets.

Why: the page says two things, and the reader takes the one that nobody tested.

Example: the route sets ``CODER_MODE`` to ``1``, and a passage shows ``export CODER_MODE="0"``.
"""

import re
from collections.abc import Iterator

from guidewright.diagnostics import Place, Severity
from guidewright.lint.facts import MatchedSection
from guidewright.lint.rule import Finding, GeneratedSubject, Rule
from guidewright.lint.tokens import InlineCode, stretches_of
from guidewright.model import Holds, Route

_ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_]\w*)=(?P<value>.*)")


def _check(subject: GeneratedSubject) -> Iterator[Finding]:
    for matched in subject.matched:
        route = matched.known.route
        for block in matched.blocks:
            if subject.is_proven(block.code):
                continue
            for name, setting in block.settings.items():
                # An address has a rule of its own.
                wrong = _wrong(name, setting.text, route) if _holds(name, route) is not Holds.ENDPOINT else None
                if wrong:
                    yield Finding(wrong[0], block.span_of(name), "refer to what the route sets", origin=wrong[1])
        yield from _check_sentences(matched)


def _check_sentences(matched: MatchedSection) -> Iterator[Finding]:
    for prose in matched.section.proses:
        for stretch in stretches_of(prose):
            found = _ASSIGNMENT.fullmatch(stretch.text) if isinstance(stretch, InlineCode) else None
            wrong = _wrong(found["name"], found["value"].strip("\"'"), matched.known.route) if found else None
            if wrong:
                yield Finding(wrong[0], stretch.span(0, len(stretch.text)), "write what the route sets")


def _holds(name: str, route: Route) -> Holds | None:
    return next((variable.holds for variable in route.variables if variable.name == name), None)


def _wrong(name: str, text: str | None, route: Route) -> tuple[str, Place | None] | None:
    """What is wrong with a value, in words; None where nothing is, or the route has no such variable."""
    variable = next((variable for variable in route.variables if variable.name == name), None)
    if variable is None:
        is_removed = any(removed.name == name for removed in route.removed)
        return (f"{name} must not be set for {route.title}", None) if is_removed and text is not None else None
    if text is None:
        return f"{name} is removed here, and the route of {route.title} sets it", None
    if text != variable.value.text:
        expected = variable.value.text or "the empty string"
        return (
            f"{name} is {text or 'the empty string'} here, and the route of {route.title} sets it to {expected}",
            None,
        )
    return None


RULE = Rule("other-value", Severity.ERROR, _check)
