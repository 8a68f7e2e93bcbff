"""The words of a page that look like facts, whatever the page is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guidewright.diagnostics import Span
from guidewright.lint.page import Block, Code, Prose

# CommonMark, "Code spans": as many backticks at the end as at the start.
_PIECES = re.compile(
    r"(?<![\\`])(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|(?<![\\!])\[[^\[\]]*\]\((?P<link>[^()\s]+)\)"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a block that is set in one way.

    Attributes:
        start: its first character's index in the block's text.
        before: the words in front of it.
    """

    block: Block
    text: str
    start: int
    before: str = ""

    def span(self, start: int, end: int) -> Span:
        """Where a part of it stands on the page."""
        return self.block.span(self.start + start, self.start + end)


class InlineCode(Stretch):
    """What stands between backticks."""


class LinkDestination(Stretch):
    """Where a link leads to."""


class Words(Stretch):
    """What is left of a sentence."""


class Fence(Stretch):
    """A code fence."""


def stretches_of(block: Block) -> Iterator[Stretch]:
    """Take a block apart.

    Args:
        block: of any page.

    Returns:
        Its stretches, in order.
    """
    if isinstance(block, Code):
        yield Fence(block, block.text, 0)
        return
    end = 0
    for found in _PIECES.finditer(block.text):
        yield Words(block, block.text[end : found.start()], end)
        if found["code"] is not None:
            yield InlineCode(block, found["code"], found.start("code"), block.text[: found.start()])
        else:
            words = block.text[found.start() + 1 : found.start("link") - 2]
            yield Words(block, words, found.start() + 1)
            yield LinkDestination(block, found["link"], found.start("link"))
        end = found.end()
    yield Words(block, block.text[end:], end)


def starts_with_name(prose: Prose, name: str) -> bool:
    """Whether a text is the explanation of a name: the name as inline code, and a colon or the next cell of a table."""
    return re.match(rf"[|*_ ]*`{re.escape(name)}`[*_ ]*[:|]", prose.text) is not None
