"""The join contract: base URL + path + what the client appends is one well-formed URL."""

import re
from dataclasses import dataclass
from itertools import pairwise

from guidewright.diagnostics import Place, Report
from guidewright.model import Value

# A version segment as HTTP APIs write it: v1, v4, v1beta, v1alpha2.
_VERSION_SEGMENT = re.compile(r"v\d+((alpha|beta)\d*)?")
_ORIGIN = re.compile(r"https?://[^/?#\s]+")
_AFTER_PATH = re.compile(r"[?#\s]")


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken join contract.

    Attributes:
        code: the finding's code.
        headline: what is wrong.
        help: how to mend it.
    """

    code: str
    headline: str
    help: str


def base_url_breach(base_url: str) -> Breach | None:
    """What is wrong with a gateway's base URL.

    Args:
        base_url: with its placeholders filled in or shown; both read alike here.

    Returns:
        The breach, or None for a base URL that any path may follow.
    """
    if not _ORIGIN.match(base_url):
        return Breach("no-host", "base URL names no host", "write https://, a host, and a path if there is one")
    if _AFTER_PATH.search(base_url):
        return Breach(
            "query-in-base-url", "base URL goes on after its path", "leave out what follows the path: ?, # or a space"
        )
    if base_url.endswith("/"):
        return Breach(
            "base-url-ends-in-slash", "base URL ends in a slash", "leave it out: every path below starts with one"
        )
    return _double_slash(base_url)


def path_breach(path: str, trailing_slash: str) -> Breach | None:
    """What is wrong with a provider's path below the base URL.

    Args:
        path: empty, or starting with a slash.
        trailing_slash: ``required`` or ``forbidden``.

    Returns:
        The breach, or None.
    """
    if _AFTER_PATH.search(path):
        return Breach("query-in-path", "path goes on after its end", "leave out what follows the path: ?, # or a space")
    if trailing_slash == "required" and not path.endswith("/"):
        return Breach(
            "missing-trailing-slash",
            "path lacks the trailing slash that its contract requires",
            "add / at the end of the path",
        )
    if trailing_slash == "forbidden" and path.endswith("/"):
        return Breach(
            "forbidden-trailing-slash",
            "path ends in the slash that its contract forbids",
            "remove / from the end of the path",
        )
    return _double_slash(path)


def appended_breach(client_appends: str, trailing_slash: str) -> Breach | None:
    """What is wrong with the text that a client appends to the endpoint.

    Args:
        client_appends: the text.
        trailing_slash: ``required`` or ``forbidden``.

    Returns:
        The breach, or None.
    """
    if trailing_slash == "required" and client_appends.startswith("/"):
        return Breach(
            "doubled-slash",
            "endpoint and client both bring the slash between them",
            f"write {client_appends.lstrip('/')}, or set trailing_slash: forbidden",
        )
    if trailing_slash == "forbidden" and not client_appends.startswith("/"):
        return Breach(
            "missing-slash",
            "neither the endpoint nor the client brings the slash between them",
            f"write /{client_appends}, or set trailing_slash: required",
        )
    return _double_slash(client_appends)


def joined_breach(endpoint: str, client_appends: str) -> Breach | None:
    """What is wrong with a request's URL although its parts are right.

    Args:
        endpoint: base URL and path.
        client_appends: what the client adds.

    Returns:
        The breach, or None.
    """
    segments = [segment for segment in (endpoint + client_appends).split("/") if segment]
    for segment, following in pairwise(segments):
        if segment == following and _VERSION_SEGMENT.fullmatch(segment):
            return Breach(
                "doubled-version-segment",
                f"requests would go to {endpoint}{client_appends}, with /{segment} twice",
                f"leave /{segment} out of the path, or out of client_appends if the client does not add it",
            )
    return None


def _double_slash(url: str) -> Breach | None:
    if "//" in url.partition("://")[2] or ("://" not in url and "//" in url):
        return Breach("doubled-slash", "there are two slashes in a row", "leave one of them out")
    return None


def report_breach(breach: Breach | None, place: Place, report: Report) -> None:
    """Report what breaks the join contract, if anything does."""
    if breach is not None:
        report.error(breach.code, breach.headline, place, help=breach.help)


def path_before(appends: str, path: Value, client_appends: str) -> tuple[Value, Breach | None]:
    """The path for a client that appends less or more than others, so that its requests go to the same URL.

    Args:
        appends: what this client appends; empty for one that takes the whole address.
        path: below the base URL, for other clients.
        client_appends: what those append.

    Returns:
        The request's path without what this client appends; and what is wrong, then with the path of the others.
    """
    request = f"{path.text}{client_appends}"
    start, last = list(path.parts), client_appends
    if start and isinstance(start[-1], str):
        last = f"{start.pop()}{last}"
    if not last.endswith(appends):
        return path, Breach(
            "other-request",
            f"requests of other clients do not end in {appends}, but go to {request}",
            "write the end of that, as much as this client appends",
        )
    kept = last.removesuffix(appends)
    # A slash between them belongs to one of both, if there are two.
    if appends and not (appends.startswith("/") or kept.endswith("/")):
        return path, Breach(
            "missing-slash",
            "neither the endpoint nor the client brings the slash between them",
            f"write the end of {request}, from a slash on",
        )
    return Value((*start, kept) if kept else tuple(start)), None
