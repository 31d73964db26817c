"""Identifiers, checked as identifiers: whether the service knows them, and under which title.

Publishers keep programs out; the services of identifiers are made for programs. What a service
does not know, or does not say now, is visited as any other address.
"""

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from catalog.linkcheck.page import find_meta_title
from catalog.linkcheck.requests import Outcome, Request, follow_to_body, send
from catalog.model import findings
from catalog.model.identifiers import ACL, IDENTIFIERS, parse_arxiv
from catalog.model.similarity import compare_titles
from catalog.net import Client, HttpResponse, Services
from catalog.net.limits import MEGABYTE
from catalog.store.link_status import MISMATCH
from catalog.text.folding import fold
from catalog.text.parse import read_json, read_xml

ARXIV_BATCH = 50
"""Ids in one request: an address of less than 1 KB, and one failure concerns few links."""
_ATOM = "{http://www.w3.org/2005/Atom}"
_CSL = "application/vnd.citationstyles.csl+json"
_HANDLE_FOUND = 1
"""https://www.doi.org/doi-handbook/HTML/rest-api.html: responseCode of a handle that exists."""
_WITHDRAWN = re.compile(r"withdrawn|desk[ _]rejected", re.IGNORECASE)
"""In `venue` and `venueid` of OpenReview: `ICLR 2025 Conference Withdrawn Submission`,
`Desk_Rejected_Submission`."""
_LONGEST_TITLE = 1_000
"""Longer than any title; what a hostile answer adds to it would only fill the state file."""
_ALIKE = 0.5
"""Titles change between preprint and proceedings; another paper shares fewer words than that."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a service knows of an identifier."""

    title: str | None = None
    is_withdrawn: bool = False


Lookup = Generator[Request, Outcome, Known | None]
"""A trip that ends with what a service knows; None when it knows nothing or does not say."""


def is_other_title(title: str, titles: Sequence[str]) -> bool:
    """Return whether a title is surely that of another paper than the titles of the records."""
    if not titles or not fold(title):
        return False
    return all(compare_titles(title, own) < _ALIKE for own in titles)


def write_mismatch(title: str) -> str:
    """Return the reason of a link whose identifier is that of another paper."""
    return f"{MISMATCH}: it leads to {findings.quote(title)}"


def find_arxiv(
    client: Client, services: Services, ids: Sequence[str]
) -> Generator[Request, Outcome, dict[str, Known]]:
    """Look up many arXiv ids with one request."""
    query = urlencode({"id_list": ",".join(ids), "max_results": len(ids)}, safe=",/")
    outcome = yield from send(client, Request(f"{services.arxiv}?{query}", limit=4 * MEGABYTE))
    body = _body_of(outcome)
    if body is None:
        return {}
    try:
        feed = read_xml(body)
    except ValueError:
        return {}
    found: dict[str, Known] = {}
    for entry in feed.iter(f"{_ATOM}entry"):
        # An id that does not exist has no entry, or one without a title, or one titled `Error`.
        id_ = parse_arxiv((entry.findtext(f"{_ATOM}id") or "").strip())
        title = " ".join((entry.findtext(f"{_ATOM}title") or "").split())
        if id_ is not None and title:
            found[id_] = Known(title[:_LONGEST_TITLE])
    return found


def find_doi(client: Client, services: Services, doi: str, known_title: str | None) -> Lookup:
    """Look a DOI up at the handle service, and its title where its agency has one."""
    handle = quote(doi, safe="/:;()")
    data = yield from _ask_json(client, services.handles + handle, "application/json")
    if not isinstance(data, dict) or data.get("responseCode") != _HANDLE_FOUND:
        return None
    if _is_other_doi(data.get("handle"), doi):
        return None
    if known_title is not None:
        return Known(known_title)
    record = yield from _ask_json(client, services.doi + handle, _CSL)
    is_other = isinstance(record, dict) and _is_other_doi(record.get("DOI"), doi)
    return Known(None if is_other else _find_csl_title(record))


def _is_other_doi(answered: object, doi: str) -> bool:
    """Return whether an answer is about another DOI than the one that was asked for.

    DOI names are case-insensitive (ISO 26324).
    """
    return isinstance(answered, str) and answered.lower() != doi.lower()


def find_openreview(client: Client, services: Services, id_: str) -> Lookup:
    """Look a forum up; a paper that its authors took back is known as such."""
    for service in (services.openreview, services.openreview_old):
        url = f"{service}?{urlencode({'id': id_})}"
        data = yield from _ask_json(client, url, "application/json")
        notes = data.get("notes") if isinstance(data, dict) else None
        rows = notes if isinstance(notes, list) else []
        note = next((row for row in rows if isinstance(row, dict) and row.get("id") == id_), None)
        content = note.get("content") if isinstance(note, dict) else None
        if isinstance(content, dict):
            venue = f"{_bare(content.get('venue'))} {_bare(content.get('venueid'))}"
            title = _bare(content.get("title"))[:_LONGEST_TITLE]
            return Known(title or None, _WITHDRAWN.search(venue) is not None)
    return None


def find_acl(client: Client, services: Services, id_: str, known_title: str | None) -> Lookup:
    """Look a paper up on its page, which has the title in a meta tag."""
    method = "GET" if known_title is None else "HEAD"
    outcome = yield from send(client, Request(f"{services.acl}{id_}/", method))
    if not isinstance(outcome, HttpResponse) or not outcome.is_fine:
        return None
    return Known(known_title or find_meta_title(outcome.body.decode("utf-8", "replace")))


def _ask_json(client: Client, url: str, accept: str) -> Generator[Request, Outcome, Any]:
    """Follow redirects to JSON; None for anything else."""
    headers: Mapping[str, str] = {"Accept": accept, "Accept-Encoding": "gzip"}
    arrival = yield from follow_to_body(client, url, headers, MEGABYTE)
    body = _body_of(arrival.outcome)
    try:
        return None if body is None else read_json(body)
    except ValueError:
        return None


def _body_of(outcome: Outcome) -> bytes | None:
    """Return the whole body of an answer of success, or None."""
    is_whole = isinstance(outcome, HttpResponse) and outcome.is_fine and outcome.fault is None
    return outcome.body if isinstance(outcome, HttpResponse) and is_whole else None


def _find_csl_title(record: object) -> str | None:
    title = record.get("title") if isinstance(record, dict) else None
    if isinstance(title, list):  # as Crossref's own JSON has it
        title = title[0] if title else None
    return (
        re.sub(r"<[^<>]*>", "", title[:_LONGEST_TITLE])
        if isinstance(title, str) and title
        else None
    )


def _bare(value: object) -> str:
    """Return the text of a value, which API 2 wraps: `{"value": …}`."""
    inner = value.get("value") if isinstance(value, dict) else value
    return inner if isinstance(inner, str) else ""


@dataclass(frozen=True, slots=True)
class Identity:
    """The service that knows an address, and the id under which it does."""

    service: str
    id: str


def find_identity(url: str, field: str) -> Identity | None:
    """Return by which service an address is known; None when it is visited itself."""
    if field == "acl":
        return Identity("acl", url.rstrip("/").rpartition("/")[2])
    if "://" not in url:
        return None
    host = url.split("/")[2].lower()
    for kind in _KNOWN_BY_ADDRESS:
        if host in kind.hosts and (id_ := kind.parse(url)) is not None:
            return Identity(kind.field, id_)
    return None


_KNOWN_BY_ADDRESS = tuple(kind for kind in IDENTIFIERS if kind is not ACL)
"""The Anthology's pages are visited themselves: they are its only service."""
