"""Several finds of one work made one: the published version first, filled from the preprint."""

from collections.abc import Sequence
from dataclasses import replace

from catalog.lookup.result import LookupResult
from catalog.model.draft import Draft, validate
from catalog.model.duplicates import find_match_keys
from catalog.model.identifiers import parse_arxiv
from catalog.model.records import Paper
from catalog.model.similarity import compare_titles, contain_authors
from catalog.model.types import Value

PREPRINT_VENUES = frozenset(["arxiv", "biorxiv", "medrxiv", "ssrn", "corr", "preprint"])

_ALIKE = 0.6
_COMMON_AUTHORS = 0.5
_FROM_ONE_SIDE = frozenset(
    [
        *("venue", "year", "month", "volume", "number", "pages"),
        *("publisher", "booktitle", "series", "type"),
    ]
)
"""Where and when a version appeared: never half of one and half of another."""


def is_preprint(found: LookupResult) -> bool:
    """Return whether a find is a preprint, or names no venue at all."""
    venue = found.draft.values.get("venue")
    return not isinstance(venue, str) or venue.casefold() in PREPRINT_VENUES


def can_be_one(one: Draft, other: Draft) -> bool:
    """Return whether two drafts can be versions of one work: alike titles and common authors."""
    first, second = (_to_paper(draft) for draft in (one, other))
    if first is None or second is None:
        return False
    return (
        compare_titles(first.title, second.title) >= _ALIKE
        and contain_authors(first.authors, second.authors) >= _COMMON_AUTHORS
    )


def merge_works(finds: Sequence[LookupResult]) -> list[LookupResult]:
    """Make one find of those that share an identifier, or title and first author; order stays."""
    merged: list[LookupResult] = []
    for found in finds:
        marks = _marks_of(found)
        twin = next((i for i, other in enumerate(merged) if marks & _marks_of(other)), None)
        if twin is None:
            merged.append(found)
        else:
            merged[twin] = merge(merged[twin], found)
    return merged


def merge(one: LookupResult, other: LookupResult) -> LookupResult:
    """Make one find of two of one work. What a published version says wins."""
    first, second = (one, other) if is_preprint(other) or not is_preprint(one) else (other, one)
    values = dict(first.draft.values)
    has_venue = "venue" in values and not is_preprint(first)
    for name, value in second.draft.values.items():
        if name == "links":
            values["links"] = _merge_links(values.get("links"), value)
        elif name == "authors" and _is_cut(values):
            values["authors"] = value
        elif name not in values and not (has_venue and name in _FROM_ONE_SIDE):
            values[name] = value
    doubts = {**second.draft.doubts, **first.draft.doubts}
    return replace(
        first,
        draft=replace(first.draft, values=values, doubts=doubts),
        journal_ref=first.journal_ref or second.journal_ref,
        remarks=tuple(dict.fromkeys((*first.remarks, *second.remarks))),
        uncertainty=first.uncertainty or second.uncertainty,
    )


def _is_cut(values: dict[str, Value]) -> bool:
    return not values.get("authors") or values.get("more_authors") == "true"


def _merge_links(one: Value | None, other: Value) -> Value:
    first = one if isinstance(one, dict) else {}
    return {**(other if isinstance(other, dict) else {}), **first}


def _marks_of(found: LookupResult) -> set[tuple[str, str]]:
    paper = _to_paper(found.draft)
    marks = {(mark.noun, mark.value) for mark in find_match_keys(paper)} if paper else set()
    if found.published_doi is not None:
        marks.add(("DOI", found.published_doi.lower()))
    return marks


def _to_paper(draft: Draft) -> Paper | None:
    """Return the draft as a record; its key does not matter here."""
    return validate([replace(draft, values={"key": "draft", **draft.values})])[0].paper


def drop_preprint_doi(values: dict[str, Value]) -> None:
    """Make arXiv's own DOI an arXiv id, in place."""
    doi = values.get("doi")
    arxiv = parse_arxiv(doi) if isinstance(doi, str) else None
    if arxiv is not None:
        del values["doi"]
        values.setdefault("arxiv", arxiv)
