"""A sentence in the section of one provider about the credential of another.

Why: the section was copied from its sibling, and the reader gets a key that nothing here needs.

Example: the section for South, which sends the gateway's token, says "Have your North API key ready".
"""

from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.credentials import does_without, is_stored, names_of
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.sentences import plain_sentences_of


def _check(subject: Subject) -> Iterator[Finding]:
    for matched in subject.matched:
        route = matched.known.route
        own = [names_of(provider) for provider in route.providers]
        own_credentials = {provider.credential for provider in route.providers}
        routes = subject.facts.routes_of(matched.known.guide)
        for other in dict.fromkeys(provider for known in routes for provider in known.route.providers):
            if other.credential in own_credentials:
                continue
            for prose in matched.section.proses:
                for sentence, start in plain_sentences_of(prose):
                    found = names_of(other).search(sentence)
                    names_own = any(names.search(sentence) for names in own)
                    if found and not (names_own or does_without(sentence) or is_stored(sentence)):
                        yield Finding(
                            f"the {other.credential} is for {other.name}, and this section is about {route.title}",
                            prose.span(start + found.start(), start + found.end()),
                            "name what this section's code uses",
                        )


RULE = Rule("other-credential", Severity.ERROR, _check)
