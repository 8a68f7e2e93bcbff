"""What a guide says: agent, gateway and providers brought together."""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from guidewright.diagnostics import Place
from guidewright.model.files import ConfigFile, SettingsFile
from guidewright.model.passage import Island
from guidewright.model.text import Link, Placeholder, Prose, Value, placeholders_in


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
class GatewayAuth:
    """How a caller proves to the gateway who they are.

    Attributes:
        name: what the proof is called in a sentence.
        token: the secret placeholder by which the caller is known.
        token_command: the name of the command that prints it; None where the reader has it.
    """

    name: str
    header: str
    token: Placeholder
    token_command: str | None


@dataclass(frozen=True, slots=True)
class Gateway:
    """The service that stands between the agent and the providers.

    Attributes:
        base_url: the address below which every provider has its path.
        auth: how it knows its callers; None where it serves everyone who reaches it.
    """

    name: str
    vendor: str
    summary: Prose
    docs: Link
    base_url: Value
    auth: GatewayAuth | None
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
class Upstream:
    """A provider behind the gateway, as a route reaches it.

    Attributes:
        endpoint: its address behind the gateway, for what the agent appends.
        auth: who holds its credential, and who bills.
    """

    provider: Provider
    endpoint: Value
    auth: AuthModel


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


@dataclass(frozen=True, eq=False)
class Step:
    """Something that the reader does, with at most one thing to copy.

    Attributes:
        value: what to paste or type.
        run: the words of a command; none where there is nothing to run.
        file: a file whose content belongs there.
        undo: how the reader takes it back.
        place: where the spec describes it.
    """

    do: Prose
    value: Value | None
    run: tuple[Value, ...]
    file: ConfigFile | None
    undo: Prose | None
    place: Place

    @property
    def values(self) -> tuple[Value, ...]:
        """Every text in what the reader copies, in order."""
        shown = () if self.value is None else (self.value,)
        return (*shown, *self.run, *(() if self.file is None else self.file.values))

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder in what the reader copies once, in the order of appearance."""
        in_path = () if self.file is None else self.file.path.placeholders
        return tuple(dict.fromkeys((*placeholders_in(self.values), *in_path)))


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
    """One way to point the agent at the gateway.

    Attributes:
        title: of its section.
        gateway: as this route reaches it.
        upstreams: the providers that requests go on to; all with the same key holder.
        variables: those to set.
        removed: those that must not be set.
        tabs: in the order in which they are shown.
        knows_endpoint: whether the agent makes the address itself, so that nothing holds it.
        config_files: those that are created before.
        steps: what else the reader does, in order.
        islands: the hand-written passages of its section.
    """

    title: str
    gateway: Gateway
    upstreams: tuple[Upstream, ...]
    variables: tuple[Variable, ...]
    removed: tuple[RemovedVariable, ...]
    tabs: tuple[Tab, ...]
    config_files: tuple[ConfigFile, ...]
    steps: tuple[Step, ...]
    knows_endpoint: bool
    islands: tuple[Island, ...]

    @cached_property
    def providers(self) -> tuple[Provider, ...]:
        """The providers that requests go on to."""
        return tuple(upstream.provider for upstream in self.upstreams)

    @property
    def key_holder(self) -> KeyHolder:
        """Who holds the credentials of the providers."""
        return self.upstreams[0].auth.key_holder

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
        in_steps = (value for step in self.steps for value in step.values)
        return (*in_files, *(variable.value for variable in self.variables), *in_steps)

    @property
    def files(self) -> tuple[ConfigFile, ...]:
        """Every file of the route, those of its steps included."""
        return (*self.config_files, *(step.file for step in self.steps if step.file is not None))

    def sends_header(self, name: str) -> bool:
        """Whether a header is in anything that it sets."""
        line = re.compile(rf"^\s*{re.escape(name)}\s*:", re.IGNORECASE | re.MULTILINE)
        in_values = any(line.search(value.text) for value in self.values)
        return in_values or any(name.casefold() == key.casefold() for file in self.files for key in file.keys)

    def place_of_placeholder(self, placeholder: Placeholder) -> Place | None:
        """Where the spec first uses a placeholder on this route."""
        users: list[ConfigFile | Variable | Step] = [*self.config_files, *self.variables, *self.steps]
        return next((user.place for user in users if placeholder in user.placeholders), None)

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder of the route once, in the order of appearance."""
        in_paths = (placeholder for file in self.files for placeholder in file.path.placeholders)
        return tuple(dict.fromkeys((*placeholders_in(self.values), *in_paths)))

    def auth_in(self, variable: Variable) -> GatewayAuth | None:
        """How the gateway knows the caller, where a variable holds that or the token in it; None where it does not."""
        is_token = variable.holds is Holds.CREDENTIAL and self.key_holder is KeyHolder.GATEWAY
        is_auth = variable.holds in {Holds.GATEWAY_AUTH, Holds.GATEWAY_TOKEN}
        return self.gateway.auth if is_token or is_auth else None

    def provider_of(self, variable: Variable) -> Provider | None:
        """The provider whose own key a variable holds; None where it holds something else."""
        held = variable.value.placeholders
        return next((provider for provider in self.providers if provider.own_key in held), None)


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
    def sources_by_provider(self) -> Mapping[Provider, tuple[CredentialSource, ...]]:
        """Every provider of the guide, with the credential sources that any route to it offers."""
        found: dict[Provider, dict[CredentialSource, None]] = {}
        for upstream in (upstream for route in self.routes for upstream in route.upstreams):
            found.setdefault(upstream.provider, {}).update(dict.fromkeys(upstream.auth.sources))
        return {provider: tuple(sources) for provider, sources in found.items()}

    @cached_property
    def all_islands(self) -> tuple[Island, ...]:
        """Every hand-written passage of it, once for each place where it stands."""
        return (*self.islands, *(island for route in self.routes for island in route.islands))

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Every placeholder of the guide once, in the order of appearance."""
        return tuple(dict.fromkeys(placeholder for route in self.routes for placeholder in route.placeholders))
