"""The rules, one module each. Its docstring is the rule's page in the documentation: what, why, and an example."""

from guidewright.lint.rules import (
    contradicting_requirement,
    inconsistent_placeholder,
    missing_requirement,
    missing_shell,
    other_base_url,
    other_header,
    other_variable,
    shell_outside_tabs,
    stale_credential,
    stale_front_matter,
    tabs_differ,
    unexplained_placeholder,
    unreadable_code,
)

RULES = (
    other_base_url.RULE,
    other_header.RULE,
    other_variable.RULE,
    stale_credential.RULE,
    tabs_differ.RULE,
    missing_shell.RULE,
    shell_outside_tabs.RULE,
    missing_requirement.RULE,
    stale_front_matter.RULE,
    unexplained_placeholder.RULE,
    inconsistent_placeholder.RULE,
    contradicting_requirement.RULE,
    unreadable_code.RULE,
)
"""Every rule, in the order in which they look at a page."""

PROSE_RULES = (other_header.RULE, other_variable.RULE, stale_credential.RULE, shell_outside_tabs.RULE)
"""Those that look at a generated page: what its code does was compared with the spec before it was rendered."""

GATEWAY_RULES = (other_base_url.RULE, other_header.RULE, stale_front_matter.RULE)
"""Those that look at a page that sends requests through a gateway with a tool that the spec does not know."""
