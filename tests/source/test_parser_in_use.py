"""The C parser, and no other, reads the files."""

import importlib.machinery
import subprocess
import sys
from pathlib import Path

import _ruamel_yaml
import pytest
import ruamel.yaml.reader

import guidewright
from guidewright.diagnostics import Report
from guidewright.source import composing
from guidewright.source.loading import parse_document


def test_the_parser_is_compiled() -> None:
    assert vars(composing)["CParser"] is _ruamel_yaml.CParser
    assert _ruamel_yaml.__file__.endswith(tuple(importlib.machinery.EXTENSION_SUFFIXES))


def test_the_pure_python_parser_is_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("the pure Python reader of ruamel.yaml is in use")

    monkeypatch.setattr(ruamel.yaml.reader.Reader, "__init__", refuse)
    assert parse_document(b"a: 1\n", "spec.yaml", Report()) is not None


def test_a_missing_c_parser_is_named_at_import() -> None:
    script = "import sys; sys.modules['_ruamel_yaml'] = None; import guidewright.source"
    generator = Path(guidewright.__file__).parent.parent
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=generator,
    )
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1] == (
        "ImportError: guidewright needs the C parser of ruamel.yaml: install the package ruamel.yaml.clib"
    )
