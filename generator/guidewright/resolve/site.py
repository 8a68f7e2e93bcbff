"""The site: which guides there are, and whether everything they name exists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from guidewright import model, schema
from guidewright.diagnostics import Place, Report, did_you_mean
from guidewright.resolve.guide import GuideParts, resolve_guide
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
    parts = [
        found
        for index, guide in enumerate(site.guides)
        if (found := _find_parts(guide, spec, place.at("guides", index), report)) is not None
    ]
    _report_shared_paths(site, place, report)
    if not report.has_errors():
        _report_unused_files(spec, parts, report)
    return model.Site(
        outputs=tuple(
            model.Output(output.framework, output.folder, output.front_matter, place.at("outputs", index))
            for index, output in enumerate(site.outputs)
        ),
        tabs=tuple(model.Tab(tab.label, tab.shell, place.at("tabs", index)) for index, tab in enumerate(site.tabs)),
        guides=tuple(resolve_guide(found, site.docs_url, report) for found in parts),
    )


def _find_parts(guide: schema.Guide, spec: Spec, place: Place, report: Report) -> GuideParts | None:
    # A name may be unknown only because its file was refused: that file's own finding is enough.
    find = _Finder(report if spec.complete else Report())
    gateway = find("gateway", guide.gateway, spec.gateways, place.at("gateway"))
    agent = find("agent", guide.agent, spec.agents, place.at("agent"))
    if gateway is None or agent is None:
        return None
    providers = {}
    for index, route in enumerate(agent.value.routes):
        at_provider = agent.place.at("routes", index, "provider")
        provider = find("provider", route.provider, spec.providers, at_provider)
        if provider is not None:
            providers[route.provider] = provider
    return GuideParts(Located(guide, place), gateway, agent, providers)


@dataclass(frozen=True, slots=True)
class _Finder:
    """Looks names up; those that do not exist go to the report."""

    report: Report

    def __call__(
        self, kind: str, name: str, known: Mapping[str, Located[SpecFile]], place: Place
    ) -> Located[SpecFile] | None:
        found = known.get(name)
        if found is None:
            help_line = did_you_mean(name, known) or f"define it in a file in spec/{kind}s/"
            self.report.error(f"unknown-{kind}", f'unknown {kind} "{name}"', place, help=help_line)
        return found


def _report_shared_paths(site: schema.Site, place: Place, report: Report) -> None:
    # Some file systems fold case, so two paths that differ in case only are one file there.
    first_by_path: dict[str, int] = {}
    for index, guide in enumerate(site.guides):
        first = first_by_path.setdefault(guide.path.casefold(), index)
        if first != index:
            report.error(
                "shared-path",
                f'two guides are written to "{guide.path}"',
                place.at("guides", index, "path"),
                help=f"choose another path: guide {first + 1} already has this one",
            )
    first_by_folder: dict[str, int] = {}
    for index, output in enumerate(site.outputs):
        first = first_by_folder.setdefault(output.folder.casefold(), index)
        if first != index:
            report.error(
                "shared-folder",
                f'two outputs are written to "{output.folder}"',
                place.at("outputs", index, "folder"),
                help=f"choose another folder: output {first + 1} already has this one",
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
    files = [found.place for kind in (spec.gateways, spec.providers, spec.agents) for found in kind.values()]
    for place in sorted(files, key=lambda place: place.file):
        if place.file not in used:
            report.warn(
                "unused-file",
                f"no guide uses {place.file}",
                place.key(),
                help="name it in spec/site.yaml or in a route, or delete the file",
            )
