"""Looks for contradictions on generated pages: what a template or a sentence says must be what the spec says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from guidewright.diagnostics import Diagnostic, Place, Report
from guidewright.lint.anchors import anchors_of
from guidewright.lint.facts import Block, Facts, MatchedSection, Setting, family_of, read_block
from guidewright.lint.findings import apply_rules, broken_parts
from guidewright.lint.origin import find_origin
from guidewright.lint.page import Page, Section
from guidewright.lint.reader import read_page
from guidewright.lint.rule import GeneratedSubject, Rule, code_of_route
from guidewright.lint.rules import GUARD_RULES, INDEX_RULES
from guidewright.lint.silences import Silence, silences_in, without_silenced
from guidewright.lint.text import unescaped
from guidewright.model import Guide, Index, RenderedFile, RenderedPages, Route, Site, Snippets, url_of_page


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """What findings on generated pages need to know of the project's files.

    Attributes:
        output_folder: its path.
        spec: the text of each spec file, by its path.
        line_of: finds the line of a place in a spec file or template.
    """

    output_folder: str
    spec: Mapping[str, str]
    line_of: Callable[[Place], int]


def guard_pages(pages: RenderedPages, site: Site, snippets: Snippets, project: ProjectFiles, report: Report) -> None:
    """Read generated pages back, and compare them with the spec.

    Args:
        pages: every page of the site.
        site: what the spec says.
        snippets: the code of the site.
        project: where the pages will be, and what they were made from; a finding is silenced there.
        report: receives the findings, at the line of the page that would be written, with what that was made from; and
            silences that silence nothing.
    """
    origins = replace(project, spec=_without_other_names(site, project))
    found = _Guard(pages, site, snippets, origins).findings()
    report.add(without_silenced(found, _silences(pages, project), project.line_of))


def _silences(pages: RenderedPages, project: ProjectFiles) -> Iterator[Silence]:
    for file, text in project.spec.items():
        yield from silences_in(file, text, is_yaml=not file.endswith(".md"))
    for file, text in pages.templates.items():
        yield from silences_in(file, text)


def _without_other_names(site: Site, project: ProjectFiles) -> Mapping[str, str]:
    """The spec without the lines that list what nothing may be called: no page is made from those."""
    lines = {term.place.file: project.spec[term.place.file].split("\n") for term in site.terms}
    for place in (term.place.at(index) for term in site.terms for index in range(len(term.others))):
        lines[place.file][project.line_of(place) - 1] = ""
    return {**project.spec, **{file: "\n".join(of_file) for file, of_file in lines.items()}}


@dataclass(frozen=True, slots=True)
class _Guard:
    """Compares every page of a site with what it was made from."""

    pages: RenderedPages
    site: Site
    snippets: Snippets
    project: ProjectFiles

    def findings(self) -> Iterator[Diagnostic]:
        """Everything that is wrong, once, however many docs frameworks and guides it is made for."""
        facts = Facts(self.site)
        files = {file.path.rpartition(".")[0]: file for file in self.pages.files}
        told: set[tuple[str, str, Place | None]] = set()
        for output in self.site.outputs:
            read = {
                page: (file, read_page(file.content.decode(), f"{self.project.output_folder}/{file.path}"))
                for page in _pages_of(self.site)
                if (file := files.get(f"{output.folder}/{page.path}")) is not None
            }
            anchors = {url_of_page(page.path): anchors_of(text) for page, (_, text) in read.items()}
            for page, (file, text) in read.items():
                subject = self._subject(page, text, facts, anchors)
                own: set[tuple[str, str, Place | None]] = set()
                for found in self._findings_on(subject, file, GUARD_RULES if isinstance(page, Guide) else INDEX_RULES):
                    what = (found.code, found.headline, found.origin)
                    if what not in told and not (what in own and self._is_said_once(found)):
                        own.add(what)
                        yield found
                told |= own

    def _is_said_once(self, found: Diagnostic) -> bool:
        """Whether it is about a name or a label that the spec gives once, wherever templates place it."""
        return found.origin is not None and found.origin.span is not None and found.origin.file in self.project.spec

    def _findings_on(
        self, subject: GeneratedSubject, file: RenderedFile, rules: Sequence[Rule[GeneratedSubject]]
    ) -> Iterator[Diagnostic]:
        for found in (*broken_parts(subject.page), *apply_rules(rules, subject)):
            origin = found.origin or find_origin(found, file, self.pages.templates, self.project.spec)
            yield replace(found, origin=origin)

    def _subject(
        self, page: Guide | Index, text: Page, facts: Facts, anchors: Mapping[str, frozenset[str]]
    ) -> GeneratedSubject:
        guides = (page,) if isinstance(page, Guide) else page.guides
        route_of = _routes_of_sections(text, page, self.snippets) if isinstance(page, Guide) else {}
        known = {found.route: found for guide in guides for found in facts.routes_of(guide)}
        return GeneratedSubject(
            text,
            tuple(
                MatchedSection(section, known[route], tuple(_blocks(section, route, self.snippets)))
                for section, route in route_of.items()
            ),
            facts,
            guides=guides,
            snippets=self.snippets,
            anchors=anchors,
            docs_url=self.site.docs_url,
            passage_links=frozenset(() if isinstance(page, Guide) else _links_in(page)),
            route_of=route_of,
            terms=self.site.terms,
        )


def _pages_of(site: Site) -> Iterator[Guide | Index]:
    yield from site.guides
    yield from (index for index in site.indexes if index.guides)


def _links_in(index: Index) -> Iterator[str]:
    for passage in (index.introduction, *(() if index.note is None else (index.note,)), *index.verify):
        for link in passage.links:
            yield from (link.url, link.absolute_url)


def _blocks(section: Section, route: Route, snippets: Snippets) -> Iterator[Block]:
    proven = {tab.code for tab in snippets.tabs[route]}
    for code in section.codes:
        if code.text in proven:
            # It need not be parsed again to know what it sets.
            settings = {found.name: Setting(found.name, found.value.text, code) for found in route.variables}
            yield Block(code, family_of(code), settings)
        elif block := read_block(code):
            yield block


def _routes_of_sections(page: Page, guide: Guide, snippets: Snippets) -> Mapping[Section, Route]:
    """The route of each section that holds the code of one route only, in itself or below it; and of those below."""
    routes_of_code: dict[str, set[Route]] = {}
    for route in guide.routes:
        for code in code_of_route(route, snippets):
            routes_of_code.setdefault(code, set()).add(route)
    found: dict[Section, Route] = {}
    for index, section in enumerate(page.sections):
        # The page's title has all of the page below it, and what stands above it nothing.
        below = [section, *(_below(page.sections, index) if section.level > 1 else ())]
        codes = [code.text for part in below for code in part.codes if code.text in routes_of_code]
        routes = set[Route]().union(*(routes_of_code[code] for code in codes))
        if len(routes) > 1:
            # Two routes may share code: then the heading tells.
            routes = {route for route in routes if unescaped(section.title) == route.title}
        if len(routes) == 1:
            (route,) = routes
            for part in below:
                found.setdefault(part, route)
    return found


def _below(sections: tuple[Section, ...], index: int) -> Iterator[Section]:
    for section in sections[index + 1 :]:
        if section.level <= sections[index].level:
            return
        yield section
