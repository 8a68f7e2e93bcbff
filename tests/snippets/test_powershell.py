"""PowerShell's rules, as its manual and its tokenizer state them: no package registry carries it to run it here.

https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules

What guards here does guard. One rule at a time was broken, and these tests failed, besides the table of the rule:

- Typographic quotes taken for plain text, double or single ones, in the renderer: the parser and the grammar.
- Typographic quotes taken for plain text in the parser: ``test_the_parser_reads_what_the_renderer_writes``.
- No braces around the name of a reference, or no parentheses around an output in a sum: the parser and the grammar.
- No call operator before a program in quotes: the parser and the grammar.
- Line breaks not escaped, or ``;`` left bare in an argument: the table only, for chance hardly ever meets them.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidewright.model import Change, CommandOutput, Reference, Set, Unset, environment_after
from guidewright.snippets import SHELLS, Shell, UnreadableCodeError
from snippets.test_grammars import CHANGES, EXAMPLES, PER_EXAMPLE

POWERSHELL, WINDOWS_POWERSHELL = SHELLS["powershell"], SHELLS["windows-powershell"]
both = pytest.mark.parametrize("shell", [POWERSHELL, WINDOWS_POWERSHELL], ids=lambda shell: shell.name)
TOKEN = Reference("TOKEN")
OUTPUT = CommandOutput(("acme", "token"))


@both
@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("https://h.example/v1/<ID>", '"https://h.example/v1/<ID>"'),
        ("it's", '"it\'s"'),
        ("C:\\Users\\me\\", '"C:\\Users\\me\\"'),
        ("100 % #1 {a} [b] (c) @d", '"100 % #1 {a} [b] (c) @d"'),
        ("it\u2019s", '"it\u2019s"'),
        ("costs $5", "'costs $5'"),
        ('say "hi"', "'say \"hi\"'"),
        ("back`tick", "'back`tick'"),
        ("it's $5", "'it''s $5'"),
        ("say \u201chi\u201d", "'say \u201chi\u201d'"),
        ("\u201ehi\u201c", "'\u201ehi\u201c'"),
        ("it\u2019s $5", "'it\u2019\u2019s $5'"),
        ("\u2018\u201a\u201b$", "'\u2018\u2018\u201a\u201a\u201b\u201b$'"),
        ("one\ntwo", '"one`ntwo"'),
        ("one\r\ntwo", '"one`r`ntwo"'),
        ('it\'s "$5"\n`\u201c', '"it\'s `"`$5`"`n```\u201c"'),
    ],
)
def test_a_text_in_readable_quotes_where_they_change_nothing(shell: Shell, value: str, code: str) -> None:
    assert shell.render(Set("NAME", (value,))) == f"$env:NAME = {code}"


@both
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Unset("X"), "$env:X = $null"),
        (Set("X", ()), "$env:X = $null"),
        (Set("X", ("",)), "$env:X = $null"),
        (Set("X", (TOKEN,)), '$env:X = "$env:TOKEN"'),
        (Set("X", ("Bearer ", TOKEN)), '$env:X = "Bearer $env:TOKEN"'),
        (Set("X", (TOKEN, "/v1")), '$env:X = "$env:TOKEN/v1"'),
        (Set("X", (TOKEN, "b")), '$env:X = "${env:TOKEN}b"'),
        (Set("X", (TOKEN, ":b")), '$env:X = "${env:TOKEN}:b"'),
        (Set("X", (TOKEN, "?")), '$env:X = "${env:TOKEN}?"'),
        (Set("X", (TOKEN, ".b")), '$env:X = "${env:TOKEN}.b"'),
        (Set("X", (TOKEN, "[0]")), '$env:X = "${env:TOKEN}[0]"'),
        (Set("X", (TOKEN, "é")), '$env:X = "${env:TOKEN}é"'),
        (Set("X", (TOKEN, TOKEN)), '$env:X = "${env:TOKEN}$env:TOKEN"'),
        (Set("X", ("$", TOKEN, '"')), '$env:X = "`$${env:TOKEN}`""'),
        (Set("X", (OUTPUT,)), '$env:X = (acme token) -join "`n"'),
        (Set("X", ("Bearer ", OUTPUT)), '$env:X = "Bearer " + ((acme token) -join "`n")'),
        (Set("X", (OUTPUT, "$", OUTPUT)), '$env:X = ((acme token) -join "`n") + \'$\' + ((acme token) -join "`n")'),
        (Set("X", (TOKEN, " ", OUTPUT)), '$env:X = "$env:TOKEN " + ((acme token) -join "`n")'),
    ],
)
def test_a_change_in_the_house_style(shell: Shell, change: Change, code: str) -> None:
    assert shell.render(change) == code


@both
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("acme",), "acme"),
        (("acme.exe", "get-token"), "acme.exe get-token"),
        (("acme", "-n", "--long-name", "a/b.c", "-p", "https://h.example/v1"), None),
        (("my acme", "a b"), '& "my acme" "a b"'),
        (("if", "x"), '& "if" x'),
        (("/usr/bin/acme",), '& "/usr/bin/acme"'),
        (("acme", "-app:x"), 'acme "-app:x"'),
        (("acme", "-Dname.x=1"), 'acme "-Dname.x=1"'),
        (("acme", "--name=a,b"), 'acme "--name=a,b"'),
        (("acme", "@x", "a,b", "{}", "1.50", "~", "*", "#"), 'acme "@x" "a,b" "{}" "1.50" "~" "*" "#"'),
        (("acme", "a;b", "a|b", "a&b", "a b", "a{b}", "a(b)"), 'acme "a;b" "a|b" "a&b" "a b" "a{b}" "a(b)"'),
        (("acme", "$5", "it's", "`"), "acme '$5' \"it's\" '`'"),
        (("acme", "a\nb"), 'acme "a`nb"'),
    ],
)
def test_a_call_quotes_what_would_not_stand_for_itself(shell: Shell, words: tuple[str, ...], code: str | None) -> None:
    assert shell.call(words) == (code or " ".join(words))


@both
@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("a\0b", "hold a NUL character"),
        (CommandOutput(("acme", "a\0b")), "hold a NUL character"),
        (CommandOutput(("acme", "")), "pass an empty argument to a program"),
        (CommandOutput(("acme", 'say "hi"')), "pass a double quote to a program"),
        (
            CommandOutput(("acme", "C:\\my files\\")),
            "pass an argument to a program that has a blank and ends in a backslash",
        ),
        (CommandOutput(("acme", "--%")), "pass --% to a program"),
        (CommandOutput(("where", "acme")), "run where, which it takes for a command of its own"),
        (CommandOutput(("LS",)), "run LS, which it takes for a command of its own"),
    ],
)
def test_a_change_that_can_not_be_made_exactly(shell: Shell, part: str | CommandOutput, reason: str) -> None:
    assert shell.refuse(Set("X", (part,))) == reason


def test_only_windows_powershell_has_its_own_curl() -> None:
    change = Set("X", (CommandOutput(("curl", "https://h.example")),))
    assert POWERSHELL.refuse(change) is None
    assert WINDOWS_POWERSHELL.refuse(change) == "run curl, which it takes for a command of its own"


@both
@pytest.mark.parametrize(
    "change",
    [
        Unset("X"),
        Set("X", ()),
        Set("X", ("C:\\my files\\", TOKEN, '"')),
        Set("X", (CommandOutput(("acme", "C:\\files\\", "\u201ca\u201d", "-")),)),
    ],
)
def test_a_change_that_can_be_made(shell: Shell, change: Change) -> None:
    assert shell.refuse(change) is None


@both
@pytest.mark.parametrize(
    ("code", "changes"),
    [
        # Assignments
        ("$env:X = 'a'", [Set("X", ("a",))]),
        ('$Env:X="a"', [Set("X", ("a",))]),
        ("${env:X} = 'a'", [Set("X", ("a",))]),
        ('[string]$env:X = "a"', [Set("X", ("a",))]),
        ('$env:X = "a"; $env:Y = "b"', [Set("X", ("a",)), Set("Y", ("b",))]),
        ('$env:Path += ";C:\\Tools"', [Set("Path", (Reference("Path"), ";C:\\Tools"))]),
        ('$a = $env:X = "a"', [Set("X", ("a",))]),
        ("$env:X = $null", [Unset("X")]),
        ('$env:X = ""', [Unset("X")]),
        ("$env:X = 5", [Set("X", ("5",))]),
        ("$env:X = $true", [Set("X", ("True",))]),
        # Line breaks and comments
        ('$env:X = `\n  "a"', [Set("X", ("a",))]),
        ('$env:X =\n"a" +\n"b"', [Set("X", ("ab",))]),
        ('# $env:X = "n"\n<# $env:X = "n"\n #> $env:X = "a" # b', [Set("X", ("a",))]),
        # Strings
        ("$env:X = \u201ca\u201e", [Set("X", ("a",))]),
        ("$env:X = \u2018a\u201b", [Set("X", ("a",))]),
        ("$env:X = 'it''s'", [Set("X", ("it's",))]),
        ("$env:X = 'it'\u2019s'", [Set("X", ("it\u2019s",))]),
        ('$env:X = "a ""b"" `"c`" `$5 $ 5 `q"', [Set("X", ('a "b" "c" $5 $ 5 q',))]),
        ('$env:X = "a`tb`r`n`0"', [Set("X", ("a\tb\r\n\0",))]),
        ('$env:X = "one\ntwo"', [Set("X", ("one\ntwo",))]),
        ('$env:X = @"\nsay "hi", it\'s `$5\n$env:T\n"@', [Set("X", ('say "hi", it\'s $5\n', Reference("T")))]),
        ("$env:X = @'  \n$env:T '\n '@\n'@", [Set("X", ("$env:T '\n '@",))]),
        ('$env:X = @"\n"@', [Unset("X")]),
        ("$env:X = @'\n\n'@", [Unset("X")]),
        # References, whose letters may differ in case
        ('$env:X = "${env:T}a$ENV:T"', [Set("X", (Reference("T"), "a", Reference("T")))]),
        ("$env:X = $env:T", [Set("X", (Reference("T"),))]),
        ('$env:Xa = "1"; $env:Y = "$env:XA/b"', [Set("Xa", ("1",)), Set("Y", (Reference("Xa"), "/b"))]),
        ('$env:Xa = "1"; $env:XA = "2"', [Set("Xa", ("1",)), Set("Xa", ("2",))]),
        ('"$env:x"; $env:X = "1"', [Set("X", ("1",))]),
        # Sums and variables of the session
        ('$env:X = "a" + $env:B + 5', [Set("X", ("a", Reference("B"), "5"))]),
        ('$t = "a"\n$env:Y = "$t b" + $T', [Set("Y", ("a ba",))]),
        ('$t = "a"; $t += "b"; $env:Y = $script:t', [Set("Y", ("ab",))]),
        ("$t = acme token; $env:Y = $t", [Set("Y", (OUTPUT,))]),
        # Output of commands
        ('$env:X = (acme token) -join "`n"', [Set("X", (OUTPUT,))]),
        ('$env:X = "Bearer " + ((acme token) -join "`n")', [Set("X", ("Bearer ", OUTPUT))]),
        ("$env:X = (acme token)", [Set("X", (OUTPUT,))]),
        ("$env:X = $(acme token)", [Set("X", (OUTPUT,))]),
        ('$env:X = "Bearer $(acme token)"', [Set("X", ("Bearer ", OUTPUT))]),
        ("$env:X = acme token", [Set("X", (OUTPUT,))]),
        ("$env:X = abc", [Set("X", (CommandOutput(("abc",)),))]),
        ("$env:X = sk-<TOKEN>", [Set("X", (CommandOutput(("sk-<TOKEN>",)),))]),
        ("$env:X = & 'my acme' a`,b --c=\"d e\"", [Set("X", (CommandOutput(("my acme", "a,b", "--c=d e")),))]),
        # Items of the Env: drive
        ('Set-Item -Path Env:X -Value "a"', [Set("X", ("a",))]),
        ("Set-Item Env:\\X a", [Set("X", ("a",))]),
        ("set-item -value a -literalpath env:/X -Force", [Set("X", ("a",))]),
        ('Set-Item Env:X -Value ("a" + $env:B)', [Set("X", ("a", Reference("B")))]),
        ("New-Item -Path Env: -Name X -Value a | Out-Null", [Set("X", ("a",))]),
        ("$null = New-Item Env:X -Value a -Confirm:$false", [Set("X", ("a",))]),
        ("[void](Set-Content Env:X a)", [Set("X", ("a",))]),
        ("Set-Item Env:X $null", [Unset("X")]),
        ("Remove-Item Env:X", [Unset("X")]),
        ("Remove-Item -Path Env:\\X -ErrorAction SilentlyContinue", [Unset("X")]),
        ("rm env:X -EA 0", [Unset("X")]),
        ("Clear-Item Env:X", [Unset("X")]),
        # Methods and programs
        ('[Environment]::SetEnvironmentVariable("X", "a")', [Set("X", ("a",))]),
        ("[System.Environment]::SetEnvironmentVariable('X', 'a' + 'b', 'User')", [Set("X", ("ab",))]),
        (
            '[environment]::setenvironmentvariable(\n  "X",\n  $null,\n  [EnvironmentVariableTarget]::User\n)',
            [Unset("X")],
        ),
        ('[Environment]::SetEnvironmentVariable("X", [NullString]::Value)', [Unset("X")]),
        ('[Environment]::SetEnvironmentVariable("X", "")', [Unset("X")]),
        ('setx X "a b"', [Set("X", ("a b",))]),
        ("setx.exe X a /M", [Set("X", ("a",))]),
        # What touches no variable of the environment
        ("notepad $PROFILE", []),
        (". $PROFILE", []),
        ("acme", []),
        ("npm install -g @acme/cli --% <x>", []),
        ("irm https://h.example/install.ps1 | iex", []),
        ("acme a,b > log.txt 2>&1", []),
        ("Get-ChildItem Env: | Format-Table", []),
        ('$headers = @{\n  Authorization = "Bearer $env:T"\n}\nInvoke-RestMethod $url -Headers $headers', []),
        ("[Console]::OutputEncoding = [Text.Encoding]::UTF8", []),
        ("$env:X; $env:X.Length -gt 5", []),
        ("7z x a.zip", []),
    ],
)
def test_code_written_by_hand(shell: Shell, code: str, changes: list[Change]) -> None:
    assert [found.change for found in shell.parse(code)] == changes


@both
@pytest.mark.parametrize(
    "code",
    [
        '$x = 5; $x++; $env:A = "$x"',
        "$x = '1'; $x, $y = 2, 3; $env:A = $x",
        "$x = '1'; Set-Variable x 2; $env:A = $x",
        "$x = '1'; . ./other.ps1; $env:A = $x",
        "iex '$env:A = 1'",
        "Get-Content x | sc Env:A",
        "Set-Item Env:A 1 &",
        "$env:A++",
    ],
)
def test_what_may_have_changed_is_not_guessed(shell: Shell, code: str) -> None:
    with pytest.raises(UnreadableCodeError):
        shell.parse(code)


@both
@pytest.mark.parametrize(
    ("code", "line", "reason"),
    [
        ("$env:X = <TOKEN>", 1, 'a value is expected here, but "<" follows'),
        ("$env:X =", 1, "a command is expected here, but the end follows"),
        ('\n$env:X = "a', 2, "a quoted text starts here and does not end"),
        ("$env:X = 'it's'", 1, "a quoted text starts here and does not end"),
        ('$env:X = @"\na', 1, "a here-string starts here and does not end"),
        ("$env:X = (acme", 1, "a parenthesis is opened here and not closed"),
        ("$h = @{ a = 1", 1, '"@{" starts here and does not end'),
        ('$env:X = "a" }', 1, 'a command is expected here, but "}" follows'),
        ("acme ]", 1, '"]" is not expected here'),
        ('$env:X = "a" "b"', 1, "what the expression comes to can't be told from the code"),
        ("$env:X = 5 + 6", 1, "what the expression comes to can't be told from the code"),
        ("$env:X = 1.50", 1, "what the expression comes to can't be told from the code"),
        ('$env:X -= "a"', 1, "what the expression comes to can't be told from the code"),
        ('$env:X = "a","b"', 1, "what the expression comes to can't be told from the code"),
        ("$env:X = $env:T.Trim()", 1, "what the expression comes to can't be told from the code"),
        ('$env:X = (acme token) -join " "', 1, "what the expression comes to can't be told from the code"),
        ('$env:X = "$(Get-Date -Format "yyyy")"', 1, "what the expression comes to can't be told from the code"),
        ('$env:X = "$((acme) -join "`n")"', 1, "what the expression comes to can't be told from the code"),
        ('$env:X = "a" | acme', 1, "what several commands come to can't be told from the code"),
        ("$env:X = $y", 1, "what $y holds can't be told from the code"),
        ('$env:X = "$HOME: here"', 1, "what $HOME: holds can't be told from the code"),
        ('$env:X = "$env:A:b"', 1, 'PowerShell takes "A:b" for the name of the variable; write ${env:NAME}'),
        ('$env:X = "$env:A?"', 1, 'PowerShell takes "A?" for the name of the variable; write ${env:NAME}'),
        ('$a = "$env:T"; $env:T = "n"; $env:X = $a', 1, "it holds what T held before that was changed"),
        ("$env:X = acme a,b", 1, "PowerShell takes what stands around a comma for a list"),
        ("$env:X = acme -Da.b=1", 1, "PowerShell does not take -Da.b=1 as it stands; quote it"),
        ("$env:X = acme @args", 1, "PowerShell does not take @args as it stands; quote it"),
        ("$env:X = acme --% <a>", 1, "what the command gets or prints can't be told from the code"),
        ("$env:X = acme 2>$null", 1, "what the command gets or prints can't be told from the code"),
        ("$env:X = acme $env:T", 1, "what the command runs can't be told from the code"),
        ('\nif ($true) { $env:X = "a" }', 2, 'what "if" does can\'t be told without running it'),
        ('& { $env:X = "a" }', 1, 'a value is expected here, but "{" follows'),
        ("[int]$env:X = 5", 1, "what is set here can't be told from the code"),
        ("$env:A, $env:B = 1, 2", 1, "what is set here can't be told from the code"),
        ("Set-Item Env:X", 1, "what the variable is set to can't be told from the code"),
        ("Set-Item Env:X -Val a", 1, "what -val does can't be told from the code"),
        ("Remove-Item Env:ACME_*", 1, "which variables are changed can't be told from the code"),
        ("Remove-Item Env:A, Env:B", 1, "which variables are changed can't be told from the code"),
        ("Set-Item -Path:Env:X a", 1, "what -path:env:x does can't be told from the code"),
        ("Set-Item Environment::X a", 1, "which variables are changed can't be told from the code"),
        ("Copy-Item Env:A Env:B", 1, "which variables are changed can't be told from the code"),
        ('[Environment]::SetEnvironmentVariable("X")', 1, "which variable is set can't be told from the code"),
        ("setx X a /F f.txt", 1, "what setx does here can't be told from the code"),
    ],
)
def test_code_whose_effect_can_not_be_told(shell: Shell, code: str, line: int, reason: str) -> None:
    with pytest.raises(UnreadableCodeError) as caught:
        shell.parse(code)
    assert (str(caught.value), caught.value.line) == (reason, line)


def test_what_only_powershell_7_knows() -> None:
    code = '$env:X = "`u{1F600}`e"'
    assert [found.change for found in POWERSHELL.parse(code)] == [Set("X", ("\U0001f600\x1b",))]
    assert [found.change for found in WINDOWS_POWERSHELL.parse(code)] == [Set("X", ("u{1F600}e",))]
    with pytest.raises(UnreadableCodeError, match="there is no such character"):
        POWERSHELL.parse('$env:X = "`u{110000}"')
    assert POWERSHELL.parse("acme login && acme test || acme help") == ()
    with pytest.raises(UnreadableCodeError, match="whether a variable is changed here can't be told"):
        POWERSHELL.parse("acme test || Set-Item Env:X a")
    with pytest.raises(UnreadableCodeError, match='"&&" is not expected here'):
        WINDOWS_POWERSHELL.parse("acme login && acme test")


def test_the_line_of_a_change_is_that_of_its_statement() -> None:
    code = '$env:A = @"\na\n"@\n\n$env:B =\n  "b"\nSet-Item `\n  Env:C c'
    assert [found.line for found in POWERSHELL.parse(code)] == [1, 5, 7]


@both
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=st.lists(CHANGES, min_size=PER_EXAMPLE, max_size=PER_EXAMPLE))
def test_the_parser_reads_what_the_renderer_writes(shell: Shell, changes: list[Set]) -> None:
    for change in changes:
        if shell.refuse(change) is None:
            found = environment_after(found.change for found in shell.parse(shell.render(change)))
            assert found == {name: state or None for name, state in environment_after([change]).items()}
