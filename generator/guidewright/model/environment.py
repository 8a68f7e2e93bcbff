"""Changes to an environment, free of any shell, and what they leave behind.

A snippet is a list of changes. It is rendered from them, and read back into them: where both lists leave the same
environment, the snippet says what the spec says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Reference:
    """What another variable holds at that moment."""

    name: str


@dataclass(frozen=True, slots=True)
class CommandOutput:
    """What a command prints, without the line breaks at its end."""

    words: tuple[str, ...]


Part: TypeAlias = str | Reference | CommandOutput


@dataclass(frozen=True, slots=True)
class Set:
    """Set a variable and pass it on to child processes.

    Attributes:
        parts: what it holds, in order; none for the empty string.
    """

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Unset:
    """Remove a variable, which may not exist."""

    name: str


Change: TypeAlias = Set | Unset

State: TypeAlias = tuple[Part, ...]
"""What a variable holds: neighbouring texts are one, and there is none for the empty string.

A reference that is left is to a variable that no change touches."""

Environment: TypeAlias = Mapping[str, State | None]
"""What changes leave behind: the variables that they touch. None for one that is gone."""


def environment_after(changes: Iterable[Change]) -> Environment:
    """Carry changes out, one after the other.

    Args:
        changes: in the order in which a shell meets them.

    Returns:
        The variables that they touch, in the order in which they are first touched.
    """
    environment: dict[str, State | None] = {}
    for change in changes:
        match change:
            case Set():
                environment[change.name] = _state(change.parts, environment)
            case Unset():
                environment[change.name] = None
    return environment


def _state(parts: Iterable[Part], environment: Environment) -> State:
    state: list[Part] = []
    for part in parts:
        for piece in _written_out(part, environment):
            if isinstance(piece, str) and state and isinstance(state[-1], str):
                state[-1] += piece
            elif piece != "":
                state.append(piece)
    return tuple(state)


def _written_out(part: Part, environment: Environment) -> State:
    if isinstance(part, Reference) and part.name in environment:
        return environment[part.name] or ()
    return (part,)
