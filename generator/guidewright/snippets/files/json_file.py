"""JSON, and what editors allow in hand-written settings on top of it: comments and trailing commas.

The manuals are https://www.rfc-editor.org/rfc/rfc8259 and https://jsonc.org.
"""

import json
import re
from functools import partial

from guidewright.snippets.files.file_format import FileFormat
from guidewright.snippets.files.refusals import (
    Rule,
    first_refusal,
    half_a_character,
    inexact_in_a_double,
    not_finite,
    read_integer,
)
from guidewright.snippets.files.tree import Node, Tree
from guidewright.snippets.shell import UnreadableCodeError

_RULES: tuple[Rule, ...] = (half_a_character, inexact_in_a_double, not_finite)
_STRING = r'"(?:[^"\\\n]|\\[^\n])*"'
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?\*/", re.DOTALL)
# A comma belongs to the value before it, so that `[,]` stays an error.
_TRAILING_COMMA = re.compile(rf'((?:{_STRING}|[^\s",:\[{{])\s*),(?=\s*[\]}}])|({_STRING})')
_KEY = re.compile(rf"({_STRING})(\s*:)?")


def render(tree: Tree) -> str:
    """Write a file in JSON that is also JSON with comments.

    Args:
        tree: one that JSON can hold.

    Returns:
        Its text, each key and item on a line of its own.
    """
    return json.dumps(tree if isinstance(tree, list) else dict(tree), indent=2, ensure_ascii=False, allow_nan=False)


def parse(code: str) -> Tree:
    """Read a file in JSON, with or without comments and trailing commas.

    Args:
        code: the text of the file.

    Returns:
        What it holds.

    Raises:
        UnreadableCodeError: it is neither, has a key twice in an object, has neither an object nor an array at its top,
            or holds what
            ``refuse`` refuses, such as ``NaN`` and ``1e999``, which Python would take.
    """
    try:
        tree = json.loads(
            _with_lines_at_keys(_without_comments(code)), object_pairs_hook=_object, parse_int=read_integer
        )
    except json.JSONDecodeError as error:
        reason = f"{error.msg[0].lower()}{error.msg[1:]}".removesuffix(" at")
        raise UnreadableCodeError(reason, error.lineno) from error
    except RecursionError as error:
        raise UnreadableCodeError("it is nested too deeply", 1) from error
    if not isinstance(tree, dict | list):
        raise UnreadableCodeError("there is neither an object nor an array at the top", 1)
    # What objects hold was looked at one by one, as the line is known there.
    refusal = first_refusal(tree, rules=_RULES)
    if refusal:
        raise UnreadableCodeError(f"a snippet can't {refusal.reason}", 1)
    return tree


def _without_comments(code: str) -> str:
    """The same lines, with blanks in place of comments and trailing commas."""
    code = _COMMENT.sub(lambda found: found[1] or re.sub(r"[^\n]", " ", found[0]), code)
    return _TRAILING_COMMA.sub(lambda found: found[2] or f"{found[1]} ", code)


def _with_lines_at_keys(code: str) -> str:
    """The same lines, with ``LINE:`` at the start of each key: the ``json`` module does not tell where a key stands."""

    def number(found: re.Match[str]) -> str:
        line = code.count("\n", 0, found.start()) + 1
        return f'"{line}:{found[0][1:]}' if found[2] else found[0]

    return _KEY.sub(number, code)


def _object(pairs: list[tuple[str, Node]]) -> dict[str, Node]:
    tree: dict[str, Node] = {}
    for numbered_key, value in pairs:
        line, _, key = numbered_key.partition(":")
        if key in tree:
            raise UnreadableCodeError(f'the key "{key}" stands here for the second time', int(line))
        tree[key] = value
        refusal = first_refusal({key: value}, rules=_RULES)
        if refusal:
            raise UnreadableCodeError(f"a snippet can't {refusal.reason}", int(line))
    return tree


FORMAT = FileFormat(
    name="json",
    title="JSON",
    language="json",
    render=render,
    refuse=partial(first_refusal, rules=_RULES),
    parse=parse,
)
