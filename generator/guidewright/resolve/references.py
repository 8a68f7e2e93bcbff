"""References: ``{{ name }}`` in the spec's text stands for a fact that is stated elsewhere in the spec."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from guidewright import model, schema
from guidewright.diagnostics import Place, Report, did_you_mean
from guidewright.model import Prose, Style, Value, ValuePart

_REFERENCE = re.compile(r"\{\{[ ]*(?P<name>[^{}]*?)[ ]*\}\}")
_BRACES = re.compile(r"\{\{|\}\}")
_WRITTEN_OUT_PLACEHOLDER = re.compile(r"<[A-Z][A-Z0-9_]*>")
_MARKS = re.compile(r"(`|\*\*)")
_STYLES = {"`": Style.CODE, "**": Style.STRONG}
_NOT_IN_A_URL = re.compile(r"[{}\s]")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a reference stands for, and how it is set in a sentence."""

    value: Value
    style: Style = Style.PLAIN

    @classmethod
    def name(cls, text: str) -> "Fact":
        """A fact that is a name: plain words in a sentence."""
        return cls(Value((text,)))

    @classmethod
    def code(cls, value: Value) -> "Fact":
        """A fact that the reader types or sees on a screen: inline code in a sentence."""
        return cls(value, Style.CODE)


@dataclass(frozen=True, slots=True)
class Scope:
    """The facts that a text may refer to, and what else it takes to give a text its meaning.

    Attributes:
        docs_url: the documentation site's address, without a slash at its end.
        report: receives what is wrong with a text.
        facts: by the name that references use.
        advice: what to do where a text refers to something that is no fact at that point, by its name.
    """

    docs_url: str
    report: Report
    facts: Mapping[str, Fact] = field(default_factory=dict)
    advice: Mapping[str, str] = field(default_factory=dict)

    def with_facts(self, facts: Mapping[str, Fact]) -> "Scope":
        """The same scope with more facts in it."""
        return replace(self, facts={**self.facts, **facts})

    def with_advice(self, advice: Mapping[str, str]) -> "Scope":
        """The same scope with more advice in it."""
        return replace(self, advice={**self.advice, **advice})

    def value(self, text: str, place: Place) -> Value:
        """Fill the references of a value (a URL, a header, what a variable holds).

        Args:
            text: the value as the spec gives it.
            place: where the spec gives it.

        Returns:
            The value; what could not be filled is reported, and a stand-in keeps other rules quiet about it.
        """
        for placeholder in _WRITTEN_OUT_PLACEHOLDER.findall(text):
            self.report.error(
                "written-out-placeholder",
                f"{placeholder} is written out",
                replace(place, token=placeholder),
                help=self._reference_to(placeholder),
            )
        parts: list[ValuePart] = []
        for part in self._parts(text, place):
            parts.extend([part] if isinstance(part, str) else part.value.parts)
        return Value(tuple(_merged(parts)))

    def prose(self, text: str, place: Place) -> Prose:
        """Fill the references of a sentence; words between backticks become inline code, between ** bold.

        Args:
            text: the sentence as the spec gives it.
            place: where the spec gives it.

        Returns:
            The sentence; what could not be filled is left out and reported.
        """
        if "\n" in text:
            headline = "a line break stands in a sentence"
            help_line = "write one paragraph; with >- its lines become one"
            self.report.error("line-break", headline, place, help=help_line)
            text = text.replace("\n", " ")
        parts: list[tuple[str, Style]] = []
        style, mark = Style.PLAIN, ""
        for part in self._parts(text, place):
            if not isinstance(part, str):
                parts.append((part.value.text, part.style if style is Style.PLAIN else style))
                continue
            for words in _MARKS.split(part):
                if words in _STYLES and mark in {"", words}:
                    mark = "" if mark else words
                    style = _STYLES[words] if mark else Style.PLAIN
                else:
                    parts.append((words, style))
        if mark:
            noun = "code" if style is Style.CODE else "bold text"
            self.report.error(
                f"unclosed-{noun.partition(' ')[0]}",
                f"{noun} starts here and does not end",
                replace(place, token=mark),
                help=f"write {mark} at its end too",
            )
        return Prose(tuple(parts), place).joined(Prose(()))

    def words(self, text: str, place: Place) -> Prose:
        """Fill the references of plain words, in which backticks mean nothing."""
        parts = (
            (part, Style.PLAIN) if isinstance(part, str) else (part.value.text, part.style)
            for part in self._parts(text, place)
        )
        return Prose(tuple(parts), place).joined(Prose(()))

    def words_of_command(self, text: str, place: Place) -> tuple[Value, ...]:
        """The words of a command, where a text is a reference to them and nothing else; otherwise none.

        Args:
            text: the text as the spec gives it.
            place: where the spec gives it.

        Returns:
            The program and its arguments; a command that is another one in another shell is reported.
        """
        command = self._command(text)
        if command is None:
            return ()
        if not isinstance(command.words, tuple):
            headline = "the command has other words in other shells"
            self.report.error("no-command", headline, place, help="write out the words that are right here")
        return command.any_words

    def _command(self, text: str) -> model.Command | None:
        match = _REFERENCE.fullmatch(text)
        kind, _, name = match["name"].partition(".") if match else ("", "", "")
        output = self.facts.get(f"output.{name}") if kind == "command" else None
        return None if output is None else output.value.commands[0]

    def is_sound(self, text: str) -> bool:
        """Whether everything that a text refers to exists, so that nothing was reported for it."""
        if self._command(text) is not None:
            return True
        return not _BRACES.search(_REFERENCE.sub("", text)) and all(name in self.facts for name in references_in(text))

    def link(self, link: schema.Link) -> model.Link:
        """Give a link its absolute form, which differs from the given one where it starts with a slash."""
        absolute = self.docs_url + link.url if link.url.startswith("/") else link.url
        return model.Link(link.text, link.url, absolute)

    def optional_link(self, link: schema.Link | None) -> model.Link | None:
        """The same for a link that may be missing."""
        return None if link is None else self.link(link)

    def _parts(self, text: str, place: Place) -> Iterator[str | Fact]:
        end = 0
        for match in _REFERENCE.finditer(text):
            yield from self._literal(text[end : match.start()], place)
            end = match.end()
            fact = self.facts.get(match["name"])
            if fact is None:
                self.report.error(
                    "unknown-reference",
                    f'unknown reference "{match["name"]}"',
                    replace(place, token=match[0]),
                    help=self.advice.get(match["name"]) or did_you_mean(match["name"], self.facts),
                )
                yield match["name"]
            else:
                yield fact
        yield from self._literal(text[end:], place)

    def _literal(self, text: str, place: Place) -> Iterator[str]:
        if braces := _BRACES.search(text):
            self.report.error(
                "malformed-reference",
                f'"{braces[0]}" does not belong to a reference',
                replace(place, token=text[braces.start() :].strip()),
                help="a reference is written {{ name }}, with two braces on each side",
            )
            text = _NOT_IN_A_URL.sub("", text)
        if text:
            yield text

    def _reference_to(self, token: str) -> str:
        for name, fact in self.facts.items():
            if fact.value.text == token and fact.value.placeholders:
                return f"write {{{{ {name} }}}}, so that its name stands in one place"
        return "define it under placeholders: and refer to it as {{ name }}"


def is_reference_to(fact: str, reference: str) -> bool:
    """Whether a reference is to a fact of the provider; where a route leads to several, to that of one of them."""
    return reference == fact or reference.startswith(f"{fact}.")


def references_in(text: str) -> tuple[str, ...]:
    """The names that a text refers to, in order."""
    return tuple(match["name"] for match in _REFERENCE.finditer(text))


def _merged(parts: Iterable[ValuePart]) -> Iterator[ValuePart]:
    """Neighbouring literals as one, so that equal values have equal parts."""
    literal = ""
    for part in parts:
        if isinstance(part, str):
            literal += part
            continue
        if literal:
            yield literal
        literal = ""
        yield part
    if literal:
        yield literal
