"""What a file in ``spec/agents/`` may say."""

from typing import Annotated

from msgspec import Meta

from guidewright.schema.fields import (
    REFERENCE_HELP,
    Link,
    Placeholders,
    PlainText,
    Referring,
    Slug,
    SpecStruct,
    VariableName,
)


class Variable(SpecStruct, frozen=True):
    """An environment variable that the agent reads."""

    purpose: Annotated[
        Referring,
        Meta(
            description="What the variable does, as one sentence. " + REFERENCE_HELP,
            examples=["The address that {{ agent.name }} sends its requests to."],
        ),
    ]
    first_run: Annotated[
        Referring | None,
        Meta(
            description="What the reader meets at the first start because this variable is set. " + REFERENCE_HELP,
            examples=["If {{ agent.name }} asks whether to use this key, choose Yes."],
        ),
    ] = None


class Route(SpecStruct, frozen=True):
    """One way to point the agent at a provider."""

    provider: Annotated[Slug, Meta(description="The provider's name in spec/providers/.", examples=["north"])]
    credentials: Annotated[
        list[Slug],
        Meta(
            min_length=1,
            description="The credential sources that this route offers to the reader; all with the same key holder.",
            examples=[["unified-billing", "stored-key"]],
        ),
    ]
    set: Annotated[
        dict[VariableName, Referring],
        Meta(
            min_length=1,
            description="The environment variables to set, in this order. " + REFERENCE_HELP,
            examples=[{"CODER_BASE_URL": "{{ endpoint }}"}],
        ),
    ]


class Agent(SpecStruct, frozen=True):
    """A tool that sends requests to a model provider."""

    agent: Annotated[
        Slug,
        Meta(
            description="The name by which site.yaml refers to it: lower case, words joined by hyphens.",
            examples=["acme-coder"],
        ),
    ]
    name: Annotated[PlainText, Meta(description="The tool's name.", examples=["Acme Coder"])]
    summary: Annotated[
        Referring,
        Meta(description="What it is, as words that follow 'is'.", examples=["a coding agent for the terminal"]),
    ]
    docs: Annotated[Link, Meta(description="The tool's own documentation, where the reader learns to install it.")]
    command: Annotated[PlainText, Meta(description="The command that starts it.", examples=["acme-coder"])]
    variables: Annotated[
        dict[VariableName, Variable],
        Meta(
            description="What each environment variable that a route sets is for.",
            examples=[{"CODER_BASE_URL": {"purpose": "The address that requests go to."}}],
        ),
    ]
    routes: Annotated[
        list[Route],
        Meta(
            min_length=1,
            description="The ways to point the agent at a provider, in the order of the page's sections.",
            examples=[
                [{"provider": "acme", "credentials": ["stored-key"], "set": {"ACME_BASE_URL": "{{ endpoint }}"}}]
            ],
        ),
    ]
    placeholders: Placeholders = {}
