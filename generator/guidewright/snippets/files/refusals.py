"""What formats can't hold, one rule each, and the search for the first node that a rule is against."""

import math
import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from guidewright.snippets.files.file_format import Refusal
from guidewright.snippets.files.tree import Node, Tree, nodes_of

Rule: TypeAlias = Callable[[Node], str | None]
"""Says why a node can't be held, as words that follow "can't"; None where it can. Keys are asked about too."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_EXACT_IN_A_DOUBLE = 2**53 - 1
_LARGEST_IN_64_BITS = 2**63 - 1
_ENOUGH_DIGITS = 100


def first_refusal(tree: Tree, *, rules: Iterable[Rule]) -> Refusal | None:
    """Find the first node that a rule is against.

    Args:
        tree: any tree.
        rules: those of a format; the first that is against a node gives the reason.

    Returns:
        The node's path and the reason, or None.
    """
    for path, node in nodes_of(tree):
        for part in (path[-1], node):
            for rule in rules:
                reason = rule(part)
                if reason:
                    return Refusal(path, reason)
    return None


def refuse_list_at_top(tree: Tree) -> Refusal | None:
    """A format in which every file holds names with values has no place for a list there."""
    return Refusal((), "hold a list at the top of the file") if isinstance(tree, list) else None


def half_a_character(node: Node) -> str | None:
    """UTF-8, in which files are written, has no surrogates: https://www.rfc-editor.org/rfc/rfc3629#section-3."""
    return "hold half a character (a lone surrogate)" if isinstance(node, str) and _SURROGATE.search(node) else None


def inexact_in_a_double(node: Node) -> str | None:
    """Readers in JavaScript keep every number in a double: https://www.rfc-editor.org/rfc/rfc8259#section-6."""
    is_inexact = isinstance(node, int) and abs(node) > _EXACT_IN_A_DOUBLE
    return "hold an integer of more than 53 bits for every reader" if is_inexact else None


def beyond_64_bits(node: Node) -> str | None:
    """Readers need not keep larger integers: https://toml.io/en/v1.0.0#integer."""
    is_too_large = isinstance(node, int) and not -_LARGEST_IN_64_BITS - 1 <= node <= _LARGEST_IN_64_BITS
    return "hold an integer of more than 64 bits" if is_too_large else None


def not_finite(node: Node) -> str | None:
    """JSON has no notation for them: https://www.rfc-editor.org/rfc/rfc8259#section-6."""
    return "hold a number that is not finite" if isinstance(node, float) and not math.isfinite(node) else None


def null(node: Node) -> str | None:
    """TOML has no null: a key without a value is left out."""
    return "hold a null" if node is None else None


def read_integer(digits: str) -> int:
    """Python refuses to read thousands of digits; fewer make an integer that the rules are against all the same."""
    return int(digits[:_ENOUGH_DIGITS])
