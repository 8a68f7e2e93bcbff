"""Pages onto the disk: whole or not at all, whatever fails; and the diff, applied by patch(1)."""

import errno
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from guidewright.model import RenderedFile
from guidewright.publish import Change, plan_output, unified_diff, write_plan
from project import Project
from tools import require_tool

NAMES = ["a/one.md", "a/two.md", "b/three.md"]


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file, hidden ones included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def write(folder: Path, pages: dict[str, bytes]) -> list[Change]:
    return list(write_plan(plan_output([RenderedFile(path, content) for path, content in pages.items()], folder)))


class FullDisk(io.FileIO):
    """A file that has room for half of what is written to it."""

    def write(self, data: object, /) -> int:
        content = bytes(data)  # type: ignore[call-overload]  # typeshed's Buffer is not there at run time
        super().write(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def failing_from_second_call(call: Callable[..., object], error: BaseException) -> Callable[..., object]:
    calls = 0

    def fail(*arguments: object, **keywords: object) -> object:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise error
        return call(*arguments, **keywords)

    return fail


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()], ids=repr)
@pytest.mark.parametrize("function", ["os.replace", "os.fsync", "os.chmod", "tempfile.mkstemp"])
def test_failure_midway_leaves_whole_pages(
    function: str, error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, dict.fromkeys(NAMES, b"old\n"))
    plan = plan_output([RenderedFile(name, b"new\n") for name in NAMES], tmp_path)
    module, _, name = function.partition(".")
    original = getattr({"os": os, "tempfile": tempfile}[module], name)
    monkeypatch.setattr(function, failing_from_second_call(original, error))
    written = write_plan(plan)
    assert next(written).path == NAMES[0]
    with pytest.raises(type(error)):
        next(written)
    monkeypatch.undo()
    assert content_of(tmp_path) == {NAMES[0]: b"new\n", NAMES[1]: b"old\n", NAMES[2]: b"old\n"}


@pytest.mark.parametrize("old", [b"old\n", None], ids=["existing page", "new page"])
def test_half_written_page_is_thrown_away(old: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {} if old is None else {NAMES[0]: old}
    write(tmp_path, before)
    monkeypatch.setattr("guidewright.publish.write.open", FullDisk, raising=False)
    with pytest.raises(OSError, match="No space left on device"):
        write(tmp_path, {NAMES[0]: b"new page\n"})
    monkeypatch.undo()
    assert content_of(tmp_path) == before


# Python ignores SIGXFSZ, so that a file that grows beyond the limit is an OSError, as on a full disk.
LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
from guidewright.cli import main
main()
"""


@pytest.mark.parametrize("is_first_build", [True, False], ids=["first build", "later build"])
def test_build_on_a_full_disk(acme: Project, *, is_first_build: bool) -> None:
    pytest.importorskip("resource", reason="needs Unix resource limits")
    if not is_first_build:
        acme.build()
        acme.edit("spec/gateways/acme.yaml", "vendor: Acme", "vendor: Apex")
    before = acme.pages()
    process = subprocess.run(
        [sys.executable, "-c", LIMITED, "build"],
        cwd=acme.root,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    assert process.returncode == 2
    assert process.stderr.startswith("error: ")
    assert "File too large" in process.stderr
    assert "internal error" not in process.stderr
    assert "written" not in process.stdout
    assert acme.pages() == before


def test_output_that_is_no_folder(acme: Project) -> None:
    acme.write("output", "a file\n")
    result = acme.run("build")
    assert result.code == 2
    assert "Not a directory" in result.stderr
    assert acme.read("output") == "a file\n"


def test_read_only_output(acme: Project) -> None:
    before = acme.build()
    acme.edit("spec/gateways/acme.yaml", "vendor: Acme", "vendor: Apex")
    folders = [path for path in (acme.root / "output").rglob("*") if path.is_dir()]
    for folder in folders:
        folder.chmod(0o555)
    is_root = any(os.access(folder, os.W_OK) for folder in folders)
    result = acme.run("build")
    for folder in folders:
        folder.chmod(0o755)
    if is_root:
        pytest.skip("root writes where it may not")
    assert result.code == 2
    assert "Permission denied" in result.stderr
    assert acme.pages() == before


def test_unchanged_page_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(NAMES, b"old\n"))
    for name in NAMES:
        os.utime(tmp_path / name, ns=(1, 1))
    before = (tmp_path / NAMES[1]).stat()
    (change,) = write(tmp_path, {NAMES[0]: b"new\n", NAMES[1]: b"old\n"})
    after = (tmp_path / NAMES[1]).stat()
    assert change == Change(NAMES[0], b"old\n", b"new\n")
    assert (after.st_mtime_ns, after.st_ino, after.st_mode) == (before.st_mtime_ns, before.st_ino, before.st_mode)
    assert (tmp_path / NAMES[0]).stat().st_mtime_ns > 1


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755], ids=oct)
def test_existing_page_keeps_its_mode(mode: int, tmp_path: Path) -> None:
    write(tmp_path, {NAMES[0]: b"old\n"})
    (tmp_path / NAMES[0]).chmod(mode)
    write(tmp_path, {NAMES[0]: b"new\n"})
    assert (tmp_path / NAMES[0]).stat().st_mode & 0o7777 == mode


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)], ids=oct)
def test_new_page_gets_the_mode_of_the_umask(umask: int, mode: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        write(tmp_path, {NAMES[0]: b"new\n"})
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert (tmp_path / NAMES[0]).stat().st_mode & 0o7777 == mode


# Few different lines, so that pages have some in common; some of them look like parts of a patch.
LINES = st.sampled_from(["", "a", "b", " a", "-a", "+++ b/x", "--- a/x", "@@ -1 +1 @@", "\\ No newline", "é\u2028\x0c"])
PAGES = st.one_of(
    st.tuples(st.lists(LINES, max_size=12), st.sampled_from(["", "\n"])).map(lambda page: "\n".join(page[0]) + page[1]),
    # Carriage returns are shown instead of applied; NUL makes patch(1) take a page for binary.
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=40),
)


@settings(max_examples=60, deadline=None)
@given(st.none() | PAGES, PAGES)
@example("a\nb", "a\nb\n")
@example("a\nb\n", "a\nb")
@example(None, "no newline")
@example("", "a\n")
@example("a\n", "")
def test_diff_applied_by_patch_gives_the_page(old: str | None, new: str) -> None:
    assume(old != new)
    assume(old is not None or new)
    patch = require_tool("patch", "install GNU patch")
    change = Change("guides/page.md", None if old is None else old.encode(), new.encode())
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "output/guides/page.md")
        page.parent.mkdir(parents=True)
        if change.old is not None:
            page.write_bytes(change.old)
        subprocess.run(
            [patch, "-p1", "--no-backup-if-mismatch"],
            cwd=folder,
            input=unified_diff(change, "output").encode(),
            check=True,
            capture_output=True,
        )
        assert page.read_bytes() == change.new
