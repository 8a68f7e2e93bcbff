"""Zsh, the default shell of macOS."""

from guidewright.snippets.posix import posix_shell
from guidewright.snippets.posix_words import Dialect

# https://zsh.sourceforge.io/Doc/Release/Parameters.html
_OWN_VARIABLES = """
    ARGC COLUMNS EGID EUID FUNCNEST GID HISTCMD HISTSIZE KEYBOARD_HACK KEYTIMEOUT LINENO LINES LISTMAX MAILCHECK
    OPTIND PPID RANDOM SAVEHIST SECONDS SHLVL TRY_BLOCK_ERROR TRY_BLOCK_INTERRUPT TTYIDLE UID USERNAME WATCH
    ZSH_EVAL_CONTEXT ZSH_SUBSHELL _ aliases argv builtins cdpath commands dirstack dis_aliases dis_builtins
    dis_functions dis_functions_source dis_galiases dis_patchars dis_reswords dis_saliases fignore fpath
    funcfiletrace funcsourcetrace funcstack functions functions_source functrace galiases history historywords
    jobdirs jobstates jobtexts keymaps mailpath manpath module_path modules nameddirs options parameters
    patchars path pipestatus psvar reswords saliases signals status termcap terminfo userdirs usergroups watch
    widgets zsh_eval_context zsh_scheduled_events
"""

SHELL = posix_shell(
    name="zsh",
    dialect=Dialect(expands_history=True, has_ansi_c_quotes=True, has_translated_quotes=False, expands_more=True),
    own_variables=frozenset(_OWN_VARIABLES.split()),
    keeps="~/.zshrc",
    interpreters=(("zsh", "-f"),),
)
