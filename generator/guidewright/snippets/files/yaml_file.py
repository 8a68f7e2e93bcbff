"""YAML that readers of version 1.1, such as PyYAML, and of version 1.2 take for the same.

The manuals are https://yaml.org/spec/1.2.2/ and, for the types of 1.1, https://yaml.org/type/.
"""

import io
import math
import re
from collections.abc import Iterator
from functools import partial
from typing import NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)
from ruamel.yaml.nodes import MappingNode, ScalarNode
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.representer import SafeRepresenter

from guidewright.snippets.files.file_format import FileFormat
from guidewright.snippets.files.refusals import Rule, first_refusal, half_a_character, inexact_in_a_double
from guidewright.snippets.files.tree import Node, Tree
from guidewright.snippets.files.yaml_scalars import ContestedScalarError, is_text_without_quotes, resolve_plain
from guidewright.snippets.shell import UnreadableCodeError

_RULES: tuple[Rule, ...] = (half_a_character, inexact_in_a_double)
_MAPPING_TAG = "tag:yaml.org,2002:map"
_STRING_TAG = "tag:yaml.org,2002:str"
_FLOAT_TAG = "tag:yaml.org,2002:float"
_UNLIMITED = 2**31
# Line breaks to readers of 1.1, and characters like any other to those of 1.2:
# https://yaml.org/spec/1.2.2/#54-line-break-characters
_CONTESTED_LINE_BREAK = re.compile("[\x85\u2028\u2029]")


def render(tree: Tree) -> str:
    """Write a file in YAML.

    Args:
        tree: one that YAML can hold.

    Returns:
        Its text in block style. Strings are in double quotes where a reader might take them for something else.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.Representer = _Representer
    yaml.default_flow_style = False
    yaml.width = _UNLIMITED
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(tree if isinstance(tree, list) else dict(tree), stream)
    return stream.getvalue().removesuffix("\n")


def parse(code: str) -> Tree:
    """Read a file in YAML.

    Args:
        code: the text of the file. A line break at its end may be left out: readers disagree on whether a literal block
            would end in one then.

    Returns:
        What it holds.

    Raises:
        UnreadableCodeError: it is not well-formed, has neither a mapping nor a list at its top, has a key twice or one
            that is no string, uses a directive, a tag, an anchor or an alias, or holds a plain scalar that readers of
            1.1 and 1.2 take for different things, such as ``no``, ``1e3`` or a date.
    """
    contested = _CONTESTED_LINE_BREAK.search(code)
    if contested:
        reason = f"not every reader takes the character U+{ord(contested[0]):04X} for a line break"
        raise UnreadableCodeError(reason, code.count("\n", 0, contested.start()) + 1)
    try:
        return _Reader(code.removesuffix("\n") + "\n").document()
    except MarkedYAMLError as error:
        # Some errors consist of a context alone.
        mark = error.problem_mark or error.context_mark
        raise UnreadableCodeError(error.problem or error.context, mark.line + 1) from error
    except ReaderError as error:
        reason = f"the character U+{error.character:04X} must not stand here"
        raise UnreadableCodeError(reason, code.count("\n", 0, error.position) + 1) from error
    except RecursionError as error:
        raise UnreadableCodeError("it is nested too deeply", 1) from error


class _Representer(SafeRepresenter):
    """Writes nodes as readers of both versions take them."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the library passes it
        """Whether to write a list in full each time that it stands somewhere."""
        return True

    def mapping(self, mapping: dict[str, Node]) -> MappingNode:
        """The keys in their order: the library sorts those of a dict, but not pairs."""
        return self.represent_mapping(_MAPPING_TAG, list(mapping.items()))

    def string(self, text: str) -> ScalarNode:
        """The plainest style in which every reader takes it for the same text."""
        if is_text_without_quotes(text):
            style = None
        elif _is_shown_by_block(text):
            style = "|"
        else:
            style = '"'
        return self.represent_scalar(_STRING_TAG, text, style=style)

    def number(self, number: float) -> ScalarNode:
        """To readers of 1.1, what has an exponent is a number only with a point: https://yaml.org/type/float.html."""
        if not math.isfinite(number):
            return self.represent_float(number)
        text = repr(number)
        return self.represent_scalar(_FLOAT_TAG, text if "." in text else text.replace("e", ".0e"))


_Representer.add_representer(dict, _Representer.mapping)
_Representer.add_representer(str, _Representer.string)
_Representer.add_representer(float, _Representer.number)


def _is_shown_by_block(text: str) -> bool:
    """Whether a literal block shows the text as it is.

    Blanks at the end of a line get lost in editors, and a line break at the end of the file when it is copied.
    """
    lines = text.split("\n")
    return (
        len(lines) > 1
        and bool(lines[0] and lines[-1])
        and not lines[0].startswith(" ")
        and all(line.isprintable() and not line.endswith(" ") for line in lines)
    )


class _Reader:
    """Builds a tree from the parser's events."""

    def __init__(self, code: str) -> None:
        self._events: Iterator[Event] = iter(YAML(typ="safe", pure=True).parse(code))

    def document(self) -> Tree:
        next(self._events)  # the stream's start
        event = next(self._events)
        if isinstance(event, DocumentStartEvent) and (event.version or event.tags):
            _refuse(event, "what a directive changes is up to the reader")
        if isinstance(event, StreamEndEvent):
            raise UnreadableCodeError("the file is empty", 1)
        event = next(self._events)
        tree = self._node(event)
        if not isinstance(tree, dict | list):
            _refuse(event, "there is neither a mapping nor a list at the top")
        next(self._events)  # the document's end
        event = next(self._events)
        if not isinstance(event, StreamEndEvent):
            _refuse(event, "a second document starts here")
        return tree

    def _node(self, event: Event) -> Node:
        if isinstance(event, NodeEvent) and event.anchor:
            _refuse(event, "an anchor or an alias stands here; write out what is meant")
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag:
            _refuse(event, "what a tag changes is up to the reader")
        if isinstance(event, ScalarEvent):
            return _scalar(event)
        return self._mapping() if isinstance(event, MappingStartEvent) else self._sequence()

    def _sequence(self) -> list[Node]:
        items = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.append(self._node(event))
        return items

    def _mapping(self) -> dict[str, Node]:
        tree: dict[str, Node] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._node(event)
            if not isinstance(key, str):
                _refuse(event, "the key is no string; quote it")
            if key in tree:
                _refuse(event, f'the key "{key}" stands here for the second time')
            tree[key] = self._node(next(self._events))
        return tree


def _scalar(event: ScalarEvent) -> Node:
    try:
        node = event.value if event.style else resolve_plain(event.value)
    except ContestedScalarError:
        _refuse(event, f"not every reader takes {event.value} for the same; quote it if it is a string")
    refusal = first_refusal({"": node}, rules=_RULES)
    if refusal:
        _refuse(event, f"a snippet can't {refusal.reason}")
    return node


def _refuse(event: Event, reason: str) -> NoReturn:
    raise UnreadableCodeError(reason, event.start_mark.line + 1)


FORMAT = FileFormat(
    name="yaml",
    title="YAML",
    language="yaml",
    render=render,
    refuse=partial(first_refusal, rules=_RULES),
    parse=parse,
)
