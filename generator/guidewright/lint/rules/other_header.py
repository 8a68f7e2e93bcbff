"""The gateway's token in a header that the gateway does not read it from, or in one whose name is misspelt.

What is looked at: code in any language, with the token as a placeholder or as a variable of its name, and sentences
that say into which header the token goes. A token that only looks like the gateway's is a warning, beside code that has
the gateway's header.

Why: the request is refused, or the token goes on to the provider.

Example: ``Authorization: Bearer <GATEWAY_TOKEN>`` where the gateway reads ``gate-authorization``.
"""

import difflib
import functools
import itertools
import re
from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.facts import current_codes
from guidewright.lint.gateways import KnownGateway
from guidewright.lint.page import Code, Page, Prose
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.sentences import sentences_of
from guidewright.lint.urls import Url, urls_in
from guidewright.lint.wording import DENIES, IS_A_CASE, IS_ABOUT_A_MISTAKE, without_what_is_wrong
from guidewright.model import GatewayAuth, Placeholder

# A header and the scheme of its value, in code: ``name: Bearer``, ``"name": f"Bearer``, ``headers["name"] = "Bearer``,
# ``set("name", `Bearer``. The scheme may be missing behind the name that every server knows.
_HEADER = re.compile(
    r"(?<![\w-])(?P<name>[A-Za-z][\w-]{0,80})[\"'`]?\]?\s{0,20}[:=,]\s{0,20}(?:[A-Za-z]{1,8}!?\(?)?[\"'`]{0,3}Bearer\b",
    re.IGNORECASE,
)
_PLAIN_HEADER = re.compile(r"(?<![\w-])(?P<name>authorization)[\"'`]?\]?\s{0,20}[:=,]", re.IGNORECASE)
_MAX_VALUE, _MAX_NAMES = 200, 20
# Where the next header, argument or entry begins.
_END_OF_VALUE = re.compile(r"\n|\bBearer\b|[\"'`\])}]\s{0,20},|\s-H\b|\s--header\b|\\n", re.IGNORECASE)
_NAME_IN_PROSE = re.compile(
    r"`(?P<code>[A-Za-z][\w-]{2,80})(?::[^`]{0,200})?`|\b(?P<words>[A-Z][a-z]+(?:-[A-Z][a-z]+)*) header\b"
)
_GOES_INTO = re.compile(
    r"\b(?:send|sends|sent|sending|pass|passes|passed|put|puts|goes|go|carr(?:y|ies)|reads?|expects?|takes?|accepts?|holds?"
    r"|travels?|belongs?|includ\w+|provide[sd]?|supply|supplies|add|adds|set|sets|authenticat\w+)\b",
    re.IGNORECASE,
)
# The header may be for a credential of the provider that the sentence speaks of, too.
_MAY_BE_RIGHT = re.compile(r"\bkeys?\b", re.IGNORECASE)
_HEADER_LIKE = re.compile(r"(?<![\w-])[A-Za-z][A-Za-z0-9]{0,30}(?:-[A-Za-z0-9]{1,30}){1,8}(?![\w-])")
_OF_ANY_TOKEN = {"token", "key", "api", "secret", "auth", "gateway", "the", "ai"}
_HOST = re.compile(r"^Host:\s{0,9}(\S+)\s{0,9}$", re.MULTILINE | re.IGNORECASE)
_USED_FOR_A_URL = re.compile(r"\$\{?(?:env:)?([A-Za-z_]\w{0,60})\}?(?=/)")
# The sentence is about another way in, or tells of the gateway's header in other words.
_IS_BESIDE_IT = re.compile(
    r"\bREST\b|\b(?:besides?|alongside|as well|both|in addition|custom headers?|another header|other header)\b",
    re.IGNORECASE,
)
_IS_A_NAME = re.compile(r"[\"'`]?\]?\s{0,20}[:=,]")
# How much of a name must be right for it to be taken for the gateway's header, surely or perhaps misspelt.
_MISSPELT, _PERHAPS_MISSPELT = 0.9, 0.82


def _check(subject: Subject) -> Iterator[Finding]:
    for gateway in subject.gateways:
        if gateway.gateway.auth is not None:
            yield from _check_gateway(subject.page, gateway, gateway.gateway.auth)


def _check_gateway(page: Page, gateway: KnownGateway, auth: GatewayAuth) -> Iterator[Finding]:
    for section in page.sections:
        for code in current_codes(section):
            if _is_for(code, page, gateway):
                yield from _check_code(code, gateway, auth)
                yield from _check_other_names(code, page, gateway, auth)
        if not IS_ABOUT_A_MISTAKE.search(section.title):
            for prose in section.blocks:
                if isinstance(prose, Prose):
                    yield from _check_prose(prose, gateway, auth)


def _is_for(code: Code, page: Page, gateway: KnownGateway) -> bool:
    """Whether code may talk to the gateway: it does not where all the URLs in it are those of other servers."""
    readings = [gateway.read(url) for url in (*urls_in(code.text), *_urls_elsewhere(code, page))]
    return not readings or any(reading is not None for reading in readings)


def _check_other_names(code: Code, page: Page, gateway: KnownGateway, auth: GatewayAuth) -> Iterator[Finding]:
    """The token by another name, in code that is surely for the gateway, beside code that has the gateway's header."""
    text, header = without_what_is_wrong(code), auth.header.lower()
    readings = [gateway.read(url) for url in urls_in(text)]
    is_surely_for_it = bool(readings) and None not in readings and header not in text.lower()
    if is_surely_for_it and any(header in other.text.lower() for other in page.codes):
        for found, value in _headers(text):
            is_own = not _words(value).isdisjoint(_own_words(gateway, auth.token))
            if _is_standard(found["name"], header) and is_own and not _token(auth.token).search(value):
                yield Finding(
                    f"other code of this page sends the token in {auth.header}, not in {found['name']}",
                    code.span(found.start("name"), found.end("name")),
                    f"write: {auth.header}",
                    Severity.WARNING,
                )


def _words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", text)}


def _own_words(gateway: KnownGateway, token: Placeholder) -> set[str]:
    """The words by which a name shows that it is of this gateway."""
    return (_words(token.name) | _words(gateway.gateway.vendor)) - _OF_ANY_TOKEN


def _urls_elsewhere(code: Code, page: Page) -> Iterator[Url]:
    """The URLs that code means: of a ``Host`` header, and those that variables hold since an earlier fence."""
    yield from (Url(f"https://{found[1]}/", 0) for found in _HOST.finditer(code.text))
    for name in sorted({found[1] for found in _USED_FOR_A_URL.finditer(code.text)})[:_MAX_NAMES]:
        for other in page.codes:
            for found in re.finditer(rf"(?<!\w){name}\s?=\s?[\"']?(?=https?://)", other.text):
                yield from itertools.islice(urls_in(other.text[found.end() :].partition("\n")[0]), 1)


def _check_code(code: Code, gateway: KnownGateway, auth: GatewayAuth) -> Iterator[Finding]:
    text = without_what_is_wrong(code)
    header = auth.header
    carriers = [found for found in _carriers(text, auth.token) if found["name"].lower() != header.lower()]
    is_sent_right = any(found["name"].lower() == header.lower() for found in _carriers(text, auth.token))
    for found in carriers:
        if _likeness(found["name"], header) < _PERHAPS_MISSPELT:
            yield Finding(
                f"{gateway.gateway.name} does not read its token from the header {found['name']}",
                code.span(found.start("name"), found.end("name")),
                f"write: {header}",
                Severity.WARNING if is_sent_right else None,
            )
    for found in _HEADER_LIKE.finditer(text):
        if _IS_A_NAME.match(text, found.end()):
            yield from _check_spelling(found[0], found.start(), code, gateway, auth)


def _carriers(text: str, token: Placeholder) -> Iterator[re.Match[str]]:
    """The headers in code whose value is the gateway's token."""
    return (found for found, value in _headers(text) if _token(token).search(value))


def _headers(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The headers in code, each with its value."""
    for pattern in (_HEADER, _PLAIN_HEADER):
        for found in pattern.finditer(text):
            end = _END_OF_VALUE.search(text, found.end(), found.end() + _MAX_VALUE)
            yield found, text[found.end() : end.end() if end else found.end() + _MAX_VALUE]


@functools.cache
def _token(token: Placeholder) -> re.Pattern[str]:
    """The name of the token, as placeholder or as variable, in the spellings of any language."""
    words = map(re.escape, token.name.split("_"))
    return re.compile(rf"(?<![A-Za-z0-9])(?:YOUR[_-])?{'[_-]?'.join(words)}(?![A-Za-z0-9_])", re.IGNORECASE)


def _check_spelling(
    name: str, start: int, block: Prose | Code, gateway: KnownGateway, auth: GatewayAuth
) -> Iterator[Finding]:
    header = auth.header
    likeness = _likeness(name, header)
    if name.lower() != header.lower() and likeness >= _PERHAPS_MISSPELT:
        yield Finding(
            f"{gateway.gateway.name} does not know the header {name}",
            block.span(start, start + len(name)),
            f"did you mean {header}?",
            None if likeness >= _MISSPELT else Severity.WARNING,
        )


def _likeness(name: str, header: str) -> float:
    return difflib.SequenceMatcher(None, name.lower(), header.lower()).ratio()


def _check_prose(prose: Prose, gateway: KnownGateway, auth: GatewayAuth) -> Iterator[Finding]:
    header = auth.header
    for sentence, start in sentences_of(prose):
        if DENIES.search(sentence) or IS_ABOUT_A_MISTAKE.search(sentence) or _IS_BESIDE_IT.search(sentence):
            continue
        is_about_token = _is_about_token(sentence, auth.token) and _GOES_INTO.search(sentence)
        names_it = header.lower() in sentence.lower()
        for found in _NAME_IN_PROSE.finditer(sentence):
            group = found.lastgroup or ""
            at = start + found.start(group)
            if "-" in found[group]:
                yield from _check_spelling(found[group], at, prose, gateway, auth)
            if is_about_token and not names_it and _is_standard(found[group], header):
                yield Finding(
                    f"{gateway.gateway.name} does not read its token from the header {found[group]}",
                    prose.span(at, at + len(found[group])),
                    f"write: {header}",
                    Severity.WARNING if _MAY_BE_RIGHT.search(sentence) or IS_A_CASE.search(sentence) else None,
                )


def _is_about_token(sentence: str, token: Placeholder) -> bool:
    label = re.escape(token.label)
    return re.search(rf"\b{label}\b", sentence, re.IGNORECASE) is not None or bool(_token(token).search(sentence))


def _is_standard(name: str, header: str) -> bool:
    """Whether a name is that of a header of HTTP for credentials; any other may be what the tool sends besides."""
    return name.lower() in {"authorization", "proxy-authorization"} - {header.lower()}


RULE = Rule("other-header", Severity.ERROR, _check)
