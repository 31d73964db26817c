"""What is wrong with the data, and where: the values that every check returns."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """The catalog cannot be built from this."""
    WARNING = "warning"
    """Worth mending; ends the check with exit code 1 only when it is strict."""


Path = tuple[str | int, ...]
"""The way from the top of a document to a value: `("papers", 3, "links", "pdf")`."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault as a rule sees it: it knows the record and the field, not the file.

    `paper` is the index of the record in `Catalog.papers`; None for a fault outside the records.
    `path` leads from the record (or from the top of papers.yaml) to the value.
    """

    code: str
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR
    paper: int | None = None
    path: Path = ()
    at_key: bool = False
    """The place is the name of the last step in `path`, not its value."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with its place. `line` and `column` count from 1."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    hint: str | None = None
    key: str | None = None
    field: str | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of a report: by place, then by code."""
        return (self.file, self.line, self.column, self.code, self.message)
