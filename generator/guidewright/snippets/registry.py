"""The shells that there are: one row each."""

from collections.abc import Mapping

from guidewright.snippets import bash, cmd, fish, nushell, powershell, sh, windows_powershell, zsh
from guidewright.snippets.shell import Shell

SHELLS: Mapping[str, Shell] = {
    shell.name: shell
    for shell in (
        bash.SHELL,
        zsh.SHELL,
        sh.SHELL,
        fish.SHELL,
        nushell.SHELL,
        cmd.SHELL,
        powershell.SHELL,
        windows_powershell.SHELL,
    )
}
