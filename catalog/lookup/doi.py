"""DOIs: content negotiation at doi.org, or else the two agencies' own services.

https://www.crossref.org/documentation/retrieve-metadata/content-negotiation/ lists the statuses:
404 for a DOI that does not exist, 204 and 406 for one without metadata in this form. Crossref sends
some texts as lists; DataCite follows the schema.
"""

import re
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
from catalog.lookup.session import Session, read_json_answer, to_objects
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
        return _read(doi, read_json_answer(_expect_fine(answer), "doi.org"))
    except ResolveError as error:
        return error


def _find_at(service: str, doi: str, desk: Session) -> LookupResult | ResolveError:
    try:
        answer = desk.ask(service + quote(doi, safe=""), accept=f"{CSL_JSON}, application/json")
        if answer.status == 404:
            return NotFoundError(f"{service} does not know the DOI {doi}")
        found = read_json_answer(_expect_fine(answer), service)
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
    item = _from_datacite(item)
    kind = str(item.get("type", ""))
    if kind in _NO_PAPERS:
        return NoMetadataError(f"the DOI {doi} is that of a {kind}, not of a paper")
    draft = to_draft(item, Source(address=to_doi_url(doi)))
    if "title" not in draft.values:
        return NoMetadataError(f"the DOI {doi} resolves but has no metadata")
    told = parse_doi(str(item.get("DOI", "")))
    if told is None or told.lower() != doi.lower():
        return NoMetadataError(f"the answer for the DOI {doi} is about {told or 'no DOI'}")
    values = {name: value for name, value in draft.values.items() if name not in _LEFT_OUT}
    values["doi"] = doi
    _settle_publisher(values)
    is_retracted = _RETRACTED.match(str(draft.values["title"])) or _has_retraction(item)
    uncertainty = f"the DOI {doi} is that of a retracted paper or of a retraction"
    return LookupResult(
        replace(draft, values=values), uncertainty=uncertainty if is_retracted else None
    )


# https://api.crossref.org/types: types that are not papers on their own.
_NO_PAPERS = frozenset(
    [
        *("journal", "journal-issue", "journal-volume", "component", "peer-review", "grant"),
        *("book-series", "book-set", "proceedings-series", "report-series", "database"),
    ]
)
# "RETRACTED: Things", "Retraction notice to: Things", "WITHDRAWN: Things".
_RETRACTED = re.compile(
    r"\W*(?:(?:retracted|withdrawn|retracted article|retraction)\s*[:\]]"
    r"|(?:retraction|withdrawal) (?:notice|note|of|to)\b)",
    re.IGNORECASE,
)
_RETRACTIONS = frozenset(["retraction", "partial_retraction", "removal", "withdrawal"])
"""https://www.crossref.org/documentation/crossmark/: kinds of updates that take a paper back."""


def _has_retraction(item: dict[str, Any]) -> bool:
    """Return whether Crossref knows a notice that takes the paper back, or this is one."""
    rows = [row for name in ("updated-by", "update-to") for row in to_objects(item.get(name))]
    return any(str(row.get("type")) in _RETRACTIONS for row in rows)


def _from_datacite(item: dict[str, Any]) -> dict[str, Any]:
    """Return DataCite's own form as CSL-JSON; anything else as it is.

    https://support.datacite.org/docs/api-get-doi: titles that are translations or alternatives
    have a `titleType`.
    """
    data = item.get("data")
    own = data.get("attributes") if isinstance(data, dict) else None
    if not isinstance(own, dict):
        return item
    titles = to_objects(own.get("titles"))
    main = next((row for row in titles if not row.get("titleType")), {})
    year = own.get("publicationYear")
    container = own.get("container")
    publisher = own.get("publisher")
    return {
        "DOI": own.get("doi"),
        "title": main.get("title"),
        "author": [_to_csl_name(row) for row in to_objects(own.get("creators"))],
        "issued": {"date-parts": [[year]]} if isinstance(year, int) else {},
        "container-title": container.get("title") if isinstance(container, dict) else None,
        "publisher": publisher.get("name") if isinstance(publisher, dict) else publisher,
    }


def _to_csl_name(row: dict[str, Any]) -> dict[str, Any]:
    if isinstance(row.get("familyName"), str):
        return {"family": row["familyName"], "given": row.get("givenName") or ""}
    family, comma, given = str(row.get("name", "")).partition(",")
    if comma and row.get("nameType") != "Organizational":
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": family.strip()}


_LEFT_OUT = frozenset(["key", "tags", "note", "month", "links"])
"""What agencies say for their own use; the month is one of several dates, and no one's."""


def _settle_publisher(values: dict[str, Value]) -> None:
    """Make the publisher the venue of what appeared nowhere else, in place."""
    publisher = values.get("publisher")
    if isinstance(publisher, str) and values.setdefault("venue", publisher) == publisher:
        del values["publisher"]
