"""What pydantic found wrong with a record, as faults in the list's own words."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from functools import cache

from pydantic_core import ErrorDetails

from catalog.model.findings import Code, Fault, FieldPath, Fix, quote
from catalog.model.names import PersonName
from catalog.model.records import (
    ANY_TAG,
    BIBTEX_FIELD_PATTERN,
    KEY_PATTERN,
    KEY_TAG,
    RECORD_TAG,
    SLUG_PATTERN,
    Facet,
    Head,
    Licence,
    LinkKind,
    Paper,
    Record,
    Section,
    Settings,
    Survey,
    SurveyLinks,
    Venue,
)
from catalog.text.spelling import Speller

_UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")
"""Pydantic's names of a field that does not exist: in a record, in a name."""
_AT_KEY = "[key]"
"""The last step of pydantic's path to a mapping's key that does not fit."""

_PATTERNS = {
    KEY_PATTERN: (
        Code.KEY_INVALID,
        "is not a citation key",
        "Use at most 100 ASCII letters, digits and _.- such as smith2024things",
    ),
    SLUG_PATTERN: (
        Code.ID_INVALID,
        "is not an id",
        "Use lower-case ASCII words joined by hyphens, such as vision-models",
    ),
    BIBTEX_FIELD_PATTERN: (
        Code.BIBTEX_FIELD_INVALID,
        "is not a BibTeX field name",
        "Use lower-case ASCII letters, digits and hyphens, such as eprint",
    ),
}
_NO_LINE = (
    Code.LINE_INVALID,
    "is not a single line of text",
    "Remove line breaks, tabs and spaces at its ends",
)
_NUMBERS = {
    "year": (Code.YEAR_INVALID, "is not a year", "Write four digits, such as 2024"),
    "month": (Code.MONTH_INVALID, "is not a month", "Write a number from 1 to 12"),
}


def to_faults(details: Iterable[ErrorDetails]) -> Iterator[Fault]:
    """Turn pydantic's errors into faults; their paths lead from the record.

    A field that is missing because its name is misspelt is one fault.
    """
    details = list(details)
    meant = find_meant(details)
    for item in details:
        if item["type"] != "missing" or path_to(item) not in meant:
            yield _to_fault(item)


def find_meant(details: Iterable[ErrorDetails]) -> frozenset[FieldPath]:
    """Return the paths of the fields for which misspelt ones were meant."""
    paths = [path_to(item) for item in details if item["type"] in _UNKNOWN]
    nearest = ((*path[:-1], _nearest_field(path)) for path in paths)
    return frozenset(path for path in nearest if path[-1])


def path_to(item: ErrorDetails) -> FieldPath:
    """Return the path to the value that does not fit, without pydantic's own steps."""
    steps = item["loc"][:-1] if item["loc"][-1:] == (_AT_KEY,) else item["loc"]
    return tuple(step for step in steps if step not in (RECORD_TAG, KEY_TAG, ANY_TAG))


def _to_fault(item: ErrorDetails) -> Fault:
    kind = item["type"]
    if "-" in kind:
        hint = item.get("ctx", {}).get("hint", "Write a name, or {given: …, family: …}")
        return replace(_fault(item, Code(kind), item["msg"], hint), fix=_find_fix(item))
    explainer = _EXPLAINERS.get(kind) or _EXPLAINERS.get(kind.partition("_")[0], _explain_shape)
    return explainer(item)


def _find_fix(item: ErrorDetails) -> Fix | None:
    """Return the identifier that is in another form; only for one of a record itself."""
    path, value = path_to(item), item.get("ctx", {}).get("fix")
    return (str(path[0]), str(value)) if value and len(path) == 1 else None


def _fault(item: ErrorDetails, code: Code, message: str, hint: str | None) -> Fault:
    at_key = item["loc"][-1:] == (_AT_KEY,) or code is Code.FIELD_UNKNOWN
    return Fault(code, message, hint, path=path_to(item), at_key=at_key)


def _name(item: ErrorDetails) -> str:
    """Return the name of the field that does not fit, `record` for a whole record."""
    return next((step for step in reversed(path_to(item)) if isinstance(step, str)), "record")


def _subject(item: ErrorDetails) -> str:
    """Return what a message is about: the field or its item, with the value when it is text."""
    path, value = path_to(item), item["input"]
    if item["loc"][-1:] == (_AT_KEY,):
        return quote(str(value))
    name = _name(item)
    subject = f"item {path[-1] + 1} of {name}" if path and isinstance(path[-1], int) else name
    return f"{subject} {quote(value)}" if isinstance(value, str) else subject


def _explain_unknown(item: ErrorDetails) -> Fault:
    name = _name(item)
    path = path_to(item)
    hint = _find_foreign(path, item["input"]) or _did_you_mean(_nearest_field(path))
    message = f"unknown field {quote(name)}"
    otherwise = "Delete it; `catalog schema` lists the fields"
    return _fault(item, Code.FIELD_UNKNOWN, message, hint or otherwise)


def _explain_missing(item: ErrorDetails) -> Fault:
    name = _name(item)
    return _fault(item, Code.FIELD_MISSING, f"missing field {quote(name)}", f"Add `{name}: …`")


def _explain_choice(item: ErrorDetails) -> Fault:
    choices = item["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
    value = item["input"]
    nearest = Speller(choices).nearest(value) if isinstance(value, str) else None
    hint = _did_you_mean(nearest) or "Use one of " + ", ".join(choices)
    if item["loc"][-1:] == (_AT_KEY,):
        return _fault(
            item, Code.LINK_KIND_UNKNOWN, f"{_subject(item)} is not a known link type", hint
        )
    return _fault(item, Code.CHOICE_UNKNOWN, f"{_subject(item)} is not a known value", hint)


def _explain_pattern(item: ErrorDetails) -> Fault:
    code, message, hint = _PATTERNS.get(item["ctx"]["pattern"], _NO_LINE)
    return _fault(item, code, f"{_subject(item)} {message}", hint)


def _explain_length(item: ErrorDetails) -> Fault:
    most = item["ctx"]["max_length"]
    return _fault(
        item, Code.ID_INVALID, f"{_subject(item)} is too long", f"Use at most {most} characters"
    )


def _explain_number(item: ErrorDetails) -> Fault:
    code, message, hint = _NUMBERS[_name(item)]
    return _fault(item, code, f"{_subject(item)} {message}", hint)


def _explain_date(item: ErrorDetails) -> Fault:
    message = f"{_subject(item)} is not a date"
    return _fault(item, Code.DATE_INVALID, message, "Write it as 2025-12-31")


def _explain_boolean(item: ErrorDetails) -> Fault:
    message = f"{_subject(item)} is neither true nor false"
    return _fault(item, Code.BOOLEAN_INVALID, message, "Write true, or delete the line")


def _explain_empty(item: ErrorDetails) -> Fault:
    message = f"{_subject(item)} is empty"
    return _fault(item, Code.VALUE_EMPTY, message, "Add at least one item")


def _explain_list(item: ErrorDetails) -> Fault:
    value, name = item["input"], _name(item)
    # Only a short value is repeated in the hint.
    shown = value if isinstance(value, str) and len(value) <= 80 else "…"
    return _fault(
        item,
        Code.VALUE_SHAPE,
        f"{_subject(item)} must be a list",
        f"Write {name}: [{_split(name, shown)}]",
    )


def _explain_text(item: ErrorDetails) -> Fault:
    message = f"{_subject(item)} must be text, not a list or mapping"
    return _fault(
        item, Code.VALUE_SHAPE, message, "Quote it if it contains a colon or begins with [ or {"
    )


def _explain_shape(item: ErrorDetails) -> Fault:
    if _name(item) == "authors":
        message, hint = "must be text or a mapping", "Write a name, or {given: …, family: …}"
    else:
        message, hint = "must be a mapping of names to values", "Write one `name: value` per line"
    return _fault(item, Code.VALUE_SHAPE, f"{_subject(item)} {message}", hint)


# By pydantic's type of error, or by the first word of it.
_EXPLAINERS: dict[str, Callable[[ErrorDetails], Fault]] = {
    **dict.fromkeys(_UNKNOWN, _explain_unknown),
    "missing": _explain_missing,
    "enum": _explain_choice,
    "string_pattern_mismatch": _explain_pattern,
    "string_too_long": _explain_length,
    "string_type": _explain_text,
    "int": _explain_number,
    "greater_than_equal": _explain_number,
    "less_than_equal": _explain_number,
    "date": _explain_date,
    "bool": _explain_boolean,
    "too_short": _explain_empty,
    "tuple_type": _explain_list,
    "model_type": _explain_shape,
    "dict_type": _explain_shape,
}


def _fields_at(path: FieldPath) -> tuple[str, ...]:
    """Return the fields of the mapping to which `path` leads, from a record or from papers.yaml."""
    names = [step for step in path if isinstance(step, str)]
    if names[-2:] == ["survey", "links"]:
        return tuple(SurveyLinks.model_fields)
    table = next((name for name in reversed(names) if name == "authors" or name in _MODELS), None)
    if table == "authors":
        return tuple(field.name for field in fields(PersonName))
    return tuple(_MODELS[table].model_fields) if table else _OF_ANY_RECORD


_OF_ANY_RECORD = (*Paper.model_fields, *Head.model_fields)
_MODELS: dict[str, type[Record]] = {
    "survey": Survey,
    "licence": Licence,
    "cite": Paper,
    "sections": Section,
    "venues": Venue,
    "facets": Facet,
    "settings": Settings,
}


def _nearest_field(path: FieldPath) -> str:
    return _speller_of(_fields_at(path[:-1])).nearest(str(path[-1])) or ""


@cache
def _speller_of(fields: tuple[str, ...]) -> Speller:
    return Speller(fields)


def _did_you_mean(nearest: str | None) -> str | None:
    return f"Did you mean {nearest!r}?" if nearest else None


# What other tools and first-time writers call a field of the format, or where it belongs.
_FOREIGN = {
    "journal": "Write `venue:` with the short name of a venue, and its full name under `venues:`",
    "eprint": "Write `arxiv:` with the id, such as arxiv: 2401.10000",
    "keywords": "Write `tags: [one, two]`",
    "author": "Write `authors: [Ada Example, Ben Sample]`",
    "issue": "Write `number:`",
    "date": "Write `year:` and `month:`",
    "isbn": "Delete it; the format has no field for it",
    "issn": "Delete it; the format has no field for it",
    "id": "Write `key:`",
    "section": "Write `sections: [id]`",
    "school": "Write `publisher:`, and `type: phdthesis`",
    "institution": "Write `publisher:`, and `type: techreport`",
}
_AT_TOP = {
    "paper": "Write `papers:`, or `links: {paper: …}` below `survey:`",
    "venue": "Write `venues:`, or put the survey's venue below `survey:`",
    "title": "Put it below `survey:`",
    "authors": "Put it below `survey:`",
    "year": "Put it below `survey:`",
    "section": "Write `sections:`",
    "key": "Put the record into the list below `papers:`, as `- key: …`",
}
"""What is written at the top of papers.yaml and belongs elsewhere."""


def _find_foreign(path: FieldPath, value: object) -> str | None:
    """Return what to write in place of a field that another tool or place has."""
    name = str(path[-1])
    if len(path) == 1 and name in _AT_TOP and name not in Paper.model_fields:
        return _AT_TOP[name]
    if name in list(LinkKind) and "links" not in path:
        return f"Write `links: {{{name}: …}}`"
    if name == "url":
        kind = "pdf" if isinstance(value, str) and value.lower().endswith(".pdf") else "page"
        return f"Write `links: {{{kind}: …}}`"
    return _FOREIGN.get(name)


def _split(name: str, shown: str) -> str:
    """Return the names of a line of authors as items: `Ada Example and Ben Sample`."""
    if name not in ("authors", "editors"):
        return shown
    return ", ".join(part.strip() for part in re.split(r"\s+and\s+|;", shown))
