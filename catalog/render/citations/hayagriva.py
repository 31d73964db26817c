"""Hayagriva YAML, the bibliography format of Typst.

Fields follow https://github.com/typst/hayagriva/blob/main/docs/file-format.md. Every value is a
quoted string, which YAML reads as JSON does.
"""

import re

from catalog.model.catalog import Catalog
from catalog.model.names import PersonName
from catalog.model.records import EntryType, Paper
from catalog.render.citations.entries import name_venue
from catalog.render.citations.json_csv import dump
from catalog.render.citations.options import DEFAULT, Options
from catalog.text.capitals import WORD, find_protected
from catalog.text.tex_math import to_unicode

Value = str | dict[str, "Value"] | list["Value"]

_TYPES = {
    EntryType.ARTICLE: ("article", "periodical"),
    EntryType.INPROCEEDINGS: ("article", "proceedings"),
    EntryType.INCOLLECTION: ("chapter", "anthology"),
    EntryType.INBOOK: ("chapter", "book"),
    EntryType.BOOK: ("book", None),
    EntryType.PROCEEDINGS: ("proceedings", None),
    EntryType.PHDTHESIS: ("thesis", None),
    EntryType.MASTERSTHESIS: ("thesis", None),
    EntryType.TECHREPORT: ("report", None),
    EntryType.UNPUBLISHED: ("manuscript", None),
    EntryType.MISC: ("misc", None),
}
"""By entry type, the type of the entry and that of its parent."""
_GENRES = {EntryType.PHDTHESIS: "PhD thesis", EntryType.MASTERSTHESIS: "Master’s thesis"}
# What Hayagriva reads in a title: braces keep the letter case, dollars begin math.
_SPECIAL = re.compile(r"[\\{}$]")


def to_hayagriva(catalog: Catalog, paper: Paper, options: Options = DEFAULT) -> str:
    """Write one paper as an entry of Hayagriva YAML that ends in a line feed."""
    entry = {name: value for name, value in _list_fields(catalog, paper, options).items() if value}
    lines = [f"  {name}: {dump(value)}" for name, value in entry.items()]
    return "\n".join([f"{dump(paper.key)}:", *lines]) + "\n"


def _list_fields(catalog: Catalog, paper: Paper, options: Options) -> dict[str, Value]:
    kind = catalog.entry_type(paper)
    is_preprint = catalog.is_preprint(paper) and paper.type is None
    type_, parent = ("article", "repository") if is_preprint else _TYPES[kind]
    container = paper.booktitle or name_venue(catalog, paper) or ""
    volume: dict[str, Value] = {
        "volume": paper.volume or "",
        "issue": paper.number or "",
        "publisher": _write_publisher(paper, "" if parent else container),
        "editor": [_write_name(name) for name in paper.editors],
    }
    fields: dict[str, Value] = {
        "type": type_,
        "title": _write_title(paper.title, catalog.settings.protected_words),
        "author": [_write_name(name) for name in paper.authors[: options.max_authors]],
        "date": _write_date(paper),
        "genre": _GENRES.get(kind, ""),
        "page-range": paper.pages or "",
        "serial-number": _list_identifiers(paper),
        "url": paper.url or "",
        "abstract": (paper.abstract or "") if options.has_abstracts else "",
    }
    if parent is None:
        return fields | volume
    known = {name: value for name, value in volume.items() if value}
    title = _escape(to_unicode(container))
    return fields | {"parent": {"type": parent, **({"title": title} if title else {}), **known}}


def _write_title(title: str, own: tuple[str, ...]) -> str:
    """Write a title, the words that keep their letter case in braces."""
    text = to_unicode(title)
    protected, written, end = find_protected(text, own), [], 0
    for found in WORD.finditer(text):
        if found.start() in protected:
            written += [_escape(text[end : found.start()]), "{", _escape(found[0]), "}"]
            end = found.end()
    return "".join([*written, _escape(text[end:])])


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def _write_name(name: PersonName) -> Value:
    if name.literal is not None:
        return {"name": name.literal}
    parts = {
        "name": name.family,
        "given-name": name.given,
        "prefix": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value is not None}


def _write_publisher(paper: Paper, otherwise: str) -> Value:
    name = paper.publisher or otherwise
    if not name or paper.address is None:
        return name
    return {"name": name, "location": paper.address}


def _write_date(paper: Paper) -> str:
    if paper.year is None:
        return ""
    return f"{paper.year:04}-{paper.month:02}" if paper.month is not None else f"{paper.year:04}"


def _list_identifiers(paper: Paper) -> Value:
    known = {"doi": paper.doi, "arxiv": paper.arxiv}
    return {name: value for name, value in known.items() if value is not None}
