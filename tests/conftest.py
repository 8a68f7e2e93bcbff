"""Fixtures: a project in a temporary folder, and goldens compared byte for byte."""

import os
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from golden import GOLDENS, compare_bytes, orphan_goldens
from project import Project

REPOSITORY = Path(__file__).parents[1]
# npm has packages with the Nushell program in them, one for each platform.
NUSHELL = REPOSITORY.glob("tests/mdx/node_modules/@nushell/*/bin")
_CLAIMED = pytest.StashKey[set[Path]]()
_CLAIMED_BY_WORKER = "claimed goldens"

pytest.register_assert_rewrite("snippets.hand_written")


@pytest.fixture
def acme(tmp_path: Path) -> Project:
    """A small project of made-up products."""
    return Project.copy_of(REPOSITORY / "tests/cases/base", tmp_path / "project")


@pytest.fixture
def reference(tmp_path: Path) -> Project:
    """The spec that guidewright ships, without its output."""
    project = Project(tmp_path / "project")
    project.overlay(REPOSITORY / "spec", "spec")
    return project


@pytest.fixture
def golden(
    file_regression: FileRegressionFixture, request: pytest.FixtureRequest
) -> Callable[[str | bytes, str], None]:
    """Compare content with ``tests/goldens/NAME``; ``pytest --force-regen`` writes it."""

    def check(content: str | bytes, name: str) -> None:
        path = GOLDENS / name
        request.config.stash[_CLAIMED].add(path)
        data = content.encode() if isinstance(content, str) else content
        file_regression.check(data, binary=True, fullpath=path, check_fn=compare_bytes)

    return check


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_CLAIMED] = set()
    config.pluginmanager.register(_Collector(config))
    os.environ["PATH"] = os.pathsep.join([os.environ["PATH"], *map(str, NUSHELL)])


class _Collector:
    """Brings together what the workers asked for: each of them runs a part of the tests."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:  # noqa: ANN401 - xdist's own class
        claimed = node.workeroutput.get(_CLAIMED_BY_WORKER, [])
        self._config.stash[_CLAIMED].update(map(Path, claimed))


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None]:
    """A golden that no test asked for is left from a test that is gone: fail, but only where every test ran."""
    yield
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput[_CLAIMED_BY_WORKER] = [str(path) for path in config.stash[_CLAIMED]]
        return
    ran_everything = not config.getoption("keyword") and config.args == config.getini("testpaths")
    if ran_everything and session.testsfailed == 0:
        orphans = orphan_goldens(config.stash[_CLAIMED])
        if orphans:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            print("\ngoldens that no test asks for:", *orphans, sep="\n  ")  # noqa: T201 - pytest shows it
