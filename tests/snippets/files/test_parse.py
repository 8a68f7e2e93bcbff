"""Files that someone wrote by hand: what they hold, or why and where they can't be read.

The guards guard. Each of these, taken out for a moment, made a test here fail: in yaml, the refusals of leading zeros,
of numbers to the base of 60 and of aliases; in dotenv, those of ``#`` in an unquoted value and of a comment in place of
one; in json, that of a comma without a value; in ini, those of a blank before a key, of what stands after a section and
of the second key of a name.
"""

import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guidewright.snippets import UnreadableCodeError
from guidewright.snippets.files import FILE_FORMATS, Tree
from snippets.files.judges import JUDGES, as_judged

JSONC = [
    ('{"a": 1, // one\n "b": /* two */ [2,], /* and\n more */ }', {"a": 1, "b": [2]}),
    ('// first\n{"a": {"b": "",},}\n// last', {"a": {"b": ""}}),
    (
        '{"a": "// none", "b": "/* none */", "c": ",]", "d": "\\",}"}',
        {"a": "// none", "b": "/* none */", "c": ",]", "d": '",}'},
    ),
    ('{"a": 1 /* c */ , /* d */ }', {"a": 1}),
    ('{"a\\": 1": ["b", /**/]}', {'a": 1': ["b"]}),
]
AGREED = [
    (
        "json",
        '{"a": {"b": null}, "1:c": [true, 1.5, -0, "\\u00e9\\ud83d\\ude42"], "": ""}',
        {"a": {"b": None}, "1:c": [True, 1.5, 0, "é🙂"], "": ""},
    ),
    ("json", '[{"a": 1}, [null], "b"]', [{"a": 1}, [None], "b"]),
    ("yaml", "- a: b\n- [c]\n", [{"a": "b"}, ["c"]]),
    ("toml", "", {}),
    (
        "toml",
        'a.b = \'c:\\\'  # d\n[[e]]\nf = """\ng"""\n[e.h]\ni = 0x1F',
        {"a": {"b": "c:\\"}, "e": [{"f": "g", "h": {"i": 31}}]},
    ),
    ("yaml", "# a\n---\na: {b: [c, 'no', ~]}\n", {"a": {"b": ["c", "no", None]}}),
    (
        "yaml",
        "a: b c # d\ne:\n- true\n- 1\n- -1.5e+3\n- |\n  f\n   g\n- >-\n  h\n  i\n",
        {"a": "b c", "e": [True, 1, -1500.0, "f\n g\n", "h i"]},
    ),
    (
        "yaml",
        "a: 127.0.0.1\nb: 1.2.3\nc: 2001:db8::1\nd: 2026-11-24-preview\ne: v1\nf: '1e3'\n",
        {"a": "127.0.0.1", "b": "1.2.3", "c": "2001:db8::1", "d": "2026-11-24-preview", "e": "v1", "f": "1e3"},
    ),
    (
        "yaml",
        "a: .5\ng: 0x1F\nb: +.inf\nc:\nd: 'it''s'\ne: \"\\u00e9\\n\"\n",
        {"a": 0.5, "g": 31, "b": float("inf"), "c": None, "d": "it's", "e": "é\n"},
    ),
    ("ini", "", {}),
    (
        "ini",
        '; a\n  # é\na=b\nc = d  \n@e:f = g=h\n//i/:_j=${K}\nl = \nm="n; \\u00e9\\n#"\np=true\nq =\tFalse\n',
        {"a": "b", "c": "d", "@e:f": "g=h", "//i/:_j": "${K}", "l": "", "m": "n; é\n#", "p": True, "q": "False"},
    ),
    (
        "ini",
        "\n[a b]  \nc-d=e\n\n\nf = %g: ${H} i\\j\n ; k\nl =\n\n[m]\n[n]\na b = 'c\n",
        {"a b": {"c-d": "e", "f": "%g: ${H} i\\j", "l": ""}, "m": {}, "n": {"a b": "'c"}},
    ),
    ("ini", "a = b\n[c]\na = d", {"a": "b", "c": {"a": "d"}}),
    ("dotenv", "", {}),
    ("dotenv", "# A=1\n\n  export A=b#\n".replace("#\n", "\n"), {"A": "b"}),
    (
        "dotenv",
        'A=\nB=  \nC=c:/@%+,.=-_é # d\n\tD="d # d"\t# it\'s "e"\nE=\'e\'',
        {"A": "", "B": "", "C": "c:/@%+,.=-_é", "D": "d # d", "E": "e"},
    ),
    ("dotenv", 'A="it\'s\n# b\n"\nC=\'$d `e` \\n "f"\'', {"A": "it's\n# b\n", "C": '$d `e` \\n "f"'}),
]
SMALL = ", whose capitals some readers make small"
QUOTES = "hold quotes around a text in a section: some readers take them away"
UNREADABLE = [
    ("json", "", 1, "expecting value"),
    ("json", "1", 1, "there is neither an object nor an array at the top"),
    ("json", "[1, [NaN]]", 1, "a snippet can't hold a number that is not finite"),
    ("json", '// c\n{"a": 1,\n\n "b" 2}', 4, "expecting ':' delimiter"),
    ("json", '{"a": [1\n "b"]}', 2, "expecting ',' delimiter"),
    ("json", '{"a": 1} /* c', 1, "extra data"),
    ("json", '{"a": "b\n"}', 1, "invalid control character"),
    ("json", '{"a": 1,\n"b": {},\n"a": 2}', 3, 'the key "a" stands here for the second time'),
    ("json", '{"a": {\n"b": 1, "\\u0062": 2}}', 2, 'the key "b" stands here for the second time'),
    ("json", '{\n"a": [NaN]}', 2, "a snippet can't hold a number that is not finite"),
    ("json", '{\n"a": -Infinity}', 2, "a snippet can't hold a number that is not finite"),
    ("json", '{\n"a": 1e999}', 2, "a snippet can't hold a number that is not finite"),
    ("json", '{\n"a": ' + "9" * 5000 + "}", 2, "a snippet can't hold an integer of more than 53 bits for every reader"),
    ("json", '{\n"a": "\\ud800"}', 2, "a snippet can't hold half a character (a lone surrogate)"),
    ("json", '{"a": ' + "[" * 100_000, 1, "it is nested too deeply"),
    ("toml", "a = 1\nb = \n", 2, "invalid value"),
    ("toml", "a = 1\na = 2", 2, "cannot overwrite a value"),
    ("toml", "\na = [1,\n\n", 2, "invalid value"),
    ("toml", "a = '2026-11-24'\nb = [\n  2026-11-24,\n]\n", 4, "a snippet can't hold a date or a time"),
    ("toml", "[a]\nb = 07:32:00", 2, "a snippet can't hold a date or a time"),
    ("toml", "a = 1\nb = 9223372036854775808", 2, "a snippet can't hold an integer of more than 64 bits"),
    ("toml", "a = " + "[" * 100_000, 1, "it is nested too deeply"),
    ("yaml", "", 1, "the file is empty"),
    ("yaml", "# a\n", 1, "the file is empty"),
    ("yaml", "# a\nb", 2, "there is neither a mapping nor a list at the top"),
    ("yaml", "a: b: c", 1, "mapping values are not allowed here"),
    ("yaml", "a: 1\nb: [", 3, "expected the node content, but found '<stream end>'"),
    ("yaml", ">\n \n  ---", 3, "more indented follow up line than first in a block scalar"),
    ("yaml", "a: 1\nb: 2\na: 3", 3, 'the key "a" stands here for the second time'),
    ("yaml", "a: 1\n1: b", 2, "the key is no string; quote it"),
    ("yaml", "a: 1\n? [b]\n: c", 2, "the key is no string; quote it"),
    ("yaml", "a: &b 1\n", 1, "an anchor or an alias stands here; write out what is meant"),
    ("yaml", "a: 1\nb: *a", 2, "an anchor or an alias stands here; write out what is meant"),
    ("yaml", "a:\n  <<: {b: c}", 2, "not every reader takes << for the same; quote it if it is a string"),
    ("yaml", "a: !!str 1", 1, "what a tag changes is up to the reader"),
    ("yaml", "a: 1\nb: ! 1", 2, "what a tag changes is up to the reader"),
    ("yaml", "!!omap\na: 1", 1, "what a tag changes is up to the reader"),
    ("yaml", "%YAML 1.1\n---\na: 1", 2, "what a directive changes is up to the reader"),
    ("yaml", "a: 1\n---\nb: 2", 2, "a second document starts here"),
    ("yaml", "a: 1\nb: c\u2028d", 2, "not every reader takes the character U+2028 for a line break"),
    ("yaml", "a: 1\nb: \x01", 2, "the character U+0001 must not stand here"),
    ("yaml", 'a: 1\nb: "\\ud800"', 2, "a snippet can't hold half a character (a lone surrogate)"),
    ("yaml", "a: " + "9" * 5000, 1, "a snippet can't hold an integer of more than 53 bits for every reader"),
    ("yaml", "a: " + "[" * 1500, 1, "it is nested too deeply"),
    ("dotenv", "A=1\n\nB=2 3", 3, "not every reader takes the value for the same without quotes"),
    ("dotenv", "A=b#c", 1, "not every reader takes the value for the same without quotes"),
    ("dotenv", "A=$B", 1, "not every reader takes the value for the same without quotes"),
    ("dotenv", "A=~/b", 1, "not every reader takes the value for the same without quotes"),
    ("dotenv", "A=it's", 1, "not every reader takes the value for the same without quotes"),
    ("dotenv", "A= # c", 1, "not every reader allows a blank next to the equals sign"),
    ("dotenv", "A = b", 1, "not every reader allows a blank next to the equals sign"),
    ("dotenv", 'A=1\nexport B= "c"', 2, "not every reader allows a blank next to the equals sign"),
    ("dotenv", 'A=1\nB="c\n', 2, "a quoted value starts here and does not end"),
    ("dotenv", "A='it'\\''s'", 1, "not every reader takes what follows the closing quote for the same"),
    ("dotenv", 'A="b"# c', 1, "not every reader takes what follows the closing quote for the same"),
    ("dotenv", 'A="b\n$C"', 1, "not every reader takes $ in double quotes for the same"),
    ("dotenv", 'A="b\\n"', 1, "not every reader takes \\ in double quotes for the same"),
    ("dotenv", "A='${B}'", 1, "not every reader takes ${ in single quotes for the same"),
    ("dotenv", "A='b\\\\c'", 1, "not every reader takes \\\\ in single quotes for the same"),
    ("dotenv", "A='b\\'", 1, "not every reader takes \\ in single quotes for the same"),
    ("dotenv", "A: b", 1, "this is neither NAME=value nor a comment"),
    ("dotenv", "A=1\na.b=1", 2, "this is neither NAME=value nor a comment"),
    ("dotenv", "A", 1, "this is neither NAME=value nor a comment"),
    ("dotenv", "# a\u2028A=1", 1, "this is neither NAME=value nor a comment"),
    ("dotenv", "A=1\nA=2", 2, "A is set here for the second time"),
    ("dotenv", "A=1\nB=2\r\n", 2, "a control character stands here"),
    ("ini", "a", 1, "this is neither a section, key = value nor a comment"),
    ("ini", "[s]\na: b", 2, "this is neither a section, key = value nor a comment"),
    ("ini", "a=b\n= c", 2, "this is neither a section, key = value nor a comment"),
    ("ini", "[s]\na = b\n  c = d", 3, "not every reader takes a line with a blank at its start for a new one"),
    ("ini", " [s]", 1, "not every reader takes a line with a blank at its start for a new one"),
    ("ini", "\ufeff[s]", 1, "this is neither a section, key = value nor a comment"),
    ("ini", "\n[s] ; a", 2, "not every reader takes this for the start of a section"),
    ("ini", "[]", 1, "not every reader takes this for the start of a section"),
    ("ini", "[a", 1, "not every reader takes this for the start of a section"),
    ("ini", "[a.b]", 1, 'a snippet can\'t hold a section named "a.b"'),
    ("ini", "[a]\n[DEFAULT]", 2, 'a snippet can\'t hold a section named "DEFAULT"'),
    ("ini", "[a]\nb=c\n[d]\n[a]", 4, "a stands here for the second time"),
    ("ini", "a=b\n[a]", 2, "a stands here for the second time"),
    ("ini", "a=b\n\na=c", 3, "a stands here for the second time"),
    ("ini", "[s]\na=b\na =c", 3, "a stands here for the second time"),
    ("ini", "a[]=b", 1, 'a snippet can\'t hold a key named "a[]"'),
    ("ini", "[s]\na:b=c", 2, 'a snippet can\'t hold a key named "a:b" in a section'),
    ("ini", "[s]\nA=c", 2, f'a snippet can\'t hold a key named "A" in a section{SMALL}'),
    ("ini", "[s]\na='b'", 2, f"a snippet can't {QUOTES}"),
    ("ini", "[s]\na=true", 2, 'a snippet can\'t hold the text "true", which is read as a boolean'),
    ("ini", "a=b\nb=null", 2, "a snippet can't hold a null"),
    ("ini", 'a="true"', 1, 'a snippet can\'t hold the text "true", which is read as a boolean'),
    ("ini", 'a="b "', 1, "a snippet can't hold a blank or a line break at the start or the end of a text"),
    ("ini", "a='b'", 1, "what stands in single quotes can be more than a text; use double quotes"),
    ("ini", 'a="b"c"', 1, "what stands in quotes is no string of JSON"),
    ("ini", 'a="', 1, "what stands in quotes is no string of JSON"),
    ("ini", 'a="\\ud800"', 1, "a snippet can't hold half a character (a lone surrogate)"),
    ("ini", "a=b ; c", 1, "not every reader takes ; without quotes for the same"),
    ("ini", 'a=b\nb="c" # d', 2, "not every reader takes # without quotes for the same"),
    ("ini", "a=\\\\b", 1, "not every reader takes \\\\ without quotes for the same"),
    ("ini", "a=b\n; c\r\n", 2, "a control character stands here"),
    ("ini", "a=b\u2028c", 1, "a control character stands here"),
]


@pytest.mark.parametrize(("code", "tree"), JSONC)
def test_comments_and_trailing_commas_are_read(code: str, tree: Tree) -> None:
    assert FILE_FORMATS["json"].parse(code) == tree


@pytest.mark.parametrize(
    "code", ["[,]", "{,}", "[1,,]", '{"a": 1,,}', '{"a":,}', "[,1]", "[1 2,]", "['a']", "[1, # c\n]", "[.5]"]
)
def test_nothing_else_is_read(code: str) -> None:
    with pytest.raises(UnreadableCodeError):
        FILE_FORMATS["json"].parse(f'{{"a": {code}}}')


@pytest.mark.parametrize(("name", "code", "tree"), AGREED)
def test_what_readers_agree_on_is_read(name: str, code: str, tree: Tree) -> None:
    assert FILE_FORMATS[name].parse(code) == tree
    for judge, ask in JUDGES[name].items():
        assert (judge, ask([code])) == (judge, [as_judged(tree)])


CONTESTED = [
    "no",
    "Y",
    "off",
    "<<",
    "=",
    "010",
    "089",
    "0o7",
    "0b1",
    "-0x1F",
    "1_000",
    "12:30",
    "1:2:3.4",
    "1e3",
    "1.5e3",
]
CONTESTED += ["-.5", "1_0.5", ".", "e2", "2026-11-24", "2026-1-2", "2026-11-24 10:00:00", "2026-11-24T10:00:00Z"]


@pytest.mark.parametrize("scalar", CONTESTED)
def test_contested_scalars_are_not_read(scalar: str) -> None:
    with pytest.raises(UnreadableCodeError) as error:
        FILE_FORMATS["yaml"].parse(f"a:\n  - {scalar}\n")
    assert error.value.line == 2
    assert str(error.value) == f"not every reader takes {scalar} for the same; quote it if it is a string"


def test_contested_scalars_are_contested() -> None:
    codes = [f"a: {scalar}\n" for scalar in CONTESTED]
    answers = zip(*(ask(codes) for ask in JUDGES["yaml"].values()), strict=True)
    assert [code for code, readings in zip(codes, answers, strict=True) if len(set(map(repr, readings))) == 1] == []


CONTESTED_LINES = ["a = b;c", "a = b # c", "a = b\\\\c", "a = 'b'", 'a = "b"', "a = '", "a = true", "a = null"]
CONTESTED_LINES += ["A = b", "a:b = c", "a: b", "a[] = b", "__proto__ = b", "a\\;b = c", "'a' = b", "a", "a = é"]
CONTESTED_LINES += ["a = b\u2028c", "a = b\u0085", "a = \ufeffb", "a = b\n c = d", "a = b\na = c", "a = b\n  c"]
CONTESTED_LINES += ["[a.b]", "[a;b]", "['a']", "[__proto__]", "[DEFAULT]\na = b", "[s]", "[t] ; a", " [t]", "[]"]


@pytest.mark.parametrize("line", CONTESTED_LINES)
def test_contested_lines_are_not_read(line: str) -> None:
    with pytest.raises(UnreadableCodeError):
        FILE_FORMATS["ini"].parse(f"[s]\n{line}\n")


def test_contested_lines_are_contested() -> None:
    codes = [f"[s]\n{line}\n" for line in CONTESTED_LINES]
    answers = zip(*(ask(codes) for ask in JUDGES["ini"].values()), strict=True)
    assert [code for code, readings in zip(codes, answers, strict=True) if len(set(map(repr, readings))) == 1] == []


@pytest.mark.parametrize(("name", "code", "line", "reason"), UNREADABLE, ids=lambda part: ascii(part)[:40])
def test_unreadable(name: str, code: str, line: int, reason: str) -> None:
    with pytest.raises(UnreadableCodeError) as error:
        FILE_FORMATS[name].parse(code)
    assert (error.value.line, str(error.value)) == (line, reason)


def pieces(*several: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(several), min_size=1, max_size=9).map("".join)


HAND_WRITTEN = {
    "yaml": st.text(alphabet=st.sampled_from("0123456789._+-eExobTZ:~nyNO= "), max_size=8).map("k: {}\n".format),
    "dotenv": pieces(
        *[
            "A=",
            "B=",
            "export ",
            "=",
            "'",
            '"',
            "b",
            "é",
            "c\nd",
            "$",
            "${A}",
            "`",
            "\\",
            "\\n",
            "it's",
            "A='b'",
            '\nB="x"',
        ],
        *["#c", " #c", " ", "\t", "\n", "'\n", "\u2028", "\u00a0", "\ufeff", "~", ":", "!", "-"],
    ),
    "ini": pieces(
        *["[s]\n", "[t]\n", "\n[s]\n", "[", "]", "a", "b", "a=", "b = ", "\na=", "\nb = ", "=", ":", ".", "A", "é"],
        *["\n", "\n\n", " ", "\t", ";", "#", "'", '"', "\\", "true", "null", "[]", "${A}", "%", "\u2028", "\ufeff"],
        *["\u00a0", "\r", "__proto__", "[DEFAULT]\n"],
    ),
    "json": pieces(
        *[
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            '"a"',
            '"a":',
            '"b":1',
            '"c":[1',
            '"1:d"',
            "1",
            "-",
            "0",
            ".5",
            "e9",
            "null",
            "true",
        ],
        *[" ", "\n", "\t", "NaN", '"\\ud83d\\ude42"', '"\\ud800"', '"\\"', '"\n"'],
    )
    .map("{{{}}}".format)
    # JSON itself has no trailing commas.
    .filter(lambda code: not re.search(r",\s*[\]}]", code)),
}


@pytest.mark.parametrize("name", HAND_WRITTEN)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(data=st.data())
def test_what_is_read_is_what_every_reader_reads(name: str, data: st.DataObject) -> None:
    codes = data.draw(st.lists(HAND_WRITTEN[name], min_size=250, max_size=250))
    read = []
    for code in codes:
        try:
            read.append((code, as_judged(FILE_FORMATS[name].parse(code))))
        except UnreadableCodeError:
            continue
    for judge, ask in JUDGES[name].items():
        answers = zip(read, ask([code for code, _ in read]), strict=True)
        assert [(judge, code, answer) for (code, tree), answer in answers if answer != tree] == []
