"""Guides and snippets -> files in memory, for every docs framework of the site."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from guidewright.diagnostics import Report, did_you_mean
from guidewright.model import Guide, Output, Piece, RenderedFile, RenderedPages, Site, Snippets
from guidewright.pages.environment import Imports, page_environment, plain_environment
from guidewright.pages.frameworks import Framework, find_frameworks
from guidewright.pages.guide_view import GuideView, view_guide
from guidewright.pages.index_view import IndexView, view_index
from guidewright.pages.template_errors import report_template_error

# Other spaces (no-break, narrow) are the writer's own.
_LINE_BREAKS = re.compile(r"[ \n]+")


def render_pages(
    site: Site, snippets: Snippets, template_folders: Sequence[Path], root: Path, report: Report
) -> RenderedPages:
    """Render every guide for every docs framework.

    Args:
        site: the guides and the docs frameworks.
        snippets: the tabs of every route.
        template_folders: in the order in which templates are looked up.
        root: the project's folder, for the names of templates in findings.
        report: receives ``unknown-framework`` and every mistake in a template.

    Returns:
        The pages and the templates that they were made from; a page that could not be rendered is left out.
    """
    frameworks = find_frameworks(template_folders)
    files: list[RenderedFile] = []
    templates: dict[str, str] = {}
    for output in site.outputs:
        framework = frameworks.get(output.framework)
        if framework is None:
            report.error(
                "unknown-framework",
                f'unknown framework "{output.framework}"',
                output.place.at("framework"),
                help=did_you_mean(output.framework, frameworks),
            )
            continue
        renderer = _Renderer(framework, template_folders, root, report)
        files += renderer.render(site, snippets, output)
        templates |= renderer.templates
    return RenderedPages(tuple(files), templates)


class _Renderer:
    """Renders pages of one docs framework; holds its compiled templates."""

    def __init__(self, framework: Framework, template_folders: Sequence[Path], root: Path, report: Report) -> None:
        self._framework = framework
        self._template_folders = template_folders
        self._root = root
        self._report = report
        self._pages = page_environment(template_folders, framework, root)
        self._plain = plain_environment(template_folders, framework, root)
        self._plain.origins = self._pages.origins

    @property
    def templates(self) -> Mapping[str, str]:
        """The text of each template that was used, by the name that findings use."""
        return self._pages.sources | self._plain.sources

    def render(self, site: Site, snippets: Snippets, output: Output) -> Iterator[RenderedFile]:
        descriptions: dict[Guide, str] = {}
        for guide in site.guides:
            view = view_guide(guide, snippets, output.front_matter)
            if (described := self._try(self._describe, view)) is not None:
                descriptions[guide] = self._pages.origins.take_out(described)[0]
                yield from self._render(view, described, guide.path, output)
        for index in site.indexes:
            if all(guide in descriptions for guide in index.guides):
                page = view_index(index, descriptions, site.docs_url, output.front_matter)
                if (described := self._try(self._describe, page)) is not None:
                    yield from self._render(page, described, index.path, output)

    def _render(self, view: GuideView | IndexView, described: str, path: str, output: Output) -> Iterator[RenderedFile]:
        description, description_pieces = self._pages.origins.take_out(described)
        rendered = self._try(self._render_page, view, description)
        if rendered is not None:
            content, pieces = self._pages.origins.take_out(rendered)
            start = content.find(description)
            if start >= 0:
                pieces = _with_pieces(pieces, description_pieces, start, start + len(description))
            yield RenderedFile(f"{output.folder}/{path}.{self._framework.extension}", content.encode(), pieces)

    def _try(self, render: Callable[..., str], *values: object) -> str | None:
        try:
            return render(*values)
        except Exception as error:  # noqa: BLE001 - a template can raise anything, and it is the writer's mistake
            report_template_error(
                error, self._framework.page_template, self._template_folders, self._root, self._report
            )
            return None

    def _describe(self, view: GuideView | IndexView) -> str:
        description = self._plain.get_template(view.description_template).render(_names_of(view))
        return _LINE_BREAKS.sub(" ", description).strip()

    def _render_page(self, view: GuideView | IndexView, description: str) -> str:
        page = self._pages.get_template(self._framework.page_template.name)
        return page.render(_names_of(view), description=description, imports=Imports())


def _names_of(view: GuideView | IndexView) -> Mapping[str, object]:
    return {"page": view, "guide" if isinstance(view, GuideView) else "index": view}


def _with_pieces(pieces: Sequence[Piece], inner: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The pieces of a text, with those of a part of it in the place of what stood there."""
    before = [piece for piece in pieces if piece.start < start]
    after = [piece for piece in pieces if piece.start >= end]
    return (*before, *(Piece(start + piece.start, piece.origin) for piece in inner), *after)
