"""What the spec says about a gateway, for pages that send requests through it with any tool."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from guidewright.lint.urls import Url, is_filled_in, matches, starts_with
from guidewright.model import Gateway, Placeholder, Route

# How much of a segment must be right for it to be taken for another one, misspelt.
_MISSPELT = 0.85
_MISSPELT_HOST = 0.9
_VERSION = re.compile(r"v\d+\w*")
_LOOPBACK = re.compile(r"(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])(?::\d+)?")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A provider's address behind a gateway.

    Attributes:
        provider: its name.
        url: as the spec has it, with its placeholders.
    """

    provider: str
    url: Url


@dataclass(frozen=True, slots=True)
class Reading:
    """What a URL below a gateway leads to.

    Attributes:
        endpoint: the provider's, where the path has it.
        problem: what is wrong with the URL, as words before ``endpoint``; empty where nothing is.
        help: what to write instead.
    """

    endpoint: Endpoint | None
    problem: str = ""
    help: str = ""


@dataclass(frozen=True, eq=False)
class KnownGateway:
    """A gateway of the spec, with every endpoint behind it.

    Attributes:
        placeholders: those of its routes, by their names.
    """

    gateway: Gateway
    endpoints: tuple[Endpoint, ...]
    placeholders: Mapping[str, Placeholder]

    @cached_property
    def _by_host(self) -> dict[str, list[Endpoint]]:
        found: dict[str, list[Endpoint]] = {}
        for endpoint in self.endpoints:
            found.setdefault(endpoint.url.host, []).append(endpoint)
        return found

    def read(self, url: Url) -> Reading | None:
        """Find out what a URL leads to.

        Args:
            url: any.

        Returns:
            None for a URL that has nothing to do with this gateway, as far as can be told: a computer of the reader's
            own may run anything.
        """
        if _LOOPBACK.fullmatch(url.host):
            return None
        for host, endpoints in self._by_host.items():
            if matches(url.host, host):
                # A host that the reader fills in may be any: then the path has to tell.
                if is_filled_in(host) and not any(starts_with(url.segments, found.url.segments) for found in endpoints):
                    continue
                return _read_path(url, endpoints)
            base = _common_start([endpoint.url.segments for endpoint in endpoints])
            if base and starts_with(url.segments, base) and _likeness(url.host, host) >= _MISSPELT_HOST:
                return Reading(None, "has another host than", f"did you mean {host}?")
        return None

    def filled_in(self, url: Url) -> Iterator[tuple[str, str, int]]:
        """What a URL has where the spec has a placeholder.

        Args:
            url: any.

        Yields:
            The name of the placeholder, the segment of the URL, and its position in it.
        """
        reading = self.read(url)
        for host, endpoints in self._by_host.items():
            if reading is not None and matches(url.host, host):
                own = reading.endpoint.url.segments if reading.endpoint else ()
                expected = own or _common_start([endpoint.url.segments for endpoint in endpoints])
                if starts_with(url.segments, expected):
                    yield from _filled_in(url, expected)


def gateway_of(gateway: Gateway, routes: Sequence[Route]) -> KnownGateway:
    """What the spec says about a gateway.

    Args:
        gateway: one of a guide.
        routes: all of those through it.
    """
    found = (
        Endpoint(upstream.provider.name, Url(upstream.endpoint.text, 0))
        for route in routes
        for upstream in route.upstreams
        if any(value.written_out == upstream.endpoint for value in route.values)
    )
    endpoints = {endpoint.url.text: endpoint for endpoint in found}
    placeholders = {placeholder.name: placeholder for route in routes for placeholder in route.placeholders}
    return KnownGateway(gateway, tuple(endpoints.values()), placeholders)


def _read_path(url: Url, endpoints: Sequence[Endpoint]) -> Reading | None:
    base = _common_start([endpoint.url.segments for endpoint in endpoints])
    if not starts_with(url.segments, base):
        return _elsewhere(url, endpoints, len(base))
    on_path = [endpoint for endpoint in endpoints if starts_with(url.segments, endpoint.url.segments)]
    endpoint = max(on_path, key=lambda found: len(found.url.segments), default=None)
    if problem := _malformed(url, endpoints[0].url.scheme):
        return Reading(endpoint, *problem)
    if endpoint is None:
        return _elsewhere(url, endpoints, len(base)) or _misspelt(url, endpoints, len(base))
    return _read_end(url, endpoint)


def _malformed(url: Url, scheme: str) -> tuple[str, str] | None:
    """What is wrong with a URL wherever it leads, and what to write."""
    if url.scheme != scheme:
        return f"starts with {url.scheme}, unlike", f"write: {scheme}"
    if url.has_doubled_slash:
        return "has a doubled slash in its path, unlike", f"write: {_with_single_slashes(url)}"
    for first, second in zip(url.segments, url.segments[1:], strict=False):
        if first == second and _VERSION.fullmatch(first):
            return f"has /{first} twice, unlike", f"keep one /{first}"
    return None


def _filled_in(url: Url, expected: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    position = len(f"{url.scheme}://{url.host}")
    for found, segment in zip(url.segments, expected, strict=False):
        position = url.text.index(found, position)
        if placeholder := re.fullmatch(r"<(\w+)>", segment):
            yield placeholder[1], found, position
        position += len(found)


def _common_start(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The segments that all of the paths begin with: the gateway's own part, where there are several."""
    common = []
    for segments in zip(*paths, strict=False):
        if len(set(segments)) > 1:
            break
        common.append(segments[0])
    return tuple(common)


def _with_single_slashes(url: Url) -> str:
    path = "/".join(url.segments) + ("/" if url.ends_in_slash else "")
    return f"{url.scheme}://{url.host}/{path}"


def _read_end(url: Url, endpoint: Endpoint) -> Reading:
    goes_on = len(url.segments) > len(endpoint.url.segments)
    if goes_on or url.ends_in_slash == endpoint.url.ends_in_slash:
        return Reading(endpoint)
    problem = "has a slash too many at the end of" if url.ends_in_slash else "lacks the slash at the end of"
    return Reading(endpoint, problem, f"write: {endpoint.url.text}")


def _elsewhere(url: Url, endpoints: Sequence[Endpoint], start: int) -> Reading | None:
    """A path that has a provider's part, but not behind all of the gateway's own part."""
    is_below = len(url.segments) >= start and starts_with(url.segments, endpoints[0].url.segments[:start])
    for endpoint in endpoints:
        own = endpoint.url.segments[start:]
        # What fills in the gateway's own part may be called like a provider; at the end, it is the provider's part.
        at_end = len(url.segments) - len(own)
        positions = [at_end] if is_below and at_end < start else [] if is_below else range(len(url.segments))
        is_told_apart = any(not is_filled_in(segment) for segment in own)
        if is_told_apart and any(starts_with(url.segments[at:], own) for at in positions):
            return Reading(endpoint, "has another path than", f"write: {endpoint.url.text}")
    return None


def _misspelt(url: Url, endpoints: Sequence[Endpoint], start: int) -> Reading:
    """A path that is a provider's but for a few letters; any other may be that of a provider the spec has not."""
    for endpoint, found, expected in _pairs(url, endpoints, start):
        if found != expected and _likeness(found, expected) >= _MISSPELT:
            return Reading(endpoint, "has another path than", f"did you mean {expected}?")
    return Reading(None)


def _likeness(first: str, second: str) -> float:
    if len(first) > 2 * len(second):
        return 0
    return difflib.SequenceMatcher(None, first.lower(), second.lower()).ratio()


def _pairs(url: Url, endpoints: Sequence[Endpoint], start: int) -> Iterator[tuple[Endpoint, str, str]]:
    """The first segment of the path that differs from each endpoint's, where letters can tell it apart."""
    for endpoint in endpoints:
        for found, expected in zip(url.segments[start:], endpoint.url.segments[start:], strict=False):
            if not matches(found, expected):
                if not is_filled_in(expected):
                    yield endpoint, found, expected
                break
