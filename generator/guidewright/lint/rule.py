"""What a rule is: a code, a severity, and a function that looks at a page."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from guidewright.diagnostics import Place, Severity, Span
from guidewright.lint.fact_kinds import FactKind, Part
from guidewright.lint.facts import Facts, MatchedSection, Mention
from guidewright.lint.gateways import KnownGateway
from guidewright.lint.page import Code, Page, Prose, Section
from guidewright.model import Guide, Route, Snippets, Term


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

    @property
    def is_generated(self) -> bool:
        """Whether the code on it is what the spec says, beyond doubt."""
        return False

    def is_proven(self, _: Code) -> bool:
        """Whether code was compared with the spec before."""
        return False


@dataclass(frozen=True, eq=False, kw_only=True)
class GeneratedSubject(Subject):
    """A page that was generated, and what it was generated from.

    Attributes:
        guides: the one that it shows, or those that it leads to; never none.
        snippets: the code of the site.
        anchors: for each page of the documentation site that is generated, its headings as links name them.
        docs_url: the documentation site's address.
        passage_links: where the passages of a page that leads to guides lead.
        route_of: the route that a section is about; a section that is not in it is about all of them.
        terms: what things are called on every page.
    """

    guides: tuple[Guide, ...]
    snippets: Snippets
    anchors: Mapping[str, frozenset[str]]
    docs_url: str
    passage_links: frozenset[str]
    route_of: Mapping[Section, Route]
    terms: tuple[Term, ...]

    def leads_to_a_page(self, address: str) -> bool:
        """Whether an address is that of a generated page, or one that a passage of the page itself leads to."""
        return address in self.passage_links or address.removeprefix(self.docs_url).partition("#")[0] in self.anchors

    @property
    def guide(self) -> Guide:
        """The guide that it shows."""
        return self.guides[0]

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Every route that it is about."""
        return tuple(route for guide in self.guides for route in guide.routes)

    def routes_of(self, section: Section) -> tuple[Route, ...]:
        """The routes that a section is about."""
        route = self.route_of.get(section)
        return self.routes if route is None else (route,)

    def sections_of(self, route: Route) -> tuple[Section, ...]:
        """The sections that are about one route."""
        return tuple(section for section in self.page.sections if self.route_of.get(section) is route)

    def start_of(self, route: Route) -> Span:
        """The first words of a route's section; the top of the page where it has none."""
        blocks = [block for section in self.sections_of(route) for block in section.blocks]
        return blocks[0].span(0, len(blocks[0].text)) if blocks else Span(1, 1)

    @property
    def end(self) -> Span:
        """The last line of the page that is not empty."""
        number = max((number for number, line in enumerate(self.page.lines, 1) if line.strip()), default=1)
        return Span(number, 1)

    def first_in_code(self, text: str, route: Route) -> Span | None:
        """Where a text first stands in the code of a route; None where it does not."""
        for code in (code for section in self.sections_of(route) for code in section.codes):
            found = re.search(rf"(?<!\w){re.escape(text)}(?!\w)", code.text)
            if found:
                return code.span(found.start(), found.end())
        return None

    @cached_property
    def _known(self) -> dict[tuple[FactKind, tuple[Route, ...]], frozenset[str]]:
        return {}

    def known(self, kind: FactKind, routes: tuple[Route, ...]) -> frozenset[str]:
        """What the spec knows of a kind of facts, for some routes of the page."""
        key = (kind, routes)
        if key not in self._known:
            parts = ((guide, tuple(route for route in guide.routes if route in routes)) for guide in self.guides)
            found = (kind.known(Part(guide, own, self.snippets)) for guide, own in parts if own)
            self._known[key] = frozenset(word for words in found for word in words)
        return self._known[key]

    @cached_property
    def opening(self) -> tuple[Prose, ...]:
        """The sentences before the first route, where the reader is told what is needed."""
        sections = self.page.sections
        first = next((index for index, section in enumerate(sections) if section in self.route_of), len(sections))
        return tuple(prose for section in sections[:first] for prose in section.proses)

    @property
    def is_generated(self) -> bool:
        """Whether the code on it is what the spec says, beyond doubt."""
        return True

    @cached_property
    def _proven(self) -> frozenset[str]:
        return frozenset(code for guide in self.guides for code in _code_of(guide, self.snippets))

    def is_proven(self, code: Code) -> bool:
        """Whether guidewright wrote the code: then it was compared with the spec before the page was rendered."""
        return code.text in self._proven


def code_of_route(route: Route, snippets: Snippets) -> Iterator[str]:
    """All code that guidewright wrote for a route."""
    for snippet in snippets.tabs[route]:
        yield from (snippet.code, snippet.storing_code)
    yield from (file.code for file in snippets.files[route])
    yield from (step.code for step in snippets.steps[route] if step.code)


def _code_of(guide: Guide, snippets: Snippets) -> Iterator[str]:
    yield guide.agent.command or ""
    for snippet in snippets.undo[guide]:
        yield from (snippet.code, snippet.storing_code)
    for route in guide.routes:
        yield from code_of_route(route, snippets)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something on a page that contradicts the spec or the page itself.

    Attributes:
        origin: what it comes from, where that is not simply what the page was made from there.
        severity: None for that of the rule.
    """

    headline: str
    span: Span
    help: str
    severity: Severity | None = None
    origin: Place | None = None


SubjectType = TypeVar("SubjectType", bound=Subject)
AnySubject_contra = TypeVar("AnySubject_contra", bound=Subject, contravariant=True)


def _on_a_page(_: Subject) -> Iterator[Finding]:
    return iter(())


def _among_pages(_: Sequence[Subject]) -> Iterator[tuple[Subject, Finding]]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Rule(Generic[AnySubject_contra]):
    """A kind of contradiction.

    Attributes:
        code: its stable name.
        check: finds all of them on a page.
        check_siblings: finds those between the pages of a run, each with the page that it is on.
    """

    code: str
    severity: Severity
    check: Callable[[AnySubject_contra], Iterator[Finding]] = _on_a_page
    check_siblings: Callable[[Sequence[Subject]], Iterator[tuple[Subject, Finding]]] = _among_pages
