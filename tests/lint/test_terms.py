"""Names that a site has ruled out: what counts as one, and what a reader sees of Markdown."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidewright.diagnostics import Place
from guidewright.lint.terms import names_of, other_names_in
from guidewright.lint.visible import Visible
from guidewright.model import Term
from guidewright.pages import markdown

PLACE = Place("spec/site.yaml")


def term(name: str, *others: str) -> Term:
    return Term(name, others, PLACE)


TERMS = (
    term("gateway token", "gateway key", "AI gateway token", "API key", "Zugangsschlüssel"),
    term("gateway API key"),
    term("trailing slash", "final slash"),
    term("start-up file", "startup file", "start up file"),
    term("command line", "command-line"),
    term("C", "C++"),
)


def found_in(text: str, terms: tuple[Term, ...] = TERMS) -> list[str]:
    return [text[found.start : found.end] for found in other_names_in(text, names_of(terms))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the gateway key", ["gateway key"]),
        ("Gateway Key: the GATEWAY KEY", ["Gateway Key", "GATEWAY KEY"]),
        ("two gateway keys, with final slashes", ["gateway keys", "final slashes"]),
        ("the gateway  \n key's owner", ["gateway  \n key"]),
        ("(gateway\u00a0key)", ["gateway\u00a0key"]),
        ("gateway-key rotation", ["gateway-key"]),
        ("DIE ZUGANGSSCHLÜSSEL", ["ZUGANGSSCHLÜSSEL"]),
        ("in C++, not C", ["C++"]),
        # Whole words, and a word with hyphens is one.
        ("a gateway keyboard, megagateway key, gateway_key", []),
        ("a gateway key-value store of the non-gateway key", []),
        ("gateway. Key", []),
        # A longer name that is right, or that is wrong itself.
        ("the gateway API key, gateway-API keys", []),
        ("an API key", ["API key"]),
        ("your AI gateway token", ["AI gateway token"]),
        ("the gateway token", []),
        # One that overlaps is no part.
        ("my gateway gateway key token", ["gateway key"]),
        # Ways of writing.
        ("the start-up file, a startup file, start up files", ["startup file", "start up files"]),
        ("command-line options on the command line", ["command-line"]),
    ],
)
def test_names_that_are_ruled_out(text: str, expected: list[str]) -> None:
    assert found_in(text) == expected


def test_the_term_is_told_and_the_name_as_the_site_lists_it() -> None:
    (found,) = other_names_in("The Gateway Keys", names_of(TERMS))
    assert (found.name, found.term, found.start) == ("gateway key", "gateway token", 4)


def test_what_is_written_as_listed_decides_between_terms() -> None:
    terms = (term("one", "a name"), term("two", "a-name"))
    assert [found.term for found in other_names_in("a-name and a name", names_of(terms))] == ["two", "one"]


def test_without_terms_nothing_is_found() -> None:
    assert found_in("the gateway key", ()) == []
    assert found_in("the gateway key", (term("gateway token"),)) == []


WORDS = st.lists(st.text("abcXYZäß", min_size=1, max_size=5), min_size=1, max_size=4).map(" ".join)
BLANKS = st.sampled_from([" ", "  ", "\n", " \n  ", "\u00a0", "-"])


@given(
    name=WORDS, blank=BLANKS, before=st.sampled_from(["", "the ", "(", "“"]), after=st.sampled_from(["", ".", " is"])
)
def test_a_name_is_found_however_it_is_spaced(name: str, blank: str, before: str, after: str) -> None:
    used = name.replace(" ", blank)
    assert found_in(f"{before}{used}{after}", (term("0", name),)) == [used]
    assert found_in(f"{before}{used}{after}", (term(name, "0"),)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **gateway** *key*", "a gateway key"),
        ("[gateway key](/a/(b)", "gateway key(/a/(b)"),
        ("[gateway key](/a/b) [x]", "gateway key x"),
        ("a `gateway` key", "a \ufffc key"),
        ("a ``ga`te`` key", "a \ufffc key"),
        ("a `gateway\nkey` here", "a \ufffc here"),
        ('[gateway](/x "a key") it', "gateway it"),
        ("\\*gateway\\* \\`key\\`", "*gateway* `key`"),
        ("gateway&nbsp;key &#105;mport &amp;lt;", "gateway\u00a0key import &lt;"),
        ("_gateway_ snake_case __key__", "gateway snake_case key"),
        ("see https://example.com/gateway-key, <https://example.com/key>", "see \ufffc \ufffc"),
        ("gateway <kbd>key</kbd>", "gateway key"),
    ],
)
def test_what_a_reader_sees(text: str, expected: str) -> None:
    assert Visible(text).text == expected


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"], exclude_characters="\ufeff/:"), min_size=1)
)
def test_a_value_on_a_page_is_read_as_what_it_is(value: str) -> None:
    written = markdown.text(value)
    seen = Visible(written)
    assert seen.text == value
    sources = (written[start:end] for start, end in (seen.place_of(index, index + 1) for index in range(len(value))))
    # An escape ends with what it stands for.
    assert [html.unescape(source)[-1] for source in sources] == list(value)
