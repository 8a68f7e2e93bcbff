"""What PowerShell code does to variables, as far as its commands and assignments tell.

https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_environment_variables
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from guidewright.model import Reference, Set, Unset
from guidewright.snippets.scanner import Word
from guidewright.snippets.shell import FoundChange, UnreadableCodeError

UNKNOWN = "what the expression comes to can't be told from the code"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SCOPES = {"", "global", "local", "private", "script", "variable"}
_CONSTANTS = {"null": "", "true": "True", "false": "False"}
# https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_environment_provider
_ITEM = re.compile(r"env:[\\/]?([A-Za-z_][A-Za-z0-9_]*)", re.IGNORECASE)
_HAS_ITEM = re.compile(r"(?:^|:)env:|environment::", re.IGNORECASE)
_SETS_ITEMS = {"set-item", "si", "new-item", "ni", "set-content", "sc"}
_REMOVES_ITEMS = {"remove-item", "ri", "rm", "del", "erase", "clear-item", "cli"}
_SETS_VARIABLES = {"set-variable", "sv", "set", "new-variable", "nv", "clear-variable", "clv", "remove-variable", "rv"}
_RUNS_TEXT = {"invoke-expression", "iex"}
_MOVES_ITEMS = {"copy-item", "cpi", "cp", "copy", "move-item", "mi", "mv", "move", "rename-item", "rni", "ren"}
_PARAMETERS = {
    "-path": "path",
    "-literalpath": "path",
    "-name": "name",
    "-value": "value",
    "-erroraction": "",
    "-ea": "",
}
_SWITCHES = {"-confirm", "-force", "-passthru", "-recurse", "-verbose"}


class Variables:
    """What is known of variables at one point of the code."""

    def __init__(self) -> None:
        self.found: list[FoundChange] = []
        self._spelling: dict[str, str] = {}
        self._local: dict[str, Word] = {}

    def value_of(self, variable: str, line: int) -> Word:
        """What a variable of the environment or of the session holds."""
        scope, name = _split(variable)
        if scope == "env" and _NAME.fullmatch(name):
            return Word(line, [Reference(self._spelling.get(name.lower(), name))], is_bare=False)
        if scope == "env":
            return Word(line, unknown=f'PowerShell takes "{name}" for the name of the variable; write ${{env:NAME}}')
        if scope in _SCOPES and name.lower() in _CONSTANTS:
            text = _CONSTANTS[name.lower()]
            return Word(line, [text] if text else [], is_bare=bool(text))
        if scope in _SCOPES and name.lower() in self._local:
            known = self._local[name.lower()]
            return replace(known, line=line, parts=list(known.parts))
        return Word(line, unknown=f"what ${variable} holds can't be told from the code")

    def assign(self, variable: str, operator: str, value: Word, line: int) -> None:
        """Carry out an assignment."""
        if operator == "+=":
            value = added(self.value_of(variable, line), value)
        elif operator != "=":
            value = Word(line, unknown=UNKNOWN)
        scope, name = _split(variable)
        if scope == "env":
            self.set(name, value, line)
        else:
            self._local[name.lower()] = replace(value, parts=list(value.parts))

    def set(self, name: str, value: Word, line: int) -> None:
        """Set a variable of the environment."""
        parts = value.known_parts()
        spelling = self._spelling.setdefault(name.lower(), name)
        for known in self._local.values():
            if Reference(spelling) in known.parts:
                known.unknown = f"it holds what {spelling} held before that was changed"
        self.found.append(FoundChange(Set(spelling, parts) if parts else Unset(spelling), line))

    def forget(self) -> None:
        """Take it that any variable of the session may hold something else now."""
        self._local.clear()

    def run(self, words: Sequence[Word]) -> None:
        """Carry out a command, as far as it is about variables of the environment."""
        command = (words[0].text or "").lower()
        if command in _RUNS_TEXT and len(words) > 1:
            raise UnreadableCodeError(f'what "{words[0].text}" does can\'t be told without running it', words[0].line)
        if command in {"setx", "setx.exe"}:
            self._store(words)
        elif command in _SETS_VARIABLES:
            self.forget()
        elif command in _SETS_ITEMS | _REMOVES_ITEMS | _MOVES_ITEMS and any(map(_is_in_environment, words)):
            self._change_item(command, words)

    def _store(self, words: Sequence[Word]) -> None:
        name, *values = [word for word in words[1:] if (word.text or "").lower() != "/m"] or words
        if len(values) != 1 or not _NAME.fullmatch(name.text or ""):
            raise UnreadableCodeError("what setx does here can't be told from the code", words[0].line)
        self.set(name.text or "", values[0], words[0].line)

    def _change_item(self, command: str, words: Sequence[Word]) -> None:
        given, line = dict[str, Word](), words[0].line
        rest = iter(words[1:])
        for word in rest:
            parameter = (word.text or "").lower() if word.is_bare else ""
            if parameter in _PARAMETERS:
                given[_PARAMETERS[parameter]] = next(rest, Word(line))
            elif not parameter.startswith("-"):
                given["others" if "value" in given else "value" if "path" in given else "path"] = word
            elif parameter.partition(":")[0] not in _SWITCHES:
                raise UnreadableCodeError(f"what {parameter} does can't be told from the code", line)
        path = "".join(given[part].text or "" for part in ("path", "name") if part in given)
        found = _ITEM.fullmatch(path)
        if not found or "others" in given or command in _MOVES_ITEMS:
            raise UnreadableCodeError("which variables are changed can't be told from the code", line)
        missing = Word(line, unknown="what the variable is set to can't be told from the code")
        self.set(found[1], Word(line) if command in _REMOVES_ITEMS else given.get("value", missing), line)


def _split(variable: str) -> tuple[str, str]:
    """The scope of a variable in small letters, which may be empty, and its name."""
    scope, colon, name = variable.partition(":")
    return (scope.lower(), name) if colon else ("", variable)


def _is_in_environment(word: Word) -> bool:
    return any(isinstance(part, str) and _HAS_ITEM.search(part) for part in word.parts)


def merge(word: Word, other: Word) -> None:
    """Append what is known of another word, or why it is not."""
    word.unknown = word.unknown or other.unknown
    for part in other.parts:
        word.add(part)


def added(left: Word, right: Word) -> Word:
    """The sum of two values: texts are joined, but what is added to a number must be one."""
    total = Word(left.line, unknown=UNKNOWN if left.is_bare else "", is_bare=False)
    merge(total, left)
    merge(total, right)
    return total
