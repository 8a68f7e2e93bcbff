"""Real readers of each file format, by which our writers and readers are judged."""

import configparser
import io
import json
import math
import subprocess
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias
from unittest.mock import ANY

import dotenv
import yaml

from guidewright.snippets.files import Node, Tree
from mdx_harness import MDX_FOLDER
from tools import missing_tool, require_tool

_JUDGES_IN_JAVASCRIPT = Path(__file__).with_name("judges.mjs")
_HINT = "run `npm ci --prefix tests/mdx` (`make test` does), with Node 20 or newer"
_SOURCE = "set -a; . ./.env; exec /usr/bin/env -0"
_TIMEOUT_SECONDS = 60


class Unreadable:
    """The answer of a reader that gave up."""

    def __init__(self, error: str) -> None:
        self.error = error

    def __repr__(self) -> str:
        return f"Unreadable({self.error!r})"


Answer: TypeAlias = "Node | Unreadable"
Judge: TypeAlias = Callable[[Sequence[str]], Sequence[Answer]]
"""Reads texts of files. Its answer for each is what ``as_judged`` makes of the tree, or ``Unreadable``."""


def as_judged(node: "Node | Tree") -> Node:
    """A tree as all judges can tell it: JavaScript has doubles and, for large integers, words; JSON has no infinity."""
    match node:
        case list():
            return [as_judged(item) for item in node]
        case Mapping():
            return {key: as_judged(value) for key, value in node.items()}
        case bool() | str() | None:
            return node
        case int() | float() if math.isinf(node) or (isinstance(node, int) and abs(node) >= 2**53):
            return f"number {node}"
    return float(node)


def _in_python(read: Callable[[str], Node]) -> Judge:
    def answer(text: str) -> Answer:
        try:
            return as_judged(read(text))
        except Exception as error:  # noqa: BLE001 - whatever it says, it gave up
            return Unreadable(str(error))

    return lambda texts: [answer(text) for text in texts]


def _in_javascript(reader: str) -> Judge:
    def answer(texts: Sequence[str]) -> list[Answer]:
        node = require_tool("node", _HINT)
        if not (MDX_FOLDER / "node_modules").is_dir():
            missing_tool(f"the readers in JavaScript are not installed: {_HINT}")
        completed = subprocess.run(
            [node, str(_JUDGES_IN_JAVASCRIPT), str(MDX_FOLDER)],
            input=json.dumps([[reader, text] for text in texts]),
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=_TIMEOUT_SECONDS,
        )
        assert completed.returncode == 0, completed.stderr
        answers = json.loads(completed.stdout, parse_int=float)
        return [as_judged(one["value"]) if "value" in one else Unreadable(one["error"]) for one in answers]

    return answer


def _python_dotenv(text: str) -> Node:
    return dict(dotenv.dotenv_values(stream=io.StringIO(text)))


def _raw_config_parser(encoding: str) -> Judge:
    """Reads files as programs do that leave the encoding to the system.

    Its answer equals any other where a key stands before the first section: who uses it has no such files.
    """

    def read(text: str) -> Answer:
        parser = configparser.RawConfigParser()
        try:
            parser.read_file(io.TextIOWrapper(io.BytesIO(text.encode()), encoding))
        except configparser.MissingSectionHeaderError:
            return ANY
        except configparser.Error as error:
            return Unreadable(str(error))
        return {name: dict(parser.items(name)) for name in parser.sections()}

    return lambda texts: [read(text) for text in texts]


def _dash(texts: Sequence[str]) -> list[Answer]:
    dash = require_tool("dash", "install the package dash")
    return [_sourced_by(dash, text) for text in texts]


def _sourced_by(shell: str, text: str) -> Answer:
    with TemporaryDirectory() as folder:
        (Path(folder) / ".env").write_text(text, encoding="utf-8", newline="\n")
        completed = subprocess.run(
            [shell, "-c", _SOURCE],
            cwd=folder,
            env={},
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=_TIMEOUT_SECONDS,
        )
    if completed.stderr or completed.returncode:
        return Unreadable(completed.stderr)
    entries = [entry.partition("=") for entry in completed.stdout.split("\0")[:-1]]
    variables: dict[str, Node] = {name: value for name, _, value in entries}
    del variables["PWD"]  # the shell's own
    return variables


JUDGES: Mapping[str, Mapping[str, Judge]] = {
    "json": {"json of Python": _in_python(json.loads), "JSON.parse": _in_javascript("json")},
    "toml": {"tomllib": _in_python(tomllib.loads), "smol-toml": _in_javascript("toml")},
    "yaml": {
        "PyYAML": _in_python(yaml.safe_load),
        "yaml of npm, 1.1": _in_javascript("yaml 1.1"),
        "yaml of npm, 1.2": _in_javascript("yaml 1.2"),
    },
    "dotenv": {
        "python-dotenv": _in_python(_python_dotenv),
        "dotenv of npm": _in_javascript("dotenv"),
        "dotenv of npm, fast": _in_javascript("dotenv fast"),
        "dash": _dash,
    },
    "ini": {
        "ini of npm": _in_javascript("ini"),
        "RawConfigParser": _raw_config_parser("utf-8"),
        # That of Windows in the west, but with a character for each byte, so that it takes any comment.
        "RawConfigParser, Latin-1": _raw_config_parser("iso-8859-1"),
    },
}
