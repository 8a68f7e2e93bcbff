"""The escaping: readable vectors, and random documents through the real compilers.

Raw text goes through the same check as escaped text, to show that the check would notice.
"""

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from html import unescape
from string import Template
from typing import Final, Literal
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from guidewright.pages import markdown
from guidewright.pages.markdown import UnrenderableError
from mdx_harness import Engine, PageReport, PageSource, Reading, inspect_pages
from tools import require_tool

# --- vectors ---------------------------------------------------------------------------------------------------------

TEXT: Final = {
    # What needs no escape stays readable for those who review a page.
    "Amazon Bedrock (us-east-1): it's 10 %": "Amazon Bedrock (us-east-1): it's 10 %",
    "cf-aig-authorization: Bearer": "cf-aig-authorization: Bearer",
    "Claude 3.5, 2.x and C#": "Claude 3.5, 2.x and C#",
    "AWS_REGION and a-b/c.d": "AWS_REGION and a-b/c.d",
    "A & B, R&D; x = 1 + 2": "A & B, R&amp;D; x = 1 + 2",
    ".": ".",
    ", then": ", then",
    "": "",
    "日本語 “é” 😀": "日本語 “é” 😀",
    # Layout.
    "two\nlines,  spaced": "two lines, spaced",
    " between ": " between ",
    # Inline syntax.
    r"a\b `c` *d* [e] ~f~ $g$ ^h^": r"a\\b \`c\` \*d\* \[e\] \~f\~ \$g\$ \^h\^",
    "<X> {y}": "&lt;X&gt; &#123;y&#125;",
    "&lt; &#38; &x": "&amp;lt; &amp;#38; &amp;x",
    "_a_ b_c": r"\_a\_ b_c",
    "at 10:30: go": r"at 10\:30: go",
    "https://www.example.com": r"https\://www\.example.com",
    "me@example.com, @me, a @ b": "me@example.com, @me, a @ b",
    # A boundary: what follows is unknown.
    "Note:": r"Note\:",
    "Done!": r"Done\!",
    "AT&T": "AT&amp;T",
    "a_": r"a\_",
    # The start of a block.
    "# a": r"\# a",
    "- a": r"\- a",
    " + a": r" \+ a",
    "= a": r"\= a",
    "| a": r"\| a",
    ": a": r"\: a",
    "1. a": r"1\. a",
    "12) a": r"12\) a",
    "1.5 a": "1.5 a",
    "10": "&#x31;0",
    "import a": "&#105;mport a",
    "exp": "&#101;xp",
    "Import": "Import",
}

LAST_TEXT: Final = {"Note:": "Note:", "Done! ": "Done!", "AT&T": "AT&T", "10": "10", "im": "im", "a_": r"a\_", "": ""}

HEADING: Final = {
    "Amazon Bedrock": "Amazon Bedrock",
    "1. a": "1. a",
    "C#": r"C\#",
    "a {#b}": r"a &#123;\#b&#125;",
    "import a": "import a",
}

TABLE_CELL: Final = {"a | b": r"a \| b", r"\|": r"\\\|", "10": "10"}

INLINE_CODE: Final = {
    "<AWS_REGION> {x} \\": "`<AWS_REGION> {x} \\`",
    "a`b": "``a`b``",
    "``": "``` `` ```",
    "`a": "`` `a ``",
    " a": "` a`",
    " a ": "`  a  `",
    "  ": "`  `",
    "a|b": "`a|b`",
}

ATTRIBUTE: Final = {
    "macOS and Linux": '"macOS and Linux"',
    'a "b" & <c> {d} \\ `': '"a &#34;b&#34; &#38; &#60;c&#62; &#123;d&#125; \\ `"',
    "https://example.com": '"https://example.com"',
    "it's": '"it\'s"',
}

URL: Final = {
    "https://example.com/a_b~c?d=e&f=1#g": "https://example.com/a_b~c?d=e&f=1#g",
    "/a b/<X>": "/a%20b/%3CX%3E",
    "/a(b)*'!$": "/a%28b%29%2A%27%21%24",
    "/50%/%20/é": "/50%25/%20/%C3%A9",
    "/?a&lt;b&#38;": "/?a&lt%3Bb&#38%3B",
    "mailto:me@example.com": "mailto:me@example.com",
    "HTTPS://example.com": "HTTPS://example.com",
    "../a:b": "../a:b",
}

FRONT_MATTER: Final = {
    "é 😀": '"é 😀"',
    'a: "b" \\ # c': r'"a: \"b\" \\ # c"',
    "a\n\tb": r'"a\n\tb"',
    "\x85\u2028\ufeff\x9f\x7f\uffff": r'"\u0085\u2028\ufeff\u009f\u007f\uffff"',
}


def inline_code_in_table(value: str) -> str:
    return markdown.inline_code(value, in_table=True)


def last_text(value: str) -> str:
    return markdown.text(value, last=True)


def url_in_attribute(value: str) -> str:
    return markdown.attribute(markdown.url(value))


def code_title(value: str) -> str:
    return markdown.fenced_code("a", "sh", value)


def code(value: str) -> str:
    return markdown.fenced_code(value, "sh")


VECTORS: Final[list[tuple[Callable[[str], str], Mapping[str, str]]]] = [
    (markdown.text, TEXT),
    (last_text, LAST_TEXT),
    (markdown.heading, HEADING),
    (markdown.table_cell, TABLE_CELL),
    (markdown.inline_code, INLINE_CODE),
    (inline_code_in_table, {"a|b": r"`a\|b`", r"\\|": r"`\\\|`"}),
    (markdown.attribute, ATTRIBUTE),
    (markdown.url, URL),
    (url_in_attribute, {"/?a&lt;": '"/?a&#38;lt%3B"'}),
    (markdown.front_matter_value, FRONT_MATTER),
    (code, {"a": "```sh\na\n```", "```\n\t````": "`````sh\n```\n\t````\n`````", "a\n": "```sh\na\n\n```"}),
    (code_title, {"a.sh: 'b'": "```sh title=\"a.sh: 'b'\"\na\n```"}),
]


@pytest.mark.parametrize(
    ("function", "value", "expected"),
    [
        pytest.param(function, value, expected, id=f"{function.__name__}-{value!a}")
        for function, vectors in VECTORS
        for value, expected in vectors.items()
    ],
)
def test_written_form(function: Callable[[str], str], value: str, expected: str) -> None:
    assert function(value) == expected


ON_A_PAGE: Final = (
    markdown.text,
    markdown.heading,
    markdown.table_cell,
    markdown.inline_code,
    inline_code_in_table,
    markdown.attribute,
    markdown.url,
    code,
    code_title,
)


@pytest.mark.parametrize("function", ON_A_PAGE)
@pytest.mark.parametrize(
    ("character", "headline"),
    [
        ("\x00", "control character U+0000 cannot be shown on a page"),
        ("\x07", "control character U+0007 cannot be shown on a page"),
        ("\r", "control character U+000D cannot be shown on a page"),
        ("\x85", "control character U+0085 cannot be shown on a page"),
        ("\u2028", "character U+2028 cannot be shown on a page"),
        ("\u2029", "character U+2029 cannot be shown on a page"),
        ("\ufeff", "character U+FEFF cannot be shown on a page"),
        ("\ud800", "character U+D800 cannot be shown on a page"),
    ],
)
def test_refuses_what_no_page_can_show(function: Callable[[str], str], character: str, headline: str) -> None:
    with pytest.raises(UnrenderableError, match=f"^{re.escape(headline)}$"):
        function(f"a{character}b")


@pytest.mark.parametrize(
    ("function", "value", "headline"),
    [
        (markdown.inline_code, "", "empty inline code cannot be shown on a page"),
        (markdown.inline_code, "a\nb", "control character U+000A cannot be shown on a page"),
        (inline_code_in_table, r"\|", "inline code with a backslash before a pipe cannot be shown in a table"),
        (inline_code_in_table, r"\\\|", "inline code with a backslash before a pipe cannot be shown in a table"),
        (markdown.attribute, "a\nb", "control character U+000A cannot be shown on a page"),
        (markdown.front_matter_value, "\udc00", "character U+DC00 cannot be shown on a page"),
        (markdown.url, "", "a link without an address cannot be shown on a page"),
        (markdown.url, "javascript:alert(1)", 'a link cannot have the scheme "javascript"'),
        (markdown.url, "DATA:text/html,a", 'a link cannot have the scheme "DATA"'),
        (code, " \n", "an empty code block cannot be shown on a page"),
        *((code_title, f"a{c}b", f"the title of a code block cannot contain {c}") for c in '"\\{}<>&`'),
    ],
)
def test_refuses(function: Callable[[str], str], value: str, headline: str) -> None:
    with pytest.raises(UnrenderableError, match=f"^{re.escape(headline)}$"):
        function(value)


@pytest.mark.parametrize("language", ["", "sh title=x", "sh`", "{sh}", "sh\n"])
def test_refuses_what_is_no_language(language: str) -> None:
    with pytest.raises(UnrenderableError, match="is not the name of a code block's language"):
        markdown.fenced_code("a", language)


# --- documents through the real compilers ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """What a page shall say, one value for each function; fragments stand in one paragraph, one after the other."""

    front_matter: str = "Title"
    heading: str = "Heading"
    paragraph: str = "Paragraph"
    last_paragraph: str = "Last"
    item: str = "Item"
    link: str = "Link"
    url: str = "/url"
    first_fragment: str = "first "
    second_fragment: str = "second "
    fragment_before_code: str = "before "
    code: str = "code"
    fragment_before_link: str = " then "
    last_fragment: str = " last"
    cell: str = "Cell"
    cell_code: str = "cell code"
    attribute: str = "Label"
    fence: str = "echo"


BODY: Final = """\
## ${heading}

${paragraph}

${last_paragraph}

- ${item}

Go to [${link}](${url})

${first_fragment}${second_fragment}${fragment_before_code}${code}${fragment_before_link}[here](/)${last_fragment}

| Column | Code |
| --- | --- |
| ${cell} | ${cell_code} |

"""
PAGES: Final[Mapping[Literal["mdx", "md"], Template]] = {
    "mdx": Template(
        "---\ntitle: ${front_matter}\n---\n\n"
        'import { TabItem, Tabs } from "~/components";\n\n'
        + BODY
        + '<Tabs syncKey="os">\n<TabItem label=${attribute}>\n\n${fence}\n\n</TabItem>\n</Tabs>\n'
    ),
    "md": Template("---\ntitle: ${front_matter}\n---\n\n" + BODY + "${fence}\n"),
}
IMPORT: Final = 'import { TabItem, Tabs } from "~/components";'

WRITERS: Final[Mapping[str, Callable[[str], str]]] = {
    "front_matter": markdown.front_matter_value,
    "heading": markdown.heading,
    "last_paragraph": last_text,
    "url": markdown.url,
    "code": markdown.inline_code,
    "cell": markdown.table_cell,
    "cell_code": inline_code_in_table,
    "attribute": markdown.attribute,
    "fence": code,
}
# The same pages, from a writer who does not know about escaping.
RAW_WRITERS: Final[Mapping[str, Callable[[str], str]]] = {
    "front_matter": '"{}"'.format,
    "code": "`{}`".format,
    "cell_code": "`{}`".format,
    "attribute": '"{}"'.format,
    "fence": "```sh\n{}\n```".format,
}


def write_page(document: Document, page_format: Literal["mdx", "md"]) -> PageSource:
    written = {name: WRITERS.get(name, markdown.text)(value) for name, value in asdict(document).items()}
    return PageSource("escaped", PAGES[page_format].substitute(written), page_format)


def write_raw_page(document: Document, page_format: Literal["mdx", "md"]) -> PageSource:
    written = {name: RAW_WRITERS.get(name, str)(value) for name, value in asdict(document).items()}
    return PageSource("raw", PAGES[page_format].substitute(written), page_format)


def one_line(value: str) -> str:
    """The documented joining of lines; spaces at a block's ends are no part of it."""
    return re.sub(r"[ \n]+", " ", value).strip(" ")


def expected_lines(document: Document) -> list[str]:
    fragments = (
        document.first_fragment
        + document.second_fragment
        + document.fragment_before_code
        + document.code
        + document.fragment_before_link
        + "here"
        + document.last_fragment
    )
    lines = [
        document.heading,
        document.paragraph,
        document.last_paragraph,
        document.item,
        f"Go to {document.link}",
        fragments,
        "Column",
        "Code",
        document.cell,
        document.cell_code,
    ]
    return [one_line(line) for line in lines]


MARKDOWN_NODES: Final = {
    "root": 1,
    "yaml": 1,
    "heading": 1,
    "paragraph": 5,
    "list": 1,
    "listItem": 1,
    "table": 1,
    "tableRow": 2,
    "tableCell": 4,
    "inlineCode": 2,
    "code": 1,
}
NODES: Final[Mapping[Engine, Mapping[str, int]]] = {
    "mdx": MARKDOWN_NODES | {"mdxjsEsm": 1, "mdxJsxFlowElement": 2},
    "satteri": MARKDOWN_NODES | {"mdxjsEsm": 1, "mdxJsxFlowElement": 2},
    "gfm": MARKDOWN_NODES,
}


def title_of(front_matter: str | None) -> object:
    """The front matter's only value; front_matter_value promises JSON."""
    try:
        return json.loads((front_matter or "").removeprefix("title: "))
    except json.JSONDecodeError:
        return front_matter


def missing_in(html: str, lines: list[str]) -> list[str]:
    """The lines that the rendered page does not show."""
    shown = one_line(unescape(re.sub(r"<[^>]*>", "", html)))
    return [line for line in lines if line not in shown]


def differences(document: Document, engine: Engine, reading: Reading) -> list[str]:
    """Compare what an engine understood with what the page shall say."""
    is_mdx = engine != "gfm"
    lines = expected_lines(document)
    # GFM "Autolinks" makes links of bare addresses, escaped or not. They change no word, so they are no difference.
    links = [link for link in reading["links"] if link["url"].removeprefix("http://") != link["text"]]
    links = [link for link in links if link["url"] not in {link["text"], f"mailto:{link['text']}"}]
    nodes = {name: count for name, count in reading["nodes"].items() if name not in {"text", "link"}}
    compared: dict[str, tuple[object, object]] = {
        "front matter": (title_of(reading["front_matter"]), document.front_matter),
        "nodes": (nodes, NODES[engine]),
        "text": ([one_line(line) for line in reading["text"].split("\n")], lines),
        "url": ([unquote(link["url"]) for link in links], [unquote(document.url), "/"]),
        "inline code": (reading["inline_code"], [document.code, document.cell_code]),
        "fence": (reading["code"], [{"language": "sh", "meta": None, "value": document.fence}]),
        "imports": (reading["imports"], [IMPORT] if is_mdx else []),
        "other ESM": (reading["other_esm"], []),
        "expressions": (reading["expressions"], []),
        "jsx": (reading["jsx"], {"Tabs": 1, "TabItem": 1} if is_mdx else {}),
        "attribute": ([group["labels"] for group in reading["tabs"]], [[document.attribute]] if is_mdx else []),
        "directives": (reading["directives"], []),
        "raw HTML": (reading["html_nodes"], []),
        "missing in the rendered page": (missing_in(reading["html"], lines) if reading["html"] else [], []),
    }
    return [f"{engine}: {name}: {got!r} is not {wanted!r}" for name, (got, wanted) in compared.items() if got != wanted]


def problems(document: Document, report: PageReport) -> list[str]:
    """Everything that a page's engines disagree about with its document."""
    found = report["error"].splitlines() if report["error"] else []
    for engine, reading in report["engines"].items():
        found += differences(document, engine, reading)
    return found


# Syntax and its neighbours, so that a random value is a likely attack; `a` and the space let it fall apart.
NASTY: Final = (
    *"\\`*_[](){}<>~$^&@:.,;!?#+-=|/%\"'  \t\n0123aweix",
    *("é", "中", "😀", "\u00a0", "\u200b", "\u3000", "\u0301", "\ufffe"),
    *("import ", "export ", 'import a from "a"', "export const a = 1", "im", "ex", "port ", "www", "www.a.b", "http"),
    *("{1 + 1}", "{process.env.HOME}", "{/*", "*/}", "<Tabs>", "</TabItem>", "<script>", "<!--", "-->", "<a@b.c>"),
    *(":::", ":::note\n", ":a", "::a[b]{c=d}", "10:30", "```", "~~~", "---", "| --- |", "- ", "1. ", "2) ", "> ", "# "),
    *("[a]: b", "[^1]", "![", "](", "&amp;", "&#123;", "&lt", "&", "\\", "https://a.b/c_d_e", "a@b.c", "mailto:a@b.c"),
    *("**", "__", "~~", "$$", "!", "{#id}", "[ ] ", "[!NOTE]", "a_b", "&copy;", "\\|", " |", "%7B", "//"),
)


def nasty(without: str, *, least: int = 1, most: int = 10) -> st.SearchStrategy[str]:
    """Values of some nasty pieces that do not contain certain characters."""
    pieces = [piece for piece in NASTY if not set(piece) & set(without)]
    return st.lists(st.sampled_from(pieces), min_size=least, max_size=most).map("".join)


def can_be_written(write: Callable[[str], str]) -> Callable[[str], bool]:
    """Whether a function accepts a value: what it refuses is no part of a page."""

    def accepts(value: str) -> bool:
        try:
            write(value)
        except UnrenderableError:
            return False
        return True

    return accepts


PROSE: Final = nasty("\t").filter(lambda value: one_line(value) != "")
FRAGMENT: Final = nasty("\t", least=0, most=3)
ONE_LINE: Final = nasty("\t\n")
DOCUMENTS: Final = st.builds(
    Document,
    front_matter=nasty(""),
    heading=PROSE,
    paragraph=PROSE,
    last_paragraph=PROSE,
    item=PROSE,
    link=PROSE,
    url=(st.just("/") | st.just("https://example.com/")).flatmap(lambda start: ONE_LINE.map(start.__add__)),
    first_fragment=FRAGMENT,
    second_fragment=FRAGMENT,
    fragment_before_code=FRAGMENT,
    code=ONE_LINE,
    fragment_before_link=FRAGMENT,
    last_fragment=FRAGMENT,
    cell=PROSE,
    cell_code=ONE_LINE.filter(can_be_written(inline_code_in_table)),
    attribute=ONE_LINE,
    fence=nasty("").filter(can_be_written(code)),
)

# Syntax that only exists where two fragments meet; random ones seldom do.
BOUNDARIES: Final = (
    Document(first_fragment="", second_fragment="# a "),
    Document(first_fragment=" ", second_fragment="- a "),
    Document(first_fragment="1", second_fragment="2. a "),
    Document(first_fragment="12", second_fragment=") a "),
    Document(first_fragment="import", second_fragment=' a from "b" '),
    Document(first_fragment="imp", second_fragment='ort a from "b" '),
    Document(first_fragment="e", second_fragment="xport const a = 1 "),
    Document(first_fragment="&", second_fragment="copy; "),
    Document(first_fragment="&co", second_fragment="py; "),
    Document(first_fragment="a:", second_fragment="b "),
    Document(first_fragment="http:", second_fragment="//a.b/*c* "),
    Document(first_fragment="ww", second_fragment="w.a.b/*c* "),
    Document(first_fragment="a*b", second_fragment="*c "),
    Document(first_fragment="a_", second_fragment="b_ "),
    Document(first_fragment="a", second_fragment="\\", fragment_before_code="`"),
    Document(fragment_before_code="a`", fragment_before_link="`!"),
    Document(fragment_before_link="\\", last_fragment="(/a)"),
)

# The same documents in every run, so that CI is repeatable. To look for new ones, ask for another number.
DEFAULT_COUNT: Final = "500"
COUNT: Final = os.environ.get("GUIDEWRIGHT_FUZZ_DOCUMENTS", DEFAULT_COUNT)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """Random documents, collected first because the compilers are started once for all of them."""
    collected = list(BOUNDARIES)

    @settings(
        max_examples=int(COUNT),
        derandomize=COUNT == DEFAULT_COUNT,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(DOCUMENTS)
    def collect(document: Document) -> None:
        collected.append(document)

    collect()
    return collected


@pytest.mark.parametrize("page_format", ["mdx", "md"])
def test_every_compiler_reads_what_was_written(documents: list[Document], page_format: Literal["mdx", "md"]) -> None:
    reports = inspect_pages([write_page(document, page_format) for document in documents])
    failures = [
        "\n".join([write_page(document, page_format).source, *found])
        for document, report in zip(documents, reports, strict=True)
        if (found := problems(document, report))
    ]
    assert len(documents) >= int(COUNT) + len(BOUNDARIES)
    assert not failures, f"{len(failures)} pages differ, for example:\n{failures[0]}"


@pytest.mark.parametrize("page_format", ["mdx", "md"])
def test_the_check_notices_raw_text(documents: list[Document], page_format: Literal["mdx", "md"]) -> None:
    reports = inspect_pages([write_raw_page(document, page_format) for document in documents])
    noticed = [bool(problems(document, report)) for document, report in zip(documents, reports, strict=True)]
    assert sum(noticed) > 0.95 * len(documents)


RAW: Final = {
    "an expression": (Document(paragraph="{1 + 1}"), "expressions: ['1 + 1']"),
    "a module": (Document(paragraph="export const a = 1"), "other ESM: ['export const a = 1']"),
    "an import": (Document(paragraph='import a from "a"'), "imports: "),
    "an element": (Document(paragraph="a <Secret />"), "jsx: "),
    "a directive": (Document(paragraph="at 10:a"), "directives: ['a']"),
    "emphasis": (Document(heading="*a*"), "nodes: "),
    "a link": (Document(last_fragment="[a](/b)"), "url: "),
    "an image": (Document(fragment_before_link="!"), "nodes: "),
    "a reference": (Document(item="&copy;"), "text: "),
    "a lost backslash": (Document(cell=r"\#"), "text: "),
    "a split cell": (Document(cell="a | b"), "text: "),
    "a list": (Document(paragraph="1. a"), "nodes: "),
    "a code span's end": (Document(code="a`b"), "inline code: "),
    "a fence's end": (Document(fence="a\n```\n\n```sh\nb"), "fence: "),
    "an attribute's reference": (Document(attribute="&amp;"), "attribute: "),
    "an address": (Document(url="/&amp;"), "url: "),
    "front matter": (Document(front_matter='a"'), "front matter: "),
    "what does not compile": (Document(paragraph="{"), "Unexpected end of file in expression"),
}


@pytest.fixture(scope="module")
def raw_problems() -> Mapping[str, str]:
    """What the check says to each raw page."""
    pages = [write_raw_page(document, "mdx") for document, _ in RAW.values()]
    return {
        name: "\n".join(problems(document, report))
        for (name, (document, _)), report in zip(RAW.items(), inspect_pages(pages), strict=True)
    }


@pytest.mark.parametrize("name", RAW)
def test_the_check_names(raw_problems: Mapping[str, str], name: str) -> None:
    _, expected = RAW[name]
    assert f"mdx: {expected}" in raw_problems[name]


def test_the_check_accepts_raw_text_without_syntax() -> None:
    [report] = inspect_pages([write_raw_page(Document(), "mdx")])
    assert problems(Document(), report) == []


@settings(derandomize=True, deadline=None, max_examples=200)
@given(nasty("") | st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_front_matter_is_the_same_in_both_yaml_versions(value: str) -> None:
    for version in (1, 1), (1, 2):
        yaml = YAML(typ="safe", pure=True)
        yaml.version = version
        written = markdown.front_matter_value(value)
        assert yaml.load(f"title: {written}\n") == {"title": value}
        assert "\n" not in written


# --- tools -----------------------------------------------------------------------------------------------------------


def test_require_tool_skips_here_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"^no-such-tool is not installed: install it$"):
        require_tool("no-such-tool", "install it")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=r"^no-such-tool is not installed: install it$"):
        require_tool("no-such-tool", "install it")
