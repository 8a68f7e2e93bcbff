"""Plain (unquoted) scalars of YAML, on whose types versions 1.1 and 1.2 disagree.

In 1.2 the core schema holds, https://yaml.org/spec/1.2.2/#1032-tag-resolution; in 1.1 the types that
https://yaml.org/type/ lists, as far as readers carry them out.
"""

import re
from typing import TypeAlias

from guidewright.snippets.files.refusals import read_integer

Scalar: TypeAlias = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **{f"{sign}{word}": float(f"{sign}inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")},
}
# In a form that both versions take for the same number.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?|\.[0-9]+")
# What is left that some reader takes for something else than text.
_CONTESTED = re.compile(
    r"""
    y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF       # 1.1: booleans
    | <<                                                    # 1.1: merges mappings
    | =                                                     # 1.1: a default value
    | [-+]?[0-9][0-9_]*                                     # 1.1: octal numbers, and digits in groups
    | [-+]?0b[0-1_]+
    | 0o[0-7]+                                              # 1.2: octal numbers
    | [-+]?0x[0-9a-fA-F_]+
    | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?      # 1.1: numbers to the base of 60
    | [-+]?(?:[0-9][0-9_]*)?\.[0-9_]*                       # 1.1: digits in groups
    | [-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+   # 1.1: only with a point, and to npm's yaml without digits
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9].*)?     # 1.1: dates
    """,
    re.VERBOSE,
)
# Characters that are special nowhere in a block, with blanks and colons that stand within the text. It starts with none
# of those that numbers and indicators start with.
_SIMPLE = re.compile(r"(?:[^\W\d]|/)(?:[\w./@+,=?%~-]|[: ](?=[\w./@+=?%~-]))*")


class ContestedScalarError(ValueError):
    """Readers take a plain scalar for different things."""


def resolve_plain(text: str) -> Scalar:
    """Decode a plain scalar.

    Args:
        text: its content.

    Returns:
        What readers of both versions take it for.

    Raises:
        ContestedScalarError: there is nothing that they all take it for.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return read_integer(text)
    if _HEXADECIMAL.fullmatch(text):
        return int(text, 16)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _CONTESTED.fullmatch(text):
        raise ContestedScalarError
    return text


def is_text_without_quotes(text: str) -> bool:
    """Whether every reader takes a plain scalar for just this text; false where that is hard to see."""
    return bool(_SIMPLE.fullmatch(text)) and text not in _WORDS and not _CONTESTED.fullmatch(text)
