"""The page reader: what pages of the docs frameworks look like to it."""

import inspect

import pytest

from guidewright.lint.page import Page
from guidewright.lint.reader import read_page


def read(text: str) -> Page:
    return read_page(inspect.cleandoc(text), "page.md")


def tabs_of(page: Page) -> list[tuple[str, str, int | None]]:
    return [(code.tab, code.language, code.group) for code in page.codes]


def proses_of(page: Page) -> list[str]:
    return [prose.text for section in page.sections for prose in section.proses]


TWO_TABS = [("One", "bash", 1), ("Two", "powershell", 1)]
ONE = "```bash\nexport A=1\n```"
TWO = "```powershell\n$env:A = 1\n```"


@pytest.mark.parametrize(
    "text",
    [
        # Starlight, with several tags on a line.
        (
            f'<Tabs syncKey="os"> <TabItem label="One">\n\n{ONE}\n\n'
            f'</TabItem> <TabItem label="Two">\n\n{TWO}\n\n</TabItem> </Tabs>'
        ),
        f'<Tabs><TabItem label="One">\n{ONE}\n</TabItem><TabItem label="Two">\n{TWO}\n</TabItem></Tabs>',
        # Docusaurus, with tags over several lines.
        (
            '<Tabs\n  groupId="os"\n  values={[\n    {label: "One", value: "one"},\n'
            '    {label: "Two", value: "two"},\n  ]}>\n'
            f'<TabItem\n  value="one">\n\n{ONE}\n\n</TabItem>\n<TabItem value="two">\n\n{TWO}\n\n</TabItem>\n</Tabs>'
        ),
        (
            f'<Tabs>\n<TabItem value="1" label="One">\n\n{ONE}\n\n</TabItem>\n'
            f'<TabItem value="2" label="Two">\n\n{TWO}\n\n</TabItem>\n</Tabs>'
        ),
        # Nextra and Fumadocs, with the labels in the tag of the group.
        f"<Tabs items={{['One', 'Two']}}>\n<Tabs.Tab>\n{ONE}\n</Tabs.Tab>\n<Tabs.Tab>\n{TWO}\n</Tabs.Tab>\n</Tabs>",
        f'<Tabs items={{["One", "Two"]}}>\n<Tab value="One">\n{ONE}\n</Tab>\n<Tab value="Two">\n{TWO}\n</Tab>\n</Tabs>',
        # Mintlify.
        "<CodeGroup>\n```bash One\nexport A=1\n```\n\n```powershell Two\n$env:A = 1\n```\n</CodeGroup>",
        f'<Tabs>\n<Tab title="One">\n{ONE}\n</Tab>\n<Tab title={{"Two"}}>\n{TWO}\n</Tab>\n</Tabs>',
        # GitBook.
        (
            f'{{% tabs %}}\n{{% tab title="One" %}}\n{ONE}\n{{% endtab %}}\n\n'
            f'{{% tab title="Two" %}}\n{TWO}\n{{% endtab %}}\n{{% endtabs %}}'
        ),
        # Hugo.
        (
            f'{{{{< tabs >}}}}\n{{{{< tab "One" >}}}}\n{ONE}\n{{{{< /tab >}}}}\n'
            f'{{{{% tab name="Two" %}}}}\n{TWO}\n{{{{% /tab %}}}}\n{{{{< /tabs >}}}}'
        ),
        # VitePress.
        f":::tabs key:os\n== One\n{ONE}\n== Two\n{TWO}\n:::",
        "::: code-group\n```bash [One]\nexport A=1\n```\n```powershell [Two]\n$env:A = 1\n```\n:::",
        f":::note\nNested.\n:::tabs\n== One\n{ONE}\n== Two\n{TWO}\n:::\n:::",
        # MyST.
        f"::::{{tab-set}}\n:::{{tab-item}} One\n:sync: one\n{ONE}\n:::\n:::{{tab-item}} Two\n{TWO}\n:::\n::::",
        f"`````{{tab-set}}\n````{{tab-item}} One\n{ONE}\n````\n````{{tab-item}} Two\n{TWO}\n````\n`````",
        # MkDocs.
        (
            '=== "One"\n\n    ```bash\n    export A=1\n    ```\n\n'
            '=== "Two"\n\n    ``` { .powershell .copy }\n    $env:A = 1\n    ```'
        ),
        # Labels in bold.
        f"**One**\n\n{ONE}\n\n**Two:**\n\n{TWO}",
    ],
)
def test_tabs(text: str) -> None:
    page = read(f"{text}\n\n# Behind\n\n```sh\n```")
    assert tabs_of(page) == [*TWO_TABS, ("", "sh", None)]
    assert page.problems == ()
    assert [code.text for code in page.codes] == ["export A=1", "$env:A = 1", ""]
    assert proses_of(page)[-1:] == ["Behind"]
    assert not any("value" in prose or ":sync" in prose for prose in proses_of(page))


@pytest.mark.parametrize(
    ("text", "proses"),
    [
        ('<Tabs><TabItem label="A">in A</TabItem>\n<TabItem label="B">in B</TabItem></Tabs>', ["in A", "in B"]),
        ("::: tip One line. :::\n\nBehind.", ["::: tip One line. :::", "Behind."]),
        ("Seen <!-- not seen --> and `<!-- code -->`.", ["Seen                   and `<!-- code -->`."]),
        ("<!-- x --> behind", ["behind"]),
        ("Seen {/* not seen,\nnor this */} again.", ["Seen again."]),
        ("Seen <!-- and no end.", ["Seen <!-- and no end."]),
        ("import {\n  Tabs,\n  TabItem,\n} from 'x';\n\nText.", ["Text."]),
        ("export const keys = {\n  a: 'Text',\n};\n\nText.", ["Text."]),
        ("<Card\n  title='x'\n  href='/y'\n/>\n\nText.", ["Text."]),
        ("Press <Tab> twice.", ["Press <Tab> twice."]),
        ("Use `<Tabs>` for tabs.", ["Use `<Tabs>` for tabs."]),
    ],
)
def test_prose(text: str, proses: list[str]) -> None:
    page = read(text)
    assert [" ".join(prose.split()) for prose in proses_of(page)] == [" ".join(prose.split()) for prose in proses]
    assert page.problems == ()


def test_columns_behind_a_tag_and_a_comment() -> None:
    page = read('<Tabs><TabItem label="A">text</TabItem></Tabs>\n\nSeen <!-- x --> here.')
    first, second = page.sections[0].proses
    assert (first.span(0, 4).column, first.tab) == (26, "A")
    assert second.span(second.text.index("here"), second.text.index("here") + 4).column == 17


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# One #\n\n## C# ##", [("One", 1), ("C#", 2)]),
        ("One\n===\n\ntext\n\nTwo\n---", [("One", 1), ("Two", 2)]),
        ("text\n\n---\n\n- item\n---", [("", 0)]),
        ("<h2>One</h2>\n\n<h3 id='x'>Two <code>x</code></h3>", [("One", 2), ("Two x", 3)]),
    ],
)
def test_headings(text: str, headings: list[tuple[str, int]]) -> None:
    assert [(section.title, section.level) for section in read(text).sections] == headings


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("> - x\n>   ```bash\n>   export A=1\n>   ```", "bash", "export A=1"),
        ("```{code-block} powershell\n$env:A = 1\n```", "powershell", "$env:A = 1"),
        ("```{bash}\nexport A=1\n```", "bash", "export A=1"),
        ("- ```sh\n  export A=1\n  ```", "sh", "export A=1"),
    ],
)
def test_fences(text: str, language: str, code: str) -> None:
    (found,) = read(text).codes
    assert (found.language, found.text) == (language, code)


def test_front_matter() -> None:
    page = read(
        """
        ---
        title: One # a comment
        description: >-
          Two
          lines # no comment
        # a comment
        summary: # nothing
          # a comment
        quoted: "a # b" # a comment
        ---
        """
    )
    assert {key: prose.text for key, prose in page.front_matter.items()} == {
        "title": "One",
        "description": "Two lines # no comment",
        "summary": "",
        "quoted": '"a # b"',
    }


@pytest.mark.parametrize(
    "line",
    [
        "# " + "#" * 200_000 + "x",
        "```" + " " * 200_000 + "`",
        "~" * 200_000 + "`",
        "<!-- " * 100_000,
        "<!-- --> " * 100_000,
        "<Tab " * 100_000,
        "<Tabs> " * 20_000,
        "` `` " * 100_000,
        "<Tabs a={" * 50_000,
    ],
)
def test_long_lines(line: str) -> None:
    """The time that a line takes grows with its length, not faster."""
    assert read_page(f"<Tabs>\n\n{line}\n\ntext {line}", "page.md").lines[2] == line
