"""What a guide says: agent, gateway and providers brought together."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from guidewright.diagnostics import Place
from guidewright.model.text import Link, Placeholder, Prose, Value


class KeyHolder(enum.StrEnum):
    """Who holds the provider's credential."""

    GATEWAY = "gateway"
    CALLER = "caller"


class Holds(enum.StrEnum):
    """What a variable's value is, for the sentence that explains it."""

    ENDPOINT = "endpoint"
    CREDENTIAL = "credential"
    GATEWAY_AUTH = "gateway auth"
    PLACEHOLDER = "placeholder"
    LITERAL = "literal"


@dataclass(frozen=True, slots=True)
class Gateway:
    """The service that stands between the agent and the providers.

    Attributes:
        token: the secret placeholder by which the caller is known.
    """

    name: str
    vendor: str
    summary: Prose
    docs: Link
    header: str
    token: Placeholder
    verify: Link


@dataclass(frozen=True, slots=True)
class Provider:
    """A service that runs models.

    Attributes:
        credential: what the credential is called that it asks for.
    """

    name: str
    vendor: str
    docs: Link
    credential: str


@dataclass(frozen=True, slots=True)
class Agent:
    """The tool that is pointed at the gateway."""

    name: str
    summary: Prose
    docs: Link
    command: str


@dataclass(frozen=True, slots=True)
class CredentialSource:
    """One way in which requests of a route get the provider's credential.

    Attributes:
        name: what it is called in a sentence.
        biller: the company that bills for the use of the model.
        need: what the reader must have for it; None where that is the placeholder of the caller's own credential.
        docs: the page that tells how to get it.
    """

    name: str
    biller: str
    need: Prose | None
    docs: Link | None


@dataclass(frozen=True, slots=True)
class AuthModel:
    """Who authenticates what on a route, and who bills."""

    key_holder: KeyHolder
    sources: tuple[CredentialSource, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable that a route sets.

    Attributes:
        holds: what the value is.
        purpose: what the variable does in the agent.
        first_run: what the reader meets at the first start because it is set.
        place: where the spec sets it.
    """

    name: str
    value: Value
    holds: Holds
    purpose: Prose
    first_run: Prose | None
    place: Place


@dataclass(frozen=True)
class Route:
    """One way to point the agent at a provider."""

    provider: Provider
    auth: AuthModel
    variables: tuple[Variable, ...]

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder of the route's variables once, in the order of appearance."""
        return tuple(
            dict.fromkeys(placeholder for variable in self.variables for placeholder in variable.value.placeholders)
        )


@dataclass(frozen=True)
class Guide:
    """A page to build.

    Attributes:
        path: its place below each framework's folder, without a file extension.
        order: its place among its siblings in the sidebar.
        place: where ``site.yaml`` asks for it.
    """

    path: str
    order: int
    gateway: Gateway
    agent: Agent
    routes: tuple[Route, ...]
    place: Place

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder of the guide once, in the order of appearance."""
        return tuple(dict.fromkeys(placeholder for route in self.routes for placeholder in route.placeholders))


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of every snippet: its label and the shell it is for."""

    label: str
    shell: str
    place: Place


@dataclass(frozen=True, slots=True)
class Output:
    """A docs framework for which every guide is rendered.

    Attributes:
        framework: the folder of its templates.
        folder: where its pages go, below the output folder.
        front_matter: what every page carries besides its own front matter.
        place: where ``site.yaml`` asks for it.
    """

    framework: str
    folder: str
    front_matter: Mapping[str, object]
    place: Place


@dataclass(frozen=True, slots=True)
class Site:
    """Everything there is to build."""

    outputs: tuple[Output, ...]
    tabs: tuple[Tab, ...]
    guides: tuple[Guide, ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A block of code that the reader copies.

    Attributes:
        label: the tab it stands in.
        language: the code fence's info string.
        code: without a final newline.
    """

    label: str
    language: str
    code: str


Snippets: TypeAlias = Mapping[Route, tuple[Snippet, ...]]
"""The tabs of each route, in the site's order."""


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A page in memory.

    Attributes:
        path: below the output folder, with forward slashes.
        content: the whole file.
    """

    path: str
    content: bytes
