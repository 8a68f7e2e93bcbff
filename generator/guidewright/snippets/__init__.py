"""Snippets: a route's variables as code that the reader copies, one module per shell."""

from guidewright.snippets.registry import SHELLS
from guidewright.snippets.render import render_snippets
from guidewright.snippets.shell import Shell

__all__ = ["SHELLS", "Shell", "render_snippets"]
