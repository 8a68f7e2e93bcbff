"""Whatever a file contains: findings, never an exception."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from guidewright.diagnostics import Report
from guidewright.source.lines import line_text
from guidewright.source.loading import parse_document

VALID = """\
# A comment, "with quotes".
gateway: cloudflare
name: 'AI Gateway'
base_url: "https://gateway.ai.example.com/v1/<ACCOUNT_ID>/{{ gateway }}"
auth: {header: x-authorization, value: "Bearer <TOKEN>", list: [a, 'b', "c", {d: e}]}
routes:
  - provider: bedrock
    set:
      A: "1"
      B: |
        Several lines
          of text - ünïcödé 日本 😀
      C: >-
        folded
        text
  -
    - 1
    - 0x1F
    - ~
empty:
"""

# What means something in YAML, line breaks of every kind, wide and invisible characters.
ALPHABET = "{}[]:,-?&*!|>'\"%@`#<~.=\\ \n\t\r\x85\u2028\u2029\ufeffab01xué日😀\x00\x07\x7f"


def check(raw: bytes) -> None:
    report = Report()
    document = parse_document(raw, "spec.yaml", report)
    assert (document is None) is report.has_errors()
    text = raw.decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n")
    for diagnostic in report.diagnostics:
        span = diagnostic.place.span
        assert span is not None
        assert 1 <= span.column <= len(line_text(text, span.line)) + 1
        assert span.length >= 1
        assert "\n" not in diagnostic.headline + diagnostic.help
        assert not diagnostic.headline.endswith(".")
        assert diagnostic.help


@settings(max_examples=500, deadline=None)
@given(st.binary())
def test_random_bytes(raw: bytes) -> None:
    check(raw)


@settings(max_examples=2000, deadline=None)
@given(st.text(ALPHABET, max_size=60))
def test_random_yaml_characters(text: str) -> None:
    check(text.encode())


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from([*ALPHABET, ": ", "- ", "{{ ", " }}", "\n  ", "---\n", "<<: ", "a: "]), max_size=30))
def test_random_yaml_words(words: list[str]) -> None:
    check("".join(words).encode())


@settings(max_examples=1500, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_mutations_of_a_valid_file(seed: int, changes: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a test's dice
    text = VALID
    for _ in range(changes):
        start = dice.randrange(len(text))
        stop = start + dice.choice((0, 1, 1, 5))
        text = text[:start] + "".join(dice.choices(ALPHABET, k=dice.choice((0, 1, 1, 2)))) + text[stop:]
    check(text.encode())


def test_the_unchanged_file_is_valid() -> None:
    report = Report()
    assert parse_document(VALID.encode(), "spec.yaml", report) is not None
    assert report.diagnostics == ()


def test_hostile_repetitions_end() -> None:
    for pattern in ("[", "{", "- ", "? ", "{{", '"', "'", "a: ", '- "\\', "[''", "&a ", "!a ", "*a ", "- 'a\n", "{a: "):
        check(pattern.encode() * 20_000)
