"""A snippet that is there for fewer shells than its siblings on the page.

Why: readers of the other systems are left alone in the middle of the page.

Example: two sections have tabs for bash and PowerShell, the third has a fence for bash only.
"""

from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.facts import read_block
from guidewright.lint.page import Code, Section
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.snippets import SHELLS

_SHELL_FAMILIES = {"POSIX shells", "PowerShell", *(shell.title for shell in SHELLS.values())}


def _check(subject: Subject) -> Iterator[Finding]:
    units = [unit for section in subject.page.sections for unit in _units(section)]
    everywhere = set().union(*(families for _, families in units if len(families) > 1))
    for code, families in units:
        for missing in sorted(everywhere - families):
            others = sum(missing in other for _, other in units)
            if families and others * 2 >= len(units):
                yield Finding(
                    f"there is no snippet for {missing} here, as there is elsewhere on the page",
                    code.span(0, max(1, code.text.find("\n"))),
                    f"add one for {missing}",
                )


def _units(section: Section) -> Iterator[tuple[Code, set[str]]]:
    """Each group of tabs, and each fence outside tabs, that sets variables: with the shells that it is for."""
    found: dict[object, tuple[Code, set[str]]] = {}
    for code in section.codes:
        block = read_block(code)
        if block is not None and block.family in _SHELL_FAMILIES:
            found.setdefault(code.group if code.group is not None else id(code), (code, set()))[1].add(block.family)
    return iter(found.values())


RULE = Rule("missing-shell", Severity.WARNING, _check)
