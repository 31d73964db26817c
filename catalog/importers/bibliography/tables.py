"""Tables of papers into drafts: CSV of Zotero, Scopus, Notion or a sheet, YAML and JSON of lists.

The rows of any shape become one list of flat rows; `columns` says which field each column is.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from catalog.errors import UnreadableInputError
from catalog.importers.bibliography.bibtex import read_bibtex
from catalog.importers.bibliography.columns import (
    Cell,
    ColumnMapping,
    find_field,
    flatten,
    infer_columns,
)
from catalog.importers.bibliography.csl import LineFinder, find_csl_items, read_csl_items
from catalog.importers.bibliography.entries import Entry, split_words
from catalog.importers.bibliography.own_records import (
    is_own_list,
    is_own_table,
    read_own_list,
    read_own_table,
)
from catalog.importers.bibliography.people import People, read_people
from catalog.importers.bibliography.result import Bibliography, Rejected
from catalog.importers.cleanup import LONGEST_LINE, clean_line, clean_title
from catalog.importers.venues.mentions import YEAR, find_venue
from catalog.model.draft import Source
from catalog.model.findings import Code
from catalog.model.identifiers import IDENTIFIERS
from catalog.model.records import EntryType, LinkKind
from catalog.store.yaml import read_yaml
from catalog.text.folding import fold
from catalog.text.parse import read_json

_LONGEST_PREFACE = 10
"""Lines above the names of the columns that a sheet may have."""
_DELIMITERS = ",;\t|"
_LONGEST_BYLINE = 200_000
"""Characters: a collaboration of 5,000 authors with their initials."""
_NOTHING = frozenset(["", "null", "none", "~", "n/a", "na", "-", "–", "tbd", "tba"])
_TYPES = {
    "journalarticle": EntryType.ARTICLE,
    "article": EntryType.ARTICLE,
    "conferencepaper": EntryType.INPROCEEDINGS,
    "book": EntryType.BOOK,
    "booksection": EntryType.INCOLLECTION,
    "bookchapter": EntryType.INCOLLECTION,
    "thesis": EntryType.PHDTHESIS,
    "phdthesis": EntryType.PHDTHESIS,
    "report": EntryType.TECHREPORT,
}
_MARKDOWN_LINK = re.compile(r"!?\[([^\]]*)\]\((https?://[^()\s]+)\)")
"""`[PDF](https://example.org/a.pdf)`, an image too."""
_AUTHOR_ID = re.compile(r"\s*\(\d{6,}\)")
"""Scopus puts its number of an author behind the name."""
_URLS = re.compile(r"https?://[^\s,;|<>\"]+")
_LINKS = {kind.value: kind for kind in LinkKind if kind.value not in ("page", "other", "review")}


class _Found(NamedTuple):
    """A row with its line, and the sections that the shape of the file puts it in."""

    line: int
    row: Mapping[str, Cell]
    groups: tuple[str, ...] = ()
    file: str | None = None


class FileRow(NamedTuple):
    """A row that is a file, with the line of its title and the folder that groups it."""

    file: str
    line: int
    row: Mapping[str, object]
    group: str = ""


def read_csv_table(text: str, file: str | None, given: Mapping[str, str]) -> Bibliography:
    """Read a table in CSV, or with semicolons, tabs or bars between the cells."""
    text = text.lstrip("\ufeff")
    delimiter = _find_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[_Found] = []
    rejected: list[Rejected] = []
    lines: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            if any(cell.strip() for cell in cells):
                lines.append((start, cells))
    except csv.Error as error:
        rejected.append(Rejected(reader.line_num, f"it is not CSV: {error}", ""))
    header = _find_header(lines)
    for start, cells in lines[:header]:
        text = " ".join(cells).strip()[:80]
        rejected.append(Rejected(start, "it is above the names of the columns", text, False))
    heads = lines[header][1] if lines else []
    columns = [cell.strip() or f"column {n}" for n, cell in enumerate(heads, start=1)]
    for start, cells in lines[header + 1 :]:
        names = [*columns, *(f"column {n + 1}" for n in range(len(columns), len(cells)))]
        rows.append(_Found(start, dict(zip(names, cells, strict=False))))
    found = _read_rows(rows, file, given)
    found.rejected += rejected
    return found


def _find_header(lines: Sequence[tuple[int, Sequence[str]]]) -> int:
    """Return the place of the line with the names of columns: sheets may have a title above it."""
    for place, (_, cells) in enumerate(lines[:_LONGEST_PREFACE]):
        if len(cells) > 1 and any(find_field(cell) == "title" for cell in cells):
            return place
    return 0


def _find_delimiter(text: str) -> str:
    """Return what separates the cells of the first lines, outside of quotes."""
    first = re.sub(r'"[^"]*"', "", "\n".join(text.lstrip("\n\r").split("\n", 2)[:2]))
    return max(_DELIMITERS, key=first.count)


def read_json_table(text: str, file: str | None, given: Mapping[str, str]) -> Bibliography:
    """Read the rows of a JSON file, in lists of objects however deep.

    Raises `ValueError` when it is not JSON.
    """
    text = text.lstrip("\ufeff")
    if file is not None and file.lower().endswith(("jsonl", "ndjson")):
        values: Any = [read_json(line) for line in text.splitlines() if line.strip()]
    else:
        values = read_json(text)
    lines, cells = LineFinder(text), _to_cells(values)
    if is_own_list(cells) and isinstance(cells, dict) and not given:
        return read_own_list(cells, file, lines.find)
    return _read_rows(list(_walk(cells, (), lines.find)), file, given)


def read_yaml_table(text: str, file: str | None, given: Mapping[str, str]) -> Bibliography:
    """Read the rows of a YAML file. Raises `ValueError` when it is not YAML as a list has it."""
    document = read_yaml(text.encode(), file or "the table")
    faults = [finding for finding in document.findings if finding.code is not Code.VALUE_EMPTY]
    if document.value is None or faults:
        finding = faults[0] if faults else None
        raise ValueError(f"line {finding.line}: {finding.message}" if finding else "it is empty")
    lines = LineFinder(text)
    items = find_csl_items(document.value)
    if items is not None and not given:
        return read_csl_items(items, [_find_line(item, lines) for item in items], file)
    if is_own_list(document.value) and isinstance(document.value, dict) and not given:
        return read_own_list(document.value, file, lambda row: _find_line(row, lines))
    return _read_rows(
        list(_walk(document.value, (), lambda row: _find_line(row, lines))), file, given
    )


def read_files_as_table(rows: Iterable[FileRow], given: Mapping[str, str]) -> Bibliography:
    """Read a table of which each row is a file of its own: the front matter of pages."""
    found = [
        _Found(one.line, _to_row(one.row), (one.group,) if one.group else (), one.file)
        for one in rows
    ]
    return _read_rows(found, None, given)


def _to_row(row: Mapping[str, object]) -> dict[str, Cell]:
    cells = _to_cells(row)
    return cells if isinstance(cells, dict) else {}


def _find_line(row: Mapping[str, Cell], lines: LineFinder) -> int:
    return lines.find_plain([value for value in row.values() if isinstance(value, str)])


def _to_cells(value: object) -> Cell:
    """Return a value of JSON with every scalar as text."""
    if isinstance(value, dict):
        return {str(name): _to_cells(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_to_cells(item) for item in value if item is not None]
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)


_LineOf = Callable[[Mapping[str, Cell]], int]


def _walk(value: Cell, groups: tuple[str, ...], line_of: _LineOf) -> Iterator[_Found]:
    """Yield the rows in lists of mappings; the names above several lists are sections."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                inner = _find_inner(item)
                if inner is None:
                    yield _Found(line_of(item), item, groups)
                else:
                    yield from _walk(inner[1], (*groups, inner[0]), line_of)
    elif isinstance(value, dict):
        tables = {name: item for name, item in value.items() if _is_table(item)}
        for name, item in tables.items():
            yield from _walk(item, (*groups, name) if len(tables) > 1 else groups, line_of)
        if not tables:
            yield from _walk_mapping(value, groups, line_of)


def _walk_mapping(
    value: Mapping[str, Cell], groups: tuple[str, ...], line_of: _LineOf
) -> Iterator[_Found]:
    """Yield the rows of a mapping: records by their key, one record, or what holds them deeper."""
    records = {name: item for name, item in value.items() if isinstance(item, dict)}
    if len(records) == len(value) > 1 and any(map(_has_title, records.values())):
        for name, item in records.items():
            yield _Found(line_of(item), {"id": name, **item}, groups)
    elif records:
        # Next to the records may be something about the file: `{meta: {…}, papers: {…}}`.
        deeper = [item for item in records.values() if any(map(_is_deeper, item.values()))]
        for item in deeper or records.values():
            yield from _walk(item, groups, line_of)
    elif value:
        yield _Found(line_of(value), value, groups)


def _has_title(item: Mapping[str, Cell]) -> bool:
    return any(find_field(name) == "title" for name in item)


def _is_deeper(value: Cell) -> bool:
    return isinstance(value, dict) or _is_table(value)


def _find_inner(item: Mapping[str, Cell]) -> tuple[str, Cell] | None:
    """Return name and rows of a section: `{category: Vision, papers: […]}`."""
    tables = [value for value in item.values() if _is_table(value)]
    names = [
        item[name] for name in ("title", "name", "section", "category", "topic") if name in item
    ]
    if len(tables) == 1 and names and isinstance(names[0], str) and "authors" not in item:
        return names[0], tables[0]
    return None


def _is_table(value: Cell) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _read_rows(rows: list[_Found], file: str | None, given: Mapping[str, str]) -> Bibliography:
    """Make drafts of rows. Raises `UnreadableInputError` when no column has the titles."""
    flat = [one._replace(row=_without_nothing(flatten(one.row))) for one in rows]
    columns = dict.fromkeys(name for one in rows for name in one.row)
    if is_own_table(columns) and not given:
        return read_own_table([(one.line, one.row) for one in rows], file)
    mapping = infer_columns([one.row for one in flat], given)
    found = Bibliography()
    if not flat:
        return found
    if "title" not in mapping.fields.values():
        named = ", ".join(dict.fromkeys(name for one in flat for name in one.row))
        reason = f"has no column of titles. Name it with --map title=COLUMN; columns: {named}"
        raise UnreadableInputError(Path(file or "the table"), reason)
    found.messages.append(mapping.describe())
    found.facets = {id_: column.rpartition(".")[2] for column, id_ in mapping.facets.items()}
    for one in flat:
        fault = _find_overlong(one.row)
        if fault is not None or (no_paper := _find_no_paper(one.row, mapping)) is not None:
            text = _text(next(iter(one.row.values()), ""))[:80]
            found.rejected.append(Rejected(one.line, fault or no_paper or "", text, bool(fault)))
        else:
            found.add(
                _read_row(one, mapping, Source(one.file or file, one.line)),
                "; ".join(map(_text, one.row.values()))[:80],
            )
    return found


def _without_nothing(row: Mapping[str, Cell]) -> dict[str, Cell]:
    return {
        name: value
        for name, value in row.items()
        if value and not (isinstance(value, str) and value.strip().lower() in _NOTHING)
    }


_NO_PAPERS = {
    **{name: f"a row of type {name} is not a paper" for name in ("attachment", "note")},
    **{name: f"a row of type {name} is not a paper" for name in ("annotation", "snapshot")},
}
_UNTITLED = frozenset(["untitled", "无标题", "ohne titel", "sans titre", "sin titulo", "无题"])
"""What Notion calls a page without a title."""
_TELLING = ("authors", "venue", "year", "doi", "arxiv", "url", "pdf", "abstract")


def _find_no_paper(row: Mapping[str, Cell], mapping: ColumnMapping) -> str | None:
    """Return why a row is not meant to be a paper: Zotero's attachments, Notion's empty pages."""
    by_field = {
        mapping.fields[column]: cell for column, cell in row.items() if column in mapping.fields
    }
    kind = _text(by_field.get("type", "")).strip().lower()
    if kind in _NO_PAPERS:
        return _NO_PAPERS[kind]
    title = fold(_text(by_field.get("title", "")))
    if title in _UNTITLED and not any(name in by_field for name in _TELLING):
        return "the row has no title and nothing else of a paper"
    return None


def _find_overlong(row: Mapping[str, Cell]) -> str | None:
    for name, value in row.items():
        longest = _LONGEST_BYLINE if "author" in name.lower() else LONGEST_LINE
        if any(len(text) > longest for text in _texts(value)):
            return f"{name}: a text of more than {longest:,} characters"
    return None


def _texts(value: Cell) -> list[str]:
    """Return every text of a cell, in order."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    items = value.values() if isinstance(value, dict) else value
    return [text for item in items for text in _texts(item)]


def _text(value: Cell) -> str:
    return "; ".join(_texts(value))


def _read_row(one: _Found, mapping: ColumnMapping, source: Source) -> Entry:
    entry = Entry(source, groups=list(one.groups))
    pages: dict[str, str] = {}
    # Titles, dates and venues in the order of `_READERS`, whatever the order of the columns.
    by_field: dict[str, list[Cell]] = {}
    for column, value in one.row.items():
        name = mapping.fields.get(column)
        if name in ("first_page", "last_page"):
            pages[name] = _text(value)
        elif name is not None:
            by_field.setdefault(name, []).append(value)
        elif column in mapping.facets:
            entry.facets.setdefault(mapping.facets[column], []).extend(
                clean_line(text) for text in _texts(value)
            )
        else:
            entry.leave_out(column, _text(value))
    for name, read in _READERS.items():
        for value in by_field.get(name, ()):
            read(entry, value)
    if pages.get("first_page"):
        entry.put_pages("-".join(dict.fromkeys(pages.values())))
    _find_year_in_venue(entry, has_year="year" in by_field)
    return entry


def _find_year_in_venue(entry: Entry, *, has_year: bool) -> None:
    """Take the year out of a cell `ICLR 2022` where no column of years has it.

    A column of dates may have the day of the preprint, or of a reading group.
    """
    container = entry.container or ""
    mention = find_venue(container, is_expected=True)
    found = YEAR.search(container)
    year = str(mention.year) if mention is not None and mention.year else found and found[0]
    if year is None or has_year or entry.fields.get("year") == year:
        return
    dated = [entry.fields.pop(name) for name in ("year", "month") if name in entry.fields]
    entry.leave_out("date", "-".join(dated))
    entry.put_date(year)


def _put_title(entry: Entry, value: Cell) -> None:
    text = _text(value)
    linked = _MARKDOWN_LINK.search(text)
    if linked is not None:
        entry.put_address(linked[2])
        text = _MARKDOWN_LINK.sub(r"\1", text)
    entry.put("title", clean_title(text))


def _put_authors(entry: Entry, value: Cell, *, are_editors: bool = False) -> None:
    entry.put_people(_read_people(value), are_editors=are_editors)


def _read_people(value: Cell) -> People:
    """Read names in one cell, or one name per item."""
    if isinstance(value, str):
        value = _AUTHOR_ID.sub("", value)
        lines = [line for line in value.splitlines() if line.strip(" ,;")]
        return read_people("; ".join(line.strip(" ,;") for line in lines))
    people = People()
    for item in value if isinstance(value, list) else [value]:
        read = read_people(_name_person(item))
        people.names += read.names
        people.is_plain += read.is_plain
        people.has_more = people.has_more or read.has_more
        people.doubts += [doubt for doubt in read.doubts if doubt not in people.doubts]
    return people


def _name_person(item: Cell) -> str:
    """Return a name that is one text, or given by its parts."""
    if not isinstance(item, dict):
        return _text(item)
    parts = [_text(item[part]) for part in ("given", "first", "family", "last") if part in item]
    return _text(item.get("name", "")) or " ".join(parts) or _text(item)


def _put_editors(entry: Entry, value: Cell) -> None:
    _put_authors(entry, value, are_editors=True)


def _put_bibtex(entry: Entry, value: Cell) -> None:
    """Fill what the row lacks from a cell with a BibTeX entry."""
    text = _text(value)
    found = read_bibtex(text)
    if not found.entries:
        entry.leave_out("bibtex", text)
        return
    other = found.entries[0]
    entry.key = entry.key or other.key
    entry.authors = entry.authors or other.authors
    entry.more_authors = entry.more_authors or other.more_authors
    entry.container = entry.container or other.container
    entry.kind = entry.kind or other.kind
    for name, text in other.fields.items():
        entry.fields.setdefault(name, text)
    for kind, url in other.links.items():
        entry.links.setdefault(kind, url)
    entry.left_out += other.left_out


def _put_type(entry: Entry, value: Cell) -> None:
    folded = re.sub(r"[^a-z]", "", _text(value).lower())
    kind = _TYPES.get(folded)
    if kind is None and folded not in (
        "preprint",
        "misc",
        "other",
        "paper",
        "review",
        "manuscript",
    ):
        entry.leave_out("type", _text(value))
    entry.kind = entry.kind or kind


def _put_key(entry: Entry, value: Cell) -> None:
    text = _text(value)
    # Zotero's own keys of items are not citation keys: eight capitals and digits.
    if re.fullmatch(r"[A-Z0-9]{8}", text) or text.isdigit():
        entry.leave_out("key", text)
    else:
        entry.key = text


def _put_urls(kind: LinkKind | None) -> Callable[[Entry, Cell], None]:
    def put(entry: Entry, value: Cell) -> None:
        for label, text in _label_urls(value):
            labelled = _kind_of_label(label) if kind is None else kind
            urls = [
                found.rstrip(".)") if "(" not in found else found for found in _URLS.findall(text)
            ]
            for url in urls:
                entry.put_address(url, labelled)
            if not urls:
                entry.leave_out((kind or LinkKind.OTHER).value, text)

    return put


def _label_urls(value: Cell) -> Iterator[tuple[str, str]]:
    """Yield label and text of each address: `[{name: Code, url: https://…}]`, or texts alone."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            urls = [text for text in _texts(item) if _URLS.match(text)]
            labels = [text for text in _texts(item) if text not in urls]
            label = labels[0] if len(labels) == 1 or urls else ""
            yield from ((label, url) for url in urls or labels)
        else:
            yield from (("", text) for text in _texts(item))


def _kind_of_label(label: str) -> LinkKind | None:
    """Return the kind of link that a label names as a column would: `Project Page`."""
    return _LINKS.get(find_field(label) or "")


def _put_identifier(name: str) -> Callable[[Entry, Cell], None]:
    def put(entry: Entry, value: Cell) -> None:
        for text in _texts(value):
            if name == "doi":
                entry.put_doi(text)
            elif name == "arxiv" and entry.put_arxiv(text):
                continue
            elif text.startswith("http"):
                entry.put_address(text)
            elif name == "arxiv":
                entry.doubt("arxiv", f"left out: {text!r} is not an arXiv id")
            else:
                entry.put(name, text)

    return put


def _put_text(name: str) -> Callable[[Entry, Cell], None]:
    def put(entry: Entry, value: Cell) -> None:
        entry.put(name, _text(value))

    return put


def _put_words(entry: Entry, value: Cell) -> None:
    if isinstance(value, list):
        entry.tags += [line for text in _texts(value) if (line := clean_line(text))]
    else:
        entry.tags += split_words(_text(value))


def _put_sections(entry: Entry, value: Cell) -> None:
    entry.groups += [line for text in _texts(value) for line in split_words(text)]


def _put_list(name: str) -> Callable[[Entry, Cell], None]:
    def put(entry: Entry, value: Cell) -> None:
        for text in _texts(value):
            entry.lists.setdefault(name, []).append(clean_line(text))

    return put


_READERS: dict[str, Callable[[Entry, Cell], None]] = {
    "title": _put_title,
    "authors": _put_authors,
    "editors": _put_editors,
    "date": lambda entry, value: entry.put_date(_text(value)),
    "year": lambda entry, value: entry.put_date(_text(value)),
    "month": lambda entry, value: entry.put_month(_text(value)),
    "type": _put_type,
    "venue": lambda entry, value: entry.put_container(_text(value)),
    "volume": lambda entry, value: entry.put_volume(_text(value)),
    "number": _put_text("number"),
    "pages": lambda entry, value: entry.put_pages(_text(value)),
    "article": lambda entry, value: entry.put_pages(_text(value)),
    "publisher": _put_text("publisher"),
    "address": _put_text("address"),
    "series": _put_text("series"),
    **{one.field: _put_identifier(one.field) for one in IDENTIFIERS},
    "url": _put_urls(None),
    **{name: _put_urls(kind) for name, kind in _LINKS.items()},
    "abstract": lambda entry, value: entry.put_abstract(_text(value)),
    "tldr": _put_text("tldr"),
    "tags": _put_words,
    "section": _put_sections,
    "key": _put_key,
    "names": _put_list("names"),
    "awards": _put_list("awards"),
    "extra": lambda entry, value: entry.put_note(_text(value)),
    "note": _put_text("note"),
    "added": _put_text("added"),
    "bibtex": _put_bibtex,
}
