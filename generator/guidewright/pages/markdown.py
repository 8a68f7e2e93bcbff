"""Carries plain text into a page so that the reader sees exactly that text, and no compiler sees syntax in it.

There is one escaping for every target: MDX 2 and 3 (mdx-js with remark-gfm and remark-directive), Sätteri and GitHub
all read back the text that went in. The functions know nothing of guidewright; the templates' filters call them.

Each rule names the page that makes it necessary:

* CommonMark: CommonMark Spec 0.31.2, by section. https://spec.commonmark.org/0.31.2/
* GFM: GitHub Flavored Markdown Spec, by section. https://github.github.com/gfm/
* MDX: "What is MDX?", by section. https://mdxjs.com/docs/what-is-mdx/
* Directives: readme of micromark-extension-directive, "Syntax". https://github.com/micromark/micromark-extension-directive

Inline results may stand next to each other, with one exception: two code spans that touch would become one, so a
template keeps something between them.
"""

import json
import re
import unicodedata
from typing import Final
from urllib.parse import quote


class UnrenderableError(ValueError):
    """A value that no escaping can carry into a page. Its message is a headline for the writer."""


_Rules = tuple[tuple[re.Pattern[str], str], ...]

# CommonMark "Insecure characters" replaces U+0000; other controls vanish or move on the way. U+2028 and U+2029 end a
# line in JavaScript, U+FEFF is dropped where a file starts, half of a surrogate pair cannot be written as UTF-8.
_UNRENDERABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")

# Inline syntax. Applied in this order: the first two rules must not see the escapes of the others. A boundary of the
# value counts as anything but a space, because any fragment may follow or precede.
_INLINE: Final[_Rules] = (
    # CommonMark "Entity and numeric character references". The `;` may stand in the next fragment.
    (re.compile(r"&(?=#?[0-9A-Za-z]*(?:;|$))"), "&amp;"),
    # CommonMark "Backslash escapes". Code spans, emphasis, links, GFM "Strikethrough", and what renderers take for math
    # or superscript: these are syntax wherever they stand.
    (re.compile(r"([\\`*\[\]~$^])"), r"\\\1"),
    # MDX "JSX" and "Expressions", and raw HTML. References, because builds that scan the source for tags take `\<` for
    # one, and Docusaurus reads `\{#id}` where a heading ends.
    (re.compile(r"<"), "&lt;"),
    (re.compile(r">"), "&gt;"),
    (re.compile(r"\{"), "&#123;"),
    (re.compile(r"\}"), "&#125;"),
    # CommonMark "Emphasis and strong emphasis": an underscore within a word is no delimiter.
    (re.compile(r"(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])"), r"\\_"),
    # Directives: `10:30` holds one named "30". GFM "Autolinks": the backslashes of our own escapes would become part of
    # the link that `https://` starts.
    (re.compile(r":(?! )"), r"\\:"),
    # GFM "Autolinks" again: `www.`, even when its beginning stands in another fragment. (An e-mail address becomes a
    # link too, escaped or not, but swallows no backslash.)
    (re.compile(r"(?i)(www|^w{0,2})\.(?=[^ ])"), r"\1\\."),
    # CommonMark "Images": a link may follow.
    (re.compile(r"!$"), r"\\!"),
)

# What is syntax only where a block starts; a fragment never knows whether it stands there.
_BLOCK_START: Final[_Rules] = (
    # CommonMark "ATX headings", "Setext headings", "Thematic breaks", "List items"; GFM "Tables" (the delimiter row);
    # definition lists.
    (re.compile(r"^( ?)([#+\-=|:])"), r"\1\\\2"),
    # CommonMark "List items": up to nine digits and `.` or `)`, which may stand in the next fragment.
    (re.compile(r"^( ?[0-9]{1,9})([.)])(?= |$)"), r"\1\\\2"),
    (re.compile(r"^( ?)([0-9])(?=[0-9]{0,8}$)"), r"\1&#x3\2;"),
    # MDX "ESM": a block whose first word is `import` or `export` is JavaScript. The word may end in the next fragment.
    (re.compile(r"^i(?=mport|(?:m|mp|mpo|mpor)?$)"), "&#105;"),
    (re.compile(r"^e(?=xport|(?:x|xp|xpo|xpor)?$)"), "&#101;"),
)

# CommonMark "ATX headings": a closing sequence of `#`. The `#` of a reference is none.
_IN_HEADING: Final[_Rules] = ((re.compile(r"(?<!&)#"), r"\\#"),)

# GFM "Tables (extension)": a pipe ends a cell, even in a code span, unless a backslash stands before it.
_IN_TABLE_CELL: Final[_Rules] = ((re.compile(r"\|"), r"\\|"),)

# An odd number of backslashes before a pipe: GFM has no form for it, as it takes the last one for the pipe's escape.
_BACKSLASHED_PIPE: Final = re.compile(r"(?<!\\)\\(?:\\\\)*\|")

# CommonMark "Fenced code blocks": an info string has escapes, but frameworks read a title from the raw text, where a
# quote ends it, and braces and angle brackets are syntax to some. After a fence of backticks it has no backtick.
_TITLE_FORBIDDEN: Final = re.compile(r'["\\{}<>&`]')
_LANGUAGE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z+#._-]*")

# MDX "JSX": an attribute's string knows character references and no backslash escapes. Angle brackets and braces are no
# syntax in it, but builds that scan the source for tags and expressions do not know that.
_IN_ATTRIBUTE: Final = re.compile(r'[&"<>{}]')

# RFC 3986, section 3.1.
_SCHEME: Final = re.compile(r"([A-Za-z][0-9A-Za-z+.-]*):")
_SUPPORTED_SCHEMES: Final = frozenset({"http", "https", "mailto"})
# RFC 3986, section 2.2: the reserved characters, without `( ) * ' ! $`, which mean something to Markdown or renderers.
_URL_SAFE: Final = ":/?#[]@&+,;=%"
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_REFERENCE: Final = re.compile(r"(&#?[0-9A-Za-z]+);")

# What YAML 1.1 or 1.2 does not count as printable, or takes for a line break; JSON escapes the rest of it by itself.
_NOT_IN_YAML: Final = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def text(value: str, *, first: bool = True, last: bool = False) -> str:
    """Return plain text as inline Markdown: a paragraph, a list item, the text of a link, or a fragment of these.

    Args:
        value: what the reader shall see. Spaces and line breaks in a row become one space, as HTML shows them.
        first: the value may start its block; False where something that is shown stands before it.
        last: nothing follows the value in its block, so that a colon or exclamation mark at the end needs no escape.

    Returns:
        One line that may start a block, and that may stand before and after other inline Markdown.

    Raises:
        UnrenderableError: a character cannot be shown on a page.
    """
    return _escape(value, _INLINE + _BLOCK_START if first else _INLINE, last=last)


def heading(value: str, *, last: bool = False) -> str:
    """Return plain text as the content of a heading that starts with ``#``, or as a fragment of it.

    Args:
        value: what the reader shall see, as for `text`.
        last: as for `text`.

    Returns:
        One line, without the ``#`` of the heading itself.

    Raises:
        UnrenderableError: a character cannot be shown on a page.
    """
    return _escape(value, _INLINE + _IN_HEADING, last=last)


def table_cell(value: str, *, last: bool = False) -> str:
    """Return plain text as the content of a GFM table's cell, or as a fragment of it.

    Args:
        value: what the reader shall see, as for `text`.
        last: as for `text`.

    Returns:
        One line, without the pipes round the cell.

    Raises:
        UnrenderableError: a character cannot be shown on a page.
    """
    return _escape(value, _INLINE + _IN_TABLE_CELL, last=last)


def inline_code(value: str, *, in_table: bool = False) -> str:
    """Return a code span (CommonMark "Code spans"). Nothing in it is syntax, so nothing is escaped.

    Args:
        value: the code, one line; it is kept byte for byte.
        in_table: the span stands in a GFM table's cell.

    Returns:
        The span. Two spans must not touch.

    Raises:
        UnrenderableError: a character cannot be shown on a page, the code is empty, or `in_table` and a pipe follows
            an odd number of backslashes.
    """
    _refuse_unrenderable(value)
    if not value:
        message = "empty inline code cannot be shown on a page"
        raise UnrenderableError(message)
    if in_table and _BACKSLASHED_PIPE.search(value):
        message = r"inline code with a backslash before a pipe cannot be shown in a table"
        raise UnrenderableError(message)
    fence = _fence(value, shortest=1)
    # One space is stripped from both ends when both have one, unless there is nothing else.
    is_stripped = value.startswith(" ") and value.endswith(" ") and value.strip(" ") != ""
    padding = " " if is_stripped or value.startswith("`") or value.endswith("`") else ""
    content = value.replace("|", r"\|") if in_table else value
    return f"{fence}{padding}{content}{padding}{fence}"


def fenced_code(code: str, language: str, title: str | None = None) -> str:
    """Return a fenced code block (CommonMark "Fenced code blocks"). Nothing in it is escaped.

    Args:
        code: the code, kept byte for byte; without the line break that ends its last line.
        language: a name for the highlighter, such as ``bash``.
        title: shown above the code by frameworks that read ``title="..."``.

    Returns:
        The block, without a line break at its end. Inside a list, every line that is not empty must be indented.

    Raises:
        UnrenderableError: a character cannot be shown on a page or not in a title, the language is no name, or there is
            no code (Expressive Code stops a site's build on an empty block).
    """
    _refuse_unrenderable(code.replace("\n", "").replace("\t", ""))
    if not code.strip():
        message = "an empty code block cannot be shown on a page"
        raise UnrenderableError(message)
    if not _LANGUAGE.fullmatch(language):
        message = f"{language!r} is not the name of a code block's language"
        raise UnrenderableError(message)
    fence = _fence(code, shortest=3)
    return f"{fence}{language}{_title_attribute(title)}\n{code}\n{fence}"


def is_code_title(text: str) -> bool:
    """Whether a text can be the title of a fenced code block."""
    return not (_TITLE_FORBIDDEN.search(text) or _UNRENDERABLE.search(text))


def attribute(value: str) -> str:
    """Return a JSX attribute's value as a string literal, kept byte for byte.

    Args:
        value: what the component shall receive; one line.

    Returns:
        The literal with its double quotes.

    Raises:
        UnrenderableError: a character cannot be shown on a page.
    """
    _refuse_unrenderable(value)
    return '"' + _IN_ATTRIBUTE.sub(lambda match: f"&#{ord(match[0])};", value) + '"'


def url(value: str) -> str:
    """Return a link's address, percent-encoded (RFC 3986, section 2.1), as a CommonMark "Link destination".

    What is percent-encoded already stays so. The result has the same meaning in a JSX attribute, through `attribute`.

    Args:
        value: an ``http``, ``https`` or ``mailto`` address, or one relative to the page or the site.

    Returns:
        The address in ASCII, without spaces, quotes, parentheses or angle brackets.

    Raises:
        UnrenderableError: a character cannot be shown on a page, the address is empty, or its scheme is another one
            (``javascript:``).
    """
    _refuse_unrenderable(value)
    if not value:
        message = "a link without an address cannot be shown on a page"
        raise UnrenderableError(message)
    scheme = _SCHEME.match(value)
    if scheme and scheme[1].lower() not in _SUPPORTED_SCHEMES:
        message = f'a link cannot have the scheme "{scheme[1]}"'
        raise UnrenderableError(message)
    encoded = quote(_STRAY_PERCENT.sub("%25", value), safe=_URL_SAFE)
    # CommonMark "Entity and numeric character references": `&lt;` in an address would be decoded.
    return _REFERENCE.sub(r"\1%3B", encoded)


def front_matter_value(value: str) -> str:
    """Return a YAML front matter value: a JSON string, which is also a YAML 1.1 and 1.2 double-quoted scalar.

    Args:
        value: the value, kept byte for byte; it may have several lines.

    Returns:
        One line, with its quotes. Text in any script stays readable; what YAML cannot hold is escaped.

    Raises:
        UnrenderableError: half of a surrogate pair.
    """
    _refuse(_SURROGATE, value)
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def _escape(value: str, rules: _Rules, *, last: bool) -> str:
    """Apply the rules to the value's single line."""
    _refuse_unrenderable(value.replace("\n", ""))
    line = re.sub(r"[ \n]+", " ", value)
    if last:
        # A line's end is to the rules what a space is.
        line = line.removesuffix(" ") + " "
    for pattern, replacement in rules:
        line = pattern.sub(replacement, line)
    return line.removesuffix(" ") if last else line


def _fence(code: str, *, shortest: int) -> str:
    """Return backticks that the code cannot close."""
    longest_run = max(map(len, re.findall(r"`+", code)), default=0)
    return "`" * max(longest_run + 1, shortest)


def _title_attribute(title: str | None) -> str:
    """Return the part of an info string that holds the title, with the space before it."""
    if title is None:
        return ""
    _refuse_unrenderable(title)
    forbidden = _TITLE_FORBIDDEN.search(title)
    if forbidden:
        message = f"the title of a code block cannot contain {forbidden[0]}"
        raise UnrenderableError(message)
    return f' title="{title}"'


def _refuse_unrenderable(value: str) -> None:
    """Raise for a character that no page can show."""
    _refuse(_UNRENDERABLE, value)


def _refuse(characters: re.Pattern[str], value: str) -> None:
    """Raise for the first of these characters in the value."""
    found = characters.search(value)
    if found:
        kind = "control character" if unicodedata.category(found[0]) == "Cc" else "character"
        message = f"{kind} U+{ord(found[0]):04X} cannot be shown on a page"
        raise UnrenderableError(message)
