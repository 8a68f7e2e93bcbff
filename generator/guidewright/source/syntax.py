"""The parser's syntax errors -> messages for docs writers, pointed at what the writer has to change.

The parser reports where it gave up and what it was doing. Both are mapped by a table: the first row wins whose problem
text fits and whose locator finds its pattern in the source. Positions are indices into the text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from guidewright.source import messages
from guidewright.source.lines import line_bounds
from guidewright.source.messages import Message

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SyntaxScene:
    """What is known about a syntax error.

    Attributes:
        text: the whole file.
        problem: the parser's own words for it.
        context: the parser's own words for what it was reading.
        at: where it gave up.
        since: where that began; ``at`` where the parser does not say.
        bracket: the innermost bracket that was open, or None.
    """

    text: str
    problem: str
    context: str
    at: int
    since: int
    bracket: int | None


def explain(scene: SyntaxScene) -> tuple[Message, int, int]:
    """Find the message for a syntax error, and the start and end index of the guilty text."""
    for row in _ROWS:
        if scene.problem.startswith(row.problem) and scene.context.startswith(row.context):
            found = row.locate(scene)
            if found is not None:
                return row.message, *found
    return messages.UNREADABLE, *_at_problem(scene)


_REFERENCE = re.compile(r"\{\{(?:[^}\n]*\}\})?")
# YAML 1.2.2, chapter 6.9.1.
_TAG = re.compile(r"!(?:<[^>\s]*>|[^\s,\[\]{}]*)")


def reference_end(text: str, start: int) -> int:
    """Return the index behind a reference such as ``{{ endpoint }}`` that starts with the brackets at ``start``."""
    found = _REFERENCE.match(text, start)
    return found.end() if found else start


def tag_end(text: str, start: int) -> int:
    """Return the index behind the tag whose exclamation mark is at ``start``."""
    found = _TAG.match(text, start)
    return found.end() if found else start


# Locators: each returns the guilty stretch, or None where its pattern is not what happened.


def _at_problem(scene: SyntaxScene) -> Stretch:
    # At the end of the file there is nothing to point at: take the last thing written.
    at = min(scene.at, max(len(scene.text.rstrip()) - 1, 0))
    return at, at + 1


def _at_context(scene: SyntaxScene) -> Stretch:
    return scene.since, scene.since + 1


_REFERENCE_START = re.compile(r"""[^"'#]*?(?:^|(?<=[\[,{])|(?<=[:\-\[,{]\s))[ ]*(?=\{\{)""")


def _unquoted_reference(scene: SyntaxScene) -> Stretch | None:
    # The parser may give up in a later line than that of the brackets it was reading.
    for index in (scene.since, scene.at):
        start, stop = line_bounds(scene.text, index)
        found = _REFERENCE_START.match(scene.text[start:stop])
        if found is not None and start + found.end() <= scene.at:
            return start + found.end(), reference_end(scene.text, start + found.end())
    return None


_COMMENT_OR_QUOTED = re.compile(
    r"""(?:^[ ]*|(?<=[:\-,][ ])|(?<=[\[{,])|(?<=[ ])(?=\#))"""
    r"""(?:\#[^\n]*|"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+')""",
    re.DOTALL | re.MULTILINE,
)


def _runaway_quote(scene: SyntaxScene) -> Stretch | None:
    # A forgotten closing quote makes the next opening one close it, and the parser stumbles only behind that.
    for found in _COMMENT_OR_QUOTED.finditer(scene.text, 0, scene.at + 1):
        quoted = found[0].lstrip(" ")
        ends_like_an_opening = quoted[:-1].endswith((": ", "- "))
        if not quoted.startswith("#") and "\n" in quoted and ends_like_an_opening:
            start = found.end() - len(quoted)
            return start, start + 1
    return None


def _unclosed_bracket(scene: SyntaxScene) -> Stretch | None:
    if scene.bracket is None:
        return None
    bracket_indent = _indent(scene.text, scene.bracket)
    start, _ = line_bounds(scene.text, scene.at)
    at_end = not scene.text[scene.at :].strip()
    at_next_key = start > scene.bracket and _indent(scene.text, scene.at) <= bracket_indent
    return (scene.bracket, scene.bracket + 1) if at_end or at_next_key else None


def _indent(text: str, index: int) -> int:
    start, stop = line_bounds(text, index)
    line = text[start:stop]
    return len(line) - len(line.lstrip(" "))


def _looking_at(pattern: str) -> Callable[[SyntaxScene], Stretch | None]:
    compiled = re.compile(pattern)

    def locate(scene: SyntaxScene) -> Stretch | None:
        found = compiled.match(scene.text, scene.at)
        return found and found.span()

    return locate


def _text_after(characters: str) -> Callable[[SyntaxScene], Stretch | None]:
    def locate(scene: SyntaxScene) -> Stretch | None:
        start, stop = line_bounds(scene.text, scene.at)
        before = scene.text[start : scene.at].rstrip()
        return (scene.at, stop) if before and before[-1] in characters and stop > scene.at else None

    return locate


_LONGEST_KEY = 1024


def _long_key(scene: SyntaxScene) -> Stretch | None:
    start, _ = line_bounds(scene.text, scene.at)
    key_start = start + _indent(scene.text, scene.at)
    return (key_start, scene.at) if scene.at - key_start > _LONGEST_KEY else None


_KEY_AND_VALUE = re.compile(r"[^#]*?\S:\s+\S")


def _second_colon(scene: SyntaxScene) -> Stretch | None:
    start, _ = line_bounds(scene.text, scene.at)
    return (scene.at, scene.at + 1) if _KEY_AND_VALUE.match(scene.text[start : scene.at]) else None


_KEY_WITHOUT_SPACE = re.compile(r"""\s*(?:-\s+)*[^\s:\#"'\[{]+(:)(?=[^\s:/])(?!.*:\s)""")


def _colon_without_space(scene: SyntaxScene) -> Stretch | None:
    start, stop = _earlier_line(scene)
    found = _KEY_WITHOUT_SPACE.match(scene.text[start:stop])
    return found and (start + found.start(1), start + found.end(1))


def _line_without_colon(scene: SyntaxScene) -> Stretch | None:
    start, stop = _earlier_line(scene)
    content = scene.text[start:stop].strip()
    if not content or ":" in content or _indent(scene.text, start) != _indent(scene.text, scene.at):
        return None
    start += _indent(scene.text, start)
    return start, start + len(content)


def _context_line(scene: SyntaxScene) -> Stretch:
    return scene.since, line_bounds(scene.text, scene.since)[1]


def _earlier_line(scene: SyntaxScene) -> Stretch:
    """The line which the parser took for the start of a key; by default the last one above with anything in it."""
    if scene.since != scene.at:
        return line_bounds(scene.text, scene.since)
    start, _ = line_bounds(scene.text, scene.at)
    return line_bounds(scene.text, max(len(scene.text[:start].rstrip()) - 1, 0))


def _line_start(scene: SyntaxScene) -> Stretch | None:
    start, _ = line_bounds(scene.text, scene.at)
    first = start + _indent(scene.text, scene.at)
    before = scene.text[first : scene.at]
    return None if _KEY_AND_VALUE.match(f"{before} ") else (first, max(scene.at, first + 1))


def _list_column(scene: SyntaxScene) -> Stretch | None:
    at_column = scene.at - line_bounds(scene.text, scene.at)[0]
    list_column = scene.since - line_bounds(scene.text, scene.since)[0]
    return (scene.at, line_bounds(scene.text, scene.at)[1]) if at_column == list_column else None


def _escape(scene: SyntaxScene) -> Stretch:
    # An unknown escape is reported at its backslash, one with wrong digits behind its letter.
    start = scene.at if scene.text[scene.at] == "\\" else scene.at - 2
    return start, start + 2


def _leading_directive(scene: SyntaxScene) -> Stretch | None:
    found = re.compile(r"^%.*", re.MULTILINE).search(scene.text, 0, scene.at)
    return found and found.span()


def _rest_of_line(scene: SyntaxScene) -> Stretch:
    start, _ = _at_problem(scene)
    return start, max(line_bounds(scene.text, start)[1], start + 1)


def _tag(scene: SyntaxScene) -> Stretch:
    start = scene.text.index("!", scene.since)
    return start, tag_end(scene.text, start)


@dataclass(frozen=True, slots=True)
class _Row:
    """One kind of syntax error: how the parser's words for it begin, what to say, where to point."""

    problem: str
    context: str
    message: Message
    locate: Callable[[SyntaxScene], Stretch | None]


_NO_COMMA = "did not find expected ',' or"
_NO_CONTENT = "did not find expected node content"
_NO_KEY = "did not find expected key"
_NO_MORE = "did not find expected <document start>"
_STRAY_COLON = "mapping values are not allowed"
_STRAY_CHARACTER = "found character that cannot start"
_LINE_WITHOUT_COLON = "could not find expected ':'"

_ROWS = (
    _Row("", "", messages.UNQUOTED_REFERENCE, _unquoted_reference),
    _Row("", "", messages.UNCLOSED_QUOTE, _runaway_quote),
    _Row("found unexpected end of stream", "while scanning a quoted", messages.UNCLOSED_QUOTE, _at_context),
    _Row("found unexpected document indicator", "while scanning a quoted", messages.UNCLOSED_QUOTE, _at_context),
    _Row("found unknown escape", "", messages.UNKNOWN_ESCAPE, _escape),
    _Row("did not find expected hexdecimal", "", messages.UNKNOWN_ESCAPE, _escape),
    _Row("found invalid Unicode character escape", "", messages.UNKNOWN_ESCAPE, _escape),
    _Row("found a tab character", "", messages.TAB, _looking_at("\t+")),
    _Row(_STRAY_CHARACTER, "", messages.TAB, _looking_at("\t+")),
    _Row(_STRAY_CHARACTER, "", messages.RESERVED_START, _at_problem),
    _Row("", "while scanning an a", messages.RESERVED_START, _at_context),  # an anchor or an alias
    _Row("", "while scanning a tag", messages.TAG, _tag),
    _Row("found undefined tag handle", "", messages.TAG, _tag),
    _Row("", "while scanning a directive", messages.DIRECTIVE, _context_line),
    _Row("", "while scanning a %", messages.DIRECTIVE, _context_line),
    _Row("found incompatible YAML document", "", messages.DIRECTIVE, _rest_of_line),
    _Row("found duplicate %", "", messages.DIRECTIVE, _rest_of_line),
    _Row("did not find expected comment", "while scanning a block", messages.TEXT_AFTER_BLOCK_START, _at_context),
    _Row("block sequence entries are not", "", messages.ITEM_IN_LINE, _at_problem),
    _Row("mapping keys are not allowed", "", messages.RESERVED_START, _at_problem),
    _Row(_NO_COMMA, "", messages.UNCLOSED_BRACKET, _unclosed_bracket),
    _Row(_NO_COMMA, "", messages.MISSING_COMMA, _at_problem),
    _Row(_NO_CONTENT, "", messages.UNCLOSED_BRACKET, _unclosed_bracket),
    _Row(_NO_CONTENT, "", messages.MISSING_ITEM, _looking_at(",")),
    _Row(_NO_CONTENT, "", messages.WRONG_BRACKET, _looking_at(r"[\]}]")),
    _Row(_NO_CONTENT, "", messages.MISSING_KEY, _looking_at(r":(?=\s)")),
    _Row(_NO_CONTENT, "", messages.COLON_IN_BRACKETS, _looking_at(":")),
    _Row("found unexpected ':'", "", messages.COLON_IN_BRACKETS, _looking_at(":")),
    _Row(_STRAY_COLON, "", messages.LONG_KEY, _long_key),
    _Row(_STRAY_COLON, "", messages.COLON_IN_VALUE, _second_colon),
    _Row(_STRAY_COLON, "", messages.NO_SPACE_AFTER_COLON, _colon_without_space),
    _Row(_STRAY_COLON, "", messages.NO_COLON, _line_without_colon),
    _Row(_STRAY_COLON, "", messages.INDENTATION, _line_start),
    _Row(_LINE_WITHOUT_COLON, "", messages.NO_SPACE_AFTER_COLON, _colon_without_space),
    _Row(_LINE_WITHOUT_COLON, "", messages.NO_COLON, _context_line),
    _Row(_NO_KEY, "", messages.TEXT_AFTER_QUOTE, _text_after("\"'")),
    _Row(_NO_KEY, "", messages.TEXT_AFTER_BRACKET, _text_after("]}")),
    _Row(_NO_KEY, "", messages.ITEM_AMONG_KEYS, _looking_at("-")),
    _Row(_NO_KEY, "", messages.MISSING_KEY, _looking_at(":")),
    _Row(_NO_KEY, "", messages.INDENTATION, _line_start),
    _Row("did not find expected '-'", "", messages.KEY_AMONG_ITEMS, _list_column),
    _Row("did not find expected '-'", "", messages.INDENTATION, _line_start),
    _Row(_NO_MORE, "", messages.DIRECTIVE, _leading_directive),
    _Row(_NO_MORE, "", messages.TEXT_AFTER_QUOTE, _text_after("\"'")),
    _Row(_NO_MORE, "", messages.TEXT_AFTER_BRACKET, _text_after("]}")),
    _Row(_NO_MORE, "", messages.AFTER_THE_END, _rest_of_line),
)
