"""Placeholders filled in with their samples, as a reader would do it: by editing the text of the snippet."""

from collections.abc import Mapping, Sequence

from guidewright.model import CommandOutput, Part, Placeholder
from guidewright.snippets import Node, Tree


def fill_in(text: str, placeholders: Sequence[Placeholder]) -> str:
    """Replace the placeholders in a text.

    Args:
        text: code, or a value that the spec gives.
        placeholders: those that may occur in it.

    Returns:
        The text with samples.
    """
    for placeholder in placeholders:
        text = text.replace(placeholder.token, placeholder.sample)
    return text


def fill_in_part(part: Part, placeholders: Sequence[Placeholder]) -> Part:
    """The same for a part of what a variable holds."""
    match part:
        case str():
            return fill_in(part, placeholders)
        case CommandOutput():
            return CommandOutput(tuple(fill_in(word, placeholders) for word in part.words))
        case _:
            return part


def fill_in_node(node: "Node | Tree", placeholders: Sequence[Placeholder]) -> Node:
    """The same for what a file holds."""
    match node:
        case str():
            return fill_in(node, placeholders)
        case list():
            return [fill_in_node(entry, placeholders) for entry in node]
        case Mapping():
            return {key: fill_in_node(entry, placeholders) for key, entry in node.items()}
        case _:
            return node
