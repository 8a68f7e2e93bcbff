"""What the documentation promises: its commands, its links, and the message that it shows."""

import re
from pathlib import Path

import pytest

from project import Project

REPOSITORY = Path(__file__).parents[1]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "RULES.md", "ADD-AN-AGENT.md"]


def read(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", read(name))
    local = [target.partition("#") for target in targets if not target.startswith("https://")]
    assert [path for path, _, _ in local if not (REPOSITORY / path).exists()] == []
    assert [f"{path}#{anchor}" for path, _, anchor in local if anchor and anchor not in anchors(path or name)] == []


def anchors(name: str) -> set[str]:
    """What GitHub makes of a document's headings."""
    headings = re.findall(r"^#+ (.+)", read(name), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_readme_commands_are_in_the_makefile() -> None:
    promised = re.findall(r"^make (\w+)", read("README.md"), re.MULTILINE)
    assert promised == ["build", "test"]
    for target in [*promised, "lint", "schema", "rules", "lock"]:
        assert re.search(rf"^{target}:", read("Makefile"), re.MULTILINE)


def test_readme_shows_the_real_message(reference: Project) -> None:
    reference.edit("spec/providers/bedrock.yaml", "{{ aws_region }}/", "{{ aws_region }}")
    shown = re.search(r"```text\n(error\[.*?)```", read("README.md"), re.DOTALL)
    assert shown
    assert shown[1] in reference.run("check").stdout


def test_readme_shows_the_real_finding_on_a_page(reference: Project) -> None:
    hint = "hint: Choose a region in which your account can use the model."
    reference.edit("spec/providers/bedrock.yaml", hint, "hint: Set `AWS_REGIO` as well.")
    shown = re.search(r"```text\n(error\[unknown-fact\].*?)```", read("README.md"), re.DOTALL)
    assert shown
    assert shown[1] in reference.run("check").stdout


def test_readme_island_is_one(reference: Project) -> None:
    shown = re.search(r"```yaml\n# spec/site.yaml, in a guide\n(.*?)```", read("README.md"), re.DOTALL)
    assert shown
    indented = "".join(f"    {line}\n" for line in shown[1].splitlines())
    # Before those that the first guide has already.
    reference.write("spec/site.yaml", reference.read("spec/site.yaml").replace("    islands:\n", indented, 1))
    reference.write("spec/islands/team.md", "Ask {{ gateway.vendor }}.\n")
    pages = [page for path, page in reference.build().items() if "/claude-code." in path]
    assert pages
    assert all("ask its owner for the region, `<AWS_REGION>`." in page for page in pages)


def test_readme_lists_every_command_and_reference(reference: Project) -> None:
    readme = read("README.md")
    help_text = reference.run("--help").stdout
    for command in re.findall(r"^  (\w+) ", help_text.partition("Commands:")[2], re.MULTILINE):
        assert f"| `guidewright {command}" in readme
    # The references of the third variable of a route, after two others and a command.
    reference.edit("spec/gateways/cloudflare.yaml", "commands:\n", "commands:\n  token: {run: [acme]}\n")
    headers = 'ANTHROPIC_CUSTOM_HEADERS: "{{ gateway.auth_header }}"\n\n  - provider: bedrock'
    reference.edit("spec/agents/claude-code.yaml", headers, headers.replace("gateway.auth_header", "x"))
    message = reference.run("check").stdout.replace("env.ANTHROPIC_BASE_URL", "env.NAME")
    references = set(re.findall(r"[a-z]+\.[A-Za-z_]+|endpoint|credential", message.partition("use one of: ")[2]))
    assert {
        "endpoint",
        "credential",
        "agent.name",
        "gateway.auth_header",
        "env.NAME",
        "output.token",
    } <= references
    for reference_name in references - {"env.ANTHROPIC_API_KEY", "output.access_token"}:
        assert f"{{{{ {reference_name} }}}}" in readme


def test_readme_excerpt_is_in_the_page() -> None:
    excerpt = re.search(r"````mdx\n(.*?)````", read("README.md"), re.DOTALL)
    assert excerpt
    assert excerpt[1] in read("output/cloudflare/ai-gateway/integrations/coding-agents/claude-code.mdx")


def test_every_dependency_has_its_reason() -> None:
    declared = re.search(r"^dependencies = \[(.*?)^\]", read("pyproject.toml"), re.DOTALL | re.MULTILINE)
    developers = re.search(r"^dev = \[(.*?)^\]", read("pyproject.toml"), re.DOTALL | re.MULTILINE)
    assert declared
    assert developers
    reasons = read("CONTRIBUTING.md").partition("## Dependencies")[2]
    for name in re.findall(r'"([a-z0-9._-]+)>=', declared[1] + developers[1]):
        assert name in reasons


def test_rules_page_is_what_the_rules_say(reference: Project) -> None:
    assert reference.run("rules").stdout == read("RULES.md")
    one = reference.run("rules", "stale-credential").stdout
    assert one.startswith("## stale-credential\n\nError, on generated pages and pages that people wrote.\n\n")
    assert one in read("RULES.md")
    assert reference.run("rules", "nonsense").code == 2
