"""For programs: a JSON array with an object per finding."""

import json
from collections.abc import Sequence
from typing import Any

from guidewright.diagnostics.formats.located import LocatedDiagnostic, Location


def show(located: Sequence[LocatedDiagnostic]) -> str:
    """Show all findings as one JSON document; an empty array where there is none."""
    return json.dumps([_object(found) for found in located], ensure_ascii=False, indent=2) + "\n"


def _object(found: LocatedDiagnostic) -> dict[str, Any]:
    diagnostic = found.diagnostic
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "headline": diagnostic.headline,
        "help": diagnostic.help,
        **_place(found.at),
        **({"origin": _place(found.origin)} if found.origin else {}),
    }


def _place(location: Location) -> dict[str, str | int]:
    span = location.span
    return {"file": location.file, "line": span.line, "column": span.column, "length": span.length}
