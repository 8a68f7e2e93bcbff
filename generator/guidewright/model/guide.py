"""What a guide says: agent, gateway and providers brought together."""

import enum
import re
from dataclasses import dataclass
from functools import cached_property

from guidewright.diagnostics import Place
from guidewright.model.files import ConfigFile, SettingsFile
from guidewright.model.passage import Island
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
    GATEWAY_TOKEN = "gateway token"  # noqa: S105 - no password
    OUTPUT = "output"
    PLACEHOLDER = "placeholder"
    EMPTY = "empty"
    LITERAL = "literal"


@dataclass(frozen=True, slots=True)
class Gateway:
    """The service that stands between the agent and the providers.

    Attributes:
        base_url: the address below which every provider has its path.
        token: the secret placeholder by which the caller is known.
        token_command: the name of the command that prints it; None where the reader has it.
    """

    name: str
    vendor: str
    summary: Prose
    docs: Link
    base_url: Value
    header: str
    token: Placeholder
    token_command: str | None
    verify: Link


@dataclass(frozen=True, slots=True)
class Provider:
    """A service that runs models.

    Attributes:
        credential: what the credential is called that it asks for.
        credential_aliases: what else it is called.
        own_key: the placeholder of that credential; None where the caller never sends it.
    """

    name: str
    vendor: str
    docs: Link
    credential: str
    credential_aliases: tuple[str, ...]
    own_key: Placeholder | None


@dataclass(frozen=True, slots=True)
class Agent:
    """The tool that is pointed at the gateway.

    Attributes:
        command: what starts it in a terminal; None where nothing does.
    """

    name: str
    summary: Prose
    docs: Link
    command: str | None


@dataclass(frozen=True, slots=True)
class CredentialSource:
    """One way in which requests of a route get the provider's credential.

    Attributes:
        name: what it is called in a sentence.
        biller: the company that bills for the use of the model; None where nobody does.
        need: what the reader must have for it; None where that is the placeholder of the caller's own credential.
        docs: the page that tells how to get it.
    """

    name: str
    biller: str | None
    need: Prose | None
    docs: Link | None


@dataclass(frozen=True, slots=True)
class AuthModel:
    """Who authenticates what on a route, and who bills."""

    key_holder: KeyHolder
    sources: tuple[CredentialSource, ...]

    @property
    def billers(self) -> frozenset[str]:
        """Every company that may bill."""
        return frozenset(source.biller for source in self.sources if source.biller is not None)


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

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder in its value once, in the order of appearance."""
        return self.value.placeholders


@dataclass(frozen=True, slots=True)
class RemovedVariable:
    """An environment variable that must not be set on a route.

    Attributes:
        purpose: what the variable does in the agent.
        place: where the spec removes it.
    """

    name: str
    purpose: Prose
    place: Place


@dataclass(frozen=True, slots=True)
class WindowStep:
    """Something that the reader does in a window of the agent.

    Attributes:
        value: what to paste or type there.
        place: where the spec describes it.
    """

    do: Prose
    value: Value | None
    place: Place

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder in its value once, in the order of appearance."""
        return () if self.value is None else self.value.placeholders


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of snippets: what it is for, and its label.

    Attributes:
        medium: the names of the shells that get the same code, or the file that holds the variables.
        place: where the spec defines it.
    """

    label: str
    medium: tuple[str, ...] | SettingsFile
    place: Place


@dataclass(frozen=True, eq=False)
class Route:
    """One way to point the agent at a provider.

    Attributes:
        gateway: as this route reaches it.
        endpoint: the provider's address behind the gateway.
        variables: those to set.
        removed: those that must not be set.
        tabs: in the order in which they are shown.
        knows_endpoint: whether the agent makes the address itself, so that nothing holds it.
        islands: the hand-written passages of its section.
    """

    provider: Provider
    gateway: Gateway
    endpoint: Value
    auth: AuthModel
    variables: tuple[Variable, ...]
    removed: tuple[RemovedVariable, ...]
    tabs: tuple[Tab, ...]
    config_files: tuple[ConfigFile, ...]
    window_steps: tuple[WindowStep, ...]
    knows_endpoint: bool
    islands: tuple[Island, ...]

    @property
    def touched(self) -> tuple[Variable | RemovedVariable, ...]:
        """Every variable that the route is about, in the order in which a snippet gets to it."""
        return (*self.removed, *self.variables)

    def place_of(self, name: str) -> Place | None:
        """Where the spec sets or removes a variable; None for one that the route does not touch."""
        return next((variable.place for variable in self.touched if variable.name == name), None)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Every text that the reader gets to copy, in order."""
        in_files = (value for file in self.config_files for value in file.values)
        in_windows = (step.value for step in self.window_steps if step.value is not None)
        return (*in_files, *(variable.value for variable in self.variables), *in_windows)

    def sends_header(self, name: str) -> bool:
        """Whether a header is in anything that it sets."""
        line = re.compile(rf"^\s*{re.escape(name)}\s*:", re.IGNORECASE | re.MULTILINE)
        in_values = any(line.search(value.text) for value in self.values)
        return in_values or any(name.casefold() == key.casefold() for file in self.config_files for key in file.keys)

    def place_of_placeholder(self, placeholder: Placeholder) -> Place | None:
        """Where the spec first uses a placeholder on this route."""
        users: list[ConfigFile | Variable | WindowStep] = [*self.config_files, *self.variables, *self.window_steps]
        return next((user.place for user in users if placeholder in user.placeholders), None)

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder of the route once, in the order of appearance."""
        return tuple(dict.fromkeys(placeholder for value in self.values for placeholder in value.placeholders))


@dataclass(frozen=True, eq=False)
class Guide:
    """A page to build.

    Attributes:
        path: its place below each framework's folder, without a file extension.
        order: its place among its siblings in the sidebar.
        islands: the hand-written passages outside the sections of its routes.
        place: where ``site.yaml`` asks for it.
    """

    path: str
    order: int
    gateway: Gateway
    agent: Agent
    routes: tuple[Route, ...]
    islands: tuple[Island, ...]
    place: Place

    @cached_property
    def all_islands(self) -> tuple[Island, ...]:
        """Every hand-written passage of it, once for each place where it stands."""
        return (*self.islands, *(island for route in self.routes for island in route.islands))

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder of the guide once, in the order of appearance."""
        return tuple(dict.fromkeys(placeholder for route in self.routes for placeholder in route.placeholders))
