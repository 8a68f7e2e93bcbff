"""``guidewright list``: the guides, and where facts come from."""

import pytest

from project import Project

SOURCE = 'source: {from: "https://north.example.com/api", date: "2026-01-31"}'


@pytest.fixture
def sourced(acme: Project) -> Project:
    acme.edit("spec/providers/north.yaml", "endpoint:\n", f"{SOURCE}\nendpoint:\n")
    measured = "    source: {from: measured by hand, date: '2026-03-01'}\n"
    acme.edit("spec/agents/coder.yaml", "  - provider: south\n", f"  - provider: south\n{measured}")
    return acme


def test_guides(acme: Project) -> None:
    result = acme.run("list")
    assert (result.stdout, result.code) == ("guides/coder: Coder through Gate to North Models, South Models\n", 0)


def test_sources(sourced: Project) -> None:
    result = sourced.run("list", "--sources")
    assert result.stdout.splitlines() == [
        "2026-01-31  spec/providers/north.yaml:5  all of the file: https://north.example.com/api",
        "2026-03-01  spec/agents/coder.yaml:23  routes.1: measured by hand",
        "no source   spec/agents/coder.yaml:16  routes.0",
        "no source   spec/gateways/acme.yaml:1  all of the file",
        "no source   spec/providers/south.yaml:1  all of the file",
        "2 sources, of 2; 3 without a source.",
    ]
    assert result.code == 0


def test_sources_older_than_a_day(sourced: Project) -> None:
    """What has no source may be of any age."""
    first, *without, summary = sourced.run("list", "--sources", "--older-than", "2026-03-01").stdout.splitlines()
    assert first.startswith("2026-01-31")
    assert [line.partition("  ")[0] for line in without] == ["no source"] * 3
    assert summary == "1 source older than 2026-03-01, of 2; 3 without a source."


def test_a_source_of_the_whole_file_is_enough(sourced: Project) -> None:
    sourced.write("spec/agents/coder.yaml", f"{sourced.read('spec/agents/coder.yaml')}{SOURCE}\n")
    assert "spec/agents/coder.yaml:16" not in sourced.run("list", "--sources").stdout


def test_reference_says_of_everything_where_it_comes_from(reference: Project) -> None:
    assert "; 0 without a source." in reference.run("list", "--sources").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--older-than", "2026-03-01"], "--older-than goes with --sources"),
        (["--sources", "--older-than", "yesterday"], "'yesterday' does not match the format"),
    ],
)
def test_wrong_use(acme: Project, arguments: list[str], message: str) -> None:
    result = acme.run("list", *arguments)
    assert message in result.stderr
    assert result.code == 2


def test_a_date_that_is_none(acme: Project) -> None:
    acme.edit("spec/providers/north.yaml", "endpoint:\n", f"{SOURCE.replace('2026-01-31', 'January')}\nendpoint:\n")
    assert 'error[malformed-value]: malformed value "January"' in acme.run("list").stdout
