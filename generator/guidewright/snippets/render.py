"""Every route's variables in every shell that the site shows."""

from guidewright.diagnostics import Report, did_you_mean
from guidewright.model import Site, Snippet, Snippets
from guidewright.snippets.registry import SHELLS


def render_snippets(site: Site, report: Report) -> Snippets:
    """Write the snippets of all guides.

    Args:
        site: guides and tabs.
        report: receives ``unknown-shell``.

    Returns:
        The tabs of every route.
    """
    tabs = []
    for tab in site.tabs:
        shell = SHELLS.get(tab.shell)
        if shell is None:
            report.error(
                "unknown-shell",
                f'unknown shell "{tab.shell}"',
                tab.place.at("shell"),
                help=did_you_mean(tab.shell, SHELLS),
            )
        else:
            tabs.append((tab.label, shell))
    return {
        route: tuple(
            Snippet(
                label=label,
                language=shell.language,
                code="\n".join(shell.assign(variable.name, variable.value.text) for variable in route.variables),
            )
            for label, shell in tabs
        )
        for guide in site.guides
        for route in guide.routes
    }
