"""What every shell module offers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guidewright.model import Change


class UnreadableCodeError(ValueError):
    """Code that is not well-formed in its language, or whose effect on a variable can't be told without running it.

    Attributes:
        line: 1-based, within the code.
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class FoundChange:
    """A change that code makes.

    Attributes:
        line: 1-based, within the code.
    """

    change: Change
    line: int


@dataclass(frozen=True, slots=True)
class StoredVariables:
    """A shell's way to keep variables without a start-up file.

    Attributes:
        store: the command that stores a change for new terminals; None where it can't.
        remove: the command that removes a stored variable.
    """

    store: Callable[[Change], str | None]
    remove: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Shell:
    """A shell that snippets can be written for.

    Attributes:
        name: what the spec calls it.
        title: what its users call it.
        language: the info string of its code fences.
        render: the command that makes a change, on as many lines as it takes. Only for what ``refuse`` does not refuse.
        refuse: why the shell can't make a change exactly, as words that follow "can't"; None where it can.
        parse: the changes that code makes, in order, by the rules of the shell; commands that touch no variable are
            passed over. Raises ``UnreadableCodeError``.
        call: the command that runs a program with arguments, each exactly as given.
        holds_empty: whether a variable can hold the empty string. Where it can't, to set it so is to remove it.
        takes_over_any_variable: whether a value can hold another variable's, whatever that is.
        keeps: the file that the shell reads at its start, or another way to keep variables for new terminals.
        interpreters: command lines that run a script whose path is added at the end. The first whose program is
            installed is used.
        script_suffix: the file extension that scripts must have.
        is_windows_prompt: whether it is Windows' own prompt. Scripts go by other rules there, so an interpreter gets
            the code as its input; and under Wine the prompt can't start the programs of the machine around it.
    """

    name: str
    title: str
    language: str
    render: Callable[[Change], str]
    refuse: Callable[[Change], str | None]
    parse: Callable[[str], tuple[FoundChange, ...]]
    call: Callable[[Sequence[str]], str]
    holds_empty: bool
    keeps: str | StoredVariables
    interpreters: tuple[tuple[str, ...], ...]
    script_suffix: str
    is_windows_prompt: bool = False
    takes_over_any_variable: bool = True
