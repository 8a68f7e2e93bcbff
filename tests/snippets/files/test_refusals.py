"""What a format can't hold, where it is, and why: words that follow "can't"."""

import pytest

from guidewright.snippets.files import FILE_FORMATS, KeyPath, Tree

HALF = "hold half a character (a lone surrogate)"
SIZE = "hold an integer of more than 53 bits for every reader"
INFINITE = "hold a number that is not finite"
BACKSLASHES = "hold two backslashes in a row, or one at the end"
AT_AN_END = "hold a blank or a line break at the start or the end of a text"
CONTROL = "hold a line break or another control character in a section"
QUOTES = "hold quotes around a text in a section: some readers take them away"
ENCODING = "hold a character outside of ASCII in a section: readers differ in the encoding"
CAPITALS = 'hold a key named "Key" in a section, whose capitals some readers make small'
NO_PART = "in a section, which not every reader takes for a part of the text"
SINGLE_QUOTE = 'hold a single quote together with "$", a backtick or a backslash'


@pytest.mark.parametrize(
    ("name", "tree", "key_path", "reason"),
    [
        ("json", {"a": [{"b": "\ud800"}]}, ("a", 0, "b"), HALF),
        ("json", {"a": {"\udfff": 1}}, ("a", "\udfff"), HALF),
        ("json", {"a": 2**53}, ("a",), SIZE),
        ("json", {"a": -(2**53)}, ("a",), SIZE),
        ("json", {"b": 1, "a": [1.5, float("inf")]}, ("a", 1), INFINITE),
        ("json", {"a": float("nan")}, ("a",), INFINITE),
        ("toml", {"a": {"b": [None]}}, ("a", "b", 0), "hold a null"),
        ("toml", {"a": 2**63}, ("a",), "hold an integer of more than 64 bits"),
        ("toml", {"a": "\ud800"}, ("a",), HALF),
        ("toml", {"a": "x\r\ny"}, ("a",), "hold a carriage return"),
        ("yaml", {"a": [2**53]}, ("a", 0), SIZE),
        ("yaml", {"a": "\ud800"}, ("a",), HALF),
        ("dotenv", {"A": "", "B": {"C": ""}}, ("B",), "hold a mapping"),
        ("dotenv", {"A": []}, ("A",), "hold a list"),
        ("dotenv", {"A": 1}, ("A",), "hold a number"),
        ("dotenv", {"A": True}, ("A",), "hold a boolean"),
        ("dotenv", {"A": None}, ("A",), "hold a null"),
        ("dotenv", {"a.b": ""}, ("a.b",), 'hold a variable named "a.b"'),
        ("dotenv", {"1A": ""}, ("1A",), 'hold a variable named "1A"'),
        ("dotenv", {"": ""}, ("",), 'hold a variable named ""'),
        ("dotenv", {"__proto__": ""}, ("__proto__",), 'hold a variable named "__proto__"'),
        ("dotenv", {"PPID": "1"}, ("PPID",), "set PPID, which sh keeps for itself"),
        ("dotenv", {"A": "x\ry"}, ("A",), "hold a control character"),
        ("dotenv", {"A": "\ud800"}, ("A",), HALF),
        ("dotenv", {"A": 'it\'s "x"'}, ("A",), "hold both kinds of quotes"),
        ("dotenv", {"A": "it's $5"}, ("A",), SINGLE_QUOTE),
        ("dotenv", {"A": "it's `x`"}, ("A",), SINGLE_QUOTE),
        ("dotenv", {"A": "it's C:\\x"}, ("A",), SINGLE_QUOTE),
        ("dotenv", {"A": "\\\\host"}, ("A",), BACKSLASHES),
        ("dotenv", {"A": "C:\\"}, ("A",), BACKSLASHES),
        ("dotenv", {"A": "${B}"}, ("A",), 'hold "${", which some readers expand in any quotes'),
        ("ini", {"a": "", "b": ["c"]}, ("b",), "hold a list"),
        ("ini", {"a": 1}, ("a",), "hold a number"),
        ("ini", {"a.b": None}, ("a.b",), "hold a null"),
        ("ini", {"a": "true"}, ("a",), 'hold the text "true", which is read as a boolean'),
        ("ini", {"a": "null"}, ("a",), 'hold the text "null", which is read as a null'),
        ("ini", {"a": " b"}, ("a",), AT_AN_END),
        ("ini", {"a": "b\n"}, ("a",), AT_AN_END),
        ("ini", {"a": "b\u00a0"}, ("a",), AT_AN_END),
        ("ini", {"a": "\ufeffb"}, ("a",), AT_AN_END),
        ("ini", {"a": "\ud800"}, ("a",), HALF),
        ("ini", {"": ""}, ("",), 'hold a key named ""'),
        ("ini", {"a=b": ""}, ("a=b",), 'hold a key named "a=b"'),
        ("ini", {"a;b": ""}, ("a;b",), 'hold a key named "a;b"'),
        ("ini", {"a[]": ""}, ("a[]",), 'hold a key named "a[]"'),
        ("ini", {"[a]": ""}, ("[a]",), 'hold a key named "[a]"'),
        ("ini", {" a": ""}, (" a",), 'hold a key named " a"'),
        ("ini", {"'a'": ""}, ("'a'",), "hold a key named \"'a'\""),
        ("ini", {"é": ""}, ("é",), 'hold a key named "é"'),
        ("ini", {"__proto__": ""}, ("__proto__",), 'hold a key named "__proto__"'),
        ("ini", {"__proto__": {}}, ("__proto__",), 'hold a section named "__proto__"'),
        ("ini", {"DEFAULT": {}}, ("DEFAULT",), 'hold a section named "DEFAULT"'),
        ("ini", {"a.b": {}}, ("a.b",), 'hold a section named "a.b"'),
        ("ini", {"a]": {}}, ("a]",), 'hold a section named "a]"'),
        ("ini", {"": {}}, ("",), 'hold a section named ""'),
        ("ini", {"s": {"a": "", "b": {}}}, ("s", "b"), "hold a mapping in a section"),
        ("ini", {"s": {"a": True}}, ("s", "a"), "hold a boolean in a section"),
        ("ini", {"s": {"a:b": ""}}, ("s", "a:b"), 'hold a key named "a:b" in a section'),
        ("ini", {"s": {"Key": ""}}, ("s", "Key"), CAPITALS),
        ("ini", {"s": {"a": "false"}}, ("s", "a"), 'hold the text "false", which is read as a boolean'),
        ("ini", {"s": {"a": "\tb"}}, ("s", "a"), AT_AN_END),
        ("ini", {"s": {"a": "b\nc"}}, ("s", "a"), CONTROL),
        ("ini", {"s": {"a": "b\x00c"}}, ("s", "a"), CONTROL),
        ("ini", {"s": {"a": "b\u2028c"}}, ("s", "a"), CONTROL),
        ("ini", {"s": {"a": "é"}}, ("s", "a"), ENCODING),
        ("ini", {"s": {"a": "b;c"}}, ("s", "a"), f"hold ; {NO_PART}"),
        ("ini", {"s": {"a": "b#c"}}, ("s", "a"), f"hold # {NO_PART}"),
        ("ini", {"s": {"a": "\\\\b"}}, ("s", "a"), f"hold \\\\ {NO_PART}"),
        ("ini", {"s": {"a": "'b'"}}, ("s", "a"), QUOTES),
        ("ini", {"s": {"a": '"'}}, ("s", "a"), QUOTES),
    ],
)
def test_refusal(name: str, tree: Tree, key_path: KeyPath, reason: str) -> None:
    refusal = FILE_FORMATS[name].refuse(tree)
    assert refusal is not None
    assert (refusal.key_path, refusal.reason) == (key_path, reason)


@pytest.mark.parametrize(
    ("name", "tree"),
    [
        ("json", {"a": 2**53 - 1, "b": -(2**53) + 1, "c": None, "d": True, "e": 1e300, "f": "\ud7ff\ue000\r\x00"}),
        ("toml", {"a": 2**63 - 1, "b": -(2**63), "c": float("-inf"), "d": "\x00"}),
        ("yaml", {"a": 2**53 - 1, "b": float("inf"), "c": None, "d": "\r\x00"}),
        ("dotenv", {"A": "\t$B \\n", "_B": "it's", "__proto": ""}),
        ("ini", {"@b/c:a": "\x00\n;\\\\'", "//[::1]:1/:_a": "${B}", "c": True, "d e": "é\u2028é"}),
        ("ini", {"s=:[": {"a-b_c[0": "%d ${e}\tC:\\f\\ it's = [g]", "b": "True"}}),
    ],
)
def test_no_refusal(name: str, tree: Tree) -> None:
    assert FILE_FORMATS[name].refuse(tree) is None
    assert FILE_FORMATS[name].parse(FILE_FORMATS[name].render(tree)) == tree
