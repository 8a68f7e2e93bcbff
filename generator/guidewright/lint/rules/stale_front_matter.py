"""A title or description that promises what the page does not have.

What is looked at: variables, headers and anything in inline code, the ways of the spec to get a provider's credential,
and helpers of any kind. A page that takes parts from other files is left alone: they are not looked into.

Why: search results and link previews show it, and the reader looks for it on the page in vain.

Example: "with the login helper" in the description of a page that dropped the helper.
"""

import re
from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.page import Page, Prose
from guidewright.lint.partials import takes_in_parts
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.wording import DENIES

_KEYS = ("title", "description", "summary", "sidebarTitle", "sidebar_label")
_NAMES = re.compile(
    r"`(?P<code>[^`\n]{2,80})`"
    r"|(?<![\w-])(?P<variable>[A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){1,8})(?![\w-])"
    r"|(?<![\w/.-])(?P<header>[a-z0-9]{1,20}(?:-[a-z0-9]{1,20}){0,4}-(?:authorization|token|key))(?![\w-])"
    r"|\b(?P<helper>helper|plugin|wizard|installer)s?\b"
)
_FILE = re.compile(r"\w\.(?:json|jsonc|toml|ya?ml|env|ini|conf)$")
_MIN_LETTERS = 4


def _check(subject: Subject) -> Iterator[Finding]:
    page = subject.page
    if takes_in_parts(page):
        return
    body = _body(page)
    ways = {
        source.name
        for known in subject.facts.routes
        if subject.facts.gateway_of(known) in subject.gateways
        for upstream in known.route.upstreams
        for source in upstream.auth.sources
    }
    for key in _KEYS:
        promise = page.front_matter.get(key)
        if promise is not None and not DENIES.search(promise.text):
            yield from _check_promise(promise, key, body)
            for way in sorted(ways):
                yield from _check_way(way, promise, key, body)


def _body(page: Page) -> str:
    return "\n".join(block.text for section in page.sections for block in section.blocks).lower()


def _check_promise(promise: Prose, key: str, body: str) -> Iterator[Finding]:
    for found in _NAMES.finditer(promise.text):
        group = found.lastgroup or ""
        name = found[group].lower()
        # A file may go by another name in the text: "the settings file".
        stem = name.rpartition("/")[2].partition(".")[0] if _FILE.search(name) else name
        if name not in body and not (stem != name and f"{stem} file" in body):
            yield _finding(found[group], promise, found.start(group), key)


def _check_way(way: str, promise: Prose, key: str, body: str) -> Iterator[Finding]:
    """A credential source: the page may name it in other words, so that one of its own is enough."""
    at = promise.text.lower().find(way.lower())
    words = [word for word in re.findall(r"[a-z]+", way.lower()) if len(word) >= _MIN_LETTERS]
    if at >= 0 and not any(word.removesuffix("s") in body for word in words):
        yield _finding(promise.text[at : at + len(way)], promise, at, key)


def _finding(name: str, promise: Prose, start: int, key: str) -> Finding:
    return Finding(
        f"the {key} promises what this page does not have: {name}",
        promise.span(start, start + len(name)),
        f"take {name} out of the {key}, or say on the page what it is",
    )


RULE = Rule("stale-front-matter", Severity.WARNING, _check)
