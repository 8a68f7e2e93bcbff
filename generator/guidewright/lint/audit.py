"""Looks for contradictions on pages that people wrote."""

from collections.abc import Iterator, Sequence

from guidewright.diagnostics import Diagnostic, Place, Report
from guidewright.lint.facts import Facts
from guidewright.lint.page import read_page
from guidewright.lint.rule import Rule, Subject, SubjectType
from guidewright.lint.rules import RULES


def audit_page(text: str, file: str, facts: Facts, report: Report) -> None:
    """Compare a page that nobody generated with the spec, and with itself.

    Args:
        text: the whole page, of any docs framework.
        file: its path, as findings name it.
        facts: what the spec says.
        report: receives ``broken-page`` for what can't be read, and the findings of every rule. A page that sets up no
            route of the spec is left alone otherwise.
    """
    page = read_page(text, file)
    matched = facts.match(page)
    # What stands behind it may have been misread, which matters most where there is something to compare.
    add_problem = report.error if matched else report.warn
    for headline, span in page.problems:
        add_problem("broken-page", headline, Place(file, span=span), help="close it")
    if matched:
        report.add(apply_rules(RULES, Subject(page, matched, facts), text))


def apply_rules(rules: Sequence[Rule[SubjectType]], subject: SubjectType, text: str) -> Iterator[Diagnostic]:
    """Let rules look at a page.

    Args:
        rules: in the order in which they look.
        subject: the page.
        text: all of it.

    Yields:
        What they find.
    """
    lines = text.split("\n")
    for rule in rules:
        for finding in rule.check(subject):
            place = Place(subject.page.file, span=finding.span, line_text=lines[finding.span.line - 1].rstrip("\r"))
            yield Diagnostic(rule.code, finding.headline, place, finding.help, rule.severity, finding.origin)
