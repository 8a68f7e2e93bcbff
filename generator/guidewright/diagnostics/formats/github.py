"""Annotations on a pull request: workflow commands of GitHub Actions.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Sequence

from guidewright.diagnostics.formats.located import LocatedDiagnostic


def show(located: Sequence[LocatedDiagnostic]) -> str:
    """Show each finding as a workflow command."""
    return "".join(f"{_command(found)}\n" for found in located)


def _command(found: LocatedDiagnostic) -> str:
    diagnostic, span = found.diagnostic, found.span
    message = "\n".join(filter(None, [diagnostic.headline, diagnostic.help]))
    file, title = _property(diagnostic.place.file), _property(diagnostic.code)
    return f"::{diagnostic.severity} file={file},line={span.line},col={span.column},title={title}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
