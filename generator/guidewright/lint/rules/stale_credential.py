"""Prose about a key that the code does not use: the auth model that was in force before the code changed.

Where the gateway holds the provider's key, the code sends the gateway's token. A sentence is stale then that tells the
reader to bring the provider's key, that says the provider bills in any case although the gateway may, or that says that
keys stored in the gateway are not used.

Why: the reader gets a key that nothing needs, or expects a bill from the wrong company. No error ever says so.

Example: "You need a North API key" above code that sends ``<GATEWAY_TOKEN>`` alone.
"""

import functools
import re
from collections.abc import Iterator, Sequence

from guidewright.diagnostics import Severity
from guidewright.lint.facts import KnownRoute, MatchedSection
from guidewright.lint.page import Prose, sentences_of
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.wording import IS_WITHOUT_THE_GATEWAY
from guidewright.model import Holds, Provider

# The reader is told to do without a key.
_DOES_WITHOUT = re.compile(
    r"\b(?:no|not|never|cannot|without|neither|nor|instead of|rather than|none|nobody|unnecessary|optional)\b"
    r"|n[\u2019']t\b"
    r"|\bno longer\b|\bignor\w+|\bunless\b",
    re.IGNORECASE,
)
# The key is where the gateway keeps it, or the sentence speaks of one of several ways.
_IS_STORED = re.compile(
    r"\b(?:stored?|storing|stores|saved?|holds?|held|holding|keeps?|kept|adds?|injects?|manages?|attach\w*|vault|byok)\b",
    re.IGNORECASE,
)
_IS_A_CASE = re.compile(
    r"\b(?:if|when|where|or|either|depending|depends|otherwise|for example|such as)\b", re.IGNORECASE
)
_BILLS = re.compile(r"\b(?:bills?|billed|billing|charges?|charged|invoices?|invoiced|pays?|paid)\b", re.IGNORECASE)
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


def _check(subject: Subject) -> Iterator[Finding]:
    keyless = [matched for matched in subject.matched if _sends_no_key(matched)]
    everywhere = [matched.known for matched in keyless] if len(keyless) == len(subject.matched) else []
    for prose in subject.page.front_matter.values():
        yield from _check_prose(prose, everywhere)
    of_section = {id(matched.section): matched for matched in subject.matched}
    for section in subject.page.sections:
        own = of_section.get(id(section))
        known = everywhere if own is None else [own.known] if own in keyless else []
        if own is None and IS_WITHOUT_THE_GATEWAY.search(section.title):
            continue
        for block in section.blocks:
            if isinstance(block, Prose):
                yield from _check_prose(block, known)


def _sends_no_key(matched: MatchedSection) -> bool:
    """Whether the section's code does without the provider's key, as the spec says it can."""
    if not matched.known.is_keyless:
        return False
    keys, auth = _texts(matched, Holds.CREDENTIAL), _texts(matched, Holds.GATEWAY_AUTH)
    token = matched.known.token.name
    # The page may have a name of its own for the token: it is what goes into the gateway's header, too.
    return all(token in text or any(text and text in other for other in auth) for text in keys)


def _texts(matched: MatchedSection, holds: Holds) -> list[str]:
    """What the section's code sets the variables to that are to hold something."""
    names = [variable.name for variable in matched.known.route.variables if variable.holds is holds]
    return [setting.text or "" for block in matched.blocks for name in names if (setting := block.settings.get(name))]


def _check_prose(prose: Prose, routes: Sequence[KnownRoute]) -> Iterator[Finding]:
    for sentence, start in sentences_of(prose):
        # A question says nothing yet.
        if sentence.rstrip("*_ ").endswith("?") or IS_WITHOUT_THE_GATEWAY.search(sentence):
            continue
        for known in routes:
            finding = _stale(sentence, start, prose, known)
            if finding:
                yield finding
                break


def _stale(sentence: str, start: int, prose: Prose, known: KnownRoute) -> Finding | None:
    route, gateway = known.route, known.guide.gateway
    unused = _STORED_KEYS.search(sentence)
    if unused and _NOT_USED.search(sentence) and not _IS_A_CASE.search(sentence):
        return Finding(
            f"the keys stored in {gateway.name} are used here: the code sends no other",
            prose.span(start + unused.start(), start + unused.end()),
            "say where the provider's key is, as the code has it",
        )
    key = _credential(route.provider).search(sentence)
    if key and not (_DOES_WITHOUT.search(sentence) or _IS_STORED.search(sentence)):
        return Finding(
            f"no code here uses the {route.provider.credential}: {gateway.name} holds it",
            prose.span(start + key.start(), start + key.end()),
            f"name what the reader needs: the {known.token.label}",
        )
    billed = _BILLS.search(sentence)
    billers = {source.biller for source in route.auth.sources}
    vendor = _name(route.provider).search(sentence)
    is_unconditional = not (_IS_A_CASE.search(sentence) or _IS_STORED.search(sentence))
    if billed and vendor and is_unconditional and billers != {route.provider.vendor}:
        who = " or ".join(sorted(billers))
        return Finding(
            f"{vendor[0]} does not bill for this in every case",
            prose.span(start + vendor.start(), start + vendor.end()),
            f"say who bills, as the spec has it: {who}",
        )
    return None


@functools.cache
def _credential(provider: Provider) -> re.Pattern[str]:
    """The ways in which prose names a provider's credential."""
    owner = rf"(?:{re.escape(provider.vendor)}|{re.escape(provider.name)})(?:[\u2019']s)?"
    kind = r"(?:API\s+|access\s+|secret\s+)?(?:keys?|credentials?|token)"
    return re.compile(
        rf"\b{re.escape(provider.credential)}s?\b|\b{owner}\s+{kind}\b|\b{kind}\s+(?:from|of|for)\s+{owner}\b",
        re.IGNORECASE,
    )


@functools.cache
def _name(provider: Provider) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{re.escape(provider.vendor)}|{re.escape(provider.name)})\b")


RULE = Rule("stale-credential", Severity.ERROR, _check)
