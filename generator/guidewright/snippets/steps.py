"""Steps, with what the reader copies in them."""

import re

from guidewright.diagnostics import Report
from guidewright.model import Step, StepSnippet
from guidewright.snippets.config_files import render_config_file

# Words that every shell takes as they are, and characters that stand for themselves between double quotes in all of
# them. Windows PowerShell splits an option at a point: https://github.com/PowerShell/PowerShell/issues/6291
# Nushell takes three points for the folder two levels up: https://www.nushell.sh/book/moving_around.html
_PROGRAM = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_PLAIN_WORD = re.compile(r"(?!.*\.\.)[A-Za-z_/][\w./:-]*|--?[A-Za-z][\w-]*", re.ASCII)
_QUOTABLE = re.compile(r"[ -~]*")
_NOT_QUOTABLE = re.compile(r"[\"$`\\!%]")
# What is a program to one shell, and a command or a keyword of its own to another, with arguments of its own:
# https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_aliases and
# https://learn.microsoft.com/windows-server/administration/windows-commands/windows-commands
_OWN_COMMANDS = re.compile(
    r"alias|call|cat|cd|clear|cls|copy|cp|curl|date|del|diff|dir|do|echo|else|env|erase|exit|export|fc|find|for|foreach"
    r"|function|if|kill|let|ls|man|md|mkdir|more|mount|move|mv|path|pause|ps|pwd|rd|read|ren|rm|rmdir|set|sleep|sort"
    r"|source|start|switch|tee|test|time|title|type|unset|wget|where|while|write",
    re.IGNORECASE,
)

_ARGUMENT = ("argument", 'use letters, digits, blanks and punctuation, but none of " $ ` \\ ! %')
_NAME = (
    "program",
    "name a program by letters, digits, hyphens and points, and none that is a command of a shell itself",
)


def render_step(step: Step, report: Report) -> StepSnippet:
    """Write what the reader copies in a step.

    Args:
        step: the step.
        report: receives a command that not every shell would take for the same, and what a file's format can't hold.

    Returns:
        The step; without code where something was reported, or there is nothing to copy.
    """
    if any(value.commands for value in step.values):
        report.error(
            "not-in-a-step",
            "a step can't run the command that prints this",
            step.place,
            help="set a variable to the command's output, or show the command with run:",
        )
        return StepSnippet(step, "", "")
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
        if _PLAIN_WORD.fullmatch(word) if position else _is_program(word):
            words.append(word)
        elif position and _QUOTABLE.fullmatch(word) and not _NOT_QUOTABLE.search(word):
            words.append(f'"{word}"')
        else:
            what, help_line = _ARGUMENT if position else _NAME
            report.error(
                "not-in-every-shell",
                f"no command line with this {what} means the same in every shell",
                step.place.at("run", position),
                help=help_line,
            )
    return " ".join(words) if len(words) == len(step.run) else ""


def _is_program(word: str) -> bool:
    return _PROGRAM.fullmatch(word) is not None and not _OWN_COMMANDS.fullmatch(word)
