"""``guidewright list``."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from guidewright.cli import CLEAN, FINDINGS
from guidewright.cli.project import Outcome, counted, project_option, run_to_snippets, show_refusal
from guidewright.diagnostics import Place
from guidewright.model import Site, Snippets

_DATE = "%Y-%m-%d"


@click.command("list")
@click.option("--sources", "lists_sources", is_flag=True, help="List where the spec's facts come from instead.")
@click.option(
    "--older-than",
    metavar="DATE",
    type=click.DateTime([_DATE]),
    help="With --sources: only those that were looked at before this day, as 2026-01-31.",
)
@project_option
def command(project: Path | None, lists_sources: bool, older_than: datetime | None) -> int:  # noqa: FBT001 - click's way
    """List the guides of a project, with their routes; or the sources of its facts."""
    if older_than is not None and not lists_sources:
        message = "--older-than goes with --sources"
        raise click.UsageError(message)
    outcome = run_to_snippets(project)
    if outcome.result is None:
        show_refusal(outcome)
        return FINDINGS
    if lists_sources:
        _list_sources(outcome, "" if older_than is None else older_than.strftime(_DATE))
    else:
        _list_guides(outcome.result[0])
    return CLEAN


def _list_guides(site: Site) -> None:
    for guide in site.guides:
        routes = ", ".join(route.title for route in guide.routes)
        click.echo(f"{guide.path}: {guide.agent.name} through {guide.gateway.name} to {routes}")


def _list_sources(outcome: Outcome[tuple[Site, Snippets]], before: str) -> None:
    found = sorted(_sources(outcome), key=lambda source: (source[0], source[1]))
    # Dates of this form are in order as texts are.
    shown = [source for source in found if not before or source[0] < before]
    for date, position, fact, origin in shown:
        click.echo(f"{date}  {position}  {fact}: {origin}")
    click.echo(f"{counted(len(shown), 'source')}{f' older than {before}' if before else ''}, of {len(found)}.")


def _sources(outcome: Outcome[tuple[Site, Snippets]]) -> Iterator[tuple[str, str, str, str]]:
    """Date, position, the fact by its keys, and where it comes from."""
    for file, document in outcome.documents.items():
        for route, source in _sources_in(document.data, ()):
            line = document.span(Place(file, (*route, "source")).key()).line
            fact = ".".join(map(str, route)) or "all of the file"
            yield str(source["date"]), f"{file}:{line}", fact, str(source["from"])


def _sources_in(
    node: object, route: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], dict[str, object]]]:
    if isinstance(node, dict):
        source = node.get("source")
        if isinstance(source, dict) and source.keys() == {"from", "date"}:
            yield route, source
        for key, value in node.items():
            yield from _sources_in(value, (*route, key))
    elif isinstance(node, list):
        for index, entry in enumerate(node):
            yield from _sources_in(entry, (*route, index))
