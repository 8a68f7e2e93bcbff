"""``guidewright list``."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

import click

from guidewright.cli import CLEAN, FINDINGS
from guidewright.cli.project import Outcome, counted, project_option, run_to_snippets, show_refusal
from guidewright.diagnostics import Place
from guidewright.model import Site, Snippets

_DATE = "%Y-%m-%d"

KeyPath: TypeAlias = tuple[str | int, ...]
"""The keys that lead to a node of a spec file."""


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
        providers = ", ".join(provider.name for provider in guide.sources_by_provider)
        click.echo(f"{guide.path}: {guide.agent.name} through {guide.gateway.name} to {providers}")


def _list_sources(outcome: Outcome[tuple[Site, Snippets]], before: str) -> None:
    found = sorted(_sources(outcome))
    # Dates of this form are in order as texts are.
    shown = [source for source in found if not before or source[0] < before]
    for date, file, line, fact, origin in shown:
        click.echo(f"{date}  {file}:{line}  {fact}: {origin}")
    without = list(_without_source(outcome))
    for position, fact in without:
        click.echo(f"no source   {position}  {fact}")
    summary = f"{counted(len(shown), 'source')}{f' older than {before}' if before else ''}, of {len(found)}"
    click.echo(f"{summary}; {len(without)} without a source.")


def _sources(outcome: Outcome[tuple[Site, Snippets]]) -> Iterator[tuple[str, str, int, str, str]]:
    """Date, file, line, the fact by its keys, and where it comes from."""
    for file, document in outcome.documents.items():
        for keys, source in _sources_in(document.data, ()):
            line = document.span(Place(file, (*keys, "source")).key()).line
            yield str(source["date"]), file, line, _in_words(keys), str(source["from"])


def _without_source(outcome: Outcome[tuple[Site, Snippets]]) -> Iterator[tuple[str, str]]:
    """Position and keys of each gateway, provider and route without a source of its own or of its whole file."""
    for file, document in outcome.documents.items():
        data = document.data
        if isinstance(data, dict) and "source" not in data:
            routes = enumerate(data.get("routes", []))
            found: list[KeyPath] = [("routes", index) for index, route in routes if "source" not in route]
            if "base_url" in data or "endpoint" in data:
                found.append(())
            for keys in found:
                yield f"{file}:{document.span(Place(file, keys)).line}", _in_words(keys)


def _in_words(keys: KeyPath) -> str:
    return ".".join(map(str, keys)) or "all of the file"


def _sources_in(node: object, keys: KeyPath) -> Iterator[tuple[KeyPath, dict[str, object]]]:
    if isinstance(node, dict):
        source = node.get("source")
        if isinstance(source, dict) and source.keys() == {"from", "date"}:
            yield keys, source
        for key, value in node.items():
            yield from _sources_in(value, (*keys, key))
    elif isinstance(node, list):
        for index, entry in enumerate(node):
            yield from _sources_in(entry, (*keys, index))
