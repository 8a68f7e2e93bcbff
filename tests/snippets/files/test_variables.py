from collections.abc import Sequence

import pytest

from guidewright.snippets.files import FILE_FORMATS, Tree, UnreadableVariablesError, place_variables, variables_in

VARIABLES = {"ACME_KEY": "k", "ACME_EMPTY": ""}


@pytest.mark.parametrize(
    ("key_path", "tree"),
    [
        ((), VARIABLES),
        (("env",), {"env": VARIABLES}),
        (("terminal.env", "linux"), {"terminal.env": {"linux": VARIABLES}}),
    ],
)
def test_variables_stand_at_their_key_path(key_path: Sequence[str], tree: Tree) -> None:
    assert place_variables(VARIABLES, key_path) == tree
    assert variables_in(tree, key_path) == VARIABLES


def test_what_is_beside_them_does_not_matter() -> None:
    tree: Tree = {"model": "acme", "a": {"b": [1], "env": {"A": "x"}}, "env": {"A": 1}}
    assert variables_in(tree, ("a", "env")) == {"A": "x"}


def test_a_file_that_ends_before_them_sets_none() -> None:
    assert variables_in({}, ("a", "env")) == {}
    assert variables_in({"a": {}}, ("a", "env")) == {}


@pytest.mark.parametrize(
    ("code", "key_path", "reason"),
    [
        ('{"a": {"env": {"A": 1}}}', ("a", "env", "A"), "a number is no value of a variable"),
        ('{"a": {"env": {"A": true}}}', ("a", "env", "A"), "a boolean is no value of a variable"),
        ('{"a": {"env": {"B": "", "A": null}}}', ("a", "env", "A"), "a null is no value of a variable"),
        ('{"a": {"env": {"A": {}}}}', ("a", "env", "A"), "a mapping is no value of a variable"),
        ('{"a": {"env": ["A=x"]}}', ("a", "env"), "a list stands where variables belong"),
        ('{"a": {"env": null}}', ("a", "env"), "a null stands where variables belong"),
        ('{"a": "env"}', ("a",), "a string stands where variables belong"),
    ],
)
def test_what_is_no_variable_is_reported(code: str, key_path: Sequence[str], reason: str) -> None:
    with pytest.raises(UnreadableVariablesError) as error:
        variables_in(FILE_FORMATS["json"].parse(code), ("a", "env"))
    assert (error.value.key_path, str(error.value)) == (key_path, reason)
