"""How findings are shown: one small module per format."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from guidewright.diagnostics.formats import concise, full, github, json
from guidewright.diagnostics.formats.located import LocatedDiagnostic, Location

Format: TypeAlias = Callable[[Sequence[LocatedDiagnostic]], str]
"""Findings -> text with a final newline, or ``""`` where there is nothing to show."""

FORMATS: Mapping[str, Format] = {
    "full": full.show,
    "concise": concise.show,
    "github": github.show,
    "json": json.show,
}

__all__ = ["FORMATS", "Format", "LocatedDiagnostic", "Location"]
