r"""Fish: readable code, code that people wrote by hand, and the names that it keeps.

That these tests guard was tried, by breaking one rule at a time. ``$`` or ``\`` taken for plain text within double
quotes, or ``'`` and ``\`` within single ones: ``test_values_survive_the_real_shell`` fails. Names of variables not
ended where a letter of any script follows: ``test_references_survive`` fails. The form for what fish 3.6 confuses
behind a command, or the rule on empty entries of PATH, left out: the tables here fail.
"""

import subprocess

import pytest

from guidewright.model import Change, CommandOutput, Reference, Set, Unset
from guidewright.snippets import SHELLS, UnreadableCodeError
from guidewright.verify.runner import environments_left_by
from snippets.hand_written import STUB, assert_read_as_the_shell_does
from tools import require_tool

FISH = SHELLS["fish"]
TOKEN = Reference("TOKEN")
LOGIN = CommandOutput(("acme", "login", "my app"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Set("NAME", ("https://h.example/v1/<ID>?a=b&c",)), 'set -gx NAME "https://h.example/v1/<ID>?a=b&c"'),
        (Set("NAME", ()), 'set -gx NAME ""'),
        (Set("NAME", ("it's",)), 'set -gx NAME "it\'s"'),
        (Set("NAME", ("wow! {a} (b) `c` 100 % ^",)), 'set -gx NAME "wow! {a} (b) `c` 100 % ^"'),
        (Set("NAME", ("costs $5",)), "set -gx NAME 'costs $5'"),
        (Set("NAME", ('say "hi"',)), "set -gx NAME 'say \"hi\"'"),
        (Set("NAME", ("it's $5",)), r"set -gx NAME 'it\'s $5'"),
        (Set("NAME", ("C:\\a\\",)), r"set -gx NAME 'C:\\a\\'"),
        (Set("NAME", ("a: 1\nb: 2",)), 'set -gx NAME "a: 1\nb: 2"'),
        (Set("NAME", (TOKEN,)), 'set -gx NAME "$TOKEN"'),
        (Set("NAME", ("Bearer ", TOKEN)), 'set -gx NAME "Bearer $TOKEN"'),
        (Set("NAME", (TOKEN, "/v1")), 'set -gx NAME "$TOKEN/v1"'),
        (Set("NAME", (TOKEN, "é")), 'set -gx NAME "$TOKEN""é"'),
        (Set("NAME", (TOKEN, "[1]")), 'set -gx NAME "$TOKEN""[1]"'),
        (Set("NAME", ("$5 ", TOKEN)), r'set -gx NAME "\$5 $TOKEN"'),
        (Set("NAME", (LOGIN,)), 'set -gx NAME "$(acme login "my app")"'),
        (Set("NAME", (LOGIN, "[1]")), 'set -gx NAME ""(acme login "my app" | string collect --allow-empty)"[1]"'),
        (Set("NAME", ("$", LOGIN)), r'set -gx NAME "\$"(acme login "my app" | string collect --allow-empty)""'),
        (Unset("NAME"), "set -e NAME"),
    ],
)
def test_readable_code(change: Change, code: str) -> None:
    assert FISH.refuse(change) is None
    assert FISH.render(change) == code


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (Set("status", ("1",)), "change status, which it keeps for itself"),
        (Unset("version"), "change version, which it keeps for itself"),
        (Set("NAME", ("a\0b",)), "hold a NUL character"),
        (Set("NAME", (CommandOutput(("acme", "a\0b")),)), "hold a NUL character"),
        (Set("PATH", ("/bin::/usr/bin",)), "hold an empty entry in PATH, where it becomes the current folder"),
        (Set("NAME", ("/bin::/usr/bin",)), None),
    ],
)
def test_what_it_cannot_hold_is_refused(change: Change, reason: str | None) -> None:
    assert FISH.refuse(change) == reason


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("set -gx A b", [Set("A", ("b",))]),
        ("set --global --export A b; set -g -x C d", [Set("A", ("b",)), Set("C", ("d",))]),
        ("set -x A b c", [Set("A", ("b c",))]),
        ("set -gx A", [Set("A", ())]),
        ("export A=b", [Set("A", ("b",))]),
        ('export A="b c"\nexport C=$A/d', [Set("A", ("b c",)), Set("C", (Reference("A"), "/d"))]),
        ("set -g A b", []),
        ("set -g A b\nset -gx C $A/d", [Set("C", ("b/d",))]),
        ("set -g A b\nset -x A", [Set("A", ())]),
        ("set -gx A b\nset -a A c", [Set("A", ("b",)), Set("A", (Reference("A"), " c"))]),
        ("set -gx GW_PATH a b", [Set("GW_PATH", ("a:b",))]),
        ("set -gx A b # a comment\n# set -gx C d", [Set("A", ("b",))]),
        ("set -gx A b#c", [Set("A", ("b#c",))]),
        (r"set -gx A a\ b\$c\x41\u00e9\n", [Set("A", ("a b$cAé\n",))]),
        (r"""set -gx A 'it\'s \n'"a \"b\" \$c \d" """, [Set("A", ('it\'s \\na "b" $c \\d',))]),
        ('set -gx A "a\\\nb" \\\n  c', [Set("A", ("ab c",))]),
        ("set -gx A ~/x", [Set("A", (Reference("HOME"), "/x"))]),
        (f"set -gx A ({STUB} 'a b' c)", [Set("A", (CommandOutput((STUB, "a b", "c")),))]),
        (f'set -gx A "x $({STUB} a)"', [Set("A", ("x ", CommandOutput((STUB, "a"))))]),
        ("set -gx A b && true", [Set("A", ("b",))]),
        ("set -gx A b\nset -e A", [Set("A", ("b",)), Unset("A")]),
        ("set -gx A b C=d", [Set("A", ("b C=d",))]),
        ("A=b true", []),
        ("echo set -gx A b > /dev/null", []),
        ("set -q A", []),
        ("set -Ux A b", [Set("A", ("b",))]),
    ],
)
def test_hand_written_code(code: str, changes: list[Change]) -> None:
    assert_read_as_the_shell_does(FISH, code, changes)


@pytest.mark.parametrize(
    ("code", "line", "reason"),
    [
        ("set -gx A 'b", 1, "a quoted text starts here and does not end"),
        ('set -gx A b\nset -gx C "d', 2, "a quoted text starts here and does not end"),
        ("A=b", 1, 'fish sets no variable with "="; write "set -gx NAME value"'),
        ("set A=b", 1, "which variable this is about can't be told from the code"),
        ("set -gx $NAME b", 1, "which variable this is about can't be told from the code"),
        ("set -gx A <TOKEN>", 1, '"<" redirects input or output here'),
        ("set -gx A *.txt", 1, 'what fish makes of "*" can\'t be told from the code'),
        ("set -gx A {a,b}", 1, 'what fish makes of "{" can\'t be told from the code'),
        ("set -gx A (acme | tail)", 1, "what the command on line 1 prints can't be told from the code"),
        ("set -gx A (acme", 1, "a command substitution starts here and does not end"),
        ("set -gx A $B[1]", 1, "which elements the brackets take can't be told from the code"),
        (
            "set -gx A x$B",
            1,
            "the word vanishes or multiplies where the list has not one element; use double quotes",
        ),
        ('set -gx A "$"', 1, "the name of a variable is missing behind the dollar sign"),
        ("if true; set -gx A b; end", 1, 'what "if" does can\'t be told without running it'),
        ("source x.fish", 1, 'what "source" does can\'t be told without running it'),
        ("set -gx status 1", 1, "fish keeps status for itself"),
        ("set -lx A b", 1, "how long a local variable lasts can't be told from the code"),
        ("set -gx A b; or set -gx A c", 1, 'whether "set" takes effect can\'t be told from the code'),
        ("set -gx A b | cat", 1, 'whether "set" takes effect can\'t be told from the code'),
        ("export A", 1, "what is exported here can't be told from the code"),
        ("set -zz A b", 1, '"set" has no option "-zz"'),
    ],
)
def test_what_cannot_be_told_is_not_guessed(code: str, line: int, reason: str) -> None:
    with pytest.raises(UnreadableCodeError) as raised:
        FISH.parse(code)
    assert (raised.value.line, str(raised.value)) == (line, reason)


def test_variables_of_the_shell_hold_what_they_are_set_to_or_are_refused() -> None:
    program = require_tool("fish", "install it")
    listed = subprocess.run(
        [program, "--no-config", "--command", "set --names"],
        capture_output=True,
        check=True,
        env={"PATH": "/usr/bin:/bin"},
    )
    changes = [Set(name, ("ab",)) for name in listed.stdout.decode().split() if name != "PATH"]
    kept = [change for change in changes if FISH.refuse(change) is None]
    assert 0 < len(kept) < len(changes)
    after = environments_left_by(FISH, ["\n".join(map(FISH.render, kept))])[-1]
    assert {change.name: after.get(change.name) for change in kept} == {change.name: "ab" for change in kept}
