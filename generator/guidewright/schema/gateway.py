"""What a file in ``spec/gateways/`` may say."""

from typing import Annotated, Literal

from msgspec import Meta

from guidewright.schema.fields import (
    REFERENCE_HELP,
    Commands,
    FactSource,
    HeaderName,
    Link,
    PlaceholderId,
    Placeholders,
    PlainText,
    Referring,
    Slug,
    SpecStruct,
)
from guidewright.schema.provider import Endpoint

BaseUrl = Annotated[
    str,
    Meta(
        pattern="^https?://",
        description="The address below which every provider has its path, without a slash at its end. "
        + REFERENCE_HELP,
        examples=["https://gateway.example.com/v1/{{ account_id }}"],
    ),
]


class GatewayAuth(SpecStruct, frozen=True):
    """How a caller proves to the gateway who they are."""

    header: HeaderName
    value: Annotated[
        Referring,
        Meta(
            description="The header's value. It refers to exactly one secret placeholder.",
            examples=["Bearer {{ gateway_token }}"],
        ),
    ]
    name: Annotated[
        PlainText | None,
        Meta(
            description="What the proof is called, without an article. Default: the label of the secret.",
            examples=["service token"],
        ),
    ] = None
    command: Annotated[
        PlaceholderId | None,
        Meta(
            description="The command that prints the secret, by its name under commands:, if one does.",
            examples=["access_token"],
        ),
    ] = None


class Surface(SpecStruct, frozen=True):
    """Another way to reach the gateway: at another address, or with another proof of who calls."""

    auth: Annotated[GatewayAuth, Meta(description="How a caller proves there who they are.")]
    base_url: Annotated[BaseUrl | None, Meta(description="The address, where it is not the gateway's own.")] = None
    endpoint: Annotated[
        Endpoint | None,
        Meta(
            description="What a client finds there, where that is one endpoint for all providers. Default: each "
            "provider has its path below the address.",
        ),
    ] = None
    source: FactSource = None


class CredentialSource(SpecStruct, frozen=True):
    """One way in which a request gets the model provider's own credential."""

    name: Annotated[PlainText, Meta(description="What it is called in a sentence.", examples=["Unified Billing"])]
    key_holder: Annotated[
        Literal["gateway", "caller"],
        Meta(
            description="Who holds the provider's credential: the gateway adds it, or the caller sends it.",
            examples=["gateway"],
        ),
    ]
    need: Annotated[
        Referring | None,
        Meta(
            description="What the reader must have where the gateway holds the key, as words that can stand in a list. "
            + REFERENCE_HELP,
            examples=["{{ provider.credential }} stored in the gateway"],
        ),
    ] = None
    billed_by: Annotated[
        Literal["gateway", "provider"] | None,
        Meta(
            description="Who bills for the use of the model: the gateway's vendor or the provider's. Default: nobody.",
            examples=["provider"],
        ),
    ] = None
    docs: Annotated[Link | None, Meta(description="The page that tells how to get it.")] = None
    source: FactSource = None


class Gateway(SpecStruct, frozen=True):
    """A service that stands between a tool and the model providers."""

    gateway: Annotated[
        Slug,
        Meta(
            description="The name by which site.yaml refers to it: lower case, words joined by hyphens.",
            examples=["acme"],
        ),
    ]
    name: Annotated[PlainText, Meta(description="The product's name.", examples=["Acme Gateway"])]
    vendor: Annotated[PlainText, Meta(description="The company that runs it.", examples=["Acme"])]
    summary: Annotated[
        Referring,
        Meta(
            description="What it does for the reader, as a clause that goes on from its name.",
            examples=["logs every request, caches responses, and limits rates"],
        ),
    ]
    docs: Annotated[Link, Meta(description="The product's own page.")]
    base_url: BaseUrl
    credential_sources: Annotated[
        dict[Slug, CredentialSource],
        Meta(
            description="The ways in which a request gets the provider's credential, by the name routes use.",
            examples=[
                {
                    "stored-key": {
                        "name": "a stored key",
                        "key_holder": "gateway",
                        "billed_by": "provider",
                        "need": "{{ provider.credential }} stored in the gateway",
                    }
                }
            ],
        ),
    ]
    verify: Annotated[Link, Meta(description="The page that tells how to see that requests arrive.")]
    auth: Annotated[
        GatewayAuth | None,
        Meta(
            description="How a caller proves to the gateway who they are. Default: it serves everyone who reaches it."
        ),
    ] = None
    surfaces: Annotated[
        dict[Slug, Surface],
        Meta(
            description="Other addresses of the gateway, by the names that routes use.",
            examples=[
                {
                    "own-domain": {
                        "base_url": "https://ai.example.com",
                        "auth": {"header": "x-key", "value": "{{ domain_key }}"},
                    }
                }
            ],
        ),
    ] = {}
    placeholders: Placeholders = {}
    commands: Commands = {}
    source: FactSource = None
