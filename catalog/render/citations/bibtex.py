"""BibTeX: ASCII with LaTeX's escapes, for every style and for pdflatex.

Fields and their meaning follow https://ctan.org/pkg/btxdoc; `eprint`, `archivePrefix` and
`primaryClass` follow https://info.arxiv.org/help/hypertex/bibstyles/; `doi` and `url` stand as they
are, since the styles that print them read them verbatim.
"""

from functools import lru_cache

from catalog.model.catalog import Catalog
from catalog.model.records import MONTHS, EntryType, Paper
from catalog.render.citations.entries import (
    Dialect,
    Fields,
    find_arxiv_class,
    find_url,
    make_fields,
    name_containers,
    override,
    write_entry,
    write_verbatim,
)
from catalog.render.citations.tex import to_ascii, write_ascii

_ARXIV = "arXiv"
_DIALECT = Dialect(
    text=to_ascii,
    name=lru_cache(maxsize=2**12)(to_ascii),
    normalized=write_ascii,
    containers=name_containers(journal="journal"),
    publishers={
        EntryType.PHDTHESIS: "school",
        EntryType.MASTERSTHESIS: "school",
        EntryType.TECHREPORT: "institution",
    },
    has_number_beside_volume=False,
)


def to_bibtex(
    catalog: Catalog, paper: Paper, key: str | None = None, *, max_authors: int | None = None
) -> str:
    """Write one paper as a BibTeX entry that ends in a line feed.

    `key` stands in place of the paper's own, such as an old one. More than `max_authors` authors
    end in `and others`.
    """
    kind = catalog.entry_type(paper)
    fields = make_fields(catalog, paper, kind, _DIALECT, max_authors)
    if paper.year is not None:
        fields["year"] = str(paper.year)
    if paper.month is not None:
        fields["month"] = MONTHS[paper.month - 1]
    _add_identifiers(fields, paper)
    if kind is EntryType.UNPUBLISHED:
        # The one field that the type must have; without it BibTeX warns.
        fields["note"] = "Unpublished"
    if paper.bibtex:
        fields = override(fields, {name: _write_own(value) for name, value in paper.bibtex.items()})
    return write_entry(kind.value, key or paper.key, fields)


def _add_identifiers(fields: Fields, paper: Paper) -> None:
    if paper.doi is not None:
        fields["doi"] = write_verbatim(paper.doi)
    if paper.arxiv is not None:
        if fields.get("howpublished") == _ARXIV:
            # Most styles print no eprint: without its id the reference would lead nowhere.
            fields["howpublished"] = f"{_ARXIV}:{paper.arxiv}"
        fields["eprint"] = paper.arxiv
        fields["archivePrefix"] = _ARXIV
        archive = find_arxiv_class(paper.arxiv)
        if archive is not None:
            fields["primaryClass"] = archive
    url = find_url(paper)
    if url is not None:
        fields["url"] = url


def _write_own(value: str) -> str:
    """Write a value that is BibTeX already: its commands stay, letters become ASCII."""
    return (
        value if value.isascii() else "".join(c if c.isascii() else write_ascii(c) for c in value)
    )
