"""A base URL that is not the provider's endpoint.

What is compared: the variables that hold an endpoint, and every other URL below a gateway, in code and in prose. Those
are warnings: a client may join its path in another way, and a path may be that of a provider that the spec has not.

Why: a client joins its own path to the base URL. A slash too many or too few, another path or another host, and
requests end in a 404 that says nothing about the cause.

Example: ``export ACME_BASE_URL="https://gate.example.com/v1/<TEAM>/north"`` where the endpoint ends in a slash.
"""

import re
from collections.abc import Iterator

from guidewright.diagnostics import Severity
from guidewright.lint.facts import ANY_PLACEHOLDER, HOST, Block, MatchedSection, current_codes
from guidewright.lint.gateways import KnownGateway
from guidewright.lint.page import Code, Prose
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.sentences import sentences_of
from guidewright.lint.urls import Url, starts_with, urls_in
from guidewright.lint.wording import IS_ABOUT_A_MISTAKE, without_what_is_wrong

_JOINS = re.compile(r"[\"'`]\s{0,80}(?:\+|\.\.?\s|,\s{0,80}[\"'`]/)|\$\(")
_SLASH_BEHIND_A_VARIABLE = re.compile(r"[\"'`\s](?:\$\w+|\$?\{\w+\})[\"']?/")

_BEFORE, _BEHIND = 120, 5_000
_NAME_OF_IT = re.compile(r"(?<![\w$])(\w{1,60})\s{0,9}[:=]\s{0,9}[frb]?[\"'`]?$")
# The text that is joined comes first, or the client puts the slash between them.
_JOINS_BEFORE = re.compile(
    r"\bnew URL\([^()]{1,100},\s{0,9}[\"'`]$|\burljoin\(\s{0,9}[\"']$|\bendpoint_url\s{0,9}=\s{0,9}f?[\"']$"
)
_GOES_ON = r"(?<!\w){name}\s{{0,9}}\+|\b(?:urljoin|join|URL)\([^()]{{0,100}}(?<!\w){name}(?!\w)|\{{{name}\}}\w"


def _check(subject: Subject) -> Iterator[Finding]:
    for matched in subject.matched:
        for block in matched.blocks:
            for name in matched.known.endpoint_names:
                yield from _check_setting(matched, block, name, subject.facts.gateway_of(matched.known))
    for section in subject.page.sections:
        for code in current_codes(section):
            yield from _check_code(code, subject)
        if not IS_ABOUT_A_MISTAKE.search(section.title):
            for prose in section.blocks:
                if isinstance(prose, Prose):
                    yield from _check_prose(prose, subject)


def _check_code(code: Code, subject: Subject) -> Iterator[Finding]:
    blocks = [(matched.known, block) for matched in subject.matched for block in matched.blocks if block.code is code]
    settings = {
        block.settings[name].text for known, block in blocks for name in known.endpoint_names if name in block.settings
    }
    for url in urls_in(without_what_is_wrong(code)):
        if url.text not in settings and not _is_joined(code.text, url):
            yield from _check_url(url, code, subject)


def _check_setting(matched: MatchedSection, block: Block, name: str, gateway: KnownGateway) -> Iterator[Finding]:
    setting, value = block.settings.get(name), matched.known.value_of(name)
    if setting is None or not setting.text or value is None or not HOST.match(setting.text):
        return
    problem = _problem(setting.text, value.text)
    if problem is None:
        return
    reading, found = gateway.read(Url(setting.text, 0)), Url(setting.text, 0).segments
    is_too_short = starts_with(found, Url(value.text, 0).segments[: len(found)])
    is_unknown = reading is not None and reading.endpoint is None and not reading.problem and not is_too_short
    yield Finding(
        f"{name} {problem} the base URL of {matched.known.route.title}",
        block.span_of(name),
        f"write: {value.text}",
        # It may lead to a provider that the spec has not.
        Severity.WARNING if is_unknown else None,
    )


def _check_prose(prose: Prose, subject: Subject) -> Iterator[Finding]:
    for sentence, start in sentences_of(prose):
        if not IS_ABOUT_A_MISTAKE.search(sentence):
            for url in urls_in(sentence):
                if _ends_by_chance(sentence, url):
                    continue
                yield from _check_url(Url(url.text, start + url.start), prose, subject)


def _check_url(url: Url, block: Prose | Code, subject: Subject) -> Iterator[Finding]:
    for gateway in subject.gateways:
        reading = gateway.read(url)
        if reading is not None and reading.problem:
            target = f"the base URL of {reading.endpoint.provider}" if reading.endpoint else "any of the spec"
            headline = f"this URL {reading.problem} {target}"
            yield Finding(headline, block.span(url.start, url.end), reading.help, Severity.WARNING)


def _is_joined(code: str, url: Url) -> bool:
    """Whether code goes on with the path: by joining texts, or behind a variable that holds the URL."""
    before = code[max(0, url.start - _BEFORE) : url.start]
    name = _NAME_OF_IT.search(before)
    return (
        _JOINS.match(code, url.end) is not None
        or _SLASH_BEHIND_A_VARIABLE.search(code, url.end) is not None
        or _JOINS_BEFORE.search(before) is not None
        or _ends_by_chance(code, url)
        or (
            name is not None and re.search(_GOES_ON.format(name=name[1]), code[url.end : url.end + _BEHIND]) is not None
        )
    )


def _ends_by_chance(text: str, url: Url) -> bool:
    """Whether a URL is a link of Markdown, or stands for many: how it ends says nothing."""
    return text[: url.start].endswith("](") or text.startswith("*", url.end)


def _problem(found: str, expected: str) -> str | None:
    """What is wrong with a base URL, as words between its name and the right one; None where nothing is."""
    if _is_same(found, expected):
        return None
    if _is_same(found + "/", expected):
        return "lacks the slash at the end of"
    if _is_same(found, expected + "/"):
        return "has a slash too many at the end of"
    found_host, expected_host = HOST.match(found), HOST.match(expected)
    if found_host and expected_host and found_host[1] != expected_host[1]:
        return "has another host than"
    return "has another path than"


def _is_same(found: str, expected: str) -> bool:
    """Whether both are the same, whatever stands for what the reader fills in."""
    pieces = [re.escape(piece) for piece in re.split(r"<\w+>", expected)]
    filled_in = rf"(?:{ANY_PLACEHOLDER.pattern}|[^/\s]+?)"
    # The groups of the pattern have names, which can't stand in a pattern twice.
    return re.fullmatch(re.sub(r"\?P<\w+>", "", filled_in).join(pieces), found) is not None


RULE = Rule("other-base-url", Severity.ERROR, _check)
