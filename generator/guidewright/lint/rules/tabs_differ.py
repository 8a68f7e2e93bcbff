"""Tabs of one group that set different variables, or the same variable to different values.

Tabs are compared where their labels name systems or shells, or their code is for different ones: tabs may as well be
for different providers, or follow each other. Code for several shells side by side, without tabs, is compared, too,
where each sets the address of the same route; that is a warning.

Why: readers of one system get a set-up that nobody tested.

Example: the tab for PowerShell lacks a variable that the tab for bash sets.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from guidewright.diagnostics import Severity
from guidewright.lint.facts import ANY_PLACEHOLDER, SHELL_FAMILIES, Block, current_codes, placeholder_name, read_block
from guidewright.lint.page import Section
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.wording import NAMES_A_SYSTEM


def _check(subject: Subject) -> Iterator[Finding]:
    for section in subject.page.sections:
        grouped = [code for code in current_codes(section) if code.group is not None]
        for _, group in groupby(grouped, key=lambda code: code.group):
            codes = list(group)
            if all(subject.is_proven(code) for code in codes):
                continue
            tabs = dict[str, Block]()
            for code in codes:
                block = read_block(code)
                if block is not None and block.unreadable is None:
                    # A tab may go on with code for something else.
                    tabs.setdefault(code.tab, block)
            in_order = list(tabs.values())
            for index, other in enumerate(in_order[1:], start=1):
                if _is_same_for_others(other, in_order[:index]):
                    yield from _compare(in_order[0], other)

        yield from _check_side_by_side(section, subject)


def _check_side_by_side(section: Section, subject: Subject) -> Iterator[Finding]:
    """Fences without tabs: compared where there is one for each shell, and they set the address of the same route."""
    blocks = [
        block
        for code in current_codes(section)
        if code.group is None
        and not subject.is_proven(code)
        and (block := read_block(code)) is not None
        and block.unreadable is None
    ]
    families = [block.family for block in blocks]
    known = next((matched.known for matched in subject.matched if matched.section is section), None)
    is_told_apart = len(set(families)) == len(families) and all(family in SHELL_FAMILIES for family in families)
    if known is not None and is_told_apart:
        setting = [block for block in blocks if not set(known.endpoint_names).isdisjoint(block.settings)]
        for other in setting[1:] if len(setting) == len(blocks) else ():
            yield from (replace(found, severity=Severity.WARNING) for found in _compare(setting[0], other))


def _is_same_for_others(block: Block, before: Sequence[Block]) -> bool:
    """Whether a tab is for other readers than the first one, rather than for something else."""
    labels = (before[0].code.tab, block.code.tab)
    return all(map(NAMES_A_SYSTEM.search, labels)) or all(block.family != other.family for other in before)


def _compare(first: Block, other: Block) -> Iterator[Finding]:
    expected, found = _comparable(first), _comparable(other)
    here, there = _name_of(first), _name_of(other)
    for name in dict.fromkeys([*expected, *found]):
        if name not in found:
            headline = f"{name} is set in {here}, and not in {there.removeprefix('the tab ')}"
            yield Finding(headline, other.code.span(0, 1), "let all tabs set the same variables")
        elif name not in expected:
            headline = f"{name} is set in {there}, and not in {here.removeprefix('the tab ')}"
            yield Finding(headline, other.span_of(name), "let all tabs set the same variables")
        elif expected[name] != found[name]:
            headline = f"{name} holds something else than in {here}"
            yield Finding(headline, other.span_of(name), f"there it is: {first.settings[name].text}")


def _name_of(block: Block) -> str:
    return f'the tab "{block.code.tab}"' if block.code.tab else f"the code for {block.family}"


def _comparable(block: Block) -> Mapping[str, str]:
    """What each variable holds, with one spelling of placeholders; an empty text is a removal to some shells."""
    return {
        name: ANY_PLACEHOLDER.sub(lambda found: f"<{placeholder_name(found)}>", setting.text or "")
        for name, setting in block.settings.items()
    }


RULE = Rule("tabs-differ", Severity.ERROR, _check)
