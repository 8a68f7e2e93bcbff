"""Every route's variables in every shell and file that its tabs are for."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from guidewright.diagnostics import Place, Report, did_you_mean
from guidewright.model import Change, Guide, Route, Set, SettingsFile, Site, Snippet, Snippets, StartupFile, Tab, Unset
from guidewright.snippets.changes import changes_of, names_set_by, parts_of, variables_of
from guidewright.snippets.config_files import render_config_file
from guidewright.snippets.files import FILE_FORMATS, place_variables
from guidewright.snippets.registry import SHELLS
from guidewright.snippets.shell import Shell, StoredVariables
from guidewright.snippets.steps import render_step

Kind = TypeVar("Kind")


def render_snippets(site: Site, report: Report) -> Snippets:
    """Write the snippets of all guides.

    Args:
        site: guides and tabs.
        report: receives shells and formats that don't exist, and whatever one of them can't express.

    Returns:
        All code of the site; a tab that could not be written is left out and reported.
    """
    renderer = _Renderer(report)
    routes = [route for guide in site.guides for route in guide.routes]
    return Snippets(
        tabs={route: tuple(renderer.tabs(route)) for route in routes},
        undo={guide: tuple(renderer.undo(guide)) for guide in site.guides},
        files={
            route: tuple(
                found for file in route.config_files if (found := render_config_file(file, report)) is not None
            )
            for route in routes
        },
        steps={route: tuple(render_step(step, report) for step in route.steps) for route in routes},
    )


class _Renderer:
    def __init__(self, report: Report) -> None:
        self._report = report

    def tabs(self, route: Route) -> Iterable[Snippet]:
        for tab in route.tabs if route.touched else ():
            if isinstance(tab.medium, SettingsFile):
                snippet = self._settings(route, tab.label, tab.medium)
            else:
                snippet = self._shells(route, tab, tab.medium)
            if snippet is not None:
                yield snippet

    def undo(self, guide: Guide) -> Iterable[Snippet]:
        with_variables = [route for route in guide.routes if route.variables]
        for tab in dict.fromkeys(tab for route in with_variables for tab in route.tabs):
            routes = [route for route in with_variables if tab in route.tabs]
            names = names_set_by(routes)
            if isinstance(tab.medium, SettingsFile):
                yield Snippet(label=tab.label, language="", code="", settings_file=tab.medium, names=names)
                continue
            shells = [SHELLS[name] for name in tab.medium if name in SHELLS]
            for shell in shells[:1]:
                stored = {name for route in routes for name, command in _stored(route, shell).items() if command}
                storage = shell.keeps if isinstance(shell.keeps, StoredVariables) else None
                yield Snippet(
                    label=tab.label,
                    language=shell.language,
                    code="\n".join(shell.render(Unset(name)) for name in names),
                    shells=tab.medium,
                    startup_files=_startup_files(shells),
                    storing_code="\n".join(storage.remove(name) for name in names if name in stored) if storage else "",
                    names=names,
                )

    def _shells(self, route: Route, tab: Tab, names: tuple[str, ...]) -> Snippet | None:
        shells = [
            shell
            for index, name in enumerate(names)
            if (shell := _find("shell", name, SHELLS, tab.place.at("shells", index), self._report)) is not None
        ]
        can_express = [self._can_express(route, shell, tab) for shell in shells]
        if len(shells) < len(names) or not all(can_express):
            return None
        first, *others = shells
        changes = changes_of(route, first)
        code = _code(first, changes)
        for shell in others:
            if _code(shell, changes_of(route, shell)) != code:
                self._report.error(
                    "shells-differ",
                    f"{first.title} and {shell.title} need different code",
                    tab.place.at("shells"),
                    help="give each of them a tab of its own",
                )
        stored = _stored(route, first)
        has_empty = any(not variable.value.written_out.parts for variable in route.variables)
        return Snippet(
            label=tab.label,
            language=first.language,
            code=code,
            shells=names,
            startup_files=_startup_files(shells),
            storing_code="\n".join(command for command in stored.values() if command is not None),
            not_stored=tuple(name for name, command in stored.items() if command is None),
            without_empty=tuple(shell.title for shell in shells if has_empty and not shell.holds_empty),
            names=names_set_by([route]),
        )

    def _can_express(self, route: Route, shell: Shell, tab: Tab) -> bool:
        """Whether a shell can carry a route's changes out; why not goes to the report."""
        commands = [command for variable in route.variables for command in variable.value.commands]
        missing = [command for command in commands if command.words_in(shell.name) is None]
        for command in missing:
            self._report.error(
                "no-command",
                f"no command for {shell.title}",
                command.place.key(),
                help=f'add {shell.name}: with the words for it, or leave the tab "{tab.label}" out with tabs:',
            )
        if missing:
            return False
        reasons = [shell.refuse(change) for change in changes_of(route, shell)]
        for reason, variable in zip(reasons, route.touched, strict=True):
            if reason is not None:
                # A name that can't even be removed is to blame itself.
                is_the_name = shell.refuse(Unset(variable.name)) is not None
                self._report.error(
                    "not-in-this-shell",
                    f"{shell.title} can't {reason}",
                    variable.place.key() if is_the_name else variable.place,
                    help=f'change the value, or leave the tab "{tab.label}" out of this route with tabs:',
                )
        return not any(reasons)

    def _settings(self, route: Route, label: str, file: SettingsFile) -> Snippet | None:
        file_format = _find("format", file.format, FILE_FORMATS, file.place.at("format"), self._report)
        computed = [variable for variable in route.variables if variable.value.commands]
        for variable in computed:
            self._report.error(
                "not-in-a-file",
                f"a settings file can't run the command that {variable.name} needs",
                variable.place,
                help=f'leave the tab "{label}" out of this route with tabs:',
            )
        if file_format is None or computed:
            return None
        tree = place_variables(variables_of(route), file.variables_at)
        refusal = file_format.refuse(tree)
        if refusal is not None:
            self._report.error(
                "not-in-a-file",
                f"{file_format.title} can't {refusal.reason}",
                route.place_of(str(refusal.key_path[-1])) or file.place.key(),
                help=f'change the value, or leave the tab "{label}" out of this route with tabs:',
            )
            return None
        return Snippet(
            label=label,
            language=file_format.language,
            code=file_format.render(tree),
            settings_file=file,
            names=names_set_by([route]),
            not_removed=tuple(variable.name for variable in route.removed),
        )


def _find(noun: str, name: str, known: Mapping[str, Kind], place: Place, report: Report) -> Kind | None:
    found = known.get(name)
    if found is None:
        help_line = did_you_mean(name, known)
        report.error(f"unknown-{noun}", f'unknown {noun} "{name}"', place, help=help_line)
    return found


def _code(shell: Shell, changes: Iterable[Change]) -> str:
    return "\n".join(shell.render(change) for change in changes)


def _startup_files(shells: Iterable[Shell]) -> tuple[StartupFile, ...]:
    """Each file once, for the first shell that reads it."""
    files: dict[str, StartupFile] = {}
    for shell in shells:
        if isinstance(shell.keeps, str):
            files.setdefault(shell.keeps, StartupFile(shell.title, shell.keeps))
    return tuple(files.values())


def _stored(route: Route, shell: Shell) -> Mapping[str, str | None]:
    """The commands that store a route's variables for new terminals; None for one that can't be stored."""
    if not isinstance(shell.keeps, StoredVariables):
        return {}
    return {
        variable.name: shell.keeps.store(Set(variable.name, parts_of(variable.value.written_out, shell)))
        for variable in route.variables
        if variable.value.written_out.parts or shell.holds_empty
    }
