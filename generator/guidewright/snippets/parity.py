"""Every tab read back: what its code does must be what the spec says, so all tabs of a route do the same."""

from collections.abc import Iterator, Mapping

from guidewright.diagnostics import Place, Report
from guidewright.model import (
    Environment,
    Route,
    Set,
    SettingsFile,
    Site,
    Snippet,
    Snippets,
    State,
    Unset,
    environment_after,
)
from guidewright.snippets.changes import changes_of, parts_of, variables_of
from guidewright.snippets.config_files import tree_of
from guidewright.snippets.files import FILE_FORMATS, Node, Tree, UnreadableVariablesError, variables_in
from guidewright.snippets.registry import SHELLS
from guidewright.snippets.shell import Shell, UnreadableCodeError


def compare_snippets(site: Site, snippets: Snippets, report: Report) -> None:
    """Parse all code by the rules of its shell or format, and compare it with the spec.

    Args:
        site: what the spec says.
        snippets: what the pages show.
        report: receives ``snippet-differs`` for each variable or file that is not what the spec says.
    """
    for guide in site.guides:
        for route in guide.routes:
            for snippet in snippets.tabs[route]:
                for problem, name in (*_problems(route, snippet), *_problems_of_storing(route, snippet)):
                    _report(problem, snippet.label, route.place_of(name) or route.variables[0].place, report)
            for file in snippets.files_of(route):
                found = FILE_FORMATS[file.file.format].parse(file.code)
                if not is_same_tree(found, tree_of(file.file)):
                    _report("holds something else", file.file.path.default, file.file.place.key(), report)
        for snippet in snippets.undo[guide]:
            expected = environment_after(Unset(name) for name in snippet.names)
            for shell in snippet.shells:
                for problem, _ in differences_in_code(SHELLS[shell], snippet.code, expected):
                    _report(problem, snippet.label, guide.place, report)


def expected_environment(route: Route, shell: Shell) -> Environment:
    """What a route's snippet must leave in a shell.

    Args:
        route: the route.
        shell: the shell.

    Returns:
        The variables that the route touches. One that the spec sets to the empty string is gone where the shell can't
        hold that; the tab says so in words.
    """
    return _as_held(environment_after(changes_of(route, shell)), shell)


def _problems(route: Route, snippet: Snippet) -> Iterator[tuple[str, str]]:
    for name in snippet.shells:
        shell = SHELLS[name]
        yield from differences_in_code(shell, snippet.code, expected_environment(route, shell))
    if snippet.settings_file is not None:
        yield from differences_in_file(snippet.settings_file, snippet.code, variables_of(route))


def _problems_of_storing(route: Route, snippet: Snippet) -> Iterator[tuple[str, str]]:
    """What is stored for new terminals: as much of the route as can be."""
    if snippet.storing_code:
        shell = SHELLS[snippet.shells[0]]
        expected = environment_after(
            Set(variable.name, parts_of(variable.value.written_out, shell)) for variable in route.variables
        )
        stored = {name: state for name, state in expected.items() if state and name not in snippet.not_stored}
        yield from differences_in_code(shell, snippet.storing_code, stored)


def differences_in_file(file: SettingsFile, code: str, expected: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Read a settings file back.

    Args:
        file: where it keeps the variables.
        code: the whole file.
        expected: what the variables must be.

    Yields:
        Each difference in words, and the variable that it is about; no variable for a file that can't be read.
    """
    try:
        found = variables_in(FILE_FORMATS[file.format].parse(code), file.variables_at)
    except (UnreadableCodeError, UnreadableVariablesError) as error:
        yield str(error), ""
        return
    yield from _differences(_as_states(found), _as_states(expected))


def is_same_tree(found: "Node | Tree", expected: "Node | Tree") -> bool:
    """Whether two files hold the same. To Python, ``True == 1 == 1.0``."""
    match found, expected:
        case list(), list():
            return len(found) == len(expected) and all(map(is_same_tree, found, expected))
        case Mapping(), Mapping():
            return found.keys() == expected.keys() and all(is_same_tree(found[key], expected[key]) for key in found)
        case _:
            return type(found) is type(expected) and repr(found) == repr(expected)


def differences_in_code(shell: Shell, code: str, expected: Environment) -> Iterator[tuple[str, str]]:
    """Read code back by the rules of its shell.

    Args:
        shell: the shell.
        code: any number of commands.
        expected: what they must leave, as ``expected_environment`` says it.

    Yields:
        Each difference in words, and the variable that it is about; no variable for code that can't be read.
    """
    try:
        changes = [found.change for found in shell.parse(code)]
    except UnreadableCodeError as error:
        yield f"in line {error.line}, {error}", ""
        return
    yield from _differences(_as_held(environment_after(changes), shell), expected)


def _as_held(environment: Environment, shell: Shell) -> Environment:
    return {name: None if state == () and not shell.holds_empty else state for name, state in environment.items()}


def _as_states(variables: Mapping[str, str]) -> Environment:
    return {name: (text,) if text else () for name, text in variables.items()}


def _differences(found: Environment, expected: Environment) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys([*expected, *found]):
        if name not in expected:
            yield f"changes {name}, which the route does not", name
        elif name not in found:
            yield f"leaves {name} out", name
        elif found[name] != expected[name]:
            yield f"{_told(name, found[name])}, not {_told(name, expected[name])}", name


def _told(name: str, state: State | None) -> str:
    return f"{name} removed" if state is None else f"{name} {' + '.join(map(repr, state)) or 'empty'}"


def _report(problem: str, label: str, place: Place, report: Report) -> None:
    report.error(
        "snippet-differs",
        f'the code for "{label}" does not do what the spec says: {problem}',
        place,
        help="this is a defect in guidewright; please report it, and leave the tab out with tabs: meanwhile",
    )
