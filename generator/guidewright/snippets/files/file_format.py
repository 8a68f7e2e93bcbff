"""What every file format offers."""

from collections.abc import Callable
from dataclasses import dataclass

from guidewright.snippets.files.tree import KeyPath, Tree


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a tree can't be written exactly.

    Attributes:
        key_path: of the node that can't be written.
        reason: words that follow "can't".
    """

    key_path: KeyPath
    reason: str


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A file format that snippets can be written in.

    Attributes:
        name: what the spec calls it.
        title: what its users call it.
        language: the info string of its code fences.
        render: the text of a file that holds a tree, without a line break at its end: where a page or a reader adds or
            drops one, the file holds the same. Only for what ``refuse`` does not refuse.
        refuse: the first node that readers of the format would not all take for what it is; None where there is none.
        parse: what a file holds. Raises ``UnreadableCodeError`` for a text that is not well-formed, and for one that
            readers of the format take for different things.
    """

    name: str
    title: str
    language: str
    render: Callable[[Tree], str]
    refuse: Callable[[Tree], Refusal | None]
    parse: Callable[[str], Tree]
