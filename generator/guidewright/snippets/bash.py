"""Bash, and every shell that quotes like POSIX sh."""

import re

from guidewright.snippets.shell import Shell

# Within double quotes `$`, a backtick, `"` and `\` keep their meaning, and so does `!` in an interactive shell.
# https://www.gnu.org/software/bash/manual/html_node/Double-Quotes.html
_SPECIAL_IN_DOUBLE_QUOTES = re.compile(r'[$`"\\!]')


def assign(name: str, value: str) -> str:
    """Set and export a variable.

    Args:
        name: a valid variable name.
        value: any text without a NUL character.

    Returns:
        One command, on several lines where the value has several.
    """
    return f"export {name}={quote(value)}"


def quote(value: str) -> str:
    """Quote a word: in the readable double quotes where they change nothing, otherwise in single quotes.

    Nothing is special within single quotes, and a single quote can't be within them:
    https://www.gnu.org/software/bash/manual/html_node/Single-Quotes.html
    """
    if _SPECIAL_IN_DOUBLE_QUOTES.search(value):
        return "'" + value.replace("'", "'\\''") + "'"
    return f'"{value}"'


SHELL = Shell(name="bash", language="bash", assign=assign)
