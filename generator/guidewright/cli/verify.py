"""``guidewright verify``."""

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click

from guidewright.cli import CLEAN, COULD_NOT_RUN, FINDINGS, wants_color
from guidewright.cli.project import counted, project_option, run_to_snippets, show_refusal
from guidewright.snippets import SHELLS
from guidewright.verify import Verdict, Verification, find_interpreter, verify

_COLORS = {Verdict.OK: "green", Verdict.DIFFERS: "red", Verdict.SKIPPED: "yellow"}


@click.command("verify")
@project_option
@click.option(
    "--require",
    "required",
    metavar="SHELL",
    multiple=True,
    type=click.Choice(list(SHELLS)),
    help="Fail if this shell is not installed, instead of skipping it. Can be given several times.",
)
def command(project: Path | None, required: Sequence[str]) -> int:
    """Run every snippet in the real shells, and compare the environment it leaves with the spec.

    Placeholders are filled in with their samples. Each shell runs with hardly any environment, without network, and not
    for long; the programs that a snippet calls are stand-ins. Settings files go through a parser of their format.
    """
    missing = [name for name in required if find_interpreter(SHELLS[name]) is None]
    if missing:
        raise click.UsageError(f"not installed: {', '.join(missing)}")
    outcome = run_to_snippets(project)
    if outcome.result is None:
        show_refusal(outcome)
        return FINDINGS
    rows = list(verify(*outcome.result))
    _show(rows)
    verdicts = {row.verdict for row in rows}
    if Verdict.DIFFERS in verdicts:
        return FINDINGS
    return CLEAN if Verdict.OK in verdicts or not rows else COULD_NOT_RUN


def _show(rows: Sequence[Verification]) -> None:
    for guide, of_guide in groupby(rows, key=lambda row: row.guide):
        click.echo(guide)
        table = [(row.route, row.medium, row) for row in of_guide]
        widths = [max(len(str(line[column])) for line in table) for column in (0, 1)]
        for route, medium, row in table:
            verdict = click.style(row.verdict, fg=_COLORS[row.verdict])
            first, *others = row.details or ("",)
            note = f": {first}" if first else ""
            click.echo(f"  {route:{widths[0]}}  {medium:{widths[1]}}  {verdict}{note}", color=wants_color(sys.stdout))
            for other in others:
                click.echo(f"  {'':{widths[0]}}  {'':{widths[1]}}  {other}")
    counts = Counter(row.verdict for row in rows)
    summary = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    click.echo(f"{counted(len(rows), 'snippet')}: {summary or 'there is nothing to run'}.")
