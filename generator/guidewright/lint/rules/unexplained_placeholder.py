"""A placeholder that no sentence names.

Why: the reader does not know what to put there, and copies it as it stands.

Example: code with ``<TEAM_ID>`` on a page that never says what that is.
"""

from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.facts import ANY_PLACEHOLDER, placeholder_name
from guidewright.lint.page import Prose
from guidewright.lint.partials import takes_in_parts
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.text import plain


def _check(subject: Subject) -> Iterator[Finding]:
    if takes_in_parts(subject.page):
        return
    told = {
        word
        for section in subject.page.sections
        for prose in section.blocks
        if isinstance(prose, Prose)
        for word in (plain(prose.text),)
    }
    seen = set[str]()
    for matched in subject.matched:
        labels = {placeholder.name: placeholder.label for placeholder in matched.known.route.placeholders}
        for block in matched.blocks:
            for found in ANY_PLACEHOLDER.finditer(block.code.text):
                name = placeholder_name(found)
                words = {plain(name), plain(labels.get(name, name))}
                is_told = any(word in text for text in told for word in words)
                if found["angle"] and name not in seen and not is_told:
                    yield Finding(
                        f"no sentence says what {found[0]} is",
                        block.code.span(found.start(), found.end()),
                        f"explain {found[0]} before the code, or where it is used",
                    )
                seen.add(name)


RULE = Rule("unexplained-placeholder", Severity.WARNING, _check)
