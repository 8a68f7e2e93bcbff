"""Reads the variables that code for PowerShell sets and removes, by the rules of PowerShell.

It knows strings, assignments, simple expressions and commands: what the snippets of a guide are made of. A compound
statement (``if``, a function, a script block) is refused rather than guessed at. The rules are those of
https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing, and in detail of
https://github.com/PowerShell/PowerShell/blob/master/src/System.Management.Automation/engine/parser/tokenizer.cs
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from guidewright.model import CommandOutput, Reference
from guidewright.snippets.powershell_variables import UNKNOWN, Variables, added, merge
from guidewright.snippets.scanner import Scanner, Word
from guidewright.snippets.shell import FoundChange, UnreadableCodeError

_KEYWORDS = (
    "begin break catch class clean configuration continue data define do dynamicparam else elseif end enum exit filter "
    "finally for foreach from function hidden if in inlinescript param parallel process return sequence static switch "
    "throw trap try until using var while workflow"
)
KEYWORDS = frozenset(_KEYWORDS.split())
"""Words that start something else than a command.

https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_language_keywords
"""

_COMMENTS = r"<#.*?#>|#[^\n]*"
# A backtick takes its meaning from a blank or a line break that follows it.
_BLANK = re.compile(rf"(?:[^\S\n]|`\s|{_COMMENTS})+", re.DOTALL)
_BREAK = re.compile(rf"(?:\s|`\s|{_COMMENTS})+", re.DOTALL)
_BETWEEN_STATEMENTS = re.compile(rf"(?:[\s;]|`\s|{_COMMENTS})+", re.DOTALL)
_SINGLE_QUOTES = tuple("'\u2018\u2019\u201a\u201b")
_DOUBLE_QUOTES = tuple('"\u201c\u201d\u201e')
_STARTS_AN_EXPRESSION = (*_SINGLE_QUOTES, *_DOUBLE_QUOTES, *"$([@{+-!,0123456789")
_ENDS_A_STATEMENT = tuple("\n;)}")
_ENDS_AN_EXPRESSION = (*_ENDS_A_STATEMENT, *"]|&")
_ENDS_AN_ARGUMENT = (*_ENDS_A_STATEMENT, ",")
_ENDS_A_WORD = tuple("&(),;{|}")
_SEPARATORS = tuple("\n;,|")
_OPERAND_IN_A_COMMAND = re.compile("[('\"\u2018-\u201e{<]|[$@]\\(|@[{'\"\u2018-\u201e]")
_HERE_STRING = re.compile("@(?P<quote>['\"\u2018-\u201e])[^\\S\n]*\n")
_FOOTER_PATTERNS = {_SINGLE_QUOTES: "['\u2018-\u201b]@", _DOUBLE_QUOTES: '["\u201c-\u201e]@'}
_FOOTERS = {quotes: (re.compile(end), re.compile("\n" + end)) for quotes, end in _FOOTER_PATTERNS.items()}
_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_CODE_POINT = re.compile(r"\{([0-9A-Fa-f]{1,6})\}")
_VARIABLE_PATTERN = r"\$(?:\{(?P<braced>[^}]+)\}|(?P<plain>[$?^]|(?:\w|:(?!:))(?:[\w?]|:(?!:))*))"
_VARIABLE = re.compile(_VARIABLE_PATTERN)
_ASSIGNMENT = re.compile(
    rf"(?:\[string\][^\S\n]*)?{_VARIABLE_PATTERN}(?:[^\S\n]|`\s)*(?P<operator>(?:[-+*/%]|\?\?)?=)", re.IGNORECASE
)
# Within a string, quotes and parentheses that stand in `$(...)` have rules of their own: ScanSubExpression.
_PLAIN_SUBEXPRESSION = re.compile('\\$\\((?=[^()`"\u201c-\u201e]*\\))')
_GROUP = re.compile(r"[$@]?\(")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?![\w.])")
_MEMBER = re.compile(r"(?:\?\.|\.|::)[\w$]+")
_STARTS_A_MEMBER = tuple(".[")
_PLUS = re.compile(r"\+(?![+=])")
# https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_assignment_operators
_STEP = re.compile(r"\$(?:\{env:[^}]*\}|env:\w+)(?:\+\+|--)|(?:\+\+|--)\$\{?env:", re.IGNORECASE)
_JOIN = re.compile(r"-join\b", re.IGNORECASE)
_SET_METHOD = re.compile(r"\[(?:System\.)?Environment\]::SetEnvironmentVariable\(", re.IGNORECASE)
# What is null even where a string is expected. https://github.com/PowerShell/PowerShell/issues/24637
_NULL_STRING = re.compile(r"\[NullString\]::Value", re.IGNORECASE)
_CALL = re.compile("&(?!&)[^\\S\n]*|\\.(?=[\\s$('\"\u2018-\u201e])[^\\S\n]*")
_REDIRECTION = re.compile(r"[1-6*]?>>?(?:&[12])?")
_STOP_PARSING = re.compile(r"--%(?!\S)[^\n]*")
# A splatted variable, or a word that is split at the dot. https://github.com/PowerShell/PowerShell/issues/6291
_TAKEN_APART = re.compile(r"@\w+|-[A-Za-z_][^.\[]*[.\[].*")


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where versions differ in how they read code.

    Attributes:
        has_chains: whether ``&&`` and ``||`` join commands.
        has_unicode_escapes: whether a backtick before ``e`` or ``u`` starts an escape.
    """

    has_chains: bool
    has_unicode_escapes: bool


def parse(code: str, dialect: Dialect) -> tuple[FoundChange, ...]:
    """Read the changes that code makes.

    Args:
        code: any number of statements.
        dialect: of the version.

    Returns:
        The changes to environment variables, in order: those of the session, and those kept for new terminals. Letters
        that differ in case only name the same variable, which is spelt as it is first set. To set a variable to the
        empty string or to ``$null`` is to remove it.

    Raises:
        UnreadableCodeError: the code is not well-formed, or what it does to a variable can't be told from it.
    """
    variables = Variables()
    _Reader(Scanner(code), dialect, variables).statements()
    return tuple(variables.found)


class _Reader:
    """Goes through statements, and carries out what they do to variables."""

    def __init__(self, scanner: Scanner, dialect: Dialect, variables: Variables) -> None:
        self._scanner = scanner
        self._dialect = dialect
        self._variables = variables

    def statements(self, end: str = "") -> list[Word]:
        """What each statement up to ``end``, or to the end of the code, comes to.

        Raises:
            UnreadableCodeError: the code is not well-formed.
        """
        scanner, values, opened_at = self._scanner, list[Word](), self._scanner.line
        while True:
            scanner.take_match(_BETWEEN_STATEMENTS)
            if end and scanner.take_if(end):
                return values
            if scanner.is_at_end and not end:
                return values
            if scanner.is_at_end:
                raise UnreadableCodeError("a parenthesis is opened here and not closed", opened_at)
            values.append(self._statement())

    def _statement(self) -> Word:
        scanner, line, before = self._scanner, self._scanner.line, len(self._variables.found)
        value = self._element()
        while True:
            scanner.take_match(_BLANK)
            if scanner.is_at_end or scanner.peek() in _ENDS_A_STATEMENT:
                return value
            value = Word(line, unknown="what several commands come to can't be told from the code")
            operator = next(filter(scanner.take_if, ("&&", "||", "&", "|")), "")
            if not operator or (len(operator) > 1 and not self._dialect.has_chains):
                raise UnreadableCodeError(f'"{operator or scanner.peek()}" is not expected here', scanner.line)
            if operator == "&" and len(self._variables.found) > before:
                raise UnreadableCodeError("what is changed in the background does not stay", line)
            if operator != "&":
                number = len(self._variables.found)
                scanner.take_match(_BREAK)
                self._element()
                if operator != "|" and len(self._variables.found) > number:
                    raise UnreadableCodeError("whether a variable is changed here can't be told from the code", line)

    def _element(self) -> Word:
        scanner, line = self._scanner, self._scanner.line
        if assignment := scanner.take_match(_ASSIGNMENT):
            scanner.take_match(_BREAK)
            value = self._statement()
            self._variables.assign(assignment["braced"] or assignment["plain"], assignment["operator"], value, line)
            return value
        call, start = scanner.take_match(_CALL), scanner.position
        if call and call[0].strip() == ".":
            self._variables.forget()
        if call or scanner.peek() not in _STARTS_AN_EXPRESSION:
            return self._command(is_called=call is not None)
        value = self._expression(_ENDS_AN_EXPRESSION)
        if value.unknown:
            self._variables.forget()
            if _STEP.search(scanner.taken_since(start)):
                raise UnreadableCodeError("what is set here can't be told from the code", line)
        return value

    def _command(self, *, is_called: bool) -> Word:
        scanner, words, line = self._scanner, list[Word](), self._scanner.line
        while True:
            scanner.take_match(_BLANK)
            if scanner.is_at_end or scanner.peek() in _ENDS_AN_EXPRESSION:
                break
            if scanner.take_match(_REDIRECTION) or scanner.take_match(_STOP_PARSING):
                words.append(Word(scanner.line, unknown="what the command gets or prints can't be told from the code"))
            elif scanner.take_if(","):
                words.append(Word(scanner.line, unknown="PowerShell takes what stands around a comma for a list"))
            else:
                words.append(self._word())
            first = words[0].text or ""
            if not is_called and words[0].is_bare and first.lower() in KEYWORDS:
                raise UnreadableCodeError(f'what "{first}" does can\'t be told without running it', line)
        if not words:
            raise self._missing("a command")
        self._variables.run(words)
        texts = [word.text for word in words if word.text is not None]
        if len(texts) == len(words):
            return Word(line, [CommandOutput(tuple(texts))], is_bare=False)
        reasons = (
            *(word.unknown for word in words if word.unknown),
            "what the command runs can't be told from the code",
        )
        return Word(line, unknown=reasons[0])

    def _word(self) -> Word:
        """Read a word of a command: argument mode."""
        scanner, word = self._scanner, Word(self._scanner.line)
        if _OPERAND_IN_A_COMMAND.match(scanner.peek() + scanner.peek(1)):
            return self._operand()
        if variable := scanner.take_match(_VARIABLE):
            word = self._variable(variable)
            if scanner.peek() in _STARTS_A_MEMBER:
                word.unknown = UNKNOWN
        while not scanner.is_at_end and not scanner.peek().isspace() and scanner.peek() not in _ENDS_A_WORD:
            if not self._quoted(word):
                self._character(word)
        if word.is_bare and _TAKEN_APART.fullmatch(word.text or ""):
            word.unknown = f"PowerShell does not take {word.text} as it stands; quote it"
        return word

    def _expression(self, ends: Sequence[str]) -> Word:
        """Read an expression up to one of the characters that end it."""
        left = self._sum()
        while self._operator(_JOIN):
            separator = self._sum()
            if [type(part) for part in left.parts] != [CommandOutput] or separator.text != "\n":
                left.unknown = left.unknown or UNKNOWN
        self._pass_over(left, ends)
        return left

    def _sum(self) -> Word:
        left = self._operand()
        while self._operator(_PLUS):
            left = added(left, self._operand())
        return left

    def _operator(self, pattern: re.Pattern[str]) -> bool:
        self._scanner.take_match(_BLANK)
        if not self._scanner.take_match(pattern):
            return False
        self._scanner.take_match(_BREAK)
        return True

    def _pass_over(self, word: Word, ends: Sequence[str]) -> None:
        """Go past the rest of an expression, which leaves it unknown."""
        scanner = self._scanner
        while True:
            scanner.take_match(_BLANK)
            if scanner.is_at_end or scanner.peek() in ends:
                return
            word.unknown = word.unknown or UNKNOWN
            if scanner.take_if("="):
                if any(isinstance(part, Reference) for part in word.parts):
                    raise UnreadableCodeError("what is set here can't be told from the code", scanner.line)
                scanner.take_match(_BREAK)
                self._statement()
            elif scanner.peek() in _SEPARATORS:
                scanner.take()
            else:
                word.parts += self._operand().parts

    def _operand(self) -> Word:
        scanner = self._scanner
        scanner.take_match(_BLANK)
        word = Word(scanner.line, is_bare=False)
        if scanner.is_at_end or scanner.peek() in (*_ENDS_AN_EXPRESSION, *"{<,"):
            raise self._missing("a value")
        if variable := scanner.take_match(_VARIABLE):
            word = self._variable(variable)
        elif scanner.take_match(_GROUP):
            word = self._group()
        elif scanner.take_match(_SET_METHOD):
            word = self._set_method()
        elif number := scanner.take_match(_NUMBER):
            word = Word(word.line, [number[0]])
        elif not (scanner.take_match(_NULL_STRING) or self._here_string(word) or self._quoted(word)):
            word.unknown = UNKNOWN
            self._brackets(scanner.take(2 if scanner.peek() == "@" else 1))
        return self._members(word)

    def _members(self, word: Word) -> Word:
        """Read what is taken of a value, such as ``.Trim()``, which leaves it unknown."""
        scanner = self._scanner
        while scanner.peek() == "[" or scanner.take_match(_MEMBER):
            word.unknown = word.unknown or UNKNOWN
            self._brackets(scanner.take() if scanner.peek() in ("(", "[") else "")
        return word

    def _brackets(self, opening: str) -> None:
        """Go past what an opening bracket encloses, if it is one."""
        end, line = {"@{": "}", "[": "]", "(": ")"}.get(opening), self._scanner.line
        if end:
            self._pass_over(Word(line), end)
            if not self._scanner.take_if(end):
                raise UnreadableCodeError(f'"{opening}" starts here and does not end', line)

    def _missing(self, expected: str) -> UnreadableCodeError:
        found = f'"{self._scanner.peek()}"' if self._scanner.peek().strip() else "the end"
        return UnreadableCodeError(f"{expected} is expected here, but {found} follows", self._scanner.line)

    def _group(self) -> Word:
        line = self._scanner.line
        values = self.statements(end=")")
        return values[0] if len(values) == 1 else Word(line, unknown=UNKNOWN)

    def _set_method(self) -> Word:
        scanner, line, arguments = self._scanner, self._scanner.line, list[Word]()
        scanner.take_match(_BREAK)
        while not scanner.take_if(")"):
            arguments.append(self._expression(_ENDS_AN_ARGUMENT))
            scanner.take_match(_BREAK)
            scanner.take_if(",")
            scanner.take_match(_BREAK)
        name = arguments[0].text if len(arguments) in (2, 3) else None
        if not name:
            raise UnreadableCodeError("which variable is set can't be told from the code", line)
        self._variables.set(name, arguments[1], line)
        return Word(line, unknown=UNKNOWN)

    def _variable(self, match: re.Match[str]) -> Word:
        return self._variables.value_of(match["braced"] or match["plain"], self._scanner.line)

    def _quoted(self, word: Word) -> bool:
        """Read a quoted text, if one starts here: two quotes within it stand for one."""
        scanner, opened_at = self._scanner, self._scanner.line
        quotes = next((quotes for quotes in _FOOTERS if scanner.peek() in quotes), None)
        if not quotes:
            return False
        scanner.take()
        while scanner.peek() not in quotes or scanner.peek(1) in quotes:
            if scanner.is_at_end:
                raise UnreadableCodeError("a quoted text starts here and does not end", opened_at)
            if scanner.peek() in quotes:
                scanner.take()
                word.add(scanner.take())
            else:
                self._content(word, quotes)
        scanner.take()
        return True

    def _here_string(self, word: Word) -> bool:
        scanner, opened_at = self._scanner, self._scanner.line
        header = scanner.take_match(_HERE_STRING)
        if not header:
            return False
        quotes = next(quotes for quotes in _FOOTERS if header["quote"] in quotes)
        footer, last_line = _FOOTERS[quotes]
        is_over = scanner.take_match(footer)
        while not is_over:
            if scanner.is_at_end:
                raise UnreadableCodeError("a here-string starts here and does not end", opened_at)
            is_over = scanner.take_match(last_line)
            if not is_over:
                self._content(word, quotes)
        return True

    def _content(self, word: Word, quotes: Sequence[str]) -> None:
        if quotes is _DOUBLE_QUOTES:
            self._character(word)
        else:
            word.add(self._scanner.take())

    def _character(self, word: Word) -> None:
        """Read a character where variables are expanded, or what it starts."""
        scanner = self._scanner
        if scanner.take_if("`"):
            word.add(self._escaped())
        elif scanner.take_match(_PLAIN_SUBEXPRESSION):
            merge(word, self._group())
        elif scanner.take_if("$("):
            word.unknown = UNKNOWN
            depth = 1
            while depth and not scanner.is_at_end:
                depth += {"(": 1, ")": -1}.get(scanner.take(), 0)
        elif variable := scanner.take_match(_VARIABLE):
            merge(word, self._variable(variable))
        else:
            word.add(scanner.take())

    def _escaped(self) -> str:
        """What the character after a backtick stands for.

        https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_special_characters
        """
        scanner, letter = self._scanner, self._scanner.take()
        if not self._dialect.has_unicode_escapes or letter not in ("e", "u"):
            return _ESCAPES.get(letter, letter)
        if letter == "e":
            return "\x1b"
        digits = scanner.take_match(_CODE_POINT)
        if not digits or int(digits[1], 16) > sys.maxunicode:
            raise UnreadableCodeError("there is no such character", scanner.line)
        return chr(int(digits[1], 16))
