"""The core schema, vector by vector: YAML 1.2.2, chapter 10.3.2."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidewright.diagnostics import Report
from guidewright.source.loading import parse_document
from guidewright.source.scalars import MAX_DIGITS, NumberTooLongError, resolve_plain

VECTORS = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    "0": 0,
    "-0": 0,
    "+12": 12,
    "-19": -19,
    "010": 10,
    "0o14": 12,
    "0xC": 12,
    "0xaF": 175,
    "0.": 0.0,
    ".5": 0.5,
    "-.5": -0.5,
    "+1.5": 1.5,
    "12e03": 12000.0,
    "-2E+05": -200000.0,
    "1.e-1": 0.1,
    ".inf": math.inf,
    "+.Inf": math.inf,
    "-.INF": -math.inf,
}

STRINGS = (
    *("nULL", "none", "None", "tRUE", "yes", "Yes", "no", "on", "off", "y", "n"),
    *("1_000", "1,000", "2026-11-23", "2026-11-23T10:00:00Z", "1:30", "190:20:30", "1.2.3", "v1", "1a"),
    *("0b1", "0o8", "0xG", "-0x1", "+0o7", "0O7", "0X1", "0o", "0x"),
    *(".", "-", "+", "+-1", "--1", "1e", "e1", ".e1", "1e1.5", "inf", "nan", "-.nan", ".iNF", "\u0661", "\uff11"),
    *("<ACCOUNT_ID>", "=", "~x", "truely"),
)


@pytest.mark.parametrize(("text", "value"), VECTORS.items())
def test_core_schema(text: str, value: object) -> None:
    resolved = resolve_plain(text)
    assert (resolved, type(resolved)) == (value, type(value))


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_not_a_number(text: str) -> None:
    resolved = resolve_plain(text)
    assert isinstance(resolved, float)
    assert math.isnan(resolved)


@pytest.mark.parametrize("text", STRINGS)
def test_everything_else_is_text(text: str) -> None:
    assert resolve_plain(text) == text


@pytest.mark.parametrize("text", [*VECTORS, *STRINGS])
def test_quoted_is_text(text: str) -> None:
    document = parse_document(f"single: '{text}'\ndouble: \"{text}\"\n".encode(), "spec.yaml", Report())
    assert document is not None
    assert document.data == {"single": text, "double": text}


# In a file, a lone dash starts a list item.
@pytest.mark.parametrize("text", sorted({*VECTORS, *STRINGS} - {"-"}))
def test_the_file_and_the_function_agree(text: str) -> None:
    document = parse_document(f"plain: {text}\n".encode(), "spec.yaml", Report())
    assert document is not None
    assert document.data == {"plain": resolve_plain(text)}


@pytest.mark.parametrize("prefix", ["", "+", "-", "0x", "0o"])
def test_an_endless_number_is_refused(prefix: str) -> None:
    longest = resolve_plain(prefix + "7" * MAX_DIGITS)
    assert isinstance(longest, int)
    assert str(longest)
    with pytest.raises(NumberTooLongError):
        resolve_plain(prefix + "7" * (MAX_DIGITS + 1))


@settings(deadline=None)
@given(st.integers())
def test_integers_come_back(number: int) -> None:
    assert resolve_plain(str(number)) == number


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_come_back(number: float) -> None:
    assert resolve_plain(repr(number)) == number


@settings(deadline=None)
@given(st.text())
def test_no_text_raises(text: str) -> None:
    resolve_plain(text)
