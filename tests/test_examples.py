"""The projects in examples/: as generated, and as real shells, compilers and programs read their pages."""

import configparser
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import REPOSITORY
from mdx_harness import PageReport, PageSource, inspect_pages
from project import Project
from tools import require_tool

EXAMPLES = sorted(path.parent.parent for path in REPOSITORY.glob("examples/*/spec/site.yaml"))
PAGES = {
    page.relative_to(REPOSITORY).as_posix(): page
    for example in EXAMPLES
    for page in sorted((example / "output").rglob("*"))
    if page.is_file()
}
MIRROR_PAGES = REPOSITORY / "examples/mirror/output/github/mirror"
MIRROR = "https://packages.example.com"
# Words that are about models and their providers, and so about nothing that the mirror's guides are about.
MODEL_WORDS = re.compile(r"\b(models?|bills?|credentials?|tokens?|AI)\b")

example_parameter = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


def code_of(page: Path, language: str) -> str:
    """The first block in a language, with the mirror's sample host in it."""
    found = re.search(rf"^( *)```{language}\n(.*?)^\1```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found
    return re.sub(f"^{found[1]}", "", found[2], flags=re.MULTILINE).replace("<MIRROR_HOST>", "packages.example.com")


@pytest.fixture(scope="module")
def reports() -> dict[str, PageReport]:
    sources = [
        PageSource(name, page.read_text(encoding="utf-8"), "mdx" if page.suffix == ".mdx" else "md")
        for name, page in PAGES.items()
    ]
    return {report["path"]: report for report in inspect_pages(sources)}


def test_every_folder_is_an_example_with_pages() -> None:
    assert sorted(path for path in (REPOSITORY / "examples").iterdir() if path.is_dir()) == EXAMPLES
    assert {example.name for example in EXAMPLES} == {name.split("/")[1] for name in PAGES}


@example_parameter
def test_it_is_as_generated(example: Path) -> None:
    result = Project(example).run("check")
    assert result.code == 0, result.stdout
    # Not even a warning.
    assert re.match(r"\d+ pages as the spec says", result.stdout), result.stdout


@example_parameter
def test_its_snippets_pass_verify(example: Path) -> None:
    require_tool("bash", "install bash")
    result = Project(example).run("verify", "--require", "bash")
    assert result.code == 0, result.stdout
    assert "differs" not in result.stdout
    assert re.search(r" bash +ok$", result.stdout, re.MULTILINE)


@example_parameter
def test_nothing_is_silenced(example: Path) -> None:
    sources = [path for folder in ("spec", "templates") for path in (example / folder).rglob("*") if path.is_file()]
    assert [path for path in sources if "guidewright-ignore" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_engine_compiles_it(reports: dict[str, PageReport], name: str) -> None:
    report = reports[name]
    assert report["error"] is None
    assert list(report["engines"]) == (["mdx", "satteri"] if name.endswith(".mdx") else ["gfm"])
    for engine, reading in report["engines"].items():
        assert reading["expressions"] == []
        assert reading["images"] == []
        assert len(reading["html_nodes"]) == (1 if engine == "gfm" else 0)
        assert [steps["error"] for steps in reading["steps"]] == [None] * len(reading["steps"])


@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith(".mdx")])
def test_github_page_has_the_same_code(reports: dict[str, PageReport], name: str) -> None:
    sibling = re.sub(r"/output/mdx/(.*)x$", r"/output/github/\1", name)
    gfm = reports[sibling]["engines"]["gfm"]
    for reading in reports[name]["engines"].values():
        # GitHub shows no titles above code.
        assert [{**code, "meta": None} for code in reading["code"]] == gfm["code"]
        assert [heading["text"] for heading in reading["headings"]] == [
            heading["text"] for heading in gfm["headings"] if heading["depth"] > 1
        ]


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("examples/mirror/")])
def test_a_guide_outside_ai_does_not_speak_of_models(name: str) -> None:
    assert MODEL_WORDS.findall(PAGES[name].read_text(encoding="utf-8")) == []


def test_pip_reads_its_file() -> None:
    parser = configparser.RawConfigParser()
    parser.read_string(code_of(MIRROR_PAGES / "pip.md", "ini"))
    assert {name: dict(parser[name]) for name in parser.sections()} == {
        "global": {"index-url": f"{MIRROR}/pypi/simple"}
    }


def test_npm_reads_its_file(tmp_path: Path) -> None:
    npm = require_tool("npm", "install Node.js, which has npm")
    file = tmp_path / ".npmrc"
    file.write_text(code_of(MIRROR_PAGES / "npm.md", "ini"), encoding="utf-8")
    result = subprocess.run(
        [npm, "config", "get", "registry", "--userconfig", str(file)],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    assert result.stdout == f"{MIRROR}/npm/\n"


def test_docker_gets_the_root_of_a_host() -> None:
    assert json.loads(code_of(MIRROR_PAGES / "docker.md", "json")) == {"registry-mirrors": [MIRROR]}


@example_parameter
def test_it_stands_on_its_own(example: Path, tmp_path: Path) -> None:
    """A copy of the spec and templates gives the same pages: nothing of the repository's own spec is in them."""
    for folder in ("spec", "templates"):
        if (example / folder).is_dir():
            shutil.copytree(example / folder, tmp_path / folder)
    assert Project(tmp_path).build() == Project(example).pages()
