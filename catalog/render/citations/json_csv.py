"""JSON and CSV with every field of the records, for programs and spreadsheets."""

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import Any

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.render.citations.entries import name_venue
from catalog.render.citations.options import DEFAULT, Options

SEPARATOR = "; "
"""Between the values of a cell that holds several."""

# A cell that begins with a sign of a formula, behind apostrophes and spaces: `=SUM(A1)`, `' +1`.
# The wide forms of the signs count in some languages of Excel.
_FORMULA = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")

_DERIVED = ("venue_name", "url", "groups")
COLUMNS = (*Paper.model_fields, *_DERIVED)
"""A column for each field of a record, then what follows from it.

That is the venue's full name, the best address, and which authors and editors are groups:
`Things, Inc.` would be read as a family name and a given one.
"""


def to_record(catalog: Catalog, paper: Paper, options: Options = DEFAULT) -> dict[str, Any]:
    """Return the record as papers.yaml has it, with its `type` and its best address as `url`.

    Fields that it lacks are left out; the model reads the others back.
    """
    authors = paper.authors[: options.max_authors]
    update = {
        "type": catalog.entry_type(paper),
        "authors": authors,
        "more_authors": paper.more_authors or len(authors) < len(paper.authors),
    }
    record = paper.model_copy(update=update).model_dump(mode="json", exclude_defaults=True)
    return record if paper.url is None else record | {"url": paper.url}


def to_json(catalog: Catalog, paper: Paper, options: Options = DEFAULT) -> str:
    """Write one record as a line of JSON."""
    return dump(to_record(catalog, paper, options))


def to_row(catalog: Catalog, paper: Paper, options: Options = DEFAULT) -> dict[str, str]:
    """Return the cells of one paper by column, "" for what it lacks."""
    record = to_record(catalog, paper, options)
    record["authors"] = [name.inverted for name in paper.authors[: options.max_authors]]
    record["editors"] = [name.inverted for name in paper.editors]
    people = (*paper.authors, *paper.editors)
    groups = [name.literal for name in people if name.literal is not None]
    derived = {"venue_name": name_venue(catalog, paper), "groups": groups or None}
    return {column: _write_cell(value) for column, value in _in_columns(record | derived)}


def to_csv(catalog: Catalog, paper: Paper, options: Options = DEFAULT) -> str:
    """Write one paper as a row of CSV (RFC 4180, but for the line feed at its end).

    A cell that a spreadsheet would take for a formula stands behind an apostrophe.
    """
    return write_row(map(_guard, to_row(catalog, paper, options).values()))


def write_row(cells: Iterable[str]) -> str:
    """Write one row of CSV."""
    row = io.StringIO()
    csv.writer(row, lineterminator="\n").writerow(cells)
    return row.getvalue()


def _guard(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run: `=HYPERLINK(…)`, `+1`, `@SUM(…)`.

    It goes before other apostrophes too, so that a reader gets the text back: where apostrophes
    lead to such a sign, one is taken away. Source:
    https://owasp.org/www-community/attacks/CSV_Injection.
    """
    return f"'{cell}" if cell and _FORMULA.match(cell) else cell


def dump(value: object) -> str:
    """Write JSON on one line, letters as they are."""
    return _encode(value)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def _in_columns(record: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(column, record.get(column)) for column in COLUMNS]


def _write_cell(value: Any) -> str:  # noqa: ANN401 - what JSON can hold
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return SEPARATOR.join(f"{name}={_write_cell(part)}" for name, part in value.items())
    if isinstance(value, list):
        return SEPARATOR.join(map(_write_cell, value))
    return str(value)
