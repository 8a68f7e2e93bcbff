"""For programs: a JSON array with an object per finding."""

import json
from collections.abc import Sequence

from guidewright.diagnostics.formats.located import LocatedDiagnostic


def show(located: Sequence[LocatedDiagnostic]) -> str:
    """Show all findings as one JSON document; an empty array where there is none."""
    return json.dumps([_object(found) for found in located], ensure_ascii=False, indent=2) + "\n"


def _object(found: LocatedDiagnostic) -> dict[str, str | int]:
    diagnostic, span = found.diagnostic, found.span
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "headline": diagnostic.headline,
        "help": diagnostic.help,
        "file": diagnostic.place.file,
        "line": span.line,
        "column": span.column,
        "length": span.length,
    }
