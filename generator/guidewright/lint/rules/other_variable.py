"""A sentence about an environment variable that belongs to another route, or that is misspelt.

Why: the reader looks for it in the snippet in vain, or sets it by hand, and it does something else there.

Example: a section for one provider sets ``SOUTH_URL`` and explains ``NORTH_URL``.
"""

import difflib
import re
from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.page import Prose
from guidewright.lint.rule import Finding, Rule, Subject

_NAME_IN_CODE = re.compile(r"`\$?(?:env:)?(?P<name>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`")

# How much of a name must be right for it to be taken for another one, misspelt.
_MISSPELT = 0.9


def _check(subject: Subject) -> Iterator[Finding]:
    for matched in subject.matched:
        here = {name for block in matched.blocks for name in block.settings}
        here |= {variable.name for variable in matched.known.route.touched}
        here |= {placeholder.name for placeholder in matched.known.route.placeholders}
        elsewhere = subject.facts.provider_by_variable[matched.known.guide.agent.name]
        for prose in matched.section.blocks:
            if not isinstance(prose, Prose):
                continue
            for found in _NAME_IN_CODE.finditer(prose.text):
                name = found["name"]
                span = prose.span(found.start("name"), found.end("name"))
                provider = matched.known.route.provider.name
                if name in here:
                    continue
                if name in elsewhere:
                    headline = f"{name} is for {elsewhere[name]}, and this section is about {provider}"
                    yield Finding(headline, span, "name a variable that this section's code sets")
                elif close := difflib.get_close_matches(name, here, n=1, cutoff=_MISSPELT):
                    yield Finding(f"no code of this section sets {name}", span, f'did you mean "{close[0]}"?')


RULE = Rule("other-variable", Severity.ERROR, _check)
