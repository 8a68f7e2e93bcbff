"""The "did you mean" line, worded once for every stage."""

import difflib
from collections.abc import Iterable

# How much of a word must be right for another one to be suggested, from 0 to 1.
_NEAR = 0.6


def nearest(word: str, candidates: Iterable[str], cutoff: float = _NEAR) -> str | None:
    """Find the candidate that a misspelt word most likely means.

    Args:
        word: what the writer typed.
        candidates: the names that exist.
        cutoff: how much of the word must be right, from 0 to 1.

    Returns:
        The candidate, or None where none is near.
    """
    return next(iter(difflib.get_close_matches(word, sorted(set(candidates)), n=1, cutoff=cutoff)), None)


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return a help line for a name that does not exist.

    Args:
        word: what the writer typed.
        candidates: the names that exist.

    Returns:
        ``did you mean "x"?`` for a near miss, otherwise the list of what exists, or ``""`` when nothing does.
    """
    known = sorted(set(candidates))
    near = nearest(word, known)
    if near is not None:
        return f'did you mean "{near}"?'
    if known:
        return f"use one of: {', '.join(known)}"
    return ""
