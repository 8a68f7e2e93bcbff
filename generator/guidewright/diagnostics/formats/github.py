"""Annotations on a pull request: workflow commands of GitHub Actions.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Sequence

from guidewright.diagnostics.formats.located import LocatedDiagnostic


def show(located: Sequence[LocatedDiagnostic]) -> str:
    """Show each finding as a workflow command."""
    return "".join(f"{_command(found)}\n" for found in located)


def _command(found: LocatedDiagnostic) -> str:
    diagnostic = found.diagnostic
    # What a reviewer can change is where the page was made from.
    at = found.origin or found.at
    made = f"seen at {found.at.position}" if found.origin else ""
    message = "\n".join(filter(None, [diagnostic.headline, made, diagnostic.help]))
    properties = {
        "file": _property(at.file),
        "line": at.span.line,
        "col": at.span.column,
        "title": _property(diagnostic.code),
    }
    listed = ",".join(f"{name}={value}" for name, value in properties.items())
    return f"::{diagnostic.severity} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
