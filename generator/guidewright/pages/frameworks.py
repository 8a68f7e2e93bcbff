"""Docs frameworks: each is a folder of templates, found by its page template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FRAMEWORKS_FOLDER = "frameworks"


@dataclass(frozen=True, slots=True)
class Framework:
    """A docs framework.

    Attributes:
        name: its folder's name.
        page_template: the template of a whole page; its name ends in the pages' file extension and ``.jinja``.
        extension: of the pages (``mdx``).
    """

    name: str
    page_template: Path
    extension: str


def template_name(file: Path, root: Path) -> str:
    """A template as findings name it: relative to the project where it is part of it."""
    return (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()


def find_frameworks(template_folders: Sequence[Path]) -> Mapping[str, Framework]:
    """Find the docs frameworks that there are templates for.

    Args:
        template_folders: in the order in which templates are looked up.

    Returns:
        The frameworks by name.
    """
    frameworks: dict[str, Framework] = {}
    for folder in template_folders:
        for page in sorted(folder.glob(f"{FRAMEWORKS_FOLDER}/*/page.*.jinja")):
            name, extension = page.parent.name, page.name.split(".")[1]
            frameworks.setdefault(name, Framework(name, page, extension))
    return frameworks
