"""A link to a page that guidewright generates, or to a heading on it, that does not exist.

Links to any other page are left alone, but one that is most likely meant to lead to a generated page.

Why: the reader ends on an error, or at the top of a long page.

Example: ``/guides/#verify`` where the heading is "Verify it works".
"""

from collections.abc import Iterator

from guidewright.diagnostics import Severity, nearest
from guidewright.lint.rule import Finding, GeneratedSubject, Rule
from guidewright.lint.tokens import LinkDestination, stretches_of

# How much of an address must be right for it to be taken for that of a generated page, misspelt.
_MISSPELT = 0.93


def _check(subject: GeneratedSubject) -> Iterator[Finding]:
    for section in subject.page.sections:
        for prose in section.proses:
            for stretch in stretches_of(prose):
                if isinstance(stretch, LinkDestination):
                    problem = _problem(stretch.text.removeprefix(subject.docs_url), subject)
                    if problem:
                        yield Finding(problem[0], stretch.span(0, len(stretch.text)), problem[1])


def _problem(link: str, subject: GeneratedSubject) -> tuple[str, str] | None:
    url, _, anchor = link.partition("#")
    anchors = subject.anchors.get(url)
    if anchors is None:
        meant = nearest(url, subject.anchors, cutoff=_MISSPELT)
        return (f"no page is generated at {url}", f'did you mean "{meant}"?') if meant else None
    if anchor and anchor not in anchors:
        meant = nearest(anchor, anchors)
        help_line = f'did you mean "#{meant}"?' if meant else f"use one of: {', '.join(sorted(anchors))}"
        return f"the page {url} has no heading #{anchor}", help_line
    return None


RULE = Rule("broken-link", Severity.ERROR, _check)
