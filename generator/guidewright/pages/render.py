"""Guides and snippets -> files in memory, for every docs framework of the site."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from guidewright.diagnostics import Report, did_you_mean
from guidewright.model import Guide, Output, RenderedFile, RenderedPages, Site, Snippets
from guidewright.pages.environment import Imports, page_environment, plain_environment
from guidewright.pages.frameworks import Framework, find_frameworks
from guidewright.pages.template_errors import report_template_error
from guidewright.pages.view import GuideView, IndexView, view_guide, view_index

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
            if (description := self._try(self._describe, view)) is not None:
                descriptions[guide] = description
                yield from self._render(view, description, guide.path, output)
        for index in site.indexes:
            if all(guide in descriptions for guide in index.guides):
                plain = {guide: self._pages.origins.take_out(text)[0] for guide, text in descriptions.items()}
                page = view_index(index, plain, site.docs_url, output.front_matter)
                if (description := self._try(self._describe, page)) is not None:
                    yield from self._render(page, description, index.path, output)

    def _render(
        self, view: GuideView | IndexView, description: str, path: str, output: Output
    ) -> Iterator[RenderedFile]:
        page = self._try(self._render_page, view, description)
        if page is not None:
            content, pieces = self._pages.origins.take_out(page)
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
