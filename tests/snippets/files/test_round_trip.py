"""What is written is what every reader of the format reads, ours included.

A value that once failed joins ``vectors.json``.

The guards guard. Each of these, taken out for a moment, made a test here fail:

- yaml: the quotes of words and numbers (``no``, ``1e3``); those of ``e2``, which npm's yaml 1.1 takes for NaN; the
  point in ``1.0e+20``; the double quotes of what ends in a line break, which PyYAML loses at the end of a file
- dotenv: single quotes for ``$`` and for a backslash; the refusals of ``${``, of two backslashes, of one at the end
- json: the refusal of integers beyond 53 bits; strings that look like comments
- ini: before sections, the quotes for ``;`` and for two backslashes; the refusals of ``true`` as a text, of a null and
  of blanks at an end; in sections, those of ``;``, of two backslashes, of quotes, of characters outside of ASCII, of
  keys with a colon or in capitals, and of DEFAULT and of dots in their names; anywhere, that of ``[]`` after a key
"""

import json
import string
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guidewright.snippets.files import FILE_FORMATS, FileFormat, Node, Tree
from snippets.files.judges import JUDGES, Answer, as_judged

# What some format treats specially, in plenty, and some of everything else that a page can show.
NASTY = "$`\"'\\!{}()[]<>|&;*?~#%^@,.:/+- \n=_aénutyR0159xeoN\u00a0\u0101\u00c8\u2018\u2019\u201c\u201d\u2028\u3000北🙂"
VECTORS: list[str] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
VALUES = st.one_of(
    st.text(alphabet=st.sampled_from(NASTY), max_size=14),
    st.text(alphabet=st.sampled_from("0123456789abefox_.:+-TZ "), max_size=10),
    st.sampled_from(VECTORS),
)
KEYS = st.one_of(st.text(alphabet=string.ascii_letters + "_", min_size=1, max_size=6), VALUES)
NUMBERS = st.one_of(
    st.integers(-(2**53) + 1, 2**53 - 1), st.floats(allow_nan=False), st.sampled_from([1e20, 1e-7, 2**63 - 1])
)
NODES: st.SearchStrategy[Node] = st.recursive(
    st.one_of(VALUES, NUMBERS, st.booleans(), st.none()),
    lambda below: st.one_of(st.lists(below, max_size=4), st.dictionaries(KEYS, below, max_size=4)),
    max_leaves=12,
)
TREES: st.SearchStrategy[Tree] = st.one_of(
    st.dictionaries(KEYS, NODES, max_size=4), st.lists(NODES, min_size=1, max_size=3)
)
# What means something in INI.
INI_WORDS = ["a", "b", "true", "null", "[]", "__proto__", "DEFAULT", "\\\\", "a.b", "'a'", '"a"', "{}"]
INI_TEXTS = st.one_of(
    st.text(alphabet=st.sampled_from(";#'\"\\[]=:%${}. \tabA-é\n\u2028\ufeff\x85\x1c"), max_size=4),
    st.lists(st.sampled_from(INI_WORDS), min_size=1, max_size=2).map("".join),
    VALUES,
)
INI_SECTIONS = st.dictionaries(INI_TEXTS, st.dictionaries(INI_TEXTS, INI_TEXTS, max_size=6), max_size=3)
INI_KEYS = st.dictionaries(INI_TEXTS, st.one_of(INI_TEXTS, st.booleans(), st.none()), max_size=6)
PER_BATCH, BATCHES = 200, 6

every_format = pytest.mark.parametrize("file_format", FILE_FORMATS.values(), ids=list(FILE_FORMATS))
every_nested_format = pytest.mark.parametrize(
    "file_format", [FILE_FORMATS[name] for name in ("json", "toml", "yaml")], ids=("json", "toml", "yaml")
)
# A batch is not shrunk: the message names what is wrong in it.
in_batches = settings(
    max_examples=BATCHES, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)


def as_variables(file_format: FileFormat, values: list[str]) -> Tree:
    """All values that the format can hold, in one file."""
    variables: dict[str, Node] = {
        f"GW_{number}": value for number, value in enumerate(values) if file_format.refuse({"GW": value}) is None
    }
    has_lists = file_format.name not in {"dotenv", "ini"}
    return {**variables, "list": list(variables.values())} if has_lists else variables


def differences(answer: Answer, tree: Tree) -> list[object]:
    """What a judge answers, next to what it should, for each key that is different."""
    expected = as_judged(tree)
    if not isinstance(answer, dict) or not isinstance(expected, dict):
        return [] if answer == expected else [answer]
    return [
        (key, answer.get(key), expected.get(key))
        for key in answer.keys() | expected.keys()
        if answer.get(key, ...) != expected.get(key, ...)
    ]


@every_format
@in_batches
@given(values=st.lists(VALUES, min_size=PER_BATCH, max_size=PER_BATCH))
def test_values_survive(file_format: FileFormat, values: list[str]) -> None:
    tree = as_variables(file_format, values)
    code = file_format.render(tree)
    assert file_format.parse(code) == tree
    for judge, ask in JUDGES[file_format.name].items():
        # A page or a reader may add a line break at the end.
        for answer in ask([code, f"{code}\n"]):
            assert (judge, differences(answer, tree)) == (judge, [])


@every_format
def test_vectors_survive(file_format: FileFormat) -> None:
    """Alone, each is at the end of its file too."""
    trees: list[Tree] = [{"GW": value} for value in VECTORS if file_format.refuse({"GW": value}) is None]
    # A format that refused everything would pass all tests.
    assert len(trees) > len(VECTORS) * 4 / 5
    codes = [file_format.render(tree) for tree in trees]
    assert [file_format.parse(code) for code in codes] == trees
    for judge, ask in JUDGES[file_format.name].items():
        wrong = [(judge, tree, answer) for tree, answer in zip(trees, ask(codes), strict=True) if answer != tree]
        assert wrong == []


@every_nested_format
@in_batches
@given(trees=st.lists(TREES, min_size=PER_BATCH // 4, max_size=PER_BATCH // 4))
def test_trees_survive(file_format: FileFormat, trees: list[Tree]) -> None:
    trees = [tree for tree in trees if file_format.refuse(tree) is None]
    codes = [file_format.render(tree) for tree in trees]
    for code, tree in zip(codes, trees, strict=True):
        # Unlike `==`, this tells 1 from 1.0 and True.
        assert json.dumps(file_format.parse(code), sort_keys=True) == json.dumps(tree, sort_keys=True)
    for judge, ask in JUDGES[file_format.name].items():
        answers = zip(codes, trees, ask(codes), strict=True)
        assert [(judge, code, answer) for code, tree, answer in answers if differences(answer, tree)] == []


def without_what_is_refused(tree: Tree) -> Tree:
    """The keys and the sections of a tree that INI holds alone: it holds them together, too."""
    refuse = FILE_FORMATS["ini"].refuse
    assert isinstance(tree, Mapping)
    kept: dict[str, Node] = {}
    for name, node in tree.items():
        if isinstance(node, dict) and refuse({name: {}}) is None:
            kept[name] = {key: value for key, value in node.items() if refuse({name: {key: value}}) is None}
        elif refuse({name: node}) is None:
            kept[name] = node
    return kept


@in_batches
@given(
    keys=st.lists(INI_KEYS, min_size=PER_BATCH // 4, max_size=PER_BATCH // 4),
    sections=st.lists(INI_SECTIONS, min_size=PER_BATCH // 4, max_size=PER_BATCH // 4),
)
def test_sections_survive(keys: list[Tree], sections: list[Tree]) -> None:
    """Alone, and after keys without a section, which RawConfigParser does not read."""
    ini = FILE_FORMATS["ini"]
    both: list[Tree] = [{**one, **other} for one, other in zip(sections, keys, strict=True)]  # type: ignore[dict-item]
    trees = [without_what_is_refused(tree) for tree in [*keys, *sections, *both]]
    assert [ini.refuse(tree) for tree in trees] == [None] * len(trees)
    codes = [ini.render(tree) for tree in trees]
    assert [ini.parse(code) for code in codes] == trees
    for judge, ask in JUDGES["ini"].items():
        answers = list(zip(codes, trees, ask(codes), strict=True))
        assert [(judge, code, answer) for code, tree, answer in answers if answer != tree] == []
        asked = answers[len(keys) :][: len(sections)]
        assert all(isinstance(answer, dict) for _, _, answer in asked)
