"""Proposals: what to change in which record, with evidence and confidence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from catalog.additions import change_files
from catalog.drafts import to_values
from catalog.editing import Change, Set
from catalog.errors import UsageError
from catalog.findings import quote
from catalog.folding import fold
from catalog.likeness import compare_titles
from catalog.loading import PAPERS_FILE, Loaded
from catalog.model import EntryType, LinkKind, Paper
from catalog.records import Catalog
from catalog.resolving import Desk, Found, Kind, Question, ResolveError, UnavailableError, resolve
from catalog.resolving.questions import find_acl_in_doi
from catalog.resolving.venues import settle_venue
from catalog.source import Value
from catalog.updating.candidates import (
    Asked,
    Candidate,
    ask_arxiv_for_code,
    ask_crossref_relations,
    ask_servers,
    search_crossref,
    search_dblp,
)
from catalog.updating.judging import BAR, Verdict, judge
from catalog.venue_names.mentions import YEAR, find_venue, parse_venue

_TAKEN = ("venue", "booktitle", "year", "volume", "number", "pages", "publisher", "doi", "acl")
_FILLED = ("volume", "number", "pages", "publisher", "doi", "acl")
_ROUGHLY = 0.6
"""Below this confidence a candidate is not even worth a remark."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to change in a record: new values by field, why, and how sure that is.

    Below the bar it is a remark: nothing is written.
    """

    key: str
    what: str
    values: Mapping[str, Value]
    evidence: tuple[str, ...]
    confidence: float
    new_venues: Mapping[str, dict[str, Value]] = field(default_factory=dict)

    @property
    def has_passed(self) -> bool:
        """Tell whether it may be written without a look."""
        return self.confidence >= BAR


@dataclass(frozen=True, slots=True)
class Updates:
    """All proposals, by the order of the list, and what could not be asked."""

    proposals: tuple[Proposal, ...]
    failures: Mapping[str, tuple[str, ...]]
    """By what went wrong, the keys of the records for which it did."""

    @property
    def passed(self) -> tuple[Proposal, ...]:
        """The proposals that may be written without a look."""
        return tuple(proposal for proposal in self.proposals if proposal.has_passed)


def select_papers(catalog: Catalog, keys: Sequence[str]) -> tuple[Paper, ...]:
    """Return the papers with these keys, or old ones; all when there are none.

    Raises `UsageError` for a key that no paper has.
    """
    for key in keys:
        if key not in catalog.paper_by_key:
            raise UsageError(f"no paper has the key {quote(key)}")
    chosen = dict.fromkeys(catalog.paper_by_key[key].key for key in keys)
    return tuple(paper for paper in catalog.papers if not keys or paper.key in chosen)


def find_updates(
    catalog: Catalog,
    papers: Sequence[Paper],
    desk: Desk,
    tell: Callable[[str], None] = lambda _line: None,
) -> Updates:
    """Ask what has become of `papers` since they were listed. `tell` is called with each key."""
    preprints = [paper for paper in papers if catalog.is_preprint(paper) or paper.venue is None]
    told = ask_servers(preprints, desk)
    rest = [p for p in papers if p not in preprints and LinkKind.CODE not in p.links]
    with_code = ask_arxiv_for_code(rest, desk)
    proposals: list[Proposal] = []
    failures: dict[str, tuple[str, ...]] = {}
    for paper in papers:
        tell(paper.key)
        try:
            if paper in preprints:
                proposals += _propose_published(paper, told.get(paper.key), catalog, desk)
            else:
                if paper.key in with_code:
                    proposals += _propose_code(paper, with_code[paper.key])
                proposals += _propose_missing(paper, catalog, desk)
            troubles = told.get(paper.key, Asked(())).failures
        except UnavailableError as error:
            troubles = (*told.get(paper.key, Asked(())).failures, str(error))
        for text in dict.fromkeys(troubles):
            failures[text] = (*failures.get(text, ()), paper.key)
    return Updates(tuple(proposals), failures)


def write_updates(folder: Path, loaded: Loaded, updates: Updates) -> dict[str, bytes]:
    """Return the files with the proposals that passed, by name: see `write_files`."""
    places = {
        paper.key: loaded.origins[index]
        for index, paper in enumerate(loaded.catalog.papers if loaded.catalog else ())
    }
    changes: dict[str, list[Change]] = {}
    for proposal in updates.passed:
        origin = places[proposal.key]
        here = changes.setdefault(origin.document.file, [])
        here += (Set((*origin.path, *path), value) for path, value in _flatten(proposal.values))
        head = changes.setdefault(PAPERS_FILE, []) if proposal.new_venues else []
        rows = (Set(("venues", short), dict(row)) for short, row in proposal.new_venues.items())
        head += (row for row in rows if row not in head)
    return change_files(folder, changes)


def _flatten(values: Mapping[str, Value]) -> Iterator[tuple[tuple[str, ...], Value]]:
    """Yield each value with its path; links are set one by one."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from (((name, kind), part) for kind, part in value.items())
        else:
            yield (name,), value


def _propose_published(
    paper: Paper, asked: Asked | None, catalog: Catalog, desk: Desk
) -> Iterator[Proposal]:
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
    yield from _propose_from_server(paper, candidates)
    for candidate in candidates:
        yield from _propose_code(paper, candidate)


def _judge_all(paper: Paper, candidates: Sequence[Candidate]) -> list[Verdict]:
    verdicts = [verdict for c in candidates if (verdict := judge(paper, c)) is not None]
    return sorted(verdicts, key=lambda verdict: -verdict.confidence)


def _choose(verdicts: Sequence[Verdict]) -> Verdict | None:
    """Return the best verdict; when two publications pass, it is no more than a remark."""
    if not verdicts or verdicts[0].confidence < _ROUGHLY:
        return None
    best = verdicts[0]
    rivals = [v for v in verdicts[1:] if v.has_passed and not _is_same_publication(best, v)]
    if rivals and not best.candidate.is_declared:
        names = f"{rivals[0].paper.venue} {rivals[0].paper.year or ''}".strip()
        reasons = (*best.reasons, f"but {names} fits as well ({rivals[0].candidate.said})")
        return Verdict(best.candidate, best.paper, min(best.confidence, 0.85), reasons)
    same = [v.candidate.said for v in verdicts[1:] if _is_same_publication(best, v)]
    reasons = tuple(dict.fromkeys((*best.reasons, *same)))
    return Verdict(best.candidate, best.paper, best.confidence, reasons)


def _is_same_publication(one: Verdict, other: Verdict) -> bool:
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


def _to_proposal(paper: Paper, verdict: Verdict, catalog: Catalog) -> Proposal:
    found = to_values(verdict.paper)
    values = {name: found[name] for name in _TAKEN if name in found}
    rows = settle_venue(values, catalog)
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


def _propose_from_server(paper: Paper, candidates: Sequence[Candidate]) -> Iterator[Proposal]:
    """Propose what the preprint server knows and the record lacks: the authors."""
    for candidate in candidates:
        told = candidate.paper
        if told is None or not candidate.is_declared or not _lacks_authors(paper, told):
            continue
        values = {"authors": to_values(told)["authors"]}
        if _is_same_title(paper, told):
            yield Proposal(paper.key, "authors", values, (candidate.said,), _SURE)
            return


_SURE = 0.95
_IN_WORDS = 0.8


def _remark_journal(
    paper: Paper, candidates: Sequence[Candidate], catalog: Catalog
) -> Iterator[Proposal]:
    """Remark where the authors say the paper appeared: words of theirs, with no identifier."""
    for candidate in candidates:
        said = candidate.found.journal_ref
        mention = find_venue(said, is_expected=True) if said else None
        if said is None or mention is None or not mention.is_known:
            continue
        values: dict[str, Value] = {"venue": mention.short}
        # A volume beside the venue looks like a short year; a year in full is one.
        if years := YEAR.findall(said):
            values["year"] = years[-1]
        rows = settle_venue(values, catalog)
        evidence = (f"arXiv says it appeared in: {said}",)
        yield Proposal(paper.key, "published, in words", values, evidence, _IN_WORDS, rows)
        return


def _propose_code(paper: Paper, candidate: Candidate) -> Iterator[Proposal]:
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


def _propose_missing(paper: Paper, catalog: Catalog, desk: Desk) -> Iterator[Proposal]:
    """Propose what a published record lacks, as the service of its identifier tells it."""
    question = _ask_about(paper)
    if question is None or not _lacks_something(paper, catalog):
        return
    (outcome,) = resolve([question], desk)
    if isinstance(outcome, ResolveError):
        if isinstance(outcome, UnavailableError):
            raise outcome
        text = f"{question.kind} {question.value}: {outcome}"
        yield Proposal(paper.key, "identifier", {}, (text,), 0.0)
        return
    yield from _compare_with(paper, outcome[0], question)


def _ask_about(paper: Paper) -> Question | None:
    for kind, value in ((Kind.ACL, paper.acl), (Kind.DOI, paper.doi), (Kind.ARXIV, paper.arxiv)):
        if value is not None:
            return Question(kind, value, value)
    return None


def _lacks_something(paper: Paper, catalog: Catalog) -> bool:
    is_cut = not paper.authors or paper.more_authors
    kind = catalog.entry_type(paper)
    has_pages = kind in (EntryType.ARTICLE, EntryType.INPROCEEDINGS)
    lacks_place = has_pages and (paper.doi or paper.acl) is not None and paper.pages is None
    return is_cut or lacks_place or (paper.acl is not None and paper.doi is None)


def _compare_with(paper: Paper, found: Found, question: Question) -> Iterator[Proposal]:
    candidate = Candidate(found, f"{question.kind} {question.value}", is_declared=True)
    told = candidate.paper
    if told is None:
        return
    title = compare_titles(paper.title, told.title)
    evidence = (candidate.said, f"title {title:.2f}")
    if title < BAR:
        text = f"is about another title: {told.title}"
        yield Proposal(paper.key, "identifier", {}, (candidate.said, text), title)
        return
    values = to_values(told)
    names = () if question.kind is Kind.ARXIV else _FILLED
    missing = {n: values[n] for n in names if n in values and getattr(paper, n) is None}
    if _lacks_authors(paper, told):
        missing["authors"] = values["authors"]
    if missing:
        yield Proposal(paper.key, ", ".join(missing), missing, evidence, min(_SURE, title))
