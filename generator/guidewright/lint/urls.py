"""URLs in any text, and how they compare with those of the spec, segment by segment."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

# The ways in which pages write a part of a URL that is filled in.
# Quantifiers have bounds, as a page may hold a line of a megabyte with no end to anything.
FILLED_IN = (
    r"<[A-Za-z][\w .-]{0,60}>|\\?<[A-Za-z][\w .-]{0,60}\\?>|&lt;[\w .-]{1,60}&gt;|\[[A-Z][A-Z0-9_]{0,60}\]"
    r"|\$?\{\{?[^{}\n]{1,60}\}\}?|\\\{[\w .-]{1,60}\\?\}"
)
_URL = re.compile(rf"(?P<scheme>https?)://(?P<rest>(?:{FILLED_IN}|&(?!lt;|gt;|quot;)|[^\s\"'`<>{{}}()\[\]|\\,;&])+)")
# What ends a sentence, not a URL.
_PUNCTUATION = ".,:!?*"


@dataclass(frozen=True)
class Url:
    """A URL in a text.

    Attributes:
        text: as it stands there.
        start: its position in the text.
    """

    text: str
    start: int

    @property
    def end(self) -> int:
        """The position behind it."""
        return self.start + len(self.text)

    @cached_property
    def _rest(self) -> str:
        return self.text.partition("://")[2]

    @property
    def scheme(self) -> str:
        """``http`` or ``https``."""
        return self.text.partition("://")[0]

    @property
    def host(self) -> str:
        """The name of the server, with the port if there is one."""
        return self._rest.partition("/")[0]

    @cached_property
    def path(self) -> tuple[str, ...]:
        """What stands between the slashes: an empty text at the end for a slash there, and wherever slashes double."""
        return tuple(re.split(r"[?#]", self._rest, maxsplit=1)[0].split("/")[1:])

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The path without empty texts."""
        return tuple(segment for segment in self.path if segment)

    @property
    def ends_in_slash(self) -> bool:
        """Whether the path does."""
        return self.path[-1:] == ("",)

    @property
    def has_doubled_slash(self) -> bool:
        """Whether two slashes meet in the path."""
        return "" in self.path[:-1]


def urls_in(text: str) -> Iterator[Url]:
    """Every URL in a text, but those that leave something out.

    Args:
        text: prose or code.
    """
    for found in _URL.finditer(text):
        url = Url(found[0].rstrip(_PUNCTUATION), found.start())
        if not ("..." in found[0] or "\u2026" in found[0]):
            yield url


def is_filled_in(segment: str) -> bool:
    """Whether a segment of a URL of the spec is for the reader to fill in, wholly or in part."""
    return re.search(r"<\w+>", segment) is not None


def matches(found: str, expected: str) -> bool:
    """Whether a segment, or a host, can be one of the spec.

    Args:
        found: as a page has it.
        expected: as the spec has it, with its placeholders.
    """
    if found == expected:
        return True
    pieces = [re.escape(piece) for piece in re.split(r"<\w+>", expected)]
    return len(pieces) > 1 and re.fullmatch(".+".join(pieces), found) is not None


def starts_with(found: tuple[str, ...], expected: tuple[str, ...]) -> bool:
    """Whether segments begin with those of the spec."""
    return len(found) >= len(expected) and all(map(matches, found, expected))
