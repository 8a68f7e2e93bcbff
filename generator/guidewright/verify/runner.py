"""Runs code in a real shell, cut off from the machine's environment, and reads what it leaves for its children."""

import contextlib
import functools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from guidewright.snippets import Shell

TIME_LIMIT = 30.0
"""Seconds that a script may take."""

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*")
_DUMP = "import json, os, sys; json.dump(dict(os.environ), open(sys.argv[1], 'w'))\n"
# A network of its own, with nothing in it. https://man7.org/linux/man-pages/man1/unshare.1.html
_WITHOUT_NETWORK = ("unshare", "--map-root-user", "--net")
# Where distributions and Wine's own packages put Wine's Windows programs, from the folder above that of `wine`.
_WINE_PROGRAMS = ("lib*/wine/x86_64-windows", "lib/*/wine/x86_64-windows")
# https://gitlab.winehq.org/wine/wine/-/wikis/Wine-User's-Guide#environment-variables
_WINE_SETTINGS = {"WINEDEBUG": "-all", "WINEPATH": r"C:\windows\system32"}
# A batch file can't print JSON in general, but the words that cmd.exe can pass on exactly need no more than this.
_PROMPT_STUB = r"""
@echo off
setlocal
set "list="
:next
if "%~1" == "" goto end
set "word=%~1"
if defined list set "list=%list%, "
set "list=%list%"%word:\=\\%""
shift
goto next
:end
echo [%list%]
"""


class ScriptError(Exception):
    """A script did not run to its end."""


def find_interpreter(shell: Shell) -> tuple[str, ...] | None:
    """The command line that runs code of a shell; None where no such program is installed."""
    for program, *arguments in shell.interpreters:
        found = shutil.which(program)
        if found:
            return (found, *arguments)
    return None


def has_stand_in(program: str) -> bool:
    """Whether a stand-in can be made for a program: not for one that is named by its path."""
    return _PLAIN_NAME.fullmatch(program) is not None


def stub_output(words: Sequence[str]) -> str:
    """What the stand-in for a program prints: its arguments as a JSON list.

    Args:
        words: the program and its arguments.

    Returns:
        One line, without the line break.
    """
    return json.dumps(words[1:])


def environments_left_by(
    shell: Shell,
    snippets: Sequence[str],
    stubs: Sequence[str] = (),
    variables: Mapping[str, str] = MappingProxyType({}),
) -> list[Mapping[str, str]]:
    """Run snippets one after the other in one shell.

    Args:
        shell: one that is installed.
        snippets: code of that shell.
        stubs: programs that the snippets call, by their names; each prints ``stub_output``.
        variables: what the shell finds in its environment, besides the few that it needs.

    Returns:
        What a program started after each snippet sees as its environment, and before the first one.

    Raises:
        ScriptError: the script failed, wrote to standard error, or took more than ``TIME_LIMIT`` seconds.
    """
    interpreter = find_interpreter(shell)
    if interpreter is None:
        raise ScriptError(f"{shell.title} is not installed")
    for stub in stubs:
        if not has_stand_in(stub):
            raise ScriptError(f"nothing stands in for {stub}")
    with TemporaryDirectory(prefix="guidewright-") as name:
        folder = Path(name)
        (folder / "bin").mkdir()
        kind = _PromptSession if shell.is_windows_prompt else _ScriptSession
        session = kind(shell, interpreter, folder, {**_environment(folder), **variables})
        for stub in stubs:
            session.add_stub(stub)
        dumps = [folder / f"{number}.dump" for number in range(len(snippets) + 1)]
        lines = [line for pair in zip(["", *snippets], map(session.dump, dumps), strict=True) for line in pair]
        script = folder / f"script{shell.script_suffix}"
        script.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        session.run(script)
        if not all(dump.exists() for dump in dumps):
            raise ScriptError("the script ended early")
        return [session.read(dump) for dump in dumps]


def _environment(folder: Path) -> dict[str, str]:
    return {"PATH": str(folder / "bin"), "HOME": str(folder), "LANG": "C.UTF-8", "TMPDIR": str(folder)}


class _ScriptSession:
    """A shell that runs a script, from which it starts programs of this machine."""

    def __init__(self, shell: Shell, interpreter: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._shell = shell
        self._interpreter = interpreter
        self._folder = folder
        self._environment = environment
        self._dump_program = folder / "dump.py"
        self._dump_program.write_text(_DUMP)

    def add_stub(self, name: str) -> None:
        """Put a stand-in for a program where the shell finds it."""
        path = self._folder / "bin" / name
        path.write_text(f"#!{sys.executable} -IS\nimport json, sys\nprint(json.dumps(sys.argv[1:]))\n")
        path.chmod(0o755)

    def dump(self, path: Path) -> str:
        """The command that writes the environment to a file."""
        return self._shell.call((sys.executable, "-I", "-S", "-X", "utf8", str(self._dump_program), str(path)))

    def read(self, path: Path) -> Mapping[str, str]:
        """What ``dump`` wrote."""
        environment: dict[str, str] = json.loads(path.read_text())
        return environment

    def run(self, script: Path) -> None:
        """Run a script to its end."""
        _run((*_network_cut(), *self._interpreter, str(script)), self._folder, self._environment)


class _PromptSession:
    """Windows' prompt, which reads code from its input, as if it were typed, and lists its variables itself.

    No program of this machine is needed, which makes it the same under Wine, and no value has a line break. The input
    is in a code page of old; what ``set`` lists is not. So the UTF-8 of a text comes back with a character per byte.
    https://learn.microsoft.com/windows-server/administration/windows-commands/cmd
    """

    def __init__(self, _shell: Shell, interpreter: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._interpreter = interpreter
        self._folder = folder
        self._environment = {**environment, **_WINE_SETTINGS}
        self._wine = Path(interpreter[0]).resolve() if Path(interpreter[0]).name == "wine" else None
        self._code_page = "cp437" if self._wine else "oem"
        if self._wine:
            _make_wine_prefix(folder / ".wine", self._wine)

    def add_stub(self, name: str) -> None:
        """Put a stand-in for a program where the shell finds it first: the current folder."""
        (self._folder / f"{name}.bat").write_text(_PROMPT_STUB, newline="\r\n")

    def dump(self, path: Path) -> str:
        """The command that writes the environment to a file."""
        shown = "Z:" + str(path).replace("/", "\\") if self._wine else str(path)
        return f'set > "{shown}"'

    def read(self, path: Path) -> Mapping[str, str]:
        """What ``dump`` wrote."""
        listed = path.read_bytes().decode("utf-16-le").encode(self._code_page, "replace").decode("utf-8", "replace")
        return {name: value for name, _, value in (line.partition("=") for line in listed.split("\r\n") if line)}

    def run(self, script: Path) -> None:
        """Feed code to the prompt up to its end."""
        with script.open("a", newline="\n") as file:
            # It would end with the code of the last command; to remove a variable that does not exist gives 1.
            file.write("exit 0\n")
        try:
            _run((*_network_cut(), *self._interpreter), self._folder, self._environment, script)
        finally:
            if self._wine:
                # It has left the process group, and would stay for a while; with it ends what runs under Wine.
                server = self._wine.with_name("wineserver")
                with contextlib.suppress(ScriptError):
                    _run((*_network_cut(), str(server), "-k9"), self._folder, self._environment)


def _make_wine_prefix(prefix: Path, wine: Path) -> None:
    """Lay out Wine's folder for one run: drive C with Wine's Windows programs, and drive Z with all of this machine.

    Wine itself would copy them, half a gigabyte in a quarter of a minute. ``wineboot`` is left out: it would start
    services at each run, which nothing here needs and which outlive it.

    Raises:
        ScriptError: the programs are not where they are expected.
    """
    programs = [program for pattern in _WINE_PROGRAMS for program in wine.parents[1].glob(f"{pattern}/*")]
    if not programs:
        raise ScriptError(f"Wine's Windows programs are not in {wine.parents[1] / _WINE_PROGRAMS[0]}")
    system = prefix / "drive_c/windows/system32"
    drives = prefix / "dosdevices"
    system.mkdir(parents=True)
    drives.mkdir()
    for program in programs:
        if program.stem != "wineboot":
            (system / program.name).symlink_to(program)
    (drives / "c:").symlink_to("../drive_c")
    (drives / "z:").symlink_to("/")
    # Tells Wine to leave the folder as it is.
    (prefix / ".update-timestamp").write_text("disable\n")


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str], script: Path | None = None) -> None:
    """Run a command, with a script as its input or none, and end everything it started when its time is up."""
    with (
        Path(os.devnull if script is None else script).open("rb") as code,
        subprocess.Popen(  # noqa: S603 - to run code is what this module is for
            command,
            cwd=folder,
            env=environment,
            stdin=code,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process,
    ):
        try:
            _, errors = process.communicate(timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired:
            raise ScriptError(f"the script took more than {TIME_LIMIT:g} seconds") from None
        finally:
            _end_group(process)
    # In what the prompt says in UTF-16, every other byte is zero.
    message = errors.replace(b"\0", b"").decode(errors="backslashreplace").strip()
    if message or process.returncode:
        raise ScriptError(message or f"the script ended with exit code {process.returncode}")


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, AttributeError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()


@functools.cache
def _network_cut() -> tuple[str, ...]:
    """What to put before a command so that it has no network; nothing where the machine can't do that."""
    program = shutil.which(_WITHOUT_NETWORK[0])
    if program is None:
        return ()
    prefix = (program, *_WITHOUT_NETWORK[1:])
    trial = subprocess.run(  # noqa: S603 - it runs nothing but this interpreter
        [*prefix, sys.executable, "-c", ""], capture_output=True, check=False
    )
    return prefix if trial.returncode == 0 else ()
