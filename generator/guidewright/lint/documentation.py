"""The rules' page in the documentation, made from the docstrings of their modules."""

import inspect
import re
import sys

from guidewright.lint.rule import GeneratedSubject, Rule
from guidewright.lint.rules import ALL_RULES, GATEWAY_RULES, GUARD_RULES, RULES

_INTRODUCTION = """\
# Rules for pages

<!-- Made from the rules' docstrings. To renew it, run: make rules -->

`guidewright build` and `check` read every generated page back, `guidewright audit` reads pages that people wrote. An
error fails the run, a warning is only shown.

To silence a finding, put a comment on a line of its own above the place that the finding names: the page, or the spec
file or template that a generated page was made from. It covers what follows up to the next blank line.

| in | write |
|---|---|
| Markdown, also in an island | `<!-- guidewright-ignore CODE: reason -->` |
| MDX | `{/* guidewright-ignore CODE: reason */}` |
| YAML and front matter | `# guidewright-ignore CODE: reason` |
| a template | `{# guidewright-ignore CODE: reason #}` |

A comment without a reason, or with a code that no rule has, is an error (`malformed-silence`); one that silences
nothing is a warning (`unused-silence`).
"""
# What docstrings write as reStructuredText.
_CODE = re.compile(r"``(.+?)``")
_LABEL = re.compile(r"^(Why|Example): ", re.MULTILINE)


def document_rules() -> str:
    """Write the page: what each rule finds, why that matters, and an example."""
    rules = sorted(ALL_RULES, key=lambda rule: rule.code)
    return "\n".join([_INTRODUCTION, *(document_rule(rule) for rule in rules)])


def document_rule(rule: Rule[GeneratedSubject]) -> str:
    """Write the section of one rule."""
    by_hand = {found.code for found in (*RULES, *GATEWAY_RULES)}
    generated = {found.code for found in GUARD_RULES}
    looks_at = [("generated pages", generated), ("pages that people wrote", by_hand)]
    pages = " and ".join(name for name, codes in looks_at if rule.code in codes)
    text = _LABEL.sub(r"**\1:** ", _CODE.sub(r"`\1`", _docstring_of(rule)))
    return f"## {rule.code}\n\n{rule.severity.value.capitalize()}, on {pages}.\n\n{text}\n"


def _docstring_of(rule: Rule[GeneratedSubject]) -> str:
    return inspect.getdoc(sys.modules[_module_of(rule)]) or ""


def _module_of(rule: Rule[GeneratedSubject]) -> str:
    return f"guidewright.lint.rules.{rule.code.replace('-', '_')}"
