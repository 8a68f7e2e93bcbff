"""A project in a temporary folder, and the command line as a real process in a scrubbed environment."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """What a run of the command line came to."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Project:
    """A folder with a spec."""

    root: Path

    @classmethod
    def copy_of(cls, source: Path, root: Path) -> "Project":
        """A project with the files of a folder."""
        shutil.copytree(source, root)
        return cls(root)

    def overlay(self, source: Path, below: str = ".") -> None:
        """Put the files of a folder into the project."""
        shutil.copytree(source, self.root / below, dirs_exist_ok=True)

    def edit(self, file: str, old: str, new: str) -> None:
        """Change one place of one file."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> Path:
        """Write a file and the folders above it."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def read(self, file: str) -> str:
        """The text of a file."""
        return (self.root / file).read_bytes().decode()

    def pages(self) -> dict[str, str]:
        """Every page of the output folder, by path below it."""
        output = self.root / "output"
        files = sorted(path for path in output.rglob("*") if path.is_file())
        return {path.relative_to(output).as_posix(): path.read_bytes().decode() for path in files}

    def build(self) -> dict[str, str]:
        """Build, which must succeed, and return the pages."""
        result = self.run("build")
        assert result.code == 0, result.stdout + result.stderr
        return self.pages()

    def run(self, *arguments: str, cwd: Path | None = None, **environment: str) -> Result:
        """Run guidewright in the project, or in ``cwd``, with no environment but the given one."""
        process = subprocess.run(
            [sys.executable, "-m", "guidewright", *arguments],
            cwd=cwd or self.root,
            env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
        )
        return Result(process.returncode, process.stdout.decode(), process.stderr.decode())
