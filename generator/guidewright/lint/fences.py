"""What stands behind the opening marks of a code fence: its language, a label, or a directive."""

import re

_LANGUAGE = re.compile(r"(?:\{(?:code-block|code-cell|code|sourcecode)\}\s*|\{\s*\.?)?(?P<name>[^\s{}\[,:]*)")
_LABEL = re.compile(r"\[([^\]]+)\]|\b(?:title|filename|label)=(?:\"([^\"]*)\"|'([^']*)')")
_NO_LABEL = re.compile(r"\{[^{}]*\}|\S*=\S*|\b(?:copy|wrap|lines|expandable|theme:\S*)\b")
MARKDOWN_IN_A_FENCE = re.compile(
    r"\{(?P<name>tab-set|tab-item|note|tip|hint|warning|caution|danger|important|attention|admonition|dropdown)\}"
    r"[ \t]*(?P<label>.*)"
)
"""A fence that holds Markdown, not code: https://mystmd.org/guide/directives."""


def language_of(info: str) -> str:
    """The language of a fence in small letters; may be empty.

    Args:
        info: what stands behind its marks, also with attributes: ``{ .bash .copy }``, ``{code-block} bash``.
    """
    found = _LANGUAGE.match(info)
    return found["name"].lower() if found else ""


def label_of(info: str) -> str:
    """The label that a fence among others has behind its language; empty where it has none.

    Args:
        info: what stands behind its marks.
    """
    if found := _LABEL.search(info):
        return next(group for group in found.groups() if group is not None)
    language = _LANGUAGE.match(info)
    return " ".join(_NO_LABEL.sub(" ", info[language.end() if language else 0 :]).split())
