"""``guidewright diff``."""

from pathlib import Path

import click

from guidewright.cli import CLEAN, FINDINGS
from guidewright.cli.project import project_option, run_pipeline, show_refusal
from guidewright.publish import unified_diff
from guidewright.workspace import OUTPUT_FOLDER


@click.command("diff")
@project_option
def command(project: Path | None) -> int:
    """Show what a build would change, as a patch.

    Exits 1 where there is something to change, as diff(1) does.
    """
    outcome = run_pipeline(project)
    if outcome.result is None:
        show_refusal(outcome)
        return FINDINGS
    _, plan = outcome.result
    for change in plan.changes:
        click.echo(unified_diff(change, OUTPUT_FOLDER), nl=False)
    return FINDINGS if plan.changes else CLEAN
