"""An item of a generated page's list of billers that does not name who bills for that provider; or none that does.

An item is a text that starts with the provider's name and a colon. Any other text about bills can name who bills, too.

Why: who bills follows from the auth model. A company that was typed stays there when the model changes.

Example: "North Models: North Inc" where requests are paid with the credits of Gate.
"""

from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.credentials import names_of_company
from guidewright.lint.page import Prose
from guidewright.lint.rule import Finding, GeneratedSubject, Rule
from guidewright.lint.text import unescaped


def _check(subject: GeneratedSubject) -> Iterator[Finding]:
    proses = [prose for section in subject.page.sections for prose in section.proses]
    sources_by_provider = subject.guide.sources_by_provider
    companies = {subject.guide.gateway.vendor, *(provider.vendor for provider in sources_by_provider)}
    for provider, sources in sources_by_provider.items():
        name, billers = provider.name, {source.biller for source in sources if source.biller is not None}
        items = {prose: told for prose in proses if (told := _told_of(prose, name))}
        named = {biller for biller in billers if any(map(names_of_company(biller).search, items.values()))}
        if named != billers:
            missing = " and ".join(sorted(billers - named))
            route = next(route for route in subject.guide.routes if provider in route.providers)
            headline = f"the page does not say who bills for {name}: {missing}"
            yield Finding(headline, subject.start_of(route), f"write an item: {name}: {missing}")
        for prose, text in items.items():
            for company in sorted(companies - billers):
                if names_of_company(company).search(text):
                    headline = f"{company} does not bill for {name}"
                    yield Finding(headline, prose.span(0, 1), f"name who does: {' or '.join(sorted(billers))}")


def _told_of(prose: Prose, name: str) -> str:
    """What an item says behind a provider's name and the colon; nothing where it is no item about this provider."""
    text = unescaped(prose.text)
    start = next((start for start in (f"{name}:", f"**{name}**:", f"**{name}:**") if text.startswith(start)), None)
    return "" if start is None else text.removeprefix(start)


RULE = Rule("other-biller", Severity.ERROR, _check)
