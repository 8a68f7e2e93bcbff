"""Files with a content of their own, written in their formats."""

from collections.abc import Mapping

from guidewright.diagnostics import Report, did_you_mean
from guidewright.model import ConfigFile, ContentNode, FileSnippet, Value
from guidewright.snippets.files import FILE_FORMATS, Node, Tree


def render_config_file(file: ConfigFile, report: Report) -> FileSnippet | None:
    """Write a file.

    Args:
        file: what it says.
        report: receives an unknown format, and what the format can't hold.

    Returns:
        The file; None where something was reported.
    """
    file_format = FILE_FORMATS.get(file.format)
    if file_format is None:
        help_line = did_you_mean(file.format, FILE_FORMATS)
        report.error("unknown-format", f'unknown format "{file.format}"', file.place.at("format"), help=help_line)
        return None
    if any(value.commands for value in file.values):
        report.error(
            "not-in-a-file",
            f"a {file_format.title} file can't run a command",
            file.place.at("content").key(),
            help="set a variable to the command's output, and name the variable in the file",
        )
        return None
    tree = tree_of(file)
    refusal = file_format.refuse(tree)
    if refusal is not None:
        report.error(
            "not-in-a-file",
            f"{file_format.title} can't {refusal.reason}",
            file.place.at("content", *refusal.key_path),
            help="change the value, or the format of the file",
        )
        return None
    return FileSnippet(file, file_format.language, file_format.render(tree))


def tree_of(file: ConfigFile) -> Tree:
    """What a file says, with its texts written out.

    Args:
        file: a file without commands.

    Returns:
        The tree that its format renders.
    """
    if isinstance(file.content, tuple):
        return [_node(node) for node in file.content]
    return {key: _node(node) for key, node in file.content.items()}


def _node(node: ContentNode) -> Node:
    match node:
        case Value():
            return node.text
        case tuple():
            return [_node(entry) for entry in node]
        case Mapping():
            return {key: _node(entry) for key, entry in node.items()}
        case _:
            return node
