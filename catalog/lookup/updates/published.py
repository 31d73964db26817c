"""The published version of a preprint: candidates, the best of them, the changed record."""

from collections.abc import Iterator, Sequence

from catalog.importers.venues.mentions import YEAR, find_venue, parse_venue
from catalog.lookup import Session
from catalog.lookup.updates.candidates import (
    Asked,
    PublishedCandidate,
    ask_crossref_relations,
    search_crossref,
    search_dblp,
)
from catalog.lookup.updates.compare import Comparison, compare_versions
from catalog.lookup.updates.missing_fields import propose_authors, propose_code
from catalog.lookup.updates.proposal import Proposal
from catalog.lookup.venues import match_venue
from catalog.model.catalog import Catalog
from catalog.model.draft import to_values
from catalog.model.identifiers import find_acl_in_doi
from catalog.model.records import Paper
from catalog.model.types import Value
from catalog.text.folding import fold

_TAKEN = ("venue", "booktitle", "year", "volume", "number", "pages", "publisher", "doi", "acl")
"""What the published version decides; title and authors are compared on their own."""
_ROUGHLY = 0.6
"""Below this confidence a candidate is not even worth a remark."""
# Below the bar: the authors' own words, without an identifier, are for a person to check.
_IN_WORDS = 0.8


def propose_published(
    paper: Paper, asked: Asked | None, catalog: Catalog, desk: Session
) -> Iterator[Proposal]:
    """Propose what a preprint has become: by who declares it, or else by a search.

    `asked` is the answer of the preprint server. Raises `UnavailableError` when a service is down.
    """
    candidates = list(asked.candidates if asked else ())
    candidates += ask_crossref_relations(paper, desk)
    verdicts = _judge_all(paper, candidates)
    if not any(verdict.has_passed for verdict in verdicts):
        candidates += [*search_crossref(paper, desk), *search_dblp(paper, desk)]
        verdicts = _judge_all(paper, candidates)
    best = _choose(verdicts)
    if best is not None:
        yield _to_proposal(paper, best, catalog)
    else:
        yield from _remark_journal(paper, candidates, catalog)
    yield from propose_authors(paper, candidates)
    for candidate in candidates:
        yield from propose_code(paper, candidate)


def _judge_all(paper: Paper, candidates: Sequence[PublishedCandidate]) -> list[Comparison]:
    verdicts = [verdict for c in candidates if (verdict := compare_versions(paper, c)) is not None]
    return sorted(verdicts, key=lambda verdict: -verdict.confidence)


def _choose(verdicts: Sequence[Comparison]) -> Comparison | None:
    """Return the best verdict; when two publications pass, it is no more than a remark."""
    if not verdicts or verdicts[0].confidence < _ROUGHLY:
        return None
    best = verdicts[0]
    rivals = [v for v in verdicts[1:] if v.has_passed and not _is_same_publication(best, v)]
    if rivals and not best.candidate.is_declared:
        names = f"{rivals[0].paper.venue} {rivals[0].paper.year or ''}".strip()
        reasons = (*best.reasons, f"but {names} fits as well ({rivals[0].candidate.said})")
        return Comparison(best.candidate, best.paper, min(best.confidence, 0.85), reasons)
    same = [v.candidate.said for v in verdicts[1:] if _is_same_publication(best, v)]
    reasons = tuple(dict.fromkeys((*best.reasons, *same)))
    return Comparison(best.candidate, best.paper, best.confidence, reasons)


def _is_same_publication(one: Comparison, other: Comparison) -> bool:
    first, second = one.paper, other.paper
    if first.doi is not None and second.doi is not None:
        return first.doi.lower() == second.doi.lower()
    venues = [_words_of(paper.venue or "") for paper in (first, second)]
    is_near = abs((first.year or 0) - (second.year or 0)) <= 1
    return is_near and (venues[0] == venues[1] or venues[0] <= venues[1] or venues[1] <= venues[0])


def _words_of(venue: str) -> frozenset[str]:
    """Return the words of a venue's name; a known venue is its usual short name."""
    mention = parse_venue(venue)
    return frozenset(fold(mention.short if mention and mention.is_known else venue).split())


def _to_proposal(paper: Paper, verdict: Comparison, catalog: Catalog) -> Proposal:
    found = to_values(verdict.paper)
    values = {name: found[name] for name in _TAKEN if name in found}
    rows = match_venue(values, catalog)
    acl = find_acl_in_doi(verdict.paper.doi or "")
    if acl is not None:
        values["acl"] = acl
    if fold(paper.title) != fold(verdict.paper.title):
        values["title"] = verdict.paper.title
    if verdict.paper.authors and (not paper.authors or paper.more_authors):
        values["authors"] = found["authors"]
    now = to_values(paper)
    changed = {name: value for name, value in values.items() if now.get(name) != value}
    what = f"published: {values.get('venue', '?')} {values.get('year', '')}".strip()
    return Proposal(paper.key, what, changed, verdict.reasons, verdict.confidence, rows)


def _remark_journal(
    paper: Paper, candidates: Sequence[PublishedCandidate], catalog: Catalog
) -> Iterator[Proposal]:
    """Remark where the authors say the paper appeared: words of theirs, with no identifier."""
    for candidate in candidates:
        said = candidate.found.journal_ref
        mention = find_venue(said, is_expected=True) if said else None
        if said is None or mention is None or not mention.is_known:
            continue
        values: dict[str, Value] = {"venue": mention.short}
        # A volume next to the venue looks like a short year; a year in full is one.
        if years := YEAR.findall(said):
            values["year"] = years[-1]
        rows = match_venue(values, catalog)
        evidence = (f"arXiv says it appeared in: {said}",)
        yield Proposal(paper.key, "published, in words", values, evidence, _IN_WORDS, rows)
        return
