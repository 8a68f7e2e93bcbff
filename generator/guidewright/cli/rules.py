"""``guidewright rules``."""

import click

from guidewright.cli import CLEAN
from guidewright.lint import ALL_RULES, document_rule, document_rules

_RULE_BY_CODE = {rule.code: rule for rule in ALL_RULES}


@click.command("rules")
@click.argument("code", type=click.Choice(sorted(_RULE_BY_CODE)), required=False, metavar="[CODE]")
def command(code: str | None) -> int:
    """Say what the rules for pages find, why, and how a finding is silenced.

    With a CODE, as it stands in brackets in a finding, only that rule.
    """
    click.echo(document_rules() if code is None else document_rule(_RULE_BY_CODE[code]), nl=False)
    return CLEAN
