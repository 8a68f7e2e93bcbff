"""``guidewright build``."""

from pathlib import Path

import click

from guidewright.cli import CLEAN, FINDINGS
from guidewright.cli.project import (
    counted,
    how_to_delete,
    project_option,
    run_pipeline,
    show_findings,
    show_refusal,
    summarize_islands,
)
from guidewright.publish import Change, write_plan
from guidewright.workspace import OUTPUT_FOLDER


@click.command("build")
@project_option
def command(project: Path | None) -> int:
    """Write every page whose content changed.

    Each page is written whole or not at all. Pages that did not change are not touched, and nothing is deleted.
    """
    outcome = run_pipeline(project)
    if outcome.result is None:
        show_refusal(outcome)
        return FINDINGS
    show_findings(outcome.diagnostics, outcome)
    site, plan = outcome.result
    written: list[Change] = []
    try:
        # Printing can fail, and must not keep a page from being written.
        written.extend(write_plan(plan))
    finally:
        for change in written:
            click.echo(f"{'created' if change.old is None else 'updated'} {OUTPUT_FOLDER}/{change.path}")
    for path in plan.orphans:
        click.echo(f"left alone {OUTPUT_FOLDER}/{path}: it has no guide any more. {how_to_delete([path], outcome)}")
    pages = counted(len(plan.changes) + plan.unchanged, "page")
    click.echo(f"{pages}: {len(plan.changes)} written, {plan.unchanged} unchanged.")
    summarize_islands(site)
    return CLEAN
