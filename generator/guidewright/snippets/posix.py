"""What bash, zsh and POSIX sh have in common: how they quote, and what ``export`` and ``unset`` do.

The manual is https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html ("Shell Command Language").
"""

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import TypeAlias

from guidewright.model import Change, CommandOutput, Part, Reference, Set, Unset
from guidewright.snippets.posix_parser import parse
from guidewright.snippets.posix_words import HISTORY_ON_A_LATER_LINE, Dialect
from guidewright.snippets.shell import Shell

# Within double quotes `$`, a backtick, `"` and `\` keep their meaning, and so does `!` in an interactive bash or zsh.
# https://www.gnu.org/software/bash/manual/html_node/Double-Quotes.html
_SPECIAL_IN_DOUBLE_QUOTES = re.compile(r'[$`"\\!]')
_ESCAPED_IN_ANSI_C = re.compile(r"[\\'\n!]")
_ANSI_C_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "!": "\\041"}
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_@%+:,./-]+")
# After an unbraced `$NAME`, zsh goes on reading: `[1]` is a subscript, `:h` a modifier.
# https://zsh.sourceforge.io/Doc/Release/Expansion.html#Parameter-Expansion
_ENDS_A_NAME = re.compile(r"[ /,;\n]|$")
_Quote: TypeAlias = Callable[[str], str]


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
            return f"export {change.name}={_kept_from_history(partial(_quote_parts, change.parts), dialect)}"
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
    parts = change.parts if isinstance(change, Set) else ()
    words = [word for part in parts if isinstance(part, CommandOutput) for word in part.words]
    texts = [part for part in parts if isinstance(part, str)]
    return "hold a NUL character" if any("\0" in text for text in (*texts, *words)) else None


def call(words: Sequence[str], dialect: Dialect) -> str:
    """Run a program.

    Args:
        words: the program and its arguments.
        dialect: of the shell.

    Returns:
        One command.
    """
    return _kept_from_history(partial(_call, words), dialect)


def _kept_from_history(write: Callable[[_Quote], str], dialect: Dialect) -> str:
    """Write code in several lines only where no line is taken for a command of the history.

    Where a shell expands its history, it does so line by line, before it looks at quotes that were opened on an earlier
    line.
    """
    code = write(_quote)
    return write(_quote_on_one_line) if dialect.expands_history and HISTORY_ON_A_LATER_LINE.search(code) else code


def _call(words: Sequence[str], quote: _Quote) -> str:
    return " ".join(word if _PLAIN_WORD.fullmatch(word) else quote(word) for word in words)


def _quote(text: str) -> str:
    """Quote a word: in the readable double quotes where they change nothing, otherwise in single quotes.

    Nothing is special within single quotes, and a single quote can't be within them.
    """
    if _SPECIAL_IN_DOUBLE_QUOTES.search(text):
        return "'" + text.replace("'", "'\\''") + "'"
    return f'"{text}"'


def _quote_on_one_line(text: str) -> str:
    if "\n" not in text:
        return _quote(text)
    return "$'" + _ESCAPED_IN_ANSI_C.sub(lambda found: _ANSI_C_ESCAPES[found[0]], text) + "'"


def _quote_parts(parts: Sequence[Part], quote: _Quote) -> str:
    texts = [part for part in parts if isinstance(part, str)]
    if len(texts) == len(parts):
        return quote("".join(texts))
    if all(quote(text) == f'"{text}"' for text in texts):
        following = [*parts[1:], ""]
        expansions = [_expansion(part, after, quote) for part, after in zip(parts, following, strict=True)]
        return f'"{"".join(expansions)}"'
    return "".join(quote(part) if isinstance(part, str) else f'"{_expansion(part, "", quote)}"' for part in parts)


def _expansion(part: Part, following: Part, quote: _Quote) -> str:
    """A part within double quotes."""
    match part:
        case Reference():
            ends_here = isinstance(following, str) and _ENDS_A_NAME.match(following)
            return f"${part.name}" if ends_here else f"${{{part.name}}}"
        case CommandOutput():
            return f"$({_call(part.words, quote)})"
        case str():
            return part
