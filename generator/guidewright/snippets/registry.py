"""The shells that there are: one row each."""

from collections.abc import Mapping

from guidewright.snippets import bash, powershell
from guidewright.snippets.shell import Shell

SHELLS: Mapping[str, Shell] = {shell.name: shell for shell in (bash.SHELL, powershell.SHELL)}
