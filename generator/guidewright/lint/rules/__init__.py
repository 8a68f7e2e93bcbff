"""The rules, one module each. Its docstring is the rule's page in the documentation: what, why, and an example."""

from guidewright.lint.rule import GeneratedSubject, Rule
from guidewright.lint.rules import (
    broken_link,
    contradicting_requirement,
    inconsistent_placeholder,
    missing_code,
    missing_prerequisite,
    missing_requirement,
    missing_shell,
    missing_variable,
    other_base_url,
    other_biller,
    other_credential,
    other_header,
    other_term,
    other_value,
    other_variable,
    same_heading,
    shell_outside_tabs,
    stale_credential,
    stale_front_matter,
    tabs_differ,
    unexplained_placeholder,
    unexplained_variable,
    unknown_fact,
    unnamed_placeholder,
    unreadable_code,
)

RULES = (
    other_base_url.RULE,
    other_header.RULE,
    other_credential.RULE,
    other_variable.RULE,
    stale_credential.RULE,
    tabs_differ.RULE,
    missing_shell.RULE,
    shell_outside_tabs.RULE,
    missing_variable.RULE,
    missing_requirement.RULE,
    stale_front_matter.RULE,
    unexplained_placeholder.RULE,
    inconsistent_placeholder.RULE,
    contradicting_requirement.RULE,
    unreadable_code.RULE,
)
"""Those for pages that people wrote, in the order in which they look at a page."""

GATEWAY_RULES = (other_base_url.RULE, other_header.RULE, stale_front_matter.RULE)
"""Those that look at a page that sends requests through a gateway with a tool that the spec does not know."""

GUARD_RULES: tuple[Rule[GeneratedSubject], ...] = (
    missing_code.RULE,
    unknown_fact.RULE,
    other_base_url.RULE,
    other_value.RULE,
    other_biller.RULE,
    other_header.RULE,
    other_credential.RULE,
    stale_credential.RULE,
    tabs_differ.RULE,
    shell_outside_tabs.RULE,
    unnamed_placeholder.RULE,
    missing_prerequisite.RULE,
    unexplained_variable.RULE,
    broken_link.RULE,
    same_heading.RULE,
    other_term.RULE,
)
"""Those for pages that were generated, in the order in which they look at a page."""

INDEX_RULES: tuple[Rule[GeneratedSubject], ...] = (
    unknown_fact.RULE,
    broken_link.RULE,
    same_heading.RULE,
    other_term.RULE,
)
"""Those for generated pages that lead to guides."""

ALL_RULES: tuple[Rule[GeneratedSubject], ...] = tuple(dict.fromkeys([*RULES, *GUARD_RULES]))
"""Every rule once."""
