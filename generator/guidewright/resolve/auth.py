"""The auth model: who holds the provider's credential, and hence who bills and what the reader needs."""

from collections.abc import Collection

from guidewright import model, schema
from guidewright.diagnostics import Place, did_you_mean
from guidewright.model import KeyHolder, Placeholder, Value
from guidewright.resolve.references import Scope
from guidewright.schema import Located

# Stands in where the spec's own was reported.
UNKNOWN_TOKEN = Placeholder("TOKEN", "token", "token", secret=True, hint=None, docs=None)


def resolve_gateway_token(text: str, auth_value: Value, place: Place, scope: Scope) -> Placeholder:
    """Find the secret by which the gateway knows the caller.

    Args:
        text: the value of the gateway's auth header as the spec gives it.
        auth_value: the same with its references filled.
        place: where the spec gives it.
        scope: its report receives ``no-gateway-token`` where there is not exactly one secret.

    Returns:
        The placeholder; ``UNKNOWN_TOKEN`` where it was reported.
    """
    secrets = [placeholder for placeholder in auth_value.placeholders if placeholder.secret]
    if len(secrets) == 1:
        return secrets[0]
    if scope.is_sound(text):
        scope.report.error(
            "no-gateway-token",
            f"auth value refers to {len(secrets)} secret placeholders instead of one",
            place,
            help="refer to one placeholder that is marked secret: true, for example: Bearer {{ gateway_token }}",
        )
    return UNKNOWN_TOKEN


def sends_token(references: Collection[str], gateway: model.Gateway) -> bool:
    """Whether one of the references of a route's texts is to the secret by which the gateway knows the caller."""
    names = {"gateway.auth_header", "gateway.auth_value", "gateway.token"}
    command = None if gateway.auth is None else gateway.auth.token_command
    if command is not None:
        names |= {f"output.{command}", f"command.{command}"}
    return not names.isdisjoint(references)


def resolve_auth(
    route: schema.Route,
    place: Place,
    gateway: Located[schema.Gateway],
    provider: Located[schema.Provider],
    scope: Scope,
) -> model.AuthModel:
    """Derive who authenticates what on a route.

    Args:
        route: names the credential sources it offers.
        place: where the spec defines the route.
        gateway: defines the credential sources.
        provider: says which of them work for it.
        scope: the facts that the sources' prose may refer to.

    Returns:
        The auth model; of the valid sources where one was reported.
    """
    report = scope.report
    # All of them, so that a mistake in one that no route offers yet is found today.
    sources = {
        name: _resolve_source(name, source, gateway, provider, scope)
        for name, source in gateway.value.credential_sources.items()
    }
    offered = []
    for index, name in enumerate(route.credentials):
        at_name = place.at("credentials", index)
        source = gateway.value.credential_sources.get(name)
        if name in route.credentials[:index]:
            report.error(
                "duplicate-credential-source", f'credential source "{name}" is listed twice', at_name, help="delete one"
            )
        elif source is None:
            report.error(
                "unknown-credential-source",
                f'unknown credential source "{name}"',
                at_name,
                help=did_you_mean(name, gateway.value.credential_sources),
            )
        elif name not in provider.value.credential.sources:
            report.error(
                "unsupported-credential-source",
                f'credential source "{name}" does not work for {provider.value.name}',
                at_name,
                help=f"use one of: {', '.join(provider.value.credential.sources)}, or add it in {provider.place.file}",
            )
        else:
            offered.append((name, source))
    holders = {source.key_holder for _, source in offered}
    if len(holders) > 1:
        report.error(
            "mixed-key-holders",
            "credential sources have different key holders",
            place.at("credentials"),
            help="offer only sources with the same key_holder, so that one snippet fits all of them",
        )
    return model.AuthModel(
        key_holder=KeyHolder.CALLER if holders == {"caller"} else KeyHolder.GATEWAY,
        sources=tuple(sources[name] for name, _ in offered),
    )


def _resolve_source(
    name: str,
    source: schema.CredentialSource,
    gateway: Located[schema.Gateway],
    provider: Located[schema.Provider],
    scope: Scope,
) -> model.CredentialSource:
    place = gateway.place.at("credential_sources", name)
    if source.key_holder == "gateway" and source.need is None:
        scope.report.error(
            "missing-need",
            f'credential source "{name}" does not say what the reader needs',
            place.key(),
            help="add need: with words that can stand in the list of prerequisites",
        )
    return model.CredentialSource(
        name=source.name,
        biller=_biller(source, gateway.value, provider.value),
        need=None if source.need is None else scope.prose(source.need, place.at("need")),
        docs=scope.optional_link(source.docs),
    )


def _biller(source: schema.CredentialSource, gateway: schema.Gateway, provider: schema.Provider) -> str | None:
    vendors = {"gateway": gateway.vendor, "provider": provider.vendor}
    return None if source.billed_by is None else vendors[source.billed_by]
