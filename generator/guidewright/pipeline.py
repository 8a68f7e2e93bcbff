"""The straight line: from YAML to pages. Read this first.

Every stage is one function that takes frozen values, returns frozen values, and adds what it finds to the report.
A stage that found an error may return less than it should; the gates see to it that nothing is written then.
"""

from guidewright.diagnostics import Report
from guidewright.lint import ProjectFiles, guard_pages
from guidewright.model import Site, Snippets
from guidewright.pages import render_pages
from guidewright.publish import Plan, plan_output
from guidewright.resolve import resolve
from guidewright.schema import decode
from guidewright.snippets import compare_snippets, render_snippets
from guidewright.source import Document, line_of, load_documents
from guidewright.workspace import Workspace


def load(workspace: Workspace, report: Report) -> dict[str, Document]:
    """Read the spec's files: YAML text -> documents whose every node knows its place."""
    return load_documents(workspace.spec_files, workspace.root, report)


def compute_snippets(documents: dict[str, Document], report: Report) -> tuple[Site, Snippets] | None:
    """Find out what the spec means, and write the code for it.

    Args:
        documents: what ``load`` returned.
        report: receives everything that is wrong with the spec.

    Returns:
        What there is to build, and the code of every tab; None where an error was reported.
    """
    spec = decode(documents, report)
    site = resolve(spec, report)
    if site is None or report.has_errors():
        return None

    snippets = render_snippets(site, report)
    if report.has_errors():
        return None

    compare_snippets(site, snippets, report)
    return None if report.has_errors() else (site, snippets)


def compute_plan(documents: dict[str, Document], workspace: Workspace, report: Report) -> tuple[Site, Plan] | None:
    """Render every page in memory and compare it with the disk. Writes nothing.

    Args:
        documents: what ``load`` returned.
        workspace: where templates and output are.
        report: receives everything that is wrong with the spec and the templates.

    Returns:
        What there is to build; and what ``build`` writes, ``check`` expects to be empty, and ``diff`` shows. None where
        an error was reported.

    Raises:
        OSError: the pages on disk can't be read.
    """
    computed = compute_snippets(documents, report)
    if computed is None:
        return None

    site, snippets = computed
    pages = render_pages(site, snippets, workspace.template_folders, workspace.root, report)
    if report.has_errors():
        return None

    texts = {file: document.text for file, document in documents.items()}
    project = ProjectFiles(workspace.output_folder.name, texts, lambda place: line_of(place, documents))
    guard_pages(pages, site, snippets, project, report)
    if report.has_errors():
        return None

    return site, plan_output(pages.files, workspace.output_folder)
