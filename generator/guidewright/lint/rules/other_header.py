"""The gateway's token in a header that the gateway does not read it from.

Why: the request is refused, or the token goes on to the provider.

Example: ``Authorization: Bearer <GATEWAY_TOKEN>`` where the gateway reads ``gate-authorization``.
"""

import re
from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.facts import ANY_PLACEHOLDER, placeholder_name
from guidewright.lint.rule import Finding, Rule, Subject

_HEADER = re.compile(
    r"(?P<name>[A-Za-z][\w-]*)[\"'`]?\s*[:=]\s*[\"'`]*(?:Bearer\s+)(?P<value>[^\"'`,\n]+)", re.IGNORECASE
)


def _check(subject: Subject) -> Iterator[Finding]:
    gateways = {
        (known.token.name, known.guide.gateway.header): known.guide.gateway.name
        for matched in subject.matched
        for known in [matched.known]
    }
    for code in subject.page.codes:
        for found in _HEADER.finditer(code.text):
            value = ANY_PLACEHOLDER.search(found["value"])
            for (token, header), gateway in gateways.items():
                is_token = value is not None and placeholder_name(value) == token
                if is_token and found["name"].lower() != header.lower():
                    yield Finding(
                        f"{gateway} does not read its token from the header {found['name']}",
                        code.span(found.start("name"), found.end("name")),
                        f"write: {header}",
                    )


RULE = Rule("other-header", Severity.ERROR, _check)
