"""A finding whose places have become line and column."""

import unicodedata
from dataclasses import dataclass

from guidewright.diagnostics.diagnostic import Diagnostic, Span


@dataclass(frozen=True, slots=True)
class Location:
    """A place that has become line and column.

    Attributes:
        source_line: the line of the file that ``span`` is in.
    """

    file: str
    span: Span
    source_line: str

    @property
    def position(self) -> str:
        """``file:line:col``."""
        return f"{printable(self.file)}:{self.span.line}:{self.span.column}"


@dataclass(frozen=True, slots=True)
class LocatedDiagnostic:
    """A finding to be shown.

    Attributes:
        diagnostic: the finding.
        at: where it is.
        origin: what the text there was made from, where it was generated.
    """

    diagnostic: Diagnostic
    at: Location
    origin: Location | None = None


def printable(text: str) -> str:
    """Text that can't act on a terminal: line breaks, escapes and other control characters are shown as escapes."""
    return "".join(
        character if _is_shown(character) else character.encode("unicode_escape").decode() for character in text
    )


def _is_shown(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
