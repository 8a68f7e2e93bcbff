"""A base URL that is not the provider's endpoint.

Why: a client joins its own path to the base URL. A slash too many or too few, another path or another host, and
requests end in a 404 that says nothing about the cause.

Example: ``export ACME_BASE_URL="https://gate.example.com/v1/<TEAM>/north"`` where the endpoint ends in a slash.
"""

import re
from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.facts import ANY_PLACEHOLDER, HOST, Block, MatchedSection
from guidewright.lint.rule import Finding, Rule, Subject


def _check(subject: Subject) -> Iterator[Finding]:
    for matched in subject.matched:
        for block in matched.blocks:
            for name in matched.known.endpoint_names:
                yield from _check_setting(matched, block, name)


def _check_setting(matched: MatchedSection, block: Block, name: str) -> Iterator[Finding]:
    setting, value = block.settings.get(name), matched.known.value_of(name)
    if setting is None or not setting.text or value is None or not HOST.match(setting.text):
        return
    problem = _problem(setting.text, value.text)
    if problem is None:
        return
    provider = matched.known.route.provider.name
    yield Finding(f"{name} {problem} the base URL of {provider}", block.span_of(name), f"write: {value.text}")


def _problem(found: str, expected: str) -> str | None:
    """What is wrong with a base URL, as words between its name and the right one; None where nothing is."""
    if _is_same(found, expected):
        return None
    if _is_same(found + "/", expected):
        return "lacks the slash at the end of"
    if _is_same(found, expected + "/"):
        return "has a slash too many at the end of"
    found_host, expected_host = HOST.match(found), HOST.match(expected)
    if found_host and expected_host and found_host[1] != expected_host[1]:
        return "has another host than"
    return "has another path than"


def _is_same(found: str, expected: str) -> bool:
    """Whether both are the same, whatever stands for what the reader fills in."""
    pieces = [re.escape(piece) for piece in re.split(r"<\w+>", expected)]
    filled_in = rf"(?:{ANY_PLACEHOLDER.pattern}|[^/\s]+?)"
    # The groups of the pattern have names, which can't stand in a pattern twice.
    return re.fullmatch(re.sub(r"\?P<\w+>", "", filled_in).join(pieces), found) is not None


RULE = Rule("other-base-url", Severity.ERROR, _check)
