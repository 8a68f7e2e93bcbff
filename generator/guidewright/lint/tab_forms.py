"""The ways in which docs frameworks write tabs between tags, one row each."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from guidewright.lint.markup import outside_code

# Attributes of a tag of JSX: what stands between braces may hold any other sign, to some depth.
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\})*+\}"
_ATTRIBUTES = rf"(?:[^<>\"'{{}}]|\"[^\"]*+\"|'[^']*+'|{_BRACES})*+"
_ATTRIBUTE = re.compile(
    rf"(?P<name>[\w:-]+)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<braces>{_BRACES}))|\"(?P<alone>[^\"]*)\""
)
_TEXT = re.compile(r"\"([^\"]*)\"|'([^']*)'|`([^`]*)`")
_ENTRY = re.compile(r"\{[^{}]*+\}")
# The attributes that hold a label, the best one first.
_LABELS = ("label", "title", "name", "header", "alone", "value")
_MAX_LINES, _MAX_TAG = 60, 10_000


@dataclass(frozen=True)
class TabForm:
    """Tabs as some frameworks write them.

    Attributes:
        start: how a tag begins, as a pattern.
        slash: what makes it one that closes.
        group: the names of the tag round all tabs.
        tab: those of the tag round one.
        end: how a tag goes on and ends.
    """

    start: str
    slash: str
    group: str
    tab: str
    end: str

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """A tag up to its attributes."""
        return re.compile(
            rf"{self.start}(?P<slash>{self.slash})?(?:(?P<group>{self.group})|(?P<tab>{self.tab}))(?![\w.:-])"
        )

    @cached_property
    def rest(self) -> re.Pattern[str]:
        """The attributes of a tag and its end."""
        return re.compile(self.end)


TAB_FORMS: Sequence[TabForm] = (
    # MDX: Starlight, Docusaurus, Mintlify, Fumadocs, Nextra.
    TabForm("<", "/", "Tabs|CodeGroup|CodeTabs", r"TabItem|Tabs\.Tab|TabPanel|Tab", rf"(?P<attributes>{_ATTRIBUTES})>"),
    # GitBook and other users of Liquid.
    TabForm(r"\{%-?\s{0,9}", "end", "tabs", "tab", r"(?P<attributes>[^%\n]*+)%\}"),
    # Hugo's shortcodes.
    TabForm(
        r"\{\{[<%]\s{0,9}",
        r"/\s{0,9}",
        "tabs|tabpane|code-?tabs",
        "tab|code-?tab",
        r"(?P<attributes>[^<>%\n]*+)[%>]\}\}",
    ),
)
"""Every form, in the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class TabTag:
    """A tag that opens or closes a group of tabs, or one of them.

    Attributes:
        form: the one that it is of.
        start: the index of its first character in its line.
        line: the index of the line on which it ends.
        end: the index behind it there.
    """

    form: TabForm
    is_group: bool
    is_closing: bool
    attributes: Mapping[str, str]
    start: int
    line: int
    end: int

    @property
    def label(self) -> str:
        """The label that the tag itself holds; empty where it holds none."""
        text = next((self.attributes[name] for name in _LABELS if self.attributes.get(name)), "")
        return html.unescape(_first_text(text) if text.startswith("{") else text)

    @property
    def labels(self) -> Sequence[str]:
        """The labels that the tag of a group holds for its tabs, in order."""
        return [_text(found) for found in _TEXT.finditer(self.attributes.get("items", ""))]

    @property
    def labels_by_value(self) -> Mapping[str, str]:
        """The labels that the tag of a group holds for the values of its tabs."""
        entries = (
            {name: _first_text(entry[0][at:]) for name in ("label", "value") if (at := _key(name, entry[0])) >= 0}
            for entry in _ENTRY.finditer(self.attributes.get("values", "")[1:])
        )
        return {entry["value"]: entry["label"] for entry in entries if len(entry) > 1}


def tab_tags(lines: Sequence[str], index: int) -> Sequence[TabTag]:
    """Find the tags of tabs that start on a line, outside inline code.

    Args:
        lines: of the page, without comments.
        index: of the line.
    """
    line = lines[index]
    found = [
        tag
        for form in TAB_FORMS
        if form.opening.search(line)
        for opening in outside_code(form.opening, line)
        if (tag := _tag(form, opening, lines, index)) is not None
    ]
    return sorted(found, key=lambda tag: tag.start)


def _tag(form: TabForm, opening: re.Match[str], lines: Sequence[str], index: int) -> TabTag | None:
    line, first = lines[index], opening.end()
    rest = form.rest.match(line, first, first + _MAX_TAG)
    if rest is None and len(line) - first < _MAX_TAG:
        # It may end on a line below.
        rest = form.rest.match("\n".join([line[first:], *lines[index + 1 : index + _MAX_LINES]])[:_MAX_TAG])
    if rest is None:
        return None
    below = rest[0].count("\n")
    end = len(rest[0]) - rest[0].rfind("\n") - 1 if below else first + len(rest[0])
    attributes = _attributes(rest["attributes"])
    is_closing = opening["slash"] is not None
    return TabTag(form, opening["group"] is not None, is_closing, attributes, opening.start(), index + below, end)


def _attributes(text: str) -> Mapping[str, str]:
    values = dict[str, str]()
    for found in _ATTRIBUTE.finditer(text):
        value = next((found[name] for name in ("double", "single", "braces", "alone") if found[name] is not None), "")
        values.setdefault(found["name"] or "alone", value)
    return values


def _text(found: re.Match[str]) -> str:
    return next((group for group in found.groups() if group is not None), "")


def _first_text(text: str) -> str:
    found = _TEXT.search(text)
    return _text(found) if found else ""


def _key(name: str, entry: str) -> int:
    found = re.search(rf"\b{name}\b[\"']?\s*:", entry)
    return found.end() if found else -1
