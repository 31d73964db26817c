"""BibLaTeX: UTF-8, `@online` for what is only on the web, `date`, `eprint`.

Types and fields follow https://ctan.org/pkg/biblatex, chapter 2.
"""

from dataclasses import replace
from functools import lru_cache

from catalog.model.catalog import Catalog
from catalog.model.identifiers import to_arxiv_url
from catalog.model.records import EntryType, Paper
from catalog.render.citations.entries import (
    Dialect,
    Fields,
    add_extensions,
    find_arxiv_class,
    find_url,
    make_fields,
    name_containers,
    override,
    write_entry,
    write_verbatim,
)
from catalog.render.citations.options import DEFAULT, Options
from catalog.render.citations.tex import (
    to_unicode_tex,
    to_utf8,
    write_unicode,
    write_unicode_math,
    write_utf8,
)

_INSTITUTION = (EntryType.PHDTHESIS, EntryType.MASTERSTHESIS, EntryType.TECHREPORT)
_DIALECT = Dialect(
    text=to_utf8,
    given=to_utf8,
    name=lru_cache(maxsize=2**12)(to_utf8),
    normalized=write_utf8,
    containers=name_containers(journal="journaltitle"),
    # Biber's data model has no publisher of an article.
    publishers={**dict.fromkeys(_INSTITUTION, "institution"), EntryType.ARTICLE: None},
    address="location",
    has_number_beside_volume=True,
)
_WITHOUT_TEX = replace(
    _DIALECT,
    text=to_unicode_tex,
    given=to_unicode_tex,
    name=lru_cache(maxsize=2**12)(to_unicode_tex),
    normalized=write_unicode,
    math=write_unicode_math,
)
_KINDS = {
    EntryType.PHDTHESIS: ("thesis", "phdthesis"),
    EntryType.MASTERSTHESIS: ("thesis", "mathesis"),
    EntryType.TECHREPORT: ("report", "techreport"),
}
"""Types that BibLaTeX names otherwise, with the value of its `type` field."""

_NAMES = {
    "journal": "journaltitle",
    "address": "location",
    "school": "institution",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
}
"""BibTeX's names of fields that BibLaTeX has under another one."""


def to_biblatex(catalog: Catalog, paper: Paper, options: Options = DEFAULT) -> str:
    """Write one paper as a BibLaTeX entry that ends in a line feed."""
    kind, dialect = catalog.entry_type(paper), _WITHOUT_TEX if options.is_without_tex else _DIALECT
    fields = make_fields(catalog, paper, kind, dialect, options)
    if paper.year is not None:
        fields["date"] = f"{paper.year:04}" + (
            f"-{paper.month:02}" if paper.month is not None else ""
        )
    _add_identifiers(fields, paper)
    if paper.tags:
        fields["keywords"] = dialect.text(", ".join(paper.tags))
    if options.has_abstracts and paper.abstract is not None:
        fields["abstract"] = dialect.text(paper.abstract)
    name, type_ = _KINDS.get(kind, (kind.value, None))
    if type_ is not None:
        fields["type"] = type_
    if kind is EntryType.MISC and not fields.keys().isdisjoint(("doi", "eprint", "url")):
        name, fields = "online", _to_online(fields, paper)
    if paper.bibtex:
        fields = _override(fields, paper)
    if options.has_extensions:
        fields = add_extensions(fields, catalog, paper, kind, dialect)
    return write_entry(name, paper.key, fields)


def _add_identifiers(fields: Fields, paper: Paper) -> None:
    if paper.doi is not None:
        fields["doi"] = write_verbatim(paper.doi)
    if paper.arxiv is not None:
        fields["eprint"] = paper.arxiv
        fields["eprinttype"] = "arxiv"
        archive = find_arxiv_class(paper.arxiv)
        if archive is not None:
            fields["eprintclass"] = archive
    url = find_url(paper)
    # BibLaTeX makes the link of an eprint itself.
    if url is not None and (paper.arxiv is None or url != to_arxiv_url(paper.arxiv)):
        fields["url"] = url


def _to_online(fields: Fields, paper: Paper) -> Fields:
    """Name who publishes it the way `@online` does, unless the eprint says so.

    The type must have an address: Zotero, Pandoc and Typst make none of an eprint.
    """
    if paper.arxiv is not None:
        fields.setdefault("url", to_arxiv_url(paper.arxiv))
    place = fields.get("howpublished")
    is_said = place is not None and place.lower() == fields.get("eprinttype")
    kept = {name: value for name, value in fields.items() if name != "howpublished" or not is_said}
    return {
        "organization" if name == "howpublished" else name: value for name, value in kept.items()
    }


def _override(fields: Fields, paper: Paper) -> Fields:
    own = {_NAMES.get(name, name): value for name, value in paper.bibtex.items()}
    if not own.keys().isdisjoint(("year", "month")):
        # A date and a year at once would contradict each other.
        fields = {name: value for name, value in fields.items() if name != "date"}
        for name, value in (("year", paper.year), ("month", paper.month)):
            if value is not None:
                own.setdefault(name, str(value))
    return override(fields, own)
