"""Reads the variables that code for cmd.exe sets and removes, by the rules of its prompt.

Each line goes through the steps that https://learn.microsoft.com/windows-server/administration/windows-commands/cmd,
``.../set_1`` and ``.../for`` describe: ``%NAME%`` is replaced, then quotes and carets say what is special. What is in
a block or behind an ``if`` is refused rather than guessed at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from guidewright.model import CommandOutput, Part, Reference, Set, Unset
from guidewright.snippets.scanner import Scanner, Word
from guidewright.snippets.shell import FoundChange, UnreadableCodeError

STORED_AT = r"HKCU\Environment"
"""Where ``setx`` stores the variables of a user."""

LONGEST_STORED = 1024
"""How many characters ``setx`` stores."""

OWN_VARIABLES = frozenset(
    {"CD", "CMDCMDLINE", "CMDEXTVERSION", "DATE", "ERRORLEVEL", "HIGHESTNUMANODENUMBER", "RANDOM", "TIME"}
)
"""Variables, in capitals, that the shell works out each time they are read, unless someone sets them (``set /?``)."""

_BEFORE_A_COMMAND = re.compile(r"[ \t,;=@]+")
_OPERATOR_SIGNS = tuple("&|")
_OPERATOR = re.compile(r"&&|\|\||[&|]")
_COMMENT = re.compile(r"(?::|rem(?![^\s,;=./:(]))[^\n]*", re.IGNORECASE)
_PROMPT = re.compile(r'[A-Za-z]:\\[^\s<>|&"]*>[ \t]*setx?\b', re.IGNORECASE)
_FOR_OUTPUT = re.compile(
    r'for[ \t]+/f[ \t]+"(?P<options>[^"\n]*)"[ \t]+(?P<variable>%%?[A-Za-z])[ \t]+in[ \t]*'
    r"\([ \t]*(?P<mark>['`])(?P<command>[^\n]*?)(?P=mark)[ \t]*\)[ \t]*do[ \t]+",
    re.IGNORECASE,
)
# The options that take a line whole, and the mark around the command that goes with each.
_WHOLE_LINE = {"delims=": "'", "tokens=*": "'", "usebackq delims=": "`", "usebackq tokens=*": "`"}
_COMMAND_WORD = re.compile(r'[ \t]*(?:"([^"%^&|<>]+)(?<!\\)"|([^\s"%^&|<>,;=()]+))(?=[ \t]|$)')
_REFERENCE = re.compile(r"%([A-Za-z_][A-Za-z0-9_()]*)%")
_CHANGED_REFERENCE = re.compile(r"%[A-Za-z_][A-Za-z0-9_()]*:[^%\n]*%")
_REDIRECTION = re.compile(r'(?:(?<![^\s,;="])[0-9])?(?P<sign>>>|<|>)(?:&[0-9])?[ \t]*(?:"[^"\n]*"?|[^\s,;=&|<>()"])*')
_FIRST_WORD = re.compile(r"[^\s,;=/]+")
_COMPOUND = re.compile(r"[()]|(?:if|else|for|call)(?![\w.-])", re.IGNORECASE)
_MAY_SET = re.compile(r'\bset\s+"?[^"=\s]+=|\bset\s*"?/[ap]|\bsetx\b', re.IGNORECASE)
# The quotes of an argument, with the backslashes before them, and any other character.
_QUOTES_OR_CHARACTER = re.compile(r'(?P<backslashes>\\*)(?P<quotes>"+)|.', re.DOTALL)
_SET_BY_OTHER_MEANS = {"path", "prompt"}
_NOT_TEXT = "\ufffc"


def length(text: str) -> int:
    """How many characters Windows counts, which is in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(slots=True)
class _Command:
    """A simple command.

    Attributes:
        items: single characters, without the carets that escape, and what stands for other texts.
        unknown: why not all of it can be told from the code; empty where it can.
        redirection: its sign and the number of items before it.
        depth: by how much it opens more parentheses than it closes.
        is_piped: whether it runs in a shell of its own.
    """

    line: int
    items: list[Part] = field(default_factory=list)
    unknown: str = ""
    redirection: tuple[str, int] | None = None
    depth: int = 0
    is_piped: bool = False

    @property
    def text(self) -> str:
        """A character for each item."""
        return "".join(item if isinstance(item, str) else _NOT_TEXT for item in self.items)


def parse(code: str) -> tuple[FoundChange, ...]:
    """Read the changes that code makes. What ``setx`` stores counts like what ``set`` sets.

    Args:
        code: any number of lines.

    Returns:
        The changes to variables, in order. A name is spelled as where it first stands, for case does not count.

    Raises:
        UnreadableCodeError: the code is not well-formed, or what it does to a variable can't be told from it.
    """
    changes = _Changes()
    for commands in _Reader(Scanner(code.replace("\r\n", "\n"))).lines():
        changes.apply(commands)
    return tuple(changes.found)


class _Changes:
    """Carries lines of simple commands out, as far as they are about variables."""

    def __init__(self) -> None:
        self.found: list[FoundChange] = []
        self._spellings: dict[str, str] = {}
        self._removed: set[str] = set()
        self._set_on_this_line: set[str] = set()
        self._depth = 0

    def apply(self, commands: Sequence[_Command]) -> None:
        is_compound, self._set_on_this_line = self._depth > 0, set()
        for command in commands:
            is_compound = is_compound or _COMPOUND.match(command.text) is not None
            if not is_compound:
                self._apply(command)
                continue
            self._depth = max(0, self._depth + command.depth)
            if _MAY_SET.search(command.text):
                raise UnreadableCodeError(
                    'what is set within "if", "for", "call" or parentheses can\'t be told without running it',
                    command.line,
                )

    def _apply(self, command: _Command) -> None:
        first = _FIRST_WORD.match(command.text)
        name = first[0].lower().removesuffix(".exe") if first else ""
        end = first.end() if first else 0
        if name == "set" and not command.is_piped:
            self._set(command, end)
        elif name == "setx":
            self._setx(command)
        elif name == "reg":
            self._reg(command)
        elif name in _SET_BY_OTHER_MEANS and command.text[end:].strip():
            raise UnreadableCodeError(f'"{name}" changes the variable {name.upper()}; write "set"', command.line)

    def _set(self, command: _Command, start: int) -> None:
        """By https://learn.microsoft.com/windows-server/administration/windows-commands/set_1.

        Behind an opening quote, the text goes up to the last quote; without one, up to the end of the command.
        """
        text = command.text
        start += len(text[start:]) - len(text[start:].lstrip())
        end, is_quoted = len(text), text.startswith('"', start)
        if is_quoted:
            start += 1
            end = text.rfind('"', start) if '"' in text[start:] else end
        name, equals, _ = text[start:end].partition("=")
        if name[:2].lower() in {"/a", "/p"}:
            raise UnreadableCodeError(f'what "set {name[:2]}" stores can\'t be told from the code', command.line)
        if not equals:
            return
        if command.redirection and not (is_quoted and end < command.redirection[1]):
            raise _redirected(command)
        if not name or _NOT_TEXT in name:
            raise UnreadableCodeError("the name of the variable can't be told from the code", command.line)
        if name != "".join(name.split()):
            raise UnreadableCodeError('the shell takes a blank before "=" for a part of the name', command.line)
        value = Word(command.line, unknown=command.unknown)
        for item in command.items[start + len(name) + 1 : end]:
            value.add(item)
        self._note(name, value)

    def _setx(self, command: _Command) -> None:
        """By https://learn.microsoft.com/windows-server/administration/windows-commands/setx."""
        words = [word for word in _arguments(command)[1:] if (word.text or "").lower() not in {"/m", "-m"}]
        name = words[0].text if words else None
        if len(words) != len(("name", "value")) or not name or name.startswith("/"):
            raise UnreadableCodeError('"setx" is not used as in: setx NAME "value"', command.line)
        if length(words[1].text or "") > LONGEST_STORED:
            raise UnreadableCodeError(f'"setx" cuts a text after {LONGEST_STORED} characters', command.line)
        self._note(name, words[1])

    def _reg(self, command: _Command) -> None:
        """By https://learn.microsoft.com/windows-server/administration/windows-commands/reg-delete."""
        words = [word.text or "" for word in _arguments(command)]
        if not any(word.lower().endswith("\\environment") for word in words):
            return
        match [word.lower() for word in words[1:]]:
            case ["delete", _, "/v", _, "/f"]:
                self._note(words[4], Word(command.line))
            case ["query", *_]:
                pass
            case _:
                raise UnreadableCodeError('"reg" is not used as in: reg delete KEY /v NAME /f', command.line)

    def _note(self, name: str, value: Word) -> None:
        parts = tuple(
            Reference(self._spellings.get(part.name.upper(), part.name)) if isinstance(part, Reference) else part
            for part in value.known_parts()
        )
        referred = {part.name.upper() for part in parts if isinstance(part, Reference)}
        if referred & self._set_on_this_line:
            raise UnreadableCodeError("the prompt reads all variables of a line before it sets one", value.line)
        if referred & self._removed:
            raise UnreadableCodeError("the prompt leaves the name of a missing variable as it stands", value.line)
        spelling = self._spellings.setdefault(name.upper(), name)
        self._set_on_this_line.add(name.upper())
        (self._removed.discard if parts else self._removed.add)(name.upper())
        self.found.append(FoundChange(Set(spelling, parts) if parts else Unset(spelling), value.line))


def _redirected(command: _Command) -> UnreadableCodeError:
    sign = command.redirection[0] if command.redirection else ""
    return UnreadableCodeError(f'"{sign}" redirects input or output here', command.line)


def _arguments(command: _Command) -> list[Word]:
    """Split a command into words as a program in C does.

    https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments

    Raises:
        UnreadableCodeError: a redirection stands between them.
    """
    if command.redirection and command.text[command.redirection[1] :].strip():
        raise _redirected(command)
    words, is_within, is_quoted = list[Word](), False, False
    for match in _QUOTES_OR_CHARACTER.finditer(command.text):
        if match[0].isspace() and not is_quoted:
            is_within = False
            continue
        if not is_within:
            words.append(Word(command.line, unknown=command.unknown))
            is_within = True
        if match["quotes"]:
            kept, escapes = divmod(len(match["backslashes"]), 2)
            # An escaped quote is text, and so is each doubled one within quotes.
            opens = not is_quoted and len(match["quotes"]) > escapes
            doubled, closes = divmod(len(match["quotes"]) - escapes - opens, 2)
            is_quoted = (is_quoted or opens) and not closes
            words[-1].add("\\" * kept + '"' * (escapes + doubled))
        else:
            words[-1].add(command.items[match.start()])
    return words


class _Reader:
    """Splits code into lines of simple commands."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._loop_variable = ""
        self._output: CommandOutput | None = None

    def lines(self) -> Iterator[list[_Command]]:
        """The simple commands of each line.

        Raises:
            UnreadableCodeError: a line starts with a prompt.
        """
        while not self._scanner.is_at_end:
            yield self._line()

    def _line(self) -> list[_Command]:
        scanner, commands, is_piped = self._scanner, list[_Command](), False
        self._loop_variable = ""
        while not scanner.is_at_end and not scanner.take_if("\n"):
            if scanner.take_match(_BEFORE_A_COMMAND) or scanner.take_match(_COMMENT):
                continue
            if scanner.take_match(_PROMPT):
                raise UnreadableCodeError("the line starts with a prompt, which would be copied along", scanner.line)
            if loop := scanner.take_match(_FOR_OUTPUT):
                self._loop_variable = loop["variable"]
                self._output = _output(loop)
            elif operator := scanner.take_match(_OPERATOR):
                is_piped = operator[0] == "|"
                if commands and is_piped:
                    commands[-1].is_piped = True
            else:
                commands.append(self._command(is_piped=is_piped))
        return commands

    def _command(self, *, is_piped: bool) -> _Command:
        scanner, is_quoted = self._scanner, False
        command = _Command(scanner.line, is_piped=is_piped)
        while not scanner.is_at_end and scanner.peek() != "\n":
            if scanner.peek() == "%":
                self._percent_sign(command)
            elif scanner.take_if('"'):
                is_quoted = not is_quoted
                command.items.append('"')
            elif is_quoted:
                command.items.append(scanner.take())
            elif scanner.peek() in _OPERATOR_SIGNS:
                break
            elif scanner.take_if("^"):
                scanner.take_if("\n")
                command.items.extend(scanner.take() if scanner.peek() != "%" else "")
            elif redirection := scanner.take_match(_REDIRECTION):
                command.redirection = command.redirection or (redirection["sign"], len(command.items))
            else:
                command.depth += {"(": 1, ")": -1}.get(scanner.peek(), 0)
                command.items.append(scanner.take())
        return command

    def _percent_sign(self, command: _Command) -> None:
        scanner = self._scanner
        if reference := scanner.take_match(_REFERENCE):
            command.items.append(Reference(reference[1]))
            if reference[1].upper() in OWN_VARIABLES:
                command.unknown = f"the shell works {reference[0]} out when it reads it"
        elif self._loop_variable and scanner.take_if(self._loop_variable):
            if self._output:
                command.items.append(self._output)
            else:
                command.unknown = f"what {self._loop_variable} stands for can't be told from the code"
        elif scanner.take_match(_CHANGED_REFERENCE):
            command.unknown = "what a part of a variable comes to can't be told from the code"
        else:
            command.items.append(scanner.take())
            command.unknown = "a single percent sign stays at the prompt and vanishes in a batch file"


def _output(loop: re.Match[str]) -> CommandOutput | None:
    """What a ``for /f`` puts into its variable, where that is what one simple command prints."""
    words = _COMMAND_WORD.findall(loop["command"])
    is_simple = _COMMAND_WORD.sub("", loop["command"]).strip() == ""
    if not words or not is_simple or _WHOLE_LINE.get(loop["options"].lower()) != loop["mark"]:
        return None
    return CommandOutput(tuple(quoted or plain for quoted, plain in words))
