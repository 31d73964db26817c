"""Which field each column of a table becomes: by its name, by its values, or as the owner says.

    mapping = infer_columns(rows, {"note": "My notes"})
    mapping.fields["Autoren"]  # "authors"

Column names are compared folded, in the languages and the spellings that sheets have.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TypeAlias, Union

from catalog.errors import UsageError
from catalog.text.folding import fold, slugify
from catalog.text.spelling import find_nearest

Cell: TypeAlias = Union[str, "list[Cell]", "dict[str, Cell]"]
Row: TypeAlias = Mapping[str, Cell]


@cache
def _read_names() -> dict[str, list[str]]:
    """Return the names of columns by field, from `columns.txt`."""
    table = resources.files("catalog.importers.bibliography").joinpath("columns.txt")
    lines = [line for line in table.read_text("utf-8").splitlines() if line and line[0] != "#"]
    pairs = [line.partition("|")[::2] for line in lines]
    return {
        field_.strip(): [name.strip() for name in names.split(";") if name.strip()]
        for field_, names in pairs
    }


@cache
def _by_name() -> dict[str, str]:
    return {name: field_ for field_, names in _read_names().items() for name in names}


_PARTS = ("first_page", "last_page", "article")
"""Parts of a field, which no one maps by hand."""


def list_fields() -> list[str]:
    """Return the fields that `--map FIELD=COLUMN` may name, besides `facets.ID`."""
    return [name for name in _read_names() if name not in _PARTS]


_SEVERAL = frozenset(["venue", "tags", "url", "names", "date", "doi"])
"""Fields that several columns may fill: `Publication Title` and `Conference Name`."""
_PRIVATE = re.compile(
    r"\b(?:notes?|status|read|rating|priority|done|assigned|reviewer|comments?|progress|todo|reading"
    r"|thumbnail|added|created|modified|updated|access|attachments?|score|last edited|file)\b"
)
"""Columns of the reader's own: not published unless mapped."""
_URL = re.compile(r"https?://", re.IGNORECASE)
_LONGEST_VALUE, _FEWEST_ROWS, _MOST_DISTINCT = 60, 4, 0.5
"""A column is a facet when its values are short and come again: half as many values as rows."""


@dataclass(slots=True)
class ColumnMapping:
    """The field of each column that is read, and the open facets by id; the rest is left out."""

    fields: dict[str, str] = field(default_factory=dict)
    facets: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def describe(self) -> str:
        """Return the mapping in one line."""
        shown = [f"{name} = {column}" for column, name in self.fields.items()]
        shown += [f"facets.{id_} = {column}" for column, id_ in self.facets.items()]
        rest = f"; not read: {', '.join(self.left_out)}" if self.left_out else ""
        return f"columns: {', '.join(shown)}{rest} (change with --map FIELD=COLUMN)"


def flatten(row: Row, before: str = "") -> dict[str, Cell]:
    """Return a row with the columns of inner mappings by their path: `urls.paper`."""
    flat: dict[str, Cell] = {}
    for name, value in row.items():
        path = f"{before}{name}"
        if isinstance(value, dict):
            flat.update(flatten(value, f"{path}."))
        else:
            flat[path] = value
    return flat


def infer_columns(rows: Sequence[Row], given: Mapping[str, str] | None = None) -> ColumnMapping:
    """Return which field each column becomes; `given` are columns by field, as `--map` names them.

    Raises `UsageError` for a column that the table does not have, or an unknown field.
    """
    columns = list(dict.fromkeys(name for row in rows for name in row))
    mapping = ColumnMapping()
    _apply_given(mapping, columns, given or {})
    wanted = {column: _guess(column, rows) for column in columns if column not in mapping.fields}
    _settle_title(wanted, mapping, rows)
    for column, name in sorted(wanted.items(), key=lambda item: _precedence(*item)):
        if column in mapping.facets or column in mapping.left_out:
            continue
        if name is not None and (name not in mapping.fields.values() or name in _SEVERAL):
            mapping.fields[column] = name
        elif _is_facet(column, rows):
            mapping.facets[column] = slugify(column.rpartition(".")[2]) or "facet"
        elif any(row.get(column) for row in rows):
            mapping.left_out.append(column)
    if "venue" not in mapping.fields.values():
        _take_publisher_for_venue(mapping)
    return mapping


def _apply_given(mapping: ColumnMapping, columns: Sequence[str], given: Mapping[str, str]) -> None:
    for name, column in given.items():
        known = column if column in columns else _find_folded(column, columns)
        if known is None:
            nearest = find_nearest(column, columns)
            hint = f"Did you mean {nearest!r}?" if nearest else f"Columns: {', '.join(columns)}"
            raise UsageError(f"--map {name}={column}: there is no column {column!r}. {hint}")
        if name.startswith("facets."):
            mapping.facets[known] = slugify(name.removeprefix("facets.")) or "facet"
        elif name in ("none", "-"):
            mapping.left_out.append(known)
        elif name in list_fields():
            mapping.fields[known] = name
        else:
            nearest = find_nearest(name, list_fields())
            hint = (
                f"Did you mean {nearest!r}?" if nearest else f"Fields: {', '.join(list_fields())}"
            )
            raise UsageError(f"--map {name}={column}: {name!r} is not a field. {hint}")


def _find_folded(column: str, columns: Iterable[str]) -> str | None:
    return next((each for each in columns if fold(each) == fold(column)), None)


def _guess(column: str, rows: Sequence[Row]) -> str | None:
    """Return the field that a column's name means, `urls.code` by its last part too."""
    values = [row[column] for row in rows if row.get(column)]
    has_urls = bool(values) and sum(_is_url(value) for value in values) * 2 > len(values)
    names = [fold(column), fold(column.rpartition(".")[2])]
    guessed = next((_by_name()[name] for name in names if name in _by_name()), None)
    if guessed in ("title", "venue", "names", "number", "section", "publisher") and has_urls:
        return "url"
    if guessed in _LINKS and values and not has_urls:
        return None  # `Code: yes`, `Model: Llama`
    return guessed


_LINKS = frozenset(
    ["url", "pdf", "code", "project", "data", "model", "demo", "video", "slides", "poster", "blog"]
)


def find_field(label: str) -> str | None:
    """Return the field that a name means, if any."""
    return _by_name().get(fold(label))


def _is_url(value: Cell) -> bool:
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):  # `{name: Code, url: https://…}`
        return any(isinstance(text, str) and _URL.match(text.strip()) for text in first.values())
    return isinstance(first, str) and _URL.match(first.strip()) is not None


def _precedence(column: str, name: str | None) -> int:
    """Return the place of a column among those for one field: `Author full names` is the first."""
    names = _read_names().get(name or "", [])
    folded = [fold(column), fold(column.rpartition(".")[2])]
    return min((names.index(one) for one in folded if one in names), default=len(names))


def _settle_title(
    wanted: dict[str, str | None], mapping: ColumnMapping, rows: Sequence[Row]
) -> None:
    """Keep one column of titles: `Title` before `Name`, and then the name is a nickname."""
    titles = [column for column, name in wanted.items() if name == "title"]
    if "title" in mapping.fields.values():
        best = None
    else:
        order = list(_by_name())
        best = min(
            titles, key=lambda column: order.index(fold(column.rpartition(".")[2])), default=None
        )
    for column in titles:
        if column != best:
            is_name = fold(column) in ("name", "paper name") and any(
                row.get(column) for row in rows
            )
            wanted[column] = "names" if is_name else None
    keys = [column for column, name in wanted.items() if name == "key"]
    for column in keys[1:]:
        wanted[column] = None


def _is_facet(column: str, rows: Sequence[Row]) -> bool:
    """Return whether a column without a field is a facet: lists, or short repeated values."""
    values = [row[column] for row in rows if row.get(column)]
    if not values or _PRIVATE.search(fold(column)) or any(map(_is_url, values)):
        return False
    if all(isinstance(value, list) for value in values):
        return all(_is_short(item) for value in values for item in value)
    distinct = {value for value in values if isinstance(value, str)}
    is_repeated = len(distinct) <= _MOST_DISTINCT * len(values)
    return len(values) >= _FEWEST_ROWS and is_repeated and all(map(_is_short, distinct))


def _is_short(value: Cell) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_VALUE and "\n" not in value


def _take_publisher_for_venue(mapping: ColumnMapping) -> None:
    """Lists of papers call the venue `publisher` where they have no other column for it."""
    column = next((c for c, name in mapping.fields.items() if name == "publisher"), None)
    if column is not None:
        mapping.fields[column] = "venue"
