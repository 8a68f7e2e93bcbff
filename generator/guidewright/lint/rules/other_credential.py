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
        provider = matched.known.route.provider
        own = names_of(provider)
        others = [known.route.provider for known in subject.facts.routes_of(matched.known.guide)]
        for other in dict.fromkeys(others):
            if other.credential == provider.credential:
                continue
            for prose in matched.section.proses:
                for sentence, start in plain_sentences_of(prose):
                    found = names_of(other).search(sentence)
                    if found and not (own.search(sentence) or does_without(sentence) or is_stored(sentence)):
                        yield Finding(
                            f"the {other.credential} is for {other.name}, and this section is about {provider.name}",
                            prose.span(start + found.start(), start + found.end()),
                            "name what this section's code uses",
                        )


RULE = Rule("other-credential", Severity.ERROR, _check)
