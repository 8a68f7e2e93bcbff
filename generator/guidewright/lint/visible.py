"""What a reader sees of a sentence in Markdown, and where each character of it stands."""

import html
import re
from dataclasses import dataclass
from functools import cached_property

# The object replacement character, which no word has in it: it stands for what is not read as words.
_NO_WORDS = "\ufffc"
# CommonMark 0.31.2, chapters 2.4, 2.5 and 6: escapes, references, code spans, links, emphasis, raw HTML.
_SYNTAX = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<reference>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][0-9A-Za-z]{1,31});)"
    r"|(?P<unread>(?<!`)(?P<ticks>`+)(?!`)(?s:.+?)(?<!`)(?P=ticks)(?!`)|<?https?://[^\s<>()\[\]]+>?)"
    r"|!?\[|\](?:\([^()\s]*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\))?|\*+|~~|(?<!\w)_+|_+(?!\w)|</?[A-Za-z][^<>]*>"
)


@dataclass(frozen=True)
class Visible:
    """Inline Markdown as its reader sees it: a paragraph, a heading, a list item or the like.

    Attributes:
        markdown: all of it.
    """

    markdown: str

    @cached_property
    def text(self) -> str:
        """Its words without marks; one character stands for each piece of inline code and each URL."""
        return _SYNTAX.sub(_shown, self.markdown)

    def place_of(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of ``text``, which is not empty, starts and ends in the Markdown."""
        return self._places[start][0], self._places[end - 1][1]

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """For each character of ``text``, the start and the end of what stands for it."""
        places, end = list[tuple[int, int]](), 0
        for found in _SYNTAX.finditer(self.markdown):
            places += _one_by_one(end, found.start())
            places += [found.span()] * len(_shown(found))
            end = found.end()
        return [*places, *_one_by_one(end, len(self.markdown))]


def _one_by_one(start: int, end: int) -> list[tuple[int, int]]:
    return [(index, index + 1) for index in range(start, end)]


def _shown(found: re.Match[str]) -> str:
    if found["unread"]:
        return _NO_WORDS
    return found["escaped"] or html.unescape(found["reference"] or "")
