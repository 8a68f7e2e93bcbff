"""Files on disk: order, names, what is left out, what cannot be read."""

import os
from pathlib import Path

import pytest

from guidewright.diagnostics import Diagnostic, Place, Report, Severity, Span
from guidewright.source import load_documents
from guidewright.source.reading import MAX_BYTES


def write(root: Path, files: dict[str, bytes]) -> list[Path]:
    paths = [root / name for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return paths


def only_diagnostic(paths: list[Path], root: Path) -> Diagnostic:
    report = Report()
    assert load_documents(paths, root, report) == {}
    (diagnostic,) = report.diagnostics
    return diagnostic


def test_documents_keep_the_order_of_the_paths(tmp_path: Path) -> None:
    paths = write(tmp_path, {"spec/z.yaml": b"z: 1\n", "spec/agents/a.yaml": b"a: 1\n", "b.yaml": b"b: 1\n"})
    report = Report()
    documents = load_documents(paths, tmp_path, report)
    assert {file: document.data for file, document in documents.items()} == {
        "spec/z.yaml": {"z": 1},
        "spec/agents/a.yaml": {"a": 1},
        "b.yaml": {"b": 1},
    }
    assert list(documents) == ["spec/z.yaml", "spec/agents/a.yaml", "b.yaml"]
    assert [document.file for document in documents.values()] == list(documents)
    assert report.diagnostics == ()


def test_a_file_with_an_error_is_left_out_and_the_others_go_on(tmp_path: Path) -> None:
    paths = write(
        tmp_path, {"a.yaml": b"a: 1\na: 2\n", "b.yaml": b"b: [\n", "c.yaml": b"c: 1\r\n", "d.yaml": b"d: 1\n"}
    )
    report = Report()
    assert list(load_documents(paths, tmp_path, report)) == ["c.yaml", "d.yaml"]
    assert [(found.place.file, found.code, found.severity) for found in report.diagnostics] == [
        ("a.yaml", "duplicate-key", Severity.ERROR),
        ("b.yaml", "yaml-syntax", Severity.ERROR),
        ("c.yaml", "crlf-line-ends", Severity.WARNING),
    ]


def test_a_missing_file(tmp_path: Path) -> None:
    assert only_diagnostic([tmp_path / "spec" / "no.yaml"], tmp_path) == Diagnostic(
        "unreadable-file",
        "the file does not exist",
        Place("spec/no.yaml", span=Span(1, 1)),
        "correct the path, or create the file",
    )


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").mkdir()
    assert only_diagnostic([tmp_path / "spec.yaml"], tmp_path) == Diagnostic(
        "unreadable-file",
        "this is a folder, not a file",
        Place("spec.yaml", span=Span(1, 1)),
        "rename it, so that it does not end like the name of a file",
    )


@pytest.mark.parametrize(
    ("error", "headline", "remedy"),
    [
        (PermissionError(), "the file must not be read by this user", "allow it: chmod u+r a.yaml"),
        (NotADirectoryError(), "the file does not exist", "correct the path, or create the file"),
        (
            OSError("disk error"),
            "the file cannot be read",
            "open it in an editor; if that fails too, restore it from version control",
        ),
    ],
)
def test_other_failures(
    error: OSError, headline: str, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    paths = write(tmp_path, {"a.yaml": b"a: 1\n"})
    monkeypatch.setattr(Path, "open", fail)
    place = Place("a.yaml", span=Span(1, 1))
    assert only_diagnostic(paths, tmp_path) == Diagnostic("unreadable-file", headline, place, remedy)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read everything")
def test_a_file_without_read_permission(tmp_path: Path) -> None:
    paths = write(tmp_path, {"a.yaml": b"a: 1\n"})
    paths[0].chmod(0)
    assert only_diagnostic(paths, tmp_path).headline == "the file must not be read by this user"


def test_a_file_may_be_one_mebibyte_and_no_larger(tmp_path: Path) -> None:
    largest = b"a: 1\n#".ljust(MAX_BYTES, b"x")
    assert load_documents(write(tmp_path, {"a.yaml": largest}), tmp_path, Report())
    assert only_diagnostic(write(tmp_path, {"a.yaml": largest + b"x"}), tmp_path) == Diagnostic(
        "file-too-large",
        "the file is larger than 1 MiB",
        Place("a.yaml", span=Span(1, 1)),
        "remove what does not belong to it",
    )
