"""A sentence about an environment variable that belongs to another route, or that is misspelt.

Why: the reader looks for it in the snippet in vain, or sets it by hand, and it does something else there.

Example: a section for one provider sets ``SOUTH_URL`` and explains ``NORTH_URL``.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from guidewright.diagnostics import Severity
from guidewright.lint.credentials import names_other_route
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.sentences import sentences_of
from guidewright.lint.wording import DENIES, IS_A_CASE
from guidewright.model import Route

_NAME_IN_CODE = re.compile(r"`\$?(?:env:)?(?P<name>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`")

# More than this much of a name must be right for it to be taken for another one, misspelt.
_MISSPELT = 0.9


def _check(subject: Subject) -> Iterator[Finding]:
    for matched in subject.matched:
        here = {name for block in matched.blocks for name in block.settings}
        here |= {variable.name for variable in matched.known.route.touched}
        here |= {placeholder.name for placeholder in matched.known.route.placeholders}
        elsewhere = subject.facts.route_by_variable[matched.known.guide.agent.name]
        route = matched.known.route
        for prose in matched.section.proses:
            for sentence, start in sentences_of(prose):
                if not (DENIES.search(sentence) or IS_A_CASE.search(sentence)):
                    for found in _NAME_IN_CODE.finditer(sentence):
                        problem = _problem(found["name"], sentence, here, elsewhere, route)
                        if problem:
                            span = prose.span(start + found.start("name"), start + found.end("name"))
                            yield Finding(problem[0], span, problem[1])


def _problem(
    name: str, sentence: str, here: Collection[str], elsewhere: Mapping[str, Route], route: Route
) -> tuple[str, str] | None:
    """What is wrong with the name of a variable, and what to do."""
    if name in here:
        return None
    if name in elsewhere:
        if names_other_route(sentence, elsewhere[name], route):
            return None
        headline = f"{name} is for {elsewhere[name].title}, and this section is about {route.title}"
        return headline, "name a variable that this section's code sets"
    close = _misspelt(name, here)
    return (f"no code of this section sets {name}", f'did you mean "{close}"?') if close else None


def _misspelt(name: str, known: Iterable[str]) -> str | None:
    """The known name that another one is most likely meant to be."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=_MISSPELT)
    is_close = bool(close) and difflib.SequenceMatcher(None, close[0], name).ratio() > _MISSPELT
    return close[0] if is_close else None


RULE = Rule("other-variable", Severity.ERROR, _check)
