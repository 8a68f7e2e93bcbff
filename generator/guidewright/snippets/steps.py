"""Steps, with what the reader copies in them."""

import re

from guidewright.diagnostics import Report
from guidewright.model import Step, StepSnippet
from guidewright.snippets.config_files import render_config_file

# Words that every shell takes as they are, and characters that stand for themselves between double quotes in all of
# them. Windows PowerShell splits an option at a point: https://github.com/PowerShell/PowerShell/issues/6291
_PROGRAM = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_./][\w./:-]*|--?[A-Za-z][\w-]*", re.ASCII)
_QUOTABLE = re.compile(r"[ -~]*")
_NOT_QUOTABLE = re.compile(r"[\"$`\\!%]")


def render_step(step: Step, report: Report) -> StepSnippet:
    """Write what the reader copies in a step.

    Args:
        step: the step.
        report: receives a command that not every shell would take for the same, and what a file's format can't hold.

    Returns:
        The step; without code where something was reported, or there is nothing to copy.
    """
    if step.file is not None:
        file = render_config_file(step.file, report)
        return StepSnippet(step, "", "") if file is None else StepSnippet(step, file.language, file.code)
    if step.run:
        return StepSnippet(step, "sh", _command_line(step, report))
    return StepSnippet(step, "txt", "" if step.value is None else step.value.text)


def _command_line(step: Step, report: Report) -> str:
    """A command line that does the same in every shell."""
    words = []
    for position, value in enumerate(step.run):
        word = value.text
        if (_PLAIN_WORD if position else _PROGRAM).fullmatch(word):
            words.append(word)
        elif position and _QUOTABLE.fullmatch(word) and not _NOT_QUOTABLE.search(word):
            words.append(f'"{word}"')
        else:
            what = "argument" if position else "name of a program"
            report.error(
                "not-in-every-shell",
                f"no command line with this {what} means the same in every shell",
                step.place.at("run", position),
                help="use letters, digits, blanks and punctuation, without quotes, backslashes, and any of $ ` ! %",
            )
    return " ".join(words) if len(words) == len(step.run) else ""
