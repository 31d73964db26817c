"""Several finds of one work made one: the published version first, filled from the preprint."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from catalog.lookup.result import LookupResult
from catalog.model.draft import Draft, validate
from catalog.model.identifiers import parse_arxiv
from catalog.model.identity import group_works
from catalog.model.merging import is_preprint_draft, merge_drafts
from catalog.model.records import Paper
from catalog.model.similarity import compare_titles, contain_authors
from catalog.model.types import Value

# Looser than in `model.identity`: the preprint server itself named the DOI of the other draft.
_ALIKE = 0.6
# Of the shorter list, which may be cut.
_COMMON_AUTHORS = 0.5


def is_preprint_result(found: LookupResult) -> bool:
    """Return whether a find is a preprint, or names no venue at all."""
    return is_preprint_draft(dict(found.draft.values))


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
    """Make one find of those that are of one work; order stays."""
    papers = [_to_paper(found.draft) for found in finds]
    published = {
        place: found.published_doi
        for place, found in enumerate(finds)
        if found.published_doi is not None
    }
    return [
        reduce(merge_results, (finds[place] for place in places))
        for places in group_works(papers, published)
    ]


def merge_results(one: LookupResult, other: LookupResult) -> LookupResult:
    """Make one find of two of one work. What a published version says wins."""
    first, second = (
        (one, other) if is_preprint_result(other) or not is_preprint_result(one) else (other, one)
    )
    return replace(
        first,
        draft=merge_drafts((first.draft, second.draft)).draft,
        journal_ref=first.journal_ref or second.journal_ref,
        remarks=tuple(dict.fromkeys((*first.remarks, *second.remarks))),
        uncertainty=first.uncertainty or second.uncertainty,
    )


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
