"""Fish: a variable holds a list, which programs get joined by blanks.

The manual is https://fishshell.com/docs/current/language.html.
"""

import re
from collections.abc import Iterator, Sequence

from guidewright.model import Change, CommandOutput, Part, Reference, Set, State, Unset, environment_after
from guidewright.snippets.fish_parser import OWN_VARIABLES, parse
from guidewright.snippets.shell import Shell

# In these lists an empty entry becomes ".", the current folder.
_LISTS_OF_FOLDERS = frozenset({"CDPATH", "PATH"})
# https://fishshell.com/docs/current/language.html#quotes
_SPECIAL_IN_DOUBLE_QUOTES = re.compile(r'[$"\\]')
_SPECIAL_IN_SINGLE_QUOTES = re.compile(r"['\\]")
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_@+:,./-]+")
# Behind a command within double quotes, fish 3.6 may take the first two for what they are not; "[" takes elements out.
_CONFUSING = re.compile(r'\\\$|""|\)\[')
# A name goes on with letters and digits of any script; behind it, "[" takes elements out of the list.
# https://fishshell.com/docs/current/language.html#slices
_ENDS_A_NAME = re.compile(r"[ \n!-/:-@]|$")


def render(change: Change) -> str:
    """Make a change, which child processes and all of the session see.

    https://fishshell.com/docs/current/cmds/set.html

    Args:
        change: one that fish can make.

    Returns:
        One command, on several lines where the value has several.
    """
    match change:
        case Set():
            state = environment_after([change])[change.name] or ()
            return f"set -gx {change.name} {_quote_parts(state)}"
        case Unset():
            return f"set -e {change.name}"


def refuse(change: Change) -> str | None:
    """Say why fish can't make a change.

    Args:
        change: any change.

    Returns:
        Words that follow "can't", or None.
    """
    return next(_obstacles(change), None)


def call(words: Sequence[str]) -> str:
    """Run a program.

    Args:
        words: the program and its arguments.

    Returns:
        One command.
    """
    return " ".join(word if _PLAIN_WORD.fullmatch(word) else _quote(word) for word in words)


def _obstacles(change: Change) -> Iterator[str]:
    if change.name in OWN_VARIABLES:
        yield f"change {change.name}, which it keeps for itself"
    if isinstance(change, Unset):
        return
    if any("\0" in text for part in change.parts for text in _texts_of(part)):
        yield "hold a NUL character"
    outline = "".join(part if isinstance(part, str) else "?" for part in change.parts)
    if change.name in _LISTS_OF_FOLDERS and "" in outline.split(":"):
        yield f"hold an empty entry in {change.name}, where it becomes the current folder"


def _texts_of(part: Part) -> tuple[str, ...]:
    match part:
        case str():
            return (part,)
        case Reference():
            return ()
        case CommandOutput():
            return part.words


def _quote(text: str) -> str:
    r"""Quote a word: in the readable double quotes where they change nothing, otherwise in single quotes.

    Within double quotes ``$``, ``"`` and ``\`` have a meaning; within single quotes only ``'`` and ``\`` have.
    https://fishshell.com/docs/current/language.html#quotes
    """
    if _SPECIAL_IN_DOUBLE_QUOTES.search(text):
        return "'" + _SPECIAL_IN_SINGLE_QUOTES.sub(r"\\\g<0>", text) + "'"
    return f'"{text}"'


def _quote_parts(parts: State) -> str:
    """Quote a value: where it is more than text, within double quotes, where an expansion is one word.

    https://fishshell.com/docs/current/language.html#command-substitution
    """
    texts = [part for part in parts if isinstance(part, str)]
    if len(texts) == len(parts):
        return _quote("".join(texts))
    code = _in_double_quotes(parts, "$({})")
    return _in_double_quotes(parts, '"({} | string collect --allow-empty)"') if _CONFUSING.search(code) else code


def _in_double_quotes(parts: State, substitution: str) -> str:
    code = ""
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        match part:
            case Reference():
                is_ended = not isinstance(following, str) or _ENDS_A_NAME.match(following) is not None
                code += f"${part.name}" if is_ended else f'${part.name}""'
            case CommandOutput():
                code += substitution.format(call(part.words))
            case str():
                code += _SPECIAL_IN_DOUBLE_QUOTES.sub(r"\\\g<0>", part)
    return f'"{code}"'


SHELL = Shell(
    name="fish",
    title="fish",
    language="fish",
    render=render,
    refuse=refuse,
    parse=parse,
    call=call,
    holds_empty=True,
    keeps="~/.config/fish/config.fish",
    interpreters=(("fish", "--no-config"),),
    script_suffix=".fish",
)
