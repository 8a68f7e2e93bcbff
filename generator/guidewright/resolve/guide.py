"""One guide: an agent's routes through a gateway."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from guidewright import model, schema
from guidewright.diagnostics import Place, Report, did_you_mean
from guidewright.model import KeyHolder, Value
from guidewright.resolve.auth import resolve_auth, resolve_gateway_token
from guidewright.resolve.commands import resolve_commands
from guidewright.resolve.config_files import resolve_config_files, texts_in
from guidewright.resolve.contradictions import report_contradictions
from guidewright.resolve.endpoints import Breach, appended_breach, base_url_breach, joined_breach, path_breach
from guidewright.resolve.placeholders import resolve_placeholders
from guidewright.resolve.references import Fact, Scope
from guidewright.resolve.tabs import resolve_tabs, settings_tabs
from guidewright.resolve.variables import report_contrary_routes, report_unused_variables, resolve_variables
from guidewright.schema import Located


@dataclass(frozen=True, slots=True)
class SiteParts:
    """What all guides share.

    Attributes:
        docs_url: the documentation site's address.
        tabs: by the name that guides and routes use.
        default_tabs: those of a guide that names none.
    """

    docs_url: str
    tabs: Mapping[str, model.Tab]
    default_tabs: tuple[model.Tab, ...]


@dataclass(frozen=True, slots=True)
class GuideParts:
    """The spec files that a guide is made from; ``providers`` by the name that routes use."""

    guide: Located[schema.Guide]
    gateway: Located[schema.Gateway]
    agent: Located[schema.Agent]
    providers: Mapping[str, Located[schema.Provider]]


def resolve_guide(parts: GuideParts, site: SiteParts, report: Report) -> model.Guide:
    """Bring the parts of a guide together.

    Args:
        parts: the spec files it is made from.
        site: what it shares with all guides.
        report: receives everything that does not fit together.

    Returns:
        The guide; where something was reported, only good enough to go on looking for problems.
    """
    gateway, agent = parts.gateway.value, parts.agent.value
    scope = Scope(site.docs_url, report).with_facts(
        {
            "agent.name": Fact.name(agent.name),
            "gateway.name": Fact.name(gateway.name),
            "gateway.vendor": Fact.name(gateway.vendor),
            "gateway.header": Fact.code(Value((gateway.auth.header,))),
        }
    )
    scope = scope.with_facts(resolve_placeholders([parts.gateway, parts.agent, *parts.providers.values()], scope))
    auth_value = scope.value(gateway.auth.value, parts.gateway.place.at("auth", "value"))
    scope = scope.with_facts(
        {
            "gateway.auth_value": Fact.code(auth_value),
            "gateway.auth_header": Fact.code(Value((f"{gateway.auth.header}: ", *auth_value.parts))),
        }
    )
    base_url_place = parts.gateway.place.at("base_url")
    base_url = scope.value(gateway.base_url, base_url_place)
    scope = scope.with_facts({"gateway.base_url": Fact.code(base_url)})
    _report_breach(base_url_breach(base_url.text), base_url_place, report)
    token = resolve_gateway_token(gateway.auth.value, auth_value, parts.gateway.place.at("auth", "value"), scope)
    resolved_gateway = model.Gateway(
        name=gateway.name,
        vendor=gateway.vendor,
        summary=scope.prose(gateway.summary, parts.gateway.place.at("summary")),
        docs=scope.link(gateway.docs),
        base_url=base_url,
        header=gateway.auth.header,
        token=token,
        verify=scope.link(gateway.verify),
    )
    tabs = {**site.tabs, **settings_tabs(parts.agent, site.tabs, report)}
    chosen_tabs = resolve_tabs(parts.guide.value.tabs, parts.guide.place.at("tabs"), tabs, report)
    site = replace(site, tabs=tabs, default_tabs=site.default_tabs if chosen_tabs is None else chosen_tabs)
    routes = [
        _resolve_route(parts, index, site, resolved_gateway, scope)
        for index, route in enumerate(agent.routes)
        if route.provider in parts.providers
    ]
    report_unused_variables(parts.agent, report)
    report_contrary_routes(parts.agent, report)
    return model.Guide(
        path=parts.guide.value.path,
        order=parts.guide.value.order,
        gateway=resolved_gateway,
        agent=model.Agent(
            name=agent.name,
            summary=scope.prose(agent.summary, parts.agent.place.at("summary")),
            docs=scope.link(agent.docs),
            command=agent.command,
        ),
        routes=tuple(routes),
        place=parts.guide.place,
    )


def _resolve_route(parts: GuideParts, index: int, site: SiteParts, gateway: model.Gateway, scope: Scope) -> model.Route:
    route = parts.agent.value.routes[index]
    place = parts.agent.place.at("routes", index)
    provider = parts.providers[route.provider]
    endpoint = _resolve_endpoint(provider, scope)
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
    tabs = resolve_tabs(route.tabs, place.at("tabs"), site.tabs, scope.report)
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
        endpoint=endpoint,
        auth=auth,
        variables=variables,
        removed=removed,
        tabs=site.default_tabs if tabs is None else tabs,
        config_files=resolve_config_files(parts.agent, index, scope),
    )
    texts = [*route.set.values(), *texts_in(parts.agent.value, route)]
    report_contradictions(texts, resolved, gateway, place, scope)
    return resolved


def _resolve_endpoint(provider: Located[schema.Provider], scope: Scope) -> Value:
    endpoint, place = provider.value.endpoint, provider.place.at("endpoint")
    path = scope.value(endpoint.path, place.at("path"))
    path_problem = path_breach(path.text, endpoint.trailing_slash)
    appended_problem = appended_breach(endpoint.client_appends, endpoint.trailing_slash)
    _report_breach(path_problem, place.at("path"), scope.report)
    _report_breach(appended_problem, place.at("client_appends"), scope.report)
    joined = Value((*scope.facts["gateway.base_url"].value.parts, *path.parts))
    if path_problem is None and appended_problem is None:
        _report_breach(joined_breach(joined.text, endpoint.client_appends), place.at("path"), scope.report)
    return joined


def _report_breach(breach: Breach | None, place: Place, report: Report) -> None:
    if breach is not None:
        report.error(breach.code, breach.headline, place, help=breach.help)


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
