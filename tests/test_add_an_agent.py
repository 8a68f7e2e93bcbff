"""ADD-AN-AGENT.md, followed to the letter: each block of code on the page is a step, and none is passed over."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from project import Project
from tools import require_tool

PAGE = Path(__file__).parents[1] / "ADD-AN-AGENT.md"
PROGRAM = ".venv/bin/guidewright"
# What else may hold code: it is no step that can be followed, so it fails.
BLOCKS = {"fence", "code_block", "html_block"}

# The sentence directly above a block says what to do with it.
CREATE = re.compile(r"Create `([^`]+)`:$")
APPEND = re.compile(r"Add to the end of `([^`]+)`, after an empty line:$")
INSERT = re.compile(r"Add to `([^`]+)`,[^.]* (above|below) `([^`]+)`:$")
CHANGE = re.compile(r"Change in `([^`]+)`:$")
EXCERPT = re.compile(r"`(output/[^`]+)`[^.]*:$")


@dataclass(frozen=True)
class Step:
    """A block of code, and the paragraph directly above it."""

    kind: str
    content: str
    above: str


def steps(page: str) -> Iterator[Step]:
    tokens = MarkdownIt().parse(page)
    for index, token in enumerate(tokens):
        if token.type in BLOCKS:
            follows_paragraph = index > 0 and tokens[index - 1].type == "paragraph_close"
            above = tokens[index - 2].content.replace("\n", " ") if follows_paragraph else ""
            yield Step(token.info if token.type == "fence" else token.type, token.content, above)


def follow(page: str, project: Project) -> None:
    """Do what a page says, and fail where it can't be done or where something else comes of it."""
    all_steps = list(steps(page))
    printed: str | None = None
    for step, following in zip_longest(all_steps, all_steps[1:]):
        if step.kind == "text":
            assert printed is not None, f"no command prints this:\n{step.content}"
            is_shown = re.fullmatch(as_pattern(step.content), printed) is not None
            assert is_shown, f"shown:\n{step.content}\nprinted:\n{printed}"
            printed = None
        elif step.kind == "sh":
            finds = following is not None and following.kind == "text" and following.content.startswith("error[")
            printed = run(step.content.splitlines(), project, 1 if finds else 0)
        else:
            printed = None
            edit_or_look(step, project)


def as_pattern(shown: str) -> str:
    """A line ``...`` stands for any lines; all others are meant as they are."""
    lines = shown.splitlines(keepends=True)
    return "".join(r"(?:.*\n)*" if line == "...\n" else re.escape(line) for line in lines)


def run(commands: list[str], project: Project, last_code: int) -> str:
    """What the commands print; the last one must end with the given exit code, the others with 0."""
    printed = ""
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program in PROGRAMS, f"unknown program: {program}"
        code, stdout, stderr = PROGRAMS[program](project, arguments)
        expected = last_code if command is commands[-1] else 0
        assert (code, stderr) == (expected, ""), f"{command}\n{stdout}{stderr}"
        printed += stdout
    return printed


def guidewright(project: Project, arguments: list[str]) -> tuple[int, str, str]:
    # With bash alone, so that every machine prints the same.
    shells = project.root.parent / "shells"
    if not shells.exists():
        shells.mkdir()
        (shells / "bash").symlink_to(require_tool("bash", "install bash"))
    result = project.run(*arguments, PATH=str(shells))
    return result.code, result.stdout, result.stderr


def git(project: Project, arguments: list[str]) -> tuple[int, str, str]:
    person = {f"GIT_{role}_{fact}": "writer" for role in ("AUTHOR", "COMMITTER") for fact in ("NAME", "EMAIL")}
    no_settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    process = subprocess.run(
        [require_tool("git", "install git"), *arguments],
        cwd=project.root,
        env={"PATH": os.environ["PATH"], **person, **no_settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return process.returncode, process.stdout, process.stderr


PROGRAMS = {PROGRAM: guidewright, "git": git}


def edit_or_look(step: Step, project: Project) -> None:
    if step.kind == "yaml" and (found := CREATE.search(step.above)):
        assert not (project.root / found[1]).exists(), f"{found[1]} is there already"
        project.write(found[1], step.content)
    elif step.kind == "yaml" and (found := APPEND.search(step.above)):
        project.write(found[1], f"{project.read(found[1])}\n{step.content}")
    elif step.kind == "yaml" and (found := INSERT.search(step.above)):
        file, side, line = found.groups()
        before, after = parted(project.read(file), line, side)
        project.write(file, before + step.content + after)
    elif step.kind == "diff" and (found := CHANGE.search(step.above)):
        lines = step.content.splitlines(keepends=True)
        old, new = ("".join(line[1:] for line in lines if line[0] in marks) for marks in ("- ", "+ "))
        project.edit(found[1], old, new)
    elif step.kind in {"md", "mdx"} and (found := EXCERPT.search(step.above)):
        assert step.content in project.read(found[1]), f"not in {found[1]}:\n{step.content}"
    else:
        raise AssertionError(f"nobody can tell what to do with this:\n{step.above}\n{step.content}")


def parted(text: str, line: str, side: str) -> tuple[str, str]:
    """A file in two, above a line and the empty lines before it, or below it."""
    places = list(re.finditer(rf"^ *{re.escape(line)}\n", text, re.MULTILINE))
    assert len(places) == 1, f"{len(places)} lines say {line}"
    if side == "below":
        return text[: places[0].end()], text[places[0].end() :]
    before = text[: places[0].start()].rstrip("\n") + "\n"
    return before, text[len(before) :]


def test_page(reference: Project) -> None:
    reference.build()
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "Before the page"]):
        assert git(reference, command) == (0, "", "")
    follow(PAGE.read_text(encoding="utf-8"), reference)


# What is wrong with a page, by what the test says then. The project is that of made-up products.
WRONG = {
    "nobody can tell": [
        "Create `a.toml`:\n\n```toml\na = 1\n```\n",
        "```\nmake build\n```\n",
        "Create `a.yaml`:\n\n    a: 1\n",
        "<pre>\nmake build\n</pre>\n",
        "Write this down:\n\n```yaml\na: 1\n```\n",
        "Create `a.yaml`:\n\n- like this\n\n```yaml\na: 1\n```\n",
        "This is new:\n\n```md\na\n```\n",
    ],
    "is there already": ["Create `spec/site.yaml`:\n\n```yaml\na: 1\n```\n"],
    "No such file": [
        "Add to the end of `spec/a.yaml`, after an empty line:\n\n```yaml\na: 1\n```\n",
        "It is in `output/a.md`:\n\n```md\na\n```\n",
    ],
    "0 lines say": ["Add to `spec/site.yaml`, above `indices:`:\n\n```yaml\na: 1\n```\n"],
    "2 lines say": ["Add to `spec/site.yaml`, below `outputs:`:\n\n```yaml\noutputs:\n```\n" * 2],
    "occurs 0 times": ["Change in `spec/site.yaml`:\n\n```diff\n-gides:\n+guides:\n```\n"],
    "unknown program": ["```sh\nmake build\n```\n"],
    "No such command": [f"```sh\n{PROGRAM} chekc\n```\n"],
    "page is missing": [
        f"```sh\n{PROGRAM} check\n```\n",
        f"```sh\n{PROGRAM} check\n{PROGRAM} build\n```\n",
        f"```sh\n{PROGRAM} check\n```\n\n```text\n...\n```\n",
    ],
    "through Gate to": [f"```sh\n{PROGRAM} list\n```\n\n```text\nerror[x]: x\n```\n"],
    "shown:": [
        f"```sh\n{PROGRAM} list\n```\n\n```text\nguides/code: no\n...\n```\n",
        f"```sh\n{PROGRAM} build\n```\n\n```text\ncreated output/plain/guides/coder.md\n```\n",
        f"```sh\n{PROGRAM} list\n```\n\n```text\n...\nmore\n```\n",
    ],
    "no command prints this": [
        "```text\nok\n```\n",
        f"```sh\n{PROGRAM} list\n```\n\n```text\n...\n```\n\n```text\n...\n```\n",
    ],
    "not in output/": [f"```sh\n{PROGRAM} build\n```\n\nIt is in `output/PAGE`:\n\n```md\nnot there\n```\n"],
}


@pytest.mark.parametrize(
    ("message", "page"),
    [
        pytest.param(message, page, id=f"{message} {number}")
        for message, pages in WRONG.items()
        for number, page in enumerate(pages)
    ],
)
def test_page_that_is_wrong(message: str, page: str, acme: Project) -> None:
    if "PAGE" in page:
        page = page.replace("PAGE", next(iter(acme.build())))
    with pytest.raises((AssertionError, OSError), match=message):
        follow(page, acme)
