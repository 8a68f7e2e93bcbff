"""The kinds of spec files: one row each."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

import jsonschema_rs
import msgspec

from guidewright.schema.agent import Agent
from guidewright.schema.fields import SpecStruct
from guidewright.schema.gateway import Gateway
from guidewright.schema.provider import Provider
from guidewright.schema.site import Site


@dataclass(frozen=True)
class Kind:
    """A kind of spec file.

    Attributes:
        name: what the kind is called on the command line and in messages.
        pattern: which files of the spec folder are of this kind.
        struct: what such a file may say.
    """

    name: str
    pattern: str
    struct: type[SpecStruct]

    @cached_property
    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema (draft 2020-12) of such a file."""
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(self.struct)}

    @cached_property
    def validator(self) -> jsonschema_rs.Draft202012Validator:
        """Finds every error of an invalid file."""
        return jsonschema_rs.Draft202012Validator(self.json_schema)


KINDS = (
    Kind("site", "site.yaml", Site),
    Kind("gateway", "gateways/*.yaml", Gateway),
    Kind("provider", "providers/*.yaml", Provider),
    Kind("agent", "agents/*.yaml", Agent),
)


def kind_of(path: PurePosixPath) -> Kind | None:
    """The kind of a file by its path below the spec folder, or None where nothing is read from there."""
    return next(
        (kind for kind in KINDS if len(path.parts) == kind.pattern.count("/") + 1 and path.match(kind.pattern)), None
    )
