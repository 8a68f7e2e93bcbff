"""A command line of a step is the same one for every shell: each of them must pass on the same words."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guidewright.diagnostics import Place, Report
from guidewright.model import Prose, Step, Value
from guidewright.snippets import SHELLS, Shell
from guidewright.snippets.steps import render_step
from guidewright.verify.runner import find_interpreter
from tools import missing_tool

PLACE = Place("spec/agents/coder.yaml", ())
PER_BATCH = 50
WORDS = st.one_of(
    st.text(alphabet=[chr(code) for code in range(32, 127)], max_size=10),
    st.text(alphabet="ab-./:=,@^&|<>(){}[];*?~#+' \"$`\\!%", max_size=6),
    st.sampled_from(
        [
            "--key=1",
            "-a.b",
            "-a:b",
            "<TOKEN>",
            "https://<HOST>/a?b=c&d",
            "~",
            "a,b",
            "@x",
            "-",
            "--",
            "",
            ".../x",
            "007",
            "1e3",
            "0x1F",
            "1kb",
            "1day",
            "true",
            "null",
        ]
    ),
)
# Windows' prompt takes no script; the words that it treats specially have quotes here as everywhere.
RUNNABLE = [shell for shell in SHELLS.values() if shell.name != "cmd"]
# No package registry carries them.
NOT_IN_ANY_REGISTRY = {"powershell", "windows-powershell"}


def step(*words: str) -> Step:
    run = tuple(Value((word,)) for word in words)
    return Step(do=Prose(()), value=None, run=run, file=None, undo=None, place=PLACE)


@pytest.mark.parametrize("shell", RUNNABLE, ids=[shell.name for shell in RUNNABLE])
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(lines=st.lists(st.lists(WORDS, max_size=4), min_size=PER_BATCH, max_size=PER_BATCH))
def test_every_shell_passes_on_the_same_words(
    shell: Shell, lines: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    interpreter = find_interpreter(shell)
    if interpreter is None and shell.name in NOT_IN_ANY_REGISTRY:
        pytest.skip(f"{shell.title} is not installed")
    interpreter = interpreter or missing_tool(f"{shell.title} is not installed")
    report = Report()
    rendered = [(words, render_step(step("coder", *words), report).code) for words in lines]
    sent = [(words, code) for words, code in rendered if code]
    # A writer that refused everything would pass.
    assert len(sent) > PER_BATCH / 4
    folder = tmp_path_factory.mktemp("steps")
    received = words_received(interpreter, folder, [code for _, code in sent])
    wrong = [(code, found) for (words, code), found in zip(sent, received, strict=True) if found != words]
    assert wrong == []


def words_received(interpreter: tuple[str, ...], folder: Path, codes: list[str]) -> list[list[str]]:
    log, program, script = folder / "log", folder / "coder", folder / "script"
    program.write_text(
        f"#!{sys.executable} -IS\nimport json, sys\nprint(json.dumps(sys.argv[1:]), file=open({str(log)!r}, 'a'))\n"
    )
    program.chmod(0o755)
    script.write_text("\n".join(codes) + "\n")
    environment = {"PATH": f"{folder}{os.pathsep}{os.defpath}", "HOME": str(folder), "LANG": "C.UTF-8"}
    command = [*interpreter, str(script)]
    subprocess.run(command, env=environment, cwd=folder, check=True, stdin=subprocess.DEVNULL, timeout=60)
    return [json.loads(line) for line in log.read_text().splitlines()]


@pytest.mark.parametrize(
    "word", ["$HOME", "`date`", 'say "it"', "100%", "a\\b", "!!", "caf\u00e9", "a\nb", "\u201cquoted\u201d", "\t"]
)
def test_what_shells_take_for_different_things_is_refused(word: str) -> None:
    report = Report()
    assert render_step(step("coder", word), report).code == ""
    assert [found.place for found in report.diagnostics] == [PLACE.at("run", 1)]


@pytest.mark.parametrize("program", ["a program", "$SHELL", "", "-x", "./coder", "1coder", "curl", "Sort", "if"])
def test_a_program_is_a_plain_name(program: str) -> None:
    report = Report()
    assert render_step(step(program), report).code == ""
    assert [found.place for found in report.diagnostics] == [PLACE.at("run", 0)]
