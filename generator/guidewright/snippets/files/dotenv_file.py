"""The ``.env`` file, as far as its readers agree on it: python-dotenv, npm's dotenv, and sh by ``set -a; . ./.env``.

There is no standard. The manuals are https://github.com/theskumar/python-dotenv#file-format,
https://github.com/motdotla/dotenv#what-rules-does-the-parsing-engine-follow and
https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02 ("Quoting").
"""

import re

from guidewright.model import Set
from guidewright.snippets import sh
from guidewright.snippets.files.file_format import FileFormat, Refusal
from guidewright.snippets.files.refusals import half_a_character, refuse_list_at_top
from guidewright.snippets.files.tree import Node, Tree, describe, mapping_at_top
from guidewright.snippets.shell import UnreadableCodeError

# To an object of JavaScript, `__proto__` is no key.
_NAME = re.compile(r"(?!__proto__\b)[A-Za-z_][A-Za-z0-9_]*")
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# In double quotes sh expands `$` and backticks, and each reader has a backslash escape something else.
_CONTESTED_IN_DOUBLE_QUOTES = re.compile(r"[$`\\]")
# python-dotenv expands `${...}` in any quotes, and takes the first of two backslashes for an escape. To it and to npm's
# dotenv, one at the end escapes the closing quote.
_CONTESTED_IN_SINGLE_QUOTES = re.compile(r"\$\{|\\\\|\\\Z")

_START = rf"[ \t]*(?:export[ \t]+)?(?P<name>{_NAME.pattern})"
# JavaScript takes U+2028 and U+2029 for the end of a comment.
_COMMENT = r"\#[^\n\u2028\u2029]*"
# Without a value, a comment is one only to some.
_LINE = re.compile(
    rf"""
    (?: {_START}=(?: "(?P<double>[^"]*)" | '(?P<single>[^']*)' | (?P<bare>[\w@%+:,./=-]+) | (?![ \t]+\#) )
        (?:[ \t]+{_COMMENT})?
      | [ \t]*{_COMMENT}
    )?
    [ \t]*(?:\n|\Z)
    """,
    re.VERBOSE,
)
# What is wrong with a line that the pattern above does not match: the first row that fits.
_PROBLEMS = (
    (rf"{_START}(?:[ \t]+=|=[ \t])", "not every reader allows a blank next to the equals sign"),
    (rf"{_START}=(?:\"[^\"]*|'[^']*)\Z", "a quoted value starts here and does not end"),
    (rf"{_START}=[\"']", "not every reader takes what follows the closing quote for the same"),
    (rf"{_START}=", "not every reader takes the value for the same without quotes"),
    ("", "this is neither NAME=value nor a comment"),
)


def render(tree: Tree) -> str:
    """Write a ``.env`` file.

    Args:
        tree: names and strings that it can hold.

    Returns:
        A line for each, or several lines where the string has several.
    """
    return "\n".join(f"{name}={_quote(str(value))}" for name, value in mapping_at_top(tree).items())


def refuse(tree: Tree) -> Refusal | None:
    """Find the first variable that not every reader would take for what it is.

    Args:
        tree: any tree.

    Returns:
        Its path and the reason, or None.
    """
    refusal = refuse_list_at_top(tree)
    if refusal is not None:
        return refusal
    for name, value in mapping_at_top(tree).items():
        reason = _reason_against(name, value)
        if reason:
            return Refusal((name,), reason)
    return None


def parse(code: str) -> Tree:
    """Read a ``.env`` file by the rules that all readers follow.

    A line is empty, a comment after ``#``, or ``NAME=value``, with ``export`` in front or not. A value is empty, or
    stands in double quotes without ``$``, backtick and backslash, or in single quotes, over several lines too; without
    quotes it is made of letters, digits and ``@%+:,./=_-``. A comment may follow a value after a blank.

    Args:
        code: the text of the file.

    Returns:
        Names and strings.

    Raises:
        UnreadableCodeError: some line is none of that, or sets a variable for the second time.
    """
    control = _CONTROL_CHARACTER.search(code)
    if control:
        raise UnreadableCodeError("a control character stands here", code.count("\n", 0, control.start()) + 1)
    tree: dict[str, Node] = {}
    position = 0
    while position < len(code):
        line = code.count("\n", 0, position) + 1
        found = _LINE.match(code, position)
        if not found:
            problem = next(reason for pattern, reason in _PROBLEMS if re.compile(pattern).match(code, position))
            raise UnreadableCodeError(problem, line)
        name = found["name"]
        if name in tree:
            raise UnreadableCodeError(f"{name} is set here for the second time", line)
        if name:
            tree[name] = _value(found, line)
        position = found.end()
    return tree


def _value(found: re.Match[str], line: int) -> str:
    for quotes, contested in (("double", _CONTESTED_IN_DOUBLE_QUOTES), ("single", _CONTESTED_IN_SINGLE_QUOTES)):
        problem = contested.search(found[quotes] or "")
        if problem:
            raise UnreadableCodeError(f"not every reader takes {problem[0]} in {quotes} quotes for the same", line)
    return found["double"] or found["single"] or found["bare"] or ""


def _quote(text: str) -> str:
    """Quote a string: in double quotes where they change nothing for anyone, otherwise in single quotes.

    An interactive shell, into which lines may be pasted, expands ``!`` in double quotes.
    """
    is_plain = _fits_in_double_quotes(text) and not ("!" in text and _fits_in_single_quotes(text))
    return f'"{text}"' if is_plain else f"'{text}'"


def _fits_in_double_quotes(text: str) -> bool:
    return '"' not in text and not _CONTESTED_IN_DOUBLE_QUOTES.search(text)


def _fits_in_single_quotes(text: str) -> bool:
    return "'" not in text and not _CONTESTED_IN_SINGLE_QUOTES.search(text)


def _reason_against(name: str, value: Node) -> str | None:
    if not _NAME.fullmatch(name):
        return f'hold a variable named "{name}"'
    if not isinstance(value, str):
        return f"hold {describe(value)}"
    if sh.SHELL.refuse(Set(name, (value,))):
        return f"set {name}, which sh keeps for itself"
    return half_a_character(value) or _reason_against_text(value)


def _reason_against_text(text: str) -> str | None:
    if _CONTROL_CHARACTER.search(text):
        return "hold a control character"
    if _fits_in_double_quotes(text) or _fits_in_single_quotes(text):
        return None
    if "${" in text:
        return 'hold "${", which some readers expand in any quotes'
    if "'" not in text:
        return "hold two backslashes in a row, or one at the end"
    if '"' in text:
        return "hold both kinds of quotes"
    return 'hold a single quote together with "$", a backtick or a backslash'


FORMAT = FileFormat(
    name="dotenv",
    title=".env",
    language="dotenv",
    render=render,
    refuse=refuse,
    parse=parse,
)
