"""What real compilers read in a page: mdx-js and satteri for MDX, remark with GFM for GitHub's Markdown.

The work is done by ``tests/mdx/inspect.mjs``; one call starts Node once, however many pages there are.
"""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, TypedDict, cast

from tools import missing_tool, require_tool

MDX_FOLDER = Path(__file__).parent / "mdx"
_INSTALL = "run `npm ci --prefix tests/mdx` (`make test` does), with Node 20 or newer"
_TIMEOUT_SECONDS = 120

Engine = Literal["mdx", "satteri", "gfm"]


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page to inspect.

    Attributes:
        path: names the page in the answer; nothing is read from there.
        source: the page.
        format: ``mdx`` is read by mdx-js and satteri, ``md`` by remark with GFM.
    """

    path: str
    source: str
    format: Literal["mdx", "md"] = "mdx"


class Code(TypedDict):
    """A fenced code block, byte for byte; `meta` is what follows the language."""

    language: str | None
    meta: str | None
    value: str


class Heading(TypedDict):
    """A heading and its level."""

    depth: int
    text: str


class Link(TypedDict):
    """A link, a bare address that the engine made one included."""

    url: str
    text: str


class List(TypedDict):
    """A list; each item is its prose, one line per paragraph."""

    ordered: bool
    start: int | None
    items: list[str]


class TabGroup(TypedDict):
    """A ``<Tabs>`` element: its own attributes, and its tabs' labels."""

    attributes: dict[str, str]
    labels: list[str]


class Steps(TypedDict):
    """A ``<Steps>`` element; `error` tells why it is not round exactly one ordered list."""

    items: int
    start: int | None
    error: str | None


class Element(TypedDict):
    """A JSX element. An attribute without a value is ``""``, an expression keeps its braces."""

    element: str
    attributes: dict[str, str]


class Reading(TypedDict):
    """What one engine understood.

    Everything is in document order. `text` and the other prose include inline code and leave fenced code out.
    """

    front_matter: str | None  # YAML, without its fences
    imports: list[str]  # statements
    other_esm: list[str]  # statements
    expressions: list[str]  # sources, those in attributes included
    jsx: dict[str, int]  # how many of each element; "" is a fragment
    attributes: list[Element]
    tabs: list[TabGroup]
    steps: list[Steps]
    lists: list[List]
    code: list[Code]
    inline_code: list[str]
    headings: list[Heading]
    links: list[Link]
    images: list[str]  # addresses
    directives: list[str]  # names
    html_nodes: list[str]  # raw HTML; MDX has none
    alerts: list[str]  # GitHub's: `> [!NOTE]` is "NOTE"
    nodes: dict[str, int]  # how many of each mdast type
    text: str  # a line for each paragraph, heading, table cell ...
    html: str | None  # what the compiled page rendered, components as elements of their own name; only of engine "mdx"


class PageReport(TypedDict):
    """A page's readings. An engine that could not compile the page (or run it: mdx) has none, but a line in `error`."""

    path: str
    ok: bool
    error: str | None
    engines: dict[Engine, Reading]


def inspect_pages(pages: Sequence[PageSource]) -> list[PageReport]:
    """Compile pages with the real compilers; skips the test where they are not installed.

    Args:
        pages: the pages; with MDX, their code is run.

    Returns:
        A report for each page, in the same order.
    """
    node = require_tool("node", _INSTALL)
    if not (MDX_FOLDER / "node_modules").is_dir():
        missing_tool(f"the MDX compilers are not installed: {_INSTALL}")
    completed = subprocess.run(
        [node, str(MDX_FOLDER / "inspect.mjs")],
        input=json.dumps({"pages": [asdict(page) for page in pages]}),
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=_TIMEOUT_SECONDS,
    )
    assert completed.returncode == 0, completed.stderr
    return cast("list[PageReport]", json.loads(completed.stdout)["pages"])
