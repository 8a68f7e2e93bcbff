"""The join contract: endpoints pass it exactly when base URL + path + what the client appends is one sound URL."""

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from guidewright.model import Placeholder, Value
from guidewright.resolve.endpoints import appended_breach, base_url_breach, joined_breach, path_before, path_breach

# Few different segments, so that empty ones and doubled versions come up often.
SEGMENTS = st.sampled_from(["", "a", "b", "v1", "v1beta"])
CONTRACTS = st.sampled_from(["required", "forbidden"])
BASE_URLS = st.lists(SEGMENTS, max_size=2).map(lambda segments: "/".join(["https://h.example", *segments]))
PATHS = st.lists(SEGMENTS, max_size=3).map(lambda segments: "".join(f"/{segment}" for segment in segments))
APPENDED = st.tuples(st.sampled_from(["", "/"]), st.lists(SEGMENTS, min_size=1, max_size=2)).map(
    lambda parts: (parts[0] + "/".join(parts[1])) or "x"
)


def is_sound(base_url: str, path: str, trailing_slash: str, appended: str) -> bool:
    """What the contract promises, said of the URLs that come of it instead of the rules that lead there."""
    endpoint, url = base_url + path, base_url + path + appended
    return (
        "//" not in urlsplit(url).path
        and not base_url.endswith("/")
        and endpoint.endswith("/") == (trailing_slash == "required")
        and (endpoint.endswith("/") or appended.startswith("/"))
        and not re.search(r"/(v1|v1beta)/\1(/|$)", url)
    )


@given(BASE_URLS, PATHS, CONTRACTS, APPENDED)
@example("https://h.example", "/a/", "required", "model/")
@example("https://h.example/v1", "", "forbidden", "/chat")
def test_contract_holds_exactly_for_sound_urls(base_url: str, path: str, trailing_slash: str, appended: str) -> None:
    breaches = [
        base_url_breach(base_url),
        path_breach(path, trailing_slash),
        appended_breach(appended, trailing_slash),
        joined_breach(base_url + path, appended),
    ]
    assert (breaches == [None] * 4) == is_sound(base_url, path, trailing_slash, appended)


@pytest.mark.parametrize(
    ("endpoint", "appended", "is_doubled"),
    [
        ("https://h.example/v1/acct/gw/anthropic", "/v1/messages", False),
        ("https://h.example/v1/acct/gw/anthropic/v1", "/v1/messages", True),
        ("https://h.example/studio/v1beta", "/v1beta/models", True),
        ("https://h.example/studio/v1beta", "/v1/models", False),
        ("https://h.example/region/region", "/chat", False),
        ("https://h.example/v1/v1", "/chat", True),
    ],
)
def test_doubled_version_segment(endpoint: str, appended: str, *, is_doubled: bool) -> None:
    breach = joined_breach(endpoint, appended)
    assert (breach is not None and breach.code == "doubled-version-segment") == is_doubled


@given(PATHS, st.sampled_from(["v1/messages", "model/", "chat", "v1beta/models/"]), st.integers(0, 30))
@example("/north", "v1/messages", 9)
@example("", "chat", 5)
def test_a_client_that_appends_less_or_more_sends_the_same_request(path: str, appended: str, length: int) -> None:
    """Whatever end of the request a client appends from a slash on, or up to one: endpoint and end come to the same."""
    assume("//" not in path and not path.endswith("/"))
    request = f"{path}/{appended}"
    end = request[max(0, len(request) - length) :] or request[-1:]
    shorter, breach = path_before(end, Value((path,) if path else ()), f"/{appended}")
    if end.startswith("/") or request.removesuffix(end).endswith("/"):
        assert (shorter.text + end, breach) == (request, None)
    else:
        assert (shorter.text, breach is not None and breach.code) == (path, "missing-slash")


def test_a_client_can_append_no_part_of_a_placeholder() -> None:
    region = Placeholder("REGION", "region", "r1", secret=False, hint=None, docs=None)
    path = Value(("/south/", region))
    assert path_before("/v1/messages", path, "/v1/messages") == (path, None)
    assert path_before("/messages", path, "/v1/messages") == (Value(("/south/", region, "/v1")), None)
    for end in ("<REGION>/v1/messages", "/south/<REGION>/v1/messages", "/chat"):
        _, breach = path_before(end, path, "/v1/messages")
        assert breach is not None
        assert breach.code == "other-request"
