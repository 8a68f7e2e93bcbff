"""What the commands share: their options, the run of the pipeline, and how findings are shown."""

import os
import shlex
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import click

from guidewright.cli import wants_color
from guidewright.diagnostics import Diagnostic, Place, Report, Severity, Span
from guidewright.diagnostics.formats import FORMATS, LocatedDiagnostic, Location
from guidewright.model import Site, Snippets
from guidewright.pipeline import compute_plan, compute_snippets, load
from guidewright.publish import Plan
from guidewright.source import Document, line_text
from guidewright.workspace import Workspace, find_workspace, open_workspace

PROJECT_OPTION = "--project"


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """What the pipeline came to.

    Attributes:
        workspace: the project.
        documents: the spec's files, for the places of findings.
        result: None where an error was found.
        diagnostics: every finding, in the order of their files and places.
    """

    workspace: Workspace
    documents: dict[str, Document]
    result: Result | None
    diagnostics: tuple[Diagnostic, ...]


def project_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--project``: which project to work on."""
    return click.option(
        PROJECT_OPTION,
        "-C",
        "project",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The project's folder. Default: the nearest one with spec/site.yaml, from here upwards.",
    )(command)


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--format``: how findings are shown."""
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(list(FORMATS)),
        default="full",
        show_default=True,
        help="How findings are shown.",
    )(command)


def run_pipeline(project: Path | None) -> Outcome[tuple[Site, Plan]]:
    """Compute the plan of a project."""
    return _run(project, compute_plan)


def run_to_snippets(project: Path | None) -> Outcome[tuple[Site, Snippets]]:
    """Compute the code of a project's pages, without the pages."""
    return _run(project, lambda documents, _, report: compute_snippets(documents, report))


def _run(
    project: Path | None, stages: Callable[[dict[str, Document], Workspace, Report], Result | None]
) -> Outcome[Result]:
    workspace = find_workspace(Path.cwd()) if project is None else open_workspace(project)
    report = Report()
    documents = load(workspace, report)
    result = stages(documents, workspace, report)
    return Outcome(workspace, documents, result, report.diagnostics)


def show_findings(diagnostics: Iterable[Diagnostic], outcome: Outcome[Any], format_name: str = "full") -> None:
    """Print findings, ordered by file and position."""
    located = sorted(
        (_locate(diagnostic, outcome) for diagnostic in diagnostics),
        key=lambda found: (found.at.file, found.at.span.line, found.at.span.column),
    )
    click.echo(FORMATS[format_name](located), nl=False, color=wants_color(sys.stdout))


def show_refusal(outcome: Outcome[Any], format_name: str = "full") -> None:
    """Print why there is no plan."""
    show_findings(outcome.diagnostics, outcome, format_name)
    if format_name == "full":
        errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in outcome.diagnostics)
        click.echo(f"{counted(errors, 'error')} in the spec or its templates. Nothing was rendered or written.")


def summarize_islands(site: Site) -> None:
    """Print how much of the pages was written by hand, if anything was."""
    islands = {island.passage.place: island.passage for guide in site.guides for island in guide.all_islands}.values()
    if islands:
        words = sum(passage.word_count for passage in islands)
        click.echo(f"Written by hand: {counted(len(islands), 'island')} with {counted(words, 'word')}.")


def how_to_delete(paths: Iterable[str], outcome: Outcome[Any]) -> str:
    """The command that deletes pages, as it works from the current folder."""
    files = (os.path.relpath(outcome.workspace.output_folder / path) for path in paths)
    return f"To delete, run: {shlex.join(['rm', *files])}"


def counted(number: int, noun: str) -> str:
    """``1 page``, ``2 pages``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _locate(diagnostic: Diagnostic, outcome: Outcome[Any]) -> LocatedDiagnostic:
    origin = diagnostic.origin
    return LocatedDiagnostic(
        diagnostic, _location(diagnostic.place, outcome), None if origin is None else _location(origin, outcome)
    )


def _location(place: Place, outcome: Outcome[Any]) -> Location:
    document = outcome.documents.get(place.file)
    if document is not None:
        span = document.span(place)
        return Location(place.file, span, document.line(span.line))
    span = place.span or Span(1, 1)
    line = place.line_text or _line_on_disk(outcome.workspace.root, place.file, span.line)
    start = line.find(place.token) if place.token else -1
    if start >= 0:
        span = Span(span.line, start + 1, len(place.token))
    return Location(place.file, span, line)


def _line_on_disk(root: Path, name: str, number: int) -> str:
    """A line of a file, or nothing where it must not be read: a pipe, or what a link outside the project leads to."""
    file = root / name
    # What is no file may be a link in a circle, which leads nowhere.
    if not file.is_file():
        return ""
    is_link_outside = file.is_symlink() if Path(name).is_absolute() else not file.resolve().is_relative_to(root)
    if is_link_outside:
        return ""
    try:
        text = file.read_bytes().decode("utf-8-sig", errors="backslashreplace")
    except OSError:
        return ""
    return line_text(text, number)
