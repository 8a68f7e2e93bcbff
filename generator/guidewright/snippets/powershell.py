"""PowerShell 7 and Windows PowerShell 5.1."""

import re

from guidewright.snippets.shell import Shell

# PowerShell takes typographic quotes for quotes, double ones (U+201C to U+201E) and single ones (U+2018 to U+201B).
# https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
_SPECIAL_IN_DOUBLE_QUOTES = re.compile(r'[$`"\u201c-\u201e]')
_SINGLE_QUOTE = re.compile(r"['\u2018-\u201b]")


def assign(name: str, value: str) -> str:
    """Set a variable of the session's environment.

    Args:
        name: a valid variable name.
        value: any text without a NUL character.

    Returns:
        One statement, on several lines where the value has several.
    """
    return f"$env:{name} = {quote(value)}"


def quote(value: str) -> str:
    """Quote a string: in the readable double quotes where they change nothing, otherwise in single quotes.

    Within single quotes only a single quote is special, and is doubled.
    """
    if _SPECIAL_IN_DOUBLE_QUOTES.search(value):
        return "'" + _SINGLE_QUOTE.sub(r"\g<0>\g<0>", value) + "'"
    return f'"{value}"'


SHELL = Shell(name="powershell", language="powershell", assign=assign)
