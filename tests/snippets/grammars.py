"""Reads snippets by tree-sitter's grammars: judges that others wrote, and that share no code with our parsers.

A judge knows what the renderers write and nothing else: it fails on whatever looks otherwise.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import tree_sitter_bash
import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

from guidewright.model import Change, CommandOutput, Part, Reference, Set, Unset

_NAME = re.compile(r"\$(?:env:)?(\w+)|\$\{(?:env:)?(\w+)\}")
_BASH_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ANSI_C_ESCAPE = re.compile(r"\\([0-7]{3}|[n'\\])")
_POWERSHELL_ESCAPE = re.compile('`(.)|(["\u201c-\u201e])(?=(["\u201c-\u201e])?)', re.DOTALL)
_POWERSHELL_PAIR = re.compile("(['\u2018-\u201b])(['\u2018-\u201b])?")


class NotInTheGrammarError(Exception):
    """Code that the grammar does not know, or that the renderers do not write."""


def changes_in(language: str, code: str) -> list[Change]:
    """What a snippet says, by the grammar of its language."""
    root = _PARSERS[language].parse(code.encode()).root_node
    if root.has_error:
        raise NotInTheGrammarError(code)
    return [_JUDGES[language](statement) for statement in _statements(root)]


def _statements(node: Node) -> list[Node]:
    children = node.named_children
    return _statements(children[0]) if [child.type for child in children] == ["statement_list"] else children


def _text(node: Node) -> str:
    return (node.text or b"").decode()


def _unexpected(node: Node) -> NotInTheGrammarError:
    return NotInTheGrammarError(f"{node.type}: {_text(node)!r}")


def _name(node: Node) -> str:
    match = _NAME.fullmatch(_text(node))
    if not match:
        raise _unexpected(node)
    return match[1] or match[2]


def _between_quotes(string: Node, value: Callable[[Node], list[Part]], decode: Callable[[str], str]) -> list[Part]:
    """The texts of a string, and what is expanded between them."""
    code, start, parts = string.text or b"", 1, list[Part]()
    for child in string.named_children:
        if child.type != "string_content":
            parts += [decode(code[start : child.start_byte - string.start_byte].decode()), *value(child)]
            start = child.end_byte - string.start_byte
    return [*parts, decode(code[start:-1].decode())]


def _joined(nodes: Sequence[Node], value: Callable[[Node], list[Part]]) -> list[Part]:
    return [part for node in nodes for part in value(node)]


def _word(node: Node, value: Callable[[Node], list[Part]]) -> str:
    texts = value(node)
    if not all(isinstance(text, str) for text in texts):
        raise _unexpected(node)
    return "".join(map(str, texts))


def _bash_change(statement: Node) -> Change:
    children = statement.named_children
    if statement.type == "unset_command":
        return Unset(_text(children[0]))
    if statement.type != "declaration_command" or not _text(statement).startswith("export "):
        raise _unexpected(statement)
    name, value = children[0].named_children
    return Set(_text(name), tuple(part for part in _bash_value(value) if part != ""))


def _bash_value(node: Node) -> list[Part]:
    parts: list[Part]
    match node.type:
        case "raw_string":
            parts = [_text(node)[1:-1]]
        case "ansi_c_string":
            parts = [_ANSI_C_ESCAPE.sub(_ansi_c_character, _text(node)[2:-1])]
        case "string":
            parts = _between_quotes(node, _bash_value, _bash_text)
        case "concatenation" | "command_name" | "command_substitution":
            parts = _joined(node.named_children, _bash_value)
        case "simple_expansion" | "expansion":
            parts = [Reference(_name(node))]
        case "command":
            parts = [CommandOutput(tuple(_word(word, _bash_value) for word in node.named_children))]
        case "word" | "number":
            parts = [_BASH_ESCAPE.sub(r"\1", _text(node))]
        case _:
            raise _unexpected(node)
    return parts


def _bash_text(text: str) -> str:
    if re.search(r'[$`"\\]', text):
        raise NotInTheGrammarError(text)
    return text


def _ansi_c_character(match: re.Match[str]) -> str:
    return chr(int(match[1], 8)) if match[1].isdigit() else {"n": "\n"}.get(match[1], match[1])


def _powershell_change(statement: Node) -> Change:
    target, operator, value = statement.named_children[0].named_children
    if _text(operator) != "=":
        raise _unexpected(statement)
    parts = tuple(part for part in _powershell_value(value) if part != "")
    return Set(_name(target), parts) if parts else Unset(_name(target))


def _powershell_value(node: Node) -> list[Part]:
    parts: list[Part]
    children = node.named_children
    match node.type:
        case "expandable_string_literal":
            parts = _between_quotes(node, _powershell_value, _powershell_text)
        case "verbatim_string_characters":
            parts = [_POWERSHELL_PAIR.sub(_second_of_pair, _text(node)[1:-1])]
        case "variable":
            parts = [] if _text(node) == "$null" else [Reference(_name(node))]
        case "command":
            parts = [CommandOutput(tuple(_powershell_words(node)))]
        case "command_name" | "generic_token" | "command_parameter" | "decimal_integer_literal":
            parts = [_text(node)]
        case "additive_expression" if "+" in [_text(child) for child in node.children]:
            parts = _joined(children, _powershell_value)
        case "comparison_expression" if len(children) > 1:
            parts = _powershell_value(children[0])
            if _text(children[1]) != "-join" or _powershell_value(children[2]) != ["\n"]:
                raise _unexpected(node)
        case _ if len(children) == 1:
            parts = _powershell_value(children[0])
        case _:
            raise _unexpected(node)
    return parts


def _powershell_words(command: Node) -> Iterator[str]:
    for child in command.named_children:
        if child.type == "command_elements":
            yield from _powershell_words(child)
        elif child.type not in {"command_argument_sep", "command_invokation_operator"}:
            yield _word(child, _powershell_value)


def _powershell_text(text: str) -> str:
    return _POWERSHELL_ESCAPE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    if not match[1]:
        raise NotInTheGrammarError(f"{match[2]} ends the string")
    return {"n": "\n", "r": "\r"}.get(match[1], match[1])


def _second_of_pair(match: re.Match[str]) -> str:
    if not match[2]:
        raise NotInTheGrammarError(f"{match[1]} ends the string")
    return match[2]


_PARSERS: Mapping[str, Parser] = {
    "bash": Parser(Language(tree_sitter_bash.language())),
    "powershell": Parser(Language(tree_sitter_powershell.language())),
}
_JUDGES = {"bash": _bash_change, "powershell": _powershell_change}
