"""What a template gets of a route."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from guidewright.model import (
    CredentialSource,
    FileSnippet,
    Gateway,
    GatewayAuth,
    Holds,
    Island,
    IslandPosition,
    KeyHolder,
    Placeholder,
    Prose,
    Provider,
    RemovedVariable,
    Route,
    Snippet,
    Snippets,
    StepSnippet,
    Variable,
    placeholders_in,
)


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a route.

    Attributes:
        template: of the sentences that describe it.
        subject: what it is about, where the route as a whole does not say so.
    """

    template: str
    subject: StepSnippet | Island | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """What the reader must have so that the gateway can add the credentials of a route's providers.

    Attributes:
        common: the ways to give them to the gateway that are the same for each of the providers.
        own: the other ways, of each provider that has any.
    """

    common: tuple[CredentialSource, ...]
    own: tuple[tuple[Provider, tuple[CredentialSource, ...]], ...]


@dataclass(frozen=True, slots=True)
class CredentialVariable:
    """A variable that holds what the agent takes for a provider's credential.

    Attributes:
        own_credential: what the provider's credential is called, where the reader sends it; empty where the variable
            holds the gateway's token instead.
    """

    name: str
    own_credential: str


@dataclass(frozen=True)
class RouteView:
    """A section of the page.

    Attributes:
        auths: how the gateway knows the reader, by the variables that hold it.
        own_placeholders: those that not every route has.
        own_needs: those that not every route has; None where there are none.
        tabs: the snippet for each shell or settings file.
        files: what the reader creates before.
        islands: hand-written passages, by where they stand.
        described_steps: what else the reader does, as the spec describes it.
        has_command: whether a command starts the agent.
    """

    title: str
    gateway: Gateway
    providers: tuple[Provider, ...]
    key_holder: KeyHolder
    variables: tuple[Variable, ...]
    auths: Mapping[str, GatewayAuth]
    credential_variables: tuple[CredentialVariable, ...]
    placeholders: tuple[Placeholder, ...]
    own_placeholders: tuple[Placeholder, ...]
    own_needs: Needs | None
    removed: tuple[RemovedVariable, ...]
    tabs: tuple[Snippet, ...]
    files: tuple[FileSnippet, ...]
    islands: Mapping[str, tuple[Island, ...]]
    described_steps: tuple[StepSnippet, ...]
    has_command: bool

    @cached_property
    def steps(self) -> tuple[StepView, ...]:
        """What the reader does, in this order."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[StepView]:
        if self.files:
            yield StepView("steps/files.jinja")
        if self.variables or self.removed:
            yield StepView("steps/variables.jinja")
        yield from (StepView("steps/described.jinja", step) for step in self.described_steps)
        yield from (StepView("steps/own.jinja", island) for island in self.islands["step"])
        if self.has_command:
            yield StepView("steps/start.jinja")

    @cached_property
    def caller_holds_key(self) -> bool:
        """Whether the reader sends the provider's credential."""
        return self.key_holder is KeyHolder.CALLER

    @cached_property
    def variable_placeholders(self) -> tuple[Placeholder, ...]:
        """The placeholders of its variables."""
        return placeholders_in(variable.value for variable in self.variables)

    @cached_property
    def empty_variables(self) -> tuple[Variable, ...]:
        """The variables that are set to the empty string."""
        return tuple(variable for variable in self.variables if variable.holds is Holds.EMPTY)

    @cached_property
    def computed_variables(self) -> tuple[Variable, ...]:
        """The variables that hold what a command prints."""
        return tuple(variable for variable in self.variables if variable.value.commands)

    @cached_property
    def settings_labels(self) -> tuple[str, ...]:
        """The tabs that are for settings files."""
        return tuple(tab.label for tab in self.tabs if tab.settings_file is not None)

    @cached_property
    def first_run(self) -> tuple[Prose, ...]:
        """What the reader meets at the first start."""
        return tuple(variable.first_run for variable in self.variables if variable.first_run is not None)


def view_route(
    route: Route, snippets: Snippets, *, shared: Collection[Placeholder], own_needs: Needs | None, has_command: bool
) -> RouteView:
    """Prepare a route for the template of its section.

    Args:
        route: the route.
        snippets: the code of the site.
        shared: the placeholders that every route has.
        own_needs: its needs, where not every route has the same.
        has_command: whether a command starts the agent.

    Returns:
        The view.
    """
    return RouteView(
        title=route.title,
        gateway=route.gateway,
        providers=route.providers,
        key_holder=route.key_holder,
        variables=route.variables,
        auths={found.name: auth for found in route.variables if (auth := route.auth_in(found)) is not None},
        credential_variables=tuple(_credential_variables(route)),
        placeholders=route.placeholders,
        own_placeholders=tuple(found for found in route.placeholders if found not in shared),
        own_needs=own_needs,
        removed=route.removed,
        tabs=snippets.tabs[route],
        files=snippets.files[route],
        islands=islands_by_position(route.islands),
        described_steps=snippets.steps[route],
        has_command=has_command,
    )


def needs_of(route: Route) -> Needs | None:
    """What the reader must have so that the gateway can add the credentials; None where the reader sends them."""
    of_providers = {
        upstream.provider: tuple(source for source in upstream.auth.sources if source.need is not None)
        for upstream in route.upstreams
    }
    first, *others = of_providers.values()
    common = tuple(source for source in first if all(_has(sources, source) for sources in others))
    own = (
        (provider, tuple(source for source in sources if not _has(common, source)))
        for provider, sources in of_providers.items()
    )
    needs = Needs(common, tuple((provider, sources) for provider, sources in own if sources))
    return needs if needs.common or needs.own else None


def _has(sources: Iterable[CredentialSource], source: CredentialSource) -> bool:
    """Whether there is one with the same need; who bills may differ."""
    return any((found.need, found.docs) == (source.need, source.docs) for found in sources)


def _credential_variables(route: Route) -> Iterator[CredentialVariable]:
    for variable in route.variables:
        if variable.holds is Holds.CREDENTIAL:
            provider = route.provider_of(variable)
            yield CredentialVariable(variable.name, "" if provider is None else provider.credential)


def islands_by_position(islands: Iterable[Island]) -> Mapping[str, tuple[Island, ...]]:
    """The islands of every position, in order; none where there are none."""
    by_position: dict[str, tuple[Island, ...]] = {position.value: () for position in IslandPosition}
    for island in islands:
        by_position[island.position] += (island,)
    return by_position
