"""Bash, zsh and POSIX sh: readable code, code that people wrote by hand, and the names that the shells keep.

That these tests guard was tried. Bash fails ``test_values_survive_the_real_shell`` with ``!`` taken out of the
characters that need single quotes, and with the ``$'...'`` form for later lines left out: it takes a ``^`` at the start
of a line for a substitution in its history, even within quotes. All three fail it with ``'`` not closed and opened
again.
"""

import re
import subprocess

import pytest

from guidewright.model import Change, CommandOutput, Reference, Set, Unset
from guidewright.snippets import SHELLS, UnreadableCodeError
from guidewright.verify.runner import environments_left_by
from snippets.hand_written import assert_read_as_the_shell_does
from tools import require_tool

BASH, ZSH, SH = SHELLS["bash"], SHELLS["zsh"], SHELLS["sh"]
TOKEN = Reference("TOKEN")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Set("NAME", ("https://h.example/v1/<ID>",)), 'export NAME="https://h.example/v1/<ID>"'),
        (Set("NAME", ()), 'export NAME=""'),
        (Set("NAME", ("it's",)), 'export NAME="it\'s"'),
        (Set("NAME", ("costs $5",)), "export NAME='costs $5'"),
        (Set("NAME", ('say "hi"',)), "export NAME='say \"hi\"'"),
        (Set("NAME", ("it's $5",)), "export NAME='it'\\''s $5'"),
        (Set("NAME", ("wow!",)), "export NAME='wow!'"),
        (Set("NAME", ("a: 1\nb: 2",)), 'export NAME="a: 1\nb: 2"'),
        (Set("NAME", ("a: 1\nb: $2",)), "export NAME='a: 1\nb: $2'"),
        (Set("NAME", ("Bearer ", TOKEN)), 'export NAME="Bearer $TOKEN"'),
        (Set("NAME", (TOKEN, "/v1")), 'export NAME="$TOKEN/v1"'),
        (Set("NAME", (TOKEN, "s")), 'export NAME="${TOKEN}s"'),
        (Set("NAME", (TOKEN, "[1]")), 'export NAME="${TOKEN}[1]"'),
        (Set("NAME", ("$5 ", TOKEN)), "export NAME='$5 '\"$TOKEN\""),
        (Set("NAME", (CommandOutput(("acme", "login", "my app")),)), 'export NAME="$(acme login "my app")"'),
        (Unset("NAME"), "unset NAME"),
    ],
)
def test_readable_code(change: Change, code: str) -> None:
    for shell in (BASH, ZSH, SH):
        assert shell.refuse(change) is None
        assert shell.render(change) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [("a\nb!c", r"export NAME=$'a\nb\041c'"), ("it's\n^x\\", r"export NAME=$'it\'s\n^x\\'")],
)
def test_one_line_where_the_history_would_be_expanded_on_the_next(value: str, code: str) -> None:
    assert BASH.render(Set("NAME", (value,))) == ZSH.render(Set("NAME", (value,))) == code
    assert "$'" not in SH.render(Set("NAME", (value,)))


HAND_WRITTEN: list[tuple[str, list[Change]]] = [
    ("export A=b C=d", [Set("A", ("b",)), Set("C", ("d",))]),
    ("A=b\nexport A", [Set("A", ("b",))]),
    ("A=b; export A\nA=c", [Set("A", ("b",)), Set("A", ("c",))]),
    ("A=b /usr/bin/true", []),
    ("A=not-exported", []),
    ("A=b\nexport C=$A/c", [Set("C", ("b", "/c"))]),
    ("export A='it'\"'\"'s' # a comment", [Set("A", ("it's",))]),
    ("export A=a\\ b\\$c", [Set("A", ("a b$c",))]),
    ('export A="a \\"b\\" \\$c \\\\ \\d"', [Set("A", ('a "b" $c \\ \\d',))]),
    ('export A="a\\\nb" \\\n  C=d', [Set("A", ("ab",)), Set("C", ("d",))]),
    ("export A=b && unset A || /usr/bin/true", [Set("A", ("b",)), Unset("A")]),
    ("unset -v A C", [Unset("A"), Unset("C")]),
    ("# export A=b\n\n   export   A=b   \n", [Set("A", ("b",))]),
    ("export A=b#c", [Set("A", ("b#c",))]),
    ("export A=~/x", [Set("A", (Reference("HOME"), "/x"))]),
    ("export A=\"$(gw-stub 'a b' c)\"", [Set("A", (CommandOutput(("gw-stub", "a b", "c")),))]),
    ("export A=x; export A=y-$A", [Set("A", ("x",)), Set("A", ("y-", Reference("A")))]),
    ("/usr/bin/printf '' > /dev/null", []),
    ("export A=", [Set("A", ())]),
]
# Not in POSIX sh.
HAND_WRITTEN_FOR_BASH: list[tuple[str, list[Change]]] = [
    (r"export A=$'tab\tnew\nline \x41\u00e9\101\'q\''", [Set("A", ("tab\tnew\nline Aé" + "A'q'",))]),
    ("declare -x A=b", [Set("A", ("b",))]),
    ("typeset -x A=b", [Set("A", ("b",))]),
]


@pytest.mark.parametrize("name", ["bash", "zsh", "sh"])
@pytest.mark.parametrize(("code", "changes"), HAND_WRITTEN + HAND_WRITTEN_FOR_BASH)
def test_hand_written_code(name: str, code: str, changes: list[Change]) -> None:
    if name != "sh" or (code, changes) not in HAND_WRITTEN_FOR_BASH:
        assert_read_as_the_shell_does(SHELLS[name], code, changes)


@pytest.mark.parametrize(
    ("code", "line", "reason"),
    [
        ("export A='b", 1, "a quoted text starts here and does not end"),
        ('export A=b\nexport C="d', 2, "a quoted text starts here and does not end"),
        ("export A=<TOKEN>", 1, '"<" redirects input or output here'),
        ("export A=${B:-c}", 1, "what the expansion comes to can't be told from the code"),
        ("export A=`acme`", 1, "what stands between backticks can't be told without running it; write $(...)"),
        ('export A="$(acme | tail)"', 1, "what the command on line 1 runs can't be told from the code"),
        ("export A=$((1 + 1))", 1, "the result of the arithmetic can't be told from the code"),
        ("export A=$1", 1, "what the shell puts here can't be told from the code"),
        ('if true; then export A="b"; fi', 1, 'what "if" does can\'t be told without running it'),
        ("(export A=b)", 1, "parentheses are a command of their own here"),
        ('export A="wow!b"', 1, 'the shell takes "!" for a command of its history'),
        ("export $NAME", 1, "the name of the variable can't be told from the code"),
        ("unset $NAME", 1, "the name of the variable can't be told from the code"),
        ('export A="$(acme', 1, "a command substitution starts here and does not end"),
    ],
)
def test_what_cannot_be_told_is_not_guessed(code: str, line: int, reason: str) -> None:
    with pytest.raises(UnreadableCodeError) as raised:
        BASH.parse(code)
    assert (raised.value.line, str(raised.value)) == (line, reason)


def test_sh_has_no_history() -> None:
    assert [found.change for found in SH.parse('export A="wow!b"')] == [Set("A", ("wow!b",))]


def test_zsh_takes_brackets_for_subscripts() -> None:
    with pytest.raises(UnreadableCodeError, match="the shell takes the bracket for a subscript"):
        ZSH.parse('export A="$B[1]"')
    assert [found.change for found in BASH.parse('export A="$B[1]"')] == [Set("A", (Reference("B"), "[1]"))]


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("bash", ["--noprofile", "--norc", "-c", "compgen -v"]),
        ("zsh", ["-f", "-c", "print -l ${(k)parameters}"]),
        ("sh", ["-c", "set"]),
    ],
)
def test_variables_of_the_shell_hold_what_they_are_set_to_or_are_refused(name: str, command: list[str]) -> None:
    shell = SHELLS[name]
    program = require_tool("dash" if name == "sh" else name, "install it")
    listed = subprocess.run([program, *command], capture_output=True, check=True, env={"PATH": "/usr/bin:/bin"})
    names = set(re.findall(r"^[A-Za-z_]\w*(?==|$)", listed.stdout.decode(), re.MULTILINE)) - {"PATH"}
    changes = [Set(found, ("a b",)) for found in sorted(names)]
    kept = [change for change in changes if shell.refuse(change) is None]
    assert len(kept) < len(changes)
    after = environments_left_by(shell, ["\n".join(map(shell.render, kept))])[-1]
    assert {change.name: after.get(change.name) for change in kept} == {change.name: "a b" for change in kept}
    # Each one alone ends the script, or leaves something else.
    assert shell.refuse(Set("PPID", ("a b",))) == "change PPID, which it keeps for itself"
