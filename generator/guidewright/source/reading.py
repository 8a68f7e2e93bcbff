"""A file's bytes -> its text: everything a spec file must be before anybody looks at the YAML in it."""

import codecs
import re
from pathlib import Path

from guidewright.diagnostics import Place, Report, Span
from guidewright.source.lines import span_between

MAX_BYTES = 1024 * 1024

# YAML 1.2.2, chapter 5.1 (c-printable) without the byte order mark, which rule 27 (nb-char) keeps out of content.
_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
# The bytes of which such characters consist, or start with: no file without one of them needs a closer look.
_SUSPICIOUS = bytes(byte for byte in range(0x80) if _NOT_PRINTABLE.match(chr(byte))) + b"\xc2\xef"
_UNSUSPICIOUS = bytes(byte for byte in range(256) if byte not in _SUSPICIOUS)

# UTF-32 first: its little-endian mark begins with UTF-16's.
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

_FIRST_CHARACTER = Span(1, 1)


def read_bytes(path: Path, file: str, report: Report) -> bytes | None:
    """Read one file.

    Args:
        path: the file on disk.
        file: its name in diagnostics.
        report: receives ``unreadable-file`` and ``file-too-large``.

    Returns:
        The bytes, or ``None`` when a problem was reported.
    """
    place = Place(file, span=_FIRST_CHARACTER)
    if path.exists() and not path.is_file() and not path.is_dir():
        # A pipe would be waited for without end.
        report.error("unreadable-file", "the file is not a regular file", place, help=f"delete {file}")
        return None
    try:
        with path.open("rb", buffering=0) as stream:
            # One byte more than allowed tells a large file, and an endless one, without reading all of it.
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        headline, remedy = _io_problem(error, path)
        report.error("unreadable-file", headline, place, help=remedy.format(file=file))
        return None
    if len(raw) > MAX_BYTES:
        report.error("file-too-large", "the file is larger than 1 MiB", place, help="remove what does not belong to it")
        return None
    return raw


def _io_problem(error: OSError, path: Path) -> tuple[str, str]:
    # Windows says "permission denied" for a folder, so the folder is asked about first.
    if path.is_dir():
        return "this is a folder, not a file", "rename it, so that it does not end like the name of a file"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "the file does not exist", "correct the path, or create the file"
    if isinstance(error, PermissionError):
        return "the file must not be read by this user", "allow it: chmod u+r {file}"
    return "the file cannot be read", "open it in an editor; if that fails too, restore it from version control"


def decode(raw: bytes, file: str, report: Report) -> str | None:
    """Turn the bytes of a spec file into the text that is parsed.

    Args:
        raw: the file's content.
        file: its name in diagnostics.
        report: receives the errors ``not-utf8``, ``not-text`` and ``control-character`` (all of them), and the warnings
            ``byte-order-mark`` and ``crlf-line-ends``.

    Returns:
        The text without byte order mark and with LF for CRLF, or ``None`` when an error was reported. YAML 1.2.2:
        chapter 5.1 for the characters, 5.2 for the encoding (of which we accept UTF-8 only), 5.4 for line ends.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        _refuse_bytes(raw, error.start, file, report)
        return None
    if text.startswith("\ufeff"):
        text = text[1:]
        report.warn(
            "byte-order-mark",
            "the file starts with a byte order mark",
            Place(file, span=_FIRST_CHARACTER),
            help='save it as "UTF-8", not as "UTF-8 with BOM"',
        )
    if "\r\n" in text:
        report.warn(
            "crlf-line-ends",
            "the file has Windows line ends (CRLF)",
            Place(file, span=span_between(text, text.index("\r\n"), text.index("\r\n") + 1)),
            help='save it with LF line ends, and add the line "*.yaml text eol=lf" to .gitattributes',
        )
        text = text.replace("\r\n", "\n")
    if raw.translate(None, _UNSUSPICIOUS) and _NOT_PRINTABLE.search(text):
        _refuse_characters(text, file, report)
        return None
    return text


def _refuse_bytes(raw: bytes, index: int, file: str, report: Report) -> None:
    for mark, encoding in _WIDE_MARKS:
        if raw.startswith(mark):
            place = Place(file, span=_FIRST_CHARACTER)
            report.error("not-utf8", f"the file is {encoding}, not UTF-8", place, help="save it as UTF-8")
            return
    # Everything before the first bad byte is valid; no bad byte hides a NUL byte that comes earlier.
    before = raw[:index].decode().removeprefix("\ufeff")
    if "\0" in before:
        _refuse_binary(before, file, report)
    elif b"\0" in raw:
        _refuse_binary(raw.decode(errors="replace").removeprefix("\ufeff"), file, report)
    else:
        report.error(
            "not-utf8",
            f"the byte 0x{raw[index]:02X} is not UTF-8",
            Place(file, span=span_between(before, len(before), len(before))),
            help="open the file with the encoding it was written in, often Windows-1252, and save it as UTF-8",
        )


def _refuse_binary(text: str, file: str, report: Report) -> None:
    report.error(
        "not-text",
        "the file contains a NUL byte, so it is not text",
        Place(file, span=span_between(text, text.index("\0"), text.index("\0") + 1)),
        help="replace it by a text file saved as UTF-8",
    )


def _refuse_characters(text: str, file: str, report: Report) -> None:
    if "\0" in text:
        _refuse_binary(text, file, report)
        return
    for match in _NOT_PRINTABLE.finditer(text):
        report.error(
            "control-character",
            f"the invisible character U+{ord(match[0]):04X} is not allowed",
            Place(file, span=span_between(text, match.start(), match.end())),
            help="delete the character",
        )
