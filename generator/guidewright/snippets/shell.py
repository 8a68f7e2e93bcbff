"""What every shell module offers."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shell:
    """A shell that snippets can be written for.

    Attributes:
        name: what ``site.yaml`` calls it.
        language: the info string of its code fences.
        assign: (variable name, value) -> the command that sets the variable to exactly that value.
    """

    name: str
    language: str
    assign: Callable[[str, str], str]
