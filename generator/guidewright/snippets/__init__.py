"""Snippets: a route's variables as code that the reader copies, one module per shell or file format."""

from guidewright.snippets.changes import variables_of
from guidewright.snippets.config_files import tree_of
from guidewright.snippets.files import FILE_FORMATS, Node, Tree
from guidewright.snippets.parity import (
    compare_snippets,
    differences_in_code,
    differences_in_file,
    expected_environment,
    is_same_tree,
)
from guidewright.snippets.registry import SHELLS
from guidewright.snippets.render import render_snippets
from guidewright.snippets.shell import FoundChange, Shell, UnreadableCodeError

__all__ = [
    "FILE_FORMATS",
    "SHELLS",
    "FoundChange",
    "Node",
    "Shell",
    "Tree",
    "UnreadableCodeError",
    "compare_snippets",
    "differences_in_code",
    "differences_in_file",
    "expected_environment",
    "is_same_tree",
    "render_snippets",
    "tree_of",
    "variables_of",
]
