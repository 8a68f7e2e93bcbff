"""A placeholder of a generated page's code that its section does not name, or that the page does not explain.

Why: the reader copies it as it stands, or does not know what to put there.

Example: the code holds ``<TEAM>``, and the sentence above it says to replace ``<ACCOUNT_ID>`` only.
"""

from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.rule import Finding, GeneratedSubject, Rule


def _check(subject: GeneratedSubject) -> Iterator[Finding]:
    for route in subject.guide.routes:
        sentences = [prose.text for section in subject.sections_of(route) for prose in section.proses]
        for placeholder in route.placeholders:
            token = placeholder.token
            span = subject.first_in_code(token, route)
            if span is None:
                continue
            named = sum(token in sentence for sentence in sentences)
            origin = route.place_of_placeholder(placeholder)
            if not named:
                headline = f"no sentence of this section names {token}"
                yield Finding(headline, span, "say that the reader replaces it", origin=origin)
            elif named == 1 and not any(token in prose.text for prose in subject.opening):
                help_line = "explain it among what the reader needs, or here"
                yield Finding(f"nothing explains {token}", span, help_line, origin=origin)


RULE = Rule("unnamed-placeholder", Severity.ERROR, _check)
