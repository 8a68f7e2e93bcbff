"""What a spec file must not contain, in the words of a docs writer: one row per finding.

A headline and a help line are format strings. ``{token}`` is the guilty text; a row may know more.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """The fixed part of a finding; the attributes are those of ``Diagnostic``."""

    code: str
    headline: str
    help: str


_LONGEST_TOKEN = 40


def shorten(text: str) -> str:
    """Cut a text that is too long for a headline."""
    return text if len(text) <= _LONGEST_TOKEN else f"{text[: _LONGEST_TOKEN - 1]}…"


# YAML that is well-formed, and refused.

ALIAS = Message(
    "alias",
    'the alias "{token}" is not allowed',
    'write the value itself here; if "*" belongs to the text, put the text in quotes',
)
ANCHOR = Message(
    "anchor",
    'the anchor "{token}" is not allowed',
    'remove it, and write the value out where it is used; if "&" belongs to the text, put the text in quotes',
)
COMPLEX_KEY = Message(
    "complex-key",
    "a key must be a single word or text, not a list or mapping",
    "put the key in quotes if its brackets belong to the text, otherwise name the value with a simple key",
)
DIRECTIVE = Message(
    "directive",
    'a line must not start with "%"',
    'remove the line; if "%" belongs to the text, put the text in quotes',
)
DUPLICATE_KEY = Message(
    "duplicate-key",
    'the key "{name}" is written twice',
    "remove it here or in line {line}, or rename one of the two",
)
EMPTY_FILE = Message("empty-file", "the file says nothing", "write its content, or delete the file")
EMPTY_KEY = Message("non-string-key", "a key is missing", "write a key before the colon")
MERGE_KEY = Message(
    "merge-key",
    'the merge key "<<" is not allowed',
    "write the keys of the other mapping out here",
)
NON_STRING_KEY = Message(
    "non-string-key",
    'the key "{token}" is not text',
    'put it in quotes: "{token}"',
)
NUMBER_TOO_LONG = Message(
    "number-too-long",
    "the number has more than {limit} digits",
    "put it in quotes if it is text, otherwise shorten it",
)
SECOND_DOCUMENT = Message(
    "second-document",
    "a second document starts here",
    'remove the line "---", or move what follows it to a file of its own',
)
TAG = Message(
    "tag",
    'the tag "{token}" is not allowed',
    'remove it; if "!" belongs to the text, put the text in quotes',
)
TOO_DEEP = Message(
    "too-deep",
    "the nesting is more than {limit} levels deep",
    "move the inner levels further out",
)
UNQUOTED_REFERENCE = Message(
    "yaml-syntax",
    'a value that starts with "{{{{" must be in quotes',
    'put the whole value in double quotes, as in: "{{{{ name }}}}/path"',
)

# YAML that is not well-formed.

TAB = Message("tab-character", "a tab stands where only spaces are allowed", "replace it by spaces")
UNCLOSED_QUOTE = Message(
    "yaml-syntax",
    "this quote is not closed",
    "write the same quote at the end of the value",
)
UNCLOSED_BRACKET = Message(
    "yaml-syntax",
    'this "{token}" is not closed',
    'write "{closing}" at the end; if "{token}" belongs to the text, put the whole value in quotes',
)
WRONG_BRACKET = Message(
    "yaml-syntax",
    'this "{token}" closes nothing',
    'remove it; if "{token}" belongs to the text, put the whole value in quotes',
)
MISSING_COMMA = Message(
    "yaml-syntax",
    "a comma or a closing bracket is missing before this",
    "write a comma between two items; put an item that contains brackets, quotes or a colon in quotes",
)
MISSING_ITEM = Message("yaml-syntax", "a value is missing before this comma", "write the value, or remove the comma")
COLON_IN_VALUE = Message(
    "yaml-syntax",
    'a value that contains ": " must be in quotes',
    "put the whole value in quotes",
)
# YAML 1.2.2 (chapter 7.3.3) would allow it; the C parser does not.
COLON_IN_BRACKETS = Message(
    "yaml-syntax",
    "text that contains a colon must be in quotes between brackets",
    'put the whole text in quotes; if it is a key and its value, write ": " with a space',
)
NO_SPACE_AFTER_COLON = Message("yaml-syntax", "a space is missing after this colon", 'write "{key}: " with a space')
NO_COLON = Message(
    "yaml-syntax",
    "this line has no colon",
    'write it as "key: value"; if it continues the value above, indent it further than the key of that value',
)
LONG_KEY = Message("yaml-syntax", "a key must not be longer than 1024 characters", "choose a shorter key")
MISSING_KEY = Message("yaml-syntax", "a key is missing before this colon", "write a key before the colon")
INDENTATION = Message(
    "yaml-syntax",
    "the indentation of this line does not fit the lines above",
    "indent it by exactly as many spaces as the lines it belongs to",
)
TEXT_AFTER_QUOTE = Message(
    "yaml-syntax",
    "text follows the closing quote",
    "quote the whole value; inside single quotes write ' twice, inside double quotes write \\\" for a quote",
)
TEXT_AFTER_BRACKET = Message(
    "yaml-syntax",
    "text follows the closing bracket",
    "put the whole value in quotes",
)
ITEM_AMONG_KEYS = Message(
    "yaml-syntax",
    "a list item stands where a key is expected",
    'write "key:" in a line above it, and indent it below that key',
)
KEY_AMONG_ITEMS = Message(
    "yaml-syntax",
    "this line stands among list items, but is none",
    'start it with "- ", or indent it if it belongs to the item above',
)
ITEM_IN_LINE = Message(
    "yaml-syntax",
    "a list must start in a line of its own",
    'move "- " to the next line and indent it; if it belongs to the text, put the value in quotes',
)
RESERVED_START = Message(
    "yaml-syntax",
    'text must not start with "{token}"',
    "put the whole text in quotes",
)
UNKNOWN_ESCAPE = Message(
    "yaml-syntax",
    '"{token}" means nothing inside double quotes',
    "write the backslash twice, or put the value in single quotes",
)
TEXT_AFTER_BLOCK_START = Message(
    "yaml-syntax",
    'text must not follow "{token}" in the same line',
    "move the text to the next line and indent it, or put the whole value in quotes",
)
AFTER_THE_END = Message(
    "yaml-syntax",
    "this stands after the end of the content",
    "remove it, or write everything as keys with values",
)
UNREADABLE = Message(
    "yaml-syntax",
    "this is not valid YAML: {problem}",
    "put the value in quotes if it is text, and compare the indentation with the lines above",
)
