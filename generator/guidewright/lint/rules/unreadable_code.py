"""A snippet that its own shell or file format does not read as the writer meant.

Why: it fails, or does something else, as soon as somebody copies it.

Example: ``export ACME_URL=https://gate.example.com/<TEAM>``, where ``<`` reads from a file.
"""

from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.rule import Finding, Rule, Subject


def _check(subject: Subject) -> Iterator[Finding]:
    for matched in subject.matched:
        for block in matched.blocks:
            if block.unreadable is not None:
                lines = block.code.text.split("\n")
                start = sum(len(line) + 1 for line in lines[: block.unreadable.line - 1])
                span = block.code.span(start, start + len(lines[block.unreadable.line - 1]))
                yield Finding(
                    f"{block.family}: {block.unreadable}",
                    span,
                    "put quotes around values, and try the code in its shell",
                )


RULE = Rule("unreadable-code", Severity.WARNING, _check)
