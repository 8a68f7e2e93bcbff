"""``guidewright audit``."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from guidewright.cli import CLEAN, FINDINGS
from guidewright.cli.project import (
    counted,
    format_option,
    project_option,
    run_to_snippets,
    show_findings,
    show_refusal,
)
from guidewright.diagnostics import Place, Report, Severity
from guidewright.lint import Facts, audit_pages

_SUFFIXES = {".md", ".mdx", ".markdown"}


@click.command("audit")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@project_option
@format_option
def command(paths: Sequence[Path], project: Path | None, format_name: str) -> int:
    """Find what contradicts the spec in pages that were written by hand.

    PATHS are Markdown or MDX pages of any docs framework, or folders of them. A page that sets up nothing that the spec
    knows is left alone.
    """
    outcome = run_to_snippets(project)
    if outcome.result is None:
        show_refusal(outcome, format_name)
        return FINDINGS
    site, _ = outcome.result
    facts = Facts(site)
    report, files = Report(), list(dict.fromkeys(file for path in paths for file in _pages_in(path)))
    read = (_read(file, outcome.workspace.root, report) for file in files)
    audit_pages((page for page in read if page is not None), facts, report)
    show_findings([*outcome.diagnostics, *report.diagnostics], outcome, format_name)
    errors = sum(found.severity is Severity.ERROR for found in report.diagnostics)
    if format_name == "full":
        warnings = len(report.diagnostics) - errors
        pages = counted(len(files), "page")
        click.echo(f"{pages} audited: {counted(errors, 'error')}, {counted(warnings, 'warning')}.")
    return FINDINGS if errors else CLEAN


def _pages_in(path: Path) -> Iterator[Path]:
    """A file as it is; of a folder every page in it, without going through links to folders."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        yield from (Path(folder, name) for name in sorted(names) if Path(name).suffix.lower() in _SUFFIXES)


def _read(file: Path, root: Path, report: Report) -> tuple[str, str] | None:
    """The name and the text of a page; None where it can't be read, which is reported."""
    absolute = file.absolute()
    name = absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else absolute.as_posix()
    if not file.is_file():
        report.error("unreadable-page", "this is not a file", Place(name), help="name a file or a folder")
        return None
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        report.error("unreadable-page", f"can't be read: {error.strerror}", Place(name), help="check its permissions")
    except UnicodeDecodeError as error:
        report.error("not-utf-8", f"byte {error.start + 1} is no UTF-8", Place(name), help="save the file as UTF-8")
    else:
        return name, text
    return None
