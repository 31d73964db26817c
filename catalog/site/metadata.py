"""What a page says to machines: citation tags, JSON-LD and COinS."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from catalog.model.catalog import Catalog
from catalog.model.names import PersonName
from catalog.model.records import EntryType, Paper
from catalog.site.news import find_last_change
from catalog.site.views import MOST_AUTHORS
from catalog.text.markdown import to_plain_text
from catalog.text.tex_math import to_unicode

_PERIODICAL = frozenset([EntryType.ARTICLE])
_VOLUME = frozenset([EntryType.INPROCEEDINGS, EntryType.INCOLLECTION, EntryType.INBOOK])


def to_citation_tags(catalog: Catalog, paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield names and values of the `citation_*` tags that Google Scholar and Zotero read.

    Source: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing.
    """
    yield "citation_title", to_unicode(paper.title)
    for name in paper.authors[:MOST_AUTHORS]:
        yield "citation_author", name.inverted
    if paper.year is not None:
        month = f"/{paper.month:02}" if paper.month else ""
        yield "citation_publication_date", f"{paper.year}{month}"
    venue_tag = _VENUE_TAGS.get(catalog.entry_type(paper))
    if venue_tag and (appeared_in := venue_title(catalog, paper)):
        yield venue_tag, appeared_in
    yield from _list_zotero_tags(catalog, paper)
    for name in paper.editors:
        yield "citation_editor", name.inverted
    first, last = _split_pages(paper.pages)
    for tag, value in (
        ("citation_volume", paper.volume),
        ("citation_issue", paper.number),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_publisher", paper.publisher or _find_repository(catalog, paper)),
        ("citation_doi", paper.doi),
        ("citation_arxiv_id", paper.arxiv),
        ("citation_public_url", paper.url),
        ("citation_pdf_url", paper.all_links.get("pdf")),
        ("citation_abstract", paper.abstract),
    ):
        if value is not None:
            yield tag, value


def _list_zotero_tags(catalog: Catalog, paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield what Zotero reads besides: the type and the proceedings.

    It takes `citation_conference_title` for the name of the conference, and any paper without a
    venue's tag for a journal article.
    """
    yield "z:itemType", find_zotero_type(catalog, paper)
    entry_type = catalog.entry_type(paper)
    if entry_type is EntryType.INPROCEEDINGS and (title := venue_title(catalog, paper)):
        yield "prism.publicationName", title


_ZOTERO_TYPES = {
    EntryType.ARTICLE: "journalArticle",
    EntryType.INPROCEEDINGS: "conferencePaper",
    EntryType.INCOLLECTION: "bookSection",
    EntryType.INBOOK: "bookSection",
    EntryType.BOOK: "book",
    EntryType.PROCEEDINGS: "book",
    EntryType.PHDTHESIS: "thesis",
    EntryType.MASTERSTHESIS: "thesis",
    EntryType.TECHREPORT: "report",
    EntryType.UNPUBLISHED: "manuscript",
    EntryType.MISC: "document",
}


def find_zotero_type(catalog: Catalog, paper: Paper) -> str:
    """Return Zotero's name of the paper's type."""
    if catalog.is_preprint(paper) and paper.type is None:
        return "preprint"
    return _ZOTERO_TYPES[catalog.entry_type(paper)]


def _find_repository(catalog: Catalog, paper: Paper) -> str | None:
    """Return the name of the server of a preprint, its publisher."""
    is_preprint = catalog.is_preprint(paper) and paper.type is None
    return venue_title(catalog, paper) if is_preprint else None


# Which tag makes Zotero's translator *Embedded Metadata* and Google Scholar read which type:
# https://scholar.google.com/intl/en/scholar/inclusion.html#indexing. Others have no such tag.
_VENUE_TAGS = {
    EntryType.ARTICLE: "citation_journal_title",
    EntryType.INPROCEEDINGS: "citation_conference_title",
    EntryType.INCOLLECTION: "citation_inbook_title",
    EntryType.INBOOK: "citation_inbook_title",
    EntryType.PHDTHESIS: "citation_dissertation_institution",
    EntryType.MASTERSTHESIS: "citation_dissertation_institution",
    EntryType.TECHREPORT: "citation_technical_report_institution",
}


def venue_title(catalog: Catalog, paper: Paper) -> str | None:
    """Return the title of what the paper appeared in: its volume's, or the venue's name."""
    venue = catalog.venue_of(paper)
    return paper.booktitle or (venue.name if venue else None) or catalog.venue_name(paper)


def to_json_ld(catalog: Catalog, paper: Paper, url: str | None) -> dict[str, Any]:
    """Return the paper as a schema.org ScholarlyArticle; fields that are not known are left out."""
    links = paper.all_links
    values = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "name": to_unicode(paper.title),
        "headline": to_unicode(paper.title),
        "author": [
            {"@type": "Organization" if name.literal else "Person", "name": name.display}
            for name in paper.authors[:MOST_AUTHORS]
        ],
        "datePublished": _date(paper),
        "isPartOf": _to_container(catalog, paper),
        "publisher": {"@type": "Organization", "name": paper.publisher}
        if paper.publisher
        else None,
        "pagination": paper.pages,
        "identifier": _to_identifier(paper),
        "abstract": paper.abstract,
        "award": list(paper.awards),
        "keywords": list(paper.tags),
        "sameAs": [
            links[kind] for kind in ("doi", "arxiv", "openreview", "acl", "page") if kind in links
        ],
        "url": paper.url,
        "mainEntityOfPage": url,
    }
    return _keep_known(values)


def to_collection_json_ld(
    catalog: Catalog, url: str | None, files: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """Return the list as a schema.org CollectionPage about a Dataset; `files` are its downloads.

    Source: https://developers.google.com/search/docs/appearance/structured-data/dataset.
    """
    survey, updated = catalog.survey, find_last_change(catalog)
    description = to_plain_text(survey.description) or f"Reading list: {survey.title}"
    dataset = {
        "@type": "Dataset",
        "name": survey.title,
        "description": description,
        "url": url,
        "license": _to_licence_url(survey.licence.data),
        "creator": [
            {"@type": "Organization" if name.literal else "Person", "name": name.display}
            for name in survey.authors
        ],
        "dateModified": updated.isoformat() if updated else None,
        "isAccessibleForFree": True,
        "citation": [paper.url for paper in catalog.citations if paper.url],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": label, "contentUrl": f"{url}{name}"}
            for label, name in files
        ]
        if url
        else None,
    }
    page = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": survey.title,
        "description": description,
        "url": url,
        "mainEntity": _keep_known(dataset),
        "sameAs": [link for link in (survey.links.paper, survey.links.repository) if link],
    }
    return _keep_known(page)


def _to_licence_url(licence: str | None) -> str | None:
    """Return the address of a licence that is given by its SPDX id."""
    return (
        f"https://spdx.org/licenses/{licence}.html" if licence and " " not in licence else licence
    )


def _keep_known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def to_coins(catalog: Catalog, paper: Paper) -> str:
    """Return the paper as an OpenURL context object, the `title` of a COinS span.

    Source: ANSI/NISO Z39.88-2004, https://groups.niso.org/higherlogic/ws/public/download/14833.
    Which of its formats Zotero reads as which type: `openurl.js` of zotero/utilities.
    """
    kind = _COINS_KINDS.get(catalog.entry_type(paper), _COINS_OTHER)
    pairs: list[tuple[str, str | int | None]] = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{kind.format}"),
        ("rft_id", f"info:doi/{paper.doi}" if paper.doi else paper.url),
        ("rft.genre", kind.genre),
        (kind.title, to_unicode(paper.title)),
        *_list_coins_fields(catalog, paper, kind),
        ("rft.date", _date(paper)),
        *((_coins_author(kind, name), name.inverted) for name in paper.authors[:MOST_AUTHORS]),
    ]
    return "&".join(f"{name}={_quote(str(value))}" for name, value in pairs if value is not None)


class _CoinsKind(NamedTuple):
    """How a type of paper is written: format and genre, and the keys of its titles."""

    format: str
    genre: str | None
    title: str
    container: str | None
    publisher: str = "rft.pub"


# Found by what Zotero reads: only `proceeding` becomes a conference paper, only the format of
# dissertations a thesis, and `dc` with `rft.type` is the one way to a preprint.
_COINS_KINDS = {
    EntryType.ARTICLE: _CoinsKind("journal", "article", "rft.atitle", "rft.jtitle"),
    EntryType.INPROCEEDINGS: _CoinsKind("book", "proceeding", "rft.atitle", "rft.btitle"),
    EntryType.INCOLLECTION: _CoinsKind("book", "bookitem", "rft.atitle", "rft.btitle"),
    EntryType.INBOOK: _CoinsKind("book", "bookitem", "rft.atitle", "rft.btitle"),
    EntryType.BOOK: _CoinsKind("book", "book", "rft.btitle", None),
    EntryType.PROCEEDINGS: _CoinsKind("book", "book", "rft.btitle", None),
    EntryType.TECHREPORT: _CoinsKind("book", "report", "rft.btitle", None),
    EntryType.PHDTHESIS: _CoinsKind("dissertation", None, "rft.title", None, "rft.inst"),
    EntryType.MASTERSTHESIS: _CoinsKind("dissertation", None, "rft.title", None, "rft.inst"),
}
_COINS_OTHER = _CoinsKind("dc", None, "rft.title", None, "rft.publisher")


def _list_coins_fields(
    catalog: Catalog, paper: Paper, kind: _CoinsKind
) -> Iterator[tuple[str, str | None]]:
    title = venue_title(catalog, paper)
    if kind is _COINS_OTHER:
        yield "rft.type", find_zotero_type(catalog, paper)
        yield "rft.identifier", paper.url
    if kind.container is not None:
        yield kind.container, title
    # A type without a container has the venue as its publisher, as the exports have it.
    yield kind.publisher, paper.publisher or (None if kind.container else title)
    yield "rft.place", paper.address
    first, last = _split_pages(paper.pages)
    yield "rft.series", paper.series
    yield "rft.volume", paper.volume
    yield "rft.issue", paper.number
    yield "rft.spage", first
    yield "rft.epage", last


def _coins_author(kind: _CoinsKind, name: PersonName) -> str:
    if name.literal is not None and kind is not _COINS_OTHER:
        return "rft.aucorp"
    return "rft.creator" if kind is _COINS_OTHER else "rft.au"


_quote = lru_cache(maxsize=2**14)(quote_plus)
"""Authors and venues come again and again."""


def _to_container(catalog: Catalog, paper: Paper) -> Mapping[str, Any] | None:
    name, entry_type = venue_title(catalog, paper), catalog.entry_type(paper)
    if name is None:
        return None
    if entry_type in _PERIODICAL:
        periodical = {"@type": "Periodical", "name": name}
        if paper.volume is None:
            return periodical
        return {"@type": "PublicationVolume", "volumeNumber": paper.volume, "isPartOf": periodical}
    return {"@type": "Book" if entry_type in _VOLUME else "CreativeWork", "name": name}


def _to_identifier(paper: Paper) -> Mapping[str, str] | None:
    if paper.doi is not None:
        return {"@type": "PropertyValue", "propertyID": "DOI", "value": paper.doi}
    if paper.arxiv is not None:
        return {"@type": "PropertyValue", "propertyID": "arXiv", "value": paper.arxiv}
    return None


def _date(paper: Paper) -> str | None:
    if paper.year is None:
        return None
    return f"{paper.year:04}-{paper.month:02}" if paper.month else f"{paper.year:04}"


def _split_pages(pages: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last page of one range; other forms give the whole as first page."""
    first, hyphen, last = (pages or "").partition("-")
    if "," in (pages or "") or not hyphen:
        return pages, None
    return first, last
