"""What there is to build, and what was rendered of it."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from guidewright.diagnostics import Place
from guidewright.model.guide import Guide
from guidewright.model.passage import Passage
from guidewright.model.text import Prose


@dataclass(frozen=True, eq=False)
class Index:
    """A page that leads to guides.

    Attributes:
        path: its place below each framework's folder, without a file extension.
        order: its place among its siblings in the sidebar.
        introduction: why the reader would want this.
        note: what the reader must beware of.
        verify: steps that show whether requests arrive.
        guides: in the order in which they are listed.
        place: where ``site.yaml`` asks for it.
    """

    path: str
    title: str
    order: int
    description: Prose
    introduction: Passage
    note: Passage | None
    verify: tuple[Passage, ...]
    guides: tuple[Guide, ...]
    place: Place


def url_of_page(path: str) -> str:
    """Where a page of the documentation site is: ``guides/index`` stands for its folder."""
    folder = path.removesuffix("index") if path.rpartition("/")[2] == "index" else f"{path}/"
    return f"/{folder}"


@dataclass(frozen=True, slots=True)
class Output:
    """A docs framework for which every guide is rendered.

    Attributes:
        framework: the folder of its templates.
        folder: where its pages go, below the output folder.
        front_matter: what every page carries besides its own front matter.
        place: where ``site.yaml`` asks for it.
    """

    framework: str
    folder: str
    front_matter: Mapping[str, object]
    place: Place


@dataclass(frozen=True, slots=True)
class Term:
    """What a thing is called on every page.

    Attributes:
        others: the names that no page may call it.
        place: where ``site.yaml`` lists those.
    """

    name: str
    others: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Site:
    """Everything there is to build.

    Attributes:
        docs_url: the documentation site's address, without a slash at its end.
        terms: what things are called, and what not.
    """

    docs_url: str
    outputs: tuple[Output, ...]
    guides: tuple[Guide, ...]
    indexes: tuple[Index, ...]
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page up to the next piece.

    Attributes:
        start: its first character's index in the page's text.
        origin: what it was made from: a line of a template, or a sentence of the spec.
    """

    start: int
    origin: Place


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A page in memory.

    Attributes:
        path: below the output folder, with forward slashes.
        content: the whole file.
        pieces: what it was put together from, in order.
    """

    path: str
    content: bytes
    pieces: tuple[Piece, ...] = ()

    def origin_of(self, index: int) -> Place | None:
        """What the character at an index of the page's text was made from."""
        number = bisect_right(self.pieces, index, key=lambda piece: piece.start)
        return self.pieces[number - 1].origin if number else None


@dataclass(frozen=True, slots=True)
class RenderedPages:
    """Every page of a site, in memory.

    Attributes:
        files: the pages.
        templates: the text of each template that was used, by the name that findings use.
    """

    files: tuple[RenderedFile, ...]
    templates: Mapping[str, str]
