"""Code as people write it: what the parser finds in it is what the shell itself does."""

from collections.abc import Mapping, Sequence

from guidewright.model import Change, CommandOutput, Part, Reference, Unset, environment_after
from guidewright.snippets import Shell
from guidewright.verify import NOTED_BY_SHELLS, find_interpreter
from guidewright.verify.runner import environments_left_by, stub_output
from tools import missing_tool

STUB = "gw-stub"
"""A program that code may call."""


def assert_read_as_the_shell_does(shell: Shell, code: str, changes: Sequence[Change]) -> None:
    """Check that these changes are found in the code, and that the real shell makes them and no others."""
    found = [change.change for change in shell.parse(code)]
    # One by one, as a text may be found in several pieces.
    assert [environment_after([change]) for change in found] == [environment_after([change]) for change in changes]
    if find_interpreter(shell) is None:
        missing_tool(f"{shell.title} is not installed")
    before, after = environments_left_by(shell, [code], [STUB])
    expected = dict(before)
    for change in changes:
        if isinstance(change, Unset):
            expected.pop(change.name, None)
        else:
            expected[change.name] = "".join(_shown(part, expected) for part in change.parts)
    assert _without_notes(after) == _without_notes(expected)


def _shown(part: Part, environment: Mapping[str, str]) -> str:
    match part:
        case str():
            return part
        case Reference():
            return environment[part.name]
        case CommandOutput():
            return stub_output(part.words)


def _without_notes(environment: Mapping[str, str]) -> Mapping[str, str]:
    return {name: text for name, text in environment.items() if name not in NOTED_BY_SHELLS}
