"""A text as its sentences."""

import re
from collections.abc import Iterator

from guidewright.lint.page import Prose

_MAX_SENTENCE = 5_000


def sentences_of(prose: Prose) -> Iterator[tuple[str, int]]:
    """The sentences of a text, each with the position where it starts.

    Args:
        prose: any text; a list item without a full stop is one sentence, and what is too long for one is left out.
    """
    start = 0
    text = prose.text
    for end in re.finditer(r"(?<=[.!?])[\"')\]*_]*\s+(?=[^a-z\s])|(?<=;)\s+|\Z", text):
        sentence = text[start : end.start()]
        if len(sentence) <= _MAX_SENTENCE and sentence.strip(" ."):
            yield sentence, start
        start = end.end()


_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`|\]\([^()\s]*\)|\[|&nbsp;")


def plain_sentences_of(prose: Prose) -> Iterator[tuple[str, int]]:
    """The same sentences as their reader sees them: blanks stand for emphasis, code marks and links.

    Args:
        prose: any text.

    Yields:
        Each sentence, in which every word is where it is in the text, and the position where it starts.
    """
    for sentence, start in sentences_of(prose):
        yield _MARKS.sub(lambda mark: " " * len(mark[0]), sentence), start
