"""Pages that describe their paper in `citation_*` tags, as Google Scholar asks publishers to.

The tags: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing. PMLR, CVF, NeurIPS,
Nature, bioRxiv and most publishers write them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from catalog.importers.cleanup import clean_line, clean_name, clean_title
from catalog.lookup.result import (
    LookupResult,
    NoMetadataError,
    NotFoundError,
    ResolveError,
    UnavailableError,
)
from catalog.lookup.session import Session
from catalog.model.draft import Draft, Source
from catalog.model.identifiers import find_identifier, parse_arxiv, parse_doi, parse_openreview
from catalog.model.types import Value
from catalog.net import HttpResponse, read_text
from catalog.text.html_meta import read_meta_tags

Tags = dict[str, list[str]]
"""The contents of the tags by their names in lower case."""

# A year in a date of any form, from the first printed books on: `2021/03/04`, `March 2021`.
_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d{2})(?!\d)")
_CONTAINERS = (
    "citation_conference_title",
    "citation_journal_title",
    "citation_inbook_title",
    "citation_conference",
    "citation_book_title",
)
"""A conference before the journal or book that its papers are printed in."""


def find(addresses: Sequence[str], desk: Session) -> list[LookupResult | ResolveError]:
    """Look papers up at the addresses of their pages."""
    return [_find(address, desk) for address in addresses]


def find_arxiv_pages(ids: Sequence[str], desk: Session) -> list[LookupResult | ResolveError]:
    """Look arXiv ids up at their pages."""
    addresses = {id_: desk.services.arxiv_pages + id_ for id_ in ids}
    return [_compare(_find(addresses[id_], desk), id_, parse_arxiv) for id_ in ids]


def find_openreview_pages(ids: Sequence[str], desk: Session) -> list[LookupResult | ResolveError]:
    """Look OpenReview ids up at their forums."""
    addresses = {id_: f"{desk.services.openreview_pages}?id={id_}" for id_ in ids}
    return [_compare(_find(addresses[id_], desk), id_, parse_openreview) for id_ in ids]


def _compare(
    found: LookupResult | ResolveError, id_: str, parse: Callable[[str], str | None]
) -> LookupResult | ResolveError:
    """Return what was found, if the page itself names the id that was looked up."""
    if isinstance(found, ResolveError):
        return found
    links = found.draft.values.get("links")
    named = [found.draft.values.get("arxiv"), *(links.values() if isinstance(links, dict) else ())]
    ids = {parse(text) for text in named if isinstance(text, str)} - {None}
    if ids == {id_}:
        return found
    told = ", ".join(sorted(filter(None, ids))) or "no id"
    return UnavailableError(f"{found.draft.source}: the page is that of {told}, not of {id_}")


def _find(address: str, desk: Session) -> LookupResult | ResolveError:
    try:
        answer = desk.ask(address, accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
    except UnavailableError as error:
        return error
    if answer.status in (404, 410):
        return NotFoundError(f"there is no page {address}")
    if not answer.is_fine:
        return UnavailableError(f"{address}: answered with status {answer.status}")
    if _is_sent_home(address, answer.url):
        return NoMetadataError(f"{address} leads to the front page {answer.url}, not to a paper")
    if answer.body.startswith(b"%PDF"):
        return NoMetadataError(f"{address} is a PDF; give the address of the paper's page")
    tags = read_tags(read_text(answer))
    found = _read(tags, address, answer)
    return found or NoMetadataError(f"{address} has no citation_title: the page names no paper")


def _is_sent_home(address: str, end: str) -> bool:
    """Return whether a page is not there any more and its site shows the front page instead."""
    before, after = urlsplit(address), urlsplit(end)
    return bool(before.path.strip("/")) and not after.path.strip("/") and not after.query


def read_tags(text: str) -> Tags:
    """Return the meta tags of a page whose names begin with `citation_`."""
    tags: Tags = {}
    for tag in read_meta_tags(text):
        name = (tag.get("name") or tag.get("property") or "").strip().lower()
        content = clean_line(tag.get("content", ""))
        if name.startswith("citation_") and content:
            tags.setdefault(name, []).append(content)
    return tags


def _read(tags: Tags, address: str, answer: HttpResponse) -> LookupResult | None:
    title = clean_title(_first(tags, "citation_title") or "")
    if not title:
        return None
    values: dict[str, Value] = {"title": title}
    if authors := list(_read_authors(tags)):
        values["authors"] = authors
    venue = next((tags[name][0] for name in _CONTAINERS if name in tags), None)
    if venue is not None:
        values["venue"] = venue
    dates = ("citation_publication_date", "citation_date", "citation_year", "citation_online_date")
    year = next((m for n in dates if (m := _YEAR.search(_first(tags, n) or ""))), None)
    if year is not None:
        values["year"] = year[1]
    values.update(_read_identifiers(tags))
    values.update(_read_place(tags))
    values["links"] = _read_links(tags, address, values)
    if not values["links"]:
        del values["links"]
    return LookupResult(Draft(values, source=Source(address=answer.url)))


def _first(tags: Tags, name: str) -> str | None:
    return tags.get(name, [None])[0]


def _read_authors(tags: Tags) -> Iterator[Value]:
    """Yield the authors: a tag for each, or one for all with semicolons."""
    shown = tags.get("citation_author") or tags.get("citation_authors") or []
    for text in shown:
        for part in text.split(";"):
            name = clean_name(part)
            if name is not None:
                yield name


def _read_identifiers(tags: Tags) -> Iterator[tuple[str, Value]]:
    doi = parse_doi(_first(tags, "citation_doi") or "")
    arxiv = parse_arxiv(_first(tags, "citation_arxiv_id") or "") or parse_arxiv(doi or "")
    if doi is not None and parse_arxiv(doi) is None:
        yield "doi", doi
    if arxiv is not None:
        yield "arxiv", arxiv


def _read_place(tags: Tags) -> Iterator[tuple[str, Value]]:
    for name, field in (("volume", "volume"), ("issue", "number"), ("publisher", "publisher")):
        text = _first(tags, f"citation_{name}")
        if text is not None:
            yield field, text
    first, last = _first(tags, "citation_firstpage"), _first(tags, "citation_lastpage")
    if first is not None:
        yield "pages", first if last in (None, first) else f"{first}-{last}"


def _read_links(tags: Tags, address: str, values: dict[str, Value]) -> dict[str, Value]:
    links: dict[str, Value] = {}
    pdf = _first(tags, "citation_pdf_url")
    if pdf is not None and pdf.startswith(("http://", "https://")):
        links["pdf"] = pdf
    # The addresses that an identifier gives need no link of their own.
    is_known = find_identifier(address) is not None
    if not is_known and not ("doi" in values and parse_doi(address)):
        links["page"] = address
    return links
