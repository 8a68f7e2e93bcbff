"""What a guide may say about passages that somebody wrote by hand."""

from typing import Annotated, Literal

from msgspec import Meta

from guidewright.schema.fields import (
    END,
    REFERENCE_HELP,
    HeaderName,
    PlainText,
    Referring,
    Slug,
    SpecStruct,
    VariableName,
)

ISLAND_FILES = "islands/*.md"
"""Which files of the spec folder hold passages."""


Billers = Annotated[list[Literal["gateway", "provider"]], Meta(min_length=1)]
IslandFile = Annotated[
    str,
    Meta(
        pattern=f"^islands/[A-Za-z0-9_][A-Za-z0-9_.-]*\\.md{END}",
        description="A file in spec/islands/, by its path below spec/.",
        examples=["islands/team-settings.md"],
    ),
]


class Claims(SpecStruct, frozen=True):
    """What a passage takes for granted. Where the spec no longer says so, the build points at the passage."""

    key_holder: Annotated[
        Literal["gateway", "caller"] | None,
        Meta(description="Who holds the provider's credential.", examples=["gateway"]),
    ] = None
    billed_by: Annotated[
        Billers | None,
        Meta(
            description="Who may bill for the use of the model: the gateway's vendor, the provider's, or either.",
            examples=[["gateway", "provider"]],
        ),
    ] = None
    sends: Annotated[
        list[HeaderName],
        Meta(description="Headers that are sent with each request.", examples=[["acme-authorization"]]),
    ] = []
    sets: Annotated[
        list[VariableName],
        Meta(description="Environment variables that are set.", examples=[["CODER_BASE_URL"]]),
    ] = []


class Island(SpecStruct, frozen=True):
    """A passage in the writer's own words, at a named place of a guide. It is guarded like generated text."""

    place: Annotated[
        Literal["introduction", "prerequisites", "section", "troubleshooting", "before-steps", "step", "after-steps"],
        Meta(
            description="Where it stands: after the introduction or the prerequisites, as a section of its own, at the "
            "end of the troubleshooting; or, on a route, before the steps, as a step of its own, or after the steps.",
            examples=["after-steps"],
        ),
    ]
    route: Annotated[
        Slug | None,
        Meta(
            description="The provider on whose route it stands. Default: on every route. Only for before-steps, step "
            "and after-steps.",
            examples=["north"],
        ),
    ] = None
    title: Annotated[
        PlainText | None,
        Meta(description="The heading of a section of its own.", examples=["Share the settings with your team"]),
    ] = None
    text: Annotated[
        Referring | None,
        Meta(
            description="The passage, in Markdown: paragraphs, lists, code fences, links, code, bold and italic text. "
            + REFERENCE_HELP,
            examples=["Ask {{ gateway.vendor }} for a **second token** if you work on two computers."],
        ),
    ] = None
    file: Annotated[IslandFile | None, Meta(description="The file that holds the passage, instead of text.")] = None
    claims: Annotated[Claims, Meta(description="What the passage takes for granted.")] = Claims()
