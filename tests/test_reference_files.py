"""What the guides have the reader put into files and windows, as the parsers of those formats read it."""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from guidewright.diagnostics import Report
from guidewright.model import ContentNode, FileSnippet, Route, Site, Snippets, Value
from guidewright.resolve import resolve
from guidewright.schema import decode
from guidewright.snippets import render_snippets
from guidewright.source import load_documents
from guidewright.workspace import Workspace

REPOSITORY = Path(__file__).parents[1]
PARSERS: Mapping[str, Callable[[str], Any]] = {
    "json": json.loads,
    "toml": tomllib.loads,
    "yaml": YAML(typ="safe").load,
}


def read_spec() -> tuple[Site, Snippets]:
    report = Report()
    site = resolve(decode(load_documents(Workspace(REPOSITORY).spec_files, REPOSITORY, report), report), report)
    assert site is not None
    snippets = render_snippets(site, report)
    assert report.diagnostics == ()
    return site, snippets


SITE, SNIPPETS = read_spec()
ROUTES = [(guide.agent.name, route) for guide in SITE.guides for route in guide.routes]
FILES = [(agent, file) for agent, route in ROUTES for file in SNIPPETS.files_of(route)]


def plain(node: ContentNode) -> object:
    """What a parser should read."""
    match node:
        case Value():
            return node.text
        case tuple():
            return [plain(entry) for entry in node]
        case Mapping():
            return {key: plain(entry) for key, entry in node.items()}
        case _:
            return node


def json_in_windows(routes: list[tuple[str, Route]]) -> Iterator[tuple[str, str]]:
    for agent, route in routes:
        for step in route.steps:
            if step.value is not None and step.value.text.startswith(("{", "[")):
                yield agent, step.value.text


def test_there_are_files_and_windows() -> None:
    assert {agent for agent, _ in FILES} >= {"OpenAI Codex", "OpenCode", "Gemini CLI", "Visual Studio Code"}
    assert {agent for agent, _ in json_in_windows(ROUTES)} >= {"Visual Studio Code", "Xcode"}


@pytest.mark.parametrize(("agent", "file"), FILES, ids=[f"{agent} {file.file.path.default}" for agent, file in FILES])
def test_config_file_is_read_as_the_spec_has_it(agent: str, file: FileSnippet) -> None:
    assert PARSERS[file.file.format](file.code) == plain(file.file.content), agent


def test_what_is_pasted_as_json_is_json() -> None:
    for agent, text in json_in_windows(ROUTES):
        assert json.loads(text), agent


def content_of(agent: str, path: str) -> Any:  # noqa: ANN401 - whatever the file holds
    (file,) = [file for found, file in FILES if found == agent and file.file.path.default.endswith(path)]
    return PARSERS[file.file.format](file.code)


def test_editor_expands_its_own_references() -> None:
    """The model's address and header come from the spec; what the editor fills in itself stays as it is."""
    (group,) = content_of("Visual Studio Code", "chatLanguageModels.json")
    (model,) = group["models"]
    assert group["apiKey"].startswith("${input:")
    assert model["url"] == "https://<GATEWAY_DOMAIN>/compat/chat/completions"
    assert model["requestHeaders"] == {"Authorization": "${apiKey}"}


def test_endpoints_of_several_providers_are_derived_under_each_surface() -> None:
    """The spec states each provider's path once; surface and agent decide what stands before and behind it."""
    paths = {
        "anthropic": "/anthropic/v1",
        "openai": "/openai",
        "google": "/google-ai-studio/v1beta",
        "xai": "/grok/v1",
    }
    project = content_of("OpenCode", "opencode.json")
    team = content_of("OpenCode", ".well-known/opencode")
    for base, config, headers in [
        (
            "https://gateway.ai.cloudflare.com/v1/<ACCOUNT_ID>/<GATEWAY_ID>",
            project,
            {"cf-aig-authorization": "Bearer {env:CF_AIG_TOKEN}"},
        ),
        (
            "https://<GATEWAY_DOMAIN>",
            team["config"],
            {"cf-access-token": "{env:CF_ACCESS_TOKEN}", "X-Requested-With": "XMLHttpRequest"},
        ),
    ]:
        options = {name: provider["options"] for name, provider in config["provider"].items()}
        assert {name: found["baseURL"] for name, found in options.items()} == {
            name: base + path for name, path in paths.items()
        }
        assert all(found["headers"] == headers and found["apiKey"] == "" for found in options.values())
    assert team["auth"]["command"] == ["cloudflared", "access", "login", "-app", "https://<GATEWAY_DOMAIN>"]
