"""Passages in Markdown: read into our tree, with their references filled."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from guidewright import model, schema
from guidewright.diagnostics import Place
from guidewright.model import Prose, Style
from guidewright.resolve.references import Scope

_PARSER = MarkdownIt("commonmark")
_LANGUAGE = re.compile(r"[0-9A-Za-z][0-9A-Za-z+#._-]*")
_SILENCE = re.compile(r"\s*<!--\s*guidewright-ignore\b.*-->\s*", re.DOTALL)
_LINK = re.compile(r"https?://[^\s]+|/(?!/)[^\s]*|#[^\s]*")
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

    def _blocks(self, nodes: Iterable[SyntaxTreeNode]) -> tuple[model.PassageBlock, ...]:
        return tuple(block for node in nodes if (block := self._block(node)) is not None)

    def _block(self, node: SyntaxTreeNode) -> model.PassageBlock | None:
        match node.type:
            case "paragraph":
                return model.Paragraph(self._inlines(node.children[0].children))
            case "bullet_list" | "ordered_list":
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
        return model.CodeBlock(code.text, language)

    def _inlines(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[model.Inline, ...]:
        inlines: list[model.Inline] = []
        for inline in (found for node in nodes if (found := self._inline(node)) is not None):
            last = inlines[-1] if inlines else None
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
        token = node.content if node.map is None else self.text.split("\n")[node.map[0]].strip()
        self._report(
            f"a passage can't hold {_NOT_TAKEN[node.type]}",
            token,
            "write paragraphs, lists, code fences, links, `code`, **bold** or *italic* text",
        )

    def _report(self, headline: str, token: str, help_line: str) -> None:
        place = replace(self.place, token=token)
        self.scope.report.error("unsupported-markdown", headline, place, help=help_line)
