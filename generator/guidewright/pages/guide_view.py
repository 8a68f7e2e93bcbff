"""What a template gets: everything decided in Python, so that templates only place sentences and values."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from guidewright.model import (
    Agent,
    CredentialSource,
    FilePath,
    Gateway,
    GatewayAuth,
    Guide,
    Holds,
    Island,
    Placeholder,
    Prose,
    Provider,
    RemovedVariable,
    Snippet,
    Snippets,
    StepSnippet,
    Variable,
)
from guidewright.pages.route_view import Needs, RouteView, islands_by_position, needs_of, view_route


@dataclass(frozen=True, slots=True)
class Bill:
    """Who bills for the models of a provider.

    Attributes:
        sources: the credential sources in which somebody does.
        has_choice: whether there are several sources, so that it depends.
    """

    provider: Provider
    sources: tuple[CredentialSource, ...]
    has_choice: bool


@dataclass(frozen=True, slots=True)
class VariableView:
    """A variable of the page, explained once however many routes set it.

    Attributes:
        providers: those of the routes that set it, once each.
        holds_callers_key: whether it holds the provider's own credential, sent by the reader.
        auth: how the gateway knows the reader by it; None where it holds something else.
        routes: the titles of the routes for which this is said, where another thing is said for others.
    """

    name: str
    purpose: Prose
    holds: Holds
    providers: tuple[Provider, ...]
    holds_callers_key: bool
    auth: GatewayAuth | None
    routes: tuple[str, ...]

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
    def holds_ignored_token(self) -> bool:
        """Whether it holds the gateway's token only because the agent wants a credential."""
        return self.holds is Holds.CREDENTIAL and self.auth is not None

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
        shared_needs: those that every route has; None where there are none.
        bills: who bills, for each provider with a bill.
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
    shared_needs: Needs | None
    bills: tuple[Bill, ...]
    islands: Mapping[str, tuple[Island, ...]]
    undo: tuple[Snippet, ...]
    front_matter: Mapping[str, object]

    @property
    def title(self) -> str:
        """The page's title."""
        return self.agent.name

    @cached_property
    def providers(self) -> tuple[Provider, ...]:
        """Every provider that requests go on to, once."""
        return _providers_of(self.routes)

    @cached_property
    def gateway_held_providers(self) -> tuple[Provider, ...]:
        """The providers whose credentials the gateway adds."""
        return _providers_of(route for route in self.routes if not route.caller_holds_key)

    @cached_property
    def caller_held_providers(self) -> tuple[Provider, ...]:
        """The providers whose credentials the reader sends."""
        return _providers_of(route for route in self.routes if route.caller_holds_key)

    @property
    def has_both_holders(self) -> bool:
        """Whether the gateway holds the credential of a provider on one route, and the reader sends it on another."""
        return not set(self.gateway_held_providers).isdisjoint(self.caller_held_providers)

    @cached_property
    def has_route_per_provider(self) -> bool:
        """Whether each route leads to one provider, and no other route to the same."""
        return [route.providers for route in self.routes] == [(provider,) for provider in self.providers]

    @cached_property
    def files(self) -> tuple[FilePath, ...]:
        """Every file that the reader creates, or changes in a step."""
        in_steps = (step.step.file for step in self._described_steps if step.step.file is not None)
        return tuple(dict.fromkeys((*self._created_files, *(file.path for file in in_steps))))

    @cached_property
    def files_to_undo(self) -> tuple[FilePath, ...]:
        """The files that the reader created before the steps; those of a step are undone with it."""
        return tuple(dict.fromkeys(self._created_files))

    @cached_property
    def routes_with_variables(self) -> tuple[str, ...]:
        """The titles of the routes that set variables, where others set none."""
        titles = tuple(route.title for route in self.routes if route.variables)
        return titles if len(titles) < len(self.routes) else ()

    @cached_property
    def routes_with_files(self) -> tuple[str, ...]:
        """The titles of the routes before whose steps the reader creates files, where others have none."""
        titles = tuple(route.title for route in self.routes if route.files)
        return titles if len(titles) < len(self.routes) else ()

    @cached_property
    def means(self) -> tuple[str, ...]:
        """What the reader changes, over all routes: some of file, files, variable, variables, commands, windows."""
        found = {
            "file": len(self.files) == 1,
            "files": len(self.files) > 1,
            "variable": len(self.variables) == 1,
            "variables": len(self.variables) > 1,
            "commands": any(step.step.run for step in self._described_steps),
            "windows": any(step.is_in_a_window for step in self._described_steps),
        }
        return tuple(means for means, is_used in found.items() if is_used)

    @cached_property
    def has_unexplained_window_steps(self) -> bool:
        """Whether a route has such steps, and nothing but its commands says how to take it back."""
        return any(
            any(step.is_in_a_window for step in route.described_steps)
            and all(step.step.undo is None for step in route.described_steps if not step.step.run)
            for route in self.routes
        )

    @cached_property
    def undo_steps(self) -> tuple[tuple[str, tuple[Prose, ...]], ...]:
        """How the reader takes the steps of each route back that says so, with the route's title."""
        undone = (
            (route.title, tuple(step.step.undo for step in route.described_steps if step.step.undo is not None))
            for route in self.routes
        )
        return tuple((title, sentences) for title, sentences in undone if sentences)

    @property
    def _created_files(self) -> Iterator[FilePath]:
        return (file.file.path for route in self.routes for file in route.files)

    @property
    def _described_steps(self) -> Iterator[StepSnippet]:
        return (step for route in self.routes for step in route.described_steps)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """What that is called by which the gateway knows the reader, once each; none where it asks for nothing."""
        auths = (route.gateway.auth for route in self.routes)
        return tuple(dict.fromkeys(auth.name for auth in auths if auth is not None))

    @cached_property
    def sent_headers(self) -> tuple[str, ...]:
        """The headers by which the gateway knows the reader, where a variable holds them; once each."""
        auths = (variable.auth for variable in self.variables if variable.holds_gateway_auth)
        return tuple(dict.fromkeys(auth.header for auth in auths if auth is not None))

    @cached_property
    def removed(self) -> tuple[RemovedVariable, ...]:
        """Every variable that a route removes, once."""
        by_name = {variable.name: variable for route in reversed(self.routes) for variable in reversed(route.removed)}
        return tuple(reversed(by_name.values()))

    @cached_property
    def variables(self) -> tuple[VariableView, ...]:
        """Every variable of the page, once for each thing there is to say of it."""
        routes: dict[tuple[str, Prose, Holds, bool, GatewayAuth | None], list[tuple[RouteView, Variable]]] = {}
        for route in self.routes:
            for variable in route.variables:
                callers_key = variable.holds is Holds.CREDENTIAL and route.caller_holds_key
                auth = route.auths.get(variable.name)
                what_to_say = (variable.name, variable.purpose, variable.holds, callers_key, auth)
                routes.setdefault(what_to_say, []).append((route, variable))
        times = Counter(name for name, *_ in routes)
        return tuple(
            VariableView(
                name=name,
                purpose=purpose,
                holds=holds,
                providers=_receivers(found) if callers_key else _providers_of(route for route, _ in found),
                holds_callers_key=callers_key,
                auth=auth,
                routes=tuple(route.title for route, _ in found) if times[name] > 1 else (),
            )
            for (name, purpose, holds, callers_key, auth), found in routes.items()
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
    needs = [needs_of(route) for route in guide.routes]
    has_shared_needs = all(found == needs[0] for found in needs)
    return GuideView(
        agent=guide.agent,
        # Where a page speaks of the gateway as a whole, it is as its first route reaches it.
        gateway=guide.routes[0].gateway if guide.routes else guide.gateway,
        order=guide.order,
        routes=tuple(
            view_route(
                route,
                snippets,
                shared=shared,
                own_needs=None if has_shared_needs else own_needs,
                has_command=guide.agent.command is not None,
            )
            for route, own_needs in zip(guide.routes, needs, strict=True)
        ),
        shared_placeholders=shared,
        shared_needs=needs[0] if needs and has_shared_needs else None,
        bills=tuple(_bills_of(guide)),
        islands=islands_by_position(guide.islands),
        undo=snippets.undo[guide],
        front_matter=front_matter,
    )


def _providers_of(routes: Iterable[RouteView]) -> tuple[Provider, ...]:
    return tuple(dict.fromkeys(provider for route in routes for provider in route.providers))


def _receivers(found: Iterable[tuple[RouteView, Variable]]) -> tuple[Provider, ...]:
    """The providers whose own keys variables hold, each on its route."""
    return tuple(
        dict.fromkeys(
            provider
            for route, variable in found
            for provider in route.providers
            if provider.own_key in variable.value.placeholders
        )
    )


def _bills_of(guide: Guide) -> Iterator[Bill]:
    for provider, sources in guide.sources_by_provider.items():
        with_bill = tuple(source for source in sources if source.biller is not None)
        if with_bill:
            yield Bill(provider, with_bill, has_choice=len(sources) > 1)
