"""One route: an agent pointed at a provider through a gateway."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guidewright import model, schema
from guidewright.diagnostics import Place, Report, did_you_mean
from guidewright.model import KeyHolder, Value
from guidewright.resolve.auth import resolve_auth
from guidewright.resolve.claims import report_broken_claims
from guidewright.resolve.commands import resolve_commands
from guidewright.resolve.config_files import resolve_config_files, texts_in
from guidewright.resolve.contradictions import report_contradictions
from guidewright.resolve.endpoints import appended_breach, joined_breach, path_breach, report_breach
from guidewright.resolve.gateway import find_endpoint, resolve_gateway
from guidewright.resolve.islands import IslandText, resolve_islands
from guidewright.resolve.references import Fact, Scope
from guidewright.resolve.tabs import resolve_tabs
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
    provider = parts.providers[route.provider]
    surface = _known_surface(route, parts.gateway, place, scope.report)
    gateway, scope = resolve_gateway(parts.gateway, surface, scope)
    endpoint = _resolve_endpoint(*find_endpoint(parts.gateway, surface, provider), scope)
    scope = scope.with_facts(
        {
            "endpoint": Fact.code(endpoint),
            "provider.name": Fact.name(provider.value.name),
            "provider.vendor": Fact.name(provider.value.vendor),
            "provider.credential": Fact.name(provider.value.credential.name),
        }
    )
    auth = resolve_auth(route, place, parts.gateway, provider, scope)
    credential = gateway.token
    if auth.key_holder is KeyHolder.CALLER:
        credential = _caller_credential(provider, scope) or gateway.token
    scope = scope.with_facts({"credential": Fact.code(Value((credential,)))})
    scope = scope.with_facts(resolve_commands([parts.gateway, parts.agent, provider], scope))
    variables, removed, scope = resolve_variables(parts.agent, index, scope)
    tabs = resolve_tabs(route.tabs, place.at("tabs"), shared.tabs, scope.report)
    own_key = provider.value.credential.placeholder
    resolved = model.Route(
        provider=model.Provider(
            name=provider.value.name,
            vendor=provider.value.vendor,
            docs=scope.link(provider.value.docs),
            credential=provider.value.credential.name,
            credential_aliases=tuple(provider.value.credential.aliases),
            own_key=scope.facts[own_key].value.placeholders[0] if own_key in provider.value.placeholders else None,
        ),
        gateway=gateway,
        endpoint=endpoint,
        auth=auth,
        variables=variables,
        removed=removed,
        tabs=shared.default_tabs if tabs is None else tabs,
        config_files=resolve_config_files(parts.agent, index, scope),
        window_steps=tuple(_window_steps(route, place, scope)),
        knows_endpoint=route.knows_endpoint,
        islands=resolve_islands((island for island in shared.islands if island.is_on_route(route.provider)), scope),
    )
    sources = parts.gateway.value.credential_sources
    offered = (sources[name].billed_by for name in route.credentials if name in sources)
    billers = frozenset[str](biller for biller in offered if biller is not None)
    about_it = (found for found in shared.islands if found.is_about_route(route.provider))
    report_broken_claims(about_it, resolved, billers, scope.report)
    texts = [*route.set.values(), *texts_in(parts.agent.value, route)]
    texts += [step.value for step in route.window_steps if step.value is not None]
    _report_emptiness(route, place, scope.report)
    report_contradictions(texts, resolved, gateway, place, scope)
    return resolved


def _report_emptiness(route: schema.Route, place: Place, report: Report) -> None:
    if not (route.set or route.config_files or route.window_steps):
        report.error(
            "empty-route",
            "the route sets nothing",
            place.at("provider"),
            help="add set: with variables, config_files:, or window_steps:",
        )


def _window_steps(route: schema.Route, place: Place, scope: Scope) -> Iterator[model.WindowStep]:
    for index, step in enumerate(route.window_steps):
        at_step = place.at("window_steps", index)
        value = None if step.value is None else scope.value(step.value, at_step.at("value"))
        yield model.WindowStep(scope.prose(step.do, at_step.at("do")), value, at_step)


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


def _resolve_endpoint(endpoint: schema.Endpoint, place: Place, scope: Scope) -> Value:
    path = scope.value(endpoint.path, place.at("path"))
    path_problem = path_breach(path.text, endpoint.trailing_slash)
    appended_problem = appended_breach(endpoint.client_appends, endpoint.trailing_slash)
    report_breach(path_problem, place.at("path"), scope.report)
    report_breach(appended_problem, place.at("client_appends"), scope.report)
    joined = Value((*scope.facts["gateway.base_url"].value.parts, *path.parts))
    if path_problem is None and appended_problem is None:
        report_breach(joined_breach(joined.text, endpoint.client_appends), place.at("path"), scope.report)
    return joined


def _caller_credential(provider: Located[schema.Provider], scope: Scope) -> model.Placeholder | None:
    credential = provider.value.credential
    if credential.placeholder is None:
        scope.report.error(
            "no-credential-placeholder",
            f"no placeholder stands for the {credential.name} that the caller sends",
            provider.place.at("credential"),
            help="add placeholder: with the name of one that is defined under placeholders:",
        )
        return None
    if credential.placeholder not in provider.value.placeholders:
        scope.report.error(
            "unknown-placeholder",
            f'unknown placeholder "{credential.placeholder}"',
            provider.place.at("credential", "placeholder"),
            help=did_you_mean(credential.placeholder, provider.value.placeholders) or "define it under placeholders:",
        )
        return None
    return scope.facts[credential.placeholder].value.placeholders[0]
