"""Placeholders: every value that the reader fills in is defined in exactly one place."""

from collections.abc import Iterable, Mapping
from typing import Any

from guidewright import model, schema
from guidewright.diagnostics import Place, Report
from guidewright.model import Value
from guidewright.resolve.references import Fact, Scope
from guidewright.schema import Located

# What every route derives, and placeholders therefore can't be called.
DERIVED_FACTS = frozenset({"credential", "endpoint"})


def resolve_placeholders(spec_files: Iterable[Located[Any]], scope: Scope) -> Mapping[str, Fact]:
    """Collect the placeholders that a guide can refer to.

    Args:
        spec_files: gateway, agent and providers of the guide; each has ``placeholders``.
        scope: its report receives placeholders that are defined twice, or two that share a name on the page.

    Returns:
        The placeholders as facts, by the name they are referred to.
    """
    facts: dict[str, Fact] = {}
    first_by_id: dict[str, str] = {}
    first_by_name: dict[str, str] = {}
    for spec_file in spec_files:
        for placeholder_id, placeholder in spec_file.value.placeholders.items():
            place = spec_file.place.at("placeholders", placeholder_id)
            if placeholder_id in DERIVED_FACTS:
                scope.report.error(
                    "reserved-placeholder",
                    f'"{placeholder_id}" already refers to something else',
                    place.key(),
                    help="choose another name",
                )
            _report_second(first_by_id, placeholder_id, place.key(), scope.report)
            _report_second(first_by_name, placeholder.name, place.at("name"), scope.report)
            facts[placeholder_id] = Fact.code(Value((_resolve(placeholder, place, scope),)))
    return facts


def _resolve(placeholder: schema.Placeholder, place: Place, scope: Scope) -> model.Placeholder:
    hint = placeholder.hint
    return model.Placeholder(
        name=placeholder.name,
        label=placeholder.label,
        sample=placeholder.sample,
        secret=placeholder.secret,
        hint=None if hint is None else scope.prose(hint, place.at("hint")),
        docs=scope.optional_link(placeholder.docs),
    )


def _report_second(first_by_word: dict[str, str], word: str, place: Place, report: Report) -> None:
    if word in first_by_word:
        report.error(
            "duplicate-placeholder",
            f'placeholder "{word}" is defined twice',
            place,
            help=f"choose another name, or refer to the one in {first_by_word[word]}",
        )
    first_by_word.setdefault(word, place.file)
