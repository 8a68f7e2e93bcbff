"""One route: an agent pointed at providers through a gateway."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from guidewright import model, schema
from guidewright.diagnostics import Place, Report, did_you_mean
from guidewright.model import Holds, KeyHolder, Value
from guidewright.resolve.auth import sends_token
from guidewright.resolve.claims import report_broken_claims
from guidewright.resolve.commands import with_commands
from guidewright.resolve.config_files import find_config_file, resolve_config_files
from guidewright.resolve.contradictions import report_contradictions
from guidewright.resolve.copied import copied_texts, references_of
from guidewright.resolve.gateway import resolve_gateway
from guidewright.resolve.islands import IslandText, resolve_islands
from guidewright.resolve.provider_blocks import report_blocks_without_token
from guidewright.resolve.references import Fact, Scope
from guidewright.resolve.tabs import resolve_tabs
from guidewright.resolve.upstreams import resolve_upstreams
from guidewright.resolve.variables import resolve_variables
from guidewright.schema import Located


@dataclass(frozen=True, slots=True)
class GuideParts:
    """The spec files that a guide is made from.

    Attributes:
        providers: by the name that routes use.
        islands: the texts of hand-written passages, by their paths below the spec folder.
    """

    guide: Located[schema.Guide]
    gateway: Located[schema.Gateway]
    agent: Located[schema.Agent]
    providers: Mapping[str, Located[schema.Provider]]
    islands: Mapping[str, Located[str]]

    @property
    def island_files(self) -> tuple[str, ...]:
        """The files in which passages of the guide stand, by their paths below the spec folder."""
        return tuple(island.file for island in self.guide.value.islands if island.file is not None)


@dataclass(frozen=True, slots=True)
class Shared:
    """What the routes of a guide share.

    Attributes:
        tabs: by the name that routes use.
        default_tabs: those of a route that names none.
        islands: every hand-written passage of the guide.
    """

    tabs: Mapping[str, model.Tab]
    default_tabs: tuple[model.Tab, ...]
    islands: tuple[IslandText, ...]


def resolve_route(parts: GuideParts, index: int, shared: Shared, scope: Scope) -> model.Route:
    """Bring the parts of a route together.

    Args:
        parts: the spec files that the guide is made from.
        index: of the route in the agent's file.
        shared: what it shares with the other routes.
        scope: what the guide's texts can refer to; its report receives what does not fit together.

    Returns:
        The route; where something was reported, only good enough to go on looking for problems.
    """
    route = parts.agent.value.routes[index]
    place = parts.agent.place.at("routes", index)
    surface = _known_surface(route, parts.gateway, place, scope.report)
    gateway, scope = resolve_gateway(parts.gateway, surface, scope)
    providers = [parts.providers[name] for name in route.provider_names if name in parts.providers]
    upstreams, scope = resolve_upstreams(parts.agent, index, parts.gateway, parts.providers, scope)
    scope = with_commands([parts.gateway, parts.agent, *providers], scope)
    variables, removed, scope = resolve_variables(parts.agent, index, scope)
    texts = copied_texts(parts.agent, index)
    sends = sends_token(references_of(texts), gateway)
    tabs = resolve_tabs(route.tabs, place.at("tabs"), shared.tabs, scope.report)
    resolved = model.Route(
        title=(route.title or upstreams[0].provider.name).strip(),
        gateway=gateway,
        upstreams=upstreams,
        variables=variables if sends else tuple(_with_token(variables, upstreams[0].auth)),
        removed=removed,
        tabs=shared.default_tabs if tabs is None else tabs,
        config_files=resolve_config_files(parts.agent, index, scope),
        steps=tuple(_steps(parts.agent, index, scope)),
        knows_endpoint=route.knows_endpoint,
        islands=resolve_islands((island for island in shared.islands if island.is_on_route(route.name)), scope),
    )
    sources = parts.gateway.value.credential_sources
    offered = (sources[name].billed_by for name in route.credentials if name in sources)
    billers = frozenset[str](biller for biller in offered if biller is not None)
    about_it = (found for found in shared.islands if found.is_about_route(route.name))
    report_broken_claims(about_it, resolved, billers, scope.report)
    _report_emptiness(route, place, scope.report)
    report_contradictions(texts, resolved, place, scope)
    report_blocks_without_token(parts.agent, index, scope.report)
    return resolved


def _with_token(variables: Iterable[model.Variable], auth: model.AuthModel) -> Iterator[model.Variable]:
    """The variables of a route on which nothing else sends the gateway's token than what stands in for a credential."""
    for variable in variables:
        is_token = variable.holds is Holds.CREDENTIAL and auth.key_holder is KeyHolder.GATEWAY
        yield replace(variable, holds=Holds.GATEWAY_TOKEN) if is_token else variable


def _report_emptiness(route: schema.Route, place: Place, report: Report) -> None:
    if not (route.set or route.config_files or route.steps):
        report.error(
            "empty-route",
            "the route sets nothing",
            place.at("provider" if route.provider else "providers"),
            help="add set: with variables, config_files:, or steps:",
        )


def _steps(agent: Located[schema.Agent], index: int, scope: Scope) -> Iterator[model.Step]:
    for position, step in enumerate(agent.value.routes[index].steps):
        place = agent.place.at("routes", index, "steps", position)
        shows = {"value": step.value is not None, "run": bool(step.run), "file": step.file is not None}
        shown = [key for key, is_shown in shows.items() if is_shown]
        if len(shown) > 1:
            scope.report.error(
                "crowded-step",
                f"the step shows both {shown[0]} and {shown[1]}",
                place.at(shown[1]).key(),
                help="make two steps of it",
            )
        file = None if step.file is None else find_config_file(step.file, place.at("file"), agent, scope)
        path = {} if file is None else {"file.path": Fact.code(Value((file.path.default,)))}
        prose_scope = scope.with_facts(path)
        if (step.run or step.file is not None) and step.undo is None:
            scope.report.error(
                "step-without-undo",
                "the page does not say how to take this step back",
                place.at("run" if step.run else "file").key(),
                help="add undo: with a sentence, such as: Run `coder logout`.",
            )
        yield model.Step(
            do=prose_scope.prose(step.do, place.at("do")),
            value=None if step.value is None else scope.value(step.value, place.at("value")),
            run=tuple(scope.value(word, place.at("run", number)) for number, word in enumerate(step.run)),
            file=file,
            undo=None if step.undo is None else prose_scope.prose(step.undo, place.at("undo")),
            place=place,
        )


def _known_surface(route: schema.Route, gateway: Located[schema.Gateway], place: Place, report: Report) -> str | None:
    if route.surface is None or route.surface in gateway.value.surfaces:
        return route.surface
    report.error(
        "unknown-surface",
        f'unknown surface "{route.surface}"',
        place.at("surface"),
        help=did_you_mean(route.surface, gateway.value.surfaces)
        or f"define it under surfaces: in {gateway.place.file}",
    )
    return None
