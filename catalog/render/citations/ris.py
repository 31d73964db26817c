"""RIS, for reference managers: two letters, two spaces, a hyphen, a space, the value.

Tags follow the specification of 2011 as EndNote, Zotero and Mendeley read it. RIS has no escapes,
so a value is one line of text as it is.
"""

from collections.abc import Iterator

from catalog.model.catalog import Catalog
from catalog.model.names import PersonName
from catalog.model.records import EntryType, LinkKind, Paper
from catalog.render.citations.entries import name_venue, split_range

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
MORE_AUTHORS = "et al."
"""The author that stands for those that are not named."""


def to_ris(
    catalog: Catalog, paper: Paper, key: str | None = None, *, max_authors: int | None = None
) -> str:
    """Write one paper as a RIS record that ends in a line feed; options as in `to_bibtex`."""
    lines = [
        f"{tag}  - {' '.join(value.split())}"
        for tag, value in _list_tags(catalog, paper, key or paper.key, max_authors)
        if value is not None
    ]
    return "\n".join([*lines, "ER  - "]) + "\n"


def _list_tags(
    catalog: Catalog, paper: Paper, key: str, max_authors: int | None
) -> Iterator[tuple[str, str | None]]:
    is_preprint = catalog.is_preprint(paper) and paper.type is None
    yield "TY", "UNPB" if is_preprint else _TYPES[catalog.entry_type(paper)]
    yield "ID", key
    yield "TI", paper.title
    names = paper.authors[:max_authors]
    for name in names:
        yield "AU", _write_name(name)
    if names and (paper.more_authors or len(names) < len(paper.authors)):
        yield "AU", MORE_AUTHORS
    yield "T2", paper.booktitle or name_venue(catalog, paper)
    yield "T3", paper.series
    yield "PY", str(paper.year) if paper.year is not None else None
    if paper.year is not None and paper.month is not None:
        yield "DA", f"{paper.year:04}/{paper.month:02}//"
    yield "VL", paper.volume
    yield "IS", paper.number
    ends = split_range(paper.pages) if paper.pages is not None else []
    yield from zip(("SP", "EP"), ends, strict=False)
    yield "PB", paper.publisher
    yield "DO", paper.doi
    yield "AN", f"arXiv:{paper.arxiv}" if paper.arxiv is not None else None
    yield "UR", paper.url
    yield "L1", paper.links.get(LinkKind.PDF)
    yield from (("KW", tag) for tag in paper.tags)
    yield "AB", paper.abstract


def _write_name(name: PersonName) -> str:
    """Write `Family, Given, Suffix`; a group stands without a comma."""
    if name.literal is not None:
        return name.literal
    parts = [name.full_family, name.given, name.suffix]
    if name.given is None and name.suffix is not None:
        parts[1] = ""
    return ", ".join(part for part in parts if part is not None)
