"""YAML text -> located nodes: every file decoded once, and a way back from a route of keys to line and column."""

from guidewright.source.document import Document, line_of
from guidewright.source.lines import line_text
from guidewright.source.loading import load_documents

__all__ = ["Document", "line_of", "line_text", "load_documents"]
