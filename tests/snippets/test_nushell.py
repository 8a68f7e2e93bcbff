r"""Nushell: readable code, code that people wrote by hand, and the names that it keeps.

That these tests guard was tried, by breaking one rule at a time. ``"`` or ``\`` taken for plain text within double
quotes, or ``'`` for one that single quotes hold: ``test_values_survive_the_real_shell`` fails. ``(`` taken for plain
text within an interpolation, in either kind of quotes: ``test_references_survive`` fails. The mark that the prompt's
history expands left as it is, which no script shows: the table here fails. ``...`` left bare in a call: see the table
of calls.
"""

import pytest

from guidewright.model import Change, CommandOutput, Reference, Set, Unset
from guidewright.snippets import SHELLS, UnreadableCodeError
from guidewright.verify.runner import environments_left_by, find_interpreter
from snippets.hand_written import STUB, assert_read_as_the_shell_does
from tools import missing_tool

NUSHELL = SHELLS["nushell"]
TOKEN = Reference("TOKEN")
LOGIN = CommandOutput(("acme", "login", "my app"))
LOGIN_CODE = r'(^acme login "my app" | str trim --right --char "\n")'


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Set("NAME", ("https://h.example/v1/<ID>?a=b&c",)), '$env.NAME = "https://h.example/v1/<ID>?a=b&c"'),
        (Set("NAME", ()), '$env.NAME = ""'),
        (Set("NAME", ("it's (a) {b} $c `d` 100 % ^ wow!",)), '$env.NAME = "it\'s (a) {b} $c `d` 100 % ^ wow!"'),
        (Set("NAME", ('say "hi"',)), "$env.NAME = 'say \"hi\"'"),
        (Set("NAME", ("C:\\a\\",)), "$env.NAME = 'C:\\a\\'"),
        (Set("NAME", ('it\'s "\\x"',)), r'$env.NAME = "it' + r"'s \"\\x\"" + '"'),
        (Set("NAME", ("say !0",)), r'$env.NAME = "say \u{21}0"'),
        (Set("NAME", ("a: 1\nb: 2",)), '$env.NAME = "a: 1\nb: 2"'),
        (Set("NAME", (TOKEN,)), "$env.NAME = $env.TOKEN"),
        (Set("NAME", ("Bearer ", TOKEN)), '$env.NAME = $"Bearer ($env.TOKEN)"'),
        (Set("NAME", ("(a) ", TOKEN)), r'$env.NAME = $"\(a) ($env.TOKEN)"'),
        (Set("NAME", ('"a" ', TOKEN)), "$env.NAME = $'\"a\" ($env.TOKEN)'"),
        (Set("NAME", (LOGIN,)), f"$env.NAME = {LOGIN_CODE}"),
        (Set("NAME", ("Bearer ", LOGIN)), f'$env.NAME = $"Bearer {LOGIN_CODE}"'),
        (Unset("NAME"), "hide-env --ignore-errors NAME"),
    ],
)
def test_readable_code(change: Change, code: str) -> None:
    assert NUSHELL.refuse(change) is None
    assert NUSHELL.render(change) == code


def test_a_call_quotes_what_would_not_stand_for_itself() -> None:
    words = ("acme", "get", "a/b.c", "--x=1", "...", "a b", "$x", "*", "it's", "#")
    assert NUSHELL.call(words) == '^acme get a/b.c "--x=1" "..." "a b" "$x" "*" "it\'s" "#"'


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (Set("Pwd", ("/",)), "change Pwd, which it keeps for itself"),
        (Unset("LAST_EXIT_CODE"), "change LAST_EXIT_CODE, which it keeps for itself"),
        (Set("Home", ("/",)), "tell Home from HOME"),
        (Set("NAME", ("a\0b",)), "hold a NUL character"),
        (Set("NAME", (CommandOutput(("acme", "a\0b")),)), "hold a NUL character"),
        (Set("NAME", (Reference("PATH"),)), "put PATH into a value, as it holds no text"),
    ],
)
def test_what_it_cannot_hold_is_refused(change: Change, reason: str) -> None:
    assert NUSHELL.refuse(change) == reason


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("$env.A = 'b'; $env.C = \"d\"", [Set("A", ("b",)), Set("C", ("d",))]),
        ('load-env { A: b, C: "d e" }', [Set("A", ("b",)), Set("C", ("d e",))]),
        ('load-env {\n  "A": "b" # a comment\n  C: null\n}', [Set("A", ("b",)), Unset("C")]),
        ('$env.A = $"($env.HOME)/x"', [Set("A", (Reference("HOME"), "/x"))]),
        ('$env.A = $env.HOME + "/x"', [Set("A", (Reference("HOME"), "/x"))]),
        (f"$env.A = (^{STUB} 'a b' c | str trim)", [Set("A", (CommandOutput((STUB, "a b", "c")),))]),
        (f'$env.A = $"x (^{STUB} a | str trim -r)"', [Set("A", ("x ", CommandOutput((STUB, "a"))))]),
        ('$env.A = "b"\nhide-env A', [Set("A", ("b",)), Unset("A")]),
        ("hide-env -i A C", [Unset("A"), Unset("C")]),
        ('$env.A = "b"\n$env.A = null', [Set("A", ("b",)), Unset("A")]),
        ('export-env { $env.A = "b" }', [Set("A", ("b",))]),
        ('let a = "b"\n$env.A = $a', [Set("A", ("b",))]),
        ("$env.A = 1\n$env.C = true", [Set("A", ("1",)), Set("C", ("true",))]),
        ('$env.A = "a\\nb\\u{e9}\\t"', [Set("A", ("a\nbé\t",))]),
        ("$env.A = 'a\\n$b'", [Set("A", ("a\\n$b",))]),
        ("$env.A = r#'it's \"x\"'#", [Set("A", ('it\'s "x"',))]),
        ('$env.a = "b"\n$env.A = "c"', [Set("a", ("b",)), Set("a", ("c",))]),
        ("# $env.A = 'b'\n\n   $env.A = 'c'   \n", [Set("A", ("c",))]),
        ("echo '$env.A = 1' | ignore", []),
        ("with-env { A: b } { true }", []),
        ("$env.config.show_banner = false", []),
    ],
)
def test_hand_written_code(code: str, changes: list[Change]) -> None:
    assert_read_as_the_shell_does(NUSHELL, code, changes)


@pytest.mark.parametrize(
    ("code", "line", "reason"),
    [
        ('$env.A = "b', 1, "a quoted text starts here and does not end"),
        ("$env.A = 'b'\n$env.C = 'd", 2, "a quoted text starts here and does not end"),
        ("$env.A = b", 1, 'this value can\'t be told from the code; programs are called with "^"'),
        ("$env.A = (acme)", 1, 'this value can\'t be told from the code; programs are called with "^"'),
        ('$env.A = ["b"]', 1, 'this value can\'t be told from the code; programs are called with "^"'),
        ("$env.A = $b", 1, "what $b holds can't be told from the code"),
        ('$env.A = "b" | str upcase', 1, "how this statement goes on can't be told from the code"),
        ('$env.A = "say !0"', 1, 'the prompt takes "!" for a command of its history'),
        ('$env.A = "\\q"', 1, "this backslash starts no escape sequence"),
        ('$env.PWD = "x"', 1, "Nushell keeps PWD for itself"),
        ("export A=b", 1, "what this does to variables can't be told from the code"),
        ('if true { $env.A = "b" }', 1, "what this does to variables can't be told from the code"),
        ('$env.A ++= "b"', 1, "what this does to variables can't be told from the code"),
        ("source x.nu", 1, "what this does to variables can't be told from the code"),
        ("export-env { $env.A = 'b'", 1, "a brace is missing"),
    ],
)
def test_what_cannot_be_told_is_not_guessed(code: str, line: int, reason: str) -> None:
    with pytest.raises(UnreadableCodeError) as raised:
        NUSHELL.parse(code)
    assert (raised.value.line, str(raised.value)) == (line, reason)


def test_variables_of_the_shell_hold_what_they_are_set_to_or_are_refused() -> None:
    if find_interpreter(NUSHELL) is None:
        missing_tool("Nushell is not installed")
    names = ["CONFIG", "ENV_CONVERSIONS", "FILE_PWD", "LAST_EXIT_CODE", "NU_VERSION", "PROMPT_COMMAND", "PWD", "SHLVL"]
    changes = [Set(name, ("ab",)) for name in names]
    kept = [change for change in changes if NUSHELL.refuse(change) is None]
    assert 0 < len(kept) < len(changes)
    after = environments_left_by(NUSHELL, ["\n".join(map(NUSHELL.render, kept))])[-1]
    assert {change.name: after.get(change.name) for change in kept} == {change.name: "ab" for change in kept}
