"""What the spec says, in the form in which a page can be compared with it."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from guidewright.diagnostics import Span
from guidewright.lint.gateways import KnownGateway, gateway_of
from guidewright.lint.page import Code, Page, Section
from guidewright.lint.shells import guess_shell
from guidewright.lint.urls import urls_in
from guidewright.lint.wording import is_shown_as_wrong, without_what_is_wrong
from guidewright.model import (
    Guide,
    Holds,
    KeyHolder,
    Reference,
    Route,
    Site,
    State,
    Value,
    environment_after,
)
from guidewright.snippets import FILE_FORMATS, SHELLS, Tree, UnreadableCodeError

# What fences are called in practice, beyond the names that shells go by here.
_OTHER_LANGUAGES = {
    "shell": "bash",
    "shell-session": "bash",
    "console": "bash",
    "terminal": "bash",
    "ps1": "powershell",
    "ps": "powershell",
    "pwsh": "powershell",
    "batch": "cmd",
    "cmd": "cmd",
    "dosbatch": "cmd",
    "nushell": "nushell",
    "env": "dotenv",
    # Most of what pages call INI and sets variables is a file of variables.
    "ini": "dotenv",
    "yml": "yaml",
}
_FAMILIES = {
    "bash": "POSIX shells",
    "zsh": "POSIX shells",
    "sh": "POSIX shells",
    "powershell": "PowerShell",
    "windows-powershell": "PowerShell",
}
SHELL_FAMILIES = frozenset({*_FAMILIES.values(), *(shell.title for shell in SHELLS.values())})
"""The shells that need code of their own."""
# The ways in which pages write a value that the reader fills in.
ANY_PLACEHOLDER = re.compile(
    r"<(?P<angle>[A-Za-z][\w .-]{0,60})>|\$\{(?P<brace>\w+)\}|\$(?P<dollar>[A-Z]\w*)"
    r"|\$?\{\{?\s{0,3}(?P<curly>[A-Za-z][\w .-]{0,60}?)\s{0,3}\}\}?"
    r"|%(?P<percent>[A-Z]\w*)%|\[(?P<square>[A-Z][A-Z0-9_]+)\]|\b(?P<your>(?:YOUR|your)[-_][\w-]+)"
)

# Good enough for code that its own shell would not read: an address with "<" and no quotes, above all.
_SEEMS_TO_SET = re.compile(
    r"(?:^|[\s;&\"])(?:\$env[:.])?(?P<name>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:\s*=\s*|\s+)(?P<quote>[\"']?)(?P<text>[^\"'\n]+)(?P=quote)",
    re.MULTILINE,
)
HOST = re.compile(r"https?://([^/\s\"'`<>]+)")


# The readers of shell code take their time to be exact.
_MAX_CODE = 20_000


def placeholder_name(found: re.Match[str]) -> str:
    """The name of a placeholder in one spelling: ``{account_id}`` and ``<ACCOUNT-ID>`` are both ``ACCOUNT_ID``."""
    name = next(group for group in found.groups() if group is not None)
    return re.sub(r"[\s.-]+", "_", name).upper().removeprefix("YOUR_")


@dataclass(frozen=True, slots=True)
class Setting:
    """A variable that code sets.

    Attributes:
        text: what it holds, as the page shows it; None where it is removed.
        code: the fence.
    """

    name: str
    text: str | None
    code: Code


@dataclass(frozen=True)
class Block:
    """A code fence that sets variables.

    Attributes:
        family: of shells that need the same code, or the format of a file.
        unreadable: why what the code does can't be told; the settings are what it seems to set then. None where it can.
    """

    code: Code
    family: str
    settings: Mapping[str, Setting]
    unreadable: UnreadableCodeError | None = None

    def span_of(self, name: str) -> Span:
        """Where the code gives a variable its value; its name, where the value is not written out in one piece."""
        texts = (self.settings[name].text if name in self.settings else None, name)
        text = next((text for text in texts if text and text in self.code.text), "")
        # The same text may stand in the value of another variable.
        start = self.code.text.find(text, max(0, self.code.text.find(name)))
        start = start if start >= 0 else self.code.text.find(text)
        return self.code.span(start, start + len(text))


def current_codes(section: Section) -> tuple[Code, ...]:
    """The fences of a section that show how things are, not how they were or must not be."""
    return tuple(code for code in section.codes if not is_shown_as_wrong(section, code))


def family_of(code: Code) -> str:
    """The shells that a fence is for, by its language; empty for any other code."""
    return _family(_language_of(code))


def _language_of(code: Code) -> str:
    """The language of a fence; that of the only shell that takes such code where the page names none."""
    return code.language or guess_shell(code.text)


def _family(language: str) -> str:
    name = _OTHER_LANGUAGES.get(language) or next(
        (shell.name for shell in SHELLS.values() if language in {shell.name, shell.language}), ""
    )
    return _FAMILIES.get(name, SHELLS[name].title if name in SHELLS else "")


def read_block(code: Code) -> Block | None:
    """Find out which variables code sets.

    Args:
        code: any fence.

    Returns:
        The variables; None where it sets none. So much code that nobody copies it is not read at all.
    """
    if len(code.text) > _MAX_CODE:
        return None
    texts, family, unreadable = _read(_language_of(code), code.text)
    settings = {key: Setting(key, text, code) for key, text in texts.items()}
    return Block(code, family, settings, unreadable) if settings else None


@functools.lru_cache(maxsize=1024)
def _read(language: str, text: str) -> tuple[Mapping[str, str | None], str, UnreadableCodeError | None]:
    """What code sets, and for whom; several rules ask for the same fence, and pages repeat each other."""
    name = _OTHER_LANGUAGES.get(language, language)
    shell = SHELLS.get(name) or next((found for found in SHELLS.values() if found.language == name), None)
    unreadable: UnreadableCodeError | None = None
    texts: Mapping[str, str | None]
    try:
        if shell is not None:
            states = environment_after(found.change for found in shell.parse(text))
            texts = {key: _shown(state) for key, state in states.items()}
        elif name in FILE_FORMATS:
            texts = dict(_texts_in(_tree_of(name, language, text)))
        else:
            texts = {}
    except UnreadableCodeError as error:
        unreadable = error
    except RecursionError:
        unreadable = UnreadableCodeError("this is nested too deeply", 1)
    if unreadable is not None:
        texts = {found["name"]: found["text"] for found in _SEEMS_TO_SET.finditer(text)}
    return texts, _family(language) or name, unreadable


def _tree_of(name: str, language: str, text: str) -> Tree:
    """What a file holds: by the format that its language means in practice, or else by the format of that name.

    What neither can read is for the former to explain: in ``[Service]``, say, keys are for a reader that we don't have.
    """
    try:
        return FILE_FORMATS[name].parse(text)
    except UnreadableCodeError:
        if language != name and language in FILE_FORMATS:
            with suppress(UnreadableCodeError):
                return FILE_FORMATS[language].parse(text)
        raise


def _shown(state: State | None) -> str | None:
    if state is None:
        return None
    return "".join(f"${part.name}" if isinstance(part, Reference) else str(part) for part in state)


def _texts_in(node: object) -> Iterator[tuple[str, str]]:
    """Texts by the last key that leads to them, where that could be the name of a variable."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if isinstance(value, str) and re.fullmatch(r"[A-Z][A-Z0-9_]+", str(key)):
                yield str(key), value
            else:
                yield from _texts_in(value)
    elif isinstance(node, list):
        for entry in node:
            yield from _texts_in(entry)


@dataclass(frozen=True, eq=False)
class KnownRoute:
    """A route of the spec."""

    guide: Guide
    route: Route

    @cached_property
    def endpoint_names(self) -> tuple[str, ...]:
        """The variables that hold the endpoint."""
        return tuple(found.name for found in self.route.variables if found.holds is Holds.ENDPOINT)

    def value_of(self, name: str) -> Value | None:
        """What the spec sets a variable to."""
        return next((found.value for found in self.route.variables if found.name == name), None)

    @cached_property
    def token_name(self) -> str:
        """The name of the gateway's token; empty where it asks for none."""
        auth = self.route.gateway.auth
        return "" if auth is None else auth.token.name

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """What a text holds that is about this gateway, in small letters: its host, its header, its token."""
        values = (self.value_of(name) for name in self.endpoint_names)
        hosts = (found[1] for value in values if value and (found := HOST.match(value.text)))
        auth = self.route.gateway.auth
        of_auth = () if auth is None else (auth.header, auth.token.name)
        return tuple(sign.lower() for sign in (*hosts, *of_auth))

    def leads_to_gateway(self, block: Block) -> bool:
        """Whether code sets the route's variables for the endpoint or the header to something of this gateway."""
        names = [found.name for found in self.route.variables if found.holds in {Holds.ENDPOINT, Holds.GATEWAY_AUTH}]
        texts = [(block.settings[name].text or "").lower() for name in names if name in block.settings]
        return any(sign in text for text in texts for sign in self.signs)

    @cached_property
    def is_keyless(self) -> bool:
        """Whether the reader needs no credential of the provider on this computer."""
        return self.route.key_holder is KeyHolder.GATEWAY


@dataclass(frozen=True, eq=False)
class MatchedSection:
    """A section that sets up a route of the spec."""

    section: Section
    known: KnownRoute
    blocks: tuple[Block, ...]

    def texts_of(self, holds: Holds) -> tuple[str, ...]:
        """What the section's code sets the variables to that are to hold something."""
        names = [variable.name for variable in self.known.route.variables if variable.holds is holds]
        return tuple(
            setting.text or "" for block in self.blocks for name in names if (setting := block.settings.get(name))
        )

    @cached_property
    def leaves_credential_alone(self) -> bool:
        """Whether the route has a credential that the section's code does not set: the reader may do so elsewhere."""
        has_one = any(variable.holds is Holds.CREDENTIAL for variable in self.known.route.variables)
        return has_one and not self.texts_of(Holds.CREDENTIAL)


@dataclass(frozen=True, eq=False)
class Mention:
    """A section whose code sends requests through a gateway of the spec, with any tool.

    Attributes:
        provider: the one that it sends them to; empty where the spec has none for the path.
    """

    section: Section
    gateway: KnownGateway
    provider: str


class Facts:
    """Everything that the spec says about any route.

    Attributes:
        routes: every route of every guide.
        gateways: every gateway once.
        route_by_variable: for each agent's name, a route that each of its variables is for.
    """

    def __init__(self, site: Site) -> None:
        self._by_guide = {guide: tuple(KnownRoute(guide, route) for route in guide.routes) for guide in site.guides}
        self.routes = tuple(known for of_guide in self._by_guide.values() for known in of_guide)
        self.route_by_variable: Mapping[str, dict[str, Route]] = defaultdict(dict)
        for known in self.routes:
            for variable in known.route.touched:
                self.route_by_variable[known.guide.agent.name][variable.name] = known.route
        by_name = {(known.guide.gateway.vendor, known.guide.gateway.name): known.guide.gateway for known in self.routes}
        self.gateways = tuple(gateway_of(gateway, self._routes_of(name)) for name, gateway in by_name.items())

    def _routes_of(self, name: tuple[str, str]) -> list[Route]:
        return [known.route for known in self.routes if (known.guide.gateway.vendor, known.guide.gateway.name) == name]

    def routes_of(self, guide: Guide) -> tuple[KnownRoute, ...]:
        """The routes of a guide."""
        return self._by_guide[guide]

    def gateway_of(self, known: KnownRoute) -> KnownGateway:
        """The gateway that a route goes through."""
        name = (known.guide.gateway.vendor, known.guide.gateway.name)
        return next(found for found in self.gateways if (found.gateway.vendor, found.gateway.name) == name)

    def mentions(self, page: Page) -> tuple[Mention, ...]:
        """Find the sections whose code sends requests through a gateway, by the URLs in it.

        Args:
            page: any page.

        Returns:
            Those sections, once for each gateway and provider.
        """
        found: dict[tuple[int, KnownGateway, str], Mention] = {}
        for number, section in enumerate(page.sections):
            for code in current_codes(section):
                for url in urls_in(without_what_is_wrong(code)):
                    for gateway in self.gateways:
                        reading = gateway.read(url)
                        if reading is not None:
                            provider = reading.endpoint.provider if reading.endpoint else ""
                            found[number, gateway, provider] = Mention(section, gateway, provider)
        return tuple(found.values())

    def match(self, page: Page) -> tuple[MatchedSection, ...]:
        """Find the sections that set up a route: by the variables that they set, and by signs of the gateway.

        Args:
            page: any page.

        Returns:
            Those sections with the route that fits best. A section that points a tool at something else is none.
        """
        found = []
        for section in page.sections:
            blocks = tuple(block for code in current_codes(section) if (block := read_block(code)) is not None)
            known = self._best_route(blocks)
            if known is not None:
                mine = tuple(block for block in blocks if any(known.value_of(name) for name in block.settings))
                found.append(MatchedSection(section, known, mine))
        return tuple(found)

    def _best_route(self, blocks: Sequence[Block]) -> KnownRoute | None:
        names = {name for block in blocks for name in block.settings}
        users = {name: sum(known.value_of(name) is not None for known in self.routes) for name in names}
        candidates = [known for known in self.routes if any(known.leads_to_gateway(block) for block in blocks)]
        scored = [
            (sum(1 / users[name] for name in names if known.value_of(name) is not None), known) for known in candidates
        ]
        best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        return best[1] if best[0] > 0 else None
