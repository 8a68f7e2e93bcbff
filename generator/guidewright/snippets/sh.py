"""POSIX sh, such as dash."""

from guidewright.snippets.posix import posix_shell
from guidewright.snippets.posix_words import Dialect

# https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_05_03
_OWN_VARIABLES = frozenset({"LINENO", "OPTIND", "PPID", "_"})

SHELL = posix_shell(
    name="sh",
    dialect=Dialect(expands_history=False, has_ansi_c_quotes=False, has_translated_quotes=False, expands_more=False),
    own_variables=_OWN_VARIABLES,
    keeps="~/.profile",
    interpreters=(("dash",), ("sh",)),
)
