"""Advice for one shell outside the tabs, on a page that has tabs for several.

Why: readers of the other systems get none, or advice that does not work for them.

Example: "Add the lines to ``~/.zshrc``" below tabs for bash and PowerShell.
"""

import re
from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.facts import family_of
from guidewright.lint.page import Prose
from guidewright.lint.rule import Finding, Rule, Subject

_PLACES = {
    "POSIX shells": re.compile(r"~?/?\.(?:zshrc|zprofile|bashrc|bash_profile|profile)\b"),
    "PowerShell": re.compile(r"\$PROFILE\b|\bPowerShell profile\b", re.IGNORECASE),
    "fish": re.compile(r"\bconfig\.fish\b"),
    "cmd.exe": re.compile(r"\bsetx\b"),
}


def _check(subject: Subject) -> Iterator[Finding]:
    shown = {family_of(code) for matched in subject.matched for code in matched.section.codes if code.tab}
    shown &= _PLACES.keys()
    if len(shown) > 1:
        for section in subject.page.sections:
            for prose in section.blocks:
                if isinstance(prose, Prose):
                    here = {family_of(code) for code in section.codes if prose.tab and code.tab == prose.tab}
                    yield from _check_prose(prose, here, shown)


def _check_prose(prose: Prose, here: set[str], shown: set[str]) -> Iterator[Finding]:
    named = {family: found for family, place in _PLACES.items() if (found := place.search(prose.text))}
    others = sorted(shown - named.keys())
    if len(named) == 1 and others and not here & named.keys():
        family, found = next(iter(named.items()))
        yield Finding(
            f"{found[0]} is for {family} only, and stands outside its tab",
            prose.span(found.start(), found.end()),
            f"move it into the tab, and say the same for {', '.join(others)} in theirs",
        )


RULE = Rule("shell-outside-tabs", Severity.WARNING, _check)
