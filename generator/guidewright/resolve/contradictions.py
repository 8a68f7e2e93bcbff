"""What a route sets against what its page says of it: who is told what, and where requests go."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from guidewright import model
from guidewright.diagnostics import Place, Report
from guidewright.model import Holds, KeyHolder
from guidewright.resolve.auth import UNKNOWN_TOKEN
from guidewright.resolve.references import Scope, references_in


def report_contradictions(
    texts: Sequence[str], route: model.Route, gateway: model.Gateway, place: Place, scope: Scope
) -> None:
    """Report where a route's variables and files don't do what its sentences say.

    Args:
        texts: what its variables and then its files hold, as the spec gives it.
        route: its auth model, endpoint, variables and files.
        gateway: how it knows the caller.
        place: where the spec defines it.
        scope: knows the references; its report receives the findings.
    """
    if not all(scope.is_sound(text) for text in texts):
        return
    for variable, text in zip(route.variables, texts, strict=False):
        _report_written_out(text, route, gateway.header, variable.place, scope.report)
        if variable.holds is Holds.ENDPOINT and variable.value.written_out != route.endpoint:
            scope.report.error(
                "extended-endpoint",
                f"{variable.name} holds more than the endpoint",
                variable.place,
                help='write "{{ endpoint }}" alone; what belongs to the address goes into the provider\'s path',
            )
        if route.auth.key_holder is KeyHolder.GATEWAY and route.provider.own_key in variable.value.placeholders:
            scope.report.error(
                "retired-credential",
                f"{variable.name} holds the caller's own key, but the gateway holds it on this route",
                variable.place,
                help='write "{{ credential }}", or list credential sources whose key_holder is caller',
            )
    held = set(route.placeholders)
    at_set = place.at("set").key()
    if not (route.knows_endpoint or any("endpoint" in references_in(text) for text in texts)):
        help_line = 'set the variable that takes the address to "{{ endpoint }}"'
        scope.report.error("endpoint-not-set", "no variable of the route holds the endpoint", at_set, help=help_line)
    sent = {reference for text in texts for reference in references_in(text)}
    is_printed = gateway.token_command is not None and f"output.{gateway.token_command}" in sent
    if not is_printed and gateway.token not in held and gateway.token is not UNKNOWN_TOKEN:
        help_line = 'set the variable that takes headers to "{{ gateway.auth_header }}"'
        scope.report.error("token-not-sent", f"no variable sends {gateway.token.token}", at_set, help=help_line)
    credential = route.provider.own_key
    if route.auth.key_holder is KeyHolder.CALLER and credential is not None and credential not in held:
        help_line = 'set the variable that takes the key to "{{ credential }}"'
        scope.report.error("credential-not-sent", f"no variable sends {credential.token}", at_set, help=help_line)


def _report_written_out(text: str, route: model.Route, header: str, place: Place, report: Report) -> None:
    host = urlsplit(route.endpoint.text).netloc
    for fact, reference in ((host, "endpoint"), (header, "gateway.auth_header")):
        if fact.lower() in text.lower():
            report.error(
                "written-out-fact",
                f"{fact} is written out",
                place,
                help=f'write "{{{{ {reference} }}}}", so that it stands in one place',
            )
