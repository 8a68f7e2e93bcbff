"""The site: which guides there are, and whether everything they name exists."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from guidewright import model, schema
from guidewright.diagnostics import Place, Report, did_you_mean
from guidewright.resolve.guide import SiteParts, resolve_guide
from guidewright.resolve.index import resolve_index
from guidewright.resolve.route import GuideParts
from guidewright.resolve.tabs import resolve_tabs, site_tabs
from guidewright.resolve.terms import resolve_terms
from guidewright.schema import Located, Spec, SpecStruct

SpecFile = TypeVar("SpecFile", bound=SpecStruct)


def resolve(spec: Spec, report: Report) -> model.Site | None:
    """Turn what the spec says into what the guides mean.

    Args:
        spec: the decoded spec files.
        report: receives every broken reference, auth model and join contract.

    Returns:
        What to build, or None where ``site.yaml`` is missing or refused.
    """
    if spec.site is None:
        return None
    site, place = spec.site.value, spec.site.place
    tabs = site_tabs(site, place, report)
    chosen_tabs = resolve_tabs(site.default_tabs, place.at("default_tabs"), tabs, report)
    site_parts = SiteParts(site.docs_url, tabs, tuple(tabs.values()) if chosen_tabs is None else chosen_tabs)
    parts = [
        found
        for index, guide in enumerate(site.guides)
        if (found := _find_parts(guide, spec, place.at("guides", index), report)) is not None
    ]
    _report_shared_paths(site, place, report)
    folders = ((output.folder, place.at("outputs", index, "folder")) for index, output in enumerate(site.outputs))
    _report_twice("folder", folders, report)
    if not report.has_errors():
        _report_unused_files(spec, parts, report)
    guides = {found.guide.place: (found, resolve_guide(found, site_parts, report)) for found in parts}
    return model.Site(
        docs_url=site.docs_url,
        outputs=tuple(
            model.Output(output.framework, output.folder, output.front_matter, place.at("outputs", index))
            for index, output in enumerate(site.outputs)
        ),
        guides=tuple(guide for _, guide in guides.values()),
        indexes=tuple(_resolve_indexes(spec, site, place, list(guides.values()), report)),
        terms=resolve_terms(site.terms, place.at("terms"), report),
    )


def _resolve_indexes(
    spec: Spec, site: schema.Site, place: Place, guides: Sequence[tuple[GuideParts, model.Guide]], report: Report
) -> Iterator[model.Index]:
    find = _Finder(spec.refused, report)
    for number, index in enumerate(site.indexes):
        at_index = place.at("indexes", number)
        gateway = find("gateway", index.gateway, spec.gateways, at_index.at("gateway"))
        if gateway is not None:
            behind_it = [guide for parts, guide in guides if parts.gateway.value.gateway == index.gateway]
            yield resolve_index(Located(index, at_index), gateway, behind_it, site.docs_url, report)


def _find_parts(guide: schema.Guide, spec: Spec, place: Place, report: Report) -> GuideParts | None:
    find = _Finder(spec.refused, report)
    gateway = find("gateway", guide.gateway, spec.gateways, place.at("gateway"))
    agent = find("agent", guide.agent, spec.agents, place.at("agent"))
    if gateway is None or agent is None:
        return None
    _report_routes(agent, report)
    providers = {}
    for index, route in enumerate(agent.value.routes):
        at_route = agent.place.at("routes", index)
        for position, name in enumerate(route.provider_names):
            at_name = at_route.at("provider") if route.provider else at_route.at("providers", position)
            provider = find("provider", name, spec.providers, at_name)
            if provider is not None:
                providers[name] = provider
    return GuideParts(Located(guide, place), gateway, agent, providers, spec.islands)


def _report_routes(agent: Located[schema.Agent], report: Report) -> None:
    """Report routes that lead nowhere, and routes that can't be told apart."""
    routes, place = agent.value.routes, agent.place.at("routes")
    for index, route in enumerate(routes):
        at_route = place.at(index)
        if (route.provider is None) == (not route.providers):
            headline, help_line = (
                ("the route leads to no provider", "add provider: with the name of one")
                if route.provider is None
                else ("the route names its providers twice", "delete provider: or providers:")
            )
            report.error(
                "no-provider", headline, at_route if route.provider is None else at_route.at("provider"), help=help_line
            )
        elif route.provider is None and (route.route is None or route.title is None):
            headline = "a route to several providers needs a name and a title"
            missing = " and ".join(
                key for key, value in (("route:", route.route), ("title:", route.title)) if not value
            )
            report.error("unnamed-route", headline, at_route.at("providers").key(), help=f"add {missing}")
        listed = ((name, at_route.at("providers", position)) for position, name in enumerate(route.providers))
        _report_twice("provider", listed, report)
    _report_same_names(routes, place, report)


def _report_same_names(routes: Sequence[schema.Route], place: Place, report: Report) -> None:
    first_by_name: dict[str, int] = {}
    for index, route in enumerate(routes):
        if route.name and first_by_name.setdefault(route.name, index) != index:
            report.error(
                "duplicate-route",
                f'route "{route.name}" is defined twice',
                place.at(index, "route" if route.route else "provider"),
                help="give one of them a name and a title of its own: route: and title:",
            )


@dataclass(frozen=True, slots=True)
class _Finder:
    """Looks names up; those that do not exist go to the report.

    A name may be unknown only because its file was refused: then that file's own finding is enough.
    """

    refused: frozenset[str]
    report: Report

    def __call__(
        self, kind: str, name: str, known: Mapping[str, Located[SpecFile]], place: Place
    ) -> Located[SpecFile] | None:
        found = known.get(name)
        if found is None and kind not in self.refused:
            help_line = did_you_mean(name, known) or f"define it in a file in spec/{kind}s/"
            self.report.error(f"unknown-{kind}", f'unknown {kind} "{name}"', place, help=help_line)
        return found


def _report_shared_paths(site: schema.Site, place: Place, report: Report) -> None:
    """Report pages that would be written to one file, and pages that would need a file to be a folder."""
    pages = [(guide.path, place.at("guides", number, "path")) for number, guide in enumerate(site.guides)]
    pages += [(index.path, place.at("indexes", number, "path")) for number, index in enumerate(site.indexes)]
    first_by_path: dict[str, str] = {}
    for path, at_path in pages:
        for output in site.outputs:
            # Some file systems fold case, so two paths that differ in case only are one file there.
            first = first_by_path.setdefault(f"{output.folder}/{path}".casefold(), str(at_path))
            if first != str(at_path):
                _report_shared_path(path, at_path, report)
    for path, at_path in pages:
        for output in site.outputs:
            parents = PurePosixPath(f"{output.folder}/{path}".casefold()).parents
            for parent in parents:
                if parent.suffix and str(parent.with_suffix("")) in first_by_path:
                    _report_shared_path(path, at_path, report)


def _report_shared_path(path: str, place: Place, report: Report) -> None:
    report.error(
        "shared-path", f'"{path}" is in the way of another page', place, help="choose a path that no other page has"
    )


def _report_twice(noun: str, values: Iterable[tuple[str, Place]], report: Report) -> None:
    """Report values of a list's entries that must differ and do not; each comes with its place."""
    seen: dict[str, int] = {}
    for index, (value, place) in enumerate(values):
        first = seen.setdefault(value.casefold(), index)
        if first != index:
            report.error(
                f"duplicate-{noun}",
                f'{noun} "{value}" is used twice',
                place,
                help=f"choose another one: entry {first + 1} of the list already has it",
            )


def _report_unused_files(spec: Spec, guides: list[GuideParts], report: Report) -> None:
    used = {
        file
        for guide in guides
        for file in (
            guide.gateway.place.file,
            guide.agent.place.file,
            *(p.place.file for p in guide.providers.values()),
        )
    }
    used |= {spec.islands[name].place.file for guide in guides for name in guide.island_files if name in spec.islands}
    files = [found.place for kind in (spec.gateways, spec.providers, spec.agents) for found in kind.values()]
    files += [found.place for found in spec.islands.values()]
    for place in sorted(files, key=lambda place: place.file):
        if place.file not in used:
            report.warn(
                "unused-file",
                f"no guide uses {place.file}",
                place.key(),
                help="name it in spec/site.yaml or in a route, or delete the file",
            )
