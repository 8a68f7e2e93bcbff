"""The gateway, at one of its addresses."""

import re

from guidewright import model, schema
from guidewright.diagnostics import Place
from guidewright.model import Value
from guidewright.resolve.auth import resolve_gateway_token
from guidewright.resolve.endpoints import base_url_breach, report_breach
from guidewright.resolve.references import Fact, Scope
from guidewright.schema import Located

_FACTS_OF_AUTH = ("gateway.header", "gateway.auth_header", "gateway.auth_value", "gateway.auth_scheme", "gateway.token")
_AUTH_SCHEME = re.compile(r"([A-Za-z][\w.-]*) +", re.ASCII)


def resolve_gateway(gateway: Located[schema.Gateway], surface: str | None, scope: Scope) -> tuple[model.Gateway, Scope]:
    """Say what the gateway is at an address.

    Args:
        gateway: the gateway.
        surface: the name of one of its surfaces; None for its own address.
        scope: what its texts can refer to; its report receives what is wrong with them.

    Returns:
        The gateway, and the scope with what texts can refer to of it.
    """
    spec, place = gateway.value, gateway.place
    at: schema.Gateway | schema.Surface = spec if surface is None else spec.surfaces[surface]
    at_place = place if surface is None else place.at("surfaces", surface)
    written, written_at = (at.base_url, at_place) if at.base_url else (spec.base_url, place)
    base_url = scope.value(written, written_at.at("base_url"))
    report_breach(base_url_breach(base_url.text), written_at.at("base_url"), scope.report)
    scope = scope.with_facts({"gateway.base_url": Fact.code(base_url)})
    auth = None
    if at.auth is None:
        help_line = f"leave it out: the gateway asks for no token; if it does, add auth: to {place.file}"
        scope = scope.with_advice(dict.fromkeys(_FACTS_OF_AUTH, help_line))
    else:
        auth, facts = _resolve_auth(at.auth, at_place.at("auth"), scope)
        scope = scope.with_facts(facts)
    resolved = model.Gateway(
        name=spec.name,
        vendor=spec.vendor,
        summary=scope.prose(spec.summary, place.at("summary")),
        docs=scope.link(spec.docs),
        base_url=base_url,
        auth=auth,
        verify=scope.link(spec.verify),
    )
    return resolved, scope


def _resolve_auth(auth: schema.GatewayAuth, place: Place, scope: Scope) -> tuple[model.GatewayAuth, dict[str, Fact]]:
    value = scope.value(auth.value, place.at("value"))
    token = resolve_gateway_token(auth.value, value, place.at("value"), scope)
    facts = {
        "gateway.header": Fact.code(Value((auth.header,))),
        "gateway.auth_value": Fact.code(value),
        "gateway.auth_header": Fact.code(Value((f"{auth.header}: ", *value.parts))),
        "gateway.token": Fact.code(Value((token,))),
    }
    name = auth.name or token.label
    return model.GatewayAuth(name, auth.header, token, auth.command), facts | _auth_scheme(value)


def _auth_scheme(auth_value: Value) -> dict[str, Fact]:
    """The word before the secret, where there is one: https://www.rfc-editor.org/rfc/rfc9110#section-11.1."""
    first = auth_value.parts[0] if auth_value.parts else None
    scheme = _AUTH_SCHEME.fullmatch(first) if isinstance(first, str) else None
    return {} if scheme is None else {"gateway.auth_scheme": Fact.code(Value((scheme[1],)))}


def find_endpoint(
    gateway: Located[schema.Gateway], surface: str | None, provider: Located[schema.Provider]
) -> tuple[schema.Endpoint, Place]:
    """Find what a client meets at an address: the endpoint of the surface, or else of the provider."""
    if surface in gateway.value.surfaces:
        own = gateway.value.surfaces[surface].endpoint
        if own is not None:
            return own, gateway.place.at("surfaces", surface, "endpoint")
    return provider.value.endpoint, provider.place.at("endpoint")
