"""Settings files: variables, or whatever else the spec describes, as a file that the reader copies."""

from guidewright.snippets.files.file_format import FileFormat, Refusal
from guidewright.snippets.files.registry import FILE_FORMATS
from guidewright.snippets.files.tree import KeyPath, Node, Tree
from guidewright.snippets.files.variables import UnreadableVariablesError, place_variables, variables_in

__all__ = [
    "FILE_FORMATS",
    "FileFormat",
    "KeyPath",
    "Node",
    "Refusal",
    "Tree",
    "UnreadableVariablesError",
    "place_variables",
    "variables_in",
]
