"""The one Jinja environment.

Jinja's autoescaping is on, but with our own escape instead of HTML's: ``finalize`` sees every value before it is
output, and what is not yet marked as safe is written as Markdown text. So a template that says nothing gets the safe
form, and a filter names every other form (``code``, ``heading``, ``attribute`` ...).
https://jinja.palletsprojects.com/en/stable/api/#jinja2.Environment (finalize), .../api/#autoescaping
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError, UndefinedError, nodes, pass_environment
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from guidewright.diagnostics import Place, Span
from guidewright.model import CodeBlock, Paragraph, Prose, Style
from guidewright.pages import markdown
from guidewright.pages.frameworks import FRAMEWORKS_FOLDER, Framework, template_name
from guidewright.pages.origins import NONCHARACTERS, Origins

# What every page template and everything that it includes can use.
PAGE_NAMES = ("description", "guide", "imports", "index", "page", "ui")


class UnknownNameError(UndefinedError):
    """A template uses a name that does not exist.

    Attributes:
        unknown: the name.
        candidates: the names that exist where it was looked up; empty where that is unknown.
    """

    def __init__(self, message: str | None = None, *, name: str = "", candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.unknown = name
        self.candidates = candidates


class _Undefined(StrictUndefined):
    """Remembers what was looked up, and where, for the "did you mean"."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,  # noqa: ANN401 - Jinja's signature
        name: str | None = None,
        exc: type[Exception] = UndefinedError,  # noqa: ARG002 - Jinja's signature
    ) -> None:
        candidates = PAGE_NAMES if obj is missing else [] if isinstance(obj, str) else _public_names(obj)
        headline = hint or f'unknown name "{name}"'
        unknown_name: Any = partial(UnknownNameError, name=name or "", candidates=candidates)
        super().__init__(headline, obj, name, unknown_name)


def _public_names(obj: object) -> list[str]:
    return [word for word in dir(obj) if not word.startswith("_")]


class Imports:
    """The components that a page really uses, collected while its body is rendered."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def use(self, *names: str) -> str:
        """Note that a component is used; outputs nothing."""
        self._names.update(names)
        return ""

    @property
    def names(self) -> list[str]:
        """The components, sorted."""
        return sorted(self._names)


_COMPUTES = (nodes.Concat, nodes.Add, nodes.Mod, nodes.Mul, nodes.Pow)


def _problem(node: nodes.Node) -> str | None:
    """Why a template can't hold a part of it; None where it can."""
    if isinstance(node, _COMPUTES):
        return "a template can't compute with ~, +, *, ** or %: place the parts one after the other"
    match node:
        case nodes.Slice():
            return "a template can't cut a text or a list"
        # Text in quotes may hold them as escapes, which the source does not show.
        case nodes.TemplateData(data=str(text)) | nodes.Const(value=str(text)) if NONCHARACTERS.search(text):
            return "a template can't hold noncharacters of Unicode"
        case _:
            return None


class PageEnvironment(ImmutableSandboxedEnvironment):
    """Marks each piece of a page with its origin, and refuses what would get round our escape.

    Jinja writes what it joins itself (``~``, ``+``, ``%``, methods of text) as HTML, which leaves braces alone.

    Attributes:
        origins: of everything that its templates output.
        root: the project's folder; templates below it are named relative to it.
        sources: the text of each template that was compiled, by the name that findings use.
    """

    origins: Origins
    root: Path
    sources: dict[str, str]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        # One walk over the tree: there is one for each template, and it takes its time.
        found = list(template.find_all((*_COMPUTES, nodes.Slice, nodes.TemplateData, nodes.Const, nodes.Output)))
        for node in found:
            problem = _problem(node)
            if problem is not None:
                raise TemplateSyntaxError(problem, node.lineno, name, filename)
        file = template_name(Path(filename or name or ""), self.root)
        self.sources[file] = source
        for output in found:
            if isinstance(output, nodes.Output):
                output.nodes = [self._marked(node, file) for node in output.nodes]
        template.set_environment(self)
        return template

    def _marked(self, node: nodes.Expr, file: str) -> nodes.Expr:
        if not isinstance(node, nodes.TemplateData):
            origin = nodes.Tuple([nodes.Const(file), nodes.Const(node.lineno)], "load")
            return nodes.Filter(node, _FROM_LINE, [origin], [], None, None, lineno=node.lineno)
        lines = node.data.split("\n")
        marked = (
            self.origins.mark(line, Place(file, span=Span(number, 1))) for number, line in enumerate(lines, node.lineno)
        )
        return nodes.TemplateData("\n".join(marked), lineno=node.lineno)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - Jinja's signature
        """Whether a template may use an attribute: none of text."""
        return not isinstance(obj, str) and super().is_safe_attribute(obj, attr, value)


def page_environment(template_folders: Sequence[Path], framework: Framework, root: Path) -> PageEnvironment:
    """The environment for a docs framework's pages: values are written as Markdown text.

    Args:
        template_folders: in the order in which templates are looked up.
        framework: its folder comes first.
        root: the project's folder.

    Returns:
        The environment.
    """
    return _environment(template_folders, framework, _as_markdown, root)


def plain_environment(template_folders: Sequence[Path], framework: Framework, root: Path) -> PageEnvironment:
    """The environment for text that is not Markdown (front matter): values are written as they are."""
    return _environment(template_folders, framework, _as_plain_text, root)


def _environment(
    template_folders: Sequence[Path], framework: Framework, finalize: Callable[[object], Markup], root: Path
) -> PageEnvironment:
    searched = [folder / FRAMEWORKS_FOLDER / framework.name for folder in template_folders] + list(template_folders)
    environment = PageEnvironment(
        loader=FileSystemLoader(searched),
        autoescape=True,
        finalize=finalize,
        undefined=_Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.origins, environment.root, environment.sources = Origins(), root, {}
    # `lipsum` is random and `range` can be endless: a template loops over what it is given.
    environment.globals = {}
    # Of Jinja's own filters only those that leave values alone: others would escape as HTML.
    kept = {name: environment.filters[name] for name in _JINJA_FILTERS}
    environment.filters = {**kept, **_OWN_FILTERS, _FROM_LINE: _from_line}
    return environment


@pass_environment
def _from_line(environment: PageEnvironment, value: object, origin: tuple[str, int]) -> Markup:
    """What a value is written as, marked with where it was made: a sentence of the spec, or the template's line."""
    finalize: Any = environment.finalize
    file, line = origin
    said = value.place if isinstance(value, Prose) else None
    return Markup(environment.origins.mark(finalize(value), said or Place(file, span=Span(line, 1))))  # noqa: S704 - finalize made it safe


def _marked(escape: Callable[[str], str]) -> Callable[[object], Markup]:
    """A filter that writes a value in one of Markdown's forms."""

    def escaped(value: object) -> Markup:
        return Markup(escape(_plain_text(value)))  # noqa: S704 - escape made it safe

    return escaped


def _as_markdown(value: object) -> Markup:
    match value:
        case Markup():
            return value
        case Prose():
            return _written(value)
        case int():
            return Markup(value)  # noqa: S704 - digits
        case _:
            return Markup(markdown.text(_plain_text(value)))  # noqa: S704 - escaped


def _written(prose: Prose, *, last: bool = False) -> Markup:
    written = ""
    for number, (words, style) in enumerate(prose.parts, start=1):
        if style is Style.CODE:
            written += markdown.inline_code(words)
        elif style is Style.STRONG:
            written += f"**{markdown.text(words)}**"
        else:
            is_last = last and number == len(prose.parts)
            written += markdown.text(words, first=not written.strip(), last=is_last)
    return Markup(written)  # noqa: S704 - escaped


def ending(prose: Prose) -> Markup:
    """A text with which its block ends, so that a colon at its end needs no escape."""
    return _written(prose, last=True)


def _as_plain_text(value: object) -> Markup:
    return value if isinstance(value, Markup) else Markup(_plain_text(value))  # noqa: S704 - there is nothing to escape


def _plain_text(value: object) -> str:
    match value:
        case Markup():
            message = "text that is already written in one form can't be written in another"
            raise TypeError(message)
        case Prose():
            return "".join(words for words, _ in value.parts)
        case str() | int() | StrictUndefined():
            # An undefined name raises what says so.
            return str(value)
        case _:
            message = f"a template can't output a value of type {type(value).__name__}"
            raise TypeError(message)


def _fence(code: str, language: str, title: str | None = None) -> Markup:
    # The sentence before it names the file all the same.
    shown = title if title is not None and markdown.is_code_title(title) else None
    return Markup(markdown.fenced_code(code, language, shown))  # noqa: S704 - the fence is longer than any in the code


def _blockquote(body: Markup) -> Markup:
    return Markup("\n".join(f"> {line}" if line else ">" for line in body.split("\n")))  # noqa: S704 - it was Markdown


def _indent(body: Markup, width: int) -> Markup:
    """Indent every line but the first, and no empty one."""
    first, *rest = body.split("\n")
    return Markup("\n".join([first, *(" " * width + line if line else "" for line in rest)]))  # noqa: S704 - was Markdown


def _front_matter(value: object) -> Markup:
    match value:
        case str():
            return Markup(markdown.front_matter_value(value))  # noqa: S704 - a JSON string
        case list():
            return Markup(f"[{', '.join(_front_matter(item) for item in value)}]")  # noqa: S704 - a JSON array
        case _:
            return Markup(json.dumps(value))  # noqa: S704 - a number or a truth value


@pass_environment
def series(environment: ImmutableSandboxedEnvironment, items: Iterable[object], word: str = "and") -> Markup:
    """Join items as a sentence does: ``a``, ``a and b``, ``a, b, and c``.

    Args:
        environment: decides how each item is written.
        items: what to join.
        word: the conjunction.

    Returns:
        The joined text.
    """
    finalize: Any = environment.finalize
    *leading, last = (str(finalize(item)) for item in items)
    if not leading:
        return Markup(last)  # noqa: S704 - finalize made it safe
    comma = "," if len(leading) > 1 else ""
    return Markup(f"{', '.join(leading)}{comma} {word} {last}")  # noqa: S704 - finalize made each item safe


@pass_environment
def said_in(environment: PageEnvironment, body: Markup, block: Paragraph | CodeBlock) -> Markup:
    """Mark a block of a passage with the place where the spec holds it, whatever components it was written with."""
    lines = environment.origins.take_out(body)[0].split("\n")
    return Markup("\n".join(environment.origins.mark(line, block.place) for line in lines))  # noqa: S704 - it was safe


def length(items: Sized) -> int:
    """How many items there are; of a text that is rendered already, nobody needs to know."""
    if isinstance(items, str):
        message = "a template can't measure a text"
        raise TypeError(message)
    return len(items)


Words = TypeVar("Words", str, Prose)


def capitalized(value: Words) -> Words:
    """Give words that start a sentence their capital; code at the start stays as it is."""
    if isinstance(value, Prose):
        (words, style), *rest = value.parts
        return value if style is not Style.PLAIN else replace(value, parts=((capitalized(words), style), *rest))
    return value[:1].upper() + value[1:]


# No template can name it: it holds a blank.
_FROM_LINE = "from line"
_JINJA_FILTERS = ("map", "trim")
_OWN_FILTERS: Mapping[str, Callable[..., Any]] = {
    "attribute": _marked(markdown.attribute),
    "blockquote": _blockquote,
    "capitalized": capitalized,
    "code": _marked(markdown.inline_code),
    "ending": ending,
    "destination": _marked(markdown.url),
    "fence": _fence,
    "front_matter": _front_matter,
    "heading": _marked(markdown.heading),
    "indent": _indent,
    "length": length,
    "said_in": said_in,
    "series": series,
}
FILTERS = (*_JINJA_FILTERS, *_OWN_FILTERS)
"""What a template can apply to a value."""
