"""What is no text on a line of Markdown: inline code, and comments."""

import re
from collections.abc import Iterator

_BACKTICKS = re.compile(r"`+")
_COMMENTS = {"{/*": "*/}", "<!--": "-->"}
_COMMENT_START = re.compile(r"\{/\*|<!--")


def code_spans(line: str) -> Iterator[tuple[int, int]]:
    """Where inline code is on a line: as many backticks at its end as at its start.

    https://spec.commonmark.org/0.31.2/#code-spans
    """
    runs = [found.span() for found in _BACKTICKS.finditer(line)]
    # The next run of the same length, from the right, so that a line of a megabyte takes no longer than it is.
    closing, last_of_length = dict[int, int](), dict[int, int]()
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        if length in last_of_length:
            closing[index] = last_of_length[length]
        last_of_length[length] = index
    index = 0
    while index < len(runs):
        if index in closing:
            yield runs[index][0], runs[closing[index]][1]
        index = closing.get(index, index) + 1


def outside_code(pattern: re.Pattern[str], line: str) -> Iterator[re.Match[str]]:
    """Every match of a pattern on a line that starts outside inline code."""
    spans = list(code_spans(line)) if "`" in line else []
    at = 0
    for found in pattern.finditer(line):
        while at < len(spans) and spans[at][1] <= found.start():
            at += 1
        if at == len(spans) or found.start() < spans[at][0]:
            yield found


class Lines:
    """The lines of a page, of which comments are taken away as they are met: blanks take their place.

    Args:
        lines: of the page.

    Attributes:
        shown: what is left of each.
    """

    def __init__(self, lines: list[str]) -> None:
        self.shown = list(lines)
        # The ends of comments that do not come any more.
        self._missing = set[str]()

    def take_comments(self, index: int) -> bool:
        """Take away the comments that start on a line.

        Args:
            index: of the line.

        Returns:
            False where one starts the line, and has no end.
        """
        line, kept, position = self.shown[index], "", 0
        if "<!--" not in line and "{/*" not in line:
            return True
        for found in outside_code(_COMMENT_START, line):
            if found.start() < position:
                continue
            end = _COMMENTS[found[0]]
            at = -1 if end in self._missing else line.find(end, found.end())
            if at < 0 and self._take_lines(index, end):
                line = line[: found.start()]
                break
            if at < 0 and not (kept + line[position : found.start()]).strip():
                return False
            if at >= 0:
                kept += line[position : found.start()] + " " * (at + len(end) - found.start())
                position = at + len(end)
        self.shown[index] = kept + line[position:]
        return True

    def _take_lines(self, index: int, end: str) -> bool:
        """Take away the rest of a comment that ends on a line below; whether it does."""
        if end in self._missing:
            return False
        last = next((at for at in range(index + 1, len(self.shown)) if end in self.shown[at]), None)
        if last is None:
            self._missing.add(end)
            return False
        self.shown[index + 1 : last] = [""] * (last - index - 1)
        stop = self.shown[last].index(end) + len(end)
        self.shown[last] = " " * stop + self.shown[last][stop:]
        return True
