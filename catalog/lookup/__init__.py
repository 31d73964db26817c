"""Papers looked up by what names them: arXiv, DOI, OpenReview, ACL Anthology, pages, files.

`plan` has the sources of each kind of identifier: when one does not answer, the next one is asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

from catalog.lookup.merge import can_be_one, drop_preprint_doi, merge_results
from catalog.lookup.plan import SOURCES
from catalog.lookup.query import Kind, Query, parse_query
from catalog.lookup.result import (
    LookupResult,
    NoMetadataError,
    NotFoundError,
    ResolveError,
    UnavailableError,
)
from catalog.lookup.session import CACHE, Session, open_session
from catalog.model.draft import Draft
from catalog.model.identifiers import find_acl_in_doi, parse_arxiv
from catalog.model.types import Value
from catalog.net import Client, Services

__all__ = [
    "CACHE",
    "Kind",
    "LookupResult",
    "NoMetadataError",
    "NotFoundError",
    "Query",
    "ResolveError",
    "Session",
    "UnavailableError",
    "answer_queries",
    "look_up",
    "open_session",
    "parse_query",
]

Outcome = list[LookupResult] | ResolveError
"""The finds of a question (a file has many), or why there is none."""


def look_up(*ids: str, client: Client | None = None) -> list[LookupResult]:
    """Look papers up by arXiv id, DOI, OpenReview or ACL id, page address or bibliography file.

    `client` is closed by its owner; without one a client is opened for this call. Raises the first
    `ResolveError`: `NotFoundError`, `NoMetadataError` or `UnavailableError`.
    """
    with nullcontext(client) if client is not None else Client() as opened:
        outcomes = answer_queries([parse_query(id_) for id_ in ids], Session(opened, Services()))
    for outcome in outcomes:
        if isinstance(outcome, ResolveError):
            raise outcome
    return [found for outcome in outcomes if isinstance(outcome, list) for found in outcome]


def answer_queries(questions: Sequence[Query], desk: Session) -> list[Outcome]:
    """Look papers up; the outcomes are in the order of the questions.

    Services that take many ids at once are asked once. A preprint whose server names its published
    version is looked up there too, and both become one find.
    """
    failures: list[list[ResolveError]] = [[] for _ in questions]
    outcomes: dict[int, Outcome] = {}
    for position in range(max(map(len, SOURCES.values()))):
        for kind in Kind:
            if position >= len(SOURCES[kind]):
                continue
            open_ = {
                index: question.value
                for index, question in enumerate(questions)
                if question.kind is kind and index not in outcomes
            }
            for index, outcome in _ask(kind, position, open_, desk):
                if not isinstance(outcome, ResolveError):
                    outcomes[index] = [_tidy(found, questions[index]) for found in outcome]
                elif SOURCES[kind][position].is_authority and not isinstance(
                    outcome, UnavailableError
                ):
                    outcomes[index] = outcome
                else:
                    failures[index].append(outcome)
    found = [outcomes.get(i) or _join(failures[i]) for i in range(len(questions))]
    return _follow_published(found, desk)


def _ask(
    kind: Kind, position: int, values: dict[int, str], desk: Session
) -> Iterator[tuple[int, Outcome]]:
    """Look up the values of one kind at one of its sources, in one call."""
    source = SOURCES[kind][position]
    ids = {index: id_ for index, value in values.items() if (id_ := source.to_id(value))}
    results = source.find(list(ids.values()), desk) if ids else []
    for index, result in zip(ids, results, strict=True):
        yield index, [result] if isinstance(result, LookupResult) else result


def _join(failures: list[ResolveError]) -> ResolveError:
    """Make one error of everything that was tried."""
    if len(failures) == 1:
        return failures[0]
    return UnavailableError("; ".join(dict.fromkeys(str(failure) for failure in failures)))


def _tidy(found: LookupResult, question: Query) -> LookupResult:
    """Put identifiers into their own field, whichever service answered in the end."""
    values = dict(found.draft.values)
    if question.field is not None:
        values[question.field] = question.value
        _drop_page(values)
    drop_preprint_doi(values)
    doi_ = values.get("doi")
    id_ = find_acl_in_doi(doi_) if isinstance(doi_, str) else None
    if id_ is not None:
        values.setdefault("acl", id_)
    published = found.published_doi
    if published is not None and parse_arxiv(published) is not None:
        published = None
    return replace(found, draft=replace(found.draft, values=values), published_doi=published)


def _drop_page(values: dict[str, Value]) -> None:
    """Take away the link to a page to which the identifier leads already, in place."""
    links = values.get("links")
    if isinstance(links, dict) and "page" in links:
        rest = {kind: url for kind, url in links.items() if kind != "page"}
        values.pop("links")
        if rest:
            values["links"] = rest


def _follow_published(outcomes: list[Outcome], desk: Session) -> list[Outcome]:
    """Look up the published versions that preprints name."""
    finds = (found for outcome in outcomes if isinstance(outcome, list) for found in outcome)
    wanted = dict.fromkeys(
        found.published_doi
        for found in finds
        if found.published_doi is not None and "doi" not in found.draft.values
    )
    asked = [Query(Kind.DOI, doi_, doi_) for doi_ in wanted]
    if not asked:
        return outcomes
    answers = dict(zip(wanted, answer_queries(asked, desk), strict=True))
    join = partial(_join_published, answers)
    return [o if isinstance(o, ResolveError) else [join(found) for found in o] for o in outcomes]


def _join_published(answers: Mapping[str, Outcome], found: LookupResult) -> LookupResult:
    answer = answers.get(found.published_doi or "")
    if answer is None:
        return found
    if isinstance(answer, ResolveError):
        return _remark(found, f"was not looked up: {answer}")
    published = answer[0]
    if not can_be_one(found.draft, published.draft):
        return _remark(found, f"is another paper: {_title_of(published.draft)}")
    return merge_results(published, found)


def _remark(found: LookupResult, what: str) -> LookupResult:
    said = f"the preprint names the DOI {found.published_doi}, which {what}"
    return replace(found, remarks=(*found.remarks, said))


def _title_of(draft: Draft) -> str:
    title = draft.values.get("title")
    return title if isinstance(title, str) else "without title"
