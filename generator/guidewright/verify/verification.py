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
    environment_after,
)
from guidewright.snippets import (
    FILE_FORMATS,
    SHELLS,
    Shell,
    UnreadableCodeError,
    UnreadableVariablesError,
    expected_environment,
    tree_of,
    variables_in,
    variables_of,
)
from guidewright.verify.runner import ScriptError, environments_left_by, find_interpreter, stub_output
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
        route: the provider's name.
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
            for file in snippets.files[route]:
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
    return Verification(guide.path, route.provider.name, medium, "", verdict, details)


def _verify_in_shell(shell: Shell, guide: Guide, route: Route, snippets: Sequence[Snippet]) -> Verification:
    """Run a route's snippet and then the one that undoes it; where the shell is missing, parse the first."""
    codes = [fill_in(snippet.code, guide.placeholders) for snippet in snippets]
    expected = _filled_in(expected_environment(route, shell), guide.placeholders)
    row = (guide.path, route.provider.name, shell.title, shell.name)
    if find_interpreter(shell) is None:
        details = tuple(_parsed_differences(shell, codes[0], expected))
        if details:
            return Verification(*row, Verdict.DIFFERS, details)
        return Verification(*row, Verdict.SKIPPED, (f"{shell.title} is not installed: parsed, not run",))
    try:
        details = tuple(_run_differences(shell, codes, expected, route))
    except ScriptError as error:
        details = (str(error),)
    return Verification(*row, Verdict.DIFFERS if details else Verdict.OK, details)


def _run_differences(shell: Shell, codes: Sequence[str], expected: Environment, route: Route) -> Iterator[str]:
    stubs = {part.words[0] for state in expected.values() for part in state or () if isinstance(part, CommandOutput)}
    stale = {variable.name: _STALE for variable in route.removed}
    before, after, *undone = environments_left_by(shell, codes, stubs=sorted(stubs), variables=stale)
    texts = {name: None if state is None else _text(state) for name, state in expected.items()}
    yield from _differences({**before, **texts}, after)
    without_removed = {name: text for name, text in before.items() if name not in stale}
    for environment in undone:
        for difference in _differences(without_removed, environment):
            yield f"after the undo: {difference}"


def _parsed_differences(shell: Shell, code: str, expected: Environment) -> Iterator[str]:
    try:
        found = environment_after(change.change for change in shell.parse(code))
    except UnreadableCodeError as error:
        yield f"line {error.line}: {error}"
        return
    for name, state in expected.items():
        # An empty text is a removal in a shell that can't hold it.
        if (found.get(name) or None) != (state or None):
            yield f"{name} is not what the spec says"


def _settings_differences(snippet: Snippet, file: SettingsFile, route: Route) -> Iterator[str]:
    expected = {name: fill_in(text, route.placeholders) for name, text in variables_of(route).items()}
    try:
        tree = FILE_FORMATS[file.format].parse(fill_in(snippet.code, route.placeholders))
        found = variables_in(tree, file.variables_at)
    except (UnreadableCodeError, UnreadableVariablesError) as error:
        yield str(error)
        return
    yield from _differences(expected, found)


def _config_file_differences(file: FileSnippet) -> Iterator[str]:
    placeholders = file.file.placeholders
    try:
        found = FILE_FORMATS[file.file.format].parse(fill_in(file.code, placeholders))
    except UnreadableCodeError as error:
        yield f"line {error.line}: {error}"
        return
    if found != fill_in_node(dict(tree_of(file.file)), placeholders):
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
