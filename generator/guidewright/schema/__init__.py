"""What a spec file may say: one definition decodes it, checks it, and is the JSON Schema that editors get."""

from guidewright.schema.agent import Agent, Route, Variable
from guidewright.schema.decode import Located, Spec, decode
from guidewright.schema.fields import Command, Link, Placeholder, SpecStruct
from guidewright.schema.gateway import CredentialSource, Gateway, GatewayAuth, Surface
from guidewright.schema.island import Claims, Island
from guidewright.schema.kinds import KINDS, Kind
from guidewright.schema.provider import Endpoint, Provider
from guidewright.schema.site import Guide, Index, Site

__all__ = [
    "KINDS",
    "Agent",
    "Claims",
    "Command",
    "CredentialSource",
    "Endpoint",
    "Gateway",
    "GatewayAuth",
    "Guide",
    "Index",
    "Island",
    "Kind",
    "Link",
    "Located",
    "Placeholder",
    "Provider",
    "Route",
    "Site",
    "Spec",
    "SpecStruct",
    "Surface",
    "Variable",
    "decode",
]
