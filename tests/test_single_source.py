"""One fact, one place: changing it changes every sentence, tab and snippet that depends on it, and nothing else."""

import difflib
import re

import pytest

from project import Project

SITE = "spec/site.yaml"
GATEWAY = "spec/gateways/cloudflare.yaml"
AGENT = "spec/agents/claude-code.yaml"
BEDROCK = "spec/providers/bedrock.yaml"
MDX = "cloudflare/ai-gateway/integrations/coding-agents/claude-code.mdx"
OUTPUTS = 2
# Five tabs, and cmd.exe has one block for the terminal and one for new terminals.
BLOCKS = 6


# Where a name is part of another fact: the title of a page, the label of a value.
OTHER_FACTS = [
    "/coding-agents/claude-",
    "[Cloudflare AI Gateway]",
    "[Claude Code documentation]",
    "on AI Gateway]",
    "Cloudflare account ID",
    "AWS region",
    "AWS credentials",
    "[Create a gateway token]",
    "$env:CLAUDE",
    "   claude",
    "~/.claude/",
    "Cloudflare API token",
    "Cloudflare Access",
    "`AI Gateway` permission",
    "claude-sonnet",
    "claude.ai",
]


def of_claude_code(pages: dict[str, str]) -> dict[str, str]:
    """The pages of one guide."""
    return {path: page for path, page in pages.items() if "/claude-code." in path}


def changed_lines(before: dict[str, str], after: dict[str, str]) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came, over all pages."""
    assert before.keys() == after.keys()
    gone, come = [], []
    for path, page in before.items():
        for line in difflib.ndiff(page.splitlines(), after[path].splitlines()):
            if line.startswith("- "):
                gone.append(line[2:])
            elif line.startswith("+ "):
                come.append(line[2:])
    return gone, come


def assert_only_replaced(before: dict[str, str], after: dict[str, str], old: str, new: str) -> int:
    """Every occurrence of ``old`` became ``new`` and nothing else changed; returns how many Claude Code's guide had."""
    for path, page in before.items():
        assert page.replace(old, new) == after[path]
        assert old not in after[path]
    return sum(page.count(old) for page in of_claude_code(before).values())


def test_endpoint_path(reference: Project) -> None:
    before = reference.build()
    reference.edit(BEDROCK, "/aws-bedrock/bedrock-runtime/", "/aws-bedrock/runtime-two/")
    after = reference.build()
    count = assert_only_replaced(before, after, "/aws-bedrock/bedrock-runtime/", "/aws-bedrock/runtime-two/")
    assert count == OUTPUTS * BLOCKS


def test_gateway_header_name(reference: Project) -> None:
    before = reference.build()
    reference.edit(GATEWAY, "header: cf-aig-authorization", "header: x-acme-token")
    after = reference.build()
    count = assert_only_replaced(before, after, "cf-aig-authorization", "x-acme-token")
    # In the blocks of three routes, in the list of variables, in the advice for failures, and in a passage.
    assert count == OUTPUTS * (3 * BLOCKS + 3)


def test_placeholder_name(reference: Project) -> None:
    before = reference.build()
    reference.edit(GATEWAY, "name: ACCOUNT_ID", "name: CF_ACCOUNT")
    after = reference.build()
    count = assert_only_replaced(before, after, "<ACCOUNT_ID>", "<CF_ACCOUNT>")
    # In the blocks and the step of three routes, and in the prerequisites.
    assert count == OUTPUTS * (3 * (BLOCKS + 1) + 1)


def test_auth_model_there_and_back(reference: Project) -> None:
    """From credentials that the gateway holds to the caller's own key: the pull request this project comes from."""
    before = reference.build()
    reference.edit(AGENT, "credentials: [unified-billing, stored-key]", "credentials: [caller-key]")
    after = reference.build()

    page = after[MDX]
    description = re.search(r"^description: (.*)$", page, re.MULTILINE)
    assert description
    assert "your own Anthropic API key" in description[1]
    assert "holds the provider credentials" in before[MDX]
    assert "holds the provider credentials" not in page
    introduction, prerequisites = page.split("## Prerequisites")
    assert "For Anthropic, you send your own Anthropic API key" in introduction
    prerequisites, note = prerequisites.split(":::note")
    assert "- **Anthropic API key**, for `<ANTHROPIC_API_KEY>`." in prerequisites
    note, anthropic = note.split("## Anthropic\n")
    assert "- **Anthropic**: Anthropic.\n" in note
    step, tabs = anthropic.split("</Steps>")[0].split("<Tabs", 1)
    assert "Replace `<ACCOUNT_ID>`, `<GATEWAY_ID>`, `<ANTHROPIC_API_KEY>`, and `<CF_AIG_TOKEN>`" in step
    assert "`ANTHROPIC_API_KEY` holds your own Anthropic API key." in step
    assert 'export ANTHROPIC_API_KEY="<ANTHROPIC_API_KEY>"' in tabs
    assert '$env:ANTHROPIC_API_KEY = "<ANTHROPIC_API_KEY>"' in tabs

    # No sentence of the old model is left: every line that speaks of Anthropic's credentials or its bill is gone.
    old_sentences = [
        "needs none of its own",
        "Unified Billing",
        "Load credits",
        "Anthropic API key stored",
        "holds your gateway token",
        "ignores it",
        "if you use ",
    ]
    for path in of_claude_code(before):
        assert [words for words in old_sentences if words in before[path]] == old_sentences
        assert [words for words in old_sentences if words in after[path]] == []

    # The other routes are as they were.
    assert page[page.index("## Amazon Bedrock") : page.index("## What each variable")] in before[MDX]

    reference.edit(AGENT, "credentials: [caller-key]", "credentials: [unified-billing, stored-key]")
    assert reference.build() == before


def test_fourth_provider(reference: Project) -> None:
    """A provider is one new file and a route that names it."""
    before = reference.build()
    reference.write(
        "spec/providers/foundry.yaml",
        """\
provider: foundry
name: Acme Foundry
vendor: Acme
docs: {text: Acme Foundry on AI Gateway, url: /ai-gateway/usage/providers/foundry/}
endpoint:
  path: /foundry/{{ foundry_zone }}
  trailing_slash: forbidden
  client_appends: /v1/messages
credential:
  name: Acme key
  sources: [stored-key]
placeholders:
  foundry_zone: {name: FOUNDRY_ZONE, label: Foundry zone, sample: z1}
""",
    )
    agent = reference.read(AGENT).rstrip() + (
        "\n\n  - provider: foundry\n    credentials: [stored-key]\n    set:\n"
        '      ANTHROPIC_BASE_URL: "{{ endpoint }}"\n'
        '      ANTHROPIC_CUSTOM_HEADERS: "{{ gateway.auth_header }}"\n'
    )
    reference.write(AGENT, agent)
    after = reference.build()
    for page in of_claude_code(after).values():
        assert "\n## Acme Foundry\n" in page
        assert (
            'export ANTHROPIC_BASE_URL="https://gateway.ai.cloudflare.com/v1/<ACCOUNT_ID>/<GATEWAY_ID>/foundry/' in page
        )
        assert "Amazon Bedrock, Google Vertex AI, or Acme Foundry" in page
        assert "- **Acme Foundry**: Acme.\n" in page
        assert "- **Foundry zone**, for `<FOUNDRY_ZONE>` (for example `z1`)." in page
    gone, _ = changed_lines(before, after)
    # Only sentences that list the providers were replaced; everything else was added.
    assert all("Google Vertex AI" in line or "requests for Anthropic" in line for line in gone)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (GATEWAY, "vendor: Cloudflare", "vendor: Nimbus"),
        (GATEWAY, "name: AI Gateway", "name: Nimbus Gate"),
        (GATEWAY, "label: gateway token", "label: gate pass"),
        (AGENT, "name: Claude Code", "name: Nimbus Coder"),
        (AGENT, "command: claude", "command: nimbus"),
        (BEDROCK, "name: Amazon Bedrock", "name: Nimbus Rock"),
        (BEDROCK, "vendor: AWS", "vendor: Nimbus"),
        (BEDROCK, "name: AWS credentials", "name: Nimbus pair of keys"),
    ],
)
def test_names(reference: Project, file: str, old: str, new: str) -> None:
    """Each name stands on the page only where the fact is placed, so a new name takes the place of every old one."""
    before = reference.build()
    reference.edit(file, f"{old}\n", f"{new}\n")
    after = reference.build()
    old_name, new_name = old.partition(": ")[2], new.partition(": ")[2]
    gone, come = changed_lines(before, after)
    assert gone
    assert len(gone) == len(come)
    for old_line, new_line in zip(gone, come, strict=True):
        assert re.search(re.escape(old_name), old_line, re.IGNORECASE)
        assert re.search(re.escape(new_name), new_line, re.IGNORECASE)
    for page in after.values():
        stale = [line for line in page.splitlines() if re.search(rf"\b{re.escape(old_name)}\b", line)]
        assert [line for line in stale if not any(other in line for other in OTHER_FACTS)] == []
