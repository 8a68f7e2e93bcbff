"""Plain scalars -> values, by the core schema of YAML 1.2.2 (chapter 10.3.2) and nothing beyond it."""

import re

Scalar = str | int | float | bool | None

# str() of a larger number fails, and Python's own limit depends on the machine's settings; up to 640 decimal digits it
# always works, and that is what 500 hexadecimal digits stay below.
MAX_DIGITS = 500

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **{f"{sign}{word}": float(f"{sign}inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")},
}
# What a scalar starts with (the empty one: with nothing) if it is not a string. Most are known as strings by this.
NON_STRING_STARTS = frozenset({word[:1] for word in _WORDS} | set("0123456789+-."))
_NUMBER = re.compile(
    r"(?P<decimal>[-+]?[0-9]+)"
    r"|0o(?P<octal>[0-7]+)"
    r"|0x(?P<hexadecimal>[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)",
)
_BASES = {"decimal": 10, "octal": 8, "hexadecimal": 16}


class NumberTooLongError(ValueError):
    """An integer has more than ``MAX_DIGITS`` digits."""


def resolve_plain(text: str) -> Scalar:
    """Decode a plain (unquoted) scalar.

    Args:
        text: its content, line folding done.

    Returns:
        ``None``, a bool, an int, a float, or the text itself where it is none of those: ``yes``, ``on``, ``1_000``,
        ``1:30`` and ``2026-11-23`` are strings.

    Raises:
        NumberTooLongError: for an integer that cannot be printed again.
    """
    if text in _WORDS:
        return _WORDS[text]
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    base = _BASES.get(match.lastgroup or "")
    if base is None:
        return float(text)
    digits = match[match.lastgroup or 0]
    if len(digits.lstrip("+-")) > MAX_DIGITS:
        raise NumberTooLongError
    return int(digits, base)
