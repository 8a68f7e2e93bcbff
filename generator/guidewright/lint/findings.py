"""What rules find on a page, as findings of the whole program."""

from collections.abc import Iterator, Sequence

from guidewright.diagnostics import Diagnostic, Place, Span
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
