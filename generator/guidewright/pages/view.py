"""What a template gets: everything decided in Python, so that templates only place sentences and values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from guidewright.model import (
    Agent,
    AuthModel,
    ConfigFile,
    FileSnippet,
    Gateway,
    Guide,
    Holds,
    Index,
    Island,
    IslandPosition,
    KeyHolder,
    Link,
    Passage,
    Placeholder,
    Prose,
    Provider,
    RemovedVariable,
    Snippet,
    Snippets,
    Variable,
    WindowStep,
    url_of_page,
)


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a route.

    Attributes:
        template: of the sentences that describe it.
        subject: what it is about, where the route as a whole does not say so.
    """

    template: str
    subject: WindowStep | Island | None = None


@dataclass(frozen=True)
class RouteView:
    """A section of the page.

    Attributes:
        own_placeholders: those that not every route has.
        tabs: the snippet for each shell or settings file.
        files: what the reader creates before.
        islands: hand-written passages, by where they stand.
        window_steps: what the reader does in a window of the agent.
        has_command: whether a command starts the agent.
    """

    provider: Provider
    gateway: Gateway
    auth: AuthModel
    variables: tuple[Variable, ...]
    placeholders: tuple[Placeholder, ...]
    own_placeholders: tuple[Placeholder, ...]
    removed: tuple[RemovedVariable, ...]
    tabs: tuple[Snippet, ...]
    files: tuple[FileSnippet, ...]
    islands: Mapping[str, tuple[Island, ...]]
    window_steps: tuple[WindowStep, ...]
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
        yield from (StepView("steps/window.jinja", step) for step in self.window_steps)
        yield from (StepView("steps/own.jinja", island) for island in self.islands["step"])
        if self.has_command:
            yield StepView("steps/start.jinja")

    @cached_property
    def caller_holds_key(self) -> bool:
        """Whether the reader sends the provider's credential."""
        return self.auth.key_holder is KeyHolder.CALLER

    @cached_property
    def credential_variables(self) -> tuple[Variable, ...]:
        """The variables that hold what the agent takes for the provider's credential."""
        return tuple(variable for variable in self.variables if variable.holds is Holds.CREDENTIAL)

    @cached_property
    def variable_placeholders(self) -> tuple[Placeholder, ...]:
        """The placeholders of its variables."""
        found = (placeholder for variable in self.variables for placeholder in variable.value.placeholders)
        return tuple(dict.fromkeys(found))

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


@dataclass(frozen=True, slots=True)
class VariableView:
    """A variable of the page, explained once however many routes set it.

    Attributes:
        providers: those of the routes that set it.
        holds_callers_key: whether it holds the provider's own credential, sent by the reader.
    """

    name: str
    purpose: Prose
    holds: Holds
    providers: tuple[Provider, ...]
    holds_callers_key: bool

    @property
    def holds_endpoint(self) -> bool:
        """Whether it holds the address of the provider behind the gateway."""
        return self.holds is Holds.ENDPOINT

    @property
    def holds_output(self) -> bool:
        """Whether a command prints what it holds."""
        return self.holds is Holds.OUTPUT

    @property
    def holds_nothing(self) -> bool:
        """Whether it is set to the empty string."""
        return self.holds is Holds.EMPTY

    @property
    def holds_gateway_token(self) -> bool:
        """Whether it holds the secret by which the gateway knows the caller."""
        return self.holds is Holds.GATEWAY_TOKEN

    @property
    def holds_gateway_auth(self) -> bool:
        """Whether it holds the header by which the gateway knows the caller."""
        return self.holds is Holds.GATEWAY_AUTH


@dataclass(frozen=True)
class GuideView:
    """The page of a guide: what ``guide``, and ``page``, is in a template.

    Attributes:
        shared_placeholders: those that every route has.
        islands: hand-written passages outside the routes' sections, by where they stand.
        undo: what removes the variables again, for each shell or settings file.
        front_matter: what every page of the docs framework carries besides its own front matter.
    """

    template: ClassVar[str] = "guide.jinja"
    description_template: ClassVar[str] = "description.jinja"
    agent: Agent
    gateway: Gateway
    order: int
    routes: tuple[RouteView, ...]
    shared_placeholders: tuple[Placeholder, ...]
    islands: Mapping[str, tuple[Island, ...]]
    undo: tuple[Snippet, ...]
    front_matter: Mapping[str, object]

    @property
    def title(self) -> str:
        """The page's title."""
        return self.agent.name

    @cached_property
    def gateway_held_routes(self) -> tuple[RouteView, ...]:
        """The routes on which the gateway adds the provider's credential."""
        return tuple(route for route in self.routes if not route.caller_holds_key)

    @cached_property
    def caller_held_routes(self) -> tuple[RouteView, ...]:
        """The routes on which the reader sends the provider's credential."""
        return tuple(route for route in self.routes if route.caller_holds_key)

    @cached_property
    def files(self) -> tuple[ConfigFile, ...]:
        """Every file that the reader creates, once."""
        by_path = {file.file.path: file.file for route in self.routes for file in route.files}
        return tuple(by_path.values())

    @cached_property
    def has_bills(self) -> bool:
        """Whether anybody bills the reader."""
        return any(route.auth.billers for route in self.routes)

    @cached_property
    def has_window_steps(self) -> bool:
        """Whether the reader changes settings in a window of the agent."""
        return any(route.window_steps for route in self.routes)

    @cached_property
    def tokens(self) -> tuple[Placeholder, ...]:
        """The secrets by which the gateway knows the reader, once each."""
        return tuple(dict.fromkeys(route.gateway.token for route in self.routes))

    @cached_property
    def removed(self) -> tuple[RemovedVariable, ...]:
        """Every variable that a route removes, once."""
        by_name = {variable.name: variable for route in reversed(self.routes) for variable in reversed(route.removed)}
        return tuple(reversed(by_name.values()))

    @cached_property
    def variables(self) -> tuple[VariableView, ...]:
        """Every variable of the page, once for each thing there is to say of it."""
        providers: dict[tuple[str, Prose, Holds, bool], list[Provider]] = {}
        for route in self.routes:
            for variable in route.variables:
                callers_key = variable.holds is Holds.CREDENTIAL and route.caller_holds_key
                what_to_say = (variable.name, variable.purpose, variable.holds, callers_key)
                providers.setdefault(what_to_say, []).append(route.provider)
        return tuple(
            VariableView(name, purpose, holds, tuple(found), callers_key)
            for (name, purpose, holds, callers_key), found in providers.items()
        )


@dataclass(frozen=True)
class ListedGuide:
    """A guide in an index.

    Attributes:
        description: what its own page says in its front matter.
    """

    link: Link
    description: str


@dataclass(frozen=True)
class IndexView:
    """A page that leads to guides: what ``index``, and ``page``, is in a template."""

    template: ClassVar[str] = "index.jinja"
    description_template: ClassVar[str] = "index_description.jinja"
    title: str
    order: int
    description: Prose
    introduction: Passage
    note: Passage | None
    verify: tuple[Passage, ...]
    guides: tuple[ListedGuide, ...]
    front_matter: Mapping[str, object]


def view_index(
    index: Index, descriptions: Mapping[Guide, str], docs_url: str, front_matter: Mapping[str, object]
) -> IndexView:
    """Prepare an index page for its template.

    Args:
        index: the page.
        descriptions: of the guides.
        docs_url: the documentation site's address.
        front_matter: what every page of the docs framework carries.

    Returns:
        The view.
    """
    listed = []
    for guide in index.guides:
        url = url_of_page(guide.path)
        listed.append(ListedGuide(Link(guide.agent.name, url, docs_url + url), descriptions[guide]))
    return IndexView(
        title=index.title,
        order=index.order,
        description=index.description,
        introduction=index.introduction,
        note=index.note,
        verify=index.verify,
        guides=tuple(listed),
        front_matter=front_matter,
    )


def view_guide(guide: Guide, snippets: Snippets, front_matter: Mapping[str, object]) -> GuideView:
    """Prepare a guide for its template.

    Args:
        guide: the guide.
        snippets: the tabs of every route.
        front_matter: what every page of the docs framework carries.

    Returns:
        The view.
    """
    shared = tuple(
        placeholder
        for placeholder in guide.placeholders
        if all(placeholder in route.placeholders for route in guide.routes)
    )
    return GuideView(
        agent=guide.agent,
        # Where a page speaks of the gateway as a whole, it is as its first route reaches it.
        gateway=guide.routes[0].gateway if guide.routes else guide.gateway,
        order=guide.order,
        routes=tuple(
            RouteView(
                provider=route.provider,
                gateway=route.gateway,
                auth=route.auth,
                variables=route.variables,
                placeholders=route.placeholders,
                own_placeholders=tuple(found for found in route.placeholders if found not in shared),
                removed=route.removed,
                tabs=snippets.tabs[route],
                files=snippets.files[route],
                islands=_by_position(route.islands),
                window_steps=route.window_steps,
                has_command=guide.agent.command is not None,
            )
            for route in guide.routes
        ),
        shared_placeholders=shared,
        islands=_by_position(guide.islands),
        undo=snippets.undo[guide],
        front_matter=front_matter,
    )


def _by_position(islands: Iterable[Island]) -> Mapping[str, tuple[Island, ...]]:
    """The islands of every position, in order; none where there are none."""
    by_position: dict[str, tuple[Island, ...]] = {position.value: () for position in IslandPosition}
    for island in islands:
        by_position[island.position] += (island,)
    return by_position
