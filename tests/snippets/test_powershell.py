"""PowerShell's quoting rules, as its manual states them (about_Quoting_Rules)."""

import pytest

from guidewright.snippets.powershell import assign


@pytest.mark.parametrize(
    ("value", "snippet"),
    [
        ("https://h.example/v1/<ID>", '$env:NAME = "https://h.example/v1/<ID>"'),
        ("it's", '$env:NAME = "it\'s"'),
        ("costs $5", "$env:NAME = 'costs $5'"),
        ('say "hi"', "$env:NAME = 'say \"hi\"'"),
        ("back`tick", "$env:NAME = 'back`tick'"),
        ("it's $5", "$env:NAME = 'it''s $5'"),
        ("say \u201chi\u201d", "$env:NAME = 'say \u201chi\u201d'"),
        ("it\u2019s $5", "$env:NAME = 'it\u2019\u2019s $5'"),
    ],
)
def test_readable_quotes_where_they_change_nothing(value: str, snippet: str) -> None:
    assert assign("NAME", value) == snippet
