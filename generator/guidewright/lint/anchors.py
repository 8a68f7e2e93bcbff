"""The names under which links reach the headings of a page.

Docs frameworks make them as GitHub does: https://github.com/Flet/github-slugger
"""

import re
from collections import Counter

from guidewright.lint.page import Page
from guidewright.lint.text import unescaped

_DROPPED = re.compile(r"[^\w\- ]")


def anchors_of(page: Page) -> frozenset[str]:
    """Collect the anchors of a page.

    Args:
        page: any page.

    Returns:
        The anchor of each heading; one that comes again has a number behind it.
    """
    seen = Counter[str]()
    anchors = set()
    for section in page.sections:
        if section.level:
            slug = anchor_of(section.title)
            anchors.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
    return frozenset(anchors)


def anchor_of(title: str) -> str:
    """The anchor of a heading that is the first of its name.

    Args:
        title: as the page has it, in Markdown.

    Returns:
        What a link to it has behind ``#``.
    """
    return _DROPPED.sub("", unescaped(title).replace("`", "").strip().lower()).replace(" ", "-")
