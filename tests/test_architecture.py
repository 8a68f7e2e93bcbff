"""The structure is part of the product: who may import whom, and what may not stand where."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

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
# Names of vendors, products and providers: facts, which belong to the spec.
VENDOR_NAMES = re.compile(
    r"anthropic|claude|bedrock|amazon|\baws\b|vertex|google|gemini|cloudflare|openai|codex|copilot|opencode|vercel|"
    r"litellm|aiven|\bxai\b|grok|xcode",
    re.IGNORECASE,
)


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
    assert VENDOR_NAMES.findall(module.read_text(encoding="utf-8")) == []


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
