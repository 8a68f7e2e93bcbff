"""The structure is part of the product: who may import whom, and what may not stand where."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

REPOSITORY = Path(__file__).parents[1]
PACKAGE = REPOSITORY / "generator/guidewright"

# Each part of the package, and the parts it may import besides itself.
ALLOWED_IMPORTS = {
    "diagnostics": set(),
    "model": {"diagnostics"},
    "source": {"diagnostics"},
    "schema": {"source", "diagnostics"},
    "resolve": {"schema", "model", "diagnostics"},
    "snippets": {"model", "diagnostics"},
    "lint": {"snippets", "model", "diagnostics"},
    "pages": {"model", "diagnostics"},
    "publish": {"model"},
    "verify": {"snippets", "model"},
    "workspace": set(),
    "pipeline": {
        *("source", "schema", "resolve", "snippets", "pages", "lint", "publish", "model", "diagnostics", "workspace"),
    },
    # What a command shows comes from the stage that made it.
    "cli": {
        "pipeline",
        "workspace",
        "diagnostics",
        "publish",
        "schema",
        "source",
        "model",
        "snippets",
        "verify",
        "lint",
    },
    "__main__": {"cli"},
    "__init__": set(),
}
# Facts belong to the spec: the names of agents, gateways, providers and vendors in every spec file of the repository.
SPEC_FILES = sorted(
    path
    for project in (REPOSITORY, *REPOSITORY.glob("examples/*"))
    for kind in ("agents", "gateways", "providers")
    for path in project.glob(f"spec/{kind}/*.yaml")
)
# Words of names that are words of the language, too, or of systems that shells and files run on.
COMMON_WORDS = {
    *("ai", "cli", "code", "com", "company", "desktop", "foundation", "gateway", "hosted", "hub", "mirror", "registry"),
    *("self", "software", "studio", "the", "visual", "your"),
    # The tool is written in Python, and has a format for the log of a CI service.
    *("python", "github"),
}
# Where a name is no fact of a guide: of a system that a tab can be for, of libraries whose rules a file format follows.
NAMED_WITH_REASON = {
    "lint/wording.py": {"docker"},
    "snippets/files/dotenv_file.py": {"npm"},
    "snippets/files/ini_file.py": {"npm", "npmjs", "pip"},
    "snippets/files/yaml_scalars.py": {"npm"},
}
# Products that the spec files name in other fields, or not yet.
OTHER_NAMES = {
    "aiven",
    "amazon",
    "bedrock",
    "codex",
    "copilot",
    "gemini",
    "grok",
    "litellm",
    "opencode",
    "vertex",
    "xcode",
}


def words_of_names() -> set[str]:
    """Each word of a name or vendor, and of the name by which other files refer to the file."""
    words: set[str] = set()
    for path in SPEC_FILES:
        data = YAML(typ="safe").load(path)
        names = [path.stem, data["name"], data.get("vendor", "")]
        words.update(word.lower() for name in names for word in re.findall(r"[A-Za-z]{2,}", name))
    return words


def vendor_names() -> re.Pattern[str]:
    """What may not stand in the package: whole words, so that `pi` is no part of `pipeline`."""
    words = (words_of_names() | OTHER_NAMES) - COMMON_WORDS
    return re.compile(rf"(?<![A-Za-z])({'|'.join(sorted(words))})(?![A-Za-z])", re.IGNORECASE)


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(module: Path) -> str:
    first = module.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_parts(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            below = [alias.name for alias in node.names] if node.module == "guidewright" else [""]
            names = [f"{node.module}.{name}" for name in below]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("guidewright."))


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(module: Path) -> None:
    part = part_of(module)
    imported = {
        name for name in imported_parts(module) if (PACKAGE / name).exists() or (PACKAGE / f"{name}.py").exists()
    }
    assert imported - {part} <= ALLOWED_IMPORTS[part]


def test_every_part_has_its_row() -> None:
    assert {part_of(module) for module in modules()} == set(ALLOWED_IMPORTS)


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.relative_to(PACKAGE).as_posix())
def test_no_vendor_is_named(module: Path) -> None:
    found = {name.lower() for name in vendor_names().findall(module.read_text(encoding="utf-8"))}
    assert found == NAMED_WITH_REASON.get(module.relative_to(PACKAGE).as_posix(), set())


def test_the_names_of_the_examples_are_looked_for() -> None:
    assert {"anthropic", "claude", "cloudflare", "docker", "litellm", "pip", "pypi", "vercel"} <= words_of_names()
    assert vendor_names().findall("PIP_INDEX_URL of the pipeline, claude-code") == ["PIP", "claude"]


def test_only_the_command_line_prints_and_exits() -> None:
    for module in modules():
        if part_of(module) in {"cli", "__main__"}:
            continue
        tree = ast.parse(module.read_text(encoding="utf-8"))
        called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert not called & {"print", "click.echo", "sys.exit", "exit"}, module


def test_the_straight_line_fits_on_a_screen() -> None:
    assert len((PACKAGE / "pipeline.py").read_text(encoding="utf-8").splitlines()) <= 120


def test_no_module_is_a_god_file() -> None:
    assert {module.name: lines for module in modules() if (lines := module.read_text().count("\n")) > 400} == {}


def test_templates_never_glue_text() -> None:
    """``~`` and ``+`` would escape their operands as HTML, not as Markdown."""
    for template in (REPOSITORY / "templates").rglob("*.jinja"):
        expressions = re.findall(r"\{[{%](.*?)[}%]\}", template.read_text(encoding="utf-8"), re.DOTALL)
        for expression in expressions:
            assert not re.search(r"[~]|\s\+\s", re.sub(r"\"[^\"]*\"", "", expression)), template
