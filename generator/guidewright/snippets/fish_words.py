"""Splits fish code into simple commands, and those into words.

The manual is https://fishshell.com/docs/current/language.html.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from guidewright.model import CommandOutput, Part, Reference
from guidewright.snippets.scanner import Scanner, Word
from guidewright.snippets.shell import UnreadableCodeError

NAME = re.compile(r"\w+")
"""The name of a variable: letters and digits of any script."""

_BLANK = re.compile(r"[ \t\r]+")
_CONTINUATION = "\\\n"
_COMMENT = re.compile(r"#[^\n]*")
_OPERATOR = re.compile(r"&&|\|\||(?:[0-9]*>|&)?\||;|\n|&(?!>)")
_REDIRECTION = re.compile(r"(?:[0-9]+|&)?(?:>>|>\?|>&|<&|>|<)")
# "&" within a word is an ordinary character.
_END_OF_WORD = re.compile(r"(?=[ \t\r\n;|<>)]|&[\s;&|<>)]|&?\Z)")
_HOME = re.compile(rf"~(?:(?=/)|{_END_OF_WORD.pattern})")
_OWN_PROCESS = re.compile(rf"%self{_END_OF_WORD.pattern}")
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_NAME_IN_BRACES = re.compile(r"\{\$(\w+)\}")
_TEXT_IN_BRACES = re.compile(r"\{[\w./:@%+-]*\}")
_EXPANDING = tuple("*?{}")
_QUOTES = tuple("'\"")
# https://fishshell.com/docs/current/language.html#quotes
_ESCAPED_IN_QUOTES = {"'": tuple("'\\"), '"': tuple('"\\$')}
# https://fishshell.com/docs/current/language.html#escaping-characters
_ESCAPE = re.compile(
    r"[xX](?P<byte>[0-9A-Fa-f]{1,2})|u(?P<u>[0-9A-Fa-f]{1,4})|U(?P<U>[0-9A-Fa-f]{1,8})"
    r"|(?P<octal>[0-7]{1,3})|c(?P<control>[A-Za-z])|(?P<letter>[^xXuUc])",
    re.DOTALL,
)
_LETTERS = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_LAST_OF_ASCII = 0x7F

# Behind or before other operators, a command runs on a condition, or apart from the session.
_ENDS_NOTHING = {"\n", ";"}
_BEFORE_A_PLAIN_COMMAND = {"", "\n", ";", "&"}
_BEHIND_A_PLAIN_COMMAND = {"", "\n", ";", "&&", "||"}
_COLLECT = ["string", "collect"]
_COLLECT_ALWAYS = ["string", "collect", "--allow-empty"]
_KEYWORDS = {"!", "and", "builtin", "command", "exec", "not", "or", "time"}


@dataclass(slots=True)
class ListWord(Word):
    """A word of a command, which may come to any number of words.

    Attributes:
        lists: those of its parts that are not quoted: it comes to as many words as they hold elements.
        commands: those within its parentheses.
    """

    lists: list[Part] = field(default_factory=list)
    commands: "list[Command]" = field(default_factory=list)

    def add_expansion(self, part: Part, *, is_quoted: bool) -> None:
        """Append what a variable holds or a command prints."""
        self.add(part)
        if not is_quoted:
            self.lists.append(part)


@dataclass(frozen=True, slots=True)
class Command:
    """A simple command.

    Attributes:
        words: without what stands before its name; none if there is nothing else.
        line: on which it starts, 1-based.
        is_prefixed: whether assignments or keywords stand before its name.
        before: the operator in front of it.
        after: the operator behind it.
        inner: the commands within its parentheses.
    """

    words: Sequence[ListWord]
    line: int
    is_prefixed: bool
    before: str
    after: str
    inner: "Sequence[Command]"

    @property
    def name(self) -> str | None:
        """What runs; None where that is not known from the code alone."""
        return self.words[0].text if self.words else None

    @property
    def is_plain(self) -> bool:
        """Whether it surely runs, in the session itself and with nothing but the session's variables."""
        is_between = self.before in _BEFORE_A_PLAIN_COMMAND and self.after in _BEHIND_A_PLAIN_COMMAND
        return is_between and not self.is_prefixed


def read_commands(scanner: Scanner, end: str = "") -> Iterator[Command]:
    """Split code into commands.

    Args:
        scanner: where to start.
        end: what ends the code; nothing for all that is left.

    Yields:
        The simple commands, those within parentheses as parts of a word.

    Raises:
        UnreadableCodeError: the code is not well-formed.
    """
    words, before, opened_at = list[ListWord](), "", scanner.line
    while not scanner.is_at_end and not (end and scanner.peek() == end):
        if _take_blank(scanner):
            continue
        if operator := scanner.take_match(_OPERATOR):
            if words:
                yield _command(words, before, operator[0])
                words, before = [], operator[0]
            elif operator[0] not in _ENDS_NOTHING:
                raise UnreadableCodeError(f'no command stands before "{operator[0]}"', scanner.line)
        elif redirection := scanner.take_match(_REDIRECTION):
            words.append(ListWord(scanner.line, unknown=f'"{redirection[0]}" redirects input or output here'))
        elif scanner.peek() == ")":
            raise UnreadableCodeError("this parenthesis closes nothing", scanner.line)
        else:
            words.append(_word(scanner))
    if end and not scanner.take_if(end):
        raise UnreadableCodeError("a command substitution starts here and does not end", opened_at)
    if words:
        yield _command(words, before, "")


def _take_blank(scanner: Scanner) -> bool:
    """Go past what stands between words, if anything does."""
    if not scanner.take_if(_CONTINUATION):
        return bool(scanner.take_match(_BLANK) or scanner.take_match(_COMMENT))
    if scanner.peek() == "#":
        raise UnreadableCodeError("a comment stands where the command goes on", scanner.line)
    return True


def _command(words: Sequence[ListWord], before: str, after: str) -> Command:
    start = 0
    while start < len(words) and (_is_assignment(words[start]) or words[start].text in _KEYWORDS):
        start += 1
    inner = [command for word in words for command in word.commands]
    return Command(words[start:], words[0].line, start > 0, before, after, inner)


def _is_assignment(word: ListWord) -> bool:
    first = word.parts[0] if word.parts and word.is_bare else None
    return isinstance(first, str) and _ASSIGNMENT.match(first) is not None


def _word(scanner: Scanner) -> ListWord:
    word = ListWord(scanner.line, is_bare=scanner.peek() not in _QUOTES)
    if scanner.take_match(_HOME):
        word.add(Reference("HOME"))
    elif scanner.peek() == "~" or scanner.take_match(_OWN_PROCESS):
        word.unknown = "what fish puts here can't be told from the code"
    while not scanner.take_match(_END_OF_WORD):
        _take_piece(scanner, word)
    return word


def _take_piece(scanner: Scanner, word: ListWord) -> None:
    if scanner.take_if(_CONTINUATION):
        return
    if scanner.take_if("\\"):
        word.add(_escaped(scanner))
    elif scanner.peek() in _QUOTES:
        _take_quoted(scanner, word, scanner.take())
    elif scanner.take_if("("):
        _take_substitution(scanner, word, is_quoted=False)
    elif name := scanner.take_match(_NAME_IN_BRACES):
        word.add_expansion(Reference(name[1]), is_quoted=False)
    elif text := scanner.take_match(_TEXT_IN_BRACES):
        word.add(text[0])
    elif scanner.take_if("$"):
        _take_expansion(scanner, word, is_quoted=False)
    else:
        if scanner.peek() in _EXPANDING:
            word.unknown = word.unknown or f'what fish makes of "{scanner.peek()}" can\'t be told from the code'
        word.add(scanner.take())


def _escaped(scanner: Scanner) -> str:
    """The character that an escape sequence outside quotes stands for."""
    line, escape = scanner.line, scanner.take_match(_ESCAPE)
    if escape is None:
        raise UnreadableCodeError("this backslash starts no escape sequence", line)
    if letter := escape["letter"]:
        return _LETTERS.get(letter, letter)
    if control := escape["control"]:
        return chr(ord(control.upper()) - ord("@"))
    byte = int(escape["byte"] or "0", 16) or int(escape["octal"] or "0", 8)
    code_point = byte or int(escape["u"] or escape["U"] or "0", 16)
    if byte > _LAST_OF_ASCII or not 0 < code_point <= sys.maxunicode:
        raise UnreadableCodeError(f'"\\{escape[0]}" stands for no character', line)
    return chr(code_point)


def _take_quoted(scanner: Scanner, word: ListWord, quote: str) -> None:
    opened_at = scanner.line
    while not scanner.take_if(quote):
        if scanner.is_at_end:
            raise UnreadableCodeError("a quoted text starts here and does not end", opened_at)
        if scanner.peek() == "\\" and scanner.peek(1) in _ESCAPED_IN_QUOTES[quote]:
            scanner.take()
            word.add(scanner.take())
        elif quote == "'":
            word.add(scanner.take())
        elif scanner.take_if("$"):
            _take_expansion(scanner, word, is_quoted=True)
        elif not scanner.take_if(_CONTINUATION):
            word.add(scanner.take())


def _take_expansion(scanner: Scanner, word: ListWord, *, is_quoted: bool) -> None:
    """Read what stands behind a dollar sign."""
    if scanner.take_if("("):
        _take_substitution(scanner, word, is_quoted=is_quoted)
    elif name := scanner.take_match(NAME):
        word.add_expansion(Reference(name[0]), is_quoted=is_quoted)
        _note_slice(scanner, word)
    elif scanner.peek() == "$":
        word.unknown = "which variable this names can't be told from the code"
    else:
        raise UnreadableCodeError("the name of a variable is missing behind the dollar sign", scanner.line)


def _take_substitution(scanner: Scanner, word: ListWord, *, is_quoted: bool) -> None:
    """Read commands within parentheses.

    What they print is split at line breaks, but not within double quotes.
    https://fishshell.com/docs/current/language.html#command-substitution
    """
    line, commands = scanner.line, list(read_commands(scanner, end=")"))
    word.commands += commands
    texts = [[inner.text for inner in command.words] for command in commands] or [[None]]
    words = [text for text in texts[0] if text is not None]
    is_piped = texts[1:] in ([_COLLECT], [_COLLECT_ALWAYS]) and commands[0].after == "|"
    if len(words) < len(texts[0]) or commands[0].is_prefixed or (len(commands) > 1 and not is_piped):
        word.unknown = f"what the command on line {line} prints can't be told from the code"
    is_one = is_quoted or texts[1:] == [_COLLECT_ALWAYS]
    word.add_expansion(CommandOutput(tuple(words)), is_quoted=is_one)
    _note_slice(scanner, word)


def _note_slice(scanner: Scanner, word: ListWord) -> None:
    """https://fishshell.com/docs/current/language.html#slices."""
    if scanner.peek() == "[":
        word.unknown = "which elements the brackets take can't be told from the code"
