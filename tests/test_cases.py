"""Folders of cases: valid specs with their pages, wrong specs with their whole message. A new case needs no Python."""

from collections.abc import Callable
from pathlib import Path

import pytest

from project import Project

CASES = Path(__file__).parent / "cases"
VALID = sorted(path.name for path in (CASES / "valid").iterdir())
INVALID = sorted(path.name for path in (CASES / "invalid").iterdir())


@pytest.mark.parametrize("case", ["base", *VALID])
def test_valid_spec_gives_its_pages(case: str, acme: Project, golden: Callable[[str, str], None]) -> None:
    if case != "base":
        acme.overlay(CASES / "valid" / case)
    pages = acme.build()
    assert pages
    for path, page in pages.items():
        golden(page, f"pages/{case}/{path}")


@pytest.mark.parametrize("case", INVALID)
def test_invalid_spec_gives_its_whole_message(case: str, acme: Project) -> None:
    """Each folder is laid over the base project; ``message.txt`` in it is what ``check`` prints."""
    folder = CASES / "invalid" / case
    acme.overlay(folder)
    expected = (folder / "message.txt").read_text(encoding="utf-8")
    (acme.root / "message.txt").unlink()
    result = acme.run("check")
    assert result.stdout == expected
    assert result.code == 1
    assert result.stderr == ""
    assert acme.run("build").code == 1
    assert not (acme.root / "output").exists()
