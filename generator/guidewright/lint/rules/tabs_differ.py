"""Tabs of one group that set different variables, or the same variable to different values.

Tabs are compared where their labels name systems or shells, or their code is for different ones: tabs may as well be
for different providers, or follow each other.

Why: readers of one system get a set-up that nobody tested.

Example: the tab for PowerShell lacks a variable that the tab for bash sets.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from guidewright.diagnostics import Severity
from guidewright.lint.facts import ANY_PLACEHOLDER, Block, current_codes, placeholder_name, read_block
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


def _is_same_for_others(block: Block, before: Sequence[Block]) -> bool:
    """Whether a tab is for other readers than the first one, rather than for something else."""
    labels = (before[0].code.tab, block.code.tab)
    return all(map(NAMES_A_SYSTEM.search, labels)) or all(block.family != other.family for other in before)


def _compare(first: Block, other: Block) -> Iterator[Finding]:
    expected, found = _comparable(first), _comparable(other)
    for name in dict.fromkeys([*expected, *found]):
        if name not in found:
            headline = f'{name} is set in the tab "{first.code.tab}", and not in "{other.code.tab}"'
            yield Finding(headline, other.code.span(0, 1), "let all tabs set the same variables")
        elif name not in expected:
            headline = f'{name} is set in the tab "{other.code.tab}", and not in "{first.code.tab}"'
            yield Finding(headline, other.span_of(name), "let all tabs set the same variables")
        elif expected[name] != found[name]:
            headline = f'{name} holds something else than in the tab "{first.code.tab}"'
            yield Finding(headline, other.span_of(name), f"there it is: {first.settings[name].text}")


def _comparable(block: Block) -> Mapping[str, str]:
    """What each variable holds, with one spelling of placeholders; an empty text is a removal to some shells."""
    return {
        name: ANY_PLACEHOLDER.sub(lambda found: f"<{placeholder_name(found)}>", setting.text or "")
        for name, setting in block.settings.items()
    }


RULE = Rule("tabs-differ", Severity.ERROR, _check)
