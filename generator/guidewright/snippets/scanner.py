"""What the parsers of all shells need: a place in the code, and words that are known only in part."""

import re
from dataclasses import dataclass, field

from guidewright.model import Part
from guidewright.snippets.shell import UnreadableCodeError


class Scanner:
    """Goes through code from its start to its end.

    Attributes:
        position: of the next character.
    """

    def __init__(self, code: str) -> None:
        self._code = code
        self.position = 0

    @property
    def line(self) -> int:
        """Of the next character, 1-based."""
        return self._code.count("\n", 0, self.position) + 1

    @property
    def is_at_end(self) -> bool:
        """Whether no character is left."""
        return self.position >= len(self._code)

    def peek(self, ahead: int = 0) -> str:
        """The next character, or one that comes after it; nothing behind the end."""
        index = self.position + ahead
        return self._code[index : index + 1]

    @property
    def previous(self) -> str:
        """The character before the next one; nothing at the start."""
        return self._code[max(0, self.position - 1) : self.position]

    def at_match(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern matches here."""
        return pattern.match(self._code, self.position) is not None

    def taken_since(self, position: int) -> str:
        """The code from a position up to here."""
        return self._code[position : self.position]

    def take(self, number: int = 1) -> str:
        """Go past characters."""
        taken = self._code[self.position : self.position + number]
        self.position += number
        return taken

    def take_if(self, text: str) -> bool:
        """Go past a text if it comes next."""
        if not self._code.startswith(text, self.position):
            return False
        self.position += len(text)
        return True

    def take_match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go past what matches a pattern here, if anything does."""
        match = pattern.match(self._code, self.position)
        if match:
            self.position = match.end()
        return match

    def take_until(self, end: str, what: str) -> str:
        """Go past a text and the end that follows it; returns the text.

        Raises:
            UnreadableCodeError: the end is missing.
        """
        found = self._code.find(end, self.position)
        if found < 0:
            raise UnreadableCodeError(f"{what} starts here and does not end", self.line)
        text = self._code[self.position : found]
        self.position = found + len(end)
        return text


@dataclass(slots=True)
class Word:
    """A word of a command.

    Attributes:
        line: on which it starts, 1-based.
        parts: what is known of it.
        unknown: why its meaning can't be told from the code; empty where it can.
        is_bare: whether its first character stands outside quotes.
    """

    line: int
    parts: list[Part] = field(default_factory=list)
    unknown: str = ""
    is_bare: bool = True

    def add(self, part: Part) -> None:
        """Append to it; neighbouring texts become one."""
        if isinstance(part, str) and self.parts and isinstance(self.parts[-1], str):
            self.parts[-1] += part
        elif part != "":
            self.parts.append(part)

    @property
    def text(self) -> str | None:
        """The word, where it is known from the code alone."""
        texts = [part for part in self.parts if isinstance(part, str)]
        return None if self.unknown or len(texts) < len(self.parts) else "".join(texts)

    def known_parts(self) -> tuple[Part, ...]:
        """What the word comes to.

        Raises:
            UnreadableCodeError: that can't be told from the code.
        """
        if self.unknown:
            raise UnreadableCodeError(self.unknown, self.line)
        return tuple(self.parts)
