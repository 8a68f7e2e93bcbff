"""Mistakes in a template, with the template's file and line."""

import re
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError

from guidewright.diagnostics import Place, Report, Span, did_you_mean
from guidewright.pages.environment import FILTERS, UnknownNameError
from guidewright.pages.frameworks import template_name
from guidewright.pages.markdown import UnrenderableError

_UNKNOWN_FILTER = re.compile("No filter named '(.+)'")


def report_template_error(
    error: Exception, template: Path, template_folders: Sequence[Path], root: Path, report: Report
) -> None:
    """Report an exception that compiling or rendering a template raised.

    Args:
        error: the exception.
        template: the file that was to be rendered, in case the error does not say where it arose.
        template_folders: where templates are found.
        root: the project's folder; files below it are shown relative to it.
        report: receives the finding.
    """
    file, line = _guilty_line(error, template, template_folders)
    code, headline, guilty, candidates = _describe(error, template_folders)
    span = _span(file, line, guilty)
    report.error(code, headline, Place(template_name(file, root), span=span), help=did_you_mean(guilty, candidates))


def _describe(  # noqa: PLR0911 - a case for each kind of error
    error: Exception, template_folders: Sequence[Path]
) -> tuple[str, str, str, Iterable[str]]:
    """Code, headline, the guilty word, and the words that it could have been."""
    match error:
        case TemplateSyntaxError():
            message = (error.message or "syntax error").rstrip(".")
            if unknown_filter := _UNKNOWN_FILTER.fullmatch(message):
                return "unknown-filter", f'unknown filter "{unknown_filter[1]}"', unknown_filter[1], FILTERS
            return "template-syntax", message[:1].lower() + message[1:], "", ()
        case UnknownNameError(unknown=unknown):
            return "unknown-template-name", f'unknown name "{unknown}"', unknown, error.candidates
        case TemplateNotFound():
            name = error.name if isinstance(error.name, str) else ""
            known = [
                path.relative_to(folder).as_posix() for folder in template_folders for path in folder.rglob("*.jinja")
            ]
            return "missing-template", f'there is no template "{name}"', name, known
        case UnrenderableError():
            return "unrenderable-value", str(error), "", ()
        case RecursionError():
            return "endless-template", "template includes or calls itself without end", "", ()
        case UnicodeDecodeError():
            return "template-not-utf8", "template is not UTF-8 text", "", ()
        case OSError():
            return "unreadable-template", f"template can't be read: {error.strerror}", "", ()
        case _:
            return "template-error", str(error) or type(error).__name__, "", ()


def _guilty_line(error: Exception, template: Path, template_folders: Sequence[Path]) -> tuple[Path, int]:
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Path(error.filename), error.lineno
    # Jinja rewrites tracebacks, so that frames of a template carry its file name and line:
    # https://jinja.palletsprojects.com/en/stable/templates/#debugging
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if frame.lineno and any(file.is_relative_to(folder) for folder in template_folders) and file.suffix == ".jinja":
            return file, frame.lineno
    if isinstance(error, OSError) and error.filename:
        return Path(error.filename), 1
    if isinstance(error, UnicodeDecodeError):
        return _first_not_utf8(template_folders) or template, 1
    return template, 1


def _first_not_utf8(template_folders: Sequence[Path]) -> Path | None:
    """The template that a UnicodeDecodeError, which names no file, is about."""
    for file in sorted(path for folder in template_folders for path in folder.rglob("*.jinja")):
        try:
            file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return file
    return None


def _span(file: Path, line: int, guilty: str) -> Span:
    """The guilty word's place in its line, or all of the line."""
    try:
        text = file.read_text(encoding="utf-8").splitlines()[line - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        return Span(line, 1)
    start = text.find(guilty) if guilty else -1
    if start < 0:
        indentation = len(text) - len(text.lstrip())
        return Span(line, indentation + 1, max(1, len(text.strip())))
    return Span(line, start + 1, len(guilty))
