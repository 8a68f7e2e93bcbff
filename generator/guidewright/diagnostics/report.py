"""The list that every stage adds its findings to."""

from collections.abc import Iterable

from guidewright.diagnostics.diagnostic import Diagnostic, Place, Severity


class Report:
    """Collects findings, so that one run shows all of them.

    The same finding at the same place is kept once, even when several guides run into it.
    """

    def __init__(self) -> None:
        self._diagnostics: dict[Diagnostic, None] = {}

    def error(self, code: str, headline: str, place: Place, *, help: str = "") -> None:  # noqa: A002 - the field's name
        """Add a finding that stops the build."""
        self.add([Diagnostic(code, headline, place, help)])

    def warn(self, code: str, headline: str, place: Place, *, help: str = "") -> None:  # noqa: A002 - the field's name
        """Add a finding that is shown but stops nothing."""
        self.add([Diagnostic(code, headline, place, help, Severity.WARNING)])

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add findings that are complete already."""
        self._diagnostics.update(dict.fromkeys(diagnostics))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, in the order in which they were found."""
        return tuple(self._diagnostics)

    def has_errors(self) -> bool:
        """Whether a gate must stop here."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self._diagnostics)
