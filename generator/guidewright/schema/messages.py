"""Schema violations in a writer's words."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import jsonschema_rs

from guidewright.diagnostics import Place, Report, did_you_mean, nearest
from guidewright.schema.fields import PLAIN_TEXT_PATTERN
from guidewright.schema.kinds import Kind

_TYPE_NAMES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "nothing",
    "number": "a number",
    "object": "a mapping of keys to values",
    "string": "text",
}


def report_violations(kind: Kind, data: object, place: Place, report: Report) -> None:
    """Report everything in which ``data`` violates the schema of ``kind``.

    Args:
        kind: the kind of spec file that the data comes from.
        data: the decoded YAML.
        place: the root of the file.
        report: receives one finding for each violation.
    """
    found = (inner for error in kind.validator.iter_errors(data) for inner in _within(error))
    errors = sorted(found, key=lambda error: [str(step) for step in error.instance_path])
    misspelt = {
        (tuple(error.instance_path), missing)
        for error in errors
        if error.kind.name == "additionalProperties"
        for missing in _meant_keys(_schema_of(kind, error), error)
    }
    for error in errors:
        # A misspelt key is also a missing one: the "did you mean" says both.
        if (
            error.kind.name != "required"
            or (tuple(error.instance_path), error.kind.as_dict()["property"]) not in misspelt
        ):
            _report_violation(kind, error, place.at(*error.instance_path), report)


def _within(error: jsonschema_rs.ValidationError) -> Iterator[jsonschema_rs.ValidationError]:
    """What is wrong within a mapping or list that may be left out, instead of the news that it is none of its kinds."""
    has_parts = isinstance(error.instance, dict | list) and error.instance
    branches = error.kind.as_dict().get("context", ()) if has_parts else ()
    of_its_type = (branch for branch in branches if not any(_is_of_another_type(inner, error) for inner in branch))
    inner_errors = next(of_its_type, None)
    if inner_errors is None:
        yield error
    else:
        for inner in inner_errors:
            yield from _within(inner)


def _is_of_another_type(inner: jsonschema_rs.ValidationError, outer: jsonschema_rs.ValidationError) -> bool:
    return inner.kind.name == "type" and list(inner.instance_path) == list(outer.instance_path)


def _meant_keys(schema: dict[str, Any], error: jsonschema_rs.ValidationError) -> list[str]:
    known = _unused_keys(schema, error)
    return [meant for key in error.kind.as_dict()["unexpected"] if (meant := nearest(key, known)) is not None]


def _unused_keys(schema: dict[str, Any], error: jsonschema_rs.ValidationError) -> list[str]:
    return [key for key in schema["properties"] if key not in cast("dict[str, object]", error.instance)]


def _report_violation(  # noqa: C901, PLR0912 - a case for each keyword of JSON Schema
    kind: Kind, error: jsonschema_rs.ValidationError, place: Place, report: Report
) -> None:
    schema, violated, keyword = _schema_of(kind, error), error.kind.as_dict(), error.kind.name
    text = next((branch for branch in schema.get("anyOf", ()) if branch.get("type") == "string"), None)
    if keyword == "anyOf" and text is not None:
        # It may be left out, and where it is not, it must be of this form.
        form = "pattern" if "pattern" in text else "minLength"
        schema, keyword = schema | text, form if isinstance(error.instance, str) else "type"
    match keyword:
        case "additionalProperties":
            known = _unused_keys(schema, error)
            for key in violated["unexpected"]:
                report.error("unknown-key", f'unknown key "{key}"', place.at(key).key(), help=did_you_mean(key, known))
        case "required":
            missing = violated["property"]
            described = schema["properties"][missing].get("description", "")
            report.error("missing-key", f'missing key "{missing}"', place.key(), help=f"add it. {missing}: {described}")
        case "anyOf" if error.instance in ([], {}):
            report.error("empty-value", "value is empty", place, help=_example(schema))
        case "type" | "anyOf":
            report.error(
                "wrong-type",
                f"expected {_expected(kind, schema)}, found {_found(error.instance)}",
                place,
                help=_type_help(schema, error.instance),
            )
        case "enum":
            options = [str(option) for option in violated["options"]]
            report.error(
                "unknown-value",
                f'unknown value "{error.instance}"',
                place,
                help=did_you_mean(str(error.instance), options),
            )
        case "pattern":
            if "\n" in str(error.instance):
                report.error("line-break", "no line break can stand here", place, help="write it on one line")
                return
            if not str(error.instance).strip():
                report.error("empty-value", "value is empty", place, help=_example(schema))
                return
            if schema["pattern"] == PLAIN_TEXT_PATTERN:
                guilty = replace(place, token="{{")  # noqa: S106 - not a password
                report.error("misplaced-reference", "no reference can stand here", guilty, help="write the text itself")
                return
            report.error(
                "malformed-value", f'malformed value "{_shortened(error.instance)}"', place, help=_form(schema)
            )
        case "propertyNames":
            key = str(violated["error"].instance)
            report.error("malformed-key", f'malformed key "{_shortened(key)}"', place.at(key).key(), help=_form(schema))
        case "minLength" | "minItems" | "minProperties":
            report.error("empty-value", "value is empty", place, help=_example(schema))
        case "minimum":
            report.error("number-too-small", f"{error.instance} is less than {violated['limit']}", place)
        case _:
            report.error("invalid-value", error.message, place, help=_example(schema))


def _schema_of(kind: Kind, error: jsonschema_rs.ValidationError) -> dict[str, Any]:
    """The schema object that holds the violated keyword."""
    schema: Any = kind.json_schema
    for step in error.schema_path[:-1]:
        schema = schema[step]
    return schema  # type: ignore[no-any-return]  # JSON is untyped


def _expected(kind: Kind, schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return _expected(kind, kind.json_schema["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        # "nothing" means that the key may be left out, which is no way to write a value.
        options = [_expected(kind, option) for option in schema["anyOf"] if option.get("type") != "null"]
        return " or ".join(dict.fromkeys(options))
    return _TYPE_NAMES[schema["type"]] if "type" in schema else "one of " + ", ".join(schema["enum"])


def _found(instance: object) -> str:
    match instance:
        case None:
            return "nothing"
        case bool():
            return f"the truth value {str(instance).lower()}"
        case int() | float():
            return f"the number {_shortened(instance)}"
        case str():
            return f'the text "{_shortened(instance)}"'
        case list():
            return "a list"
        case _:
            return "a mapping of keys to values"


def _type_help(schema: dict[str, Any], instance: object) -> str:
    if schema.get("type") == "string" and isinstance(instance, bool | int | float):
        return "put the value in quotes"
    return _example(schema)


def _form(schema: dict[str, Any]) -> str:
    return " ".join(filter(None, [schema.get("description", ""), _example(schema)]))


def _example(schema: dict[str, Any]) -> str:
    examples = schema.get("examples", [])
    if not examples:
        return ""
    example = examples[0]
    # JSON is YAML too.
    shown = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)
    return f"For example: {shown}"


def _shortened(value: object, limit: int = 60) -> str:
    text = str(value)
    return text if len(text) <= limit else text[:limit] + "…"
