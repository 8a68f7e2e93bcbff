"""Reads the variables that code for bash, zsh or POSIX sh sets and removes, by the rules of the shells.

It knows words, quotes, expansions and lists of simple commands: what the snippets of a guide are made of. A compound
command (``if``, a function, a subshell) is refused rather than guessed at.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from guidewright.model import CommandOutput, Part, Reference, Set, Unset
from guidewright.snippets.scanner import Scanner, Word
from guidewright.snippets.shell import FoundChange, UnreadableCodeError

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=")
_BLANK = re.compile(r"[ \t]+|\\\n")
_COMMENT = re.compile(r"#[^\n]*")
_OPERATOR = re.compile(r"&&|\|\||[;&|\n]")
_REDIRECTION = re.compile(r"[0-9]*(?:<<<|<<-?|<>|<&|>>|>&|>\||<|>)[ \t]*")
_TILDE = re.compile(r"~(?=[/\s;&|]|$)")
_BRACED = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_UNBRACED = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
_SPECIAL_PARAMETER = re.compile(r"\$[0-9*@#?$!_-]")
_PARENTHESES = tuple("()")
_QUOTES = tuple("'\"")
_ENDS_A_WORD = tuple(" \t\n;&|()<>")
_ESCAPED_IN_DOUBLE_QUOTES = tuple('$`"\\')
_AFTER_A_HARMLESS_MARK = " \t\n="
_DECLARING = {"export", "declare", "typeset"}
_COMPOUND = {"if", "for", "while", "until", "case", "{", "function", "[[", "!"}
# https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
_ANSI_C_ESCAPE = re.compile(
    r"\\(?:x(?P<hex>[0-9A-Fa-f]{1,2})|u(?P<u>[0-9A-Fa-f]{1,4})|U(?P<U>[0-9A-Fa-f]{1,8})"
    r"|(?P<octal>[0-7]{1,3})|(?P<letter>.))",
    re.DOTALL,
)
_ANSI_C_LETTERS = {
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "E": "\x1b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "?": "?",
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where shells differ in how they read a word.

    Attributes:
        expands_history: whether the shell, used interactively, takes ``!`` for a reference to an earlier command.
        reads_subscripts: whether ``[`` after an unbraced ``$NAME`` belongs to the expansion.
    """

    expands_history: bool
    reads_subscripts: bool


def parse(code: str, dialect: Dialect) -> tuple[FoundChange, ...]:
    """Read the changes that code makes.

    Args:
        code: any number of commands.
        dialect: of the shell.

    Returns:
        The changes to exported variables, in order.

    Raises:
        UnreadableCodeError: the code is not well-formed, or what it does to a variable can't be told from it.
    """
    changes = _Changes()
    for command in _Reader(Scanner(code), dialect).commands():
        changes.apply(command)
    return tuple(changes.found)


class _Changes:
    """Carries simple commands out, as far as they are about variables."""

    def __init__(self) -> None:
        self.found: list[FoundChange] = []
        self._exported: set[str] = set()
        self._not_exported: dict[str, tuple[Part, ...]] = {}

    def apply(self, command: list[Word]) -> None:
        first = command[0].text
        if first in _COMPOUND:
            reason = f'what "{first}" does can\'t be told without running it'
            raise UnreadableCodeError(reason, command[0].line)
        if all(word.is_bare and _is_assignment(word) for word in command):
            for word in command:
                self._assign(word)
        elif first in _DECLARING:
            for word in command[1:]:
                self._export(word)
        elif first == "unset":
            for word in command[1:]:
                self._unset(word)

    def _assign(self, word: Word) -> None:
        name, parts = _split_assignment(word)
        if name in self._exported:
            self._set(name, parts, word.line)
        else:
            self._not_exported[name] = parts

    def _export(self, word: Word) -> None:
        if _is_assignment(word):
            name, parts = _split_assignment(word)
            self._set(name, parts, word.line)
            return
        text = word.text
        if text is None:
            raise UnreadableCodeError(word.unknown or "the name of the variable can't be told from the code", word.line)
        if text.startswith("-"):
            if "n" in text:
                raise UnreadableCodeError("what is taken from the environment can't be told from it", word.line)
            return
        if text in self._not_exported:
            self._set(text, self._not_exported.pop(text), word.line)

    def _unset(self, word: Word) -> None:
        name = word.text
        if name is None:
            raise UnreadableCodeError("the name of the variable can't be told from the code", word.line)
        if _NAME.fullmatch(name):
            self._exported.discard(name)
            self._not_exported.pop(name, None)
            self.found.append(FoundChange(Unset(name), word.line))

    def _set(self, name: str, parts: tuple[Part, ...], line: int) -> None:
        # What a variable that is not exported holds is known here, but not to those who see the environment only.
        known = [piece for part in parts for piece in self._known(part)]
        self._exported.add(name)
        self.found.append(FoundChange(Set(name, tuple(known)), line))

    def _known(self, part: Part) -> tuple[Part, ...]:
        if isinstance(part, Reference):
            return self._not_exported.get(part.name, (part,))
        return (part,)


def _is_assignment(word: Word) -> bool:
    first = word.parts[0] if word.parts else None
    return isinstance(first, str) and _ASSIGNMENT.match(first) is not None


def _split_assignment(word: Word) -> tuple[str, tuple[Part, ...]]:
    first, *others = word.known_parts()
    name, _, text = str(first).partition("=")
    return name, (text, *others) if text else tuple(others)


class _Reader:
    """Splits code into simple commands, and those into words."""

    def __init__(self, scanner: Scanner, dialect: Dialect) -> None:
        self._scanner = scanner
        self._dialect = dialect

    def commands(self, end: str = "") -> Iterator[list[Word]]:
        """The simple commands up to ``end``, or to the end of the code.

        Raises:
            UnreadableCodeError: the code is not well-formed.
        """
        scanner, words = self._scanner, list[Word]()
        opened_at = scanner.line
        while not scanner.is_at_end and not (end and scanner.peek() == end):
            if scanner.take_match(_BLANK):
                continue
            if scanner.peek() == "#":
                scanner.take_match(_COMMENT)
            elif scanner.take_match(_OPERATOR):
                if words:
                    yield words
                words = []
            elif scanner.peek() in _PARENTHESES:
                raise UnreadableCodeError("parentheses are a command of their own here", scanner.line)
            elif redirection := scanner.take_match(_REDIRECTION):
                target = Word(scanner.line, unknown=f'"{redirection[0].strip()}" redirects input or output here')
                words.append(target)
            else:
                words.append(self._word())
        if end and not scanner.take_if(end):
            raise UnreadableCodeError("a command substitution starts here and does not end", opened_at)
        if words:
            yield words

    def _word(self) -> Word:
        scanner = self._scanner
        word = Word(scanner.line, is_bare=scanner.peek() not in _QUOTES)
        while not scanner.is_at_end and scanner.peek() not in _ENDS_A_WORD:
            if word.is_bare and word.text and _ASSIGNMENT.fullmatch(word.text) and scanner.take_match(_TILDE):
                word.add(Reference("HOME"))
            else:
                self._piece(word)
        return word

    def _piece(self, word: Word) -> None:
        scanner = self._scanner
        if scanner.take_if("\\\n"):
            return
        if scanner.take_if("\\"):
            word.add(scanner.take())
        elif scanner.take_if("'"):
            word.add(scanner.take_until("'", "a quoted text"))
        elif scanner.take_if("$'"):
            word.add(self._ansi_c_text())
        elif scanner.take_if('"') or scanner.take_if('$"'):
            self._double_quoted(word)
        elif not self._expansion(word):
            self._note_history(word, within_quotes=False)
            word.add(scanner.take())

    def _double_quoted(self, word: Word) -> None:
        scanner, opened_at = self._scanner, self._scanner.line
        while not scanner.take_if('"'):
            if scanner.is_at_end:
                raise UnreadableCodeError("a quoted text starts here and does not end", opened_at)
            if scanner.take_if("\\\n"):
                continue
            if scanner.peek() == "\\" and scanner.peek(1) in _ESCAPED_IN_DOUBLE_QUOTES:
                scanner.take()
                word.add(scanner.take())
            elif not self._expansion(word):
                self._note_history(word, within_quotes=True)
                word.add(scanner.take())

    def _ansi_c_text(self) -> str:
        scanner, text, opened_at = self._scanner, "", self._scanner.line
        while not scanner.take_if("'"):
            if scanner.is_at_end:
                raise UnreadableCodeError("a quoted text starts here and does not end", opened_at)
            escape = scanner.take_match(_ANSI_C_ESCAPE)
            text += _ansi_c_character(escape) if escape else scanner.take()
        return text

    def _expansion(self, word: Word) -> bool:
        """Read what a dollar sign or a backtick starts, if there is one."""
        scanner = self._scanner
        if scanner.peek() == "`":
            word.unknown = "what stands between backticks can't be told without running it; write $(...)"
            scanner.take()
            scanner.take_until("`", "a command substitution")
        elif scanner.take_if("$(("):
            word.unknown = "the result of the arithmetic can't be told from the code"
            scanner.take_until("))", "an arithmetic expansion")
        elif scanner.take_if("$("):
            self._substitution(word)
        elif braced := scanner.take_match(_BRACED):
            word.add(Reference(braced[1]))
        elif scanner.take_if("${"):
            word.unknown = "what the expansion comes to can't be told from the code"
            scanner.take_until("}", "an expansion")
        elif unbraced := scanner.take_match(_UNBRACED):
            word.add(Reference(unbraced[1]))
            if self._dialect.reads_subscripts and scanner.peek() == "[":
                word.unknown = "the shell takes the bracket for a subscript; write ${NAME}"
        elif scanner.take_match(_SPECIAL_PARAMETER):
            word.unknown = "what the shell puts here can't be told from the code"
        else:
            return False
        return True

    def _substitution(self, word: Word) -> None:
        line = self._scanner.line
        commands = list(_Reader(self._scanner, self._dialect).commands(end=")"))
        texts = [text for inner in commands[:1] for text in (part.text for part in inner) if text is not None]
        if len(commands) == 1 and len(texts) == len(commands[0]):
            word.add(CommandOutput(tuple(texts)))
        else:
            word.unknown = word.unknown or f"what the command on line {line} runs can't be told from the code"

    def _note_history(self, word: Word, *, within_quotes: bool) -> None:
        """``!`` starts a history expansion, but not before a blank, ``=`` or the closing quote.

        https://www.gnu.org/software/bash/manual/html_node/Event-Designators.html
        """
        scanner = self._scanner
        harmless = _AFTER_A_HARMLESS_MARK + ('"' if within_quotes else "(")
        if (
            self._dialect.expands_history
            and scanner.peek() == "!"
            and scanner.peek(1)
            and scanner.peek(1) not in harmless
        ):
            word.unknown = 'the shell takes "!" for a command of its history'


def _ansi_c_character(escape: re.Match[str]) -> str:
    if letter := escape["letter"]:
        return _ANSI_C_LETTERS.get(letter, escape[0])
    if octal := escape["octal"]:
        return chr(int(octal, 8) & 0xFF)
    code_point = int(escape["hex"] or escape["u"] or escape["U"], 16)
    if code_point > sys.maxunicode:
        raise UnreadableCodeError(f"there is no character {escape[0]}", 1)
    return chr(code_point)
