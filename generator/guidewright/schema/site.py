"""What ``spec/site.yaml`` may say."""

from typing import Annotated

from msgspec import Meta

from guidewright.schema.fields import (
    END,
    PLAIN_TEXT_PATTERN,
    REFERENCE_HELP,
    PlainText,
    Referring,
    Slug,
    SpecStruct,
    TabNames,
)
from guidewright.schema.island import Island

FolderPath = Annotated[
    str,
    Meta(
        pattern=f"^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*{END}",
        description="A path with forward slashes that stays inside the output folder.",
        examples=["guides/coding-agents"],
    ),
]
FrontMatterKey = Annotated[
    str,
    Meta(
        # Title, description and sidebar are written from the guide itself.
        pattern=f"^(?!(title|description|sidebar)$)[a-z][a-z0-9_-]*{END}",
        description="A key in lower case that the page does not have already: not title, description or sidebar.",
        examples=["products"],
    ),
]
FrontMatterValue = str | int | bool | list[str]
Term = Annotated[
    str,
    Meta(
        pattern=PLAIN_TEXT_PATTERN,
        description="What a thing is called on every page: words on one line, without a reference.",
        examples=["gateway token"],
    ),
]
OtherNames = Annotated[
    list[Annotated[PlainText, Meta(examples=["gateway key"])]],
    Meta(
        min_length=1,
        description="What it must not be called.",
        examples=[["gateway key", "access key"]],
    ),
]


class Output(SpecStruct, frozen=True):
    """A docs framework for which every guide is rendered."""

    framework: Annotated[
        Slug,
        Meta(description="The docs framework: a folder in templates/frameworks/.", examples=["github"]),
    ]
    folder: Annotated[FolderPath, Meta(description="The folder in output/ that holds its pages.", examples=["github"])]
    front_matter: Annotated[
        dict[FrontMatterKey, FrontMatterValue],
        Meta(
            description="Front matter that every page of this framework carries besides its own.",
            examples=[{"products": ["acme-gateway"]}],
        ),
    ] = {}


class Tab(SpecStruct, frozen=True):
    """A tab of snippets."""

    label: Annotated[PlainText, Meta(description="What the tab is called.", examples=["macOS / Linux"])]
    shells: Annotated[
        list[Slug],
        Meta(
            min_length=1,
            description="The shells its snippet is for, the one it is highlighted for first: all get the same code.",
            examples=[["bash", "zsh"]],
        ),
    ]


class Guide(SpecStruct, frozen=True):
    """A page to build: one agent behind one gateway."""

    agent: Annotated[Slug, Meta(description="The agent's name in spec/agents/.", examples=["acme-coder"])]
    gateway: Annotated[Slug, Meta(description="The gateway's name in spec/gateways/.", examples=["acme"])]
    path: Annotated[
        FolderPath,
        Meta(
            description="The page's place below the framework's folder: forward slashes, no file extension.",
            examples=["guides/acme-coder"],
        ),
    ]
    order: Annotated[
        int, Meta(ge=0, description="The page's place among its siblings in the sidebar, from 0.", examples=[2])
    ]
    tabs: Annotated[
        TabNames | None, Meta(description="The tabs of this guide, where the site's default doesn't suit it.")
    ] = None
    islands: Annotated[
        list[Island],
        Meta(
            description="Passages in the writer's own words.",
            examples=[[{"place": "introduction", "text": "Your team may have a gateway already."}]],
        ),
    ] = []


class Index(SpecStruct, frozen=True):
    """A page that leads to all guides behind one gateway."""

    gateway: Annotated[Slug, Meta(description="The gateway's name in spec/gateways/.", examples=["acme"])]
    path: Annotated[
        FolderPath,
        Meta(
            description="The page's place below the framework's folder; index, at its end, stands for the folder.",
            examples=["guides/index"],
        ),
    ]
    title: Annotated[PlainText, Meta(description="The page's title.", examples=["Coding agents"])]
    description: Annotated[
        Referring,
        Meta(
            description="What the page is, as one sentence in search results. " + REFERENCE_HELP,
            examples=["Point your tools at {{ gateway.name }}."],
        ),
    ]
    introduction: Annotated[
        Referring,
        Meta(
            description="Why the reader would want this, in Markdown. " + REFERENCE_HELP,
            examples=["With {{ gateway.name }}, you see what each request cost."],
        ),
    ]
    order: Annotated[
        int, Meta(ge=0, description="The page's place among its siblings in the sidebar, from 0.", examples=[1])
    ] = 0
    note: Annotated[
        Referring | None,
        Meta(description="What the reader must beware of, in Markdown. " + REFERENCE_HELP, examples=["Back up first."]),
    ] = None
    verify: Annotated[
        list[Referring],
        Meta(
            description="Steps that show whether requests arrive, in Markdown. They are a section that the gateway's "
            "verify: link can lead to, as #verify-it-works. " + REFERENCE_HELP,
            examples=[["Ask the agent something.", "Open the logs of your gateway."]],
        ),
    ] = []


class Site(SpecStruct, frozen=True):
    """What to build."""

    docs_url: Annotated[
        str,
        Meta(
            pattern=f"^https?://[^/\\s]+{END}",
            description="The documentation site's address without a slash at its end. "
            "Pages that live elsewhere put it before links that start with a slash.",
            examples=["https://docs.example.com"],
        ),
    ]
    outputs: Annotated[
        list[Output],
        Meta(
            min_length=1,
            description="The docs frameworks for which every guide is rendered.",
            examples=[[{"framework": "github", "folder": "github"}]],
        ),
    ]
    tabs: Annotated[
        dict[Slug, Tab],
        Meta(
            min_length=1,
            description="The tabs that there are for snippets, by the name that guides and routes use.",
            examples=[{"unix": {"label": "macOS / Linux", "shells": ["bash", "zsh"]}}],
        ),
    ]
    guides: Annotated[
        list[Guide],
        Meta(
            min_length=1,
            description="The pages to build.",
            examples=[[{"agent": "acme-coder", "gateway": "acme", "path": "guides/acme-coder", "order": 2}]],
        ),
    ]
    indexes: Annotated[
        list[Index],
        Meta(
            description="Pages that lead to the guides.",
            examples=[
                [
                    {
                        "gateway": "acme",
                        "path": "guides/index",
                        "title": "Coding agents",
                        "description": "Point your tools at {{ gateway.name }}.",
                        "introduction": "Each guide takes five minutes.",
                    }
                ]
            ],
        ),
    ] = []
    terms: Annotated[
        dict[Term, OtherNames],
        Meta(
            description="What things are called, each with the names that no page may call it. "
            "Capitals make no difference.",
            examples=[{"gateway token": ["gateway key", "access key"], "trailing slash": ["final slash"]}],
        ),
    ] = {}
    default_tabs: Annotated[
        TabNames | None, Meta(description="The tabs of a guide that names none. Default: all, in their order.")
    ] = None
