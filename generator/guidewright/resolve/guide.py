"""One guide: an agent's routes through a gateway."""

from collections.abc import Mapping
from dataclasses import dataclass

from guidewright import model, schema
from guidewright.diagnostics import Place, Report, did_you_mean
from guidewright.model import Holds, KeyHolder, Value
from guidewright.resolve.auth import resolve_auth, resolve_gateway_token
from guidewright.resolve.contradictions import RouteFacts, report_contradictions
from guidewright.resolve.endpoints import Breach, appended_breach, base_url_breach, joined_breach, path_breach
from guidewright.resolve.placeholders import resolve_placeholders
from guidewright.resolve.references import Fact, Scope, references_in
from guidewright.schema import Located

# What a variable holds, by the reference in its value that says so. The first that occurs decides.
_HOLDS = {
    "endpoint": Holds.ENDPOINT,
    "credential": Holds.CREDENTIAL,
    "gateway.auth_header": Holds.GATEWAY_AUTH,
    "gateway.auth_value": Holds.GATEWAY_AUTH,
}


@dataclass(frozen=True, slots=True)
class GuideParts:
    """The spec files that a guide is made from; ``providers`` by the name that routes use."""

    guide: Located[schema.Guide]
    gateway: Located[schema.Gateway]
    agent: Located[schema.Agent]
    providers: Mapping[str, Located[schema.Provider]]


def resolve_guide(parts: GuideParts, docs_url: str, report: Report) -> model.Guide:
    """Bring the parts of a guide together.

    Args:
        parts: the spec files it is made from.
        docs_url: the documentation site's address.
        report: receives everything that does not fit together.

    Returns:
        The guide; where something was reported, only good enough to go on looking for problems.
    """
    gateway, agent = parts.gateway.value, parts.agent.value
    scope = Scope(docs_url, report).with_facts(
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
    _report_breach(base_url_breach(base_url.text), base_url_place, report)
    token = resolve_gateway_token(gateway.auth.value, auth_value, parts.gateway.place.at("auth", "value"), scope)
    routes = [
        _resolve_route(parts, index, base_url, token, scope)
        for index, route in enumerate(agent.routes)
        if route.provider in parts.providers
    ]
    _report_unset_variables(parts.agent, report)
    return model.Guide(
        path=parts.guide.value.path,
        order=parts.guide.value.order,
        gateway=model.Gateway(
            name=gateway.name,
            vendor=gateway.vendor,
            summary=scope.prose(gateway.summary, parts.gateway.place.at("summary")),
            docs=scope.link(gateway.docs),
            header=gateway.auth.header,
            token=token,
            verify=scope.link(gateway.verify),
        ),
        agent=model.Agent(
            name=agent.name,
            summary=scope.prose(agent.summary, parts.agent.place.at("summary")),
            docs=scope.link(agent.docs),
            command=agent.command,
        ),
        routes=tuple(routes),
        place=parts.guide.place,
    )


def _resolve_route(
    parts: GuideParts, index: int, base_url: Value, token: model.Placeholder, scope: Scope
) -> model.Route:
    route = parts.agent.value.routes[index]
    place = parts.agent.place.at("routes", index)
    provider = parts.providers[route.provider]
    endpoint = _resolve_endpoint(provider, base_url, scope)
    scope = scope.with_facts(
        {
            "endpoint": Fact.code(endpoint),
            "provider.name": Fact.name(provider.value.name),
            "provider.vendor": Fact.name(provider.value.vendor),
            "provider.credential": Fact.name(provider.value.credential.name),
        }
    )
    auth = resolve_auth(route, place, parts.gateway, provider, scope)
    credential = token
    if auth.key_holder is KeyHolder.CALLER:
        credential = _caller_credential(provider, scope) or token
    scope = scope.with_facts({"credential": Fact.code(Value((credential,)))})
    resolved = model.Route(
        provider=model.Provider(
            name=provider.value.name,
            vendor=provider.value.vendor,
            docs=scope.link(provider.value.docs),
            credential=provider.value.credential.name,
        ),
        auth=auth,
        variables=tuple(
            _resolve_variable(name, text, parts.agent, place.at("set", name), scope) for name, text in route.set.items()
        ),
    )
    own_credential = scope.facts.get(provider.value.credential.placeholder or "")
    facts = RouteFacts(
        endpoint=endpoint,
        header=parts.gateway.value.auth.header,
        token=token,
        provider_credential=own_credential.value.placeholders[0] if own_credential else None,
    )
    report_contradictions(route, resolved, facts, place, scope)
    return resolved


def _resolve_endpoint(provider: Located[schema.Provider], base_url: Value, scope: Scope) -> Value:
    endpoint, place = provider.value.endpoint, provider.place.at("endpoint")
    path = scope.value(endpoint.path, place.at("path"))
    path_problem = path_breach(path.text, endpoint.trailing_slash)
    appended_problem = appended_breach(endpoint.client_appends, endpoint.trailing_slash)
    _report_breach(path_problem, place.at("path"), scope.report)
    _report_breach(appended_problem, place.at("client_appends"), scope.report)
    joined = Value((*base_url.parts, *path.parts))
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


def _resolve_variable(name: str, text: str, agent: Located[schema.Agent], place: Place, scope: Scope) -> model.Variable:
    value = scope.value(text, place)
    described = agent.value.variables.get(name)
    if described is None:
        scope.report.error(
            "undescribed-variable",
            f"{name} is set but not described",
            place.key(),
            help=did_you_mean(name, agent.value.variables) or f"add {name} under variables:",
        )
        described = schema.Variable(purpose=name)
    described_at = agent.place.at("variables", name)
    first_run = described.first_run
    return model.Variable(
        name=name,
        value=value,
        holds=_holds(text, value),
        purpose=scope.prose(described.purpose, described_at.at("purpose")),
        first_run=None if first_run is None else scope.prose(first_run, described_at.at("first_run")),
        place=place,
    )


def _holds(text: str, value: Value) -> Holds:
    for reference in references_in(text):
        if reference in _HOLDS:
            return _HOLDS[reference]
    return Holds.PLACEHOLDER if value.placeholders else Holds.LITERAL


def _report_unset_variables(agent: Located[schema.Agent], report: Report) -> None:
    set_somewhere = {name for route in agent.value.routes for name in route.set}
    for name in agent.value.variables:
        if name not in set_somewhere:
            report.warn(
                "unset-variable",
                f"{name} is described, but no route sets it",
                agent.place.at("variables", name).key(),
                help="set it in a route, or delete it",
            )
