"""The command line as a real process: exit codes, streams, and what is left on disk."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guidewright import __version__
from project import Project

PAGES = ["output/md/guides/coder.md", "output/mdx/guides/coder.mdx"]


def snapshot(project: Project) -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(project.root.rglob("*"))
        if path.is_file()
    }


def test_build_names_each_changed_page_and_sums_up(acme: Project) -> None:
    first = acme.run("build")
    assert (
        first.stdout
        == "created output/md/guides/coder.md\ncreated output/mdx/guides/coder.mdx\n2 pages: 2 written, 0 unchanged.\n"
    )
    (acme.root / PAGES[0]).write_text("by hand")
    second = acme.run("build")
    assert second.stdout == "updated output/md/guides/coder.md\n2 pages: 1 written, 1 unchanged.\n"
    assert (first.code, second.code, first.stderr, second.stderr) == (0, 0, "", "")


def test_build_does_not_touch_what_is_right(acme: Project) -> None:
    acme.build()
    before = snapshot(acme)
    assert acme.run("build").stdout == "2 pages: 0 written, 2 unchanged.\n"
    assert snapshot(acme) == before


def test_check_is_clean_after_build(acme: Project) -> None:
    acme.build()
    before = snapshot(acme)
    result = acme.run("check")
    assert (result.code, result.stdout, result.stderr) == (0, "2 pages as the spec says.\n", "")
    assert snapshot(acme) == before


def test_check_shows_drift_and_how_to_repair_it(acme: Project) -> None:
    acme.build()
    acme.edit(PAGES[0], "CODER_URL`: The address", "CODER_URL`: the address")
    (acme.root / PAGES[1]).unlink()
    before = snapshot(acme)
    result = acme.run("check")
    assert result.code == 1
    assert "error[drifted-page]: page differs from what the spec says\n" in result.stdout
    assert re.search(r"--> output/md/guides/coder\.md:\d+:1\n", result.stdout)
    assert "error[missing-page]: page is missing\n --> output/mdx/guides/coder.mdx:1:1\n" in result.stdout
    assert "\n-- `CODER_URL`: the address" in result.stdout
    assert "\n+- `CODER_URL`: The address" in result.stdout
    last_line = result.stdout.splitlines()[-1]
    assert last_line == "2 of 2 pages not as the spec says. To repair, run: guidewright build"
    assert snapshot(acme) == before
    assert acme.run(*last_line.partition("guidewright ")[2].split()).code == 0
    assert acme.run("check").code == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"\n", b"\r\n"), (b"Acme", b"Acm\xe9"), (b"\n", b""), (b"# Coder", b"\x00")],
    ids=["crlf", "latin-1", "no line ends", "NUL"],
)
def test_check_sees_any_different_byte(acme: Project, old: bytes, new: bytes) -> None:
    acme.build()
    page = acme.root / PAGES[0]
    page.write_bytes(page.read_bytes().replace(old, new))
    result = acme.run("check")
    assert result.code == 1
    assert "error[drifted-page]" in result.stdout
    assert acme.run("build").code == 0
    assert acme.run("check").code == 0


def test_diff_is_a_patch(acme: Project) -> None:
    acme.build()
    right = acme.pages()
    acme.edit(PAGES[0], "## Prerequisites", "## What you need")
    (acme.root / PAGES[1]).write_bytes(b"no newline at the end")
    result = acme.run("diff")
    assert result.code == 1
    subprocess.run(["patch", "-p1"], cwd=acme.root, input=result.stdout.encode(), check=True, capture_output=True)  # noqa: S607
    assert acme.pages() == right
    assert acme.run("diff").code == 0
    assert acme.run("diff").stdout == ""


def test_pages_without_a_guide_are_reported_and_left_alone(acme: Project) -> None:
    acme.build()
    acme.edit("spec/site.yaml", "path: guides/coder", "path: guides/renamed")
    by_hand = acme.write("output/md/by-hand.md", "# Mine\n")
    check = acme.run("check")
    assert check.code == 1
    assert "error[orphan-page]: no guide is written here any more\n --> output/md/guides/coder.md:1:1" in check.stdout
    assert "by-hand" not in check.stdout
    build = acme.run("build")
    assert build.code == 0
    command = re.findall(r"To delete, run: (rm .*)", acme.run("check").stdout)[-1]
    assert all((acme.root / page).exists() for page in PAGES)
    subprocess.run(command.split(), cwd=acme.root, check=True)
    assert acme.run("check").code == 0
    assert by_hand.exists()


def test_commands_from_elsewhere(acme: Project, tmp_path: Path) -> None:
    """In a folder below, the project is found; from outside, it is named, and so it is in the repair command."""
    assert acme.run("build", cwd=acme.root / "spec/agents").code == 0
    assert acme.run("check", "--project", str(acme.root), cwd=tmp_path).code == 0
    (acme.root / PAGES[0]).unlink()
    result = acme.run("check", "-C", str(acme.root), cwd=tmp_path)
    assert result.stdout.endswith(f"To repair, run: guidewright build --project {acme.root}\n")


def test_no_project(tmp_path: Path) -> None:
    project = Project(tmp_path)
    for arguments in (["build"], ["check"], ["diff"], ["check", "--project", "."]):
        result = project.run(*arguments)
        assert result.code == 2
        assert "no spec/site.yaml in " in result.stderr
        assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [["biuld"], ["build", "--force"], ["check", "--project", "nowhere"], ["schema", "x"]]
)
def test_wrong_usage(acme: Project, arguments: list[str]) -> None:
    result = acme.run(*arguments)
    assert result.code == 2
    assert "Usage: " in result.stderr
    assert "Traceback" not in result.stderr


def test_help_and_version(acme: Project) -> None:
    help_text = acme.run("--help").stdout
    for command in ("build", "check", "diff", "schema"):
        summary = re.search(rf"^  {command} +(.+)$", help_text, re.MULTILINE)
        assert summary
        own_help = acme.run(command, "--help")
        assert own_help.code == 0
        assert summary[1] in own_help.stdout
    assert acme.run("--version").stdout == f"guidewright, version {__version__}\n"


def test_help_imports_no_stage(acme: Project) -> None:
    """``--help`` must be quick: nothing that a command needs is imported for it."""
    stages = "('jinja2', 'msgspec', 'ruamel', 'jsonschema_rs')"
    code = f"import sys, guidewright.cli; print([name for name in {stages} if name in sys.modules])"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=acme.root)
    assert process.stdout == "[]\n"


def test_formats(acme: Project) -> None:
    acme.edit("spec/gateways/acme.yaml", "vendor: Acme", "vendr: Acme, 100%")
    concise = acme.run("check", "--format", "concise")
    assert (
        concise.stdout
        == 'spec/gateways/acme.yaml:3:1: error[unknown-key] unknown key "vendr" (did you mean "vendor"?)\n'
    )
    github = acme.run("check", "--format", "github")
    assert github.stdout == (
        "::error file=spec/gateways/acme.yaml,line=3,col=1,title=unknown-key"
        '::unknown key "vendr"%0Adid you mean "vendor"?\n'
    )
    findings = json.loads(acme.run("check", "--format", "json").stdout)
    assert findings == [
        {
            "code": "unknown-key",
            "severity": "error",
            "headline": 'unknown key "vendr"',
            "help": 'did you mean "vendor"?',
            "file": "spec/gateways/acme.yaml",
            "line": 3,
            "column": 1,
            "length": 5,
        }
    ]


def test_formats_show_drift_too(acme: Project) -> None:
    assert [line.split(": ")[1] for line in acme.run("check", "--format", "concise").stdout.splitlines()] == [
        "error[missing-page] page is missing (run",
        "error[missing-page] page is missing (run",
    ]
    acme.build()
    assert acme.run("check", "--format", "json").stdout == "[]\n"
    assert acme.run("check", "--format", "concise").stdout == ""


def test_no_colour_in_a_pipe(acme: Project) -> None:
    acme.edit("spec/gateways/acme.yaml", "vendor: Acme", "vendr: Acme")
    assert "\x1b" not in acme.run("check", TERM="xterm-256color").stdout


@pytest.mark.parametrize(("environment", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_on_a_terminal(acme: Project, environment: dict[str, str], *, is_coloured: bool) -> None:
    pty = pytest.importorskip("pty", reason="needs a Unix terminal")
    acme.edit("spec/gateways/acme.yaml", "vendor: Acme", "vendr: Acme")
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "guidewright", "check"],
        cwd=acme.root,
        env={"PATH": os.environ["PATH"], "TERM": "xterm", **environment},
        stdout=terminal,
    )
    process.wait(timeout=60)
    os.close(terminal)
    output = os.read(controller, 65536).decode()
    os.close(controller)
    assert "unknown key" in output
    assert ("\x1b[" in output) == is_coloured


def test_terminal_escapes_in_a_spec_are_shown_not_sent(acme: Project) -> None:
    acme.edit("spec/gateways/acme.yaml", "vendor: Acme", 'vendor: Acme\n"\\e[31mred": 1')
    result = acme.run("check")
    assert "\x1b" not in result.stdout
    assert 'unknown key "\\x1b[31mred"' in result.stdout


WORLDS = [
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "3", "LANG": "tr_TR.UTF-8", "TZ": "America/St_Johns", "PYTHONIOENCODING": "ascii"},
]


def test_same_bytes_in_every_world(acme: Project) -> None:
    acme.edit("spec/providers/north.yaml", "name: North Models", "name: Nørth 北 Models")
    outputs = []
    for number, world in enumerate(WORLDS):
        cwd = acme.root if number % 2 else acme.root / "spec"
        result = acme.run("build", cwd=cwd, **world)
        assert (result.code, result.stderr) == (0, "")
        outputs.append(acme.pages())
        shutil.rmtree(acme.root / "output")
    assert outputs[0]
    assert outputs[1:] == outputs[:-1]


def test_line_ends_and_byte_order_mark_of_the_spec_do_not_matter(acme: Project) -> None:
    expected = acme.build()
    for path in (acme.root / "spec").rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    result = acme.run("check")
    assert result.code == 0
    assert acme.pages() == expected
    assert result.stdout.count("warning[byte-order-mark]") == 5
    assert result.stdout.count("warning[crlf-line-ends]") == 5


def test_huge_file(acme: Project) -> None:
    acme.write("spec/gateways/acme.yaml", "gateway: acme\n" + "# padding\n" * 200_000)
    result = acme.run("check")
    assert result.code == 1
    assert "error[file-too-large]" in result.stdout
    assert "spec/gateways/acme.yaml:1:1" in result.stdout


def test_unreadable_output_could_not_run(acme: Project) -> None:
    (acme.root / PAGES[0]).mkdir(parents=True)
    for command in ("build", "check", "diff"):
        result = acme.run(command)
        assert result.code == 2
        assert "coder.md: Is a directory" in result.stderr
        assert "up to date" not in result.stdout
        assert "as the spec says" not in result.stdout


def test_output_stays_in_its_folder(acme: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (acme.root / "output").mkdir()
    (acme.root / "output/md").symlink_to(outside)
    result = acme.run("build")
    assert result.code == 2
    assert "a symbolic link leads out of the output folder" in result.stderr
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("environment", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "unbuffered"])
def test_output_that_cannot_be_printed_is_not_clean(acme: Project, environment: dict[str, str]) -> None:
    acme.build()
    with Path("/dev/full").open("w") as full:
        process = subprocess.run(
            [sys.executable, "-m", "guidewright", "check"],
            cwd=acme.root,
            env={"PATH": os.environ["PATH"], **environment},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert process.returncode == 2
    assert process.stderr.decode() == "error: No space left on device\n"


def test_killed_builds_leave_whole_pages(acme: Project) -> None:
    """Kill builds at growing delays: every page is always the old one or the new one."""
    new = acme.build()
    old = {path: f"old {path}\n" for path in new}
    for step in range(12):
        for path, content in old.items():
            acme.write(f"output/{path}", content)
        process = subprocess.Popen(
            [sys.executable, "-m", "guidewright", "build"], cwd=acme.root, stdout=subprocess.DEVNULL
        )
        time.sleep(0.02 * step)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path in new:
            assert acme.read(f"output/{path}") in (old[path], new[path])


def test_a_reader_that_leaves_early_does_not_keep_pages_from_being_written(acme: Project) -> None:
    code = "import os, sys; os.close(1); os.execv(sys.executable, [sys.executable, '-m', 'guidewright', 'build'])"
    closed = subprocess.run([sys.executable, "-c", code], cwd=acme.root, stderr=subprocess.PIPE, check=False)
    assert b"internal error" not in closed.stderr
    assert b"Traceback" not in closed.stderr
    assert len(acme.pages()) == 2
    shutil.rmtree(acme.root / "output")
    reading, writing = os.pipe()
    os.close(reading)
    broken = subprocess.run(
        [sys.executable, "-m", "guidewright", "build"],
        cwd=acme.root,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert broken.returncode == 2
    assert b"Traceback" not in broken.stderr
    assert len(acme.pages()) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs Unix pipes")
def test_pipes_are_not_waited_for(acme: Project) -> None:
    acme.build()
    page = acme.root / PAGES[0]
    page.unlink()
    os.mkfifo(page)
    result = acme.run("check")
    assert result.code == 2
    assert "coder.md: not a regular file" in result.stderr
    os.mkfifo(acme.root / "spec/providers/pipe.yaml")
    result = acme.run("check")
    assert result.code == 1
    assert "error[unreadable-file]: the file is not a regular file\n --> spec/providers/pipe.yaml:1:1" in result.stdout


def test_links_out_of_the_project_are_not_read(acme: Project, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("root:x:0:0\n", encoding="utf-8")
    (acme.root / "spec/providers/link.yaml").symlink_to(secret)
    result = acme.run("check")
    assert result.code == 1
    assert "error[link-out-of-project]" in result.stdout
    assert "root:x" not in result.stdout
