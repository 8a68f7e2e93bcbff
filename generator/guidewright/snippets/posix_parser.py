"""Reads the variables that code for bash, zsh or POSIX sh sets and removes, by the rules of the shells.

It knows words, quotes, expansions and lists of simple commands: what the snippets of a guide are made of. What may or
may not happen (``if``, a pipe, ``eval``, a here-document) is refused rather than guessed at. One thing is taken for
granted, because pages rely on it: a command whose output becomes a value succeeds.

The manual is https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html ("Shell Command Language").
"""

import re
from collections.abc import Sequence

from guidewright.model import Part, Reference, Set, Unset
from guidewright.snippets.posix_words import Command, Dialect, is_assignment, read_commands
from guidewright.snippets.scanner import Word
from guidewright.snippets.shell import FoundChange, UnreadableCodeError

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OTHER_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]]*\]\+?=|\+=)")
_DECLARING = {"declare", "typeset"}
_CHANGING = {"export", "unset", *_DECLARING}
_COMPOUND = {
    *("if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "select", "repeat"),
    *("{", "}", "function", "[[", "!", "coproc", "foreach", "always"),
}
# What they do is not in the code, or ends it.
_OPAQUE = {
    ".",
    "eval",
    "exec",
    "exit",
    "getopts",
    "local",
    "mapfile",
    "read",
    "readarray",
    "readonly",
    "return",
    "source",
}
_RUNNING_ANOTHER = {"-", "builtin", "command", "nocorrect", "noglob", "time"}
_EXPORTING_ALL = re.compile(r"[-+][A-Za-z]*[ak]|allexport|keyword")
_BEFORE_A_PLAIN_COMMAND = {"", "\n", ";", "&"}
_BEHIND_A_PLAIN_COMMAND = {"", "\n", ";", "&&", "||"}


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
    for command in read_commands(code, dialect):
        changes.run(command)
    return tuple(changes.found)


class _Changes:
    """Carries simple commands out, as far as they are about variables."""

    def __init__(self) -> None:
        self.found: list[FoundChange] = []
        self._exported: set[str] = set()
        # None for what can no longer be told.
        self._not_exported: dict[str, tuple[Part, ...] | None] = {}
        self._surely_succeeds = True

    def run(self, command: Command) -> None:
        words = [word for word in command.words if not (word.is_bare and is_assignment(word))]
        first = words[0].text if words else None
        names = {word.text for word in words}
        is_opaque = (
            first in _COMPOUND | _OPAQUE
            or (first in _RUNNING_ANOTHER and names & (_CHANGING | _COMPOUND | _OPAQUE))
            or (first == "set" and any(_EXPORTING_ALL.fullmatch(name or "") for name in names))
            or (first == "printf" and "-v" in names)
        )
        if is_opaque:
            raise UnreadableCodeError(f'what "{first}" does can\'t be told without running it', command.line)
        for word in words if first in _CHANGING else words[:1]:
            if word.is_bare and word.parts and _OTHER_ASSIGNMENT.match(str(word.parts[0])):
                raise UnreadableCodeError("what the variable held before can't be told from the code", word.line)
        is_change = bool(command.words) and (not words or first in _CHANGING)
        if is_change:
            self._check_that_it_runs(command)
            self._change(command.words, first)
        self._surely_succeeds = is_change

    def _check_that_it_runs(self, command: Command) -> None:
        """A change counts only where it surely happens, in this shell and with nothing else."""
        is_sure = command.before in _BEFORE_A_PLAIN_COMMAND or (command.before == "&&" and self._surely_succeeds)
        if not is_sure or command.after not in _BEHIND_A_PLAIN_COMMAND:
            raise UnreadableCodeError("whether this takes effect can't be told from the code", command.line)
        if command.redirection:
            command.redirection.known_parts()

    def _change(self, words: Sequence[Word], builtin: str | None) -> None:
        if builtin is None:
            for word in words:
                self._assign(word)
            return
        if words[0].text != builtin:
            raise UnreadableCodeError(f'variables set before "{builtin}" may or may not stay', words[0].line)
        options = [word.text or "" for word in words[1:] if (word.text or "").startswith(("-", "+"))]
        others = [word for word in words[1:] if not (word.text or "").startswith(("-", "+"))]
        match builtin, options:
            case ("unset", [] | ["-v"]):
                for word in others:
                    self._unset(word)
            case ("export", [] | ["--"]) | (_, ["-x"] | ["-gx"] | ["-xg"]) if builtin != "unset":
                self._export(others)
            case (_, []) | ("export" | "declare" | "typeset", ["-p"]):
                for word in others:
                    if is_assignment(word):
                        self._assign(word)
            case _:
                reason = f'what "{builtin} {" ".join(options)}" does can\'t be told from the code'
                raise UnreadableCodeError(reason, words[0].line)

    def _assign(self, word: Word) -> None:
        name, parts = _split_assignment(word)
        if name in self._exported:
            self._set(name, parts, word.line)
        else:
            self._not_exported[name] = self._written_out(parts, word.line)

    def _export(self, words: Sequence[Word]) -> None:
        # All words are expanded before the first variable is set.
        set_here = set[str]()
        for word in words:
            if word.unknown or (not is_assignment(word) and word.text is None):
                raise UnreadableCodeError(
                    word.unknown or "the name of the variable can't be told from the code", word.line
                )
            if set_here & {part.name for part in word.parts if isinstance(part, Reference)}:
                raise UnreadableCodeError("what a variable held before this command can't be told from it", word.line)
            if is_assignment(word):
                name, parts = _split_assignment(word)
                self._set(name, parts, word.line)
            else:
                name = word.text or ""
                self._export_known(name, word.line)
            set_here.add(name)

    def _export_known(self, name: str, line: int) -> None:
        if name in self._exported:
            return
        held = self._not_exported.get(name)
        if held is None:
            raise UnreadableCodeError(f"what {name} holds can't be told from the code", line)
        self._set(name, held, line)

    def _unset(self, word: Word) -> None:
        name = word.text
        if name is None:
            raise UnreadableCodeError("the name of the variable can't be told from the code", word.line)
        if _NAME.fullmatch(name):
            self._forget(name)
            self._exported.discard(name)
            self._not_exported[name] = ()
            self.found.append(FoundChange(Unset(name), word.line))

    def _set(self, name: str, parts: tuple[Part, ...], line: int) -> None:
        # What a variable that is not exported holds is known here, but not to those who see the environment only.
        known = self._written_out(parts, line)
        self._forget(name)
        self._not_exported.pop(name, None)
        self._exported.add(name)
        self.found.append(FoundChange(Set(name, known), line))

    def _forget(self, name: str) -> None:
        """What was read from this variable is not what it holds from now on."""
        for other, held in self._not_exported.items():
            if Reference(name) in (held or ()):
                self._not_exported[other] = None

    def _written_out(self, parts: tuple[Part, ...], line: int) -> tuple[Part, ...]:
        known = list[Part]()
        for part in parts:
            held = self._not_exported.get(part.name, (part,)) if isinstance(part, Reference) else (part,)
            if held is None:
                raise UnreadableCodeError("what the variable holds here can't be told from the code", line)
            known += held
        return tuple(known)


def _split_assignment(word: Word) -> tuple[str, tuple[Part, ...]]:
    first, *others = word.known_parts()
    name, _, text = str(first).partition("=")
    return name, (text, *others) if text else tuple(others)
