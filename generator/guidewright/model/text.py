"""Text with facts in it."""

import enum
from dataclasses import dataclass
from functools import cached_property


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
class Value:
    """What a variable, a URL or a header holds: literal text and placeholders, in order."""

    parts: tuple[str | Placeholder, ...]

    @cached_property
    def text(self) -> str:
        """The value as the page shows it."""
        return "".join(part if isinstance(part, str) else part.token for part in self.parts)

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Each placeholder once, in the order of appearance."""
        return tuple(dict.fromkeys(part for part in self.parts if isinstance(part, Placeholder)))


class Style(enum.Enum):
    """How a part of a sentence is set."""

    PLAIN = enum.auto()
    CODE = enum.auto()


@dataclass(frozen=True, slots=True)
class Prose:
    """A sentence or a part of one: words and code, in order."""

    parts: tuple[tuple[str, Style], ...]
