"""Reads the variables that Nushell code sets and removes, by the rules of Nushell.

A command that is not about variables is passed over, with the blocks that belong to it. Where a change to a variable
stands in one of them, the code is refused rather than guessed at.

The manual is https://www.nushell.sh/book/environment.html.
"""

import re

from guidewright.model import Part, Reference, Set, Unset
from guidewright.snippets.nushell_values import HISTORY_MARK, ValueReader, skip_blank, take_text, take_words
from guidewright.snippets.scanner import Scanner
from guidewright.snippets.shell import FoundChange, UnreadableCodeError

OWN_VARIABLES = frozenset(
    {"CMD_DURATION_MS", "CONFIG", "CURRENT_FILE", "ENV_CONVERSIONS", "FILE_PWD", "LAST_EXIT_CODE", "PWD"}
)
"""Variables, in capitals, that can't be set to a text, or that Nushell sets again.

https://www.nushell.sh/book/special_variables.html
"""

_BETWEEN_STATEMENTS = re.compile(r"(?:[\s;]|#[^\n]*)+")
_END_OF_STATEMENT = re.compile(r"(?=[\n;}]|\Z)")
_NEXT_LINE_OF_PIPELINE = re.compile(r"\s*\|")
_SET = re.compile(r"\$env\.(?!config\b)(['\"]?)([\w-]+)\1[ \t]+=[ \t]+", re.IGNORECASE)
_SET_CONSTANT = re.compile(r"(?:let|const)[ \t]+\$?(\w+)(?:[ \t]*:[^=\n]+?)?[ \t]+=[ \t]+")
_NULL = re.compile(r"null(?=[\s;,}]|\Z)")
_LOAD = re.compile(r"load-env[ \t]+\{")
_BETWEEN_ITEMS = re.compile(r"(?:[\s,]|#[^\n]*)+")
_KEY = re.compile(r"(['\"]?)([\w-]+)\1\s*:\s*")
_BARE_VALUE = re.compile(r"(?!(?:inf|infinity|nan)\b)[A-Z_/][\w./@-]*(?=[\s,}])", re.IGNORECASE)
_HIDE = re.compile(r"hide-env(?=[ \t])")
_HIDE_OPTIONS = {"-i", "--ignore-errors"}
_EXPORT = re.compile(r"export-env[ \t]*\{")
_SEPARATOR = re.compile(r"[\n;|]")
_BLANK = re.compile(r"[ \t\r]+|#[^\n]*")
_OPENING = re.compile(r"[(\[{]")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_INTERPOLATION = re.compile(r"\$(['\"])")
_BARE_WORD = re.compile(r"[^\s;|()\[\]{}\"'`]+")
_COMMAND_THAT_CHANGES = re.compile(
    r"(?:export-env|hide-env|load-env|overlay|source|source-env|(?:export[ \t]+)?use)(?![\w-])"
    r"|(?:(?:export[ \t]+)?def|do)[ \t][^\n{]*--env(?![\w-])|export[ \t]+\w+="
)
_ASSIGNMENT = re.compile(
    r"\$env(?:\.(?!config\b)(?:\"[^\"]*\"|'[^']*'|[^\s=]+))?[ \t]*[-+*/?]{0,2}=(?![=~])", re.IGNORECASE
)


def parse(code: str) -> tuple[FoundChange, ...]:
    """Read the changes that code makes.

    Args:
        code: any number of commands.

    Returns:
        The changes to variables of the environment, in order.

    Raises:
        UnreadableCodeError: the code is not well-formed, or what it does to a variable can't be told from it.
    """
    session = _Session(code)
    session.run()
    return tuple(session.found)


class _Session:
    """Carries statements out, as far as they are about variables."""

    def __init__(self, code: str) -> None:
        self.found: list[FoundChange] = []
        self._code = code
        self._scanner = Scanner(code)
        self._values = ValueReader(self._scanner)

    def run(self, *, is_block: bool = False) -> None:
        scanner, opened_at = self._scanner, self._scanner.line
        scanner.take_match(_BETWEEN_STATEMENTS)
        while not scanner.is_at_end and scanner.peek() != "}":
            self._run_statement()
            scanner.take_match(_BETWEEN_STATEMENTS)
        if scanner.take_if("}") != is_block:
            raise UnreadableCodeError("a brace is missing", opened_at)

    def _run_statement(self) -> None:
        scanner, start, line = self._scanner, self._scanner.position, self._scanner.line
        if name := scanner.take_match(_SET):
            self._assign(name[2], line)
        elif scanner.take_match(_LOAD):
            self._load(line)
        elif scanner.take_match(_HIDE):
            for word in take_words(scanner, is_within=False):
                if word not in _HIDE_OPTIONS:
                    self._remove(word, line)
        elif scanner.take_match(_EXPORT):
            self.run(is_block=True)
        elif name := scanner.take_match(_SET_CONSTANT):
            self._keep(name[1])
            return
        else:
            self._pass_over()
            return
        self._end_statement(start)

    def _assign(self, name: str, line: int) -> None:
        if self._scanner.take_match(_NULL):
            self._remove(name, line)
        else:
            self._set(name, self._values.pipeline(), line)

    def _load(self, opened_at: int) -> None:
        """https://www.nushell.sh/commands/docs/load-env.html."""
        scanner = self._scanner
        scanner.take_match(_BETWEEN_ITEMS)
        while not scanner.take_if("}"):
            line, key = scanner.line, scanner.take_match(_KEY)
            if key is None:
                raise UnreadableCodeError("which variables are set can't be told from the code", opened_at)
            if scanner.take_match(_NULL):
                self._remove(key[2], line)
            else:
                bare = scanner.take_match(_BARE_VALUE)
                self._set(key[2], (bare[0],) if bare else self._values.operand(), line)
            scanner.take_match(_BETWEEN_ITEMS)

    def _keep(self, name: str) -> None:
        """Note what a variable holds that is not in the environment."""
        scanner, start = self._scanner, self._scanner.position
        try:
            self._values.constants[name] = self._values.pipeline()
            self._end_statement(start)
        except UnreadableCodeError:
            self._values.constants[name] = None
            scanner.position = start
            self._pass_over()

    def _set(self, name: str, value: tuple[Part, ...], line: int) -> None:
        self.found.append(FoundChange(Set(self._spelled(name, line), value), line))

    def _remove(self, name: str, line: int) -> None:
        self.found.append(FoundChange(Unset(self._spelled(name, line)), line))
        del self._values.spelling[name.upper()]

    def _spelled(self, name: str, line: int) -> str:
        """The name of a variable that changes: names that differ only in case are of the same variable."""
        if name.upper() in OWN_VARIABLES:
            raise UnreadableCodeError(f"Nushell keeps {name} for itself", line)
        name = self._values.spelling.setdefault(name.upper(), name)
        for constant, value in self._values.constants.items():
            # What was read from this variable is not what it holds from now on.
            if Reference(name) in (value or ()):
                self._values.constants[constant] = None
        return name

    def _end_statement(self, start: int) -> None:
        scanner = self._scanner
        if HISTORY_MARK.search(self._code, start, scanner.position):
            raise UnreadableCodeError('the prompt takes "!" for a command of its history', scanner.line)
        skip_blank(scanner, with_line_breaks=False)
        if scanner.take_match(_NEXT_LINE_OF_PIPELINE) or not scanner.take_match(_END_OF_STATEMENT):
            raise UnreadableCodeError("how this statement goes on can't be told from the code", scanner.line)

    def _pass_over(self, end: str = "") -> None:
        """Go past the rest of a statement, or past a bracket that closes."""
        scanner, opened_at, is_at_command = self._scanner, self._scanner.line, True
        while not (scanner.take_if(end) if end else scanner.take_match(_END_OF_STATEMENT)):
            if scanner.is_at_end:
                raise UnreadableCodeError(f'"{end}" is missing', opened_at)
            if (is_at_command and scanner.take_match(_COMMAND_THAT_CHANGES)) or scanner.take_match(_ASSIGNMENT):
                raise UnreadableCodeError("what this does to variables can't be told from the code", scanner.line)
            if scanner.take_match(_SEPARATOR):
                is_at_command = True
            elif not scanner.take_match(_BLANK):
                self._pass_over_word()
                is_at_command = False

    def _pass_over_word(self) -> None:
        scanner = self._scanner
        if opening := scanner.take_match(_OPENING):
            self._pass_over(_CLOSING[opening[0]])
        elif interpolation := scanner.take_match(_INTERPOLATION):
            self._pass_over_interpolated(interpolation[1])
        elif scanner.take_if("`"):
            scanner.take_until("`", "a quoted text")
        elif take_text(scanner) is None and not scanner.take_match(_BARE_WORD):
            raise UnreadableCodeError(f'"{scanner.peek()}" closes nothing', scanner.line)

    def _pass_over_interpolated(self, quote: str) -> None:
        scanner, opened_at = self._scanner, self._scanner.line
        while not scanner.take_if(quote):
            if scanner.is_at_end:
                raise UnreadableCodeError("a quoted text starts here and does not end", opened_at)
            if scanner.take_if("("):
                self._pass_over(")")
            else:
                scanner.take(2 if quote == '"' and scanner.peek() == "\\" else 1)
