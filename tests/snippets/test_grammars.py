"""Every snippet is well-formed by a grammar that others wrote, and says by it what it was rendered from."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidewright.model import Change, CommandOutput, Part, Reference, Set, Unset
from guidewright.snippets import SHELLS, Shell
from snippets.grammars import NotInTheGrammarError, changes_in
from snippets.test_shells import VALUES

PROGRAMS = st.sampled_from(["gw-stub", "gw stub"])
CHANGES = st.builds(
    Set,
    st.just("GW"),
    st.lists(
        VALUES.filter(bool)
        | st.just(Reference("GW_TOKEN"))
        | st.builds(CommandOutput, st.tuples(PROGRAMS, *[VALUES] * 2) | st.tuples(PROGRAMS)),
        max_size=3,
    ).map(tuple),
)
# What the grammars misread, and the shells do not.
MISREAD = {
    # tree-sitter-powershell 0.26 finds comments in a string: `#` or `<#` after an escape or an expansion, `<#` at the
    # start, and `#` after a no-break space there.
    "powershell": re.compile(r'(?:["#]\s*\u00a0|`.|\$\{env:\w+\}|\$env:\w+)\s*<?#|"\s*<#', re.DOTALL),
    # tree-sitter-bash 0.25 takes the quote that ends `$'...\\'` for an escaped one, and blanks for a part of the
    # expansion that follows them where they start the string or a line of it, or stand after another expansion.
    "bash": re.compile(r"\$'(?:[^'\\]|\\.)*\\\\'|(?:[\"})\n]|\$\w+) +\$"),
}
PER_EXAMPLE, EXAMPLES = 10, 250


def merged(change: Change) -> Change:
    """The change with neighbouring texts as one."""
    parts: list[Part] = []
    for part in change.parts if isinstance(change, Set) else ():
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    return Set(change.name, tuple(parts)) if isinstance(change, Set) else change


every_judged_shell = pytest.mark.parametrize("shell", [SHELLS[name] for name in MISREAD], ids=list(MISREAD))


@every_judged_shell
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=st.lists(CHANGES, min_size=PER_EXAMPLE, max_size=PER_EXAMPLE))
def test_a_snippet_says_what_it_was_rendered_from(shell: Shell, changes: list[Set]) -> None:
    for change in changes:
        code = "" if shell.refuse(change) else shell.render(change)
        if code and not MISREAD[shell.language].search(code):
            is_gone = not change.parts and not shell.holds_empty
            expected = Unset("GW") if is_gone else merged(change)
            assert [merged(found) for found in changes_in(shell.language, code)] == [expected], code


@every_judged_shell
def test_a_variable_is_removed(shell: Shell) -> None:
    assert changes_in(shell.language, shell.render(Unset("GW"))) == [Unset("GW")]


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("bash", 'export X="a'),
        ("bash", "export X=$(acme"),
        ("bash", "X=a"),
        ("powershell", '$env:X = "a'),
        ("powershell", "$env:X = 'it's'"),
        ("powershell", "$env:X = 'it\u2019s'"),
        ("powershell", '$env:X = "a \u201cquoted\u201d text"'),
        ("powershell", "$env:X = <TOKEN>"),
        ("powershell", "$env:X = (acme token"),
    ],
)
def test_the_grammars_judge(language: str, code: str) -> None:
    with pytest.raises(NotInTheGrammarError):
        changes_in(language, code)
