"""Decoded YAML -> typed spec files."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Generic, TypeVar

import msgspec

from guidewright.diagnostics import Place, Report, Severity
from guidewright.schema.agent import Agent
from guidewright.schema.fields import SpecStruct
from guidewright.schema.gateway import Gateway
from guidewright.schema.island import ISLAND_FILES
from guidewright.schema.kinds import KINDS, kind_of
from guidewright.schema.messages import report_violations
from guidewright.schema.provider import Provider
from guidewright.schema.site import Site
from guidewright.source import Document

# Control characters but the line feed, Unicode's own line ends, byte order mark, lone surrogates, noncharacters; and
# those that turn the direction of text, which make a reviewer see something else than what is there
# (https://trojansource.codes).
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)

SpecFile = TypeVar("SpecFile", bound=SpecStruct)
Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Located(Generic[Content]):
    """What a spec file says, with the place it was read from."""

    value: Content
    place: Place


@dataclass(frozen=True, slots=True)
class Spec:
    """Everything the spec folder says.

    Attributes:
        site: what to build; None where ``site.yaml`` is missing or refused.
        gateways: by the name that other files refer to.
        providers: by the name that routes refer to.
        agents: by the name that ``site.yaml`` refers to.
        islands: the texts of hand-written passages, by their paths below the spec folder.
        refused: the kinds of which a file was refused, so that a name may be unknown for that reason alone.
    """

    site: Located[Site] | None
    gateways: Mapping[str, Located[Gateway]]
    providers: Mapping[str, Located[Provider]]
    agents: Mapping[str, Located[Agent]]
    islands: Mapping[str, Located[str]]
    refused: frozenset[str]


def decode(documents: Mapping[str, Document], report: Report) -> Spec:
    """Turn the documents of a spec folder into typed spec files.

    Args:
        documents: by path relative to the project root (``spec/gateways/acme.yaml``).
        report: receives ``unexpected-file``, ``duplicate-name`` and every violation of a schema.

    Returns:
        What was valid; an invalid file is left out.
    """
    yaml = [document for document in documents.values() if not PurePosixPath(document.file).match(ISLAND_FILES)]
    located = [found for document in yaml if (found := _decode_document(document, report)) is not None]
    return Spec(
        site=next((spec_file for spec_file in _only(Site, located)), None),
        gateways=_by_name(_only(Gateway, located), "gateway", report),
        providers=_by_name(_only(Provider, located), "provider", report),
        agents=_by_name(_only(Agent, located), "agent", report),
        islands=dict(_islands(documents.values(), report)),
        refused=frozenset(_refused_kinds(report)),
    )


def _islands(documents: Iterable[Document], report: Report) -> Iterator[tuple[str, Located[str]]]:
    for document in documents:
        path = PurePosixPath(*PurePosixPath(document.file).parts[1:])
        place = Place(document.file)
        if path.match(ISLAND_FILES) and isinstance(document.data, str):
            if document.data.strip():
                if not _report_unprintable(document.data, place, report):
                    yield path.as_posix(), Located(document.data, place)
            else:
                report.error("empty-file", "the file is empty", place, help="write the passage, or delete the file")


def _refused_kinds(report: Report) -> Iterable[str]:
    for diagnostic in report.diagnostics:
        kind = kind_of(PurePosixPath(*PurePosixPath(diagnostic.place.file).parts[1:]))
        if diagnostic.severity is Severity.ERROR and kind is not None:
            yield kind.name


def _decode_document(document: Document, report: Report) -> Located[SpecStruct] | None:
    place = Place(document.file)
    spec_folder, *below = PurePosixPath(document.file).parts
    path = PurePosixPath(*below)
    kind = kind_of(path)
    if kind is None:
        known = [f"{spec_folder}/{pattern}" for pattern in (*(kind.pattern for kind in KINDS), ISLAND_FILES)]
        report.error(
            "unexpected-file",
            f"no kind of spec file is read from {document.file}",
            place.key(),
            help=f"spec files are: {', '.join(known)}",
        )
        return None
    if _report_unprintable(document.data, place, report):
        return None
    try:
        return Located(msgspec.convert(document.data, kind.struct), place)
    except msgspec.ValidationError as error:
        found_before = len(report.diagnostics)
        report_violations(kind, document.data, place, report)
        if len(report.diagnostics) == found_before:
            # JSON Schema takes 2.0 for a whole number, the decoder does not.
            report.error("invalid-value", str(error), place.key())
        return None


def _report_unprintable(data: object, place: Place, report: Report) -> bool:
    """Report text that no page can show; returns whether a value holds any: keys have their schema."""
    match data:
        case str():
            return _report_unprintable_text(data, place, report)
        case dict():
            for key in data:
                _report_unprintable_text(key, place.at(key).key(), report)
            in_values = [_report_unprintable(value, place.at(key), report) for key, value in data.items()]
            return any(in_values)
        case list():
            in_entries = [_report_unprintable(value, place.at(index), report) for index, value in enumerate(data)]
            return any(in_entries)
        case _:
            return False


def _report_unprintable_text(text: str, place: Place, report: Report) -> bool:
    found = _UNPRINTABLE.search(text)
    if found:
        report.error(
            "unprintable-character",
            f"character U+{ord(found[0]):04X} can't be shown on a page",
            place,
            help="remove it, or the escape sequence that stands for it",
        )
    return found is not None


def _only(struct: type[SpecFile], located: Iterable[Located[SpecStruct]]) -> list[Located[SpecFile]]:
    return [Located(found.value, found.place) for found in located if isinstance(found.value, struct)]


def _by_name(spec_files: Iterable[Located[SpecFile]], name_key: str, report: Report) -> dict[str, Located[SpecFile]]:
    by_name: dict[str, Located[SpecFile]] = {}
    for spec_file in spec_files:
        name = getattr(spec_file.value, name_key)
        first = by_name.setdefault(name, spec_file)
        if first is not spec_file:
            report.error(
                "duplicate-name",
                f'{name_key} "{name}" is defined twice',
                spec_file.place.at(name_key),
                help=f"choose another name: {first.place.file} already has this one",
            )
    return by_name
