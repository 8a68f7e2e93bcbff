"""What rules find on a page, as findings of the whole program."""

from collections.abc import Iterator, Sequence

from guidewright.diagnostics import Diagnostic, Place, Span
from guidewright.lint.front_matter import front_matter_problem
from guidewright.lint.page import Page
from guidewright.lint.rule import Finding, Rule, Subject, SubjectType


def apply_rules(rules: Sequence[Rule[SubjectType]], subject: SubjectType) -> Iterator[Diagnostic]:
    """Let rules look at a page.

    Args:
        rules: in the order in which they look.
        subject: the page.

    Yields:
        What they find.
    """
    for rule in rules:
        for finding in rule.check(subject):
            yield diagnose(finding, rule, subject)


def diagnose(finding: Finding, rule: Rule[SubjectType], subject: Subject) -> Diagnostic:
    """Give a finding its code, its severity and its place."""
    severity = finding.severity or rule.severity
    place = place_on(subject.page, finding.span)
    return Diagnostic(rule.code, finding.headline, place, finding.help, severity, finding.origin)


def place_on(page: Page, span: Span) -> Place:
    """A place on a page, which need not be on disk."""
    return Place(page.file, span=span, line_text=page.lines[span.line - 1])


def broken_parts(page: Page) -> Iterator[Diagnostic]:
    """What keeps a part of a page from being read, as errors: what stands behind it may have been misread."""
    for headline, span in page.problems:
        yield Diagnostic("broken-page", headline, place_on(page, span), "close it")
    if problem := front_matter_problem(page):
        headline, span = problem
        yield Diagnostic("broken-page", headline, place_on(page, span), "write it as YAML; put quotes around values")
