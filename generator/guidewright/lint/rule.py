"""What a rule is: a code, a severity, and a function that looks at a page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from guidewright.diagnostics import Severity, Span
from guidewright.lint.facts import Facts, MatchedSection, Mention
from guidewright.lint.gateways import KnownGateway
from guidewright.lint.page import Page


@dataclass(frozen=True, eq=False)
class Subject:
    """A page, and what the spec has to do with it.

    Attributes:
        matched: the sections that set up a route of the spec.
        mentions: the sections whose code sends requests through a gateway of the spec in any other way, too.
    """

    page: Page
    matched: tuple[MatchedSection, ...]
    facts: Facts
    mentions: tuple[Mention, ...] = ()

    @cached_property
    def gateways(self) -> tuple[KnownGateway, ...]:
        """Each gateway that the page is about."""
        of_routes = (self.facts.gateway_of(matched.known) for matched in self.matched)
        return tuple(dict.fromkeys((*of_routes, *(mention.gateway for mention in self.mentions))))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something on a page that contradicts the spec or the page itself.

    Attributes:
        severity: None for that of the rule.
    """

    headline: str
    span: Span
    help: str
    severity: Severity | None = None


def _on_a_page(_: Subject) -> Iterator[Finding]:
    return iter(())


def _among_pages(_: Sequence[Subject]) -> Iterator[tuple[Subject, Finding]]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of contradiction.

    Attributes:
        code: its stable name.
        check: finds all of them on a page.
        check_siblings: finds those between the pages of a run, each with the page that it is on.
    """

    code: str
    severity: Severity
    check: Callable[[Subject], Iterator[Finding]] = _on_a_page
    check_siblings: Callable[[Sequence[Subject]], Iterator[tuple[Subject, Finding]]] = _among_pages
