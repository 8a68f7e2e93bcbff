"""Where each piece of a page came from: marks in the rendered text, taken out again before anybody sees it.

A mark stands before a piece and names its origin by a number. It is written in noncharacters, which Unicode keeps for
use inside a program (The Unicode Standard, chapter 23.7). No spec file and no template may hold any, and no template
may cut or measure what it has rendered: so nothing takes a mark for text, and nothing breaks one.
"""

import re

from guidewright.diagnostics import Place
from guidewright.model import Piece

# Sixteen digits, and what ends a number.
_DIGITS = [chr(0xFDD0 + digit) for digit in range(16)]
_END = "\ufde0"
_MARK = re.compile(f"([{_DIGITS[0]}-{_DIGITS[-1]}]+){_END}")
_VALUES = {ord(character): f"{digit:x}" for digit, character in enumerate(_DIGITS)}
NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")
_SHOWN = re.compile(r"\S")


class Origins:
    """The origins of everything that one environment renders."""

    def __init__(self) -> None:
        self._numbers: dict[Place, int] = {}
        self._places: list[Place] = []

    def mark(self, text: str, origin: Place) -> str:
        """Put a mark before the first character of a text that is no blank; blanks alone need none."""
        shown = _SHOWN.search(text)
        if shown is None:
            return text
        number = self._numbers.setdefault(origin, len(self._places))
        if number == len(self._places):
            self._places.append(origin)
        digits = "".join(_DIGITS[int(digit, 16)] for digit in f"{number:x}")
        return f"{text[: shown.start()]}{digits}{_END}{text[shown.start() :]}"

    def take_out(self, marked: str) -> tuple[str, tuple[Piece, ...]]:
        """Take the marks out of a rendered text.

        Args:
            marked: the text.

        Returns:
            The text without marks, and where in it each marked piece starts, in order.
        """
        pieces, texts, length, end = [], [], 0, 0
        for found in _MARK.finditer(marked):
            texts.append(marked[end : found.start()])
            length += len(texts[-1])
            end = found.end()
            pieces.append(Piece(length, self._places[int(found[1].translate(_VALUES), 16)]))
        return "".join([*texts, marked[end:]]), tuple(pieces)
