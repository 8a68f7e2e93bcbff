"""Which shell code is for, where the page does not say it."""

import functools
import re

# One line that sets a variable in this shell only, and whatever else such code may hold.
_SETS = {
    "bash": re.compile(r"export [A-Z][A-Z0-9_]*=\S"),
    "powershell": re.compile(r"\$env:[A-Z][A-Z0-9_]* ?= ?[\"']"),
    "fish": re.compile(r"set (?:-gx|-Ux|-x) [A-Z][A-Z0-9_]* \S"),
}
_GOES_WITH = re.compile(r"#.*|[a-z][\w.-]*(?: [\w.~/\"'=<>:$-]+)*")


@functools.lru_cache(maxsize=1024)
def guess_shell(text: str) -> str:
    """Find the shell of code without a language.

    Args:
        text: of a fence.

    Returns:
        The language of the only shell in which all of its lines make sense; empty where that can't be told.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for language, sets in _SETS.items():
        setting = [line for line in lines if sets.match(line)]
        if setting and all(line in setting or _GOES_WITH.fullmatch(line) for line in lines):
            return language
    return ""
