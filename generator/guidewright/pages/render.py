"""Guides and snippets -> files in memory, for every docs framework of the site."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from guidewright.diagnostics import Report, did_you_mean
from guidewright.model import Guide, Output, RenderedFile, RenderedPages, Site, Snippets
from guidewright.pages.environment import Imports, page_environment, plain_environment
from guidewright.pages.frameworks import Framework, find_frameworks
from guidewright.pages.template_errors import report_template_error
from guidewright.pages.view import GuideView, view_guide

DESCRIPTION_TEMPLATE = "description.jinja"
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
        files += [file for guide in site.guides if (file := renderer.render(guide, snippets, output)) is not None]
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

    def render(self, guide: Guide, snippets: Snippets, output: Output) -> RenderedFile | None:
        view = view_guide(guide, snippets, output.front_matter)
        try:
            content, pieces = self._pages.origins.take_out(self._render_page(view))
        except Exception as error:  # noqa: BLE001 - a template can raise anything, and it is the writer's mistake
            report_template_error(
                error, self._framework.page_template, self._template_folders, self._root, self._report
            )
            return None
        path = f"{output.folder}/{guide.path}.{self._framework.extension}"
        return RenderedFile(path, content.encode(), pieces)

    def _render_page(self, guide: GuideView) -> str:
        description = self._plain.get_template(DESCRIPTION_TEMPLATE).render(guide=guide)
        page = self._pages.get_template(self._framework.page_template.name)
        return page.render(guide=guide, description=_LINE_BREAKS.sub(" ", description).strip(), imports=Imports())
