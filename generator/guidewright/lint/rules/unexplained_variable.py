"""An environment variable of a generated page that nothing explains, or that is explained twice in the same words.

An explanation starts with the variable's name as inline code and a colon.

Why: the reader sets what he does not understand; and of two explanations one is forgotten when the other changes.

Example: the code sets ``CODER_URL``, and no item of the list of variables starts with it.
"""

from collections import defaultdict
from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.rule import Finding, GeneratedSubject, Rule
from guidewright.lint.tokens import starts_with_name
from guidewright.model import Holds, KeyHolder


def _check(subject: GeneratedSubject) -> Iterator[Finding]:
    proses = [prose for section in subject.page.sections for prose in section.proses]
    meanings = defaultdict[str, set[object]](set)
    for route in subject.guide.routes:
        for variable in route.variables:
            is_callers_key = variable.holds is Holds.CREDENTIAL and route.key_holder is KeyHolder.CALLER
            meanings[variable.name].add((variable.purpose, variable.holds, is_callers_key, route.auth_in(variable)))
        for removed in route.removed:
            meanings[removed.name].add(removed.purpose)
    for name, different in meanings.items():
        explanations = [prose for prose in proses if starts_with_name(prose, name)]
        if not explanations:
            route = next(route for route in subject.guide.routes if route.place_of(name) is not None)
            span = subject.first_in_code(name, route) or subject.start_of(route)
            yield Finding(
                f"nothing explains {name}", span, f"say what it is for: - `{name}`: ...", origin=route.place_of(name)
            )
        for prose in explanations[len(different) :]:
            yield Finding(f"{name} is explained already", prose.span(0, len(name) + 2), "explain it once")


RULE = Rule("unexplained-variable", Severity.ERROR, _check)
