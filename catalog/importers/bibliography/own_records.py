"""The CSV, JSON and YAML of a list of this package, read back field by field.

Their values are those of records: nothing in them is inferred, cleaned or guessed.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from catalog.importers.bibliography.columns import Cell
from catalog.importers.bibliography.entries import Entry
from catalog.importers.bibliography.result import Bibliography, Rejected
from catalog.model import extensions
from catalog.model.draft import Source
from catalog.model.names import PersonName, parse_name
from catalog.model.records import EntryType, Paper

LineOf = Callable[[Mapping[str, Cell]], int]

_OWN_COLUMNS = frozenset(["key", "title", "cite_keys", "distinct_from", "venue_name"])
"""Columns that the CSV of `catalog export` has, and no other table."""
_DERIVED = frozenset(["url", "venue_name"])
"""What exports add to the fields of a record."""
_FIELDS = Paper.model_fields.keys() | _DERIVED
_GUARDED = re.compile(r"'+\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""An apostrophe that the CSV has before what a sheet takes for a formula: `'=1+1`, `'@home`."""
_PAIR = re.compile(r"(?:^|; )([a-zA-Z][\w-]*)=")
_PEOPLE = ("authors", "editors")
_TABLES = ("links", "bibtex", "facets")


def is_own_table(columns: Mapping[str, object]) -> bool:
    """Return whether a table in CSV is an export of this package."""
    return columns.keys() >= _OWN_COLUMNS


def is_own_list(value: object) -> bool:
    """Return whether a value of JSON or YAML is a list of this package, or an export of one."""
    if not isinstance(value, Mapping) or not ({"survey", "venues"} & value.keys()):
        return False
    papers = value.get("papers")
    return isinstance(papers, list) and all(map(_is_record, papers))


def _is_record(value: object) -> bool:
    return (
        isinstance(value, Mapping) and {"key", "title"} <= value.keys() and value.keys() <= _FIELDS
    )


def read_own_list(value: Mapping[str, Any], file: str | None, line_of: LineOf) -> Bibliography:
    """Read the papers of a list; its sections and venues give their names."""
    names = {short: row.get("name") for short, row in (value.get("venues") or {}).items()}
    titles = dict(_walk_sections(value.get("sections") or []))
    rows = [
        (line_of(paper), {**paper, "venue_name": names.get(paper.get("venue", ""), "")})
        for paper in value["papers"]
    ]
    return _read_rows(rows, file, titles)


def _walk_sections(sections: Sequence[Any]) -> Iterator[tuple[str, str]]:
    for section in sections:
        yield section["id"], section["title"]
        yield from _walk_sections(section.get("sections") or [])


def read_own_table(
    rows: Sequence[tuple[int, Mapping[str, Cell]]], file: str | None
) -> Bibliography:
    """Read the rows of a CSV, each with its line."""
    return _read_rows([(line, dict(_read_cells(row))) for line, row in rows], file, {})


def _read_cells(row: Mapping[str, Cell]) -> Iterator[tuple[str, Any]]:
    # The apostrophe keeps a spreadsheet from running a cell: `'=1+1`.
    texts = {name: str(cell)[1 if _GUARDED.match(str(cell)) else 0 :] for name, cell in row.items()}
    groups = texts.pop("groups", "").split("; ")
    for name, text in texts.items():
        if not text:
            continue
        if name in _PEOPLE:
            yield name, [_read_name(one, groups) for one in text.split("; ")]
        elif name in _TABLES:
            parts = _PAIR.split(text)[1:]
            yield name, dict(zip(parts[::2], parts[1::2], strict=True))
        else:
            is_list = name in extensions.LISTS or name in ("sections", "distinct_from")
            yield name, text.split("; ") if is_list else text


def _read_name(text: str, groups: Sequence[str]) -> Any:  # noqa: ANN401 - a name as a record has it
    """Read `Example, Ada` or a group; in exports of earlier versions a group has no comma."""
    is_group = text in groups or ("," not in text and " " in text)
    return {"literal": text} if is_group else text


def _read_rows(
    rows: Sequence[tuple[int, Mapping[str, Any]]], file: str | None, titles: Mapping[str, str]
) -> Bibliography:
    found = Bibliography()
    for line, row in rows:
        try:
            entry = _read_record(row, Source(file, line), titles)
        except ValueError as error:
            found.rejected.append(Rejected(line, str(error), str(row.get("title", ""))[:80]))
            continue
        found.facets |= {name: name.capitalize() for name in entry.facets}
        found.add(entry)
    return found


def _read_record(row: Mapping[str, Any], source: Source, titles: Mapping[str, str]) -> Entry:
    """Make an entry of a record. Raises `ValueError` for a name or a type that cannot be one."""
    entry = Entry(source, key=row["key"], container=row.get("venue_name") or row.get("venue"))
    entry.authors += map(_to_name, row.get("authors") or ())
    entry.editors += map(_to_name, row.get("editors") or ())
    entry.more_authors = row.get("more_authors") in ("true", "yes", True)
    entry.kind = EntryType(row["type"]) if row.get("type") else None
    entry.groups = [titles.get(id_, id_) for id_ in row.get("sections") or ()]
    entry.fields = {n: str(row[n]) for n in ("year", "abstract", "added") if row.get(n)}
    if row.get("distinct_from"):
        entry.lists["distinct_from"] = list(row["distinct_from"])
    for name, values in (row.get("facets") or {}).items():
        entry.facets[name] = values if isinstance(values, list) else values.split("; ")
    entry.extensions = dict(_list_extensions(row))
    if row.get("figures"):
        entry.leave_out("figures", str(row["figures"]))
    return entry


def _list_extensions(row: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for name in (*extensions.TEXTS, *extensions.LISTS):
        value = row.get(name)
        if value and name != "type":
            yield name, list(map(str, value)) if isinstance(value, list) else [str(value)]
    if row.get("booktitle") and row.get("venue_name"):
        yield extensions.VENUE_NAME, [row["venue_name"]]
    for kind, url in (row.get("links") or {}).items():
        yield kind, [url]
    for name, value in (row.get("bibtex") or {}).items():
        yield f"{extensions.BIBTEX}{name}", [value]


def _to_name(value: Any) -> PersonName:  # noqa: ANN401 - as above
    return parse_name(value) if isinstance(value, str) else PersonName(**value)
