"""The JSON Schemas that editors get: fresh, documented, and true of the spec that guidewright ships."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from ruamel.yaml import YAML

from conftest import REPOSITORY
from guidewright.schema import KINDS
from project import Project

SPEC = REPOSITORY / "spec"
SCHEMAS = SPEC / "schema"
KIND_NAMES = [kind.name for kind in KINDS]
SPEC_FILES = {
    path.relative_to(REPOSITORY).as_posix(): kind.name for kind in KINDS for path in sorted(SPEC.glob(kind.pattern))
}
FIRST_LINE = "# yaml-language-server: $schema="


def committed(kind: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{kind}.json").read_text(encoding="utf-8"))
    return schema


def fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that a spec file may have, and every pattern that its keys must have, with its schema."""
    for struct, definition in schema["$defs"].items():
        for key, field in definition["properties"].items():
            yield f"{struct}.{key}", field
            if "propertyNames" in field:
                yield f"{struct}.{key} (its keys)", field["propertyNames"]


def options(field: dict[str, Any]) -> list[dict[str, Any]]:
    """What a value may be, apart from being left out."""
    return [option for option in field.get("anyOf", [field]) if option.get("type") != "null"]


def is_struct(field: dict[str, Any]) -> bool:
    """Whether a value has keys of its own, which are documented where it is defined."""
    return all("$ref" in option for option in options(field))


def annotations(field: dict[str, Any], name: str) -> list[object]:
    """A keyword's values at the field itself or at what it may be."""
    return [found[name] for found in (field, *options(field)) if found.get(name)]


def test_a_schema_for_each_kind() -> None:
    assert sorted(path.name for path in SCHEMAS.iterdir()) == sorted(f"{kind}.json" for kind in KIND_NAMES)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_committed_schema_is_fresh(kind: str, tmp_path: Path) -> None:
    result = Project(tmp_path).run("schema", kind)
    assert (result.code, result.stderr) == (0, "")
    is_fresh = (SCHEMAS / f"{kind}.json").read_bytes() == result.stdout.encode()
    assert is_fresh, f"spec/schema/{kind}.json is not what `guidewright schema {kind}` prints: run `make schema`"


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_is_a_draft_2020_12_schema(kind: str) -> None:
    schema = committed(kind)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema_rs.meta.validate(schema)
    jsonschema_rs.Draft202012Validator(schema)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_key_is_described(kind: str) -> None:
    schema = committed(kind)
    assert [name for name, field in fields(schema) if not annotations(field, "description")] == []
    assert [name for name, definition in schema["$defs"].items() if not definition.get("description")] == []


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_value_has_an_example(kind: str) -> None:
    found = list(fields(committed(kind)))
    assert found
    assert [name for name, field in found if not is_struct(field) and not annotations(field, "examples")] == []


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_example_is_valid(kind: str) -> None:
    schema = committed(kind)
    wrong = []
    for name, field in fields(schema):
        for place in (field, *options(field)):
            validator = jsonschema_rs.Draft202012Validator({**place, "$defs": schema["$defs"]})
            wrong += [(name, example) for example in place.get("examples", []) if not validator.is_valid(example)]
    assert wrong == []


def test_every_spec_file_has_a_kind() -> None:
    found = {path.relative_to(REPOSITORY).as_posix() for path in SPEC.rglob("*.y*ml")}
    assert found == set(SPEC_FILES)
    assert set(SPEC_FILES.values()) == set(KIND_NAMES)


@pytest.mark.parametrize("file", SPEC_FILES)
def test_first_line_leads_editors_to_the_schema(file: str) -> None:
    path = REPOSITORY / file
    first, _, _ = path.read_text(encoding="utf-8").partition("\n")
    assert first.startswith(FIRST_LINE)
    target = (path.parent / first.removeprefix(FIRST_LINE)).resolve()
    assert target == SCHEMAS / f"{SPEC_FILES[file]}.json"
    assert target.is_file()


@pytest.mark.parametrize("file", SPEC_FILES)
def test_spec_file_is_valid(file: str) -> None:
    data = YAML(typ="safe").load((REPOSITORY / file).read_text(encoding="utf-8"))
    errors = jsonschema_rs.Draft202012Validator(committed(SPEC_FILES[file])).iter_errors(data)
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_schema_refuses_unknown_keys(kind: str) -> None:
    """A schema that accepts everything would let the tests above pass."""
    assert all(definition["additionalProperties"] is False for definition in committed(kind)["$defs"].values())
