"""Records on their way in: what a reader of any format found, before it is a record of the list.

Every way in (an imported list, a bibliography, a resolver, a submitted form) ends in drafts; every
way on (checking them, showing them as YAML, writing them into the list) begins with them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from catalog.model.findings import Fault
from catalog.model.names import PersonName, parse_name
from catalog.model.records import Paper
from catalog.model.types import Value
from catalog.model.validation_errors import to_faults


@dataclass(frozen=True, slots=True)
class Source:
    """Where a draft came from: a place in a file, or the address that it was fetched from."""

    file: str | None = None
    line: int | None = None
    """From 1, in `file`."""
    address: str | None = None

    def __str__(self) -> str:
        """Return the place as a message shows it: `refs.bib:12`, or the address."""
        if self.file is None:
            return self.address or "?"
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A record on its way in.

    `values` are the raw values of `Paper`'s fields, as `store.yaml` reads them: every scalar
    is text (`"2024"`, `"true"`), authors are plain names or mappings with the parts. A field that
    was not shown is absent, never "". `doubts` gives, for a field that was guessed, one line that
    says why; the YAML shows it as a comment. A draft may lack `key` and `sections`: see
    `catalog.model.citation_keys`, and the options of the command that made it.
    """

    values: Mapping[str, Value]
    doubts: Mapping[str, str] = field(default_factory=dict)
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Validated:
    """What the models say of a draft: `paper`, or else the `faults` for which there is none.

    The path of a fault leads from the record to the value: `("links", "pdf")`.
    """

    draft: Draft
    paper: Paper | None
    faults: tuple[Fault, ...] = ()


def validate(drafts: Iterable[Draft]) -> tuple[Validated, ...]:
    """Validate each draft with the models: one result per draft, in the same order.

    The rules across records (unknown venues, duplicates) are not looked at.
    """
    return tuple(map(_validate, drafts))


def _validate(draft: Draft) -> Validated:
    try:
        return Validated(draft, Paper.model_validate(dict(draft.values)))
    except ValidationError as error:
        return Validated(draft, None, tuple(to_faults(error.errors(include_url=False))))


def to_values(record: BaseModel) -> dict[str, Value]:
    """Return the raw values of a record in the order of its model: what `validate` reads back.

    Only fields that were given are there; names take their shortest form that is split right.
    """
    return {
        name: _to_value(getattr(record, name))
        for name in type(record).model_fields
        if name in record.model_fields_set and getattr(record, name) is not None
    }


def _to_value(part: Any) -> Value:  # noqa: ANN401 - a field of any model
    if isinstance(part, PersonName):
        return to_name_value(part)
    if isinstance(part, BaseModel):
        return to_values(part)
    if isinstance(part, Mapping):
        return {str(name): _to_value(value) for name, value in part.items()}
    if isinstance(part, tuple):
        return [_to_value(item) for item in part]
    return str(part).lower() if isinstance(part, bool) else str(part)


def to_name_value(name: PersonName) -> Value:
    """Return a name in its shortest form that `parse_name` reads without doubt.

    `Ada Example`; else `van der Berg, Carla`; else the parts by name.
    """
    if name.literal is None:
        for plain in (name.display, name.inverted):
            if plain.count(",") <= 2 and _is_read_as(plain, name):
                return plain
    return {part: value for part, value in asdict(name).items() if value is not None}


def _is_read_as(plain: str, name: PersonName) -> bool:
    parts = [part.strip() for part in plain.split(",")]
    if not all(parts) or plain != " ".join(plain.split()):
        return False
    parsed = parse_name(plain)
    return parsed == name and parsed.doubt is None


def sift(draft: Draft) -> Draft:
    """Leave out what no record can hold, and say so in a doubt."""
    (answer,) = validate([replace(draft, values={**draft.values, "key": "unnamed"})])
    values, doubts = dict(draft.values), dict(draft.doubts)
    for fault in answer.faults:
        name = str(fault.path[0]) if fault.path else ""
        if name in values and name not in ("key", "title"):
            doubts[name] = f"left out: {fault.message}"
            del values[name]
    return replace(draft, values=values, doubts=doubts)
