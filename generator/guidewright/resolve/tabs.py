"""Tabs: which ones a route shows, and what they are for."""

from collections.abc import Iterable, Mapping, Sequence

from guidewright import model, schema
from guidewright.diagnostics import Place, Report, did_you_mean
from guidewright.schema import Located


def site_tabs(site: schema.Site, place: Place, report: Report) -> Mapping[str, model.Tab]:
    """The tabs that ``site.yaml`` defines.

    Args:
        site: what ``site.yaml`` says.
        place: of its contents.
        report: receives two tabs with one label, and a shell that is named twice in a tab.

    Returns:
        The tabs, by the name that guides and routes use.
    """
    tabs = {}
    for name, tab in site.tabs.items():
        at_tab = place.at("tabs", name)
        tabs[name] = model.Tab(tab.label, tuple(tab.shells), at_tab)
        _report_twice("duplicate-shell", "shell", tab.shells, at_tab.at("shells"), report)
    _report_labels_twice(tabs.values(), report)
    return tabs


def resolve_tabs(
    names: Sequence[str] | None,
    place: Place,
    known: Mapping[str, model.Tab],
    report: Report,
) -> tuple[model.Tab, ...] | None:
    """Look the tabs up that a site, guide or route names.

    Args:
        names: what it names; None where it leaves that to what is above it.
        place: where it names them.
        known: the tabs that there are for it.
        report: receives unknown names, and names that are used twice.

    Returns:
        The tabs in that order; None for no names.
    """
    if names is None:
        return None
    for index, name in enumerate(names):
        if name not in known:
            report.error(
                "unknown-tab",
                f'unknown tab "{name}"',
                place.at(index),
                help=did_you_mean(name, known)
                or "define it under tabs: in spec/site.yaml, or under settings_files: of the agent",
            )
    _report_twice("duplicate-tab", "tab", names, place, report)
    return tuple(known[name] for name in dict.fromkeys(names) if name in known)


def settings_tabs(
    agent: Located[schema.Agent], site: Mapping[str, model.Tab], report: Report
) -> Mapping[str, model.Tab]:
    """The tabs of an agent's own: the files in which it takes environment variables.

    Args:
        agent: the agent.
        site: the tabs that ``site.yaml`` defines.
        report: receives names that both define.

    Returns:
        The tabs, by the name that guides and routes use.
    """
    tabs = {}
    for name, file in agent.value.settings_files.items():
        place = agent.place.at("settings_files", name)
        if name in site:
            report.error(
                "duplicate-tab",
                f'"{name}" is a tab of the site already',
                place.key(),
                help=f"choose another name: {site[name].place.file} has this one",
            )
        path = model.FilePath(file.path, file.windows_path)
        settings = model.SettingsFile(path, file.format, tuple(file.variables_at), file.overrides_shell, place)
        tabs[name] = model.Tab(file.label, settings, place)
    return tabs


def _report_labels_twice(tabs: Iterable[model.Tab], report: Report) -> None:
    first_by_label: dict[str, model.Tab] = {}
    for tab in tabs:
        if first_by_label.setdefault(tab.label.casefold(), tab) is not tab:
            report.error(
                "duplicate-label",
                f'two tabs are called "{tab.label}"',
                tab.place.at("label"),
                help="choose another label, so that the reader can tell them apart",
            )


def _report_twice(code: str, noun: str, names: Sequence[str], place: Place, report: Report) -> None:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            report.error(code, f'{noun} "{name}" is listed twice', place.at(index), help="delete it here")
        seen.add(name)
