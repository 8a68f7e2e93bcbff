"""One line per finding, for editors and grep: ``file:line:col: severity[code] headline (help)``."""

from collections.abc import Sequence

from guidewright.diagnostics.formats.located import LocatedDiagnostic, printable


def show(located: Sequence[LocatedDiagnostic]) -> str:
    """Show each finding on a line."""
    return "".join(f"{_line(found)}\n" for found in located)


def _line(found: LocatedDiagnostic) -> str:
    diagnostic = found.diagnostic
    made = f" [from {found.origin.position}]" if found.origin else ""
    help_text = f" ({printable(diagnostic.help)})" if diagnostic.help else ""
    headline = printable(diagnostic.headline)
    return f"{found.at.position}: {diagnostic.severity}[{diagnostic.code}] {headline}{made}{help_text}"
