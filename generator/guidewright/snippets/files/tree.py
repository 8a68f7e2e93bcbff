"""What a file holds, free of any format."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

Node: TypeAlias = "str | int | float | bool | list[Node] | dict[str, Node] | None"
Tree: TypeAlias = "Mapping[str, Node] | list[Node]"
"""What a whole file holds. Most formats have no list at the top."""

KeyPath: TypeAlias = tuple[str | int, ...]
"""The keys, and the positions in lists from 0, that lead to a node."""


def nodes_of(tree: Tree) -> Iterator[tuple[KeyPath, Node]]:
    """Everything below the top, in the order of the file, with the path to it."""
    return _nodes_below(tree, ())


def mapping_at_top(tree: Tree) -> Mapping[str, Node]:
    """What a file holds whose format has no list at the top.

    Raises:
        TypeError: there is one all the same; the format refuses it before.
    """
    if isinstance(tree, list):
        message = "the format has no list at the top"
        raise TypeError(message)
    return tree


def describe(node: Node) -> str:
    """The kind of a node, with its article."""
    match node:
        case None:
            return "a null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case dict():
            return "a mapping"


def _nodes_below(node: Tree, path: KeyPath) -> Iterator[tuple[KeyPath, Node]]:
    children: Iterable[tuple[str | int, Node]] = enumerate(node) if isinstance(node, list) else node.items()
    for step, child in children:
        yield (*path, step), child
        if isinstance(child, list | dict):
            yield from _nodes_below(child, (*path, step))
