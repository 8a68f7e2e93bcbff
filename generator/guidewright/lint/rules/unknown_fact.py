"""A fact on a generated page that the spec does not know in that section.

An environment variable, a placeholder, an address (with its slash at the end, or without), a header or a path in any
sentence, link, code or front matter must be one that the section's route has; outside the routes' sections, one of any
route of the page. A command may be any program, but not a known one, misspelt.

Why: it was typed where a reference belongs. The spec can change without it, and then the page contradicts itself.

Example: a template says "Set ``CODER_URL``" where the route sets ``CODER_BASE_URL``.
"""

from collections.abc import Iterator, Sequence

from guidewright.diagnostics import Severity, nearest
from guidewright.lint.fact_kinds import FACT_KINDS, FactKind
from guidewright.lint.page import Prose
from guidewright.lint.rule import Finding, GeneratedSubject, Rule
from guidewright.lint.tokens import Stretch, Words, stretches_of
from guidewright.model import KeyHolder, Route

_FRONT_MATTER = ("title", "description")
# How much of a word must be right for it to be taken for a known one, misspelt.
_LIKELY = 0.75


def _check(subject: GeneratedSubject) -> Iterator[Finding]:
    # A value of the front matter is no Markdown.
    values = (subject.page.front_matter[key] for key in _FRONT_MATTER if key in subject.page.front_matter)
    yield from _check_stretches([Words(prose, prose.text, 0) for prose in values], subject.routes, subject)
    for section in subject.page.sections:
        blocks = [block for block in section.blocks if isinstance(block, Prose) or not subject.is_proven(block)]
        stretches = [stretch for block in blocks for stretch in stretches_of(block)]
        yield from _check_stretches(stretches, subject.routes_of(section), subject)


def _check_stretches(
    stretches: Sequence[Stretch], routes: tuple[Route, ...], subject: GeneratedSubject
) -> Iterator[Finding]:
    for kind in FACT_KINDS:
        known = subject.known(kind, routes)
        for stretch in stretches:
            for word, start, end in kind.find(stretch, known):
                if word not in known and not subject.leads_to_a_page(word):
                    headline, help_line = _describe(word, kind, routes, subject)
                    yield Finding(headline, stretch.span(start, end), help_line)


def _describe(word: str, kind: FactKind, routes: tuple[Route, ...], subject: GeneratedSubject) -> tuple[str, str]:
    gateway = subject.guide.gateway
    for route in routes:
        own_keys = [provider.own_key for provider in route.providers if provider.own_key is not None]
        own_key = next((key for key in own_keys if key.token == word), None)
        if own_key is not None and route.key_holder is KeyHolder.GATEWAY:
            headline = f"{word} stands for the reader's own {own_key.label}, but {gateway.name} holds the key here"
            needed = "" if gateway.auth is None else f": {gateway.auth.token.token}"
            return headline, f"name what the reader needs{needed}"
    others = [route for route in subject.routes if route not in routes and word in subject.known(kind, (route,))]
    if others:
        other, here = others[0].title, routes[0].title
        return f"{word} is for {other}, and this section is about {here}", f"move it to where {other} is the subject"
    meant = nearest(word, subject.known(kind, routes), cutoff=_LIKELY)
    help_line = f'did you mean "{meant}"?' if meant else f"state it in the spec, or name a known {kind.noun}"
    return f"the spec knows no {kind.noun} {word} here", help_line


RULE = Rule("unknown-fact", Severity.ERROR, _check)
