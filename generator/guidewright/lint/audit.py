"""Looks for contradictions on pages, whether they were generated or written by hand."""

from collections.abc import Iterable, Sequence

from guidewright.diagnostics import Place, Report, Severity, Span
from guidewright.lint.facts import Facts, KnownRoute, MatchedSection
from guidewright.lint.front_matter import front_matter_problem
from guidewright.lint.page import read_page
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.rules import GATEWAY_RULES, PROSE_RULES, RULES
from guidewright.model import RenderedFile, Site


def audit_pages(pages: Iterable[tuple[str, str]], facts: Facts, report: Report) -> None:
    """Compare pages that nobody generated with the spec, with themselves, and with each other.

    Args:
        pages: the path of each, as findings name it, and the whole text, of any docs framework.
        facts: what the spec says.
        report: receives ``broken-page`` for what can't be read, and the findings of every rule. A page that sets up no
            route of the spec, and sends nothing through a gateway of it, is left alone otherwise.
    """
    subjects = []
    for file, text in pages:
        page = read_page(text, file)
        subject = Subject(page, facts.match(page), facts, facts.mentions(page))
        _report_problems(subject, report)
        if subject.gateways:
            _apply(RULES if subject.matched else GATEWAY_RULES, subject, report)
            subjects.append(subject)
    for rule in RULES:
        for subject, finding in rule.check_siblings(subjects):
            _add(finding, rule, subject, report)


def _report_problems(subject: Subject, report: Report) -> None:
    # What stands behind it may have been misread, which matters most where there is something to compare.
    add = report.error if subject.matched else report.warn
    page = subject.page
    for headline, span in page.problems:
        add("broken-page", headline, _place(subject, span), help="close it")
    if problem := front_matter_problem(page):
        add("broken-page", problem[0], _place(subject, problem[1]), help="write it as YAML; put quotes around values")


def guard_pages(files: Iterable[RenderedFile], site: Site, folder: str, report: Report) -> None:
    """Read generated pages back: what a template says in so many words must be what the spec says.

    Args:
        files: every page of the site.
        site: what the spec says.
        folder: the output folder, relative to the project.
        report: receives the findings of the rules on prose, at the line of the page that would be written.
    """
    facts = Facts(site)
    guides = {f"{output.folder}/{guide.path}": guide for output in site.outputs for guide in site.guides}
    for file in files:
        text, guide = file.content.decode(), guides[file.path.rpartition(".")[0]]
        page = read_page(text, f"{folder}/{file.path}")
        known = {route.provider.name: KnownRoute(guide, route) for route in guide.routes}
        matched = (
            MatchedSection(section, known[section.title], ()) for section in page.sections if section.title in known
        )
        _apply(PROSE_RULES, Subject(page, tuple(matched), facts), report)


def _apply(rules: Sequence[Rule], subject: Subject, report: Report) -> None:
    for rule in rules:
        for finding in rule.check(subject):
            _add(finding, rule, subject, report)


def _add(finding: Finding, rule: Rule, subject: Subject, report: Report) -> None:
    add = report.error if (finding.severity or rule.severity) is Severity.ERROR else report.warn
    add(rule.code, finding.headline, _place(subject, finding.span), help=finding.help)


def _place(subject: Subject, span: Span) -> Place:
    return Place(subject.page.file, span=span, line_text=subject.page.lines[span.line - 1])
