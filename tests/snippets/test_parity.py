"""Every tab is read back: code that does not do what the spec says stops the build."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from guidewright.diagnostics import Report
from guidewright.model import Snippet, Snippets
from guidewright.snippets import Node, compare_snippets, is_same_tree
from project import Project
from test_cases import CASES
from test_rendered_pages import facts_of

PREFIX = 'the code for "'


def findings(acme: Project, tamper: Callable[[Snippets], Snippets]) -> list[str]:
    """What is reported of a site after somebody tampered with its snippets, without the common words."""
    acme.overlay(CASES / "valid" / "files")
    _, site, snippets = facts_of(acme.root)
    report = Report()
    compare_snippets(site, tamper(snippets), report)
    return [
        found.headline.removeprefix(PREFIX).replace('" does not do what the spec says', "")
        for found in report.diagnostics
        if found.code == "snippet-differs"
    ]


def in_tab(label: str, old: str, new: str) -> Callable[[Snippets], Snippets]:
    """Change the code of one tab of the first route."""

    def tamper(snippets: Snippets) -> Snippets:
        first = next(iter(snippets.tabs))
        return replace(snippets, tabs={**snippets.tabs, first: edited(snippets.tabs[first], label, old, new)})

    return tamper


def edited(tabs: tuple[Snippet, ...], label: str, old: str, new: str) -> tuple[Snippet, ...]:
    assert sum(tab.label == label and old in tab.code for tab in tabs) == 1
    return tuple(replace(tab, code=tab.code.replace(old, new)) if tab.label == label else tab for tab in tabs)


def test_nothing_is_found_where_nobody_tampered(acme: Project) -> None:
    assert findings(acme, lambda snippets: snippets) == []


@pytest.mark.parametrize(
    ("label", "old", "new", "problem"),
    [
        ("macOS / Linux", "/north", "/north/", "CODER_URL 'https://gate.example.com/v1/<TEAM>/north/', not"),
        ("macOS / Linux", "export CODER_KEY", "# export CODER_KEY", "leaves CODER_KEY out"),
        ("macOS / Linux", "export CODER_KEY", "CODER_KEY", "leaves CODER_KEY out"),
        ("macOS / Linux", "export CODER_KEY", "export OTHER=1 CODER_KEY", "changes OTHER, which the route does not"),
        ("macOS / Linux", '="<ACME_TOKEN>"', "=<ACME_TOKEN>", 'in line 2, "<" redirects input or output here'),
        ("macOS / Linux", '/north"', "/north", "in line 3, a quoted text starts here and does not end"),
        (".env", "/north", "", "CODER_URL 'https://gate.example.com/v1/<TEAM>', not"),
        ("coder.toml", '"<ACME_TOKEN>"', "1", "a number is no value of a variable"),
        ("coder.toml", "[env]", "[envs]", "leaves CODER_URL out"),
        ("coder.yaml", "CODER_KEY:", "CODER_KEY", "could not find expected ':'"),
    ],
)
def test_changed_tab(acme: Project, label: str, old: str, new: str, problem: str) -> None:
    found = findings(acme, in_tab(label, old, new))
    assert found
    assert found[0].startswith(f"{label}: {problem}")


def test_changed_undo(acme: Project) -> None:
    def tamper(snippets: Snippets) -> Snippets:
        undo = {guide: edited(tabs, "macOS / Linux", "unset CODER_KEY\n", "") for guide, tabs in snippets.undo.items()}
        return replace(snippets, undo=undo)

    assert findings(acme, tamper) == ["macOS / Linux: leaves CODER_KEY out"]


def test_changed_code_that_stores(acme: Project) -> None:
    acme.overlay(CASES / "valid" / "computed-and-multi-line")
    _, site, snippets = facts_of(acme.root)
    route = next(route for route in snippets.tabs if any(tab.storing_code for tab in snippets.tabs[route]))
    tampered = tuple(replace(tab, storing_code=tab.storing_code.replace("/v1", "")) for tab in snippets.tabs[route])
    report = Report()
    compare_snippets(site, replace(snippets, tabs={**snippets.tabs, route: tampered}), report)
    assert [found.code for found in report.diagnostics] == ["snippet-differs"]


def test_files_are_compared_with_their_types() -> None:
    tree: dict[str, Node] = {"a": 1, "b": [True, "x"], "c": float("nan")}
    assert is_same_tree(tree, {"c": float("nan"), "b": [True, "x"], "a": 1})
    others: list[dict[str, Node]] = [{"a": 1.0}, {"a": True}, {"b": [1, "x"]}, {"b": [True]}, {"d": "more"}]
    for other in others:
        assert not is_same_tree(tree, {**tree, **other})


def test_changed_config_file(acme: Project) -> None:
    def tamper(snippets: Snippets) -> Snippets:
        files = {
            route: tuple(replace(file, code=file.code.replace("retries = 3", "retries = 4")) for file in of_route)
            for route, of_route in snippets.files.items()
        }
        return replace(snippets, files=files)

    assert findings(acme, tamper) == ["~/.coder/profile.toml: holds something else"]
