"""Bash, as it is used on Linux."""

from guidewright.snippets.posix import posix_shell
from guidewright.snippets.posix_words import Dialect

# https://www.gnu.org/software/bash/manual/html_node/Bash-Variables.html
_OWN_VARIABLES = """
    BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_CMDS BASH_COMMAND BASH_LINENO BASH_SOURCE
    BASH_SUBSHELL BASH_VERSINFO DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD LINENO OPTIND
    PPID RANDOM SECONDS SHELLOPTS SHLVL SRANDOM UID _
"""

SHELL = posix_shell(
    name="bash",
    dialect=Dialect(expands_history=True, has_ansi_c_quotes=True, has_translated_quotes=True, expands_more=False),
    own_variables=frozenset(_OWN_VARIABLES.split()),
    keeps="~/.bashrc",
    # A snippet is pasted at a prompt, where the history is expanded.
    interpreters=(("bash", "--noprofile", "--norc", "-o", "history", "-o", "histexpand"),),
)
