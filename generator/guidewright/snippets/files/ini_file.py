"""INI, as far as its readers agree on it: npm's ini, for ``.npmrc``, and Python's RawConfigParser, for ``pip.conf``.

There is no standard. The manuals are https://docs.npmjs.com/cli/configuring-npm/npmrc, https://github.com/npm/ini and
https://docs.python.org/3/library/configparser.html#supported-ini-file-structure.

RawConfigParser refuses a file with a key before its first section. So npm's ini decides about such keys, and both about
what is in sections. Neither expands ``${NAME}`` or ``%``: what a program does with them later is up to it, as in any
format. A program with Python's ConfigParser, which expands ``%`` itself, needs another format.
"""

import json
import re
from collections.abc import Iterator, Mapping

from guidewright.snippets.files.file_format import FileFormat, Refusal
from guidewright.snippets.files.refusals import half_a_character, refuse_list_at_top
from guidewright.snippets.files.tree import Node, Tree, describe, mapping_at_top
from guidewright.snippets.shell import UnreadableCodeError

# To an object of JavaScript, `__proto__` is no key. The other characters mean something to npm's ini: quotes and
# a section at the start, a comment or what escapes it anywhere, the item of a list at the end.
_START_OF_NAME = r"(?!__proto__\Z)(?![\"' ])"
_KEY_AT_TOP = re.compile(rf"{_START_OF_NAME}(?!\[)[^=;#\\\x00-\x1f\x7f-\U0010ffff]+(?<! )(?<!\[\])")
# RawConfigParser ends keys at a colon, too, and makes capitals small.
_KEY_IN_SECTION = re.compile(rf"(?!.*[:A-Z]){_KEY_AT_TOP.pattern}")
# To RawConfigParser, what is in DEFAULT is in every section. npm's ini puts [a.b] into [a].
_SECTION = re.compile(rf"(?!DEFAULT\Z){_START_OF_NAME}[^\].;#\\\x00-\x1f\x7f-\U0010ffff]+(?<! )")

# What one reader or the other takes away: to JavaScript U+FEFF is a blank, to Python U+0085.
_BLANK_AT_AN_END = re.compile(r"\A[\s\ufeff]|[\s\ufeff]\Z")
# JavaScript takes U+2028 and U+2029 for line breaks, and npm's ini skips a line that holds one.
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
# Without quotes, npm's ini ends values there, or takes the first of two backslashes for an escape.
_CONTESTED = re.compile(r"[;#]|\\\\")
_IN_QUOTES = re.compile(r"([\"'])(?:.*\1)?", re.DOTALL)
# To npm's ini, in quotes or without.
_WORDS: Mapping[str, Node] = {"true": True, "false": False, "null": None}

_LINE = re.compile(
    r"""
      (?P<nothing> [ \t]*(?:[;\#].*)? )
    | \[(?P<section>[^\]]+)\][ \t]*
    | (?P<key>[^\[=\s][^=]*)=(?P<value>.*)
    """,
    re.VERBOSE,
)
# What is wrong with a line that the pattern above does not match: the first row that fits.
_PROBLEMS = (
    (r"\s", "not every reader takes a line with a blank at its start for a new one"),
    (r"\[", "not every reader takes this for the start of a section"),
    ("", "this is neither a section, key = value nor a comment"),
)


def render(tree: Tree) -> str:
    """Write a file in INI.

    Args:
        tree: keys and sections that it can hold.

    Returns:
        A line for each key: first those without a section, wherever they stand in the tree, then the sections.
    """
    top = mapping_at_top(tree)
    lines = [_line(key, _at_top(value)) for key, value in top.items() if not isinstance(value, dict)]
    sections = [
        "\n".join((f"[{name}]", *(_line(key, str(value)) for key, value in section.items())))
        for name, section in top.items()
        if isinstance(section, dict)
    ]
    return "\n\n".join((*(["\n".join(lines)] if lines else []), *sections))


def refuse(tree: Tree) -> Refusal | None:
    """Find the first key or section that not every reader would take for what it is.

    Args:
        tree: any tree.

    Returns:
        Its path and the reason, or None.
    """
    return refuse_list_at_top(tree) or next(_refusals(mapping_at_top(tree)), None)


def parse(code: str) -> Tree:
    """Read a file in INI by the rules that all readers follow.

    A line is empty, a comment that starts with ``;`` or ``#``, ``[section]``, or ``key=value``, with blanks around the
    equals sign or not. A value before the first section may be a string of JSON in double quotes, or one of the words
    ``true`` and ``false``.

    Args:
        code: the text of the file.

    Returns:
        Strings and booleans by their keys, and sections: mappings of keys to strings.

    Raises:
        UnreadableCodeError: some line is none of that, holds what ``refuse`` refuses, or has a key or a section for the
            second time.
    """
    tree: dict[str, Node] = {}
    section: dict[str, Node] | None = None
    for number, line in enumerate(code.split("\n"), start=1):
        if _CONTROL_CHARACTER.search(line):
            raise UnreadableCodeError("a control character stands here", number)
        found = _LINE.fullmatch(line)
        if not found:
            problem = next(reason for pattern, reason in _PROBLEMS if re.match(pattern, line))
            raise UnreadableCodeError(problem, number)
        if found["nothing"] is not None:
            continue
        name = found["section"] or found["key"].rstrip(" \t")
        into = tree if section is None or found["section"] else section
        if name in into:
            raise UnreadableCodeError(f"{name} stands here for the second time", number)
        if found["section"]:
            tree[name] = section = {}
            reason = _reason_against_section(name)
        else:
            value = found["value"].strip(" \t")
            into[name] = value if into is section else _read_at_top(value, number)
            reason = _reason_in_section(name, value) if into is section else _reason_at_top(name, into[name])
        if reason:
            raise UnreadableCodeError(f"a snippet can't {reason}", number)
    return tree


def _refusals(tree: Mapping[str, Node]) -> Iterator[Refusal]:
    for name, node in tree.items():
        section = node if isinstance(node, dict) else None
        reason = _reason_at_top(name, node) if section is None else _reason_against_section(name)
        if reason:
            yield Refusal((name,), reason)
        for key, value in (section or {}).items():
            reason = _reason_in_section(key, value)
            if reason:
                yield Refusal((name, key), reason)


def _reason_against_section(name: str) -> str | None:
    return None if _SECTION.fullmatch(name) else f'hold a section named "{name}"'


def _reason_at_top(key: str, value: Node) -> str | None:
    if not _KEY_AT_TOP.fullmatch(key):
        return f'hold a key named "{key}"'
    if isinstance(value, str):
        return half_a_character(value) or _reason_against_text(value)
    # Even a null: npm's ini would take `a.b = null` for a section.
    return None if isinstance(value, bool) else f"hold {describe(value)}"


def _reason_in_section(key: str, value: Node) -> str | None:
    if not _KEY_IN_SECTION.fullmatch(key):
        capitals = ", whose capitals some readers make small" if _KEY_IN_SECTION.fullmatch(key.lower()) else ""
        return f'hold a key named "{key}" in a section{capitals}'
    if not isinstance(value, str):
        return f"hold {describe(value)} in a section"
    return half_a_character(value) or _reason_against_text(value) or _reason_against_plain_text(value)


def _reason_against_text(text: str) -> str | None:
    """What no reader of ours takes for what it is, in quotes or without."""
    # npm itself takes blanks away even from between quotes.
    if _BLANK_AT_AN_END.search(text):
        return "hold a blank or a line break at the start or the end of a text"
    return f'hold the text "{text}", which is read as {describe(_WORDS[text])}' if text in _WORDS else None


def _reason_against_plain_text(text: str) -> str | None:
    """RawConfigParser has no quotes, and no way to escape anything."""
    if _CONTROL_CHARACTER.search(text):
        return "hold a line break or another control character in a section"
    # Python opens files in the encoding of the system, which need not be the one in which an editor saves them.
    if not text.isascii():
        return "hold a character outside of ASCII in a section: readers differ in the encoding"
    contested = _CONTESTED.search(text)
    if contested:
        return f"hold {contested[0]} in a section, which not every reader takes for a part of the text"
    return "hold quotes around a text in a section: some readers take them away" if _IN_QUOTES.fullmatch(text) else None


def _read_at_top(value: str, line: int) -> Node:
    if value in _WORDS:
        return _WORDS[value]
    if value[:1] == '"' == value[-1:]:
        try:
            return str(json.loads(value))
        except json.JSONDecodeError as error:
            raise UnreadableCodeError("what stands in quotes is no string of JSON", line) from error
    if _IN_QUOTES.fullmatch(value):
        raise UnreadableCodeError("what stands in single quotes can be more than a text; use double quotes", line)
    contested = _CONTESTED.search(value)
    if contested:
        raise UnreadableCodeError(f"not every reader takes {contested[0]} without quotes for the same", line)
    return value


def _at_top(value: Node) -> str:
    """The value of a key without a section: as it is, or in quotes where it would be read as something else."""
    if isinstance(value, str) and not _needs_quotes(value):
        return value
    written = json.dumps(value, ensure_ascii=False)
    return _CONTROL_CHARACTER.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _needs_quotes(text: str) -> bool:
    return bool(_CONTROL_CHARACTER.search(text) or _CONTESTED.search(text) or _IN_QUOTES.fullmatch(text))


def _line(key: str, value: str) -> str:
    return f"{key} = {value}".rstrip(" ")


FORMAT = FileFormat(
    name="ini",
    title="INI",
    language="ini",
    render=render,
    refuse=refuse,
    parse=parse,
)
