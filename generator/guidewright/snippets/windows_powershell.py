"""Windows PowerShell 5.1, which is part of Windows."""

from functools import partial

from guidewright.snippets import powershell
from guidewright.snippets.powershell_parser import Dialect, parse
from guidewright.snippets.shell import Shell

# Aliases that PowerShell 7 no longer has. https://learn.microsoft.com/windows/curl/
_OLD_ALIASES = "asnp curl gsnp gwmi ise iwmi npssc rsnp rujb rwmi sc shcm sujb swmi trcm wget"

SHELL = Shell(
    name="windows-powershell",
    title="Windows PowerShell",
    language="powershell",
    render=powershell.render,
    refuse=partial(powershell.refuse, own_commands=powershell.OWN_COMMANDS.union(_OLD_ALIASES.split())),
    parse=partial(parse, dialect=Dialect(has_chains=False, has_unicode_escapes=False)),
    call=powershell.call,
    # https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_environment_variables?view=powershell-5.1
    holds_empty=False,
    keeps="$PROFILE",
    interpreters=(
        ("powershell.exe", "-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File"),
    ),
    script_suffix=".ps1",
)
