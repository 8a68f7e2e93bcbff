"""What a route sets against what its page says of it: who is told what, and where requests go."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from guidewright import model
from guidewright.diagnostics import Place, Report
from guidewright.model import Holds, KeyHolder
from guidewright.resolve.auth import UNKNOWN_TOKEN, sends_token
from guidewright.resolve.references import Scope, references_in


def report_contradictions(texts: Sequence[str], route: model.Route, place: Place, scope: Scope) -> None:
    """Report where a route's variables and files don't do what its sentences say.

    Args:
        texts: what its variables and then its files hold, as the spec gives it.
        route: its upstreams, variables and files.
        place: where the spec defines it.
        scope: knows the references; its report receives the findings.
    """
    if not all(scope.is_sound(text) for text in texts):
        return
    endpoints = [upstream.endpoint for upstream in route.upstreams]
    own_keys = {provider.own_key for provider in route.providers if provider.own_key is not None}
    for variable, text in zip(route.variables, texts, strict=False):
        _report_written_out(text, route, variable.place, scope.report)
        if variable.holds is Holds.ENDPOINT and variable.value.written_out not in endpoints:
            scope.report.error(
                "extended-endpoint",
                f"{variable.name} holds more than the endpoint",
                variable.place,
                help='write "{{ endpoint }}" alone; if clients append different things, say what this one does: '
                "client_appends:",
            )
        if route.key_holder is KeyHolder.GATEWAY and not own_keys.isdisjoint(variable.value.placeholders):
            scope.report.error(
                "retired-credential",
                f"{variable.name} holds the caller's own key, but the gateway holds it on this route",
                variable.place,
                help='write "{{ credential }}", or list credential sources whose key_holder is caller',
            )
    _report_unsent(texts, route, place, scope)


def _report_unsent(texts: Sequence[str], route: model.Route, place: Place, scope: Scope) -> None:
    """Report an endpoint, token or credential that nothing of the route holds."""
    gateway = route.gateway
    own_keys = {provider.own_key for provider in route.providers if provider.own_key is not None}
    held = set(route.placeholders)
    at_set = place.at("set").key()
    sent = {reference for text in texts for reference in references_in(text)}
    if not route.knows_endpoint:
        for reference in (found for found in scope.facts if found.partition(".")[0] == "endpoint"):
            if reference not in sent:
                help_line = f'set the variable that takes the address to "{{{{ {reference} }}}}"'
                headline = f"no variable of the route holds the {_in_words(reference)}"
                scope.report.error("endpoint-not-set", headline, at_set, help=help_line)
    token = None if gateway.auth is None else gateway.auth.token
    is_sent = sends_token(sent, gateway) or token in held
    if not is_sent and token is not None and token is not UNKNOWN_TOKEN:
        help_line = 'set the variable that takes headers to "{{ gateway.auth_header }}"'
        scope.report.error("token-not-sent", f"no variable sends {token.token}", at_set, help=help_line)
    if route.key_holder is KeyHolder.CALLER:
        for credential in sorted(own_keys - held, key=lambda key: key.name):
            help_line = f'set the variable that takes the key to "{{{{ {_reference_to(credential, scope)} }}}}"'
            scope.report.error("credential-not-sent", f"no variable sends {credential.token}", at_set, help=help_line)


def _in_words(reference: str) -> str:
    """What a reference to an endpoint is called in a sentence."""
    fact, _, provider = reference.partition(".")
    return f"{fact} of {provider}" if provider else fact


def _reference_to(credential: model.Placeholder, scope: Scope) -> str:
    facts = scope.facts.items()
    return next(name for name, fact in facts if name.startswith("credential") and credential in fact.value.placeholders)


def _report_written_out(text: str, route: model.Route, place: Place, report: Report) -> None:
    # All of them are below the gateway's own address.
    host = urlsplit(route.upstreams[0].endpoint.text).netloc
    facts = [(host, "endpoint")]
    if route.gateway.auth is not None:
        facts.append((route.gateway.auth.header, "gateway.auth_header"))
    for fact, reference in facts:
        if fact.lower() in text.lower():
            report.error(
                "written-out-fact",
                f"{fact} is written out",
                place,
                help=f'write "{{{{ {reference} }}}}", so that it stands in one place',
            )
