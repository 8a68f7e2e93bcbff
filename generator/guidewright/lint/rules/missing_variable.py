"""A route of the spec whose code never sends the gateway its token.

What is looked at: sections that set the route's address, on a page of which no code has the variable for the gateway's
header, or the header itself. Where the route has a credential, it must hold the token: a gateway to which the reader's
own key is sent may want none. A page that takes parts from other files is left alone.

Why: the gateway refuses every request, and the reader looks for the mistake in what the page has.

Example: a section sets ``ACME_BASE_URL`` to the gateway's address, and nothing sets ``ACME_HEADERS``.
"""

from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.facts import MatchedSection
from guidewright.lint.page import Page
from guidewright.lint.partials import takes_in_parts
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.model import Holds, Variable


def _check(subject: Subject) -> Iterator[Finding]:
    if takes_in_parts(subject.page):
        return
    for matched in subject.matched:
        gateway = matched.known.guide.gateway
        carriers = [found for found in matched.known.route.variables if found.holds is Holds.GATEWAY_AUTH]
        if carriers and _has_the_token(matched) and not _is_sent(subject.page, matched, carriers):
            block = next(block for block in matched.blocks if matched.known.leads_to_gateway(block))
            name = next(name for name in matched.known.endpoint_names if name in block.settings)
            yield Finding(
                f"no code of this page sends {gateway.name} its token: {carriers[0].name} is missing",
                block.span_of(name),
                f"set {carriers[0].name} to: {carriers[0].value.text}",
            )


def _has_the_token(matched: MatchedSection) -> bool:
    """Whether the gateway wants a token: one to which the reader's own key is sent may do without."""
    has_credential = any(variable.holds is Holds.CREDENTIAL for variable in matched.known.route.variables)
    name = matched.known.token_name
    return not has_credential or any(name in text for text in matched.texts_of(Holds.CREDENTIAL))


def _is_sent(page: Page, matched: MatchedSection, carriers: list[Variable]) -> bool:
    auth = matched.known.route.gateway.auth
    names = [*(carrier.name.lower() for carrier in carriers), *(() if auth is None else (auth.header.lower(),))]
    return any(name in code.text.lower() for code in page.codes for name in names)


RULE = Rule("missing-variable", Severity.WARNING, _check)
