"""Nushell, whose environment holds values of any type; programs get those that are text.

The manual is https://www.nushell.sh/book/environment.html.
"""

import re
from collections.abc import Iterator, Sequence

from guidewright.model import Change, CommandOutput, Reference, Set, State, Unset, environment_after
from guidewright.snippets.nushell_parser import OWN_VARIABLES, parse
from guidewright.snippets.nushell_values import ALWAYS_SET, HISTORY_MARK, HOLDS_NO_TEXT
from guidewright.snippets.shell import Shell

# https://www.nushell.sh/book/working_with_strings.html
_SPECIAL_IN_DOUBLE_QUOTES = re.compile(r'["\\]')
_SPECIAL_IN_INTERPOLATION = re.compile(r'["\\(]')
_UNFIT_FOR_SINGLE_QUOTES = re.compile(rf"'|{HISTORY_MARK.pattern}")
# Three dots stand for the folders above.
_PLAIN_WORD = re.compile(r"(?!.*\.\.\.)[A-Za-z0-9_@%+:,./-]+")


def render(change: Change) -> str:
    """Make a change.

    Args:
        change: one that Nushell can make.

    Returns:
        One command, on several lines where the value has several.
    """
    match change:
        case Set():
            state = environment_after([change])[change.name] or ()
            return f"$env.{change.name} = {_quote_parts(state)}"
        case Unset():
            # https://www.nushell.sh/commands/docs/hide-env.html
            return f"hide-env --ignore-errors {change.name}"


def refuse(change: Change) -> str | None:
    """Say why Nushell can't make a change.

    Args:
        change: any change.

    Returns:
        Words that follow "can't", or None.
    """
    return next(_obstacles(change), None)


def call(words: Sequence[str]) -> str:
    """Run a program, also where Nushell has a command of that name.

    https://www.nushell.sh/book/running_externals.html

    Args:
        words: the program and its arguments.

    Returns:
        One command.
    """
    return "^" + " ".join(word if _PLAIN_WORD.fullmatch(word) else _quote(word) for word in words)


def _obstacles(change: Change) -> Iterator[str]:
    name = change.name
    if name.upper() in OWN_VARIABLES:
        yield f"change {name}, which it keeps for itself"
    # A name that differs only in case is of the same variable. https://github.com/nushell/nushell/pull/12701
    if name.upper() in ALWAYS_SET - {name}:
        yield f"tell {name} from {name.upper()}"
    for part in change.parts if isinstance(change, Set) else ():
        match part:
            case Reference():
                if part.name.upper() in HOLDS_NO_TEXT:
                    yield f"put {part.name} into a value, as it holds no text"
            case CommandOutput():
                if any("\0" in word for word in part.words):
                    yield "hold a NUL character"
            case str():
                if "\0" in part:
                    yield "hold a NUL character"


def _quote(text: str) -> str:
    r"""Quote a text: in double quotes where they change nothing, otherwise in single quotes where they can hold it.

    Within double quotes ``"`` and ``\`` have a meaning, within single quotes nothing has. A raw string would hold more,
    but Nushell 0.115 loses track of one within an interpolation.
    https://www.nushell.sh/book/working_with_strings.html
    """
    if _SPECIAL_IN_DOUBLE_QUOTES.search(text) and not _UNFIT_FOR_SINGLE_QUOTES.search(text):
        return f"'{text}'"
    return f'"{_escaped(text, _SPECIAL_IN_DOUBLE_QUOTES)}"'


def _quote_parts(parts: State) -> str:
    """Quote a value, as an interpolation where it is more than one text, variable or command.

    Within ``$'...'`` there are no escape sequences, so that no parenthesis can be part of a text.
    https://www.nushell.sh/book/working_with_strings.html#string-interpolation
    """
    match parts:
        case [Reference() as reference]:
            return f"$env.{reference.name}"
        case [CommandOutput() as output]:
            return _expression(output)
    texts = [part for part in parts if isinstance(part, str)]
    text = "".join(texts)
    if len(texts) == len(parts):
        return _quote(text)
    if _SPECIAL_IN_DOUBLE_QUOTES.search(text) and not ("(" in text or _UNFIT_FOR_SINGLE_QUOTES.search(text)):
        return f"$'{''.join(part if isinstance(part, str) else _expression(part) for part in parts)}'"
    pieces = (
        _escaped(part, _SPECIAL_IN_INTERPOLATION) if isinstance(part, str) else _expression(part) for part in parts
    )
    return f'$"{"".join(pieces)}"'


def _expression(part: Reference | CommandOutput) -> str:
    match part:
        case Reference():
            return f"($env.{part.name})"
        case CommandOutput():
            return rf'({call(part.words)} | str trim --right --char "\n")'


def _escaped(text: str, special: re.Pattern[str]) -> str:
    """A text as it stands within double quotes; a mark that the prompt would expand becomes its code point."""
    return HISTORY_MARK.sub(r"\\u{21}", special.sub(r"\\\g<0>", text))


SHELL = Shell(
    name="nushell",
    title="Nushell",
    language="nu",
    render=render,
    refuse=refuse,
    parse=parse,
    call=call,
    holds_empty=True,
    # The variable that holds the path of config.nu, which is another one on each system.
    # https://www.nushell.sh/book/configuration.html
    keeps="$nu.config-path",
    interpreters=(("nu", "--no-config-file"),),
    script_suffix=".nu",
)
