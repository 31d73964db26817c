"""Candidates for the published version of a listed preprint, from the services."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from catalog.importers.bibliography.csl import to_draft
from catalog.importers.cleanup import clean_name, clean_title
from catalog.lookup import Kind, LookupResult, Query, ResolveError, Session, answer_queries, arxiv
from catalog.lookup.session import read_json_answer, to_objects
from catalog.model.draft import Draft, Source, validate
from catalog.model.identifiers import parse_arxiv, parse_doi, to_doi_url
from catalog.model.records import Paper
from catalog.model.types import Value

# Results of a search that are compared; Crossref and DBLP put the best match first.
_ROWS = 8
_PUBLISHED_TYPES = frozenset(
    [
        *("proceedings-article", "paper-conference", "journal-article", "article-journal"),
        *("book-chapter", "chapter", "Conference and Workshop Papers", "Journal Articles"),
        "Parts in Books or Collections",
    ]
)
"""Types of Crossref, CSL and DBLP under which a peer-reviewed paper appears."""
# Only the words of a title are sent: a search may read punctuation as operators.
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class PublishedCandidate:
    """A paper that may be the published version. `is_declared` when someone linked the two."""

    found: LookupResult
    said: str
    """Who says so, for the evidence: `arXiv names the DOI 10.1000/x`."""
    is_declared: bool = False
    has_published_type: bool = True

    @property
    def paper(self) -> Paper | None:
        """The candidate as a record, or None when it cannot be one."""
        values = {"key": "candidate", **self.found.draft.values}
        return validate([replace(self.found.draft, values=values)])[0].paper


@dataclass(frozen=True, slots=True)
class Asked:
    """The candidates for one record, and what could not be asked."""

    candidates: tuple[PublishedCandidate, ...]
    failures: tuple[str, ...] = ()


def ask_servers(papers: Sequence[Paper], desk: Session) -> dict[str, Asked]:
    """Ask the preprint servers of many papers, by key: arXiv in batches, OpenReview one by one."""
    questions: list[tuple[str, Query]] = []
    for paper in papers:
        if paper.arxiv is not None:
            questions.append((paper.key, Query(Kind.ARXIV, paper.arxiv, paper.arxiv)))
        if paper.openreview is not None:
            id_ = paper.openreview
            questions.append((paper.key, Query(Kind.OPENREVIEW, id_, id_)))
    outcomes = answer_queries([question for _, question in questions], desk)
    told: dict[str, Asked] = {}
    for (key, question), outcome in zip(questions, outcomes, strict=True):
        before = told.get(key, Asked(()))
        if isinstance(outcome, ResolveError):
            told[key] = replace(before, failures=(*before.failures, str(outcome)))
        else:
            made = (_from_server(found, question) for found in outcome)
            told[key] = replace(before, candidates=(*before.candidates, *made))
    return told


def ask_arxiv_for_code(papers: Sequence[Paper], desk: Session) -> dict[str, PublishedCandidate]:
    """Ask arXiv about many published papers, by key, for the code that their abstracts name."""
    asked = [paper for paper in papers if paper.arxiv is not None]
    outcomes = arxiv.find([paper.arxiv for paper in asked if paper.arxiv is not None], desk)
    return {
        paper.key: PublishedCandidate(outcome, f"arXiv id {paper.arxiv}", is_declared=True)
        for paper, outcome in zip(asked, outcomes, strict=True)
        if isinstance(outcome, LookupResult) and outcome.code is not None
    }


def _from_server(found: LookupResult, question: Query) -> PublishedCandidate:
    if question.kind is Kind.ARXIV and "doi" in found.draft.values:
        return PublishedCandidate(
            found, f"arXiv names the DOI {found.published_doi}", is_declared=True
        )
    return PublishedCandidate(found, f"{question.kind} {question.value}", is_declared=True)


def ask_crossref_relations(paper: Paper, desk: Session) -> Iterator[PublishedCandidate]:
    """Yield what Crossref says a preprint with a DOI of its own has become."""
    if paper.doi is None or parse_arxiv(paper.doi) is not None:
        return
    service = desk.services.crossref.rstrip("/")
    answer = desk.ask(f"{service}/{quote(paper.doi, safe='')}", accept="application/json")
    if not answer.is_fine:
        return
    work = _dig(read_json_answer(answer, "Crossref"), "message")
    if str(_dig(work, "DOI")).lower() != paper.doi.lower():
        return  # an answer about another work links other works
    for link in to_objects(_dig(work, "relation", "is-preprint-of")):
        doi = parse_doi(str(link.get("id", "")))
        (outcome,) = answer_queries([Query(Kind.DOI, doi, doi)], desk) if doi else [[]]
        for found in outcome if isinstance(outcome, list) else ():
            said = f"Crossref says {paper.doi} is the preprint of {doi}"
            yield PublishedCandidate(found, said, is_declared=True)


def search_crossref(paper: Paper, desk: Session) -> Iterator[PublishedCandidate]:
    """Yield what Crossref finds by title and first author."""
    params = {"query.bibliographic": paper.title, "rows": str(_ROWS)}
    if paper.authors:
        params["query.author"] = paper.authors[0].full_family
    answer = desk.ask(desk.services.crossref, accept="application/json", params=params)
    for item in to_objects(_dig(read_json_answer(answer, "Crossref"), "message", "items")):
        if "update-to" in item:
            continue
        doi = parse_doi(str(item.get("DOI", "")))
        if doi is None:
            continue
        draft = to_draft(item, Source(address=to_doi_url(doi)))
        kept = {k: v for k, v in draft.values.items() if k not in _OF_THE_AGENCY}
        found = LookupResult(replace(draft, values={**kept, "doi": doi}))
        is_published = str(item.get("type")) in _PUBLISHED_TYPES
        yield PublishedCandidate(found, f"Crossref has {doi}", has_published_type=is_published)


_OF_THE_AGENCY = frozenset(["key", "tags", "note", "month", "links"])
"""What agencies keep for their own use."""


def search_dblp(paper: Paper, desk: Session) -> Iterator[PublishedCandidate]:
    """Yield what DBLP finds by title and first author."""
    words = _WORD.findall(paper.title)
    if paper.authors:
        words.append(paper.authors[0].full_family)
    params = {"q": " ".join(words), "format": "json", "h": str(_ROWS)}
    answer = desk.ask(desk.services.dblp, accept="application/json", params=params)
    for hit in to_objects(_dig(read_json_answer(answer, "DBLP"), "result", "hits", "hit")):
        info = hit.get("info")
        if isinstance(info, dict) and isinstance(info.get("title"), str):
            yield _read_dblp(info)


def _read_dblp(info: dict[str, Any]) -> PublishedCandidate:
    shown = _dig(info, "authors", "author")
    people = to_objects(shown if isinstance(shown, list) else [shown])
    names = [clean_name(str(one["text"])) for one in people if "text" in one]
    values: dict[str, Value] = {"title": clean_title(info["title"])}
    if authors := [name for name in names if name is not None]:
        values["authors"] = authors
    for name in ("venue", "year", "volume", "number", "pages"):
        value = info.get(name)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and value.strip():
            values[name] = value.strip()
    doi = parse_doi(str(info.get("doi", "")))
    if doi is not None and parse_arxiv(doi) is None:
        values["doi"] = doi
    address = info.get("url") if isinstance(info.get("url"), str) else None
    draft = Draft(values, source=Source(address=address))
    is_published = str(info.get("type")) in _PUBLISHED_TYPES
    said = f"DBLP has {info.get('key', 'it')}"
    return PublishedCandidate(LookupResult(draft), said, has_published_type=is_published)


def _dig(value: Any, *names: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
