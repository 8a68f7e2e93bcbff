"""Where a project keeps its spec, its templates and its output."""

from dataclasses import dataclass
from pathlib import Path

SPEC_FOLDER = "spec"
TEMPLATES_FOLDER = "templates"
OUTPUT_FOLDER = "output"
SITE_FILE = f"{SPEC_FOLDER}/site.yaml"


class NoProjectError(Exception):
    """There is no project where one was looked for."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A project's folders.

    Attributes:
        root: the project's folder; it holds ``spec/site.yaml``.
    """

    root: Path

    @property
    def spec_files(self) -> list[Path]:
        """Every YAML file of the spec and every passage in its islands folder, sorted."""
        spec = self.root / SPEC_FOLDER
        yaml = (path for path in spec.rglob("*") if path.suffix in {".yaml", ".yml"})
        return sorted(path for path in (*yaml, *spec.glob("islands/*.md")) if not path.name.startswith("."))

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Where templates are looked up: the project's own come before the built-in ones."""
        own = self.root / TEMPLATES_FOLDER
        return tuple(dict.fromkeys(folder for folder in (own, builtin_templates()) if folder.is_dir()))

    @property
    def output_folder(self) -> Path:
        """Where the pages are."""
        return self.root / OUTPUT_FOLDER


def builtin_templates() -> Path:
    """The templates that come with guidewright: in the installed package, or at the top of a source checkout."""
    package = Path(__file__).resolve().parent
    installed = package / TEMPLATES_FOLDER
    return installed if installed.is_dir() else package.parents[1] / TEMPLATES_FOLDER


def find_workspace(start: Path) -> Workspace:
    """Find the project that a folder belongs to.

    Args:
        start: the folder to start from; its parents are tried after it.

    Returns:
        The workspace.

    Raises:
        NoProjectError: neither the folder nor any above it holds ``spec/site.yaml``.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SITE_FILE).is_file():
            return Workspace(folder)
    message = f"no {SITE_FILE} in {start} or in a folder above it"
    raise NoProjectError(message)


def open_workspace(root: Path) -> Workspace:
    """Take a folder as the project's.

    Raises:
        NoProjectError: it holds no ``spec/site.yaml``.
    """
    if not (root / SITE_FILE).is_file():
        message = f"no {SITE_FILE} in {root}"
        raise NoProjectError(message)
    return Workspace(root.resolve())
