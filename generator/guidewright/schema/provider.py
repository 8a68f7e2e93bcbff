"""What a file in ``spec/providers/`` may say."""

from typing import Annotated, Literal

from msgspec import Meta

from guidewright.schema.fields import (
    END,
    REFERENCE_HELP,
    Aliases,
    Commands,
    FactSource,
    Link,
    PlaceholderId,
    Placeholders,
    PlainText,
    Slug,
    SpecStruct,
)


class Endpoint(SpecStruct, frozen=True):
    """Where the provider is found below the gateway's base URL, and how clients go on from there."""

    path: Annotated[
        str,
        Meta(
            pattern=f"^(/.*)?{END}",
            description="The path below the gateway's base URL. " + REFERENCE_HELP,
            examples=["/north/{{ region }}/"],
        ),
    ]
    trailing_slash: Annotated[
        Literal["required", "forbidden"],
        Meta(
            description="Whether the endpoint must or must not end in a slash, so that what the client appends fits.",
            examples=["required"],
        ),
    ]
    client_appends: Annotated[
        PlainText,
        Meta(description="What a client adds to the endpoint for its first request.", examples=["/v1/messages"]),
    ]
    source: FactSource = None


class ProviderCredential(SpecStruct, frozen=True):
    """The credential that the provider itself asks for."""

    name: Annotated[PlainText, Meta(description="What it is called, without an article.", examples=["North API key"])]
    sources: Annotated[
        list[Slug],
        Meta(
            min_length=1,
            description="Which of the gateway's credential sources work for this provider.",
            examples=[["stored-key", "caller-key"]],
        ),
    ]
    aliases: Aliases = []
    placeholder: Annotated[
        PlaceholderId | None,
        Meta(
            description="The placeholder that stands for it where the caller sends it.",
            examples=["north_api_key"],
        ),
    ] = None


class Provider(SpecStruct, frozen=True):
    """A service that runs models, as the gateway reaches it."""

    provider: Annotated[
        Slug,
        Meta(
            description="The name by which routes refer to it: lower case, words joined by hyphens.", examples=["north"]
        ),
    ]
    name: Annotated[PlainText, Meta(description="The service's name.", examples=["North Models"])]
    vendor: Annotated[PlainText, Meta(description="The company that bills for it.", examples=["North Inc."])]
    docs: Annotated[Link, Meta(description="The page about this provider in the gateway's documentation.")]
    endpoint: Annotated[Endpoint, Meta(description="Where it is found, and how clients go on from there.")]
    credential: Annotated[ProviderCredential, Meta(description="The credential that the provider itself asks for.")]
    placeholders: Placeholders = {}
    commands: Commands = {}
    source: FactSource = None
