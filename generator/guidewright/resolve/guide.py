"""One guide: an agent's routes through a gateway."""

from collections.abc import Mapping
from dataclasses import dataclass

from guidewright import model, schema
from guidewright.diagnostics import Report
from guidewright.resolve.config_files import report_unused_files
from guidewright.resolve.gateway import resolve_gateway
from guidewright.resolve.islands import find_islands, resolve_islands
from guidewright.resolve.placeholders import resolve_placeholders
from guidewright.resolve.references import Fact, Scope
from guidewright.resolve.route import GuideParts, Shared, resolve_route
from guidewright.resolve.tabs import resolve_tabs, settings_tabs
from guidewright.resolve.upstreams import report_unknown_clients
from guidewright.resolve.variables import report_contrary_routes, report_unused_variables
from guidewright.schema import Located


@dataclass(frozen=True, slots=True)
class SiteParts:
    """What all guides share.

    Attributes:
        docs_url: the documentation site's address.
        tabs: by the name that guides and routes use.
        default_tabs: those of a guide that names none.
    """

    docs_url: str
    tabs: Mapping[str, model.Tab]
    default_tabs: tuple[model.Tab, ...]


def resolve_guide(parts: GuideParts, site: SiteParts, report: Report) -> model.Guide:
    """Bring the parts of a guide together.

    Args:
        parts: the spec files it is made from.
        site: what it shares with all guides.
        report: receives everything that does not fit together.

    Returns:
        The guide; where something was reported, only good enough to go on looking for problems.
    """
    gateway, agent = parts.gateway.value, parts.agent.value
    scope = Scope(site.docs_url, report).with_facts(
        {
            "agent.name": Fact.name(agent.name),
            "gateway.name": Fact.name(gateway.name),
            "gateway.vendor": Fact.name(gateway.vendor),
        }
    )
    scope = scope.with_facts(resolve_placeholders([parts.gateway, parts.agent, *parts.providers.values()], scope))
    resolved_gateway, page_scope = resolve_gateway(parts.gateway, None, scope)
    tabs = {**site.tabs, **settings_tabs(parts.agent, site.tabs, report)}
    chosen_tabs = resolve_tabs(parts.guide.value.tabs, parts.guide.place.at("tabs"), tabs, report)
    islands = find_islands(parts.guide, [route.name for route in agent.routes], parts.islands, page_scope)
    shared = Shared(tabs, site.default_tabs if chosen_tabs is None else chosen_tabs, tuple(islands))
    routes = {
        index: resolve_route(parts, index, shared, scope)
        for index, route in enumerate(agent.routes)
        if not parts.providers.keys().isdisjoint(route.provider_names)
    }
    _report_shared_titles(parts.agent, {index: route.title for index, route in routes.items()}, report)
    report_unknown_clients(parts.agent, report)
    report_unused_variables(parts.agent, report)
    report_unused_files(parts.agent, report)
    report_contrary_routes(parts.agent, report)
    return model.Guide(
        path=parts.guide.value.path,
        order=parts.guide.value.order,
        gateway=resolved_gateway,
        agent=model.Agent(
            name=agent.name,
            summary=page_scope.prose(agent.summary, parts.agent.place.at("summary")),
            docs=page_scope.link(agent.docs),
            command=agent.command,
        ),
        routes=tuple(routes.values()),
        islands=resolve_islands((island for island in islands if not island.is_on_routes), page_scope),
        place=parts.guide.place,
    )


def _report_shared_titles(agent: Located[schema.Agent], titles: Mapping[int, str], report: Report) -> None:
    """Report sections with one heading: a link can't tell them apart."""
    routes = agent.value.routes
    names = [route.name for route in routes]
    first_by_title: dict[str, int] = {}
    for index, title in titles.items():
        # A missing title, and two routes of one name, were reported as such.
        is_told = bool(routes[index].title or routes[index].provider) and names.count(names[index]) == 1
        if is_told and first_by_title.setdefault(title.casefold(), index) != index:
            report.error(
                "duplicate-title",
                f'two routes have the title "{title}"',
                agent.place.at("routes", index),
                help="add title: to one of them, or to both",
            )
