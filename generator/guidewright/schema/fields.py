"""Field types that more than one kind of spec file uses.

Every field of a spec file states its description and an example here or where it is used: editors show them as
completion and hover text, and ``guidewright schema`` prints them.
"""

from typing import Annotated

from msgspec import Meta, Struct

# The end of the text. `$` alone also matches before a final line break in Python, but not in JavaScript or Rust.
END = "$(?![\\s\\S])"
REFERENCE_HELP = "Facts are referred to as `{{ name }}`."

Slug = Annotated[
    str,
    Meta(
        pattern=f"^[a-z0-9]+(-[a-z0-9]+)*{END}",
        description="A short name in lower case, words joined by hyphens.",
        examples=["acme-coder"],
    ),
]
PlaceholderId = Annotated[
    str,
    Meta(
        pattern=f"^[a-z][a-z0-9]*(_[a-z0-9]+)*{END}",
        description="A name in lower case, words joined by underscores. It is referred to as `{{ account_id }}`.",
        examples=["account_id"],
    ),
]
VariableName = Annotated[
    str,
    Meta(
        pattern=f"^[A-Za-z_][A-Za-z0-9_]*{END}",
        description="The name of an environment variable: letters, digits and underscores, no digit first.",
        examples=["CODER_BASE_URL"],
    ),
]
HeaderName = Annotated[
    str,
    Meta(
        pattern=f"^[A-Za-z0-9!#$%&'*+.^_`|~-]+{END}",
        description="The name of an HTTP header.",
        examples=["acme-authorization"],
    ),
]
PLAIN_TEXT_PATTERN = f"^(?![\\s\\S]*\\{{\\{{)(?=.*\\S)[^\\n]+{END}"
PlainText = Annotated[str, Meta(min_length=1, pattern=PLAIN_TEXT_PATTERN)]
"""Text that can't refer to facts: most often it is a fact itself."""

Aliases = Annotated[
    list[PlainText],
    Meta(
        description="What else it is called, so that it is recognised in sentences that people wrote.",
        examples=[["gateway key"]],
    ),
]
Referring = Annotated[str, Meta(min_length=1)]
"""A value or a sentence that may refer to facts."""

VariableText = Annotated[
    str,
    Meta(
        description="What an environment variable holds; it may be empty. " + REFERENCE_HELP,
        examples=["{{ endpoint }}"],
    ),
]
Words = Annotated[
    list[Referring],
    Meta(
        min_length=1,
        description="A program and its arguments, each as it is: every shell gets its own quotes. " + REFERENCE_HELP,
        examples=[["acme", "login", "--app", "{{ endpoint }}"]],
    ),
]
TabNames = Annotated[
    list[Slug],
    Meta(
        min_length=1,
        description="Tabs in the order in which they are shown: names from tabs: in site.yaml, or from the agent's "
        "settings_files:.",
        examples=[["unix", "powershell"]],
    ),
]

Url = Annotated[
    str,
    Meta(
        pattern=f"^(https?://[^\\s]+|/(?!/)[^\\s]*){END}",
        description="A web address, or a path on the documentation site that starts with a slash.",
        examples=["/gateway/get-started/"],
    ),
]


class SpecStruct(Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """Base of everything a spec file may say: an unknown key is an error."""


class Link(SpecStruct, frozen=True):
    """A page to send the reader to."""

    text: Annotated[PlainText, Meta(description="The words the reader clicks on.", examples=["Create a gateway"])]
    url: Url


class Source(SpecStruct, frozen=True, rename={"origin": "from"}):
    """Where a fact comes from, so that a reviewer can check it."""

    origin: Annotated[
        PlainText,
        Meta(
            description="The page that says so, or how it was measured.",
            examples=[
                "https://docs.example.com/gate/",
                "measured with Coder 2.1, which sent its requests to a recorder",
            ],
        ),
    ]
    date: Annotated[
        str,
        Meta(
            pattern=f"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{END}",
            description="The day on which it was looked at or measured.",
            examples=["2026-01-31"],
        ),
    ]


FactSource = Annotated[
    Source | None,
    Meta(
        description="Where this comes from. guidewright list --sources shows all of them.",
        examples=[{"from": "https://docs.example.com/gate/", "date": "2026-01-31"}],
    ),
]


class Placeholder(SpecStruct, frozen=True):
    """A value that the reader must fill in. It is defined once and referred to everywhere else."""

    name: Annotated[
        str,
        Meta(
            pattern=f"^[A-Z][A-Z0-9_]*{END}",
            description="What the page shows between angle brackets: capital letters, digits and underscores.",
            examples=["ACCOUNT_ID"],
        ),
    ]
    label: Annotated[
        PlainText,
        Meta(
            description="What it is called in a sentence, without an article.",
            examples=["Acme account ID"],
        ),
    ]
    sample: Annotated[
        PlainText,
        Meta(description="A made-up value of the right form.", examples=["us-east-1"]),
    ]
    hint: Annotated[
        Referring | None,
        Meta(
            description="A sentence on how to get or choose the value. " + REFERENCE_HELP,
            examples=["Choose a region in which the model is offered, for example `us-east-1`."],
        ),
    ] = None
    secret: Annotated[
        bool,
        Meta(description="Whether others must not see the value.", examples=[True]),
    ] = False
    docs: Annotated[
        Link | None,
        Meta(description="The page that tells where to find the value."),
    ] = None


class Command(SpecStruct, frozen=True):
    """A command whose output is used as a value, without the line breaks at its end."""

    run: Annotated[
        Words | dict[Slug, Words],
        Meta(
            description="The program and its arguments; or, where shells need different ones, those of each shell.",
            examples=[["acme", "print-token"], {"bash": ["acme", "print-token"], "cmd": ["acme.exe", "print-token"]}],
        ),
    ]


Commands = Annotated[
    dict[PlaceholderId, Command],
    Meta(
        description="Commands whose output is used as a value, by the name in `{{ output.name }}`.",
        examples=[{"access_token": {"run": ["acme", "print-token"]}}],
    ),
]

Placeholders = Annotated[
    dict[PlaceholderId, Placeholder],
    Meta(
        description="The values that the reader fills in, by the name they are referred to.",
        examples=[{"account_id": {"name": "ACCOUNT_ID", "label": "account ID", "sample": "0123abcd"}}],
    ),
]
