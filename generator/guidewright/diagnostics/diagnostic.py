"""The values a finding is made of. They hold data only: renderers decide how a finding looks."""

import enum
from dataclasses import dataclass


class Severity(enum.StrEnum):
    """How bad a finding is: an error stops the build, a warning is only shown."""

    ERROR = "error"
    WARNING = "warning"


class Aim(enum.StrEnum):
    """Which end of a ``key: value`` pair a place points at."""

    KEY = "key"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line of a text file.

    Attributes:
        line: 1-based.
        column: 1-based, counted in code points.
        length: in code points; at least 1.
    """

    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: a file, and either a route of YAML keys into it or a span.

    A route keeps the model free of text positions: it becomes line and column only when the finding is shown.

    Attributes:
        file: path relative to the project root, with forward slashes.
        route: keys and list indices from the document's root to the node.
        aim: whether the key or the value at the end of the route is meant.
        token: the part of the value, or of the line that ``span`` is in, that is guilty; empty means all of it.
        context: a line of the value; the token is the first behind its start. Empty means the value's start.
        span: the position, where it is already known (a syntax error, a template).
        line_text: the line itself, where the file is not on disk.
    """

    file: str
    route: tuple[str | int, ...] = ()
    aim: Aim = Aim.VALUE
    token: str = ""
    context: str = ""
    span: Span | None = None
    line_text: str = ""

    def at(self, *keys: str | int, token: str = "") -> "Place":
        """The place of a value further down the same file."""
        return Place(self.file, (*self.route, *keys), token=token)

    def key(self) -> "Place":
        """The place of the key that leads to this value."""
        return Place(self.file, self.route, Aim.KEY)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    Attributes:
        code: stable kebab-case name of the bad pattern, never of its remedy (``unknown-key``).
        headline: one short sentence, no final full stop.
        place: where it is.
        help: an instruction that can be followed literally; empty where there is none.
        severity: whether it stops the build.
        origin: what a generated text was made from: a line of a template, or a place in the spec.
    """

    code: str
    headline: str
    place: Place
    help: str = ""
    severity: Severity = Severity.ERROR
    origin: Place | None = None
