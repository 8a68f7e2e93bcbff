"""Whether a page takes in parts that stand elsewhere: what is missing on it may be there."""

import re

from guidewright.lint.page import Page

# The ways in which frameworks take in files, and components without content, which bring one along.
_TAKES_IN = re.compile(
    r"<[A-Z][\w.]{0,40}(?:\s[^<>]{0,200})?/>|\{%-?\s?(?:include|render)|\{\{[<%]|--8<--|@include|\{!"
    r"|^import\s.{0,200}\.mdx?[\"']|::\s?include|!include"
)


def takes_in_parts(page: Page) -> bool:
    """Whether a part of a page is somewhere else.

    Args:
        page: any page.
    """
    return any(_TAKES_IN.search(line) for line in page.lines)
