"""DOIs: content negotiation at doi.org, or else the two agencies' own services.

https://www.crossref.org/documentation/retrieve-metadata/content-negotiation/ tells the statuses:
404 for a DOI that does not exist, 204 and 406 for one without metadata in this form. Crossref sends
some texts as lists; DataCite follows the schema.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from catalog.importers.bibliography.csl import to_draft
from catalog.lookup.result import (
    LookupResult,
    NoMetadataError,
    NotFoundError,
    ResolveError,
    UnavailableError,
)
from catalog.lookup.session import Session, read_json
from catalog.model.draft import Source
from catalog.model.identifiers import parse_doi, to_doi_url
from catalog.model.types import Value
from catalog.net import HttpResponse

CSL_JSON = "application/vnd.citationstyles.csl+json"


def find(dois: Sequence[str], desk: Session) -> list[LookupResult | ResolveError]:
    """Look DOIs up at doi.org."""
    return [_find(doi, desk) for doi in dois]


def find_at_crossref(dois: Sequence[str], desk: Session) -> list[LookupResult | ResolveError]:
    """Look DOIs up at Crossref itself."""
    return [_find_at(desk.services.crossref.rstrip("/") + "/", doi, desk) for doi in dois]


def find_at_datacite(dois: Sequence[str], desk: Session) -> list[LookupResult | ResolveError]:
    """Look DOIs up at DataCite itself."""
    return [_find_at(desk.services.datacite, doi, desk) for doi in dois]


def _find(doi: str, desk: Session) -> LookupResult | ResolveError:
    try:
        answer = desk.ask(desk.services.doi + _encode(doi), accept=CSL_JSON)
        if answer.status == 404:
            return NotFoundError(f"there is no DOI {doi}")
        if answer.status in (204, 406):
            return NoMetadataError(f"the DOI {doi} resolves but has no metadata")
        return _read(doi, read_json(_expect_fine(answer), "doi.org"))
    except ResolveError as error:
        return error


def _find_at(service: str, doi: str, desk: Session) -> LookupResult | ResolveError:
    try:
        answer = desk.ask(service + quote(doi, safe=""), accept=f"{CSL_JSON}, application/json")
        if answer.status == 404:
            return NotFoundError(f"{service} does not know the DOI {doi}")
        found = read_json(_expect_fine(answer), service)
        # Crossref's own service wraps the work: https://github.com/CrossRef/rest-api-doc.
        inner = found.get("message") if isinstance(found, dict) else None
        return _read(doi, inner if isinstance(inner, dict) else found)
    except ResolveError as error:
        return error


def _expect_fine(answer: HttpResponse) -> HttpResponse:
    if not answer.is_fine:
        raise UnavailableError(f"{answer.url}: answered with status {answer.status}")
    return answer


def _encode(doi: str) -> str:
    return to_doi_url(doi).removeprefix("https://doi.org/")


def _read(doi: str, item: Any) -> LookupResult | ResolveError:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(item, dict):
        return NoMetadataError(f"the DOI {doi} resolves but has no metadata")
    draft = to_draft(item, Source(address=to_doi_url(doi)))
    if "title" not in draft.values:
        return NoMetadataError(f"the DOI {doi} resolves but has no metadata")
    told = parse_doi(str(item.get("DOI", "")))
    if told is None or told.lower() != doi.lower():
        return NoMetadataError(f"the answer for the DOI {doi} is about {told or 'no DOI'}")
    values = {name: value for name, value in draft.values.items() if name not in _LEFT_OUT}
    values["doi"] = doi
    _settle_publisher(values)
    return LookupResult(replace(draft, values=values))


_LEFT_OUT = frozenset(["key", "tags", "note", "month", "links"])
"""What agencies say for their own use; the month is one of several dates, and no one's."""


def _settle_publisher(values: dict[str, Value]) -> None:
    """Make the publisher the venue of what appeared nowhere else, in place."""
    publisher = values.get("publisher")
    if isinstance(publisher, str) and values.setdefault("venue", publisher) == publisher:
        del values["publisher"]
