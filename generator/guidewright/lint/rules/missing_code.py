"""A tab of a route whose code a generated page does not show, under its label.

Why: the code of every tab was compared with the spec before; a template that drops it, or puts another in its place,
leaves readers of that system without it.

Example: a template shows ``route.tabs[0]`` only.
"""

from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.rule import Finding, GeneratedSubject, Rule


def _check(subject: GeneratedSubject) -> Iterator[Finding]:
    shown = {(code.tab, code.text) for section in subject.page.sections for code in section.codes}
    labelless = {text for _, text in shown}
    for route in subject.guide.routes:
        for snippet in subject.snippets.tabs[route]:
            # Where there is one tab, a framework may show its code without a label.
            is_only = len(route.tabs) == 1 and snippet.code in labelless
            if (snippet.label, snippet.code) not in shown and not is_only:
                yield Finding(
                    f'the page does not show the code for "{snippet.label}" of {route.provider.name}',
                    subject.start_of(route),
                    "let a template show every tab of route.tabs, under its label",
                )
        for file in subject.snippets.files[route]:
            if file.code not in labelless:
                yield Finding(
                    f"the page does not show {file.file.path.default} of {route.provider.name}",
                    subject.start_of(route),
                    "let a template show every file of route.files",
                )


RULE = Rule("missing-code", Severity.ERROR, _check)
