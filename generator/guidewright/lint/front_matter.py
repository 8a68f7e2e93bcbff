"""Whether the front matter of a page is YAML at all: docs frameworks stop at one that is not."""

from _ruamel_yaml import CParser
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import StreamEndEvent
from ruamel.yaml.reader import ReaderError

from guidewright.diagnostics import Span
from guidewright.lint.page import Page

# Front matter is short; what is longer is something else between two rules.
_MAX_LINES = 500


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
