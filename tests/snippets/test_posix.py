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
from guidewright.snippets import SHELLS, Shell, UnreadableCodeError
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
    ("export A=x:~/y:~", [Set("A", ("x:", Reference("HOME"), "/y:", Reference("HOME")))]),
    ("export A=https://h/{id}/~x", [Set("A", ("https://h/{id}/~x",))]),
    ("A=b && export A", [Set("A", ("b",))]),
    ("set -eu\nexport A=b", [Set("A", ("b",))]),
    ("A=1 B=$A; export B", [Set("B", ("1",))]),
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
        ('export A="wow!b"', 1, 'the shell takes "!" or "^" for a command of its history'),
        ("export A=1 | cat", 1, "whether this takes effect can't be told from the code"),
        ("export A=1 &", 1, "whether this takes effect can't be told from the code"),
        ("false && export A=1", 1, "whether this takes effect can't be told from the code"),
        ("exit\nexport A=1", 1, 'what "exit" does can\'t be told without running it'),
        ("cat >> x <<'EOF'\nexport A=1\nEOF", 1, "a here-document starts here, whose lines are no commands"),
        ("eval 'export A=1'", 1, 'what "eval" does can\'t be told without running it'),
        ("set -a; A=1", 1, 'what "set" does can\'t be told without running it'),
        ("command export A=1", 1, 'what "command" does can\'t be told without running it'),
        ("printf -v A foo", 1, 'what "printf" does can\'t be told without running it'),
        ("B=1 export A=2", 1, 'variables set before "export" may or may not stay'),
        ("export A=1\nA+=2", 2, "what the variable held before can't be told from the code"),
        ("export A+=2", 1, "what the variable held before can't be told from the code"),
        ("export A=1; A=2 >/dev/null", 1, '">" redirects input or output here'),
        ("export A", 1, "what A holds can't be told from the code"),
        ("declare +x A", 1, 'what "declare +x" does can\'t be told from the code'),
        ("declare -i A=1+1", 1, 'what "declare -i" does can\'t be told from the code'),
        ("unset -f A", 1, 'what "unset -f" does can\'t be told from the code'),
        ("export A=~root/x", 1, 'what the shell makes of "~" can\'t be told from the code'),
        ("export A={a,b}", 1, 'what the shell makes of "{" can\'t be told from the code'),
        ('export A="$(cat *)"', 1, "what the command on line 1 runs can't be told from the code"),
        ("export A=$'\\303\\251'", 1, 'what "\\303" stands for can\'t be told from the code'),
        ("export B='x\n^y^z'", 1, 'the shell takes "!" or "^" for a command of its history'),
        ("export X=1; A=$X; export X=2; export B=$A", 1, "what the variable holds here can't be told from the code"),
        ('export A=1 "B=$A"', 1, "what a variable held before this command can't be told from it"),
        ("export $NAME", 1, "the name of the variable can't be told from the code"),
        ("unset $NAME", 1, "the name of the variable can't be told from the code"),
        ('export A="$(acme', 1, "a command substitution starts here and does not end"),
    ],
)
def test_what_cannot_be_told_is_not_guessed(code: str, line: int, reason: str) -> None:
    with pytest.raises(UnreadableCodeError) as raised:
        BASH.parse(code)
    assert (raised.value.line, str(raised.value)) == (line, reason)


@pytest.mark.parametrize(
    ("code", "shell"),
    [
        (r"export A=$'a\tb'", SH),
        ('export A="$HOME:h"', ZSH),
        ("export A=$+HOME", ZSH),
        ("export A==ls", ZSH),
    ],
)
def test_what_one_shell_reads_in_its_own_way(code: str, shell: Shell) -> None:
    with pytest.raises(UnreadableCodeError):
        shell.parse(code)


def test_dollar_before_double_quotes() -> None:
    code = 'export A=$"x"'
    assert_read_as_the_shell_does(BASH, code, [Set("A", ("x",))])
    for shell in (ZSH, SH):
        assert_read_as_the_shell_does(shell, code, [Set("A", ("$x",))])


def test_sh_has_no_history() -> None:
    assert [found.change for found in SH.parse('export A="wow!b"')] == [Set("A", ("wow!b",))]


def test_zsh_takes_brackets_for_subscripts() -> None:
    with pytest.raises(UnreadableCodeError, match=r"the shell takes \"\[\" for a part of the expansion"):
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
