"""Variables: what a route sets and removes."""

from collections.abc import Iterator

from guidewright import model, schema
from guidewright.diagnostics import Place, Report, nearest
from guidewright.model import Holds, Value, VariableReference
from guidewright.resolve.references import Fact, Scope, is_reference_to, references_in
from guidewright.schema import Located

# What a variable holds, by the reference in its value that says so. The first that occurs decides.
_HOLDS = {
    "endpoint": Holds.ENDPOINT,
    "credential": Holds.CREDENTIAL,
    "gateway.auth_header": Holds.GATEWAY_AUTH,
    "gateway.auth_value": Holds.GATEWAY_AUTH,
    "gateway.token": Holds.GATEWAY_TOKEN,
}


def resolve_variables(
    agent: Located[schema.Agent], index: int, scope: Scope
) -> tuple[tuple[model.Variable, ...], tuple[model.RemovedVariable, ...], Scope]:
    """Fill the variables of a route.

    Args:
        agent: whose route it is.
        index: of the route.
        scope: what values can refer to; its report receives what is wrong with them.

    Returns:
        The variables to set, those to remove, and the scope with ``env.NAME`` for each that is set.
    """
    route, place = agent.value.routes[index], agent.place.at("routes", index)
    _report_clashes(route, place, scope.report)
    variables: list[model.Variable] = []
    not_yet = {f"env.{name}": f"set {name} above the variable that refers to it" for name in route.set}
    scope = scope.with_advice(not_yet)
    for name, text in route.set.items():
        at_value = place.at("set", name)
        value = scope.value(text, at_value)
        described, described_at = _described(name, agent, route, at_value.key(), scope.report)
        first_run = described.first_run
        variables.append(
            model.Variable(
                name=name,
                value=value,
                holds=_holds(text, value, scope),
                purpose=scope.prose(described.purpose, described_at.at("purpose")),
                first_run=None if first_run is None else scope.prose(first_run, described_at.at("first_run")),
                place=at_value,
            )
        )
        scope = scope.with_facts({f"env.{name}": Fact.code(Value((VariableReference(name, value),)))})
    removed = []
    for position, name in enumerate(route.unset):
        at_name = place.at("unset", position)
        described, described_at = _described(name, agent, route, at_name, scope.report)
        purpose = scope.prose(described.purpose, described_at.at("purpose"))
        removed.append(model.RemovedVariable(name, purpose, at_name))
    return tuple(variables), tuple(removed), scope


def report_unused_variables(agent: Located[schema.Agent], report: Report) -> None:
    """Report variables that are described, but that no route sets or removes.

    Args:
        agent: the agent.
        report: receives the warnings.
    """
    used = {name for route in agent.value.routes for name in (*route.set, *route.unset)}
    for name in agent.value.variables:
        if name not in used:
            report.warn(
                "unset-variable",
                f"{name} is described, but no route sets it",
                agent.place.at("variables", name).key(),
                help="set it in a route, or delete it",
            )


def report_contrary_routes(agent: Located[schema.Agent], report: Report) -> None:
    """Report variables that one route sets and another removes: a page would tell its reader both.

    Args:
        agent: the agent.
        report: receives the errors.
    """
    set_by = {name: route.name for route in agent.value.routes for name in route.set}
    for index, route in enumerate(agent.value.routes):
        for position, name in enumerate(route.unset):
            if name in set_by and name not in route.set:
                report.error(
                    "set-and-unset",
                    f"the route of {set_by[name]} sets {name}, this one removes it",
                    agent.place.at("routes", index, "unset", position),
                    help="delete it here: the page tells how to undo a route before the reader takes another",
                )


def _described(
    name: str, agent: Located[schema.Agent], route: schema.Route, place: Place, report: Report
) -> tuple[schema.Variable, Place]:
    described = agent.value.variables.get(name)
    if described is None:
        # One that the route has, too, is another variable, however similar its name.
        meant = nearest(name, agent.value.variables.keys() - {*route.set, *route.unset})
        help_line = f"describe {name} under variables:"
        if meant is not None:
            help_line = f'did you mean "{meant}"? If not, {help_line}'
        report.error("undescribed-variable", f"{name} is used but not described", place, help=help_line)
        described = schema.Variable(purpose=name)
    return described, agent.place.at("variables", name)


def _holds(text: str, value: Value, scope: Scope) -> Holds:
    references = references_in(text)
    for reference in references:
        for fact, holds in _HOLDS.items():
            if is_reference_to(fact, reference):
                return holds
    if any(reference.startswith("env.") for reference in references):
        # With what the other variable holds, it may come to one of the same facts.
        for fact, holds in _HOLDS.items():
            values = (found.value for reference, found in scope.facts.items() if is_reference_to(fact, reference))
            if any(value.written_out == found.written_out for found in values):
                return holds
    if value.commands:
        return Holds.OUTPUT
    if not value.parts:
        return Holds.EMPTY
    return Holds.PLACEHOLDER if value.placeholders else Holds.LITERAL


def _report_clashes(route: schema.Route, place: Place, report: Report) -> None:
    """Report variables that are used twice, or that only differ in case: on Windows, those are one variable.

    https://learn.microsoft.com/windows/win32/procthread/environment-variables
    """
    first_by_folded: dict[str, str] = {}
    for name, at_name in _names(route, place):
        first = first_by_folded.setdefault(name.casefold(), name)
        if first != name:
            report.error(
                "variables-differ-in-case",
                f"{name} and {first} are one variable on Windows",
                at_name,
                help=f"write {first}, if they are one; a route can't use both",
            )
    for position, name in enumerate(route.unset):
        at_name = place.at("unset", position)
        if name in route.set:
            report.error("set-and-unset", f"{name} is set and removed", at_name, help="delete it here or under set:")
        elif name in route.unset[:position]:
            report.error("duplicate-variable", f"{name} is listed twice", at_name, help="delete it here")


def _names(route: schema.Route, place: Place) -> Iterator[tuple[str, Place]]:
    for name in route.set:
        yield name, place.at("set", name).key()
    for position, name in enumerate(route.unset):
        yield name, place.at("unset", position)
