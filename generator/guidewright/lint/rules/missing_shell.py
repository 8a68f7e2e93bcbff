"""A snippet for fewer shells than its siblings on the page, or a guide for one shell among guides for more.

Why: readers of the other systems are left alone, some of them in the middle of the page.

Example: two sections have tabs for bash and PowerShell, the third has a fence for bash only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from guidewright.diagnostics import Severity
from guidewright.lint.facts import SHELL_FAMILIES, current_codes, read_block
from guidewright.lint.gateways import KnownGateway
from guidewright.lint.page import Code, Section
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.wording import NAMES_A_SYSTEM


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
    for code in current_codes(section):
        block = read_block(code)
        if block is not None and block.family in SHELL_FAMILIES:
            found.setdefault(code.group if code.group is not None else id(code), (code, set()))[1].add(block.family)
    return iter(found.values())


def _check_siblings(subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Finding]]:
    guides: dict[KnownGateway, list[tuple[Subject, set[str]]]] = defaultdict(list)
    for subject in subjects:
        if families := _families(subject):
            guides[subject.gateways[0]].append((subject, families))
    for siblings in guides.values():
        count = Counter(family for _, families in siblings for family in families)
        for subject, families in siblings:
            # The page itself has none of those, so that the others are one fewer.
            missing = sorted(name for name in count.keys() - families if 2 * count[name] > len(siblings) - 1)
            if len(families) == 1 and missing and not _is_for_one_system(subject):
                code = subject.matched[0].blocks[0].code
                headline = f"there is no snippet for {', '.join(missing)} on this page, as there is in most beside it"
                span = code.span(0, max(1, code.text.find("\n")))
                yield subject, Finding(headline, span, f"add one for {', '.join(missing)}")


def _families(subject: Subject) -> set[str]:
    return {block.family for matched in subject.matched for block in matched.blocks} & SHELL_FAMILIES


def _is_for_one_system(subject: Subject) -> bool:
    """Whether the page says at its top, or by its name, that it is for some readers only."""
    title = subject.page.front_matter.get("title")
    headings = [section.title for section in subject.page.sections[:2]]
    return any(NAMES_A_SYSTEM.search(text) for text in [title.text if title else "", *headings, subject.page.file])


RULE = Rule("missing-shell", Severity.WARNING, _check, _check_siblings)
