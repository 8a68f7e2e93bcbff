"""Claims: what a hand-written passage takes for granted about a route."""

from collections.abc import Iterable, Iterator

from guidewright import model, schema
from guidewright.diagnostics import Diagnostic, Place, Report
from guidewright.resolve.islands import IslandText


def report_broken_claims(
    islands: Iterable[IslandText], route: model.Route, billers: frozenset[str], report: Report
) -> None:
    """Report passages that take for granted what the spec does not say.

    Args:
        islands: those that are about the route.
        route: the route.
        billers: who may bill for it: ``gateway``, ``provider`` or both.
        report: receives an error at the passage, which names the claim.
    """
    for island in islands:
        at_claims = island.at_island.at("claims")
        for headline, at_claim in _broken(island.island.claims, at_claims, route, billers):
            report.add(
                [
                    Diagnostic(
                        "broken-claim",
                        f"the passage takes for granted that {headline}",
                        island.at_text,
                        "rewrite the passage, then correct its claims",
                        origin=at_claim,
                    )
                ]
            )


def _broken(
    claims: schema.Claims, place: Place, route: model.Route, billers: frozenset[str]
) -> Iterator[tuple[str, Place]]:
    name = route.title
    holder = route.key_holder.value
    if claims.key_holder not in {None, holder}:
        yield f"the {claims.key_holder} holds the key of {name}: the {holder} does", place.at("key_holder")
    if claims.billed_by is not None and set(claims.billed_by) != billers:
        claimed, real = _either(claims.billed_by), _either(billers)
        yield f"{claimed} bills for {name}: {real} does", place.at("billed_by")
    for index, header in enumerate(claims.sends):
        if not route.sends_header(header):
            yield f"the header {header} is sent to {name}: it is not", place.at("sends", index)
    for index, variable in enumerate(claims.sets):
        if variable not in {found.name for found in route.variables}:
            yield f"{variable} is set for {name}: it is not", place.at("sets", index)


def _either(names: Iterable[str]) -> str:
    return " or ".join(f"the {name}" for name in sorted(set(names)))
