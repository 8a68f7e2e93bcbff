"""What every shell must hold to: values survive the real shell and the parser, and what is set can be undone.

Each test runs for each row of the registry. A value that once failed joins ``vectors.json``.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidewright.model import Change, CommandOutput, Environment, Reference, Set, Unset, environment_after
from guidewright.snippets import SHELLS, Shell
from guidewright.verify import NOTED_BY_SHELLS
from guidewright.verify.runner import environments_left_by, find_interpreter
from tools import missing_tool

# What shells treat specially, in plenty, and some of everything else that a page can show.
NASTY = "$`\"'\\!{}()[]<>|&;*?~#%^@,.:/+- \n=aénutR0\u00a0\u2018\u2019\u201a\u201b\u201c\u201d\u201e北🙂"
VALUES = st.text(alphabet=st.sampled_from(NASTY), max_size=14)
VECTORS: list[str] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
PER_BATCH, BATCHES = 200, 12
every_shell = pytest.mark.parametrize("shell", SHELLS.values(), ids=list(SHELLS))
# No package registry carries them: where they are missing, a grammar that others wrote judges (test_grammars.py).
NOT_IN_ANY_REGISTRY = {"powershell", "windows-powershell"}


def installed(shell: Shell) -> None:
    if find_interpreter(shell) is not None:
        return
    if shell.name in NOT_IN_ANY_REGISTRY:
        pytest.skip(f"{shell.title} is not installed")
    missing_tool(f"{shell.title} is not installed")


def possible(shell: Shell, changes: Sequence[Change]) -> list[Change]:
    return [change for change in changes if shell.refuse(change) is None]


def runnable(shell: Shell, changes: Sequence[Change]) -> list[Change]:
    is_under_wine = Path((find_interpreter(shell) or [""])[0]).name == "wine"
    return [change for change in possible(shell, changes) if not (is_under_wine and wine_gets_wrong(change))]


def wine_gets_wrong(change: Change) -> bool:
    """Outside double quotes `^^` is a caret; Wine's cmd.exe keeps both where another quoted text follows."""
    text = "".join(part for part in change.parts if isinstance(part, str)) if isinstance(change, Set) else ""
    return any("^" in outside for outside in text.split('"')[1::2])


def parsed(shell: Shell, code: str) -> Environment:
    return environment_after(found.change for found in shell.parse(code))


def code_for(shell: Shell, changes: Sequence[Change]) -> str:
    return "\n".join(shell.render(change) for change in changes)


def texts(environment: Environment, shell: Shell) -> dict[str, str]:
    """The environment as a child process sees it; only for changes without references and commands."""
    found = {name: "".join(map(str, state)) for name, state in environment.items() if state is not None}
    return found if shell.holds_empty else {name: text for name, text in found.items() if text}


def left_by(shell: Shell, code: str, names: Sequence[str], stubs: Sequence[str] = ()) -> dict[str, str]:
    environment = environments_left_by(shell, [code], stubs)[-1]
    return {name: environment[name] for name in names if name in environment}


@every_shell
@settings(max_examples=BATCHES, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.lists(VALUES, min_size=PER_BATCH, max_size=PER_BATCH))
def test_values_survive_the_real_shell(shell: Shell, values: list[str]) -> None:
    installed(shell)
    changes = runnable(shell, [Set(f"GW_{number}", (value,) if value else ()) for number, value in enumerate(values)])
    assert left_by(shell, code_for(shell, changes), [change.name for change in changes]) == texts(
        environment_after(changes), shell
    )


@every_shell
@settings(max_examples=BATCHES * 3, deadline=None)
@given(values=st.lists(VALUES, min_size=1, max_size=PER_BATCH // 5))
def test_values_survive_the_parser(shell: Shell, values: list[str]) -> None:
    changes = possible(shell, [Set(f"GW_{number}", (value,) if value else ()) for number, value in enumerate(values)])
    expected = {
        name: None if state == () and not shell.holds_empty else state
        for name, state in environment_after(changes).items()
    }
    assert parsed(shell, code_for(shell, changes)) == expected


@every_shell
def test_vectors(shell: Shell) -> None:
    installed(shell)
    changes = runnable(shell, [Set(f"GW_{number}", (value,)) for number, value in enumerate(VECTORS)])
    assert len(changes) > len(VECTORS) / 2
    expected = texts(environment_after(changes), shell)
    assert left_by(shell, code_for(shell, changes), list(expected)) == expected


@every_shell
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(around=st.lists(st.tuples(VALUES, VALUES), min_size=40, max_size=40))
def test_references_survive(shell: Shell, around: list[tuple[str, str]]) -> None:
    installed(shell)
    references = [
        Set(f"GW_{number}", tuple(part for part in (before, Reference("GW_TOKEN"), after) if part))
        for number, (before, after) in enumerate(around)
    ]
    changes = [Set("GW_TOKEN", ("t0ken",)), *runnable(shell, references)]
    code = code_for(shell, changes)
    assert parsed(shell, code) == environment_after(changes)
    names = [change.name for change in changes]
    assert left_by(shell, code, names) == texts(environment_after(changes), shell)


@every_shell
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    calls=st.lists(
        st.tuples(VALUES, st.lists(VALUES.filter(bool), max_size=3)),
        min_size=15,
        max_size=15,
    )
)
def test_output_of_commands_survives(shell: Shell, calls: list[tuple[str, list[str]]]) -> None:
    installed(shell)
    outputs = [
        Set(f"GW_{number}", tuple(part for part in (before, CommandOutput(("gw-stub", *words))) if part))
        for number, (before, words) in enumerate(calls)
    ]
    changes = runnable(shell, outputs)
    code = code_for(shell, changes)
    assert parsed(shell, code) == environment_after(changes)
    expected = {
        change.name: "".join(part if isinstance(part, str) else json.dumps(list(part.words[1:])) for part in parts)
        for change in changes
        if isinstance(change, Set)
        for parts in [[part for part in change.parts if not isinstance(part, Reference)]]
    }
    assert left_by(shell, code, list(expected), ["gw-stub"]) == expected


@every_shell
def test_unset_undoes_set_and_minds_no_missing_variable(shell: Shell) -> None:
    installed(shell)
    set_all = code_for(shell, [Set("GW_A", ("a $b",)), Set("GW_B", ()), Set("GW_C", ("c",))])
    unset_all = code_for(shell, [Unset("GW_A"), Unset("GW_B"), Unset("GW_C"), Unset("GW_NEVER_SET")])
    before, after_set, after_unset = environments_left_by(shell, [set_all, unset_all])
    assert {"GW_A", "GW_C"} <= set(after_set)
    assert ("GW_B" in after_set) == shell.holds_empty
    left = {name: text for name, text in after_unset.items() if name not in NOTED_BY_SHELLS}
    assert left == {name: text for name, text in before.items() if name not in NOTED_BY_SHELLS}
