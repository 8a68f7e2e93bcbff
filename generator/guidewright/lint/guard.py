"""Looks for contradictions on generated pages: what a template or a sentence says must be what the spec says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from guidewright.diagnostics import Diagnostic, Place, Report, Span
from guidewright.lint.facts import Block, Facts, MatchedSection, Setting, family_of, read_block
from guidewright.lint.findings import apply_rules
from guidewright.lint.page import Page, Section, read_page
from guidewright.lint.rule import GeneratedSubject
from guidewright.lint.rules import GUARD_RULES
from guidewright.lint.text import unescaped
from guidewright.model import Guide, RenderedFile, Route, Site, Snippets


def guard_pages(files: Iterable[RenderedFile], site: Site, snippets: Snippets, folder: str, report: Report) -> None:
    """Read generated pages back, and compare them with the spec.

    Args:
        files: every page of the site.
        site: what the spec says.
        snippets: the code of the site.
        folder: the output folder, relative to the project.
        report: receives the findings, at the line of the page that would be written, with what that was made from.
    """
    facts = Facts(site)
    guides = {f"{output.folder}/{guide.path}": guide for output in site.outputs for guide in site.guides}
    told: set[tuple[Guide, str, str, Place | None]] = set()
    for file in files:
        guide = guides[file.path.rpartition(".")[0]]
        text = file.content.decode()
        subject = _subject(read_page(text, f"{folder}/{file.path}"), guide, snippets, facts)
        starts = _line_starts(text)
        for found in apply_rules(GUARD_RULES, subject):
            diagnostic = replace(found, origin=found.origin or _origin(found, file, starts))
            # The same guide in another docs framework is made from the same sentences.
            what = (guide, found.code, found.headline, diagnostic.origin)
            if what not in told:
                report.add([diagnostic])
        told |= {(guide, found.code, found.headline, found.origin) for found in report.diagnostics}


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
