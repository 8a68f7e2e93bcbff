"""PowerShell 7, and what it has in common with Windows PowerShell 5.1.

The manual is https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules. What it
leaves open is in https://github.com/PowerShell/PowerShell/blob/master/src/System.Management.Automation/engine.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import partial

from guidewright.model import Change, CommandOutput, Part, Reference, Set, Unset
from guidewright.snippets.powershell_parser import KEYWORDS, Dialect, parse
from guidewright.snippets.shell import Shell

# Typographic quotes are quotes: double ones (U+201C to U+201E) and single ones (U+2018 to U+201B). CharTraits.cs
_SPECIAL_IN_DOUBLE_QUOTES = re.compile(r'[$`"\u201c-\u201e]')
_SINGLE_QUOTE = re.compile(r"['\u2018-\u201b]")
_LINE_BREAK = re.compile(r"[\r\n]")
# https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_special_characters
_ESCAPES = {"\n": "`n", "\r": "`r"}
# An unbraced `$env:NAME` goes on with a letter, a digit, `_`, `:` and `?`. tokenizer.cs, ScanVariable
_ENDS_A_NAME = re.compile(r"[ /,;]|$")
_PLAIN_PROGRAM = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
# What starts with one hyphen is split at a dot. https://github.com/PowerShell/PowerShell/issues/6291
_PLAIN_ARGUMENT = re.compile(r"-[A-Za-z][A-Za-z0-9_-]*|(?:--)?[A-Za-z][A-Za-z0-9_./:-]*")
# An alias goes before a program.
# https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_command_precedence
_ALIASES = (
    "ac cat cd cfs chdir clc clear clhy cli clp cls clv cnsn compare copy cp cpi cpp cvpa dbp del diff dir dnsn ebp "
    "echo epal epcsv epsn erase etsn exsn fc fhx fl foreach ft fw gal gbp gc gcb gci gcm gcs gdr ghy gi gin gjb gl gm "
    "gmo gp gps gpv group gsn gsv gtz gu gv h help history icm iex ihy ii ipal ipcsv ipmo ipsn irm iwr kill ls man md "
    "measure mi mkdir more mount move mp mv nal ndr ni nmo nsn nv ogv oh pause popd prompt ps pushd pwd r rbp rcjb "
    "rcsn rd rdr ren ri rjb rm rmdir rmo rni rnp rp rsn rv rvpa sajb sal saps sasv sbp scb select set si sl sleep sls "
    "sort sp spjb spps spsv start stz sv tee type where wjb write"
)
OWN_COMMANDS = frozenset(_ALIASES.split())
"""Names that are taken for commands of PowerShell itself, in small letters."""


def render(change: Change) -> str:
    """Make a change to the session's environment.

    ``$null`` removes a variable, which may not exist, in every version. An empty string does so up to PowerShell 7.4,
    and is kept from 7.5 on: so that a snippet does the same in all of them, nothing is ever set to the empty string.
    https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_environment_variables

    Args:
        change: one that PowerShell can make.

    Returns:
        One statement on one line.
    """
    match change:
        case Set(name, parts) if any(parts):
            return f"$env:{name} = {_expression(parts)}"
        case Set(name) | Unset(name):
            return f"$env:{name} = $null"


def refuse(change: Change, *, own_commands: AbstractSet[str]) -> str | None:
    """Say why PowerShell can't make a change.

    Args:
        change: any change.
        own_commands: names that are taken for commands of PowerShell itself, in small letters.

    Returns:
        Words that follow "can't", or None.
    """
    parts = change.parts if isinstance(change, Set) else ()
    calls = [part.words for part in parts if isinstance(part, CommandOutput)]
    texts = [part for part in parts if isinstance(part, str)]
    if any("\0" in text for text in (*texts, *(word for words in calls for word in words))):
        return "hold a NUL character"
    for program, *arguments in calls:
        if program.lower() in own_commands:
            return f"run {program}, which it takes for a command of its own"
        for argument in arguments:
            if reason := _refuse_argument(argument):
                return reason
    return None


def call(words: Sequence[str]) -> str:
    """Run a program.

    A program that needs quotes, or is named like a keyword, needs the call operator as well.
    https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_operators#call-operator-

    Args:
        words: the program and its arguments.

    Returns:
        One command on one line.
    """
    program, *arguments = words
    is_plain = _PLAIN_PROGRAM.fullmatch(program) and program.lower() not in KEYWORDS
    quoted = (word if _PLAIN_ARGUMENT.fullmatch(word) else quote(word) for word in arguments)
    return " ".join([program if is_plain else f"& {quote(program)}", *quoted])


def quote(text: str) -> str:
    """Quote a string: in the readable double quotes where they change nothing, otherwise in single quotes.

    Within single quotes only a single quote is special, and is doubled. A line break is escaped, for as itself it is
    what the script file has: CR LF in many on Windows.
    """
    if _LINE_BREAK.search(text):
        return _double_quoted([text])
    if _SPECIAL_IN_DOUBLE_QUOTES.search(text):
        return "'" + _SINGLE_QUOTE.sub(r"\g<0>\g<0>", text) + "'"
    return f'"{text}"'


def _expression(parts: Sequence[Part]) -> str:
    """Texts and references become one string each, outputs of commands stand between them.

    Within a string, ``$(...)`` would read quotes and parentheses by rules of its own (tokenizer.cs, ScanSubExpression).
    """
    runs: list[CommandOutput | list[Part]] = []
    for part in parts:
        if isinstance(part, CommandOutput):
            runs.append(part)
        elif runs and isinstance(runs[-1], list):
            runs[-1].append(part)
        else:
            runs.append([part])
    operands = [_output(run.words) if isinstance(run, CommandOutput) else _string(run) for run in runs]
    if len(operands) == 1:
        return operands[0]
    return " + ".join(f"({operand})" if operand.startswith("(") else operand for operand in operands)


def _output(words: Sequence[str]) -> str:
    """What a command prints arrives as a list of lines.

    https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_join
    """
    return f'({call(words)}) -join "`n"'


def _string(parts: Sequence[Part]) -> str:
    texts = [part for part in parts if isinstance(part, str)]
    return quote("".join(texts)) if len(texts) == len(parts) else _double_quoted(parts)


def _double_quoted(parts: Sequence[Part]) -> str:
    following = [*parts[1:], ""]
    return '"' + "".join(_within_quotes(part, after) for part, after in zip(parts, following, strict=True)) + '"'


def _within_quotes(part: Part, following: Part) -> str:
    if isinstance(part, Reference):
        ends_here = isinstance(following, str) and _ENDS_A_NAME.match(following)
        return f"$env:{part.name}" if ends_here else f"${{env:{part.name}}}"
    escaped = _SPECIAL_IN_DOUBLE_QUOTES.sub(r"`\g<0>", str(part))
    return _LINE_BREAK.sub(lambda match: _ESCAPES[match[0]], escaped)


def _refuse_argument(argument: str) -> str | None:
    """What does not arrive in a program as it is given.

    Before PowerShell 7.3, and from then on in batch files, an argument is put into the command line as it stands, with
    double quotes around it where it has a blank.
    https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing
    """
    if not argument:
        return "pass an empty argument to a program"
    if '"' in argument:
        return "pass a double quote to a program"
    if argument.endswith("\\") and any(character.isspace() for character in argument):
        return "pass an argument to a program that has a blank and ends in a backslash"
    # Even within quotes. NativeCommandParameterBinder.cs
    return "pass --% to a program" if argument == "--%" else None


SHELL = Shell(
    name="powershell",
    title="PowerShell",
    language="powershell",
    render=render,
    refuse=partial(refuse, own_commands=OWN_COMMANDS),
    parse=partial(parse, dialect=Dialect(has_chains=True, has_unicode_escapes=True)),
    call=call,
    # PowerShell 7.5 and later hold it, but 7.4 is supported until November 2026.
    # https://learn.microsoft.com/powershell/scripting/install/powershell-support-lifecycle
    holds_empty=False,
    keeps="$PROFILE",
    interpreters=(("pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-File"),),
    script_suffix=".ps1",
)
