"""An item of a generated page's list of billers that does not name who bills for that provider; or none that does.

An item is a text that starts with the provider's name and a colon. Any other text about bills can name who bills, too.

Why: who bills follows from the auth model. A company that was typed stays there when the model changes.

Example: "North Models: North Inc" where requests are paid with the credits of Gate.
"""

import re
from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.credentials import names_of_company
from guidewright.lint.page import Prose
from guidewright.lint.rule import Finding, GeneratedSubject, Rule
from guidewright.lint.text import unescaped
from guidewright.model import Route

_SPEAKS_OF_BILLS = re.compile(r"\bbill(?:s|ed|ing)?\b", re.IGNORECASE)


def _check(subject: GeneratedSubject) -> Iterator[Finding]:
    proses = [prose for section in subject.page.sections for prose in section.proses]
    companies = {subject.guide.gateway.vendor, *(route.provider.vendor for route in subject.guide.routes)}
    for route in subject.guide.routes:
        billers = route.auth.billers
        items = [prose for prose in proses if _is_item_about(prose, route)]
        told = {
            biller for biller in billers for prose in items if names_of_company(biller).search(_told_of(prose, route))
        }
        if told != billers:
            missing = " and ".join(sorted(billers - told))
            help_line = f"write an item: {route.provider.name}: {missing}"
            headline = f"the page does not say who bills for {route.provider.name}: {missing}"
            yield Finding(headline, subject.start_of(route), help_line)
        for prose in items:
            for company in sorted(companies - billers):
                found = names_of_company(company).search(_told_of(prose, route))
                if found:
                    headline = f"{company} does not bill for {route.provider.name}"
                    yield Finding(headline, prose.span(0, 1), f"name who does: {' or '.join(sorted(billers))}")


def _is_item_about(prose: Prose, route: Route) -> bool:
    return _told_of(prose, route) != ""


def _told_of(prose: Prose, route: Route) -> str:
    """What an item says behind the provider's name and the colon; nothing where it is no item about this provider."""
    text, name = unescaped(prose.text), route.provider.name
    start = next((start for start in (f"{name}:", f"**{name}**:", f"**{name}:**") if text.startswith(start)), None)
    return "" if start is None else text.removeprefix(start)


RULE = Rule("other-biller", Severity.ERROR, _check)
