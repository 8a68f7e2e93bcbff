"""cmd.exe: readable code, what it can't carry, and code that people wrote by hand, carried out by Wine's cmd.exe.

That these tests guard was tried: with no carets outside quotes, or a percent sign let through, the tests of values in
``test_shells.py`` fail; with ``^`` itself left bare there, which Wine does not mind, the table of readable code does.
"""

import pytest

from guidewright.model import Change, CommandOutput, Reference, Set, Unset
from guidewright.snippets import SHELLS, UnreadableCodeError
from guidewright.snippets.shell import StoredVariables
from snippets.hand_written import assert_read_as_the_shell_does

CMD = SHELLS["cmd"]
TOKEN = Reference("TOKEN")
LOGIN = CommandOutput(("acme", "login", "my app"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Set("NAME", ("https://h.example/v1/<ID>?a=b&c",)), 'set "NAME=https://h.example/v1/<ID>?a=b&c"'),
        (Set("NAME", (" it's ^ | > ! ",)), 'set "NAME= it\'s ^ | > ! "'),
        (Set("NAME", ('say "hi" & "bye"',)), 'set "NAME=say "hi" & "bye""'),
        (Set("NAME", ('say "a^b"',)), 'set "NAME=say "a^^b""'),
        (Set("NAME", ('{"a":"b&c"}',)), 'set "NAME={"a":"b^&c"}"'),
        (Set("NAME", ("naïve 北 🙂",)), 'set "NAME=naïve 北 🙂"'),
        (Set("NAME", ()), 'set "NAME="'),
        (Set("NAME", (LOGIN,)), 'for /f "delims=" %i in (\'acme login "my app"\') do @set "NAME=%i"'),
        (Set("NAME", ("Bearer ", LOGIN)), 'for /f "delims=" %i in (\'acme login "my app"\') do @set "NAME=Bearer %i"'),
        (Unset("NAME"), 'set "NAME="'),
    ],
)
def test_readable_code(change: Change, code: str) -> None:
    assert CMD.refuse(change) is None
    assert CMD.render(change) == code


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (Set("NAME", ("a\nb",)), "hold a line break"),
        (Set("NAME", ("100 %",)), "hold a percent sign, which nothing escapes at its prompt"),
        (Set("NAME", ("a\x07b",)), "hold a control character"),
        (Set("NAME", ("\u201chi\u201d",)), "keep U+201C, which its window replaces in pasted code"),
        (Set("NAME", ("a" * 8200,)), "take a line of more than 8191 characters"),
        (Set("Random", ("1",)), "use Random, which it works out itself"),
        (Unset("CD"), "use CD, which it works out itself"),
        (Set("NAME", (LOGIN, LOGIN)), "put the output of two commands into one value"),
        (Set("NAME", ("Bearer ", TOKEN)), "take over another variable, whatever that holds"),
        (Set("NAME", (CommandOutput(("my acme",)),)), "run 'my acme', which is no plain name of a program"),
        (Set("NAME", (CommandOutput(("acme", 'say "hi"')),)), "pass 'say \"hi\"' to a command exactly"),
    ],
)
def test_what_it_cannot_carry_is_refused(change: Change, reason: str) -> None:
    assert CMD.refuse(change) == reason


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Set("NAME", ("https://h.example/<ID>",)), 'setx NAME "https://h.example/<ID>"'),
        (Set("NAME", ('say "hi"',)), r'setx NAME "say \"hi\""'),
        (Set("NAME", ("C:\\acme\\",)), r'setx NAME "C:\acme\\"'),
        (Set("NAME", ('\\"&',)), r'setx NAME "\\\"^&"'),
        (Set("NAME", ()), None),
        (Set("NAME", ("/m",)), None),
        (Set("NAME", ("a" * 1025,)), None),
        (Set("NAME", ("100 %",)), None),
        (Set("NAME", ("Bearer ", TOKEN)), None),
        (Set("NAME", (LOGIN,)), None),
        (Unset("NAME"), None),
    ],
)
def test_stored_for_new_terminals(change: Change, code: str | None) -> None:
    assert isinstance(CMD.keeps, StoredVariables)
    assert CMD.keeps.store(change) == code
    if code is not None:
        assert [found.change for found in CMD.parse(code)] == [change]


def test_removed_for_new_terminals() -> None:
    assert isinstance(CMD.keeps, StoredVariables)
    assert CMD.keeps.remove("NAME") == 'reg delete "HKCU\\Environment" /v NAME /f'


HAND_WRITTEN: list[tuple[str, list[Change]]] = [
    ("set GW=a b ", [Set("GW", ("a b ",))]),
    ('set GW="a"', [Set("GW", ('"a"',))]),
    ('set "GW=a" trailing', [Set("GW", ("a",))]),
    ('@SET "GW=a"', [Set("GW", ("a",))]),
    ("set GW=a^&b", [Set("GW", ("a&b",))]),
    ("set GW=a&set GW2=b", [Set("GW", ("a",)), Set("GW2", ("b",))]),
    ('set "GW=a" && set "GW2=b"', [Set("GW", ("a",)), Set("GW2", ("b",))]),
    ("set GW=a\nset GW=", [Set("GW", ("a",)), Unset("GW")]),
    ('set "GW=a"\nset "gw2=%gw%c"', [Set("GW", ("a",)), Set("gw2", (Reference("GW"), "c"))]),
    ("rem set GW=a\n:: set GW=b", []),
    ("for /f \"tokens=*\" %t in ('gw-stub a') do @set GW=x%t", [Set("GW", ("x", CommandOutput(("gw-stub", "a"))))]),
    ("echo set GW=a > nul", []),
]


@pytest.mark.parametrize(("code", "changes"), HAND_WRITTEN)
def test_hand_written_code(code: str, changes: list[Change]) -> None:
    assert_read_as_the_shell_does(CMD, code, changes)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("set GW=<TOKEN>", 1),
        ("set GW=a\nset /p GW=Token: ", 2),
        ("set /a GW=1+1", 1),
        ("if defined X set GW=a", 1),
        ("(set GW=a)", 1),
        ("set GW =a", 1),
        ("setx GW", 1),
        ("set GW=%X:~1%", 1),
        ("set GW=1& set GW2=%GW%", 1),
        ("set GW=\nset GW2=%gw%y", 2),
        ("setx GW " + "\U0001d4b3" * 600, 1),
    ],
)
def test_what_cannot_be_told_is_not_guessed(code: str, line: int) -> None:
    with pytest.raises(UnreadableCodeError) as raised:
        CMD.parse(code)
    assert raised.value.line == line


def test_redirection_is_named() -> None:
    with pytest.raises(UnreadableCodeError, match='"<" redirects input or output here'):
        CMD.parse("set GW=<TOKEN>")
