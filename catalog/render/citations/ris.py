"""RIS, for reference managers: two letters, two spaces, a hyphen, a space, the value.

Tags follow the specification of 2011 as EndNote, Zotero and Mendeley read it. RIS has no escapes,
so a value is one line of text as it is.
"""

from collections.abc import Iterator

from catalog.model.canonical_urls import is_plain_address
from catalog.model.catalog import Catalog
from catalog.model.extensions import (
    LITERAL,
    PREFIX,
    VENUE_NAME,
    Extensions,
    list_extensions,
)
from catalog.model.identifiers import IDENTIFIERS
from catalog.model.names import NOT_ALL_NAMED, PersonName
from catalog.model.records import EntryType, LinkKind, Paper
from catalog.render.citations.entries import name_venue, split_range
from catalog.render.citations.options import DEFAULT, Options
from catalog.text.tex_math import to_unicode

_TYPES = {
    EntryType.ARTICLE: "JOUR",
    EntryType.INPROCEEDINGS: "CONF",
    EntryType.INCOLLECTION: "CHAP",
    EntryType.INBOOK: "CHAP",
    EntryType.BOOK: "BOOK",
    EntryType.PROCEEDINGS: "CONF",
    EntryType.PHDTHESIS: "THES",
    EntryType.MASTERSTHESIS: "THES",
    EntryType.TECHREPORT: "RPRT",
    EntryType.UNPUBLISHED: "UNPB",
    EntryType.MISC: "GEN",
}

_ZOTERO_PREPRINT = "Type: article"
"""CSL's name for a preprint."""


def to_ris(catalog: Catalog, paper: Paper, options: Options = DEFAULT) -> str:
    """Write one paper as a RIS record that ends in a line feed."""
    lines = [
        f"{tag}  - {' '.join(value.split())}"
        for tag, value in _list_tags(catalog, paper, options.max_authors)
        if value is not None
    ]
    return "\n".join([*lines, "ER  - "]) + "\n"


def _list_tags(
    catalog: Catalog, paper: Paper, max_authors: int | None
) -> Iterator[tuple[str, str | None]]:
    kind = catalog.entry_type(paper)
    is_preprint = catalog.is_preprint(paper) and paper.type is None
    # RIS has no type for preprints. Zotero makes a journal article of `UNPB`.
    yield "TY", "MANSCPT" if is_preprint else _TYPES[kind]
    yield "ID", paper.key
    yield "TI", to_unicode(paper.title)
    names = paper.authors[:max_authors]
    yield from (("AU", _write_name(name)) for name in names)
    yield from (("A2", _write_name(name)) for name in paper.editors)
    yield from _list_containers(catalog, paper, kind)
    yield from _list_dates(paper)
    yield "VL", paper.volume
    yield "IS", paper.number
    ends = split_range(paper.pages) if paper.pages is not None else []
    yield from zip(("SP", "EP"), ends, strict=False)
    yield "PB", paper.publisher or _find_server(catalog, paper, kind)
    yield "CY", paper.address
    yield "DO", paper.doi
    yield "M3", "Preprint" if is_preprint else None
    yield "AN", f"arXiv:{paper.arxiv}" if paper.arxiv is not None else None
    yield "UR", paper.url
    yield "L1", paper.links.get(LinkKind.PDF)
    yield from (("KW", tag) for tag in paper.tags)
    yield "AB", paper.abstract
    if is_preprint:
        # Zotero's `Extra`: its citation processor formats the item as a preprint.
        yield "M2", _ZOTERO_PREPRINT
    if names and (paper.more_authors or len(names) < len(paper.authors)):
        # `AU  - et al.` would be taken for a person.
        yield "N1", NOT_ALL_NAMED
    for name, values in _list_extensions(catalog, paper, kind).items():
        yield from (("M2", f"{PREFIX}{name}: {value}") for value in values)


def _list_extensions(catalog: Catalog, paper: Paper, kind: EntryType) -> Extensions:
    """Return what RIS has no tag for. `M2` is Zotero's field `Extra`; others keep or skip it."""
    said = {"doi", "arxiv", "series", "volume", "number", "pages", "address", "tags"}
    name = name_venue(catalog, paper) if paper.venue is not None else None
    if paper.year is not None:
        said.add("month")  # which is part of the date
    if to_unicode(paper.title) == paper.title:
        said.add("title")
    if kind is not EntryType.MISC:
        said |= {"booktitle", VENUE_NAME}
    if paper.publisher != name:
        said.add("publisher")
    said |= {
        identifier.field
        for identifier in IDENTIFIERS
        if (value := getattr(paper, identifier.field)) and identifier.to_url(value) == paper.url
    }
    pdf = paper.links.get(LinkKind.PDF)
    if pdf is not None and pdf != paper.url and is_plain_address(pdf):
        said.add(LinkKind.PDF)
    literal = tuple(
        author.literal for author in (*paper.authors, *paper.editors) if author.literal is not None
    )
    found = list_extensions(paper, said, name)
    return {**found, LITERAL: literal} if literal else found


def _list_containers(
    catalog: Catalog, paper: Paper, kind: EntryType
) -> Iterator[tuple[str, str | None]]:
    """Yield what the paper appeared in.

    For a conference paper Zotero reads the proceedings from `C3` and takes `T2` for the name of the
    conference; citation-js reads the proceedings from `BT`.
    """
    name = paper.booktitle or name_venue(catalog, paper)
    title = to_unicode(name) if name else None
    yield "T2", title if kind is not EntryType.MISC else None
    if kind is EntryType.INPROCEEDINGS:
        yield "C3", title
        yield "BT", title
    yield "T3", paper.series


def _find_server(catalog: Catalog, paper: Paper, kind: EntryType) -> str | None:
    """Return the server of a preprint, which stands for its publisher."""
    return name_venue(catalog, paper) if kind is EntryType.MISC else None


def _list_dates(paper: Paper) -> Iterator[tuple[str, str | None]]:
    """Yield the year, and it again as a date: citation-js reads no other."""
    if paper.year is not None:
        month = f"{paper.month:02}" if paper.month is not None else ""
        yield "PY", str(paper.year)
        yield "DA", f"{paper.year:04}/{month}//"


def _write_name(name: PersonName) -> str:
    """Write `Family, Given, Suffix`; a group stands without a comma."""
    if name.literal is not None:
        return name.literal
    parts = [name.full_family, name.given, name.suffix]
    if name.given is None and name.suffix is not None:
        parts[1] = ""
    return ", ".join(part for part in parts if part is not None)
