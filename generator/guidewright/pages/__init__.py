"""Pages: guides and snippets placed into templates, in memory."""

from guidewright.pages.render import render_pages

__all__ = ["render_pages"]
