"""Something that the reader of a generated page must have, and is not told before the first step.

That is each secret that the code holds and, where the gateway holds the provider's key, what each way of giving it to
the gateway takes.

Why: the reader finds out half-way, or never, and requests are refused.

Example: the code holds ``<GATEWAY_TOKEN>``, and the prerequisites do not name it.
"""

from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.rule import Finding, GeneratedSubject, Rule
from guidewright.lint.text import plain, unescaped


def _check(subject: GeneratedSubject) -> Iterator[Finding]:
    told = [prose.text for prose in subject.opening]
    told_plainly = [plain(unescaped(text)) for text in told]
    for route in subject.guide.routes:
        for secret in (placeholder for placeholder in route.placeholders if placeholder.secret):
            span = subject.first_in_code(secret.token, route)
            if span is not None and not any(secret.token in text for text in told):
                headline = f"the reader is not told before the first step to have {secret.token}"
                help_line = f"name the {secret.label} among the prerequisites"
                yield Finding(headline, span, help_line, origin=route.place_of_placeholder(secret))
        for upstream in route.upstreams:
            for need in (source.need for source in upstream.auth.sources if source.need is not None):
                words = "".join(text for text, _ in need.parts)
                if not any(plain(words) in text for text in told_plainly):
                    headline = f"the reader is not told before the first step what {upstream.provider.name} takes"
                    help_line = f"name it among the prerequisites: {words}"
                    yield Finding(headline, subject.start_of(route), help_line, origin=need.place)


RULE = Rule("missing-prerequisite", Severity.ERROR, _check)
