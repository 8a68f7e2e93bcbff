"""Bash reads back exactly what the snippet was written for."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidewright.snippets.bash import assign
from tools import require_tool

# What shells treat specially, in plenty, and some of everything else that a page can show.
VALUES = st.text(alphabet=st.sampled_from(list("$`\"'\\!{}()<>|&;*?~#%^ \n=aé北🙂")), max_size=12)


def environment_after(snippet: str) -> dict[str, str]:
    bash = require_tool("bash", "install bash")
    script = f"{snippet}\nenv -0\n"
    completed = subprocess.run(
        [bash, "--norc", "--noprofile", "-c", script], env={"PATH": "/usr/bin:/bin"}, capture_output=True, check=True
    )
    assert completed.stderr == b""
    entries = completed.stdout.decode().split("\0")
    return dict(entry.split("=", 1) for entry in entries if entry)


@settings(max_examples=25, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=40))
def test_values_survive(values: list[str]) -> None:
    expected = {f"GW_{number}": value for number, value in enumerate(values)}
    environment = environment_after("\n".join(assign(name, value) for name, value in expected.items()))
    assert {name: environment[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("value", "snippet"),
    [
        ("https://h.example/v1/<ID>", 'export NAME="https://h.example/v1/<ID>"'),
        ("a: Bearer <TOKEN>", 'export NAME="a: Bearer <TOKEN>"'),
        ("it's", 'export NAME="it\'s"'),
        ("costs $5", "export NAME='costs $5'"),
        ('say "hi"', "export NAME='say \"hi\"'"),
        ("it's $5", "export NAME='it'\\''s $5'"),
        ("wow!", "export NAME='wow!'"),
    ],
)
def test_readable_quotes_where_they_change_nothing(value: str, snippet: str) -> None:
    assert assign("NAME", value) == snippet
    assert environment_after(snippet)["NAME"] == value
