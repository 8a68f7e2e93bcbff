"""The wheel: installed where there is no checkout, it builds and checks a project."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from conftest import REPOSITORY
from golden import GOLDENS
from guidewright import __version__
from project import Project

GOLDEN_PAGES = GOLDENS / "pages/base"
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(*command: str | Path, cwd: Path) -> str:
    process = subprocess.run(
        command, cwd=cwd, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120
    )
    assert process.returncode == 0, (process.stdout + process.stderr).decode()
    return process.stdout.decode()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, because a build must leave no traces in the checkout."""
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("generator", "templates"):
        shutil.copytree(REPOSITORY / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, source)
    pip_wheel = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    run(*pip_wheel, "--wheel-dir", folder, source, cwd=folder)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment, with the wheel and, from our own environment, what it needs."""
    environment = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=environment)
    programs = Path(sysconfig.get_path("scripts", "venv", {"base": str(environment)}))
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(environment)}))
    # A path in a .pth file comes last, and .pth files found there (our editable install) are not read.
    ours = [entry for entry in sys.path if Path(entry).name in {"site-packages", "dist-packages"}]
    (packages / "dependencies.pth").write_text("\n".join(ours), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(environment)]
    run(*pip, "install", "--no-deps", "--no-index", "--no-compile", wheel, cwd=environment)
    return programs


def test_wheel_holds_the_package_and_its_templates_only(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    information = {name for name in names if name.startswith(f"guidewright-{__version__}.dist-info/")}
    package = REPOSITORY / "generator/guidewright"
    expected = {f"guidewright/{path.relative_to(package).as_posix()}" for path in package.rglob("*.py")}
    templates = REPOSITORY / "templates"
    expected |= {
        f"guidewright/templates/{path.relative_to(templates).as_posix()}"
        for path in templates.rglob("*")
        if path.is_file()
    }
    assert names - information == expected | {"guidewright/py.typed"}
    assert any(name.endswith("/LICENSE") for name in information)


def test_installed_program_builds_and_checks_a_project(installed: Path, acme: Project) -> None:
    origin = run(installed / "python", "-c", "import guidewright; print(guidewright.__file__)", cwd=acme.root)
    assert Path(origin).is_relative_to(installed.parent)
    guidewright = installed / "guidewright"
    assert run(guidewright, "--version", cwd=acme.root) == f"guidewright, version {__version__}\n"
    assert run(guidewright, "build", cwd=acme.root).endswith("2 pages: 2 written, 0 unchanged.\n")
    assert run(guidewright, "check", cwd=acme.root) == "2 pages as the spec says.\n"
    goldens = {path for path in GOLDEN_PAGES.rglob("*") if path.is_file()}
    assert acme.pages() == {path.relative_to(GOLDEN_PAGES).as_posix(): path.read_bytes().decode() for path in goldens}
