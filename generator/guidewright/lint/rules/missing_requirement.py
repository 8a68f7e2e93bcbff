"""Something that the text calls required, or tells the reader to set, and that no code of the page has.

What is looked at: variables, options and keys in inline code, and the name of a model, in sentences without a
condition. Of variables that the reader is told to set, only those that the spec sets are looked for: a guide may well
explain any other in words. A page that takes parts from other files is left alone.

Why: the reader copies the code, and what is said to be required is missing.

Example: "``ACME_MODEL`` is required" below code that sets two other variables.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from guidewright.diagnostics import Severity
from guidewright.lint.credentials import names_other_route
from guidewright.lint.page import Prose
from guidewright.lint.rule import Finding, Rule, Subject
from guidewright.lint.sentences import sentences_of
from guidewright.lint.wording import DENIES, IS_A_CASE, IS_ABOUT_A_MISTAKE
from guidewright.model import Route

_INLINE_CODE = re.compile(r"`\$?(?P<name>--?[a-z][\w-]{1,60}|[A-Za-z][A-Za-z0-9]{0,30}(?:[_-][A-Za-z0-9]{1,30}){1,8})`")
_VARIABLE_OPTION_OR_KEY = re.compile(r"-.*|[A-Z0-9]+(?:_[A-Z0-9]+)+|[a-z0-9]+(?:_[a-z0-9]+)+")
_IS_REQUIRED = re.compile(
    r"[^.`]{0,40}\b(?:is|are)\s(?:always\s)?(?:required|mandatory)\b|[*_]{0,2}\s?\((?:required|mandatory)\)"
    r"|[^.`]{0,20}\s(?:must|has\sto|needs\sto)\sbe\s(?:set|given|passed|present|exported|defined)\b",
    re.IGNORECASE,
)
_OBJECT = r"\s(?:the\s)?(?:\w+\s){0,2}$"
_REQUIRES = re.compile(
    rf"\byou\s(?:must|have\sto|need\sto)\s(?:set|pass|give|export|define|specify|provide){_OBJECT}"
    rf"|\brequires{_OBJECT}",
    re.IGNORECASE,
)
_TELLS_TO_SET = re.compile(
    rf"(?:^|[,:]\s|\b(?:then|and|please)\s)\W{{0,4}}(?:set|export|define){_OBJECT}", re.IGNORECASE
)
_BEFORE, _BEHIND = 60, 40
_REQUIRES_A_MODEL = re.compile(
    r"(?<!to\s)(?<!of\s)\b(?:a|the|your)\s(?:model(?:\s(?:name|ID|identifier))?)\s(?:is|must\sbe)\s(?:always\s)?"
    r"(?:required|mandatory|set|given|named|specified)\b"
    r"|\byou\s(?:must|have\sto|need\sto)\s(?:set|pass|give|name|specify|provide)\s(?:a|the|your)\smodel\b",
    re.IGNORECASE,
)
# What is required is somewhere else than in the code, or the tool itself sees to it.
_IS_ELSEWHERE = re.compile(
    r"\b(?:permissions?|roles?|scopes?|stored|service account|dashboard|in the (?:request|response|body)"
    r"|(?:sends?|adds?|fills?|sets?) (?:it|them|one|this|that)\b)",
    re.IGNORECASE,
)
_NAMES_A_MODEL = re.compile(r"(?<![a-z])model(?![a-z])", re.IGNORECASE)


def _check(subject: Subject) -> Iterator[Finding]:
    code = "\n".join(code.text for code in subject.page.codes)
    for matched in subject.matched:
        by_variable = subject.facts.route_by_variable[matched.known.guide.agent.name]
        here = matched.known.route
        own = {variable.name for variable in matched.known.route.touched}
        elsewhere = {name: route for name, route in by_variable.items() if name not in own}
        auth = matched.known.route.gateway.auth
        known = {*by_variable, *(() if auth is None else (auth.header,))}
        if not IS_ABOUT_A_MISTAKE.search(matched.section.title):
            for prose in matched.section.blocks:
                if isinstance(prose, Prose):
                    others = _about_others(prose, elsewhere, here)
                    yield from _check_prose(prose, code, known - others)


def _about_others(prose: Prose, elsewhere: Mapping[str, Route], here: Route) -> set[str]:
    """The variables of other routes that a text names together with the route."""
    return {name for name, other in elsewhere.items() if names_other_route(prose.text, other, here)}


def _check_prose(prose: Prose, code: str, known: Collection[str]) -> Iterator[Finding]:
    for sentence, start in sentences_of(prose):
        behind = prose.text[start + len(sentence) : start + len(sentence) + _BEHIND]
        if DENIES.search(sentence) or IS_A_CASE.search(sentence) or _IS_ELSEWHERE.search(sentence + behind):
            continue
        for found in _INLINE_CODE.finditer(sentence):
            name, before = found["name"], sentence[max(0, found.start() - _BEFORE) : found.start()]
            is_required = _IS_REQUIRED.match(sentence, found.end()) or _REQUIRES.search(before)
            is_meant = is_required and (name in known or _VARIABLE_OPTION_OR_KEY.fullmatch(name))
            if name not in code and (is_meant or (name in known and _TELLS_TO_SET.search(before))):
                what = "is required" if is_required else "is to be set"
                yield Finding(
                    f"{name} {what}, and no code of this page has it",
                    prose.span(start + found.start("name"), start + found.end("name")),
                    f"add {name} to the code, or take it out of the text",
                )
        model = _REQUIRES_A_MODEL.search(sentence)
        if model and not _NAMES_A_MODEL.search(code):
            yield Finding(
                "a model is required, and no code of this page names one",
                prose.span(start + model.start(), start + model.end()),
                "name the model in the code, or say where the reader does",
            )


RULE = Rule("missing-requirement", Severity.WARNING, _check)
