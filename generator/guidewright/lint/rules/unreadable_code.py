"""A snippet that its own shell or file format does not read as the writer meant, where it sets what the spec sets.

Why: it fails, or does something else, as soon as somebody copies it.

Example: ``export ACME_URL=https://gate.example.com/<TEAM>``, where ``<`` reads from a file.
"""

import re
from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.facts import KnownRoute
from guidewright.lint.rule import Finding, Rule, Subject

_WRITES_TO_A_FILE = re.compile(
    r"^\s*(?:echo|printf|cat|tee|source|Add-Content|Set-Content|Out-File)\b|>>|<<", re.IGNORECASE
)
_TAG = re.compile(r"\s*</?[A-Z]\w*[^<>]*>\s*$")
_ADVICE = {"cmd.exe": 'write: set "NAME=value"'}


def _check(subject: Subject) -> Iterator[Finding]:
    for matched in subject.matched:
        for block in matched.blocks:
            lines = block.code.text.split("\n")
            if block.unreadable is not None and _is_meant(lines[block.unreadable.line - 1], matched.known):
                start = sum(len(line) + 1 for line in lines[: block.unreadable.line - 1])
                span = block.code.span(start, start + len(lines[block.unreadable.line - 1]))
                yield Finding(
                    f"{block.family}: {block.unreadable}",
                    span,
                    f"{_ADVICE.get(block.family, 'put quotes around values')}, and try the code in its shell",
                )


def _is_meant(line: str, known: KnownRoute) -> bool:
    """Whether a line itself sets a variable of the route, rather than write it to a file, or be of something else."""
    if _TAG.match(line):
        # The fence before it has no end.
        return True
    return any(variable.name in line for variable in known.route.touched) and not _WRITES_TO_A_FILE.search(line)


RULE = Rule("unreadable-code", Severity.WARNING, _check)
