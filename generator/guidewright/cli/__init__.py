"""The command line. Only this package prints, and only here an exit code is chosen.

0: clean. 1: findings or drift. 2: could not run.
"""

import importlib
import os
import sys
import traceback
from typing import IO, Any

import click

from guidewright import __version__
from guidewright.workspace import NoProjectError

CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2
_TRACEBACK_VARIABLE = "GUIDEWRIGHT_TRACEBACK"


# The summaries stand here too, because reading them from the commands would import all of those.
_SUMMARIES = {
    "build": "Write every page whose content changed.",
    "check": "Fail if a page on disk differs from what the spec says.",
    "diff": "Show what a build would change, as a patch.",
    "verify": "Run every snippet in the real shells, and compare what it leaves with the spec.",
    "audit": "Find what contradicts the spec in pages that were written by hand.",
    "list": "List the guides of a project, or the sources of its facts.",
    "rules": "Say what the rules for pages find, and why.",
    "schema": "Print the JSON Schema of a kind of spec file.",
}


class _LazyGroup(click.Group):
    """Imports a command only when it is run, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _SUMMARIES:
            return None
        command: click.Command = importlib.import_module(f"guidewright.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        with formatter.section("Commands"):
            formatter.write_dl(list(_SUMMARIES.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="guidewright")
def cli() -> None:
    """Render setup guides from one spec, so that prose and snippets cannot drift apart.

    Run it anywhere in a project: the nearest folder with spec/site.yaml is the project's.
    Exit codes: 0 clean, 1 findings or drift, 2 could not run.
    """


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        _never_fail_to_print(stream)
    code = _run()
    _discard_what_cannot_be_printed()
    sys.exit(code)


def _run() -> int:  # noqa: PLR0911 - a return for each way to end
    try:
        result = cli.main(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        return COULD_NOT_RUN
    except NoProjectError as error:
        return _could_not_run(f"{error}\nhelp: change to a project's folder, or name it with --project")
    except click.Abort:
        return _could_not_run("interrupted")
    except SystemExit:
        # click ends the program so when whoever read our output has closed it.
        return COULD_NOT_RUN
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _could_not_run(f"{place}{error.strerror or error}")
    except Exception as error:  # noqa: BLE001 - a traceback in front of a user is a defect
        if os.environ.get(_TRACEBACK_VARIABLE):
            traceback.print_exc()
        return _could_not_run(
            f"internal error: {type(error).__name__}: {error}\n"
            f"help: this is a defect in guidewright; please report it with what {_TRACEBACK_VARIABLE}=1 shows"
        )
    return result if isinstance(result, int) else CLEAN


def _could_not_run(message: str) -> int:
    click.echo(f"{click.style('error', fg='red', bold=True)}: {message}", err=True, color=wants_color(sys.stderr))
    return COULD_NOT_RUN


def _never_fail_to_print(stream: Any) -> None:  # noqa: ANN401 - tests put other objects in the place of the streams
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")


def _discard_what_cannot_be_printed() -> None:
    """Keep Python from trying once more at exit, where it would fail with a traceback and an exit code of its own."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def wants_color(stream: IO[str] | None) -> bool:
    """Whether to colour: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return stream is not None and stream.isatty() and not os.environ.get("NO_COLOR")
