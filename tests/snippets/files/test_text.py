"""What the reader sees: trees, and the exact texts of their files (``texts/``)."""

from pathlib import Path

import pytest

from guidewright.snippets.files import FILE_FORMATS, Tree

SETTINGS: Tree = {
    "model": "acme-large",
    "args": ["-y", "acme-mcp@1.2"],
    "limits": {"retries": 3, "temperature": 0.5, "factor": 1e-7, "stream": True, "models": {}, "hosts": []},
    "env": {"ACME_BASE_URL": "https://coder.example/v1?a=b", "ACME_NOTE": "first: 1\n  second: “2”", "ACME_OFF": ""},
    "servers": [{"name": "acme", "env": {"A": "no"}}, {"name": "coder 2"}],
}
VARIABLES: Tree = {
    "ACME_URL": "https://coder.example",
    "ACME_EMPTY": "",
    "ACME_NAME": "it's naïve 🙂",
    "ACME_PRICE": "$5 & more",
    "ACME_WOW": "wow!",
    "ACME_BOTH": "it's wow!",
    "ACME_JSON": '{"a": 1}',
    "ACME_PATH": "C:\\acme",
    "ACME_LINES": "first\n# second",
}
SCALARS: Tree = {
    "plain": "acme",
    "words": "acme large",
    "path": "/opt/acme:/bin",
    "version": "1.2.3",
    "number": "1",
    "exponent": "1e3",
    "octal": "0o7",
    "sixties": "12:30",
    "date": "2026-11-24",
    "no": "no",
    "null": "~",
    "merge": "<<",
    "default": "=",
    "colon": "a: b",
    "comment": "a #b",
    "quotes": 'it\'s "x"',
    "backslash": "C:\\acme",
    "break at the end": "a\n",
    "blank at the end": "a \nb",
    "blank at the start": " a\nb",
    "empty lines": "a\n\nb",
    "odd": "\u2028\ufeff",
    "nothing": None,
    "yes": 1,
}

PER_COMPUTER: Tree = {
    "before": {"retries": "3"},
    "registry": "https://coder.example/npm/?a=b",
    "@acme:registry": "https://acme.example",
    "//acme.example/:_authToken": "${ACME_TOKEN}",
    "strict-ssl": False,
    "note": "a # b; c",
    "certificate": "first\nsecond",
    "quoted": '"a"',
    "share": "\\\\acme\\all",
    "empty": "",
    "empty section": {},
    "global": {"index-url": "https://a%40b:c@acme.example/simple", "timeout": "60", "find-links": ""},
}

TEXTS = Path(__file__).parent / "texts"
ROWS = [
    ("json", SETTINGS, "settings.json"),
    ("toml", SETTINGS, "settings.toml"),
    ("yaml", SETTINGS, "settings.yaml"),
    ("yaml", SCALARS, "scalars.yaml"),
    ("dotenv", VARIABLES, "variables.env"),
    ("ini", PER_COMPUTER, "settings.ini"),
]


@pytest.mark.parametrize(("name", "tree", "file"), ROWS, ids=[file for _, _, file in ROWS])
def test_text(name: str, tree: Tree, file: str) -> None:
    assert FILE_FORMATS[name].refuse(tree) is None
    assert FILE_FORMATS[name].render(tree) + "\n" == (TEXTS / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["json", "yaml", "dotenv", "ini"])
def test_keys_keep_their_order(name: str) -> None:
    tree: Tree = {"b": "1", "a": "2", "c": "3"}
    assert list(FILE_FORMATS[name].parse(FILE_FORMATS[name].render(tree))) == list(tree)
