"""Programs that some tests need and a contributor may not have (node, fish, pwsh ...)."""

import os
import shutil
from typing import NoReturn

import pytest


def require_tool(name: str, hint: str) -> str:
    """Return the path of a program, or do without the test.

    Args:
        name: the program's name, as a shell would find it.
        hint: what to do to get it, shown to whoever runs the tests.

    Returns:
        The program's path.
    """
    return shutil.which(name) or missing_tool(f"{name} is not installed: {hint}")


def missing_tool(reason: str) -> NoReturn:
    """Skip the test, or fail it in CI, where a missing tool would hide a broken page.

    Args:
        reason: what is missing and how to get it.
    """
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
