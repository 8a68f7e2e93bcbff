"""Prose about another auth model than the one in force: who holds the provider's key, and who bills.

Where the gateway holds the key, the code sends the gateway's token. A sentence is stale then that tells the reader to
bring a key of the provider, that says the provider bills in any case although the gateway may, or that says that keys
stored in the gateway are not used. Where the reader sends the key, a sentence is stale that says the gateway holds it,
or that it is not needed. Sentences about one of several cases or about the past are left alone, and so is a page whose
code leaves a credential alone that the route has: the reader may well send a key of their own there.

Why: the reader gets a key that nothing needs, or expects a bill from the wrong company. No error ever says so.

Example: "You need a North API key" above code that sends ``<GATEWAY_TOKEN>`` alone.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from guidewright.diagnostics import Severity
from guidewright.lint.credentials import (
    bill_of_company,
    does_without,
    is_a_case,
    is_past,
    is_stored,
    names_of,
    names_of_company,
)
from guidewright.lint.facts import KnownRoute, MatchedSection
from guidewright.lint.page import Prose
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.sentences import plain_sentences_of
from guidewright.lint.wording import IS_ABOUT_GOING_BACK, IS_WITHOUT_THE_GATEWAY
from guidewright.model import Gateway, Holds, KeyHolder, Provider, Upstream

_STORED_KEYS = re.compile(
    r"\b(?:stored?|saved|provider)\s+(?:\w+\s+){0,2}(?:keys?|credentials?)\b|\bkeys?\s+(?:that\s+(?:is|are)\s+)?stored\b"
    r"|\bBYOK\b|\bbring[- ]your[- ]own[- ]keys?\b",
    re.IGNORECASE,
)
_NOT_USED = re.compile(
    r"\b(?:not|never|n[\u2019']t)\s+(?:\w+\s+){0,2}(?:use|used|uses|read|sent|apply|applied|consulted)\b"
    r"|\bdo(?:es)?(?:\s+not|n[\u2019']t)\s+(?:\w+\s+){0,3}(?:use|read|apply|touch)\b|\bignor(?:e|es|ed)\b|\bunused\b|\bbypass\w*\b"
    r"|\bnot\s+from\s+(?:\w+\s+){0,3}(?:keys?|credentials?)\s+(?:\w+\s+)?stored\b",
    re.IGNORECASE,
)


# The provider's key, without the provider's name.
_OWN_KEY = re.compile(r"\byour own (?:model |provider )?(?:API )?keys?\b|\bown provider keys?\b", re.IGNORECASE)


def _check(subject: Subject) -> Iterator[Finding]:
    sure = [
        matched
        for matched in subject.matched
        if subject.is_generated or _sends_no_key(matched) or _sends_own_key(matched)
    ]
    # Code that leaves the credential alone goes with the code beside it that sets it.
    routes = {matched.known for matched in sure}
    open_ones = [found for found in subject.matched if found.leaves_credential_alone and found.known in routes]
    judged = [*sure, *open_ones]
    # What holds for one route of a provider only must be said where that route is.
    unclear = {provider for found in subject.matched if found not in judged for provider in found.known.route.providers}
    unclear |= _held_by_both(judged)
    everywhere = [matched.known for matched in judged if unclear.isdisjoint(matched.known.route.providers)]
    for prose in subject.page.front_matter.values():
        yield from _check_prose(prose, everywhere)
    own_of = {matched.section: matched for matched in subject.matched}
    for section in subject.page.sections:
        own = own_of.get(section)
        known = everywhere if own is None else [own.known] if own in judged else []
        if own is None and (IS_WITHOUT_THE_GATEWAY.search(section.title) or IS_ABOUT_GOING_BACK.search(section.title)):
            continue
        for prose in section.proses:
            yield from _check_prose(prose, known)


def _held_by_both(matched: Sequence[MatchedSection]) -> set[Provider]:
    """The providers whose credential the gateway holds on one route, and the reader on another."""
    routes = [found.known.route for found in matched]
    held_by = [
        {provider for route in routes if route.key_holder is holder for provider in route.providers}
        for holder in KeyHolder
    ]
    return set[Provider].intersection(*held_by)


def _sends_no_key(matched: MatchedSection) -> bool:
    """Whether the section's code does without the provider's key, as the spec says it can."""
    if not matched.known.is_keyless or matched.leaves_credential_alone:
        return False
    keys, auth = matched.texts_of(Holds.CREDENTIAL), matched.texts_of(Holds.GATEWAY_AUTH)
    token = matched.known.token_name
    # The page may have a name of its own for the token: it is what goes into the gateway's header, too.
    return all(token in text or any(text and text in other for other in auth) for text in keys)


def _sends_own_key(matched: MatchedSection) -> bool:
    """Whether the section's code sends the provider's key, as the spec says it must."""
    own_keys = [provider.own_key for provider in matched.known.route.providers if provider.own_key is not None]
    texts = [setting.text or "" for block in matched.blocks for setting in block.settings.values()]
    return not matched.known.is_keyless and any(key.name in text for key in own_keys for text in texts)


_Stale: TypeAlias = tuple[str, re.Match[str], str]
"""Headline, the guilty words, and what to do."""


# Without one of these words, a text says nothing about keys and bills.
_MATTERS = re.compile(r"key|token|credential|stored|byok|bill|charge|invoice|pay", re.IGNORECASE)


def _check_prose(prose: Prose, routes: Sequence[KnownRoute]) -> Iterator[Finding]:
    providers = [provider for known in routes for provider in known.route.providers]
    names = (name for provider in providers for name in (provider.credential, *provider.credential_aliases))
    # The first word of a name is enough: marks may stand between the words.
    text = prose.text.casefold()
    if not (_MATTERS.search(text) or any(name.split()[0].casefold() in text for name in names)):
        return
    for sentence, start in plain_sentences_of(prose):
        # A question says nothing yet.
        if sentence.rstrip("*_ ").endswith("?") or is_past(sentence) or IS_WITHOUT_THE_GATEWAY.search(sentence):
            continue
        for judge in (_stale_key, _stale_bill):
            judged = (
                judge(sentence, known, upstream, routes) for known in routes for upstream in known.route.upstreams
            )
            stale = next(filter(None, judged), None)
            if stale:
                headline, found, help_line = stale
                yield Finding(headline, prose.span(start + found.start(), start + found.end()), help_line)


def _stale_key(sentence: str, known: KnownRoute, upstream: Upstream, routes: Sequence[KnownRoute]) -> _Stale | None:
    if known.is_keyless:
        return _stale_without_key(sentence, known, upstream.provider, routes)
    return _stale_with_own_key(sentence, known.guide.gateway, upstream.provider)


def _stale_without_key(
    sentence: str, known: KnownRoute, provider: Provider, routes: Sequence[KnownRoute]
) -> _Stale | None:
    gateway = known.guide.gateway
    unused = _STORED_KEYS.search(sentence)
    if unused and _NOT_USED.search(sentence) and not is_a_case(sentence):
        headline = f"the keys stored in {gateway.name} are used here: the code sends no other"
        return headline, unused, "say where the provider's key is, as the code has it"
    if does_without(sentence) or is_stored(sentence) or is_a_case(sentence):
        return None
    key = names_of(provider).search(sentence)
    if key is None and all(route.is_keyless for route in routes):
        key = _OWN_KEY.search(sentence)
    if key is None:
        return None
    headline = f"no code here uses the {provider.credential}: {gateway.name} holds it"
    auth = known.route.gateway.auth
    return headline, key, "take it out" if auth is None else f"name what the reader needs: the {auth.token.label}"


def _stale_with_own_key(sentence: str, gateway: Gateway, provider: Provider) -> _Stale | None:
    credential, key = provider.credential, names_of(provider).search(sentence)
    if key is None or is_a_case(sentence):
        return None
    if does_without(sentence):
        return f"the code sends the {credential}", key, "say that the reader needs it"
    if is_stored(sentence) and names_of_company(gateway.name, gateway.vendor).search(sentence):
        return f"{gateway.name} does not hold the {credential}: the code sends it", key, "say that the reader sends it"
    return None


def _stale_bill(sentence: str, known: KnownRoute, upstream: Upstream, routes: Sequence[KnownRoute]) -> _Stale | None:
    if does_without(sentence) or is_a_case(sentence) or is_stored(sentence):
        return None
    provider, gateway, billers = upstream.provider, known.guide.gateway, upstream.auth.billers
    help_line = f"say who bills, as the spec has it: {' or '.join(sorted(billers)) or 'nobody'}"
    by_gateway = bill_of_company(gateway.vendor).search(sentence)
    if by_gateway:
        upstreams = [upstream for route in routes for upstream in route.route.upstreams]
        of_any_route = frozenset[str]().union(*(found.auth.billers for found in upstreams))
        if gateway.vendor in (billers if _names(provider, sentence) else of_any_route):
            return None
        return f"{gateway.vendor} does not bill for this", by_gateway, help_line
    by_provider = bill_of_company(provider.vendor, provider.name).search(sentence) or bill_of_company().search(sentence)
    if by_provider and billers != {provider.vendor}:
        return f"{provider.vendor} does not bill for this in every case", by_provider, help_line
    return None


def _names(provider: Provider, sentence: str) -> re.Match[str] | None:
    return names_of_company(provider.vendor, provider.name).search(sentence)


RULE = Rule("stale-credential", Severity.ERROR, _check)
