"""Looks for contradictions on pages that people wrote."""

from collections.abc import Iterable
from dataclasses import replace

from guidewright.diagnostics import Diagnostic, Report, Severity
from guidewright.lint.facts import Facts
from guidewright.lint.findings import apply_rules, broken_parts, diagnose
from guidewright.lint.reader import read_page
from guidewright.lint.rule import Subject
from guidewright.lint.rules import GATEWAY_RULES, RULES
from guidewright.lint.silences import Silence, silences_on, without_silenced


def audit_pages(pages: Iterable[tuple[str, str]], facts: Facts, report: Report) -> None:
    """Compare pages that nobody generated with the spec, with themselves, and with each other.

    Args:
        pages: the path of each, as findings name it, and the whole text, of any docs framework.
        facts: what the spec says.
        report: receives ``broken-page`` for what can't be read, the findings of every rule, and silences that silence
            nothing. A page that sets up no route of the spec, and sends nothing through a gateway of it, is left alone
            otherwise.
    """
    subjects, found, silences = list[Subject](), list[Diagnostic](), list[Silence]()
    for file, text in pages:
        page = read_page(text, file)
        subject = Subject(page, facts.match(page), facts, facts.mentions(page))
        _report_problems(subject, report)
        silences += silences_on(page)
        if subject.gateways:
            found += apply_rules(RULES if subject.matched else GATEWAY_RULES, subject)
            subjects.append(subject)
    for rule in RULES:
        found += (diagnose(finding, rule, subject) for subject, finding in rule.check_siblings(subjects))
    report.add(without_silenced(found, silences))


def _report_problems(subject: Subject, report: Report) -> None:
    # What stands behind it may have been misread, which matters most where there is something to compare.
    severity = Severity.ERROR if subject.matched else Severity.WARNING
    report.add(replace(found, severity=severity) for found in broken_parts(subject.page))
