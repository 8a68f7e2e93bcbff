"""Code of a route, or to undo it, that a generated page does not show, or shows under another label.

Why: the code of every tab was compared with the spec before; a template that drops it, or puts another in its place,
leaves readers of that system without it.

Example: a template shows ``route.tabs[0]`` only.
"""

from collections.abc import Iterable, Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.page import Code, Section
from guidewright.lint.rule import Finding, GeneratedSubject, Rule
from guidewright.model import Snippet


def _check(subject: GeneratedSubject) -> Iterator[Finding]:
    for route in subject.guide.routes:
        codes = _codes_in(subject.sections_of(route))
        what, at = f"of {route.title}", subject.start_of(route)
        for headline in _missing(subject.snippets.tabs[route], codes):
            yield Finding(f"{headline} {what}", at, "let a template show every tab of route.tabs, under its label")
        texts = {code.text for code in codes}
        for file in subject.snippets.files[route]:
            if file.code not in texts:
                headline = f"the page does not show {file.file.path.default} {what}"
                yield Finding(headline, at, "let a template show every file of route.files")
        for number, step in enumerate(subject.snippets.steps[route], 1):
            if step.code and step.code not in texts:
                headline = f"the page does not show the code of step {number} {what}"
                yield Finding(headline, at, "let a template show every step of route.steps", origin=step.step.place)
        command = subject.guide.agent.command
        if command is not None and command not in texts:
            yield Finding(f"the page does not show the command {command} {what}", at, "show guide.agent.command")
    undo = subject.snippets.undo[subject.guide]
    for headline in _missing(undo, _codes_in(subject.page.sections)):
        help_line = "let a template show every tab of guide.undo, under its label"
        yield Finding(f"{headline} to undo the settings", subject.end, help_line, origin=subject.guide.place)


def _codes_in(sections: Iterable[Section]) -> tuple[Code, ...]:
    return tuple(code for section in sections for code in section.codes)


def _missing(snippets: Iterable[Snippet], codes: Iterable[Code]) -> Iterator[str]:
    snippets, codes = tuple(snippets), tuple(codes)
    labels = {snippet.label for snippet in snippets}
    for snippet in snippets:
        # A framework may show a label in a way that the reader of pages does not know: then there is none.
        shown = {code.tab if code.tab in labels else snippet.label for code in codes if code.text == snippet.code}
        if snippet.code and snippet.label not in shown:
            yield f'the page does not show the code for "{snippet.label}"'


RULE = Rule("missing-code", Severity.ERROR, _check)
