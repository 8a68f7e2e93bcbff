"""Text compared without regard to how it is written."""

import html
import re

# CommonMark, "Backslash escapes": before any ASCII punctuation.
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def unescaped(text: str) -> str:
    """What a reader sees of Markdown that holds escapes and character references."""
    return _ESCAPED.sub(r"\1", html.unescape(text))


def plain(text: str) -> str:
    """Letters and digits only, in small letters: ``<ACCOUNT_ID>`` and "account ID" are the same."""
    return "".join(character for character in text.lower() if character.isalnum())
