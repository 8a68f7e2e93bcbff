"""Reads the values that Nushell code gives to variables, by the rules of Nushell.

It knows texts, numbers, variables, sums of texts, and what programs print. One thing is taken for granted, because
pages rely on it: where output is trimmed of more or less than the line breaks at its end, that makes no difference.

The manual is https://www.nushell.sh/book/working_with_strings.html.
"""

import re
import sys

from guidewright.model import CommandOutput, Part, Reference
from guidewright.snippets.scanner import Scanner, Word
from guidewright.snippets.shell import UnreadableCodeError

HISTORY_MARK = re.compile(r"(?<= )!(?=[!$0-9-])")
"""What the prompt takes for a command of its history, even within quotes.

https://www.nushell.sh/blog/2024-05-15-bashisms.html
"""

HOLDS_NO_TEXT = frozenset({"CONFIG", "ENV_CONVERSIONS", "NU_LIB_DIRS", "NU_PLUGIN_DIRS", "PATH"})
"""Variables, in capitals, that hold lists and records. https://www.nushell.sh/book/special_variables.html."""

ALWAYS_SET = frozenset({"HOME", "PATH"})
"""Variables of every session."""

_END = r"(?=[\s;|)\]},]|\Z)"
_END_OF_VALUE = re.compile(_END)
_END_OF_WORD = re.compile(r"(?=[\s;|)}]|\Z)")
_END_OF_COMMAND = re.compile(r"(?=[\n;|)}]|\Z)")
_BLANK = re.compile(r"(?:[ \t\r]+(?:#[^\n]*)?)+")
_BLANK_OR_LINE_BREAK = re.compile(r"(?:\s|#[^\n]*)+")
_PIPE = re.compile(r"\s*\|")
_PLUS = re.compile(r"[ \t\r]+\+\+?[ \t\r]+")
# Nushell takes "#" behind the opening quote for the end, or not, depending on what follows.
_RAW_TEXT = re.compile(r"r(#+)'(?!\1)")
_STARTS_A_TEXT = re.compile(r"(?=\$?['\"]|r#)")
_INTERPOLATION = re.compile(r"\$(['\"])")
_IN_ENVIRONMENT = re.compile(rf"\$env\.(['\"]?)([\w-]+)\1{_END}")
_IN_ENVIRONMENT_IF_SET = re.compile(r"\(\s*\$env\.([\w-]+)\?\s*\)")
_CONSTANT = re.compile(rf"\$(\w+){_END}")
_NUMBER = re.compile(rf"(?:true|false|0|-?[1-9][0-9]{{0,14}}|-?(?:0|[1-9][0-9]{{0,8}})\.[0-9]{{0,5}}[1-9]){_END}")
# Within a word, quotes know no escape sequences.
_PIECE_OF_WORD = re.compile(r"(?!\.\.\.)([\w@%+:,./=-]+#?)|'([^']*)'|\"([^\"\\]*)\"")
# https://www.nushell.sh/book/working_with_strings.html#double-quoted-strings
_ESCAPE = re.compile(
    r"\\(?:(?P<letter>[abefnrt])|(?P<sign>[\"'#$()/\\^{|}~])"
    r"|x(?P<byte>[0-7][0-9A-Fa-f])|u\{(?P<code>[0-9A-Fa-f]{1,6})\})"
)
_LETTERS = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_TRIM = re.compile(r"str trim(?: -r| --right| -c \n| --char \n)*")


def skip_blank(scanner: Scanner, *, with_line_breaks: bool) -> None:
    """Go past blanks and comments."""
    scanner.take_match(_BLANK_OR_LINE_BREAK if with_line_breaks else _BLANK)


def take_text(scanner: Scanner) -> str | None:
    """Read a text in quotes, if one comes next.

    Raises:
        UnreadableCodeError: it is not well-formed.
    """
    if raw := scanner.take_match(_RAW_TEXT):
        return scanner.take_until(f"'{raw[1]}", "a raw string")
    if scanner.take_if("'"):
        return scanner.take_until("'", "a quoted text")
    if not scanner.take_if('"'):
        return None
    text, opened_at = "", scanner.line
    while not scanner.take_if('"'):
        if scanner.is_at_end:
            raise UnreadableCodeError("a quoted text starts here and does not end", opened_at)
        text += _escaped(scanner) if scanner.peek() == "\\" else scanner.take()
    return text


def take_words(scanner: Scanner, *, is_within: bool) -> list[str]:
    """Read the words of a command: the program and its arguments.

    https://www.nushell.sh/book/running_externals.html

    Args:
        scanner: where the first one starts.
        is_within: whether parentheses are around the command, so that it may go on in the next line.

    Raises:
        UnreadableCodeError: a word is not known from the code alone.
    """
    words = list[str]()
    skip_blank(scanner, with_line_breaks=is_within)
    while not scanner.take_match(_END_OF_COMMAND):
        words.append(_take_word(scanner))
        skip_blank(scanner, with_line_breaks=is_within)
    return words


class ValueReader:
    """Reads values at the place where a scanner is.

    Attributes:
        spelling: how the code spells the environment variables that it has set; the key is in capitals.
        constants: what the variables hold that are not in the environment; None where that is not known.
    """

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self.spelling = {name: name for name in ALWAYS_SET}
        self.constants: dict[str, tuple[Part, ...] | None] = {}

    def pipeline(self, *, is_within: bool = False) -> tuple[Part, ...]:
        """Read a value that may be a sum, or what a program prints.

        Args:
            is_within: whether parentheses are around it.

        Raises:
            UnreadableCodeError: the code is not well-formed, or the value can't be told from it.
        """
        skip_blank(self._scanner, with_line_breaks=is_within)
        if self._scanner.take_if("^"):
            return (self._output(is_within=is_within),)
        line, is_text = self._scanner.line, self._is_at_text()
        values = [self.operand()]
        while self._scanner.take_match(_PLUS):
            is_text = self._is_at_text() or is_text
            values.append(self.operand())
        if len(values) > 1 and not is_text:
            raise UnreadableCodeError("whether this sum is of numbers or of texts can't be told from the code", line)
        return tuple(part for value in values for part in value)

    def operand(self) -> tuple[Part, ...]:
        """Read a value that is not a sum.

        Raises:
            UnreadableCodeError: the code is not well-formed, or the value can't be told from it.
        """
        scanner, line = self._scanner, self._scanner.line
        value: tuple[Part, ...]
        if name := scanner.take_match(_IN_ENVIRONMENT):
            value = (self._reference(name[2], line),)
        elif name := scanner.take_match(_CONSTANT):
            value = self._constant(name[1], line)
        elif number := scanner.take_match(_NUMBER):
            value = (number[0],)
        elif interpolation := scanner.take_match(_INTERPOLATION):
            value = self._interpolated(interpolation[1], line)
        elif scanner.take_if("("):
            value = self._within_parentheses(line)
        else:
            text = take_text(scanner)
            if text is None:
                raise UnreadableCodeError('this value can\'t be told from the code; programs are called with "^"', line)
            value = (text,)
        if not scanner.take_match(_END_OF_VALUE):
            raise UnreadableCodeError("how this value goes on can't be told from the code", line)
        return value

    def _is_at_text(self) -> bool:
        return self._scanner.take_match(_STARTS_A_TEXT) is not None

    def _within_parentheses(self, line: int) -> tuple[Part, ...]:
        value = self.pipeline(is_within=True)
        skip_blank(self._scanner, with_line_breaks=True)
        if not self._scanner.take_if(")"):
            raise UnreadableCodeError("what is between these parentheses can't be told from the code", line)
        return value

    def _interpolated(self, quote: str, line: int) -> tuple[Part, ...]:
        """https://www.nushell.sh/book/working_with_strings.html#string-interpolation."""
        scanner, text = self._scanner, Word(line)
        while not scanner.take_if(quote):
            if scanner.is_at_end:
                raise UnreadableCodeError("a quoted text starts here and does not end", line)
            if name := scanner.take_match(_IN_ENVIRONMENT_IF_SET):
                text.add(self._reference(name[1], line))
            elif scanner.take_if("("):
                for part in self._within_parentheses(scanner.line):
                    text.add(part)
            else:
                text.add(_escaped(scanner) if quote == '"' and scanner.peek() == "\\" else scanner.take())
        return tuple(text.parts)

    def _output(self, *, is_within: bool) -> CommandOutput:
        line = self._scanner.line
        words = take_words(self._scanner, is_within=is_within)
        while self._scanner.take_match(_PIPE):
            if not _TRIM.fullmatch(" ".join(take_words(self._scanner, is_within=is_within))):
                raise UnreadableCodeError("what becomes of the output can't be told without running the code", line)
        return CommandOutput(tuple(words))

    def _reference(self, name: str, line: int) -> Reference:
        if name.upper() in HOLDS_NO_TEXT:
            raise UnreadableCodeError(f"{name} holds no text, so what becomes of it can't be told from the code", line)
        return Reference(self.spelling.get(name.upper(), name))

    def _constant(self, name: str, line: int) -> tuple[Part, ...]:
        value = self.constants.get(name)
        if value is None:
            raise UnreadableCodeError(f"what ${name} holds can't be told from the code", line)
        return value


def _take_word(scanner: Scanner) -> str:
    line, start = scanner.line, scanner.position
    text = take_text(scanner)
    if text is not None and scanner.take_match(_END_OF_WORD):
        return text
    scanner.position, word = start, ""
    while not scanner.take_match(_END_OF_WORD):
        piece = scanner.take_match(_PIECE_OF_WORD)
        if piece is None:
            raise UnreadableCodeError("this word can't be told from the code", line)
        word += piece[piece.lastindex or 0]
    return word


def _escaped(scanner: Scanner) -> str:
    escape = scanner.take_match(_ESCAPE)
    if escape is None:
        raise UnreadableCodeError("this backslash starts no escape sequence", scanner.line)
    if escape["letter"] or escape["sign"]:
        return _LETTERS.get(escape["letter"], escape["sign"])
    code_point = int(escape["byte"] or escape["code"], 16)
    if not 0 < code_point <= sys.maxunicode:
        raise UnreadableCodeError(f'"{escape[0]}" stands for no character', scanner.line)
    return chr(code_point)
