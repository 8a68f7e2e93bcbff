"""Carries every snippet of a site out, and compares what it leaves with the spec."""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guidewright.model import (
    CommandOutput,
    Environment,
    FileSnippet,
    Guide,
    Placeholder,
    Route,
    SettingsFile,
    Site,
    Snippet,
    Snippets,
    State,
    Unset,
    environment_after,
)
from guidewright.snippets import (
    FILE_FORMATS,
    SHELLS,
    Shell,
    UnreadableCodeError,
    differences_in_code,
    differences_in_file,
    expected_environment,
    is_same_tree,
    tree_of,
    variables_of,
)
from guidewright.verify.runner import ScriptError, environments_left_by, find_interpreter, has_stand_in, stub_output
from guidewright.verify.samples import fill_in, fill_in_node, fill_in_part

# What a removed variable holds before the snippet runs, so that its removal can be seen.
_STALE = "left from before"
NOTED_BY_SHELLS = frozenset({"LAST_EXIT_CODE", "SHLVL", "_"})
"""Variables in which shells note what they do."""


class Verdict(enum.StrEnum):
    """What came out of a comparison."""

    OK = "ok"
    DIFFERS = "differs"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Verification:
    """One row of the table.

    Attributes:
        guide: the page's path.
        route: its title.
        medium: the shell or the file.
        shell: the name of the shell; empty for a file.
        details: the differences, or why it was skipped.
    """

    guide: str
    route: str
    medium: str
    shell: str
    verdict: Verdict
    details: tuple[str, ...]


def verify(site: Site, snippets: Snippets) -> Iterator[Verification]:
    """Run or parse every snippet, its placeholders filled in with samples.

    Args:
        site: what the spec says.
        snippets: what the pages show.

    Yields:
        What came out, one by one: guide by guide, route by route, in the order of the tabs.
    """
    for guide in site.guides:
        for route in guide.routes:
            for file in snippets.files_of(route):
                details = tuple(_config_file_differences(file))
                yield _row(guide, route, file.file.path.default, details=details)
            for snippet in snippets.tabs[route]:
                if snippet.settings_file is not None:
                    details = tuple(_settings_differences(snippet, snippet.settings_file, route))
                    yield _row(guide, route, snippet.label, details=details)
                undo = next((found for found in snippets.undo[guide] if found.label == snippet.label), None)
                for name in snippet.shells:
                    yield _verify_in_shell(SHELLS[name], guide, route, [snippet, *([undo] if undo else [])])


def _row(guide: Guide, route: Route, medium: str, *, details: tuple[str, ...]) -> Verification:
    verdict = Verdict.DIFFERS if details else Verdict.OK
    return Verification(guide.path, route.title, medium, "", verdict, details)


def _verify_in_shell(shell: Shell, guide: Guide, route: Route, snippets: Sequence[Snippet]) -> Verification:
    """Run a route's snippet and then the one that undoes it; where that is not possible, parse them."""
    codes = [fill_in(snippet.code, guide.placeholders) for snippet in snippets]
    expected = _filled_in(expected_environment(route, shell), guide.placeholders)
    row = (guide.path, route.title, shell.title, shell.name)
    why_not_run = _why_not_run(shell, expected)
    if why_not_run:
        undone = [environment_after(Unset(name) for name in undo.names) for undo in snippets[1:]]
        details = tuple(
            problem
            for code, environment in zip(codes, [expected, *undone], strict=True)
            for problem, _ in differences_in_code(shell, code, environment)
        )
        verdict = Verdict.DIFFERS if details else Verdict.SKIPPED
        return Verification(*row, verdict, details or (f"{why_not_run}: parsed, not run",))
    try:
        details = tuple(_run_differences(shell, codes, expected, route))
    except ScriptError as error:
        details = (str(error),)
    return Verification(*row, Verdict.DIFFERS if details else Verdict.OK, details)


def _why_not_run(shell: Shell, expected: Environment) -> str:
    """Why a shell can't run a snippet; empty where it can."""
    if find_interpreter(shell) is None:
        return f"{shell.title} is not installed"
    without_stand_in = [program for program in _programs_of(expected) if not has_stand_in(program)]
    return f"nothing stands in for {without_stand_in[0]}" if without_stand_in else ""


def _programs_of(environment: Environment) -> Sequence[str]:
    outputs = [part for state in environment.values() for part in state or () if isinstance(part, CommandOutput)]
    return sorted({output.words[0] for output in outputs})


def _run_differences(shell: Shell, codes: Sequence[str], expected: Environment, route: Route) -> Iterator[str]:
    stale = {variable.name: _STALE for variable in route.removed}
    before, after, *undone = environments_left_by(shell, codes, stubs=_programs_of(expected), variables=stale)
    texts = {name: None if state is None else _text(state) for name, state in expected.items()}
    yield from _differences({**before, **texts}, after)
    without_removed = {name: text for name, text in before.items() if name not in stale}
    for environment in undone:
        for difference in _differences(without_removed, environment):
            yield f"after the undo: {difference}"


def _settings_differences(snippet: Snippet, file: SettingsFile, route: Route) -> Iterator[str]:
    expected = {name: fill_in(text, route.placeholders) for name, text in variables_of(route).items()}
    code = fill_in(snippet.code, route.placeholders)
    yield from (problem for problem, _ in differences_in_file(file, code, expected))


def _config_file_differences(file: FileSnippet) -> Iterator[str]:
    placeholders = file.file.placeholders
    try:
        found = FILE_FORMATS[file.file.format].parse(fill_in(file.code, placeholders))
    except UnreadableCodeError as error:
        yield f"line {error.line}: {error}"
        return
    if not is_same_tree(found, fill_in_node(tree_of(file.file), placeholders)):
        yield "the file holds something else than the spec says"


def _differences(expected: Mapping[str, str | None], found: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*expected, *found} - NOTED_BY_SHELLS):
        if expected.get(name) != found.get(name):
            yield f"{name} is {_shown(found.get(name))}, not {_shown(expected.get(name))}"


def _shown(text: str | None) -> str:
    return "not set" if text is None else repr(text)


def _filled_in(environment: Environment, placeholders: Sequence[Placeholder]) -> Environment:
    return {
        name: None if state is None else tuple(fill_in_part(part, placeholders) for part in state)
        for name, state in environment.items()
    }


def _text(state: State) -> str:
    return "".join(stub_output(part.words) if isinstance(part, CommandOutput) else str(part) for part in state)
