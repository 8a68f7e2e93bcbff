"""Reads the variables that fish code sets and removes, by the rules of fish.

A variable of fish is a list. An expansion that is not quoted comes to as many words as its list has elements, which may
be none: where that decides about a value, the code does not tell it. Two things are taken for granted, because pages
rely on them: PATH has entries, and a command in parentheses that is all of a value prints one line.

A compound command (``if``, a function) is refused rather than guessed at.

The manual is https://fishshell.com/docs/current/cmds/set.html.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from guidewright.model import Part, Reference, Set, Unset
from guidewright.snippets.fish_words import NAME, Command, ListWord, read_commands
from guidewright.snippets.scanner import Scanner
from guidewright.snippets.shell import FoundChange, UnreadableCodeError

OWN_VARIABLES = frozenset(
    {
        *("CMD_DURATION", "COLUMNS", "FISH_VERSION", "LINES", "PWD", "SHLVL", "_", "fish_kill_signal", "fish_killring"),
        *("fish_pid", "history", "hostname", "pipestatus", "status", "status_generation", "umask", "version"),
    }
)
"""Variables that can't be set, or that the prompt sets again.

https://fishshell.com/docs/current/language.html#special-variables
"""

_CHANGING = {"export", "set", "setenv"}
_OPAQUE = {".", "eval", "fish_add_path", "read", "source"}
_COMPOUND = {"begin", "case", "else", "end", "for", "function", "if", "switch", "while"}
_SHORT_OPTIONS = {
    "a": "append",
    "e": "erase",
    "f": "function",
    "g": "global",
    "h": "help",
    "l": "local",
    "L": "long",
    "n": "names",
    "p": "prepend",
    "q": "query",
    "S": "show",
    "u": "unexport",
    "U": "universal",
    "x": "export",
}
_OPTIONS = {*_SHORT_OPTIONS.values(), "path", "unpath"}
_ASKING = {"help", "names", "query", "show"}
_PASSING = {"function", "local"}
_SCOPES = {"function", "global", "local", "universal"}
_EXPORTING = {"export", "unexport"}
# Every session exports them, with one entry at least.
_ALWAYS_SET = {"HOME", "PATH", "PWD", "USER"}
_NEVER_EXPORTED = (OWN_VARIABLES | {"argv"}) - {"PWD", "SHLVL"}


def parse(code: str) -> tuple[FoundChange, ...]:
    """Read the changes that code makes.

    Args:
        code: any number of commands.

    Returns:
        The changes to exported variables, in order.

    Raises:
        UnreadableCodeError: the code is not well-formed, or what it does to a variable can't be told from it.
    """
    session = _Session()
    for command in read_commands(Scanner(code)):
        session.run(command)
    return tuple(session.found)


@dataclass(frozen=True, slots=True)
class _List:
    """What is known of a variable, or of the lines that a command prints.

    Attributes:
        value: its elements, joined as a child process gets them; None where that is not known.
        count: how many elements there are; None where that is not known.
        is_exported: whether child processes get it.
        is_path: whether its elements are joined by colons.
    """

    value: tuple[Part, ...] | None
    count: int | None
    is_exported: bool = False
    is_path: bool = False


class _Session:
    """Carries commands out, as far as they are about variables."""

    def __init__(self) -> None:
        self.found: list[FoundChange] = []
        self._variables: dict[str, _List] = {}

    def run(self, command: Command) -> None:
        if any(map(_touches_variables, command.inner)):
            raise UnreadableCodeError("what the parentheses do to variables can't be told from the code", command.line)
        if not command.words:
            raise UnreadableCodeError('fish sets no variable with "="; write "set -gx NAME value"', command.line)
        if command.name in _CHANGING:
            self._change(command, command.name)
        elif _touches_variables(command):
            raise UnreadableCodeError(f'what "{command.name}" does can\'t be told without running it', command.line)

    def _change(self, command: Command, name: str) -> None:
        options, words = _options_of(command.words[1:]) if name == "set" else ({"export"}, command.words[1:])
        if options & _ASKING or not words:
            return
        if not command.is_plain:
            raise UnreadableCodeError(f'whether "{name}" takes effect can\'t be told from the code', command.line)
        if name == "export":
            for word in words:
                self._export(word)
        elif "erase" in options:
            for word in words:
                self._erase(word, options)
        else:
            self._assign(words[0], words[1:], options)

    def _export(self, word: ListWord) -> None:
        """Set what stands before "=" to what stands behind it. https://fishshell.com/docs/current/cmds/export.html."""
        first, *others = self._one_element(word) or ("",)
        name, has_value, text = first.partition("=") if isinstance(first, str) else ("", "", "")
        found = self._look_up(name)
        if has_value:
            found = replace(found, value=(text, *others), count=1)
        if not NAME.fullmatch(name) or found.value is None or found.count is None:
            raise UnreadableCodeError("what is exported here can't be told from the code", word.line)
        self._set(name, replace(found, is_exported=True), word.line)

    def _erase(self, word: ListWord, options: AbstractSet[str]) -> None:
        name = self._target(word, options)
        self._remember(name, _List((), 0))
        self.found.append(FoundChange(Unset(name), word.line))

    def _assign(self, target: ListWord, words: Sequence[ListWord], options: AbstractSet[str]) -> None:
        name = self._target(target, options)
        before = self._look_up(name)
        is_path = "path" in options or (before.is_path and "unpath" not in options)
        lists = [self._expand(word, is_path=is_path, is_all=len(words) == 1) for word in words]
        if options & {"append", "prepend"}:
            if before.value is None or before.count is None:
                raise UnreadableCodeError(f"what {name} held before can't be told from the code", target.line)
            lists = [*lists, before] if "prepend" in options else [before, *lists]
        assigned = _List(
            None if options & _PASSING else _joined(lists, ":" if is_path else " "),
            None if any(found.count is None for found in lists) else sum(found.count or 0 for found in lists),
            is_exported="export" in options or (before.is_exported and "unexport" not in options),
            is_path=is_path,
        )
        self._set(name, assigned, target.line)
        if "unexport" in options:
            self.found.append(FoundChange(Unset(name), target.line))

    def _target(self, word: ListWord, options: AbstractSet[str]) -> str:
        """The variable that a command is about."""
        name = word.text
        if name is None or not NAME.fullmatch(name):
            raise UnreadableCodeError("which variable this is about can't be told from the code", word.line)
        if name in OWN_VARIABLES:
            raise UnreadableCodeError(f"fish keeps {name} for itself", word.line)
        if options & _PASSING and ("export" in options or self._look_up(name).is_exported):
            raise UnreadableCodeError("how long a local variable lasts can't be told from the code", word.line)
        if options & _SCOPES == {"universal"} and name in self._variables:
            raise UnreadableCodeError(f"the global {name} hides the universal one", word.line)
        return name

    def _set(self, name: str, variable: _List, line: int) -> None:
        if variable.is_exported and variable.value is not None:
            self.found.append(FoundChange(Set(name, variable.value), line))
            variable = replace(variable, value=(Reference(name),))
        self._remember(name, variable)

    def _remember(self, name: str, variable: _List) -> None:
        self._variables[name] = variable
        for other, known in self._variables.items():
            # What was read from this variable is not what it holds from now on.
            if not known.is_exported and Reference(name) in (known.value or ()):
                self._variables[other] = replace(known, value=None)

    def _look_up(self, name: str) -> _List:
        if name in self._variables:
            return self._variables[name]
        is_set = name in _ALWAYS_SET
        value = None if name in _NEVER_EXPORTED else (Reference(name),)
        return _List(value, 1 if is_set else None, is_exported=is_set, is_path=name.endswith("PATH"))

    def _expand(self, word: ListWord, *, is_path: bool, is_all: bool) -> _List:
        """What a word comes to that is all of a value, or one of its words."""
        word.known_parts()
        if len(word.parts) != 1 or word.parts != word.lists:
            return _List(self._one_element(word), 1)
        found = self._as_list(word.parts[0])
        if found.count is None and not is_all:
            raise UnreadableCodeError("how many words this comes to can't be told from the code", word.line)
        if found.is_path != is_path and (found.is_path or (found.count or 0) > 1):
            raise UnreadableCodeError("how these elements are joined can't be told from the code", word.line)
        return replace(found, value=self._value(word))

    def _one_element(self, word: ListWord) -> tuple[Part, ...]:
        """What a word comes to that must be one element, whatever its variables hold."""
        word.known_parts()
        lists = [self._as_list(part) for part in word.lists]
        if any(found.count != 1 or found.is_path for found in lists):
            reason = "the word vanishes or multiplies where the list has not one element; use double quotes"
            raise UnreadableCodeError(reason, word.line)
        return self._value(word)

    def _value(self, word: ListWord) -> tuple[Part, ...]:
        value = list[Part]()
        for part in word.parts:
            known = self._as_list(part).value
            if known is None:
                raise UnreadableCodeError("what the variable holds here can't be told from the code", word.line)
            value += known
        return tuple(value)

    def _as_list(self, part: Part) -> _List:
        return self._look_up(part.name) if isinstance(part, Reference) else _List((part,), None)


def _touches_variables(command: Command) -> bool:
    """Whether a command may change variables, itself or within its parentheses."""
    is_about_variables = not command.words or command.name in _CHANGING | _OPAQUE | _COMPOUND
    return is_about_variables or any(map(_touches_variables, command.inner))


def _joined(lists: Sequence[_List], separator: str) -> tuple[Part, ...]:
    values = [found.value or () for found in lists if found.count != 0]
    return tuple(part for value in values for part in (separator, *value))[1:]


def _options_of(words: Sequence[ListWord]) -> tuple[AbstractSet[str], Sequence[ListWord]]:
    """What ``set`` is told to do, and the words behind its options."""
    options, behind = set[str](), 0
    for word in words:
        text = word.text or ""
        if not text.startswith("-") or text == "-":
            break
        behind += 1
        if text == "--":
            break
        names = [text[2:]] if text.startswith("--") else [_SHORT_OPTIONS.get(letter, letter) for letter in text[1:]]
        if not _OPTIONS.issuperset(names):
            raise UnreadableCodeError(f'"set" has no option "{text}"', word.line)
        options.update(names)
    excluded = _EXPORTING | _ASKING if "erase" in options else _SCOPES if len(options & _SCOPES) > 1 else set[str]()
    if options & excluded or options >= _EXPORTING:
        raise UnreadableCodeError(f'"set" can\'t be told {" and ".join(sorted(options))} at once', words[0].line)
    return options, words[behind:]
