"""Where YAML 1.2 semantics agree, our data is that of ruamel.yaml's own safe loader."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from guidewright.diagnostics import Report
from guidewright.source.loading import parse_document

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")) | st.just("\n"), max_size=20)
SCALARS = TEXTS | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False)
STRUCTURES = st.dictionaries(
    TEXTS,
    st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)),
    min_size=1,
    max_size=5,
)

WORDS = ("0o17", "0x1F", "1e3", ".inf", "~", "TRUE", "yes", "off", "12:30:45", "1:30", "0.5", "+1", "010", "text")


@settings(max_examples=250, deadline=None)
@given(STRUCTURES, st.sampled_from((True, False, None)), st.sampled_from((20, 80, 4096)), st.booleans())
def test_both_loaders_read_the_same(structure: object, flow: bool | None, width: int, unicode: bool) -> None:  # noqa: FBT001 - drawn
    yaml = YAML(typ="safe")
    yaml.default_flow_style = flow
    yaml.width = width
    yaml.allow_unicode = unicode
    stream = io.StringIO()
    yaml.dump(structure, stream)
    report = Report()
    document = parse_document(stream.getvalue().encode(), "spec.yaml", report)
    assert report.diagnostics == ()
    assert document is not None
    assert document.data == yaml.load(stream.getvalue()) == structure


def test_the_core_schema_and_no_more_than_it() -> None:
    text = "".join(f"- {word}\n" for word in WORDS)
    document = parse_document(text.encode(), "spec.yaml", Report())
    assert document is not None
    assert document.data == YAML(typ="safe", pure=True).load(text)
