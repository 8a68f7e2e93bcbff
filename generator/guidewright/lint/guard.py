"""Looks for contradictions on generated pages: what a template or a sentence says must be what the spec says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from guidewright.diagnostics import Diagnostic, Place, Report, Span
from guidewright.lint.facts import Block, Facts, MatchedSection, Setting, family_of, read_block
from guidewright.lint.findings import apply_rules
from guidewright.lint.page import Page, Section
from guidewright.lint.reader import read_page
from guidewright.lint.rule import GeneratedSubject
from guidewright.lint.rules import GUARD_RULES
from guidewright.lint.silences import Silence, silences_in, without_silenced
from guidewright.lint.text import unescaped
from guidewright.model import Guide, RenderedFile, RenderedPages, Route, Site, Snippets


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
    found = _findings(pages, site, snippets, project.output_folder)
    report.add(without_silenced(found, _silences(pages, project), project.line_of))


def _silences(pages: RenderedPages, project: ProjectFiles) -> Iterator[Silence]:
    for file, text in project.spec.items():
        lines = text.split("\n")
        yield from silences_in(file, lines, yaml_lines=() if file.endswith(".md") else range(1, len(lines) + 1))
    for file, text in pages.templates.items():
        yield from silences_in(file, text.split("\n"))


def _findings(pages: RenderedPages, site: Site, snippets: Snippets, folder: str) -> Iterator[Diagnostic]:
    facts = Facts(site)
    guides = {f"{output.folder}/{guide.path}": guide for output in site.outputs for guide in site.guides}
    told: set[tuple[Guide, str, str, Place | None]] = set()
    for file in pages.files:
        guide = guides[file.path.rpartition(".")[0]]
        text = file.content.decode()
        subject = _subject(read_page(text, f"{folder}/{file.path}"), guide, snippets, facts)
        starts = _line_starts(text)
        own = set[tuple[Guide, str, str, Place | None]]()
        for found in apply_rules(GUARD_RULES, subject):
            diagnostic = replace(found, origin=found.origin or _origin(found, file, starts))
            # The same guide in another docs framework is made from the same sentences.
            what = (guide, found.code, found.headline, diagnostic.origin)
            if what not in told or what in own:
                own.add(what)
                yield diagnostic
        told |= own


def _subject(page: Page, guide: Guide, snippets: Snippets, facts: Facts) -> GeneratedSubject:
    known = {found.route: found for found in facts.routes if found.guide is guide}
    route_of = _routes_of_sections(page, guide, snippets)
    matched = tuple(
        MatchedSection(section, known[route], tuple(_blocks(section, route, snippets)))
        for section, route in route_of.items()
    )
    return GeneratedSubject(page, matched, facts, guide=guide, snippets=snippets, route_of=route_of)


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
    route_of_code: dict[str, Route] = {}
    for route in guide.routes:
        for tab in snippets.tabs[route]:
            route_of_code[tab.code] = route
        for file in snippets.files[route]:
            route_of_code[file.code] = route
    found: dict[Section, Route] = {}
    for index, section in enumerate(page.sections):
        # What stands above the first heading has nothing below it.
        below = [section, *(_below(page.sections, index) if section.level else ())]
        routes = {route_of_code[code.text] for part in below for code in part.codes if code.text in route_of_code}
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


def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return tuple(starts)


def _origin(found: Diagnostic, file: RenderedFile, line_starts: tuple[int, ...]) -> Place | None:
    span = found.place.span or Span(1, 1)
    index = line_starts[span.line - 1] + span.column - 1
    origin = file.origin_of(index)
    guilty = found.place.line_text[span.column - 1 : span.column - 1 + span.length]
    return None if origin is None else replace(origin, token=unescaped(guilty))
