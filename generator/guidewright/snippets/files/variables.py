"""Variables as a part of what a file holds: the mapping that stands at a key path, such as ``env``."""

from collections.abc import Mapping, Sequence

from guidewright.snippets.files.tree import Node, Tree, describe


class UnreadableVariablesError(ValueError):
    """What stands at the key path is no mapping of names to strings.

    Attributes:
        key_path: of the node that is none, as far as it exists.
    """

    def __init__(self, reason: str, key_path: Sequence[str]) -> None:
        super().__init__(reason)
        self.key_path = tuple(key_path)


def place_variables(variables: Mapping[str, str], key_path: Sequence[str]) -> Tree:
    """Build the tree of a file that holds nothing but variables.

    Args:
        variables: names and values.
        key_path: the keys that lead to them; none where they are the whole file.

    Returns:
        The tree.
    """
    tree: dict[str, Node] = dict(variables)
    for key in reversed(key_path):
        tree = {key: tree}
    return tree


def variables_in(tree: Tree, key_path: Sequence[str]) -> Mapping[str, str]:
    """Take the variables out of what a file holds.

    Args:
        tree: all of it; what is beside the key path does not matter.
        key_path: the keys that lead to the variables; none where they are the whole file.

    Returns:
        Names and values; nothing where the file ends before the key path does, since it then sets no variable.

    Raises:
        UnreadableVariablesError: something else stands there. A value must be a string: the environment holds nothing
            else, and what a program makes of a number or a boolean is up to it.
    """
    if isinstance(tree, list):
        raise UnreadableVariablesError(f"{describe(tree)} stands where variables belong", ())
    found = tree
    for length, key in enumerate(key_path, start=1):
        child = found.get(key, {})
        if not isinstance(child, dict):
            raise UnreadableVariablesError(f"{describe(child)} stands where variables belong", key_path[:length])
        found = child
    variables = {}
    for name, value in found.items():
        if not isinstance(value, str):
            raise UnreadableVariablesError(f"{describe(value)} is no value of a variable", (*key_path, name))
        variables[name] = value
    return variables
