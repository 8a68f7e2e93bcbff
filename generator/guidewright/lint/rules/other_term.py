"""A name that the site has ruled out: ``terms:`` in ``site.yaml`` says what a thing is called, and what it is not.

Headings, sentences, links, the labels of tabs, and the title and the description of the page are looked at; code is
not. Capitals make no difference, a hyphen or a line break may stand where the name has a blank, and its last word may
end in s or es. Only whole words count, and a word with hyphens is one word. A name that is part of a longer one in
``terms:`` is left alone there: the longer one decides. To rule out a way of writing, list it:
``start-up file: [startup file, start up file]``. Where a program has the name on a button, silence it.

Why: a reader who meets two names looks for two things.

Example: a template says "Copy your gateway key" where ``terms:`` has ``gateway token: [gateway key]``.
"""

from collections.abc import Iterator

from guidewright.diagnostics import Severity, Span
from guidewright.lint.page import Block, Code, Page, Prose
from guidewright.lint.rule import Finding, GeneratedSubject, Rule
from guidewright.lint.terms import OtherName, names_of, other_names_in
from guidewright.lint.visible import Visible

_FRONT_MATTER = ("title", "description")


def _check(subject: GeneratedSubject) -> Iterator[Finding]:
    page, names = subject.page, names_of(subject.terms)
    blocks = [block for section in page.sections for block in section.blocks]
    proses = [page.front_matter[key] for key in _FRONT_MATTER if key in page.front_matter]
    proses += (block for block in blocks if isinstance(block, Prose))
    for prose in proses:
        seen = Visible(prose.text)
        for found in other_names_in(seen.text, names):
            yield _finding(found, prose.span(*seen.place_of(found.start, found.end)))
    first_by_label = {block.tab: block for block in reversed(blocks)}
    for label, block in first_by_label.items():
        for found in other_names_in(label, names):
            yield _finding(found, _span_in_label(found, label, block, page))


def _finding(found: OtherName, span: Span) -> Finding:
    return Finding(f'"{found.name}" is another name for "{found.term}"', span, f'write "{found.term}"')


def _span_in_label(found: OtherName, label: str, block: Block, page: Page) -> Span:
    """Where the label of a tab stands: above what is in the tab."""
    first = block.line if isinstance(block, Code) else block.pieces[0].line
    for number in range(first, 0, -1):
        at = page.lines[number - 1].find(label)
        if at >= 0:
            return Span(number, at + found.start + 1, found.end - found.start)
    # It may have been escaped there.
    return Span(first, 1)


RULE = Rule("other-term", Severity.ERROR, _check)
