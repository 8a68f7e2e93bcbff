"""Words by which a page says that something is not so, or not always so: rules keep silent about it then."""

import re

from guidewright.lint.page import Code, Prose, Section

DENIES = re.compile(
    r"\b(?:no|not|never|cannot|without|neither|nor|none|nobody|unnecessary|optional(?:ly)?|instead of|rather than"
    r"|no longer|avoid|skip|omit|remove[sd]?|unset|delete[sd]?)\b|n[\u2019']t\b",
    re.IGNORECASE,
)
"""The reader is told to do without something."""

IS_A_CASE = re.compile(
    r"\b(?:if|when|whenever|where|unless|or|either|depending|depends|otherwise|for example|such as|e\.g\.|only|also|can"
    r"|could|may|might|some|other|another)\b",
    re.IGNORECASE,
)
"""A sentence that holds for some readers, or some of the time."""

IS_ABOUT_A_MISTAKE = re.compile(
    r"\b(?:wrong(?:ly)?|incorrect\w*|invalid|mistake\w*|errors?|fail\w*|broken|bad|typos?|misspel\w+|doubled?|twice"
    r"|two slashes|troubleshoot\w*|40\d|refused?|rejected|lacks?|missing|without|instead of|rather than|remove[sd]?"
    r"|avoid|never|cannot|not|no longer|before|previous\w*|formerly|former|used to|old(?:er)?|deprecated|legacy|was"
    r"|were|fixed|if you see|logs?|looks? like)\b|n[\u2019']t\b|\u274c|\u2717|\u2718",
    re.IGNORECASE,
)
"""A sentence that shows what not to write, or what was written once."""

IS_WITHOUT_THE_GATEWAY = re.compile(
    r"\bwithout (?:an? |the |any )?(?:[\w-]+ ){0,2}(?:gateway|proxy)\b|\bdirect(?:ly)? (?:to|with|access|connection)\b"
    r"|\bbypass\w*",
    re.IGNORECASE,
)
"""About the provider itself, with nothing in between."""

NAMES_A_SYSTEM = re.compile(
    r"(?<![A-Za-z])(?:windows|macos|linux|wsl|unix|powershell|bash|zsh|fish|nushell|cmd(?:\.exe)?|terminal|docker"
    r"|containers?|kubernetes|ci|cd|github[ -]actions|gitlab|servers?|codespaces?)(?![A-Za-z])",
    re.IGNORECASE,
)
"""Of the readers of one system, shell or place to run something."""

IS_ABOUT_GOING_BACK = re.compile(
    r"\b(?:undo\w*|revert\w*|(?:go(?:ing)?|switch(?:ing)?|chang(?:e|ing)|roll(?:ing)?) ?back|remov(?:e|ing)"
    r"|uninstall\w*|disabl(?:e|ing)|turn(?:ing)? (?:it )?off|stop(?:ping)? using)\b",
    re.IGNORECASE,
)
"""How things are once the gateway is not used any more."""

_LABEL = re.compile(
    r"\b(?:before(?! (?:you|this|the)\b)|old|previous(?:ly)?|former(?:ly)?|legacy|deprecated"
    r"|(?:wrong|incorrect|invalid)(?! (?:api|key|token|credential))"
    r"|bad|broken|mistakes?|do not write|don[\u2019']t|not like this|this fails|does not work)\b|\u274c|\u2717|\u2718",
    re.IGNORECASE,
)
# A longer title is about more than what is wrong.
_MAX_WORDS_OF_A_TITLE, _MAX_WORDS_OF_A_LABEL = 4, 8
# What a program says, rather than what the reader is to copy.
_PLAIN = {"", "text", "txt", "log", "plain", "plaintext", "output", "http", "console"}
_FAILED = re.compile(r"\b(?:errors?|failed|refused|[45]\d\d)\b", re.IGNORECASE)
_COMMENT = re.compile(r"(?:^|\s)(?:#|//|--|REM\b)")


def is_shown_as_wrong(section: Section, code: Code) -> bool:
    """Whether a page shows code as that of yesterday, or as a mistake.

    Args:
        section: the one in which it stands.
        code: one of its fences.

    Returns:
        Whether the label of its tab, the heading, or the line that leads to it says so.
    """
    lead = ""
    for block in section.blocks:
        if block is code:
            break
        lead = block.text if isinstance(block, Prose) else ""
    last = re.split(r"[.!?;]\s", lead)[-1].rstrip("*_ ")
    is_titled = len(section.title.split()) <= _MAX_WORDS_OF_A_TITLE
    labels = [code.tab, section.title if is_titled else "", last if last.endswith(":") else ""]
    return any(len(label.split()) <= _MAX_WORDS_OF_A_LABEL and _LABEL.search(label) for label in labels)


def without_what_is_wrong(code: Code) -> str:
    """The text of code with blanks for what it shows as a mistake, or what a patch removes.

    Args:
        code: any fence.

    Returns:
        A text of the same length, so that positions in it are those in the code.
    """
    lines = code.text.split("\n")
    is_patch, is_next_wrong = code.language in {"diff", "patch"}, False
    for number, line in enumerate(lines):
        comment = _COMMENT.search(line)
        is_told = comment is not None and _LABEL.search(line, comment.end()) is not None
        is_log = code.language in _PLAIN and _FAILED.search(line) is not None
        if is_told or is_next_wrong or is_log or (is_patch and line.startswith("-")):
            lines[number] = " " * len(line)
        is_next_wrong = is_told and comment is not None and not line[: comment.start()].strip()
    return "\n".join(lines)
