"""Splits code for bash, zsh or POSIX sh into simple commands, and those into words.

The manual is https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html ("Shell Command Language").
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guidewright.model import CommandOutput, Reference
from guidewright.snippets.scanner import Scanner, Word
from guidewright.snippets.shell import UnreadableCodeError

_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=")
_BLANK = re.compile(r"[ \t]+|\\\n")
_COMMENT = re.compile(r"#[^\n]*")
_OPERATOR = re.compile(r"&&|\|\||\|&|[;&|\n]")
_REDIRECTION = re.compile(r"[0-9]*(?:<<<|<<-?|<>|<&|>>|>&|>\||<|>)[ \t]*")
_HERE_DOCUMENTS = {"<<", "<<-"}
_TILDE = re.compile(r"~(?=[/\s;&|)]|$)")
_TILDE_IN_LIST = re.compile(r"~(?=[/:\s;&|)]|$)")
_BRACE_EXPANSION = re.compile(r"\{[^\s{}]*(?:,|\.\.)[^\s{}]*\}")
_BRACED = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_UNBRACED = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
_SPECIAL_PARAMETER = re.compile(r"\$[0-9*@#?$!_-]")
# What stands for itself, in one go: most of what there is.
_PLAIN = re.compile(r"[A-Za-z0-9_/.,@%+-]+")
_PLAIN_IN_DOUBLE_QUOTES = re.compile(r'[^$`"\\!]+')
_PARENTHESES = tuple("()")
_QUOTES = tuple("'\"")
_GLOBBING = tuple("*?[")
_ENDS_A_WORD = tuple(" \t\n;&|()<>")
_ESCAPED_IN_DOUBLE_QUOTES = tuple('$`"\\')
_AFTER_A_HARMLESS_MARK = " \t\n="
# https://www.gnu.org/software/bash/manual/html_node/Event-Designators.html: `!`, and `^` where a line starts.
HISTORY_ON_A_LATER_LINE = re.compile(r"\n[\s\S]*!|\n\^")
"""What an interactive shell expands within quotes that an earlier line opened: it looks at each line alone."""

# https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
_ANSI_C_ESCAPE = re.compile(
    r"\\(?:x(?P<hex>[0-9A-Fa-f]{1,2})|u(?P<u>[0-9A-Fa-f]{1,4})|U(?P<U>[0-9A-Fa-f]{1,8})"
    r"|(?P<octal>[0-7]{1,3})|(?P<letter>.))",
    re.DOTALL,
)
_LAST_OF_ASCII = 0x7F
# https://zsh.sourceforge.io/Doc/Release/Expansion.html#Parameter-Expansion and #Modifiers
_SUBSCRIPT_OR_MODIFIER = re.compile(r"\[|:[A-Za-z&]")
_FLAG = re.compile(r"\$[+~=^](?=[A-Za-z_{])")
_TAKEN_FOR_HISTORY = 'the shell takes "!" or "^" for a command of its history'
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
        has_ansi_c_quotes: whether ``$'...'`` is a text with escape sequences.
        has_translated_quotes: whether ``$"..."`` is a text.
        expands_more: whether an expansion goes on behind ``$NAME`` with a subscript or a modifier, can start with a
            flag, and a value that starts with ``=`` is the path of a program.
    """

    expands_history: bool
    has_ansi_c_quotes: bool
    has_translated_quotes: bool
    expands_more: bool


@dataclass(frozen=True, slots=True)
class Command:
    """A simple command.

    Attributes:
        words: without redirections.
        redirection: the first one; None if there is none.
        before: the operator in front of it.
        after: the operator behind it.
    """

    words: Sequence[Word]
    redirection: Word | None
    before: str
    after: str

    @property
    def line(self) -> int:
        """On which it starts, 1-based."""
        return self.words[0].line if self.words else (self.redirection or Word(1)).line


def is_assignment(word: Word) -> bool:
    """Whether a word sets a variable where it stands before a command, or behind one that declares."""
    first = word.parts[0] if word.parts else None
    return isinstance(first, str) and _ASSIGNMENT.match(first) is not None


def read_commands(code: str, dialect: Dialect) -> Iterator[Command]:
    """Split code into commands.

    Args:
        code: any number of commands.
        dialect: of the shell.

    Yields:
        The simple commands.

    Raises:
        UnreadableCodeError: the code is not well-formed, or it has commands within parentheses.
    """
    return _Reader(Scanner(code), dialect).commands()


class _Reader:
    """Splits code into simple commands, and those into words."""

    def __init__(self, scanner: Scanner, dialect: Dialect) -> None:
        self._scanner = scanner
        self._dialect = dialect

    def commands(self, end: str = "") -> Iterator[Command]:
        """The simple commands up to ``end``, or to the end of the code.

        Raises:
            UnreadableCodeError: the code is not well-formed.
        """
        scanner, words, redirection, before = self._scanner, list[Word](), None, ""
        opened_at = scanner.line
        while not scanner.is_at_end and not (end and scanner.peek() == end):
            if scanner.take_match(_BLANK):
                continue
            if scanner.peek() == "#":
                scanner.take_match(_COMMENT)
            elif operator := scanner.take_match(_OPERATOR):
                if words or redirection:
                    yield Command(words, redirection, before, operator[0])
                    words, redirection, before = [], None, operator[0]
            elif scanner.peek() in _PARENTHESES:
                raise UnreadableCodeError("parentheses are a command of their own here", scanner.line)
            elif found := scanner.take_match(_REDIRECTION):
                target = self._redirection(found[0].strip())
                redirection = redirection or target
            else:
                words.append(self._word())
        if end and not scanner.take_if(end):
            raise UnreadableCodeError("a command substitution starts here and does not end", opened_at)
        if words or redirection:
            yield Command(words, redirection, before, "")

    def _redirection(self, sign: str) -> Word:
        line = self._scanner.line
        if sign.lstrip("0123456789") in _HERE_DOCUMENTS:
            raise UnreadableCodeError("a here-document starts here, whose lines are no commands", line)
        # A target that is missing is no well-formed code, but it is told as what it is: "<" of a placeholder, mostly.
        self._word()
        return Word(line, unknown=f'"{sign}" redirects input or output here')

    def _word(self) -> Word:
        scanner = self._scanner
        word = Word(scanner.line, is_bare=scanner.peek() not in _QUOTES)
        while not scanner.is_at_end and scanner.peek() not in _ENDS_A_WORD:
            if plain := scanner.take_match(_PLAIN):
                word.add(plain[0])
                continue
            self._note_unquoted(word)
            if not self._tilde(word):
                self._piece(word)
        return word

    def _tilde(self, word: Word) -> bool:
        """``~`` where a word, the value of an assignment, or an entry of that value starts.

        https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06_01
        """
        scanner = self._scanner
        is_value = word.is_bare and is_assignment(word)
        is_start = scanner.previous in {"=", ":"} if is_value else not word.parts and word.is_bare
        if scanner.peek() != "~" or not is_start:
            return False
        if scanner.take_match(_TILDE_IN_LIST if is_value else _TILDE):
            word.add(Reference("HOME"))
            return True
        word.unknown = 'what the shell makes of "~" can\'t be told from the code'
        return False

    def _note_unquoted(self, word: Word) -> None:
        """Note what the shell expands outside quotes, in ways that the code does not tell."""
        scanner = self._scanner
        is_value = word.is_bare and is_assignment(word)
        is_path = self._dialect.expands_more and scanner.peek() == "=" and scanner.previous == "=" and is_value
        if (
            is_path
            or (not is_value and scanner.peek() in _GLOBBING)
            or (scanner.peek() == "{" and scanner.at_match(_BRACE_EXPANSION))
        ):
            word.unknown = word.unknown or f'what the shell makes of "{scanner.peek()}" can\'t be told from the code'

    def _piece(self, word: Word) -> None:
        scanner = self._scanner
        if scanner.take_if("\\\n"):
            return
        if scanner.take_if("\\"):
            word.add(scanner.take())
        elif scanner.take_if("'"):
            word.add(self._single_quoted(word))
        elif scanner.take_if("$'"):
            if not self._dialect.has_ansi_c_quotes:
                word.unknown = "not every such shell knows $'...'"
            word.add(self._ansi_c_text())
        elif scanner.take_if('"') or (self._dialect.has_translated_quotes and scanner.take_if('$"')):
            self._double_quoted(word)
        elif not self._expansion(word):
            self._note_history(word, within_quotes=False)
            word.add(scanner.take())

    def _single_quoted(self, word: Word) -> str:
        text = self._scanner.take_until("'", "a quoted text")
        if self._dialect.expands_history and HISTORY_ON_A_LATER_LINE.search(text):
            word.unknown = _TAKEN_FOR_HISTORY
        return text

    def _double_quoted(self, word: Word) -> None:
        scanner, opened_at = self._scanner, self._scanner.line
        start = scanner.position
        while not scanner.take_if('"'):
            if scanner.is_at_end:
                raise UnreadableCodeError("a quoted text starts here and does not end", opened_at)
            if plain := scanner.take_match(_PLAIN_IN_DOUBLE_QUOTES):
                word.add(plain[0])
                continue
            if scanner.take_if("\\\n"):
                continue
            if scanner.peek() == "\\" and scanner.peek(1) in _ESCAPED_IN_DOUBLE_QUOTES:
                scanner.take()
                word.add(scanner.take())
            elif not self._expansion(word):
                self._note_history(word, within_quotes=True)
                word.add(scanner.take())
        if self._dialect.expands_history and HISTORY_ON_A_LATER_LINE.search(scanner.taken_since(start)):
            word.unknown = _TAKEN_FOR_HISTORY

    def _ansi_c_text(self) -> str:
        scanner, text, opened_at = self._scanner, "", self._scanner.line
        while not scanner.take_if("'"):
            if scanner.is_at_end:
                raise UnreadableCodeError("a quoted text starts here and does not end", opened_at)
            escape = scanner.take_match(_ANSI_C_ESCAPE)
            text += _ansi_c_character(escape, scanner.line) if escape else scanner.take()
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
            if self._dialect.expands_more and scanner.at_match(_SUBSCRIPT_OR_MODIFIER):
                word.unknown = f'the shell takes "{scanner.peek()}" for a part of the expansion; write ${{NAME}}'
        elif self._dialect.expands_more and scanner.take_match(_FLAG):
            word.unknown = "what the expansion comes to can't be told from the code"
        elif scanner.take_match(_SPECIAL_PARAMETER):
            word.unknown = "what the shell puts here can't be told from the code"
        else:
            return False
        return True

    def _substitution(self, word: Word) -> None:
        line = self._scanner.line
        commands = list(_Reader(self._scanner, self._dialect).commands(end=")"))
        texts = [text for inner in commands[:1] for text in (part.text for part in inner.words) if text is not None]
        if len(commands) == 1 and len(texts) == len(commands[0].words) and commands[0].redirection is None:
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
            word.unknown = _TAKEN_FOR_HISTORY


def _ansi_c_character(escape: re.Match[str], line: int) -> str:
    letter, octal = escape["letter"], escape["octal"]
    if letter in _ANSI_C_LETTERS:
        return _ANSI_C_LETTERS[letter]
    byte = int(octal, 8) if octal else int(escape["hex"] or "0", 16)
    code_point = byte or int(escape["u"] or escape["U"] or "0", 16)
    # Bytes beyond ASCII are parts of a character, and of what a NUL ends, shells differ.
    if byte > _LAST_OF_ASCII or not 0 < code_point <= sys.maxunicode:
        raise UnreadableCodeError(f'what "{escape[0]}" stands for can\'t be told from the code', line)
    return chr(code_point)
