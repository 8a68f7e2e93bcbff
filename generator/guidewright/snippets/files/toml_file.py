"""TOML. The manual is https://toml.io/en/v1.0.0."""

import re
import tomllib
from contextlib import suppress
from datetime import date, time

import tomli_w

from guidewright.snippets.files.file_format import FileFormat, Refusal
from guidewright.snippets.files.refusals import (
    Rule,
    beyond_64_bits,
    first_refusal,
    half_a_character,
    null,
    refuse_list_at_top,
)
from guidewright.snippets.files.tree import Node, Tree, mapping_at_top
from guidewright.snippets.shell import UnreadableCodeError

_PLACE = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")


def render(tree: Tree) -> str:
    """Write a file in TOML.

    Args:
        tree: one that TOML can hold.

    Returns:
        Its text: in each table the values first and the tables after them, strings of several lines on several lines.
    """
    return tomli_w.dumps(mapping_at_top(tree), multiline_strings=True, indent=2).removesuffix("\n")


def parse(code: str) -> Tree:
    """Read a file in TOML.

    Args:
        code: the text of the file.

    Returns:
        What it holds.

    Raises:
        UnreadableCodeError: it is not TOML, or holds a date, a time, or an integer of more than 64 bits.
    """
    try:
        return _parse(code)
    except RecursionError as error:
        raise UnreadableCodeError("it is nested too deeply", 1) from error


def _parse(code: str) -> Tree:
    try:
        tree = tomllib.loads(code)
    except ValueError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else code.rstrip("\n").count("\n") + 1
        raise UnreadableCodeError(_reason(error), line) from error
    refusal = first_refusal(tree, rules=_UNREADABLE)
    if refusal:
        raise UnreadableCodeError(f"a snippet can't {refusal.reason}", _line_of_unreadable(code))
    return tree


def refuse(tree: Tree) -> Refusal | None:
    """Find the first node that TOML can't hold.

    Args:
        tree: any tree.

    Returns:
        Its path and the reason, or None.
    """
    rules = (null, beyond_64_bits, half_a_character, _carriage_return)
    return refuse_list_at_top(tree) or first_refusal(tree, rules=rules)


def _line_of_unreadable(code: str) -> int:
    """``tomllib`` does not tell where a value stands: it is in the last of the fewest lines that hold it."""
    lines = code.split("\n")
    for number in range(1, len(lines)):
        with suppress(tomllib.TOMLDecodeError):
            if first_refusal(tomllib.loads("\n".join(lines[:number])), rules=_UNREADABLE):
                return number
    return len(lines)


def _reason(error: ValueError) -> str:
    text = _PLACE.sub("", str(error))
    return f"{text[:1].lower()}{text[1:]}"


def _date_or_time(node: object) -> str | None:
    return "hold a date or a time" if isinstance(node, date | time) else None


def _carriage_return(node: Node) -> str | None:
    """In a string of several lines, the library drops one that stands before a line feed."""
    return "hold a carriage return" if isinstance(node, str) and "\r" in node else None


_UNREADABLE: tuple[Rule, ...] = (_date_or_time, beyond_64_bits)

FORMAT = FileFormat(
    name="toml",
    title="TOML",
    language="toml",
    render=render,
    refuse=refuse,
    parse=parse,
)
