"""The guard on generated pages: what a template says in so many words must be what the spec says."""

import pytest

from conftest import REPOSITORY
from project import Project

PAGE = "output/cloudflare/ai-gateway/integrations/coding-agents/claude-code.mdx"


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("You need an Anthropic API key.", "stale-credential"),
        ("AI Gateway does not use stored keys.", "stale-credential"),
        ("Anthropic bills you for every request.", "stale-credential"),
    ],
)
def test_sentence_left_on_another_auth_model(sentence: str, code: str, reference: Project) -> None:
    reference.write("templates/sections/key_holder.jinja", sentence)
    result = reference.run("build")
    assert f"error[{code}]" in result.stdout
    assert f"--> {PAGE}:" in result.stdout
    assert f" | {sentence}" in result.stdout
    assert result.code == 1
    assert not (reference.root / "output").exists()


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        (
            "`CLAUDE_CODE_USE_VERTEX` is set.",
            "CLAUDE_CODE_USE_VERTEX is for Google Vertex AI, and this section is about",
        ),
        ("`ANTHROPIC_CUSTOM_HEADER` is set.", "the spec knows no environment variable ANTHROPIC_CUSTOM_HEADER here"),
    ],
)
def test_sentence_about_another_variable(sentence: str, headline: str, reference: Project) -> None:
    route = '{% include "sections/route.jinja" %}'
    guide = (REPOSITORY / "templates/guide.jinja").read_text(encoding="utf-8")
    assert route in guide
    reference.write("templates/guide.jinja", guide.replace(route, f"{route}\n\n{sentence}"))
    result = reference.run("check")
    assert headline in result.stdout
    assert result.code == 1


def test_sentence_that_is_right(reference: Project) -> None:
    reference.write("templates/sections/key_holder.jinja", "You do not need an Anthropic API key.")
    reference.build()


def test_advice_for_one_shell_is_a_warning(acme: Project) -> None:
    acme.write("templates/sections/troubleshooting.jinja", "Add the lines to `~/.bashrc`.\n")
    result = acme.run("build")
    assert "warning[shell-outside-tabs]: ~/.bashrc is for POSIX shells only" in result.stdout
    assert "::: templates/sections/troubleshooting.jinja:1:19" in result.stdout
    assert result.code == 0


def test_a_credential_is_known_by_its_aliases(acme: Project) -> None:
    acme.write("templates/sections/troubleshooting.jinja", "Have your polar secret ready.\n")
    acme.build()
    acme.edit("spec/providers/north.yaml", "  name: North key\n", "  name: North key\n  aliases: [polar secret]\n")
    result = acme.run("build")
    assert "error[stale-credential]: no code here uses the North key: Gate holds it" in result.stdout
    assert "::: templates/sections/troubleshooting.jinja:1:11" in result.stdout
    assert result.code == 1


def test_the_summary_counts_passages_and_their_words(acme: Project) -> None:
    assert "Written by hand" not in acme.run("build").stdout
    island = "    islands:\n      - {place: introduction, text: Two `words`.}\n      - {place: step, text: One more}\n"
    acme.write("spec/site.yaml", acme.read("spec/site.yaml") + island)
    for command in ("build", "check"):
        assert acme.run(command).stdout.endswith("Written by hand: 2 islands with 4 words.\n")
