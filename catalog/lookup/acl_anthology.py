"""The ACL Anthology: each paper has its BibTeX file, see https://aclanthology.org/info/development/."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from catalog.lookup.bibliography_files import read_finds
from catalog.lookup.result import LookupResult, NotFoundError, ResolveError, UnavailableError
from catalog.lookup.session import Session
from catalog.model.draft import Source
from catalog.model.identifiers import find_acl_in_doi, parse_acl, to_acl_url
from catalog.model.types import Value
from catalog.net import HttpResponse, read_text


def find(ids: Sequence[str], desk: Session) -> list[LookupResult | ResolveError]:
    """Look papers up by their ids."""
    return [_find(id_, desk) for id_ in ids]


def _find(id_: str, desk: Session) -> LookupResult | ResolveError:
    address = f"{desk.services.acl}{id_}.bib"
    try:
        answer = desk.ask(address, accept="application/x-bibtex, text/plain;q=0.5, */*;q=0.1")
        return _read(id_, address, answer)
    except ResolveError as error:
        return error


def _read(id_: str, address: str, answer: HttpResponse) -> LookupResult:
    if answer.status in (404, 410):
        raise NotFoundError(f"there is no paper {id_} in the ACL Anthology")
    if not answer.is_fine:
        raise UnavailableError(f"{address}: answered with status {answer.status}")
    finds = read_finds(read_text(answer), f"{id_}.bib")
    if len(finds) != 1:
        raise UnavailableError(f"{address}: sent {len(finds)} BibTeX entries instead of one")
    told = _find_id(finds[0].draft.values)
    if told != id_:
        raise UnavailableError(f"{address}: the entry is that of {told or 'no id'}, not of {id_}")
    values = {**finds[0].draft.values, "acl": id_}
    # The page follows from the id.
    values.pop("links", None)
    draft = replace(finds[0].draft, values=values, source=Source(address=to_acl_url(id_)))
    return replace(finds[0], draft=draft)


def _find_id(values: Mapping[str, Value]) -> str | None:
    """Return the id that an entry names: by its address, or else by its DOI."""
    links = values.get("links")
    addresses = links.values() if isinstance(links, dict) else ()
    named = [*addresses, values.get("acl"), values.get("url")]
    for text in named:
        id_ = parse_acl(text) if isinstance(text, str) else None
        if id_ is not None:
            return id_
    doi = values.get("doi")
    return find_acl_in_doi(doi) if isinstance(doi, str) else None
