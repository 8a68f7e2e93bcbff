"""Terms: what things are called, and that no name is wanted and ruled out at once."""

from collections.abc import Mapping, Sequence

from guidewright import model
from guidewright.diagnostics import Place, Report


def resolve_terms(terms: Mapping[str, Sequence[str]], place: Place, report: Report) -> tuple[model.Term, ...]:
    """Read the site's terms.

    Args:
        terms: for each term, the names that take its place nowhere.
        place: where ``site.yaml`` lists them.
        report: receives terms that are there twice, names that are ruled out twice, and terms that are ruled out.

    Returns:
        The terms, in their order.
    """
    term_by_key: dict[str, str] = {}
    for term in terms:
        first = term_by_key.setdefault(_key(term), term)
        if first != term:
            help_line = f'put its names under "{first}": capitals make no difference'
            report.error("duplicate-term", f'the term "{term}" is there twice', place.at(term).key(), help=help_line)
    ruled_out_under: dict[str, str] = {}
    for term, others in terms.items():
        for index, other in enumerate(others):
            at_other = place.at(term, index)
            if _key(other) in term_by_key:
                help_line = "delete it here: a term can't be ruled out, and capitals make no difference"
                report.error("outlawed-term", f'"{other}" is a term itself', at_other, help=help_line)
                continue
            first = ruled_out_under.setdefault(_key(other), term)
            if first != term:
                headline = f'"{other}" is listed under two terms'
                help_line = f'delete it here or under "{first}": only one name can take its place'
                report.error("duplicate-other-name", headline, at_other, help=help_line)
            elif _key(other) in map(_key, others[:index]):
                report.error("duplicate-other-name", f'"{other}" is listed twice', at_other, help="delete it here")
    return tuple(model.Term(term, tuple(others), place.at(term)) for term, others in terms.items())


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
