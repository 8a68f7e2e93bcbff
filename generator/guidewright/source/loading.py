"""The stage itself: spec files on disk -> documents."""

from array import array
from collections.abc import Iterable
from pathlib import Path

from guidewright.diagnostics import Place, Report, Span
from guidewright.source.composing import compose
from guidewright.source.document import Document, TextDocument
from guidewright.source.reading import decode, read_bytes


def load_documents(paths: Iterable[Path], root: Path, report: Report) -> dict[str, Document]:
    """Read and parse spec files.

    Args:
        paths: the files, all of them below ``root``.
        root: the project's root; diagnostics name files relative to it.
        report: receives every problem of every file.

    Returns:
        The files without an error, in the order of ``paths``; the key is the path relative to ``root`` with forward
        slashes.
    """
    documents = {}
    for path in paths:
        file = path.relative_to(root).as_posix()
        if not path.resolve().is_relative_to(root.resolve()):
            # What lies outside may be secret, and a finding would show it.
            place = Place(file, span=Span(1, 1))
            report.error(
                "link-out-of-project", "the file is a link that leads out of the project", place, help=f"delete {file}"
            )
            continue
        raw = read_bytes(path, file, report)
        document = None if raw is None else parse_document(raw, file, report)
        if document is not None:
            documents[file] = document
    return documents


def parse_document(raw: bytes, file: str, report: Report) -> Document | None:
    """Parse the content of one spec file.

    Args:
        raw: the file's bytes.
        file: its name in diagnostics.
        report: receives every problem.

    Returns:
        The document, or ``None`` when an error was reported.
    """
    text = decode(raw, file, report)
    if text is not None and file.endswith(".md"):
        return TextDocument(file, text, text, array("i", [0, len(text)]))
    composed = None if text is None else compose(text, file, report)
    if text is None or composed is None:
        return None
    return Document(file, composed.data, text, composed.marks)
