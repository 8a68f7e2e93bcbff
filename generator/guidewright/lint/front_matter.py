"""The front matter of a page: its texts, and whether it is YAML at all, as docs frameworks stop at one that is not."""

import re
from collections.abc import Mapping, Sequence

from _ruamel_yaml import CParser
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import StreamEndEvent
from ruamel.yaml.reader import ReaderError

from guidewright.diagnostics import Span
from guidewright.lint.page import Page, Piece, Prose

# Front matter is short; what is longer is something else between two rules.
_MAX_LINES = 500
_KEY = re.compile(r"([A-Za-z_][\w-]*):[ \t]*(?P<value>\S.*)?$")
_BLOCK_SCALAR = re.compile(r"[|>][-+\d]{0,2}[ \t]*(?:#.*)?$")
# A comment starts behind a blank, but not within quotes: https://yaml.org/spec/1.2.2/#66-comments
_VALUE = re.compile(r"\"(?:[^\"\\]|\\.)*\"(?=\s+#)|'[^']*'(?=\s+#)|[^#\"'](?:(?!\s#).)*|[\"'].*")


def texts_of(lines: Sequence[str]) -> tuple[Mapping[str, Prose], int | None]:
    """Read the texts at the top level of the front matter.

    Args:
        lines: of the page.

    Returns:
        The texts by their keys, and the index of the line behind it: 0 where there is none; None where it has no end.
    """
    if not lines or lines[0].rstrip() != "---":
        return {}, 0
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return {}, None
    texts, key, is_block = dict[str, Prose](), "", False
    for number, line in enumerate(lines[1:end], 2):
        if found := _KEY.match(line):
            key, text = found[1], found["value"] or ""
            is_block = _BLOCK_SCALAR.match(text) is not None
            value = None if is_block else _VALUE.match(text)
            texts[key] = Prose((Piece(value[0].rstrip(), number, found.start("value") + 1),) if value else ())
        elif key and line[:1].isspace() and line.strip() and (is_block or not line.lstrip().startswith("#")):
            piece = Piece(line.strip(), number, len(line) - len(line.lstrip()) + 1)
            texts[key] = Prose((*texts[key].pieces, piece))
    return texts, end + 1


def front_matter_problem(page: Page) -> tuple[str, Span] | None:
    """What keeps the front matter from being read.

    Args:
        page: any page.

    Returns:
        A headline and where it is; None where there is none, or nothing is wrong with it.
    """
    lines = [line.rstrip() for line in page.lines[:_MAX_LINES]]
    if lines[0] != "---" or "---" not in lines[1:]:
        return None
    text = "\n".join(lines[1 : lines.index("---", 1)])
    try:
        parser = CParser(text)
        while not isinstance(parser.get_event(), StreamEndEvent):
            pass
    except MarkedYAMLError as error:
        # Some errors consist of a context alone.
        mark = error.problem_mark or error.context_mark
        return f"the front matter is no YAML: {error.problem or error.context}", Span(mark.line + 2, mark.column + 1)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 2
        return f"the front matter must not hold the character U+{error.character:04X}", Span(line, 1)
    return None
