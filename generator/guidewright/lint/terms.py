"""Where a text uses a name that the site has ruled out."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guidewright.model import Term

# A word with hyphens is one word; a blank of a name may be a hyphen, as in front of another word.
_START, _END = r"(?<!\w)(?<!\w[-\u2010\u2011])", r"(?!\w)(?![-\u2010\u2011]\w)"
_BLANK = r"(?:\s+|[-\u2010\u2011])"
_PLURAL = "(?:e?s)?"


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name in a text that the site has ruled out.

    Attributes:
        name: as the site lists it.
        term: what to write in its place.
        start: its first character's index in the text.
        end: the index behind it.
    """

    name: str
    term: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is looked for.

    Attributes:
        term: what to write in its place; empty for what is right.
        hint: a part that every text has in which it is found, in small letters.
    """

    name: str
    term: str
    hint: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Use:
    """A name in a text."""

    name: Name
    start: int
    end: int
    is_as_listed: bool

    @property
    def weight(self) -> tuple[int, bool, int, bool]:
        """What decides between names for the same words: the longer one, then the one that is written so."""
        return self.end - self.start, self.is_as_listed, len(self.name.name), not self.name.term

    def gives_way_to(self, other: "_Use") -> bool:
        """Whether it is only a part of another name, or less of a name for the same words."""
        return other.start <= self.start and self.end <= other.end and self.weight < other.weight


@functools.cache
def names_of(terms: tuple[Term, ...]) -> tuple[Name, ...]:
    """Prepare the names of a site, right or ruled out, for looking for them in many texts."""
    right = [_name(term.name, "") for term in terms]
    return (*right, *(_name(other, term.name) for term in terms for other in term.others))


def other_names_in(text: str, names: Sequence[Name]) -> Iterator[OtherName]:
    """Find the names that a text should not use.

    Args:
        text: as its reader sees it.
        names: those of the site.

    Yields:
        Each of them, but not where it is only a part of a longer name, right or ruled out.
    """
    lowered = text.lower()
    likely = [name for name in names if name.hint in lowered]
    ruled_out = [use for name in likely if name.term for use in _uses_of(name, text)]
    if ruled_out:
        uses = [*ruled_out, *(use for name in likely if not name.term for use in _uses_of(name, text))]
        for use in sorted(ruled_out, key=lambda use: use.start):
            if not any(map(use.gives_way_to, uses)):
                yield OtherName(use.name.name, use.name.term, use.start, use.end)


def _uses_of(name: Name, text: str) -> Iterator[_Use]:
    for found in name.pattern.finditer(text):
        is_as_listed = _key(found[0]).startswith(_key(name.name))
        yield _Use(name, found.start(), found.end(), is_as_listed)


def _name(name: str, term: str) -> Name:
    words = name.split()
    pattern = f"{_START}{_BLANK.join(map(re.escape, words))}{_PLURAL}{_END}"
    return Name(name, term, words[0].lower(), re.compile(pattern, re.IGNORECASE))


def _key(text: str) -> str:
    return " ".join(text.split()).lower()
