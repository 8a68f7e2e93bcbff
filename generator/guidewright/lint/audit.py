"""Looks for contradictions on a page that nobody generated."""

from guidewright.diagnostics import Place, Report, Severity
from guidewright.lint.facts import Facts
from guidewright.lint.page import read_page
from guidewright.lint.rule import Subject
from guidewright.lint.rules import RULES
from guidewright.model import Site


def audit_page(text: str, file: str, site: Site, report: Report) -> None:
    """Compare a page with the spec, and with itself.

    Args:
        text: the whole page, of any docs framework.
        file: its path, as findings name it.
        site: what the spec says.
        report: receives ``broken-page`` for what can't be read, and the findings of every rule. A page that sets up no
            route of the spec is left alone.
    """
    page, facts = read_page(text, file), Facts(site)
    matched = facts.match(page)
    # What stands behind it may have been misread, which matters most where there is something to compare.
    add_problem = report.error if matched else report.warn
    for headline, span in page.problems:
        add_problem("broken-page", headline, Place(file, span=span), help="close it")
    if not matched:
        return
    subject = Subject(page, matched, facts)
    for rule in RULES:
        add = report.error if rule.severity is Severity.ERROR else report.warn
        for finding in rule.check(subject):
            add(rule.code, finding.headline, Place(file, span=finding.span), help=finding.help)
