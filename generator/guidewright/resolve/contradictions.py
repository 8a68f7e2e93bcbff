"""What a route has the reader copy against what its page says of it: who is told what, and where requests go."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from guidewright import model
from guidewright.diagnostics import Place, nearest
from guidewright.model import KeyHolder, Value
from guidewright.resolve.auth import UNKNOWN_TOKEN, sends_token
from guidewright.resolve.copied import CopiedText, references_of
from guidewright.resolve.references import Scope, is_reference_to, references_in

_VARIABLE_NAME = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
# How much of a name must be right for it to be taken for that of a variable, misspelt.
_MISSPELT = 0.85


def report_contradictions(texts: Sequence[CopiedText], route: model.Route, place: Place, scope: Scope) -> None:
    """Report where the texts of a route don't do what its sentences say.

    Args:
        texts: what the reader copies.
        route: its upstreams, and all placeholders of those texts.
        place: where the spec defines it.
        scope: knows the references; its report receives the findings.
    """
    if all(scope.is_sound(found.text) for found in texts):
        for found in texts:
            if not scope.words_of_command(found.text, found.place):
                value = scope.value(found.text, found.place)
                _report_written_out(found, route, scope)
                _report_extended(found, value.written_out, route, scope)
                _report_retired(found, value, route, scope)
                _report_misspelt(found, route, scope)
        _report_unsent(texts, route, place, scope)


def _own_keys(route: model.Route) -> set[model.Placeholder]:
    return {provider.own_key for provider in route.providers if provider.own_key is not None}


def _references_to(fact: str, scope: Scope) -> Iterator[str]:
    """The references to a fact of providers: ``endpoint`` or, where there are several, ``endpoint.north`` and so on."""
    return (name for name in scope.facts if is_reference_to(fact, name))


def _report_written_out(found: CopiedText, route: model.Route, scope: Scope) -> None:
    # All of them are below the gateway's own address.
    host = urlsplit(route.upstreams[0].endpoint.text).netloc
    facts = [(host, next(_references_to("endpoint", scope)))]
    if route.gateway.auth is not None:
        is_name_alone = found.text.lower() == route.gateway.auth.header.lower()
        facts.append((route.gateway.auth.header, "gateway.header" if is_name_alone else "gateway.auth_header"))
    for fact, reference in facts:
        if fact.lower() in found.text.lower():
            scope.report.error(
                "written-out-fact",
                f"{fact} is written out",
                found.place,
                help=f'write "{{{{ {reference} }}}}", so that it stands in one place',
            )


def _report_extended(found: CopiedText, value: Value, route: model.Route, scope: Scope) -> None:
    references = set(references_in(found.text)).intersection(_references_to("endpoint", scope))
    endpoints = [upstream.endpoint for upstream in route.upstreams]
    # In a command or a file, an address may stand behind something else, such as an option.
    is_address = bool(found.variable) or any(value.text.startswith(endpoint.text) for endpoint in endpoints)
    if references and is_address and value not in endpoints:
        scope.report.error(
            "extended-endpoint",
            f"{found.variable or 'this'} holds more than the endpoint",
            found.place,
            help=f'write "{{{{ {min(references)} }}}}" alone; if clients append different things, say what this one '
            "does: client_appends:",
        )


def _report_retired(found: CopiedText, value: Value, route: model.Route, scope: Scope) -> None:
    if route.key_holder is KeyHolder.GATEWAY and not _own_keys(route).isdisjoint(value.placeholders):
        reference = next(_references_to("credential", scope), "gateway.token")
        scope.report.error(
            "retired-credential",
            f"{found.variable or 'this'} holds the caller's own key, but the gateway holds it on this route",
            found.place,
            help=f'write "{{{{ {reference} }}}}", or list credential sources whose key_holder is caller',
        )


def _report_misspelt(found: CopiedText, route: model.Route, scope: Scope) -> None:
    """Report a file that has the agent read a variable, but not by the name that the route sets."""
    names = [variable.name for variable in route.variables]
    for match in _VARIABLE_NAME.finditer(found.text) if not found.variable else ():
        meant = nearest(match[0], names, cutoff=_MISSPELT)
        if meant is not None and match[0] not in names:
            scope.report.error(
                "misspelt-variable",
                f"the route sets no {match[0]}",
                replace(found.place, token=match[0]),
                help=f'did you mean "{meant}"?',
            )


def _report_unsent(texts: Sequence[CopiedText], route: model.Route, place: Place, scope: Scope) -> None:
    """Report an endpoint, token or credential that nothing of the route holds."""
    held, sent = set(route.placeholders), references_of(texts)
    at_set = place.at("set").key()
    if not route.knows_endpoint:
        # Providers may share one.
        reached = [scope.facts[name].value for name in _references_to("endpoint", scope) if name in sent]
        for reference in _references_to("endpoint", scope):
            if scope.facts[reference].value not in reached:
                help_line = f'set the variable that takes the address to "{{{{ {reference} }}}}"'
                headline = f"no variable of the route holds the {_in_words(reference)}"
                scope.report.error("endpoint-not-set", headline, at_set, help=help_line)
    token = None if route.gateway.auth is None else route.gateway.auth.token
    is_sent = sends_token(sent, route.gateway) or token in held
    if not is_sent and token is not None and token is not UNKNOWN_TOKEN:
        help_line = 'set the variable that takes headers to "{{ gateway.auth_header }}"'
        scope.report.error("token-not-sent", f"no variable sends {token.token}", at_set, help=help_line)
    if route.key_holder is KeyHolder.CALLER:
        for reference in _references_to("credential", scope):
            for credential in scope.facts[reference].value.placeholders:
                if credential in _own_keys(route) - held:
                    help_line = f'set the variable that takes the key to "{{{{ {reference} }}}}"'
                    headline = f"no variable sends {credential.token}"
                    scope.report.error("credential-not-sent", headline, at_set, help=help_line)


def _in_words(reference: str) -> str:
    """What a reference to an endpoint is called in a sentence."""
    fact, _, provider = reference.partition(".")
    return f"{fact} of {provider}" if provider else fact
