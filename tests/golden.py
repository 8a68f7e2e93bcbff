"""Goldens, compared byte for byte.

pytest-regressions' text mode passes a missing final newline and CRLF for LF; here every byte counts, and the
difference is shown as ASCII so that no invisible character hides it.
"""

import difflib
from pathlib import Path

GOLDENS = Path(__file__).parent / "goldens"


def compare_bytes(obtained: Path, expected: Path) -> None:
    """Fail with a unified diff unless both files hold the same bytes."""
    if obtained.read_bytes() == expected.read_bytes():
        return
    diff = difflib.unified_diff(_ascii_lines(expected), _ascii_lines(obtained), str(expected), "obtained", lineterm="")
    raise AssertionError("\n".join(diff))


def orphan_goldens(claimed: set[Path]) -> list[str]:
    """The files in the goldens folder that are not claimed."""
    return sorted(str(path) for path in GOLDENS.rglob("*") if path.is_file() and path not in claimed)


def _ascii_lines(file: Path) -> list[str]:
    return [ascii(line) for line in file.read_bytes().decode("utf-8", "surrogateescape").split("\n")]
