"""``guidewright verify``: snippets carried out in the real shells, and shells that can do no harm."""

import os
import shutil
import socket
import threading
from pathlib import Path

import pytest

from guidewright.snippets import SHELLS
from guidewright.verify import find_interpreter, runner
from guidewright.verify.runner import ScriptError, environments_left_by
from project import Project, Result
from test_cases import CASES
from tools import missing_tool, require_tool

# No package registry carries PowerShell: its rows may say that it was skipped.
NOWHERE_TO_GET = {"PowerShell", "Windows PowerShell"}


def verify(project: Project, *arguments: str) -> Result:
    return project.run("verify", *arguments, HOME=os.environ.get("HOME", "/"))


def rows(result: Result) -> dict[tuple[str, str], str]:
    """What came out, by route and medium."""
    lines = [line.strip() for line in result.stdout.splitlines() if line.startswith("  ") and not line[2].isspace()]
    cells = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines]
    return {(route, medium): verdict for route, medium, verdict in cells}


@pytest.mark.parametrize("case", ["base", "three-states", "computed-and-multi-line", "files"])
def test_what_is_built_does_what_the_spec_says(case: str, acme: Project) -> None:
    if case != "base":
        acme.overlay(CASES / "valid" / case)
    assert_all_ok(verify(acme))


def test_reference(reference: Project) -> None:
    result = verify(reference)
    assert_all_ok(result)
    media = {medium for route, medium in rows(result) if route == "Anthropic"}
    assert media == {"bash", "zsh", "PowerShell", "Windows PowerShell", "fish", "cmd.exe", "settings.json"}


def assert_all_ok(result: Result) -> None:
    assert result.stderr == ""
    assert result.code == 0, result.stdout
    skipped = {medium for (_, medium), verdict in rows(result).items() if verdict != "ok"}
    if skipped - NOWHERE_TO_GET:
        missing_tool(f"not installed: {', '.join(sorted(skipped - NOWHERE_TO_GET))}")


def test_table(acme: Project) -> None:
    """With bash alone."""
    acme.overlay(CASES / "valid" / "files")
    folder = acme.root / "bin"
    folder.mkdir()
    (folder / "bash").symlink_to(require_tool("bash", "install bash"))
    result = acme.run("verify", PATH=str(folder))
    assert (
        result.stdout
        == """\
guides/coder
  North Models  bash                   ok
  North Models  zsh                    skipped: zsh is not installed: parsed, not run
  North Models  .env                   ok
  North Models  coder.yaml             ok
  North Models  coder.toml             ok
  South Models  ~/.coder/profile.toml  ok
  South Models  coder.json             ok
  South Models  bash                   ok
  South Models  zsh                    skipped: zsh is not installed: parsed, not run
  South Models  .env                   ok
  South Models  coder.yaml             ok
  South Models  coder.toml             ok
12 snippets: 10 ok, 2 skipped.
"""
    )
    assert result.code == 0


def test_value_that_breaks_out_of_its_quotes(acme: Project) -> None:
    """The page shows ``"<TEAM>"``: a reader who fills in this sample gets something else."""
    acme.edit("spec/gateways/acme.yaml", "sample: blue", "sample: b$lue")
    result = verify(acme)
    assert result.code == 1
    assert rows(result)["North Models", "bash"] == (
        "differs: CODER_URL is 'https://gate.example.com/v1/b/north', not 'https://gate.example.com/v1/b$lue/north'"
    )
    assert "differs" in rows(result)["North Models", "PowerShell"]


def test_program_named_by_its_path_is_left_alone(acme: Project, tmp_path: Path) -> None:
    acme.overlay(CASES / "valid" / "computed-and-multi-line")
    tool = tmp_path / "tool"
    tool.write_text("of the machine")
    acme.edit("spec/gateways/acme.yaml", "[acme, login", f"[{tool}, login")
    result = verify(acme)
    assert rows(result)["North Models", "bash"] == f"skipped: nothing stands in for {tool}: parsed, not run"
    assert tool.read_text() == "of the machine"
    with pytest.raises(ScriptError, match="nothing stands in for"):
        environments_left_by(BASH, [""], stubs=[str(tool)])


def test_no_shell_at_all(acme: Project) -> None:
    result = acme.run("verify", PATH=str(acme.root))
    assert result.code == 2
    assert set(rows(result).values()) == {
        f"skipped: {shell} is not installed: parsed, not run"
        for shell in ("bash", "zsh", "PowerShell", "Windows PowerShell")
    }


def test_required_shell_is_missing(acme: Project) -> None:
    result = acme.run("verify", "--require", "fish", "--require", "zsh", PATH=str(acme.root))
    assert result.code == 2
    assert result.stderr.endswith("Error: not installed: fish, zsh\n")
    assert result.stdout == ""


def test_unknown_required_shell(acme: Project) -> None:
    result = verify(acme, "--require", "fsh")
    assert result.code == 2
    assert "'fsh' is not one of 'bash'" in result.stderr


def test_wrong_spec_runs_nothing(acme: Project) -> None:
    acme.edit("spec/agents/coder.yaml", '{{ endpoint }}"\n      CODER_KEY', '{{ endpont }}"\n      CODER_KEY')
    result = verify(acme)
    assert result.code == 1
    assert result.stdout.startswith('error[unknown-reference]: unknown reference "endpont"')


BASH = SHELLS["bash"]


def test_time_limit_ends_everything_that_was_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runner, "TIME_LIMIT", 1.0)
    alive = tmp_path / "alive"
    code = f"(while :; do echo x >> {alive}; {shutil.which('sleep')} 0.1; done) & while :; do :; done"
    with pytest.raises(ScriptError, match="took more than 1 seconds"):
        environments_left_by(BASH, [code])
    size = alive.stat().st_size
    threading.Event().wait(0.5)
    assert alive.stat().st_size == size


def test_no_network() -> None:
    require_tool("unshare", "install util-linux")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(ScriptError, match=r"Network is unreachable|Connection refused"):
            environments_left_by(BASH, [f"exec 3<> /dev/tcp/127.0.0.1/{port}"])


def test_hardly_any_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "of the machine")
    before, after = environments_left_by(BASH, ["export A=b"])
    assert "SECRET" not in before
    assert not Path(before["HOME"]).exists()
    assert {name for name in after if before.get(name) != after[name]} == {"A"}


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("no-such-program", "no-such-program: command not found"),
        ("echo warning >&2", "warning"),
        ("exit 3", "the script ended with exit code 3"),
        ("exit 0", "the script ended early"),
    ],
)
def test_script_that_fails(code: str, reason: str) -> None:
    with pytest.raises(ScriptError, match=reason):
        environments_left_by(BASH, [code])


def test_missing_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert find_interpreter(BASH) is None
    with pytest.raises(ScriptError, match="bash is not installed"):
        environments_left_by(BASH, [""])


def test_a_project_without_snippets_is_fine(acme: Project) -> None:
    agent, routes = (
        acme.read("spec/agents/coder.yaml").split("variables:\n")[0],
        (
            "routes:\n"
            "  - provider: north\n"
            "    credentials: [stored]\n"
            "    steps:\n"
            '      - {do: "Paste this:", value: "{{ endpoint }}"}\n'
            '      - {do: "And this:", value: "{{ gateway.token }}"}\n'
        ),
    )
    acme.write("spec/agents/coder.yaml", agent + routes)
    result = acme.run("verify")
    assert (result.stdout, result.code) == ("0 snippets: there is nothing to run.\n", 0)
