"""cmd.exe, the command prompt of Windows.

The manual is https://learn.microsoft.com/windows-server/administration/windows-commands/cmd. The code is for the
prompt, where it is pasted line by line; a batch file wants ``%%i`` for the ``%i`` of a ``for``.
"""

import re
from collections.abc import Iterator, Sequence

from guidewright.model import Change, CommandOutput, Part, Reference, Set
from guidewright.snippets.cmd_parser import LONGEST_STORED, OWN_VARIABLES, STORED_AT, length, parse
from guidewright.snippets.shell import Shell, StoredVariables

# https://learn.microsoft.com/troubleshoot/windows-client/shell-experience/command-line-string-limitation
_LONGEST_LINE = 8191
# Within double quotes these are ordinary; elsewhere each needs a caret.
# https://learn.microsoft.com/windows-server/administration/windows-commands/set_1
_SPECIAL_OUTSIDE_QUOTES = re.compile(r"[&|<>^]")
# What the window changes in pasted code, unless its "Filter clipboard contents on paste" is turned off.
# https://github.com/microsoft/terminal/blob/main/src/interactivity/win32/Clipboard.cpp (FilterCharacterOnPaste)
_REPLACED_WHEN_PASTED = re.compile("[\u00a0\u2013\u2014\u201c\u201d\u202f]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# A slash starts an option, and an at sign or a colon has a meaning of its own.
_PROGRAM = re.compile(r"[A-Za-z0-9_.-][A-Za-z0-9_.:\\-]*")
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_.:\\/@+-]+")
# A backslash at the end would take the closing quote's meaning away.
# https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
_QUOTABLE_WORD = re.compile(r'[^\x00-\x1f"%&|<>^\x7f-\U0010ffff]+(?<!\\)')
_OPTION_MARKS = ("/", "-")


def render(change: Change) -> str:
    """Make a change, as the manual's ``set "NAME=value"`` and ``for /f`` do.

    Of a command that prints several lines, the last one counts; lines that start with a semicolon don't.
    https://learn.microsoft.com/windows-server/administration/windows-commands/for

    Args:
        change: one that the shell can make.

    Returns:
        One line.
    """
    parts = change.parts if isinstance(change, Set) else ()
    command = f'set "{change.name}={_with_carets("".join(map(_as_code, parts)))}"'
    outputs = [part for part in parts if isinstance(part, CommandOutput)]
    return f"for /f \"delims=\" %i in ('{call(outputs[0].words)}') do @{command}" if outputs else command


def refuse(change: Change) -> str | None:
    """Say why the shell can't make a change.

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
        One command, which is also one within the parentheses of a ``for /f``.

    Raises:
        ValueError: a word can't be passed on exactly.
    """
    for reason in _obstacles_to_call(words):
        raise ValueError(f"cmd.exe can't {reason}")
    return " ".join(word if _PLAIN_WORD.fullmatch(word) else f'"{word}"' for word in words)


def store(change: Change) -> str | None:
    r"""Keep a variable for the user's new terminals.

    Args:
        change: any change.

    Returns:
        The command; None for what ``setx`` can't store exactly. It reads its arguments as programs in C do: a double
        quote is written ``\"``, and a backslash before one is doubled.
        https://learn.microsoft.com/windows-server/administration/windows-commands/setx
        https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
    """
    parts = change.parts if isinstance(change, Set) and refuse(change) is None else ()
    text = "".join(part for part in parts if isinstance(part, str))
    is_text = all(isinstance(part, str) for part in parts)
    if not is_text or not 0 < length(text) <= LONGEST_STORED or text.startswith(_OPTION_MARKS):
        return None
    argument = re.sub(r'(\\*)"', r'\1\1\\"', text)
    argument = re.sub(r"(\\+)\Z", r"\1\1", argument)
    return f'setx {change.name} "{_with_carets(argument)}"'


def remove(name: str) -> str:
    """Remove a stored variable; ``setx`` itself could only store an empty text in its place.

    Args:
        name: of the variable.

    Returns:
        The command, by https://learn.microsoft.com/windows-server/administration/windows-commands/reg-delete. It tells
        no running program: terminals that are opened before the next ``setx`` or sign-in may still see the variable.
    """
    return f'reg delete "{STORED_AT}" /v {name} /f'


def _obstacles(change: Change) -> Iterator[str]:
    parts = change.parts if isinstance(change, Set) else ()
    outputs = [part for part in parts if isinstance(part, CommandOutput)]
    if change.name.upper() in OWN_VARIABLES:
        yield f"use {change.name}, which it works out itself"
    yield from _obstacles_in_text("".join(part for part in parts if isinstance(part, str)))
    if len(outputs) > 1:
        yield "put the output of two commands into one value"
    for output in outputs:
        yield from _obstacles_to_call(output.words)
    if any(isinstance(part, Reference) for part in parts):
        # The prompt replaces %NAME% before it reads quotes, and leaves it as it stands where there is no such variable.
        yield "take over another variable, whatever that holds"
    if not outputs and length(render(change)) > _LONGEST_LINE:
        yield f"take a line of more than {_LONGEST_LINE} characters"


def _obstacles_in_text(text: str) -> Iterator[str]:
    if "\n" in text:
        yield "hold a line break"
    if _CONTROL.search(text):
        yield "hold a control character"
    if "%" in text:
        yield "hold a percent sign, which nothing escapes at its prompt"
    if replaced := _REPLACED_WHEN_PASTED.search(text):
        yield f"keep U+{ord(replaced[0]):04X}, which its window replaces in pasted code"


def _obstacles_to_call(words: Sequence[str]) -> Iterator[str]:
    program, *arguments = words
    if not _PROGRAM.fullmatch(program):
        yield f"run {program!r}, which is no plain name of a program"
    for word in arguments:
        if not (_PLAIN_WORD.fullmatch(word) or _QUOTABLE_WORD.fullmatch(word)):
            yield f"pass {word!r} to a command exactly"


def _as_code(part: Part) -> str:
    match part:
        case CommandOutput():
            return "%i"
        case _:
            return str(part)


def _with_carets(text: str) -> str:
    """Escape what would be special behind an opening double quote: each further quote ends or starts a quoted text."""
    pieces = text.split('"')
    pieces[1::2] = [_SPECIAL_OUTSIDE_QUOTES.sub(r"^\g<0>", piece) for piece in pieces[1::2]]
    return '"'.join(pieces)


SHELL = Shell(
    name="cmd",
    title="cmd.exe",
    language="bat",
    render=render,
    refuse=refuse,
    parse=parse,
    call=call,
    holds_empty=False,
    keeps=StoredVariables(store, remove),
    # /d: no AutoRun commands; /q: no echo; /u: what it lists is Unicode.
    interpreters=(("cmd.exe", "/d", "/q", "/u"), ("wine", "cmd", "/d", "/q", "/u")),
    script_suffix=".cmd",
    is_windows_prompt=True,
    takes_over_any_variable=False,
)
