"""Upstreams: the providers that a route's requests go on to, each at its address behind the gateway."""

from collections.abc import Mapping

from guidewright import model, schema
from guidewright.diagnostics import Place, Report, did_you_mean
from guidewright.model import KeyHolder, Placeholder, Value
from guidewright.resolve.auth import resolve_auth
from guidewright.resolve.endpoints import (
    appended_breach,
    joined_breach,
    path_before,
    path_breach,
    report_breach,
)
from guidewright.resolve.gateway import find_endpoint
from guidewright.resolve.references import Fact, Scope, is_reference_to
from guidewright.schema import Located


def resolve_upstreams(
    agent: Located[schema.Agent],
    index: int,
    gateway: Located[schema.Gateway],
    providers: Mapping[str, Located[schema.Provider]],
    scope: Scope,
) -> tuple[tuple[model.Upstream, ...], Scope]:
    """Find where a route's requests go, and what they are let in with.

    Args:
        agent: whose route it is.
        index: of the route.
        gateway: what it goes through.
        providers: by the name that routes use; at least one of the route's is among them.
        scope: what texts can refer to of the gateway; its report receives what does not fit together.

    Returns:
        The upstreams, in the order in which the route names them, and the scope with the facts of each: as
        ``endpoint``, where there is only one, or else as ``endpoint.NAME``.
    """
    names = agent.value.routes[index].provider_names
    upstreams = []
    facts: dict[str, Fact] = {}
    advice: dict[str, str] = {}
    for name in names:
        if name not in providers:
            continue
        upstream, own_facts = _resolve_upstream(agent, index, gateway, providers[name], scope)
        upstreams.append(upstream)
        if len(names) == 1:
            facts |= own_facts
        else:
            facts |= {_of_one(fact, name): value for fact, value in own_facts.items()}
            for fact in own_facts:
                advice.setdefault(fact, f"say of which provider: {{{{ {_of_one(fact, name)} }}}}")
    if not any(is_reference_to("credential", fact) for fact in facts):
        advice["credential"] = "leave it out: the gateway asks for no token, and nobody asks for the provider's key"
    return tuple(upstreams), scope.with_facts(facts).with_advice(advice)


def report_unknown_clients(agent: Located[schema.Agent], report: Report) -> None:
    """Report what an agent appends to the endpoints of providers that none of its routes leads to.

    Args:
        agent: the agent.
        report: receives the errors.
    """
    names = dict.fromkeys(name for route in agent.value.routes for name in route.provider_names)
    for name in agent.value.client_appends:
        if name not in names:
            report.error(
                "unknown-provider",
                f'no route leads to "{name}"',
                agent.place.at("client_appends", name).key(),
                help=did_you_mean(name, names) or "delete it",
            )


def _of_one(fact: str, provider: str) -> str:
    """What a fact of a provider is called where there are several: ``endpoint.north``, ``provider.north.name``."""
    first, *rest = fact.split(".")
    return ".".join((first, provider, *rest))


def _resolve_upstream(
    agent: Located[schema.Agent],
    index: int,
    gateway: Located[schema.Gateway],
    provider: Located[schema.Provider],
    scope: Scope,
) -> tuple[model.Upstream, Mapping[str, Fact]]:
    spec, route = provider.value, agent.value.routes[index]
    endpoint = _resolve_endpoint(agent, *find_endpoint(gateway, route.surface, provider), spec.provider, scope)
    facts = {
        "endpoint": Fact.code(endpoint),
        "provider.name": Fact.name(spec.name),
        "provider.vendor": Fact.name(spec.vendor),
        "provider.credential": Fact.name(spec.credential.name),
    }
    own_key = spec.credential.placeholder
    resolved = model.Provider(
        name=spec.name,
        vendor=spec.vendor,
        docs=scope.link(spec.docs),
        credential=spec.credential.name,
        credential_aliases=tuple(spec.credential.aliases),
        own_key=scope.facts[own_key].value.placeholders[0] if own_key in spec.placeholders else None,
    )
    place = agent.place.at("routes", index)
    auth = resolve_auth(route, place, gateway, provider, scope.with_facts(facts))
    token = scope.facts.get("gateway.token")
    own = _caller_credential(provider, scope) if auth.key_holder is KeyHolder.CALLER else None
    credential = token if own is None else Fact.code(Value((own,)))
    if credential is not None:
        facts["credential"] = credential
    return model.Upstream(resolved, endpoint, auth), facts


def _resolve_endpoint(
    agent: Located[schema.Agent], endpoint: schema.Endpoint, place: Place, provider: str, scope: Scope
) -> Value:
    path = scope.value(endpoint.path, place.at("path"))
    path_problem = path_breach(path.text, endpoint.trailing_slash)
    appended_problem = appended_breach(endpoint.client_appends, endpoint.trailing_slash)
    report_breach(path_problem, place.at("path"), scope.report)
    report_breach(appended_problem, place.at("client_appends"), scope.report)
    base_url = scope.facts["gateway.base_url"].value
    if path_problem is None and appended_problem is None:
        others = f"{base_url.text}{path.text}"
        report_breach(joined_breach(others, endpoint.client_appends), place.at("path"), scope.report)
        appends = agent.value.client_appends.get(provider)
        if appends is not None:
            path, problem = path_before(appends, path, endpoint.client_appends)
            report_breach(problem, agent.place.at("client_appends", provider), scope.report)
    return Value((*base_url.parts, *path.parts)).written_out


def _caller_credential(provider: Located[schema.Provider], scope: Scope) -> Placeholder | None:
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
