"""``guidewright audit``: what it finds on wrong pages, and that it is silent on right ones.

A wrong page and all that is said about it are two files: ``tests/audit/wrong/NAME.mdx`` and
``tests/goldens/audit/NAME.txt``. Most of them are the page in ``tests/audit/corrected`` with one thing broken. A folder
in the place of a page holds siblings that are audited together.
"""

import inspect
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from guidewright.lint import ALL_RULES, rules
from guidewright.lint.rule import GeneratedSubject, Rule
from project import Project

PAGES = Path(__file__).parent / "audit"
WRONG = sorted((PAGES / "wrong").iterdir())
RIGHT = sorted((PAGES / "right").iterdir())
SILENT = "1 page audited: 0 errors, 0 warnings.\n"
WITH_BASE_URL = re.compile(r"(_BASE_URL\W.*/(?:anthropic|google-vertex-ai/v1|<AWS_REGION>))(/?)(?=[\"'])")


@pytest.mark.parametrize("page", WRONG, ids=lambda page: page.stem)
def test_wrong_page(page: Path, reference: Project, golden: Callable[[str, str], None]) -> None:
    put(page, reference)
    result = reference.run("audit", "docs")
    golden(result.stdout, f"audit/{page.stem}.txt")
    assert result.code == ("error[" in result.stdout)
    assert result.stderr == ""


@pytest.mark.parametrize("page", [*RIGHT, PAGES / "corrected/claude-code.mdx"], ids=lambda page: page.stem)
def test_right_page(page: Path, reference: Project) -> None:
    put(page, reference)
    result = reference.run("audit", "docs")
    assert re.sub(r"^\d+ pages", "1 page", result.stdout) == SILENT
    assert result.code == 0


def put(page: Path, project: Project) -> None:
    if page.is_dir():
        project.overlay(page, "docs")
    else:
        project.write(f"docs/{page.name}", page.read_bytes())


def shows_only_what_is_right(page: Path) -> bool:
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    return bool(WITH_BASE_URL.search(text)) and not re.search(r"Before:|Wrong:|\"Old\"", text)


@pytest.mark.parametrize("page", [*filter(shows_only_what_is_right, RIGHT)], ids=lambda page: page.stem)
def test_slash_in_every_framework(page: Path, reference: Project) -> None:
    """A right page that sets a base URL is wrong in each of its tabs with one slash more, or less."""
    text = page.read_bytes().decode()
    broken, number = WITH_BASE_URL.subn(_other_end, text)
    reference.write(f"docs/{page.name}", broken)
    found = reference.run("audit", "docs", "--format", "concise").stdout
    assert found.count("error[other-base-url]") == number


def _other_end(found: re.Match[str]) -> str:
    return found[1] if found[2] else f"{found[1]}/"


def test_there_are_many_right_pages() -> None:
    assert len(RIGHT) >= 55


def test_pull_request_that_started_this() -> None:
    """The four places of stale prose with their five statements, and the two addresses; nothing else."""
    found = (PAGES.parent / "goldens/audit/prose-left-on-the-old-auth-model.txt").read_text(encoding="utf-8")
    places = re.findall(r"error\[([\w-]+)\].*\n\s*--> [^:]+:(\d+):", found)
    stale = [("stale-credential", line) for line in ("3", "9", "15", "18", "19")]
    assert places == [*stale, ("other-base-url", "64"), ("other-base-url", "74")]


def test_generated_pages_are_right(reference: Project) -> None:
    reference.build()
    result = reference.run("audit", "output")
    assert result.stdout == f"{len(reference.pages())} pages audited: 0 errors, 0 warnings.\n"


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_every_rule_finds_something_and_says_why(rule: Rule[GeneratedSubject]) -> None:
    code = rule.code
    found = [*(PAGES.parent / "goldens/audit").iterdir(), *(PAGES.parent / "cases/invalid").glob("*/message.txt")]
    messages = [path.read_text(encoding="utf-8") for path in found]
    assert any(f"[{code}]" in message for message in messages)
    documentation = inspect.getdoc(sys.modules[f"{rules.__name__}.{code.replace('-', '_')}"]) or ""
    assert "\nWhy: " in documentation
    assert "\nExample: " in documentation


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe# Page", "error[not-utf-8]: byte 1 is no UTF-8"),
        (b"", SILENT),
        (b"---\ntitle: never closed\n", "warning[broken-page]: the front matter has no end"),
        (b"# Page\n\n```bash\necho\n", "warning[broken-page]: a code fence starts here and does not end"),
        (b"# Page\n\n<!-- open\n", "warning[broken-page]: a comment starts here and does not end"),
        (b"# Page\n\n<Tabs>\n<TabItem>\n", "warning[broken-page]: tabs start here and do not end"),
        (b"\xef\xbb\xbf# Page\r\n\r\ntext\r\n", SILENT),
        (b"---\ntitle: [1\n---\n\n# Page\n", "warning[broken-page]: the front matter is no YAML"),
        (b"---\ntitle: Page: two\n---\n", "warning[broken-page]: the front matter is no YAML"),
        (b"---\ntitle: a\x07\n---\n", "warning[broken-page]: the front matter must not hold the character U+0007"),
        (b"---\ntitle: " + b"[" * 5_000 + b"\n---\n", "warning[broken-page]: the front matter"),
        (b"# Page\n\n\0\n", "error[unreadable-page]: line 3 holds a NUL character, as no text does"),
        (b"# Page\r\rtext\r", SILENT),
        (b"x" * 5_000_000, SILENT),
        (b"# Page\n\n```bash\nexport A=" + b"$(" * 500 + b")" * 500 + b"\n```\n", SILENT),
        (b"<" * 200_000 + b"\n" + b"*" * 200_000, SILENT),
    ],
)
def test_odd_files(reference: Project, content: bytes, said: str) -> None:
    reference.write("docs/odd.md", content)
    result = reference.run("audit", "docs")
    assert said in result.stdout
    assert result.stderr == ""
    assert result.code == ("error[" in result.stdout)


def test_folders(reference: Project) -> None:
    """Every page below a folder once, nothing behind links to folders, and the rest after one that can't be read."""
    reference.write("docs/a.md", b"\xff")
    reference.write("docs/deep/b.mdx", "# Page")
    reference.write("docs/deep/c.txt", b"\xff")
    reference.write("docs/node_modules/d.md", b"\xff")
    (reference.root / "docs/loop").symlink_to(reference.root / "docs")
    result = reference.run("audit", "docs", "docs/a.md")
    assert result.stdout.endswith("2 pages audited: 1 error, 0 warnings.\n")
    assert result.code == 1


def test_links(reference: Project) -> None:
    """A link within the project is a page, and one in a circle, to nothing or out of the project is a finding."""
    (reference.root.parent / "secret.md").write_text("# Not to be shown", encoding="utf-8")
    reference.write("README.md", "# Page")
    reference.write("docs/page.mdx", (PAGES / "wrong/slash-too-many.mdx").read_bytes())
    targets = {
        "circle": "circle.md",
        "nothing": "x.md",
        "outside": "../../secret.md",
        "twin": "page.mdx",
        "up": "../README.md",
    }
    for name, target in targets.items():
        (reference.root / f"docs/{name}.md").symlink_to(target)
    (reference.root / "docs/folder.md").mkdir()
    result = reference.run("audit", "docs", "--format", "concise")
    found = re.findall(r"^docs/([\w.]+):\d+:\d+: error\[([\w-]+)\] (.*)$", result.stdout, re.MULTILINE)
    messages = {name: message for name, code, message in found if code == "unreadable-page"}
    assert messages.keys() == {"circle.md", "nothing.md", "outside.md"}
    assert messages["circle.md"] == messages["nothing.md"]
    assert messages["outside.md"].startswith("this link leads out of the folder")
    assert {name for name, code, _ in found if code == "other-base-url"} == {"page.mdx", "twin.md"}
    assert "Not to be shown" not in reference.run("audit", "docs").stdout
    assert result.stderr == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser can read anything")
def test_what_must_not_be_read(reference: Project) -> None:
    reference.write("docs/page.md", "# Page").chmod(0)
    reference.write("docs/folder/page.md", "# Page").parent.chmod(0)
    result = reference.run("audit", "docs")
    assert result.stdout.count("error[unreadable-page]: can't be read: Permission denied") == 2


def test_thousands_of_pages(reference: Project) -> None:
    page = (PAGES / "right/curl-anthropic.md").read_bytes()
    for number in range(2_000):
        reference.write(f"docs/{number % 40}/{number}.md", page)
    assert reference.run("audit", "docs").stdout == "2000 pages audited: 0 errors, 0 warnings.\n"


@pytest.mark.parametrize("piece", ["<", "`", "(", "a-", "https://", "//", "{", "{a ", '"', "A_", ". ", "# ", " "])
def test_lines_of_a_megabyte(piece: str, reference: Project) -> None:
    """On a page that every rule looks at, in prose and in code: the time it takes grows with the line, not faster."""
    page = (PAGES / "corrected/claude-code.mdx").read_text(encoding="utf-8")
    line = piece * (1_000_000 // len(piece))
    reference.write("docs/page.md", f"{page}\n{line}\n\n**{line}**\n\n```bash\n{line}\n```\n\n```js\n{line}\n```\n")
    result = reference.run("audit", "docs", "--format", "concise")
    # A line of backticks is a fence without an end.
    assert (result.stderr, result.code) == ("", int(piece == "`"))


def test_missing_path(reference: Project) -> None:
    result = reference.run("audit", "nowhere")
    assert result.code == 2
    assert "Path 'nowhere' does not exist" in result.stderr


def test_page_outside_the_project(reference: Project, tmp_path: Path) -> None:
    page = tmp_path / "elsewhere.mdx"
    page.write_bytes((PAGES / "wrong/slash-too-many.mdx").read_bytes())
    result = reference.run("audit", str(page))
    assert f"--> {page}:32:31" in result.stdout
    assert "export ANTHROPIC_BASE_URL" in result.stdout
