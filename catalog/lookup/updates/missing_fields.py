"""What a record lacks: authors, pages, a DOI, the address of its code."""

from collections.abc import Iterator, Sequence

from catalog.lookup import (
    Kind,
    LookupResult,
    Query,
    ResolveError,
    Session,
    UnavailableError,
    answer_queries,
)
from catalog.lookup.updates.candidates import PublishedCandidate, search_crossref
from catalog.lookup.updates.compare import BAR, compare_versions
from catalog.lookup.updates.proposal import Proposal
from catalog.lookup.venues import find_listed_venue
from catalog.model.catalog import Catalog
from catalog.model.draft import to_values
from catalog.model.records import EntryType, LinkKind, Paper
from catalog.model.similarity import compare_titles, contain_authors

_FILLED = ("volume", "number", "pages", "publisher", "doi", "acl")
"""Facts of a publication that services know better than lists."""
# The service of the record's own identifier says so; whoever typed that may have erred.
_SURE = 0.95
# With fewer common authors, of the shorter list, the identifier is that of another paper.
_LEAST_AUTHORS = 0.5


def propose_missing(paper: Paper, catalog: Catalog, desk: Session) -> Iterator[Proposal]:
    """Propose what a published record lacks, as the service of its identifier gives it."""
    if paper.doi is None and paper.acl is None and _has_pages(paper, catalog):
        yield from _search_doi(paper, catalog, desk)
    question = _ask_about(paper)
    if question is None or not _lacks_something(paper, catalog):
        return
    (outcome,) = answer_queries([question], desk)
    if isinstance(outcome, ResolveError):
        if isinstance(outcome, UnavailableError):
            raise outcome
        text = f"{question.kind} {question.value}: {outcome}"
        yield Proposal(paper.key, "identifier", {}, (text,), 0.0)
        return
    yield from _compare_with(paper, outcome[0], question)


def _ask_about(paper: Paper) -> Query | None:
    for kind, value in ((Kind.ACL, paper.acl), (Kind.DOI, paper.doi), (Kind.ARXIV, paper.arxiv)):
        if value is not None:
            return Query(kind, value, value)
    return None


def _lacks_something(paper: Paper, catalog: Catalog) -> bool:
    is_cut = not paper.authors or paper.more_authors
    has_place = _has_pages(paper, catalog) and (paper.doi or paper.acl) is not None
    lacks_place = has_place and paper.pages is None
    return is_cut or lacks_place or (paper.acl is not None and paper.doi is None)


def _has_pages(paper: Paper, catalog: Catalog) -> bool:
    return catalog.entry_type(paper) in (EntryType.ARTICLE, EntryType.INPROCEEDINGS)


def _search_doi(paper: Paper, catalog: Catalog, desk: Session) -> Iterator[Proposal]:
    """Propose the DOI of a published record: of the same title, authors, venue and year."""
    verdicts = [
        v for c in search_crossref(paper, desk) if (v := compare_versions(paper, c)) is not None
    ]
    fitting = [v for v in verdicts if v.has_passed and _is_same_place(paper, v.paper, catalog)]
    if len({v.paper.doi for v in fitting}) == 1:
        values = to_values(fitting[0].paper)
        found = {n: values[n] for n in _FILLED if n in values and getattr(paper, n) is None}
        evidence = (*fitting[0].reasons, "the same venue and year")
        yield Proposal(paper.key, ", ".join(found), found, evidence, fitting[0].confidence)


def _is_same_place(paper: Paper, told: Paper, catalog: Catalog) -> bool:
    """Return whether a find appeared in the record's venue, in its year or the one next to it."""
    if paper.year is None or told.year is None or abs(paper.year - told.year) > 1:
        return False
    return told.venue is not None and find_listed_venue(
        told.venue, catalog
    ).short == catalog.venue_name(paper)


def _compare_with(paper: Paper, found: LookupResult, question: Query) -> Iterator[Proposal]:
    candidate = PublishedCandidate(found, f"{question.kind} {question.value}", is_declared=True)
    told = candidate.paper
    if told is None:
        return
    title = compare_titles(paper.title, told.title)
    authors = contain_authors(paper.authors, told.authors) if paper.authors else 1.0
    evidence = (candidate.said, f"title {title:.2f}", f"authors {authors:.2f}")
    if title < BAR or authors < _LEAST_AUTHORS:
        text = f"is about another title: {told.title}" if title < BAR else "names other authors"
        yield Proposal(paper.key, "identifier", {}, (candidate.said, text), min(title, authors))
        return
    values = to_values(told)
    names = () if question.kind is Kind.ARXIV else _FILLED
    missing = {n: values[n] for n in names if n in values and getattr(paper, n) is None}
    if _lacks_authors(paper, told):
        missing["authors"] = values["authors"]
    if missing:
        yield Proposal(paper.key, ", ".join(missing), missing, evidence, min(_SURE, title))


def propose_authors(paper: Paper, candidates: Sequence[PublishedCandidate]) -> Iterator[Proposal]:
    """Propose what the preprint server knows and the record lacks: the authors."""
    for candidate in candidates:
        told = candidate.paper
        if told is None or not candidate.is_declared or not _lacks_authors(paper, told):
            continue
        values = {"authors": to_values(told)["authors"]}
        if _is_same_title(paper, told):
            yield Proposal(paper.key, "authors", values, (candidate.said,), _SURE)
            return


def propose_code(paper: Paper, candidate: PublishedCandidate) -> Iterator[Proposal]:
    """Propose the address of the code that the abstract names."""
    code, told = candidate.found.code, candidate.paper
    if code is None or told is None or LinkKind.CODE in paper.links:
        return
    if _is_same_title(paper, told):
        evidence = (f"{candidate.said}: the abstract names its code",)
        yield Proposal(paper.key, "code", {"links": {"code": code}}, evidence, BAR)


def _lacks_authors(paper: Paper, told: Paper) -> bool:
    return bool(told.authors) and (not paper.authors or paper.more_authors)


def _is_same_title(paper: Paper, told: Paper) -> bool:
    return compare_titles(paper.title, told.title) >= BAR
