"""What bash, zsh and POSIX sh have in common: how they quote, and what ``export`` and ``unset`` do.

The manual is https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html ("Shell Command Language").
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import partial

from guidewright.model import Change, CommandOutput, Part, Reference, Set, Unset
from guidewright.snippets.posix_parser import Dialect, parse
from guidewright.snippets.shell import Shell

# Within double quotes `$`, a backtick, `"` and `\` keep their meaning, and so does `!` in an interactive bash or zsh.
# https://www.gnu.org/software/bash/manual/html_node/Double-Quotes.html
_SPECIAL_IN_DOUBLE_QUOTES = re.compile(r'[$`"\\!]')
# https://www.gnu.org/software/bash/manual/html_node/Event-Designators.html: `!`, and `^` where a line starts.
_IS_HISTORY_ON_A_LATER_LINE = re.compile(r"\n[\s\S]*!|\n\^")
_ESCAPED_IN_ANSI_C = re.compile(r"[\\'\n!]")
_ANSI_C_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "!": "\\041"}
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_@%+:,./-]+")
# After an unbraced `$NAME`, zsh goes on reading: `[1]` is a subscript, `:h` a modifier.
# https://zsh.sourceforge.io/Doc/Release/Expansion.html#Parameter-Expansion
_ENDS_A_NAME = re.compile(r"[ /,;\n]|$")


def posix_shell(
    *,
    name: str,
    dialect: Dialect,
    own_variables: AbstractSet[str],
    keeps: str,
    interpreters: tuple[tuple[str, ...], ...],
) -> Shell:
    """A shell that reads what POSIX sh reads.

    Args:
        name: what the spec, its users and code fences call it.
        dialect: what it reads beyond that.
        own_variables: names that it keeps for itself: they can't be set, or don't hold what they are set to.
        keeps: the file that it reads at its start.
        interpreters: command lines that run a script.

    Returns:
        Its row for the registry.
    """
    return Shell(
        name=name,
        title=name,
        language=name,
        render=partial(render, dialect=dialect),
        refuse=partial(refuse, own_variables=own_variables),
        parse=partial(parse, dialect=dialect),
        call=partial(call, dialect=dialect),
        holds_empty=True,
        keeps=keeps,
        interpreters=interpreters,
        script_suffix=".sh",
    )


def render(change: Change, dialect: Dialect) -> str:
    """Make a change.

    Args:
        change: one that the shell can make.
        dialect: of the shell.

    Returns:
        One command, on several lines where the value has several.
    """
    match change:
        case Set():
            return f"export {change.name}={_quote_parts(change.parts, dialect)}"
        case Unset():
            return f"unset {change.name}"


def refuse(change: Change, *, own_variables: AbstractSet[str]) -> str | None:
    """Say why a shell can't make a change.

    Args:
        change: any change.
        own_variables: names that the shell keeps for itself.

    Returns:
        Words that follow "can't", or None.
    """
    if change.name in own_variables:
        return f"change {change.name}, which it keeps for itself"
    if isinstance(change, Set) and any(isinstance(part, str) and "\0" in part for part in change.parts):
        return "hold a NUL character"
    return None


def call(words: Sequence[str], dialect: Dialect) -> str:
    """Run a program.

    Args:
        words: the program and its arguments.
        dialect: of the shell.

    Returns:
        One command.
    """
    return " ".join(word if _PLAIN_WORD.fullmatch(word) else quote(word, dialect) for word in words)


def quote(text: str, dialect: Dialect) -> str:
    """Quote a word: in the readable double quotes where they change nothing, otherwise in single quotes.

    Nothing is special within single quotes, and a single quote can't be within them. But where a shell expands its
    history, it does so line by line, before it looks at quotes that were opened on an earlier line: then ``$'...'``
    holds the text on one line.
    """
    if dialect.expands_history and _IS_HISTORY_ON_A_LATER_LINE.search(text):
        return "$'" + _ESCAPED_IN_ANSI_C.sub(lambda found: _ANSI_C_ESCAPES[found[0]], text) + "'"
    if _SPECIAL_IN_DOUBLE_QUOTES.search(text):
        return "'" + text.replace("'", "'\\''") + "'"
    return f'"{text}"'


def _quote_parts(parts: Sequence[Part], dialect: Dialect) -> str:
    texts = [part for part in parts if isinstance(part, str)]
    if len(texts) == len(parts):
        return quote("".join(texts), dialect)
    if all(quote(text, dialect) == f'"{text}"' for text in texts):
        following = [*parts[1:], ""]
        expansions = [_expansion(part, after, dialect) for part, after in zip(parts, following, strict=True)]
        return f'"{"".join(expansions)}"'
    return "".join(
        quote(part, dialect) if isinstance(part, str) else f'"{_expansion(part, "", dialect)}"' for part in parts
    )


def _expansion(part: Part, following: Part, dialect: Dialect) -> str:
    """A part within double quotes."""
    match part:
        case Reference():
            ends_here = isinstance(following, str) and _ENDS_A_NAME.match(following)
            return f"${part.name}" if ends_here else f"${{{part.name}}}"
        case CommandOutput():
            return f"$({call(part.words, dialect)})"
        case str():
            return part
