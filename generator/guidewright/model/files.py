"""Files of the reader's: those that hold environment variables, and those with a content of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from guidewright.diagnostics import Place
from guidewright.model.text import Placeholder, Value, placeholders_in


@dataclass(frozen=True, slots=True)
class FilePath:
    """Where a file is: in the reader's home folder, as a rule.

    Attributes:
        windows: the same on Windows; None where it is not another.
        placeholders: those in it.
    """

    default: str
    windows: str | None
    placeholders: tuple[Placeholder, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every form of it."""
        return (self.default,) if self.windows is None else (self.default, self.windows)


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A file in which the agent takes environment variables.

    Attributes:
        format: the name of its format.
        variables_at: the keys that lead to the variables; none where they are the whole file.
        overrides_shell: whether it wins over a variable that is set in the shell.
        place: where the spec describes it.
    """

    path: FilePath
    format: str
    variables_at: tuple[str, ...]
    overrides_shell: bool
    place: Place


ContentNode: TypeAlias = "Value | bool | int | float | tuple[ContentNode, ...] | Mapping[str, ContentNode]"


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A file that the reader creates with a content of its own.

    Attributes:
        format: the name of its format.
        place: where the spec describes it.
    """

    path: FilePath
    format: str
    content: "Mapping[str, ContentNode] | tuple[ContentNode, ...]"
    place: Place

    @property
    def values(self) -> tuple[Value, ...]:
        """Every text in it, in order."""
        return tuple(_values_in(self.content))

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key in it, in order."""
        return tuple(_keys_in(self.content))

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder in its path and in it once, in the order of appearance."""
        return tuple(dict.fromkeys((*self.path.placeholders, *placeholders_in(self.values))))


def _keys_in(node: ContentNode) -> Iterator[str]:
    match node:
        case tuple():
            for entry in node:
                yield from _keys_in(entry)
        case Mapping():
            for key, entry in node.items():
                yield key
                yield from _keys_in(entry)


def _values_in(node: ContentNode) -> Iterator[Value]:
    match node:
        case Value():
            yield node
        case tuple():
            for entry in node:
                yield from _values_in(entry)
        case Mapping():
            for entry in node.values():
                yield from _values_in(entry)
