"""Silencing: a finding is left out at its place, with a reason, and only there."""

import pytest

from guidewright.lint.silences import silences_in
from project import Project

STALE = "You need an Anthropic API key.\n"
PAGE = """\
---
title: Claude Code
{front_matter}
---

{intro}

```bash
export ANTHROPIC_BASE_URL="https://gateway.ai.cloudflare.com/v1/<ACCOUNT_ID>/<GATEWAY_ID>/anthropic"
export ANTHROPIC_API_KEY="<CF_AIG_TOKEN>"
export ANTHROPIC_CUSTOM_HEADERS="cf-aig-authorization: Bearer <CF_AIG_TOKEN>"
```

Your account ID, gateway ID and the token `<CF_AIG_TOKEN>` go in there.
"""


def audit(project: Project, *, front_matter: str = "description: x", intro: str = "") -> str:
    project.write("docs/page.mdx", PAGE.format(front_matter=front_matter, intro=intro))
    return project.run("audit", "docs", "--format", "concise").stdout


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- guidewright-ignore stale-credential: an example of the past -->",
        "{/* guidewright-ignore stale-credential: an example of the past */}",
        "  <!--guidewright-ignore stale-credential:an example-->",
    ],
)
def test_silenced_on_a_page(reference: Project, comment: str) -> None:
    assert "error[stale-credential]" in audit(reference, intro=STALE)
    assert audit(reference, intro=f"{comment}\n{STALE}") == ""
    assert audit(reference, intro=f"{comment}\n\n{STALE}") == ""


def test_silenced_in_front_matter(reference: Project) -> None:
    stale = "description: You need an Anthropic API key."
    assert "docs/page.mdx:3:" in audit(reference, front_matter=stale)
    assert audit(reference, front_matter=f"# guidewright-ignore stale-credential: quoted\n{stale}") == ""


def test_only_what_follows_is_silenced(reference: Project) -> None:
    comment = "<!-- guidewright-ignore stale-credential: an example of the past -->"
    found = audit(reference, intro=f"{comment}\n{STALE}\n{STALE}")
    assert found.count("error[stale-credential]") == 1
    assert "docs/page.mdx:9:" in found
    assert "unused-silence" not in found


def test_a_fence_is_silenced_to_its_end(reference: Project) -> None:
    page = PAGE.format(front_matter="description: x", intro="").replace("/anthropic", "/anthropic/")
    page = page.replace("export ANTHROPIC_BASE", "echo\n\nexport ANTHROPIC_BASE")
    reference.write("docs/page.mdx", page)
    assert "error[other-base-url]" in reference.run("audit", "docs").stdout
    reference.write(
        "docs/page.mdx", page.replace("```bash", "<!-- guidewright-ignore other-base-url: it is -->\n```bash")
    )
    result = reference.run("audit", "docs")
    assert (result.stdout, result.code) == ("1 page audited: 0 errors, 0 warnings.\n", 0)


def test_unused_and_malformed(reference: Project) -> None:
    found = audit(
        reference,
        intro="<!-- guidewright-ignore stale-credential: no longer -->\nAll is well.\n\n"
        "<!-- guidewright-ignore stale-credential: -->\nAll is well.\n\n"
        "<!-- guidewright-ignore stale-credentials: misspelt -->\nAll is well.\n",
    )
    unused, reasonless, unknown = found.splitlines()
    assert unused.startswith("docs/page.mdx:6:6: warning[unused-silence] there is no stale-credential here")
    assert unused.endswith("(delete the comment)")
    assert reasonless.startswith("docs/page.mdx:9:6: error[malformed-silence] a finding is silenced without a reason")
    assert reasonless.endswith("(write: guidewright-ignore stale-credential: and the reason)")
    assert unknown.startswith('docs/page.mdx:12:6: error[malformed-silence] no rule is called "stale-credentials"')
    assert unknown.endswith('(did you mean "stale-credential"?)')


def test_a_comment_that_is_only_shown_silences_nothing(reference: Project) -> None:
    shown = "```md\n<!-- guidewright-ignore stale-credential: shown -->\n```\n"
    assert audit(reference, intro=shown) == ""
    assert "error[stale-credential]" in audit(reference, intro=f"{shown}\n{STALE}")


def test_silenced_in_a_template(reference: Project) -> None:
    text = reference.write("templates/sections/key_holder.jinja", STALE)
    assert "error[stale-credential]" in reference.run("check").stdout
    text.write_text("{# guidewright-ignore stale-credential: shows the old way #}\n" + STALE, encoding="utf-8")
    reference.build()
    text.write_text("{# guidewright-ignore stale-credential: shows the old way #}\nAll is well.\n", encoding="utf-8")
    result = reference.run("build")
    assert "warning[unused-silence]: there is no stale-credential here to be silenced" in result.stdout
    assert "templates/sections/key_holder.jinja:1:4" in result.stdout
    assert result.code == 0


def test_silenced_in_the_spec(reference: Project) -> None:
    hint = "    hint: Choose a region in which your account can use the model."
    stale = "    hint: Set `AWS_REGIO` as well."
    reference.edit("spec/providers/bedrock.yaml", hint, stale)
    assert "error[unknown-fact]" in reference.run("check").stdout
    reference.edit("spec/providers/bedrock.yaml", stale, f"    # guidewright-ignore unknown-fact: see 12\n{stale}")
    reference.build()


def put_island(project: Project, text: str) -> None:
    """Put a passage before those that the first guide has."""
    before, islands, after = project.read("spec/site.yaml").partition("    islands:\n")
    project.write("spec/site.yaml", f"{before}{islands}      - place: introduction\n        {text}\n{after}")


@pytest.mark.parametrize("place", ["text", "file"])
def test_silenced_in_an_island(reference: Project, place: str) -> None:
    passage = f"First.\n\n<!-- guidewright-ignore stale-credential: history -->\n\n{STALE}"
    if place == "file":
        reference.write("spec/islands/passage.md", passage)
        island = "file: islands/passage.md"
    else:
        island = "text: |\n" + "".join(f"          {line}\n" for line in passage.split("\n"))
    put_island(reference, island)
    pages = reference.build()
    assert sum(STALE in page for page in pages.values()) == 2
    assert not any("guidewright-ignore" in page for page in pages.values())


def test_hash_is_a_comment_in_yaml_only() -> None:
    text = "# guidewright-ignore stale-credential: a heading of a page\ntext"
    assert list(silences_in("page.md", text)) == []
    (silence,) = silences_in("a.yaml", text, is_yaml=True)
    assert silence.covered == range(2, 3)
    assert silence.place.file == "a.yaml"


def test_in_yaml_a_key_is_covered_with_all_that_is_below_it() -> None:
    text = "# guidewright-ignore unknown-fact: r\na:\n  b: 1\n\n  c: 2\nd: 3\n"
    (silence,) = silences_in("a.yaml", text, is_yaml=True)
    assert silence.covered == range(2, 6)


@pytest.mark.parametrize(
    "comment",
    [
        "All is well. <!-- guidewright-ignore stale-credential: behind a text -->",
        "<!-- guidewright-ignore stale-credential without a colon -->",
        "<!-- guidewright-ignore: stale-credential: two colons -->",
        "<!-- guidewright-ignore stale-credential, other-header: two codes -->",
        "<!-- GUIDEWRIGHT-IGNORE stale-credential: in capitals -->",
        "<!-- guidewright-ignore stale-credential: over\ntwo lines -->",
    ],
)
def test_a_comment_that_can_silence_nothing_is_an_error(reference: Project, comment: str) -> None:
    assert "error[malformed-silence]" in audit(reference, intro=f"{comment}\nAll is well.")


def test_one_occurrence_is_silenced_and_the_other_is_not(reference: Project) -> None:
    silence = "<!-- guidewright-ignore unknown-fact: a name of the past -->"
    reference.write("spec/islands/passage.md", f"First `OLD_NAME`.\n\n{silence}\n\nLast `OLD_NAME`.\n")
    put_island(reference, "file: islands/passage.md")
    found = reference.run("check", "--format", "concise").stdout
    assert found.count("error[unknown-fact]") == 1
    assert "[from spec/islands/passage.md:1:8]" in found
    assert "unused-silence" not in found
