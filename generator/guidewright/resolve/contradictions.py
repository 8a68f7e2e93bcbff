"""What a route sets against what its page says of it: who is told what, and where requests go."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from guidewright import model
from guidewright.diagnostics import Place, Report
from guidewright.model import Holds, KeyHolder, Placeholder, Value
from guidewright.resolve.auth import UNKNOWN_TOKEN
from guidewright.resolve.references import Scope, references_in


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """What the sentences about a route rely on.

    Attributes:
        endpoint: the provider's address behind the gateway.
        header: the header by which the gateway knows the caller.
        token: the secret in that header.
        provider_credential: the placeholder of the provider's own credential; None where the caller never sends it.
    """

    endpoint: Value
    header: str
    token: Placeholder
    provider_credential: Placeholder | None


def report_contradictions(
    texts: Sequence[str], route: model.Route, facts: RouteFacts, place: Place, scope: Scope
) -> None:
    """Report where a route's variables and files don't do what its sentences say.

    Args:
        texts: what its variables and then its files hold, as the spec gives it.
        route: its auth model, variables and files.
        facts: what its sentences rely on.
        place: where the spec defines it.
        scope: knows the references; its report receives the findings.
    """
    if not all(scope.is_sound(text) for text in texts):
        return
    for variable, text in zip(route.variables, texts, strict=False):
        _report_written_out(text, facts, variable.place, scope.report)
        if variable.holds is Holds.ENDPOINT and variable.value.written_out != facts.endpoint:
            scope.report.error(
                "extended-endpoint",
                f"{variable.name} holds more than the endpoint",
                variable.place,
                help='write "{{ endpoint }}" alone; what belongs to the address goes into the provider\'s path',
            )
        if route.auth.key_holder is KeyHolder.GATEWAY and facts.provider_credential in variable.value.placeholders:
            scope.report.error(
                "retired-credential",
                f"{variable.name} holds the caller's own key, but the gateway holds it on this route",
                variable.place,
                help='write "{{ credential }}", or list credential sources whose key_holder is caller',
            )
    held = set(route.placeholders)
    at_set = place.at("set").key()
    if not any("endpoint" in references_in(text) for text in texts):
        help_line = 'set the variable that takes the address to "{{ endpoint }}"'
        scope.report.error("endpoint-not-set", "no variable of the route holds the endpoint", at_set, help=help_line)
    if facts.token not in held and facts.token is not UNKNOWN_TOKEN:
        help_line = 'set the variable that takes headers to "{{ gateway.auth_header }}"'
        scope.report.error("token-not-sent", f"no variable sends {facts.token.token}", at_set, help=help_line)
    credential = facts.provider_credential
    if route.auth.key_holder is KeyHolder.CALLER and credential is not None and credential not in held:
        help_line = 'set the variable that takes the key to "{{ credential }}"'
        scope.report.error("credential-not-sent", f"no variable sends {credential.token}", at_set, help=help_line)


def _report_written_out(text: str, facts: RouteFacts, place: Place, report: Report) -> None:
    host = urlsplit(facts.endpoint.text).netloc
    for fact, reference in ((host, "endpoint"), (facts.header, "gateway.auth_header")):
        if fact.lower() in text.lower():
            report.error(
                "written-out-fact",
                f"{fact} is written out",
                place,
                help=f'write "{{{{ {reference} }}}}", so that it stands in one place',
            )
