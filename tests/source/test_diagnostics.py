"""Every finding of this stage: code, headline, help, and where it points."""

import pytest

from guidewright.diagnostics import Diagnostic, Place, Report, Severity, Span
from guidewright.source.loading import parse_document

# code, headline, help, and the files in which it is found: content, then line, column and length
FINDINGS: list[tuple[str, str, str, dict[bytes, tuple[int, int, int]]]] = [
    # bytes and characters
    (
        "not-utf8",
        "the byte 0xE9 is not UTF-8",
        "open the file with the encoding it was written in, often Windows-1252, and save it as UTF-8",
        {
            b"a: 1\nb: caf\xe9\n": (2, 7, 1),
        },
    ),
    (
        "not-utf8",
        "the byte 0xFF is not UTF-8",
        "open the file with the encoding it was written in, often Windows-1252, and save it as UTF-8",
        {
            b"\xef\xbb\xbfa: \xff": (1, 4, 1),
        },
    ),
    (
        "not-utf8",
        "the file is UTF-16, not UTF-8",
        "save it as UTF-8",
        {
            b"\xff\xfea\x00:\x00 \x001\x00\n\x00": (1, 1, 1),
            b"\xfe\xff\x00a\x00:\x00 \x001\x00\n": (1, 1, 1),
        },
    ),
    (
        "not-utf8",
        "the file is UTF-32, not UTF-8",
        "save it as UTF-8",
        {
            b"\xff\xfe\x00\x00a\x00\x00\x00:\x00\x00\x00 \x00\x00\x001\x00\x00\x00\n\x00\x00\x00": (1, 1, 1),
        },
    ),
    (
        "not-text",
        "the file contains a NUL byte, so it is not text",
        "replace it by a text file saved as UTF-8",
        {
            b"a: 1\n\x00\n": (2, 1, 1),
            b"a: \xe9\n\xe9\x00": (2, 2, 1),
            b"a: \x00\xff": (1, 4, 1),
        },
    ),
    (
        "control-character",
        "the invisible character U+0007 is not allowed",
        "delete the character",
        {
            b"a: x\x07y\n": (1, 5, 1),
        },
    ),
    (
        "control-character",
        "the invisible character U+009F is not allowed",
        "delete the character",
        {
            b"a: \xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80\xc2\x85b: \xc2\x9f\n": (2, 4, 1),
        },
    ),
    (
        "control-character",
        "the invisible character U+007F is not allowed",
        "delete the character",
        {
            b"a: \x7f\n": (1, 4, 1),
        },
    ),
    (
        "control-character",
        "the invisible character U+FEFF is not allowed",
        "delete the character",
        {
            b"a: x\xef\xbb\xbfy\n": (1, 5, 1),
        },
    ),
    (
        "control-character",
        "the invisible character U+FFFF is not allowed",
        "delete the character",
        {
            b"a: \xef\xbf\xbf\n": (1, 4, 1),
        },
    ),
    (
        "byte-order-mark",
        "the file starts with a byte order mark",
        'save it as "UTF-8", not as "UTF-8 with BOM"',
        {
            b"\xef\xbb\xbfa: 1\n": (1, 1, 1),
        },
    ),
    (
        "crlf-line-ends",
        "the file has Windows line ends (CRLF)",
        'save it with LF line ends, and add the line "*.yaml text eol=lf" to .gitattributes',
        {
            b"a: 1\nbc: 2\r\nd: 3\r\n": (2, 6, 1),
        },
    ),
    # the file as a whole
    (
        "empty-file",
        "the file says nothing",
        "write its content, or delete the file",
        {
            b"": (1, 1, 1),
            b"# only a comment\n": (1, 1, 1),
            b"---\n": (1, 1, 1),
            b"null\n": (1, 1, 1),
        },
    ),
    (
        "second-document",
        "a second document starts here",
        'remove the line "---", or move what follows it to a file of its own',
        {
            b"a: 1\n---\nb: 2\n": (2, 1, 3),
            b"a: 1\n--- {b: 2}\n": (2, 1, 3),
        },
    ),
    (
        "directive",
        'a line must not start with "%"',
        'remove the line; if "%" belongs to the text, put the text in quotes',
        {
            b"%YAML 1.2\n---\na: 1\n": (1, 1, 9),
            b"%TAG !x! tag:x\n---\na: 1\n": (1, 1, 14),
            b"%FOO x\n---\na: 1\n": (1, 1, 6),
            b"%YAML 9.9\n---\na: 1\n": (1, 1, 9),
            b"%YAML 1.2\na: 1\n": (1, 1, 9),
            b"%YAML 1.2\n%YAML 1.2\n---\n": (2, 1, 9),
            b"a: 1\n%b: 2\n": (2, 1, 5),
            b"%YAML x\n---\n": (1, 1, 7),
        },
    ),
    (
        "yaml-syntax",
        "this stands after the end of the content",
        "remove it, or write everything as keys with values",
        {
            b"a: 1\n...\nb\n": (3, 1, 1),
            b"[a]\nb: 1\n": (2, 1, 4),
            b'"a"\n"b"\n': (2, 1, 3),
        },
    ),
    # well-formed, and refused
    (
        "duplicate-key",
        'the key "a" is written twice',
        "remove it here or in line 1, or rename one of the two",
        {
            b"a: 1\nb: 2\na: 3\n": (3, 1, 1),
        },
    ),
    (
        "duplicate-key",
        'the key "é" is written twice',
        "remove it here or in line 1, or rename one of the two",
        {
            b'\xe6\x97\xa5: {\xc3\xa9: 1, "\xc3\xa9": 2}\n': (1, 11, 3),
        },
    ),
    (
        "anchor",
        'the anchor "&here" is not allowed',
        'remove it, and write the value out where it is used; if "&" belongs to the text, put the text in quotes',
        {
            b"a: &here 1\n": (1, 4, 5),
            b"a: &here\n  b: 1\n": (1, 4, 5),
            b"- &here [1]\n": (1, 3, 5),
        },
    ),
    (
        "alias",
        'the alias "*here" is not allowed',
        'write the value itself here; if "*" belongs to the text, put the text in quotes',
        {
            b"a: *here\n": (1, 4, 5),
            b"*here : 1\n": (1, 1, 5),
        },
    ),
    (
        "tag",
        'the tag "!local" is not allowed',
        'remove it; if "!" belongs to the text, put the text in quotes',
        {
            b"a: !local 1\n": (1, 4, 6),
        },
    ),
    (
        "tag",
        'the tag "!!str" is not allowed',
        'remove it; if "!" belongs to the text, put the text in quotes',
        {
            b"a: !!str 1\n": (1, 4, 5),
        },
    ),
    (
        "tag",
        'the tag "!" is not allowed',
        'remove it; if "!" belongs to the text, put the text in quotes',
        {
            b"a: !\n": (1, 4, 1),
        },
    ),
    (
        "tag",
        'the tag "!x" is not allowed',
        'remove it; if "!" belongs to the text, put the text in quotes',
        {
            b"a: [!x, 1]\n": (1, 5, 2),
        },
    ),
    (
        "tag",
        'the tag "!<tag:x,1>" is not allowed',
        'remove it; if "!" belongs to the text, put the text in quotes',
        {
            b"a: !<tag:x,1> b\n": (1, 4, 10),
        },
    ),
    (
        "tag",
        'the tag "!x!y" is not allowed',
        'remove it; if "!" belongs to the text, put the text in quotes',
        {
            b"a: !x!y z\n": (1, 4, 4),
        },
    ),
    (
        "tag",
        'the tag "!<x" is not allowed',
        'remove it; if "!" belongs to the text, put the text in quotes',
        {
            b"a: !<x\n": (1, 4, 3),
        },
    ),
    (
        "merge-key",
        'the merge key "<<" is not allowed',
        "write the keys of the other mapping out here",
        {
            b"a:\n  <<: {b: 1}\n": (2, 3, 2),
        },
    ),
    (
        "complex-key",
        "a key must be a single word or text, not a list or mapping",
        "put the key in quotes if its brackets belong to the text, otherwise name the value with a simple key",
        {
            b"? [a, b]\n: 1\n": (1, 3, 6),
            b"{a: 1}: 2\n": (1, 1, 6),
        },
    ),
    (
        "non-string-key",
        'the key "1" is not text',
        'put it in quotes: "1"',
        {
            b"1: a\n": (1, 1, 1),
        },
    ),
    (
        "non-string-key",
        'the key "true" is not text',
        'put it in quotes: "true"',
        {
            b"true: a\n": (1, 1, 4),
        },
    ),
    (
        "non-string-key",
        'the key "null" is not text',
        'put it in quotes: "null"',
        {
            b"null: a\n": (1, 1, 4),
        },
    ),
    (
        "non-string-key",
        'the key "1.5" is not text',
        'put it in quotes: "1.5"',
        {
            b"1.5: a\n": (1, 1, 3),
        },
    ),
    (
        "non-string-key",
        'the key "~" is not text',
        'put it in quotes: "~"',
        {
            b"~: a\n": (1, 1, 1),
        },
    ),
    (
        "non-string-key",
        "a key is missing",
        "write a key before the colon",
        {
            b"? \n: a\n": (1, 2, 1),
        },
    ),
    (
        "number-too-long",
        "the number has more than 500 digits",
        "put it in quotes if it is text, otherwise shorten it",
        {
            b"a: " + b"9" * 501 + b"\n": (1, 4, 501),
        },
    ),
    (
        "too-deep",
        "the nesting is more than 64 levels deep",
        "move the inner levels further out",
        {
            b"[" * 65: (1, 65, 1),
            b"- " * 65 + b"a\n": (1, 129, 1),
        },
    ),
    # references without quotes
    (
        "yaml-syntax",
        'a value that starts with "{{" must be in quotes',
        'put the whole value in double quotes, as in: "{{ name }}/path"',
        {
            b"a: {{ x }}\n": (1, 4, 7),
            b"a: {{ x }}/b\n": (1, 4, 7),
            b"- {{ x.y | z }}\n": (1, 3, 13),
            b"{{ x }}: 1\n": (1, 1, 7),
            b"a: [{{ x }}]\n": (1, 5, 7),
            b"a: [b, {{x}}/c]\n": (1, 8, 5),
            b'a: {{ x["y"] }}\n': (1, 4, 12),
            b"a: {{ x\nb: 1\n": (1, 4, 2),
            b"a: {{ x: @ }}\n": (1, 4, 10),
        },
    ),
    # tabs
    (
        "tab-character",
        "a tab stands where only spaces are allowed",
        "replace it by spaces",
        {
            b"a:\n\tb: 1\n": (2, 1, 1),
            b"\ta: 1\n": (1, 1, 1),
            b"a:\n  b: 1\n\t\tc: 1\n": (3, 1, 2),
            b"a: |\n  x\n\ty\n": (3, 1, 1),
            b"- a\n\t- b\n": (2, 1, 1),
        },
    ),
    # quotes and brackets
    (
        "yaml-syntax",
        "this quote is not closed",
        "write the same quote at the end of the value",
        {
            b'a: "x\nb: 1\n': (1, 4, 1),
            b"a: 'x\nb: 1\n": (1, 4, 1),
            b'a: "x\nb: "y"\n': (1, 4, 1),
            b'a: "x\nb: 1\nc: "y"\nd: "z"\n': (1, 4, 1),
            b"# say: \"no\nok: \"fine\"\na: 'x\n- 'y'\n": (3, 4, 1),
            b'a: "b\n---\nc"\n': (1, 4, 1),
        },
    ),
    (
        "yaml-syntax",
        "text follows the closing quote",
        "quote the whole value; inside single quotes write ' twice, inside double quotes write \\\" for a quote",
        {
            b'a: "x" b\n': (1, 8, 1),
            b"a: 'don't'\n": (1, 9, 2),
            b'"x" y\n': (1, 5, 1),
        },
    ),
    (
        "yaml-syntax",
        "text follows the closing bracket",
        "put the whole value in quotes",
        {
            b"a: [x](y)\n": (1, 7, 3),
            b"[x] y\n": (1, 5, 1),
        },
    ),
    (
        "yaml-syntax",
        'this "[" is not closed',
        'write "]" at the end; if "[" belongs to the text, put the whole value in quotes',
        {
            b"a: [1, 2\nb: 3\n": (1, 4, 1),
            b"a: [1\n": (1, 4, 1),
        },
    ),
    (
        "yaml-syntax",
        'this "{" is not closed',
        'write "}" at the end; if "{" belongs to the text, put the whole value in quotes',
        {
            b"a: {b: 1\nc: 3\n": (1, 4, 1),
            b"a: {b:\n": (1, 4, 1),
            b"a: {b: {c}\nd: 1\n": (1, 4, 1),
        },
    ),
    (
        "yaml-syntax",
        'this "]" closes nothing',
        'remove it; if "]" belongs to the text, put the whole value in quotes',
        {
            b"a: ]\n": (1, 4, 1),
        },
    ),
    (
        "yaml-syntax",
        'this "}" closes nothing',
        'remove it; if "}" belongs to the text, put the whole value in quotes',
        {
            b"a: [}\n": (1, 5, 1),
        },
    ),
    (
        "yaml-syntax",
        "a value is missing before this comma",
        "write the value, or remove the comma",
        {
            b"a: [1,, 2]\n": (1, 7, 1),
        },
    ),
    (
        "yaml-syntax",
        "a comma or a closing bracket is missing before this",
        "write a comma between two items; put an item that contains brackets, quotes or a colon in quotes",
        {
            b"a: [b: c: d]\n": (1, 9, 1),
            b'a: ["b" c]\n': (1, 9, 1),
            b"a: [\n  b\n  c: d\n]\n": (3, 4, 1),
        },
    ),
    (
        "yaml-syntax",
        "text that contains a colon must be in quotes between brackets",
        'put the whole text in quotes; if it is a key and its value, write ": " with a space',
        {
            b"a: [https://x.y]\n": (1, 10, 1),
            b"{a:b}\n": (1, 3, 1),
            b"[::1]\n": (1, 2, 1),
        },
    ),
    (
        "yaml-syntax",
        "a key is missing before this colon",
        "write a key before the colon",
        {
            b"{ : 1}\n": (1, 3, 1),
        },
    ),
    (
        "yaml-syntax",
        '"\\p" means nothing inside double quotes',
        "write the backslash twice, or put the value in single quotes",
        {
            b'a: "C:\\path"\n': (1, 7, 2),
        },
    ),
    (
        "yaml-syntax",
        '"\\x" means nothing inside double quotes',
        "write the backslash twice, or put the value in single quotes",
        {
            b'a: "\\xZZ"\n': (1, 5, 2),
        },
    ),
    (
        "yaml-syntax",
        '"\\u" means nothing inside double quotes',
        "write the backslash twice, or put the value in single quotes",
        {
            b'a: "\\uD800"\n': (1, 5, 2),
        },
    ),
    # colons, dashes and indentation
    (
        "yaml-syntax",
        'a value that contains ": " must be in quotes',
        "put the whole value in quotes",
        {
            b"a: b: c\n": (1, 5, 1),
            b'- a: "b": c\n': (1, 9, 1),
            b"a: https://x: y\n": (1, 13, 1),
        },
    ),
    (
        "yaml-syntax",
        "a space is missing after this colon",
        'write "a: " with a space',
        {
            b"a:b\nc: 1\n": (1, 2, 1),
            b"c: 1\na:b\n": (2, 2, 1),
        },
    ),
    (
        "yaml-syntax",
        "a list item stands where a key is expected",
        'write "key:" in a line above it, and indent it below that key',
        {
            b"c: 1\n- a:b\nd: 1\n": (2, 1, 1),
            b"a: 1\n- b\n": (2, 1, 1),
        },
    ),
    (
        "yaml-syntax",
        "this line has no colon",
        'write it as "key: value"; if it continues the value above, indent it further than the key of that value',
        {
            b"c: 1\na\nd: 1\n": (2, 1, 1),
            b"a\nd: 1\n": (1, 1, 1),
            b"a:\n- b\nc d\n": (3, 1, 3),
            b"a: |\n  x\ny\nb: 1\n": (3, 1, 1),
        },
    ),
    (
        "yaml-syntax",
        "a key is missing before this colon",
        "write a key before the colon",
        {
            b": x\n": (1, 1, 1),
        },
    ),
    (
        "yaml-syntax",
        "a key must not be longer than 1024 characters",
        "choose a shorter key",
        {
            b"a" * 1025 + b": 1\n": (1, 1, 1025),
        },
    ),
    (
        "yaml-syntax",
        "the indentation of this line does not fit the lines above",
        "indent it by exactly as many spaces as the lines it belongs to",
        {
            b"a: 1\n  c: 2\n": (2, 3, 1),
            b"a: x\n b: y\n": (2, 2, 1),
            b"a:\n  b: 1\n c: 2\n": (3, 2, 1),
            b"a:\n  b: 1\n   c: 2\n": (3, 4, 1),
            b"- a: 1\n  b: 2\n c: 3\n": (3, 2, 1),
            b'a: "x"\n  bc: d\n': (2, 3, 1),
            b"a: >\n   x\n  y\n": (3, 3, 1),
        },
    ),
    (
        "yaml-syntax",
        "this line stands among list items, but is none",
        'start it with "- ", or indent it if it belongs to the item above',
        {
            b"- a\nb: 1\n": (2, 1, 4),
        },
    ),
    (
        "yaml-syntax",
        "a list must start in a line of its own",
        'move "- " to the next line and indent it; if it belongs to the text, put the value in quotes',
        {
            b"a: - b\n": (1, 4, 1),
            b"a: -\n": (1, 4, 1),
        },
    ),
    # characters with a meaning
    (
        "yaml-syntax",
        'text must not start with "@"',
        "put the whole text in quotes",
        {
            b"a: @x\n": (1, 4, 1),
        },
    ),
    (
        "yaml-syntax",
        'text must not start with "`"',
        "put the whole text in quotes",
        {
            b"a: `x`\n": (1, 4, 1),
        },
    ),
    (
        "yaml-syntax",
        'text must not start with "%"',
        "put the whole text in quotes",
        {
            b"a: %x\n": (1, 4, 1),
        },
    ),
    (
        "yaml-syntax",
        'text must not start with "&"',
        "put the whole text in quotes",
        {
            b"a: & x\n": (1, 4, 1),
        },
    ),
    (
        "yaml-syntax",
        'text must not start with "*"',
        "put the whole text in quotes",
        {
            b"a: ** b\n": (1, 4, 1),
            b"a: *\n": (1, 4, 1),
        },
    ),
    (
        "yaml-syntax",
        'text must not start with "?"',
        "put the whole text in quotes",
        {
            b"a: ? b\n": (1, 4, 1),
        },
    ),
    (
        "yaml-syntax",
        'text must not follow "|" in the same line',
        "move the text to the next line and indent it, or put the whole value in quotes",
        {
            b"a: |x\n": (1, 4, 1),
        },
    ),
    (
        "yaml-syntax",
        'text must not follow ">" in the same line',
        "move the text to the next line and indent it, or put the whole value in quotes",
        {
            b"a: > x\n": (1, 4, 1),
        },
    ),
    # everything else, in the words of the parser
    (
        "yaml-syntax",
        "this is not valid YAML: found an indentation indicator equal to 0",
        "put the value in quotes if it is text, and compare the indentation with the lines above",
        {
            b"a: |0\n x\n": (1, 5, 1),
        },
    ),
]

WARNINGS = {"byte-order-mark", "crlf-line-ends"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(raw, (code, headline, remedy, span)) for code, headline, remedy, rows in FINDINGS for raw, span in rows.items()],
)
def test_one_finding(raw: bytes, expected: tuple[str, str, str, tuple[int, int, int]]) -> None:
    code, headline, remedy, span = expected
    severity = Severity.WARNING if code in WARNINGS else Severity.ERROR
    report = Report()
    document = parse_document(raw, "spec.yaml", report)
    assert report.diagnostics == (Diagnostic(code, headline, Place("spec.yaml", span=Span(*span)), remedy, severity),)
    assert (document is None) is report.has_errors()


# All findings of one file, each with its line and column.
SEVERAL_FINDINGS: dict[bytes, list[tuple[str, int, int]]] = {
    b"a: &x !t 1\nb: *x\n<<: {a: 1}\na: !!str &y\n1: 2\n": [
        ("anchor", 1, 4),
        ("tag", 1, 7),
        ("alias", 2, 4),
        ("merge-key", 3, 1),
        ("duplicate-key", 4, 1),
        ("anchor", 4, 10),
        ("tag", 4, 4),
        ("non-string-key", 5, 1),
    ],
    b"a: {{ x }}\nb: [{{ y }}, c]\n": [("yaml-syntax", 1, 4), ("yaml-syntax", 2, 5)],
    b"a: 1\na: 2\nb: [{c: 1, c: 2}]\n": [("duplicate-key", 2, 1), ("duplicate-key", 3, 12)],
    # a syntax error ends the parse, and what was found before it is kept
    b"a: &x 1\na: [2\nb: &y 3\n": [("anchor", 1, 4), ("duplicate-key", 2, 1), ("yaml-syntax", 2, 4)],
    b"a: {{ x }}\nb: {{ y }}/c\nd: {{ z }}\n": [("yaml-syntax", 1, 4), ("yaml-syntax", 2, 4)],
    b"a: !x\n---\nb: !y\n": [("tag", 1, 4), ("second-document", 2, 1)],
    b"%YAML 1.2\n---\na: &x 1\n": [("directive", 1, 1), ("anchor", 3, 4)],
    # what hangs on a refused key is looked into as well
    b"? [&x a]\n: !t {1: 2}\n": [("anchor", 1, 4), ("complex-key", 1, 3), ("tag", 2, 3), ("non-string-key", 2, 7)],
    b"\xef\xbb\xbfa: \x01\r\nb: \x02\r\n": [
        ("byte-order-mark", 1, 1),
        ("crlf-line-ends", 1, 5),
        ("control-character", 1, 4),
        ("control-character", 2, 4),
    ],
}


@pytest.mark.parametrize(("raw", "expected"), SEVERAL_FINDINGS.items())
def test_all_findings_of_a_file(raw: bytes, expected: list[tuple[str, int, int]]) -> None:
    report = Report()
    parse_document(raw, "spec.yaml", report)
    spans = [(found.code, found.place.span) for found in report.diagnostics]
    assert [(code, span and (span.line, span.column)) for code, span in spans] == [
        (code, (line, column)) for code, line, column in expected
    ]


def test_64_levels_are_allowed() -> None:
    report = Report()
    assert parse_document(b"[" * 64 + b"]" * 64, "spec.yaml", report) is not None
    assert report.diagnostics == ()


def test_long_texts_are_cut_in_headlines() -> None:
    report = Report()
    parse_document(b"k" * 50 + b": 1\n" + b"k" * 50 + b": 2\n", "spec.yaml", report)
    assert report.diagnostics[0].headline == f'the key "{"k" * 39}…" is written twice'


def test_quoted_merge_signs_and_repeated_values_are_allowed() -> None:
    report = Report()
    document = parse_document(b"'<<': <<\na: {b: 1}\nc: {b: 1}\n", "spec.yaml", report)
    assert report.diagnostics == ()
    assert document is not None
    assert document.data == {"<<": "<<", "a": {"b": 1}, "c": {"b": 1}}
