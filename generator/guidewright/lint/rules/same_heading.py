"""Two headings of a generated page that a link can't tell apart.

Capitals and punctuation make no difference in links to headings. The title of a route or of a section of your own is a
heading beside those of the page itself.

Why: a link, and the table of contents, leads to the first of them only.

Example: a route has the title "Prerequisites".
"""

from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.anchors import anchor_of
from guidewright.lint.page import Section
from guidewright.lint.rule import Finding, GeneratedSubject, Rule


def _check(subject: GeneratedSubject) -> Iterator[Finding]:
    first_by_anchor: dict[str, Section] = {}
    for section in subject.page.sections:
        if section.level:
            first = first_by_anchor.setdefault(anchor_of(section.title), section)
            if first is not section:
                headline = f'two headings of this page are "{section.title}" to a link'
                heading = section.proses[0]
                yield Finding(headline, heading.span(0, len(heading.text)), "choose another title for one of them")


RULE = Rule("same-heading", Severity.ERROR, _check)
