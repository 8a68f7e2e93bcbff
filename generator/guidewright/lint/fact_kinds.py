"""The kinds of facts that sentences and code name: how each is recognised, and what the spec knows of it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from guidewright.diagnostics import nearest
from guidewright.lint.facts import family_of
from guidewright.lint.page import Code
from guidewright.lint.text import unescaped
from guidewright.lint.tokens import Fence, InlineCode, LinkDestination, Stretch, Words
from guidewright.model import Command, Guide, Link, Placeholder, Route, Snippet, Snippets, Value

# A word that differs from a known one by more than a slip is another word.
_MISSPELT = 0.85
# Two letters of a short name may have changed places.
_MISSPELT_COMMAND = 0.8
_VARIABLE = re.compile(r"(?<![\w<-])(?<!&lt;)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w>])(?!&gt;)")
_PLACEHOLDER = re.compile(r"(?:<|&lt;)(?P<name>[A-Z][A-Z0-9_]*)(?:>|&gt;)")
# In a sentence, the colon of an address is escaped, so that no renderer makes a link of it.
_URL = re.compile(r"https?\\?://[^\s\"'`<>()\[\]]*(?:<\w+>[^\s\"'`<>()\[\]]*)*(?<![.,;:!?])")
_HEADER = re.compile(r"(?P<token>[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)(?P<value>: .*)?")
_HEADER_BEFORE = re.compile(r"\bheaders?(?:\s+(?:is\s+)?(?:called|named))?\s*$", re.IGNORECASE)
_HEADER_BEHIND = re.compile(r"`+\s+headers?\b", re.IGNORECASE)
_HYPHENATED = re.compile(r"(?<![\w/.-])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+(?![\w/-])")
_PATH = re.compile(r"(?:~|\$HOME|\$env:\w+|%\w+%|[A-Z]:|/etc|/usr|/opt|/Library)[\\/][^\s`]+")
_SAYS_RUN = re.compile(r"\b(?:run|start|enter|type|execute|command)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a generated page: the routes that it is about, and their code."""

    guide: Guide
    routes: tuple[Route, ...]
    snippets: Snippets

    @property
    def values(self) -> Iterator[Value]:
        """Everything that its reader gets to copy, but code."""
        for route in self.routes:
            yield from (route.gateway.base_url, *(upstream.endpoint for upstream in route.upstreams))
            yield from route.values
            for value in route.values:
                for command in value.commands:
                    yield from _words_of(command)

    @property
    def placeholders(self) -> Iterator[Placeholder]:
        """Everything that its reader fills in."""
        for value in self.values:
            yield from value.placeholders
        for route in self.routes:
            yield from route.placeholders

    @property
    def tabs(self) -> Iterator[Snippet]:
        """Its code for shells and settings files."""
        yield from self.snippets.undo[self.guide]
        for route in self.routes:
            yield from self.snippets.tabs[route]

    @property
    def links(self) -> Iterator[Link]:
        """Every page that the spec sends its reader to."""
        guide = self.guide
        yield from (
            link for island in guide.all_islands for link in island.passage.links if not self._leads_to_gateway(link)
        )
        yield from (guide.gateway.docs, guide.gateway.verify, guide.agent.docs)
        for route in self.routes:
            yield from (provider.docs for provider in route.providers)
            optional = [placeholder.docs for placeholder in route.placeholders]
            optional += [source.docs for upstream in route.upstreams for source in upstream.auth.sources]
            yield from (link for link in optional if link is not None)

    def _leads_to_gateway(self, link: Link) -> bool:
        """Whether a link leads to where requests go: then it must be a known address."""
        hosts = {urlsplit(route.gateway.base_url.text).netloc for route in self.guide.routes}
        return urlsplit(link.absolute_url).netloc in hosts


Found: TypeAlias = tuple[str, int, int]
"""A fact in a stretch: the word, and the indices of its start and end."""


@dataclass(frozen=True, slots=True)
class FactKind:
    """A kind of facts.

    Attributes:
        noun: what one is called.
        find: the words of a stretch that are of this kind, given those that are known.
        known: what the spec knows of this kind, for a part of a page.
    """

    noun: str
    find: Callable[[Stretch, frozenset[str]], Iterator[Found]]
    known: Callable[[Part], Iterable[str]]


def is_misspelt(word: str, known: Iterable[str]) -> bool:
    """Whether a word that is not known is most likely meant to be one that is."""
    return nearest(word, known, cutoff=_MISSPELT) is not None


def _variants_of(command: Command) -> Iterable[tuple[Value, ...]]:
    return [command.words] if isinstance(command.words, tuple) else command.words.values()


def _words_of(command: Command) -> Iterator[Value]:
    for words in _variants_of(command):
        yield from words


def _all(pattern: re.Pattern[str], stretch: Stretch) -> Iterator[Found]:
    for found in pattern.finditer(stretch.text):
        yield found[0], found.start(), found.end()


def _find_variables(stretch: Stretch, _: frozenset[str]) -> Iterator[Found]:
    if not isinstance(stretch, LinkDestination):
        yield from _all(_VARIABLE, stretch)


def _known_variables(part: Part) -> Iterator[str]:
    for route in part.routes:
        yield from (variable.name for variable in route.touched)
    # The name of what the reader fills in, without its brackets.
    yield from (placeholder.name for placeholder in part.placeholders)
    for text in _texts(part):
        yield from _VARIABLE.findall(text)


def _find_placeholders(stretch: Stretch, _: frozenset[str]) -> Iterator[Found]:
    for found in _PLACEHOLDER.finditer(stretch.text):
        yield f"<{found['name']}>", found.start(), found.end()


def _known_placeholders(part: Part) -> Iterator[str]:
    return (placeholder.token for placeholder in part.placeholders)


def _find_urls(stretch: Stretch, _: frozenset[str]) -> Iterator[Found]:
    if isinstance(stretch, LinkDestination):
        # What stands behind # alone is a heading of the page itself.
        if not stretch.text.startswith("#"):
            yield unquote(stretch.text), 0, len(stretch.text)
    else:
        for address, start, end in _all(_URL, stretch):
            yield unescaped(address) if isinstance(stretch, Words) else address, start, end


def _known_urls(part: Part) -> Iterator[str]:
    # A file may be served, not stored.
    paths = [path for route in part.routes for file in route.files for path in file.path.names]
    for text in (*_texts(part), *paths):
        yield from _URL.findall(text)
    for link in part.links:
        yield from (unquote(link.url), unquote(link.absolute_url))


def _find_headers(stretch: Stretch, known: frozenset[str]) -> Iterator[Found]:
    if isinstance(stretch, InlineCode) and (found := _HEADER.fullmatch(stretch.text)):
        behind = stretch.block.text[stretch.start + len(stretch.text) :]
        is_named = _HEADER_BEFORE.search(stretch.before) or _HEADER_BEHIND.match(behind)
        token = _in_known_case(found["token"], known)
        # Without a hyphen, it may be any word that has a colon behind it.
        if is_named or ("-" in token and (found["value"] or is_misspelt(token, known))):
            yield token, 0, len(token)
    elif isinstance(stretch, Words | Fence):
        for word, start, end in _all(_HYPHENATED, stretch):
            token = _in_known_case(word, known)
            if is_misspelt(token, known):
                yield token, start, end


def _in_known_case(header: str, known: frozenset[str]) -> str:
    """A header as the spec writes it: its letters may be small or capital (RFC 9110, section 5.1)."""
    return next((name for name in known if name.casefold() == header.casefold()), header)


def _known_headers(part: Part) -> Iterator[str]:
    for route in part.routes:
        if route.gateway.auth is not None:
            yield route.gateway.auth.header
        # A file of settings has the headers to send as its keys.
        yield from (key for file in route.files for key in file.keys)
    for text in _texts(part):
        yield from _HYPHENATED.findall(text)


def _find_paths(stretch: Stretch, _: frozenset[str]) -> Iterator[Found]:
    if isinstance(stretch, InlineCode) and _PATH.fullmatch(stretch.text):
        yield stretch.text, 0, len(stretch.text)


def _known_paths(part: Part) -> Iterator[str]:
    for snippet in part.tabs:
        if snippet.settings_file is not None:
            yield from (name for path in snippet.settings_file.path.names for name in _with_folder(path))
        yield from (name for file in snippet.startup_files for name in _with_folder(file.path))
    for route in part.routes:
        for file in route.files:
            yield from (name for path in file.path.names for name in _with_folder(path))
    for text in _texts(part):
        yield from _PATH.findall(text)


def _with_folder(path: str) -> Iterator[str]:
    """A path, and the folder that it is in."""
    yield path
    folder = re.match(r".*[\\/]", path)
    if folder:
        yield from (folder[0], folder[0][:-1])


def _find_commands(stretch: Stretch, known: frozenset[str]) -> Iterator[Found]:
    """Words that are run. Other programs may be run as well: only one that is misspelt is told."""
    is_run = isinstance(stretch, InlineCode) and _SAYS_RUN.search(stretch.before)
    if is_run or (isinstance(stretch.block, Code) and family_of(stretch.block)):
        for found in re.finditer(r"^[ \t]*(?P<word>[a-z][\w.-]*)(?=\s|$)", stretch.text, re.MULTILINE):
            if found["word"] not in known and nearest(found["word"], known, cutoff=_MISSPELT_COMMAND):
                yield found["word"], found.start("word"), found.end("word")


def _known_commands(part: Part) -> Iterator[str]:
    yield from (part.guide.agent.command or "").split()[:1]
    yield from (step.run[0].text for route in part.routes for step in route.steps if step.run)
    for value in part.values:
        for command in value.commands:
            yield from (words[0].text for words in _variants_of(command))


def _texts(part: Part) -> Iterator[str]:
    yield from (value.text for value in part.values)
    for route in part.routes:
        yield from (placeholder.sample for placeholder in route.placeholders)


FACT_KINDS: Sequence[FactKind] = (
    FactKind("environment variable", _find_variables, _known_variables),
    FactKind("placeholder", _find_placeholders, _known_placeholders),
    FactKind("address", _find_urls, _known_urls),
    FactKind("header", _find_headers, _known_headers),
    FactKind("path", _find_paths, _known_paths),
    FactKind("command", _find_commands, _known_commands),
)
"""Every kind, one row each."""
