"""``guidewright audit``."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    report = Report()
    walk = _Walk(outcome.workspace.root, report)
    files = list(dict.fromkeys(file for path in paths for file in walk.pages_in(path)))
    read = (walk.read(file) for file in files)
    audit_pages((page for page in read if page is not None), facts, report)
    show_findings([*outcome.diagnostics, *report.diagnostics], outcome, format_name)
    errors = sum(found.severity is Severity.ERROR for found in report.diagnostics)
    if format_name == "full":
        warnings = len(report.diagnostics) - errors
        pages = counted(len(files), "page")
        click.echo(f"{pages} audited: {counted(errors, 'error')}, {counted(warnings, 'warning')}.")
    return FINDINGS if errors else CLEAN


@dataclass(frozen=True, slots=True)
class _Walk:
    """Finds and reads pages; what can't be read is reported, and the rest read.

    Attributes:
        root: the folder of the project, from which findings name files.
    """

    root: Path
    report: Report

    def pages_in(self, path: Path) -> Iterator[Path]:
        """A file as it is; of a folder every page in it, without going through links to folders or to the outside."""
        if not path.is_dir():
            yield path
            return
        real = path.resolve()
        for folder, folders, names in os.walk(path, onerror=self._note_unreadable_folder):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
            for file in (Path(folder, name) for name in sorted(names) if Path(name).suffix.lower() in _SUFFIXES):
                if self._leads_out(file, real):
                    message = "this link leads out of the folder and the project"
                    self._refuse(file, message, "name the page itself, or put a copy of it here")
                else:
                    yield file

    def _note_unreadable_folder(self, error: OSError) -> None:
        self._refuse(Path(error.filename), f"can't be read: {error.strerror}", "check its permissions")

    def _leads_out(self, file: Path, folder: Path) -> bool:
        # A link that leads nowhere, or in a circle, is found to be no file when it is read.
        if not (file.is_symlink() and file.is_file()):
            return False
        target = file.resolve()
        return not (target.is_relative_to(folder) or target.is_relative_to(self.root.resolve()))

    def read(self, file: Path) -> tuple[str, str] | None:
        """The name and the text of a page; None where it can't be read."""
        if not file.is_file():
            self._refuse(file, "this is not a file", "name a file or a folder")
            return None
        try:
            text = file.read_text(encoding="utf-8-sig")
        except OSError as error:
            self._refuse(file, f"can't be read: {error.strerror}", "check its permissions")
        except UnicodeDecodeError as error:
            place = Place(self._name(file))
            self.report.error("not-utf-8", f"byte {error.start + 1} is no UTF-8", place, help="save the file as UTF-8")
        else:
            if "\0" not in text:
                return self._name(file), text
            line = text.count("\n", 0, text.index("\0")) + 1
            self._refuse(file, f"line {line} holds a NUL character, as no text does", "delete it, or save as UTF-8")
        return None

    def _refuse(self, file: Path, headline: str, advice: str) -> None:
        self.report.error("unreadable-page", headline, Place(self._name(file)), help=advice)

    def _name(self, file: Path) -> str:
        absolute = file.absolute()
        return absolute.relative_to(self.root).as_posix() if absolute.is_relative_to(self.root) else absolute.as_posix()
