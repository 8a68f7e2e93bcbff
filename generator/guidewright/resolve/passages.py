"""Passages in Markdown: read into our tree, with their references filled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from guidewright import model, schema
from guidewright.diagnostics import Place
from guidewright.model import Prose, Style
from guidewright.resolve.references import Scope

# Deeper than anybody writes: what is below the limit would be lost without a word.
_PARSER = MarkdownIt("commonmark", {"maxNesting": 1000})
_DEEPEST_LIST = 3
# Syntax of other kinds of Markdown, which CommonMark takes for words.
_OTHER_SYNTAX = {"|": "a table", ":::": "an aside", "$$": "a formula"}
_LANGUAGE = re.compile(r"[0-9A-Za-z][0-9A-Za-z+#._-]*")
_SILENCE = re.compile(r"\s*<!--[ \t]*guidewright-ignore\b(?:(?!-->).)*-->\s*")
_LINK = re.compile(r"https?://[^\s]+|/(?!/)[^\s]*|#[^\s]*")
_TAKEN = "write paragraphs, lists, code fences, links, `code`, **bold** or *italic* text"
_NOT_TAKEN = {
    "heading": "a heading",
    "blockquote": "a quotation",
    "hr": "a line across the page",
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "a picture",
    "hardbreak": "a forced line break",
    "code_block": "code that is marked by its indentation",
}


def read_passage(text: str, place: Place, scope: Scope) -> model.Passage:
    """Read a passage.

    Args:
        text: in Markdown.
        place: where the spec holds it.
        scope: what it can refer to; its report receives what is wrong with it.

    Returns:
        The passage; what is no part of our tree is reported and left out.
    """
    return model.Passage(_Passage(text, place, scope).blocks(), place)


@dataclass(frozen=True, slots=True)
class _Passage:
    """Turns Markdown into our tree; what is no part of the tree is reported and left out."""

    text: str
    place: Place
    scope: Scope

    def blocks(self) -> tuple[model.PassageBlock, ...]:
        return self._blocks(SyntaxTreeNode(_PARSER.parse(self.text)).children)

    def _blocks(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[model.PassageBlock, ...]:
        for node, following in pairwise(nodes):
            if node.type.endswith("_list") and following.type in {node.type, "html_block"}:
                self._report(
                    "two lists that touch become one", self._source_line(following), "write a sentence between them"
                )
        return tuple(block for node in nodes if (block := self._block(node)) is not None)

    def _block(self, node: SyntaxTreeNode) -> model.PassageBlock | None:
        match node.type:
            case "paragraph":
                self._report_other_syntax(node)
                return model.Paragraph(self._inlines(node.children[0].children), self._place_of(node))
            case "bullet_list" | "ordered_list":
                self._report_odd_list(node)
                items = tuple(self._blocks(item.children) for item in node.children)
                return model.ItemList(items, is_numbered=node.type == "ordered_list")
            case "fence":
                return self._code(node)
            case "html_block" if _SILENCE.fullmatch(node.content):
                return None
            case _:
                self._refuse(node)
                return None

    def _code(self, node: SyntaxTreeNode) -> model.CodeBlock | None:
        language = node.info.strip()
        if not (_LANGUAGE.fullmatch(language) and node.content.strip()):
            self._report("a code fence needs a language and code", f"```{language}", "write a language behind ```: txt")
            return None
        code = self.scope.value(node.content.removesuffix("\n"), self.place)
        return model.CodeBlock(code.text, language, self._place_of(node))

    def _report_other_syntax(self, node: SyntaxTreeNode) -> None:
        line = self._source_line(node)
        for start, noun in _OTHER_SYNTAX.items():
            if line.startswith(start):
                self._report(f"a passage can't hold {noun}", line, _TAKEN)

    def _report_odd_list(self, node: SyntaxTreeNode) -> None:
        if node.level // 2 >= _DEEPEST_LIST:
            self._report("lists are nested too deep", self._source_line(node), "use three levels at the most")
        if node.attrs.get("start", 1) != 1:
            self._report("a list starts with another number than 1", self._source_line(node), "start it with 1.")
        if not all(item.children for item in node.children):
            self._report("an item of a list is empty", self._source_line(node), "write something, or delete it")

    def _place_of(self, node: SyntaxTreeNode) -> Place:
        return self.place if node.map is None else replace(self.place, context=self._source_line(node))

    def _source_line(self, node: SyntaxTreeNode) -> str:
        return self.text.split("\n")[node.map[0] if node.map else 0].strip()

    def _inlines(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[model.Inline, ...]:
        inlines: list[model.Inline] = []
        for inline in (found for node in nodes if (found := self._inline(node)) is not None):
            last = inlines[-1] if inlines else None
            if isinstance(inline, model.Strong | model.Emphasis) and isinstance(last, model.Strong | model.Emphasis):
                self._report("bold and italic words touch", "", "put a blank between them, or use one of the two")
            if isinstance(inline, model.Words) and isinstance(last, model.Words):
                # Two code spans that touch would not be two on the page.
                inlines[-1] = model.Words(last.prose.joined(inline.prose))
            else:
                inlines.append(inline)
        return tuple(inlines)

    def _inline(self, node: SyntaxTreeNode) -> model.Inline | None:
        match node.type:
            case "text" | "softbreak":
                text = " " if node.type == "softbreak" else node.content
                return model.Words(self.scope.words(text, self.place))
            case "code_inline":
                return self._inline_code(node)
            case "strong":
                return model.Strong(self._inlines(node.children))
            case "em":
                return model.Emphasis(self._inlines(node.children))
            case "link":
                return self._link(node)
            case _:
                self._refuse(node)
                return None

    def _inline_code(self, node: SyntaxTreeNode) -> model.Words:
        text = self.scope.value(node.content, self.place).text
        return model.Words(Prose(((text, Style.CODE),), self.place))

    def _link(self, node: SyntaxTreeNode) -> model.LinkedWords | None:
        url = str(node.attrs["href"])
        if "title" in node.attrs:
            self._report("a link can't have a title", url, "delete the words in quotes behind the address")
            return None
        if "%7B%7B" in url:
            help_line = "write the address out: references stand for facts in words and code only"
            self._report("the address of a link can't hold a reference", "{{", help_line)
            return None
        if not _LINK.fullmatch(url):
            headline = f'"{url}" is no web address and no path on the documentation site'
            self._report(headline, url, "write an address with https://, or a path that starts with /")
            return None
        if [child.type for child in node.children] != ["text"]:
            self._report("the words of a link are not plain", url, "write plain words between the brackets")
            return None
        words = self.scope.words(node.children[0].content, self.place)
        text = "".join(part for part, _ in words.parts)
        return model.LinkedWords(self.scope.link(schema.Link(text=text, url=url)))

    def _refuse(self, node: SyntaxTreeNode) -> None:
        # What stands within a paragraph has no line of its own.
        token = node.content if node.map is None else self._source_line(node)
        self._report(
            f"a passage can't hold {_NOT_TAKEN[node.type]}",
            token,
            _TAKEN,
        )

    def _report(self, headline: str, token: str, help_line: str) -> None:
        place = replace(self.place, token=token)
        self.scope.report.error("unsupported-markdown", headline, place, help=help_line)
