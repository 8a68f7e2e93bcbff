"""``guidewright check``."""

import shlex
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import click

from guidewright.cli import CLEAN, FINDINGS
from guidewright.cli.project import (
    PROJECT_OPTION,
    Outcome,
    counted,
    format_option,
    how_to_delete,
    project_option,
    run_pipeline,
    show_findings,
    show_refusal,
    summarize_islands,
)
from guidewright.diagnostics import Diagnostic, Place, Span
from guidewright.model import Site
from guidewright.publish import Change, Plan, unified_diff
from guidewright.workspace import OUTPUT_FOLDER


@click.command("check")
@project_option
@format_option
def command(project: Path | None, format_name: str) -> int:
    """Fail if a page on disk differs from what the spec says.

    For CI: writes nothing, shows each difference, and ends with the command that repairs it.
    """
    outcome = run_pipeline(project)
    if outcome.result is None:
        show_refusal(outcome, format_name)
        return FINDINGS
    site, plan = outcome.result
    build = (
        "guidewright build" if project is None else f"guidewright build {PROJECT_OPTION} {shlex.quote(str(project))}"
    )
    drift = list(_drift(plan, build, outcome))
    show_findings([*outcome.diagnostics, *drift], outcome, format_name)
    if format_name == "full":
        _summarize(plan, build, outcome)
        summarize_islands(site)
    return FINDINGS if drift else CLEAN


def _drift(plan: Plan, build: str, outcome: Outcome[tuple[Site, Plan]]) -> Iterator[Diagnostic]:
    for change in plan.changes:
        file = f"{OUTPUT_FOLDER}/{change.path}"
        if change.old is None:
            yield Diagnostic("missing-page", "page is missing", Place(file), f"run: {build}")
        else:
            place = Place(file, span=Span(_first_difference(change), 1))
            yield Diagnostic("drifted-page", "page differs from what the spec says", place, f"run: {build}")
    for path in plan.orphans:
        file = f"{OUTPUT_FOLDER}/{path}"
        yield Diagnostic(
            "orphan-page", "no guide is written here any more", Place(file), how_to_delete([path], outcome)
        )


def _first_difference(change: Change) -> int:
    """The 1-based line at which the pages part."""
    lines = zip_longest((change.old or b"").split(b"\n"), change.new.split(b"\n"))
    return next(number for number, (old, new) in enumerate(lines, start=1) if old != new)


def _summarize(plan: Plan, build: str, outcome: Outcome[tuple[Site, Plan]]) -> None:
    for change in plan.changes:
        click.echo(unified_diff(change, OUTPUT_FOLDER))
    pages = counted(len(plan.changes) + plan.unchanged, "page")
    if plan.is_clean:
        click.echo(f"{pages} as the spec says.")
    if plan.orphans:
        click.echo(f"{counted(len(plan.orphans), 'page')} without a guide. {how_to_delete(plan.orphans, outcome)}")
    if plan.changes:
        click.echo(f"{len(plan.changes)} of {pages} not as the spec says. To repair, run: {build}")
