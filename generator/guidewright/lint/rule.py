"""What a rule is: a code, a severity, and a function that looks at a page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guidewright.diagnostics import Severity, Span
from guidewright.lint.facts import Facts, MatchedSection
from guidewright.lint.page import Page


@dataclass(frozen=True, slots=True)
class Subject:
    """A page, and what the spec has to do with it.

    Attributes:
        matched: the sections that set up a route of the spec; never empty.
    """

    page: Page
    matched: tuple[MatchedSection, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class Finding:
    """Something on a page that contradicts the spec or the page itself."""

    headline: str
    span: Span
    help: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of contradiction.

    Attributes:
        code: its stable name.
        check: finds all of them on a page.
    """

    code: str
    severity: Severity
    check: Callable[[Subject], Iterator[Finding]]
