"""What a file in ``spec/agents/`` may say."""

from typing import Annotated, Any

from msgspec import Meta

from guidewright.schema.fields import (
    REFERENCE_HELP,
    Commands,
    FactSource,
    Link,
    Placeholders,
    PlainText,
    Referring,
    Slug,
    SpecStruct,
    TabNames,
    VariableName,
    VariableText,
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
    source: FactSource = None


class Step(SpecStruct, frozen=True):
    """Something that the reader does: in a window of the agent, in a terminal or elsewhere."""

    do: Annotated[
        Referring,
        Meta(
            description="What to do, as one sentence; with a colon at its end where a value follows. " + REFERENCE_HELP,
            examples=["Open the settings, and paste this into **Base URL**:"],
        ),
    ]
    value: Annotated[
        Referring | None,
        Meta(description="What to paste or type there. " + REFERENCE_HELP, examples=["{{ endpoint }}"]),
    ] = None
    run: Annotated[
        list[Referring],
        Meta(
            description="A command to run in a terminal: the program and its arguments. " + REFERENCE_HELP,
            examples=[["coder", "login", "{{ gateway.base_url }}"]],
        ),
    ] = []
    file: Annotated[
        Slug | None,
        Meta(
            description="A file whose content belongs there, by its name in config_files:. The sentence can refer to "
            "`{{ file.path }}`, and so can undo:.",
            examples=["models"],
        ),
    ] = None
    undo: Annotated[
        Referring | None,
        Meta(
            description="How the reader takes the step back, as one sentence. " + REFERENCE_HELP,
            examples=["Run `coder logout`."],
        ),
    ] = None


class Route(SpecStruct, frozen=True):
    """One way to point the agent at a provider."""

    credentials: Annotated[
        list[Slug],
        Meta(
            min_length=1,
            description="The credential sources that this route offers to the reader; all with the same key holder.",
            examples=[["unified-billing", "stored-key"]],
        ),
    ]
    provider: Annotated[
        Slug | None, Meta(description="The provider's name in spec/providers/.", examples=["north"])
    ] = None
    providers: Annotated[
        list[Slug],
        Meta(
            description="The same where the route leads to several. Such a route has a name and a title of its own.",
            examples=[["north", "south"]],
        ),
    ] = []
    route: Annotated[
        Slug | None,
        Meta(description="The name by which islands refer to the route. Default: the provider's.", examples=["token"]),
    ] = None
    title: Annotated[
        PlainText | None,
        Meta(description="The heading of its section. Default: the provider's name.", examples=["With a token"]),
    ] = None
    set: Annotated[
        dict[VariableName, VariableText],
        Meta(
            description="The environment variables to set, in this order. " + REFERENCE_HELP + " "
            "`{{ env.NAME }}` is what a variable above holds, `{{ output.name }}` what a command prints.",
            examples=[{"CODER_BASE_URL": "{{ endpoint }}"}],
        ),
    ] = {}
    surface: Annotated[
        Slug | None,
        Meta(description="Which of the gateway's surfaces the route goes through. Default: its own address."),
    ] = None
    unset: Annotated[
        list[VariableName],
        Meta(
            description="The environment variables that must not be set on this route.", examples=[["CODER_AUTH_TOKEN"]]
        ),
    ] = []
    tabs: Annotated[TabNames | None, Meta(description="The tabs of this route, where the guide's don't suit it.")] = (
        None
    )
    steps: Annotated[
        list[Step],
        Meta(
            description="What the reader does besides, in this order: in the agent's own windows, in a terminal, or "
            "elsewhere.",
            examples=[[{"do": "Paste this into **Base URL**:", "value": "{{ endpoint }}"}]],
        ),
    ] = []
    knows_endpoint: Annotated[
        bool,
        Meta(
            description="Whether the agent makes the address itself, from values that the route gives it.",
            examples=[True],
        ),
    ] = False
    config_files: Annotated[
        list[Slug],
        Meta(
            description="Files that the reader creates for this route, by their names in config_files:.",
            examples=[["profile"]],
        ),
    ] = []
    source: FactSource = None

    @property
    def provider_names(self) -> list[str]:
        """The providers that it leads to."""
        return self.providers if self.provider is None else [self.provider]

    @property
    def file_names(self) -> list[str]:
        """The files that it has the reader create, those of its steps included."""
        return [*self.config_files, *(step.file for step in self.steps if step.file is not None)]

    @property
    def name(self) -> str:
        """What islands call it; empty where it has no name."""
        return self.route or self.provider or ""


FileFormatName = Annotated[
    Slug, Meta(description="The format of the file: json, toml, yaml, ini or dotenv.", examples=["json"])
]
FilePath = Annotated[
    PlainText, Meta(description="Where the reader finds or creates the file.", examples=["~/.coder/settings.json"])
]
WindowsPath = Annotated[
    PlainText | None,
    Meta(description="The same on Windows, where it is another.", examples=["%USERPROFILE%\\.coder\\settings.json"]),
]


class SettingsFile(SpecStruct, frozen=True):
    """A file in which the agent takes environment variables: a tab of its own."""

    label: Annotated[PlainText, Meta(description="What the tab is called.", examples=["settings.json"])]
    path: FilePath
    format: FileFormatName
    windows_path: WindowsPath = None
    variables_at: Annotated[
        list[PlainText],
        Meta(
            description="The keys that lead to the variables, from the outermost; none where they are the whole file.",
            examples=[["env"]],
        ),
    ] = []
    overrides_shell: Annotated[
        bool,
        Meta(description="Whether the file wins over a variable that is set in the shell.", examples=[True]),
    ] = False


class ConfigFile(SpecStruct, frozen=True):
    """A file that the reader creates with a content of its own, beside or instead of environment variables."""

    path: Annotated[
        Referring,
        Meta(
            description="Where the reader finds or creates the file; an address, where it is served. " + REFERENCE_HELP,
            examples=["~/.coder/settings.json"],
        ),
    ]
    format: FileFormatName
    content: Annotated[
        Annotated[dict[str, Any], Meta(min_length=1)] | Annotated[list[Any], Meta(min_length=1)],
        Meta(
            description="What the file says, as keys and values or as a list. " + REFERENCE_HELP + " A text that is "
            "`{{ command.name }}` alone stands for the words of a command, as a list.",
            examples=[{"model": "acme-large", "providers": {"gate": {"base_url": "{{ endpoint }}"}}}],
        ),
    ]
    windows_path: WindowsPath = None


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
    variables: Annotated[
        dict[VariableName, Variable],
        Meta(
            description="What each environment variable that a route sets is for.",
            examples=[{"CODER_BASE_URL": {"purpose": "The address that requests go to."}}],
        ),
    ] = {}
    settings_files: Annotated[
        dict[Slug, SettingsFile],
        Meta(
            description="The files in which the agent takes environment variables, by the name that tabs use.",
            examples=[
                {
                    "settings": {
                        "label": "settings.json",
                        "path": "~/.coder/settings.json",
                        "format": "json",
                        "variables_at": ["env"],
                    }
                }
            ],
        ),
    ] = {}
    config_files: Annotated[
        dict[Slug, ConfigFile],
        Meta(
            description="The files that a route has the reader create, by the name that routes use.",
            examples=[{"profile": {"path": "~/.coder/gate.toml", "format": "toml", "content": {"model": "large"}}}],
        ),
    ] = {}
    client_appends: Annotated[
        dict[Slug, str],
        Meta(
            description="What the agent appends to the endpoint of a provider, where other clients append more or "
            "less; nothing, where it takes the whole address. Its endpoint is the same request's URL without that.",
            examples=[{"north": "/messages"}],
        ),
    ] = {}
    placeholders: Placeholders = {}
    commands: Commands = {}
    command: Annotated[
        PlainText | None,
        Meta(description="The command that starts it; none for a program with a window.", examples=["acme-coder"]),
    ] = None
    source: FactSource = None
