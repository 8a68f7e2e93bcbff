"""Text with facts in it."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TypeAlias

from guidewright.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Link:
    """A page to send the reader to.

    Attributes:
        text: the words the reader clicks on.
        url: as the spec gives it: absolute, or a path on the documentation site.
        absolute_url: the same page from anywhere.
    """

    text: str
    url: str
    absolute_url: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A value that the reader fills in.

    Attributes:
        name: what stands between the angle brackets.
        label: what it is called in a sentence.
        sample: a made-up value of the right form.
        hint: how to get or choose the value.
        secret: whether others must not see it.
        docs: the page that tells where to find it.
    """

    name: str
    label: str
    sample: str
    secret: bool
    hint: "Prose | None"
    docs: Link | None

    @property
    def token(self) -> str:
        """What the page shows in its place."""
        return f"<{self.name}>"


@dataclass(frozen=True)
class Command:
    """A program that prints a value.

    Attributes:
        words: the program and its arguments, for every shell or by the name of the shell.
        place: where the spec states it.
    """

    words: "tuple[Value, ...] | Mapping[str, tuple[Value, ...]]"
    place: Place

    def words_in(self, shell: str) -> "tuple[Value, ...] | None":
        """The program and its arguments in a shell; None where the spec gives none for it."""
        return self.words if isinstance(self.words, tuple) else self.words.get(shell)

    @property
    def any_words(self) -> "tuple[Value, ...]":
        """The program and its arguments, in the first shell that the spec names."""
        return self.words if isinstance(self.words, tuple) else next(iter(self.words.values()))


@dataclass(frozen=True)
class VariableReference:
    """What a variable holds that was set before."""

    name: str
    value: "Value"


@dataclass(frozen=True)
class Value:
    """What a variable, a URL or a header holds: literal text and what is filled in, in order."""

    parts: "tuple[ValuePart, ...]"

    @cached_property
    def text(self) -> str:
        """The value as the page shows it."""
        return "".join(_shown(part) for part in self.parts)

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Each placeholder once, in the order of appearance."""
        return tuple(dict.fromkeys(found for part in self.parts for found in _placeholders_of(part)))

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """The commands whose output it holds."""
        return tuple(part for part in self.written_out.parts if isinstance(part, Command))

    @cached_property
    def written_out(self) -> "Value":
        """The same value with what other variables hold in the place of references to them."""
        parts: list[ValuePart] = []
        for part in self.parts:
            for piece in part.value.written_out.parts if isinstance(part, VariableReference) else (part,):
                if isinstance(piece, str) and parts and isinstance(parts[-1], str):
                    parts[-1] += piece
                else:
                    parts.append(piece)
        return Value(tuple(parts))


ValuePart: TypeAlias = str | Placeholder | VariableReference | Command


def _shown(part: ValuePart) -> str:
    match part:
        case str():
            return part
        case Placeholder():
            return part.token
        case VariableReference():
            return part.value.text
        case Command():
            return " ".join(word.text for word in part.any_words)


def _placeholders_of(part: ValuePart) -> tuple[Placeholder, ...]:
    match part:
        case str():
            return ()
        case Placeholder():
            return (part,)
        case VariableReference():
            return part.value.placeholders
        case Command():
            return tuple(found for word in part.any_words for found in word.placeholders)


def placeholders_in(values: Iterable[Value]) -> tuple[Placeholder, ...]:
    """Each placeholder of several values once, in the order of appearance."""
    return tuple(dict.fromkeys(placeholder for value in values for placeholder in value.placeholders))


class Style(enum.Enum):
    """How a part of a sentence is set."""

    PLAIN = enum.auto()
    CODE = enum.auto()
    STRONG = enum.auto()


@dataclass(frozen=True, slots=True)
class Prose:
    """A sentence or a part of one.

    Attributes:
        parts: words and code, in order.
        place: where the spec says it.
    """

    parts: tuple[tuple[str, Style], ...]
    place: Place | None = field(default=None, compare=False)

    def joined(self, other: "Prose") -> "Prose":
        """Both, one after the other. Neighbours of one style become one part: two code spans can't touch on a page."""
        shown = [part for part in (*self.parts, *other.parts) if part[0]]
        merged = tuple(
            ("".join(words for words, _ in neighbours), style)
            for style, neighbours in groupby(shown, key=lambda part: part[1])
        )
        return Prose(merged, self.place)
