"""arXiv: many ids at a time, as an Atom feed.

The format: https://info.arxiv.org/help/api/user-manual.html. An error comes as a feed with one
entry titled `Error` and status 200; an id that does not exist is left out or comes without title; a
client that asks too fast gets plain text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from xml.etree import ElementTree

from catalog.importers.bibliography.latex import decode_latex
from catalog.importers.cleanup import clean_line, clean_name, clean_title
from catalog.lookup.result import LookupResult, NotFoundError, ResolveError, UnavailableError
from catalog.lookup.session import Session
from catalog.model.draft import Draft, Source
from catalog.model.identifiers import parse_arxiv, parse_doi, to_arxiv_url
from catalog.model.types import Value
from catalog.net import HttpResponse
from catalog.text.parse import read_xml

# Ids are in the address of the request: 50 of them have about 600 characters.
_BATCH = 50
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
# "Code is available at https://github.com/…", "our implementation: …"; a bare address may be
# anybody's.
_CODE = re.compile(
    r"\b(?:code|implementation|software)\b[^.\n]{0,80}?[\s:({]"
    r"(https?://(?:www\.)?(?:github|gitlab)\.com/[\w.-]+/[\w.-]+)",
    re.IGNORECASE,
)


# "This paper has been withdrawn by the authors", "Withdrawn: error in Section 3"; not "we count how
# many papers have been withdrawn".
_WITHDRAWN = re.compile(
    r"\W*(?:(?:this|the) (?:paper|submission|article|manuscript|work|preprint|version)\b[^.]{0,40}"
    r"\bwithdrawn\b|withdrawn\b)",
    re.IGNORECASE,
)


def find(ids: Sequence[str], desk: Session) -> list[LookupResult | ResolveError]:
    """Look ids up, as many in a request as the API takes; the outcomes are in the same order."""
    outcomes: dict[str, LookupResult | ResolveError] = {}
    remaining = iter(dict.fromkeys(ids))
    while batch := list(islice(remaining, _BATCH)):
        outcomes.update(_find_batch(batch, desk))
    return [outcomes[id_] for id_ in ids]


def _find_batch(ids: list[str], desk: Session) -> dict[str, LookupResult | ResolveError]:
    params = {"id_list": ",".join(ids), "max_results": str(len(ids))}
    try:
        answer = desk.ask(desk.services.arxiv, accept="application/atom+xml", params=params)
        found = dict(_read_feed(answer))
    except UnavailableError as error:
        return dict.fromkeys(ids, error)
    return {
        id_: found.get(id_) or NotFoundError(f"there is no arXiv paper with the id {id_}")
        for id_ in ids
    }


def _read_feed(answer: HttpResponse) -> Iterator[tuple[str, LookupResult]]:
    if not answer.is_fine:
        raise UnavailableError(f"arXiv sent no feed (status {answer.status})")
    try:
        feed = read_xml(answer.body)
    except ValueError as error:
        raise UnavailableError("arXiv sent something that is not a feed") from error
    if feed.tag != f"{_ATOM}feed":
        raise UnavailableError("arXiv sent something that is not a feed")
    for entry in feed.iter(f"{_ATOM}entry"):
        title = clean_title(decode_latex(_text(entry, f"{_ATOM}title")))
        if title == "Error":
            raise UnavailableError(f"arXiv says: {clean_line(_text(entry, f'{_ATOM}summary'))}")
        id_ = parse_arxiv(_text(entry, f"{_ATOM}id"))
        if id_ and title:
            yield id_, _read_entry(entry, id_, title)


def _read_entry(entry: ElementTree.Element, id_: str, title: str) -> LookupResult:
    shown = (_text(author, f"{_ATOM}name") for author in entry.iter(f"{_ATOM}author"))
    names = (clean_name(decode_latex(name)) for name in shown)
    values: dict[str, Value] = {"title": title}
    if authors := [name for name in names if name is not None]:
        values["authors"] = authors
    values["venue"] = "arXiv"
    year = _text(entry, f"{_ATOM}published")[:4]
    if year.isdigit():
        values["year"] = year
    values["arxiv"] = id_
    doi = parse_doi(_text(entry, f"{_ARXIV}doi"))
    notes = [_text(entry, tag) for tag in (f"{_ARXIV}comment", f"{_ATOM}summary")]
    is_withdrawn = any(_WITHDRAWN.match(note) for note in notes)
    return LookupResult(
        Draft(values, source=Source(address=to_arxiv_url(id_))),
        published_doi=doi if doi and parse_arxiv(doi) is None else None,
        journal_ref=clean_line(_text(entry, f"{_ARXIV}journal_ref")) or None,
        code=_find_code(*notes),
        uncertainty=f"arXiv says that {id_} was withdrawn" if is_withdrawn else None,
    )


def _find_code(*texts: str) -> str | None:
    """Return the address that a text names as the paper's code, or None."""
    found = next((found for text in texts if (found := _CODE.search(text))), None)
    return found[1].removesuffix(".git").rstrip(".") if found else None


def _text(element: ElementTree.Element, tag: str) -> str:
    return (element.findtext(tag) or "").strip()
