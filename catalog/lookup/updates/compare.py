"""Whether a candidate is the published version of a preprint: confidence and reasons.

Never by title alone. A search needs the same title and most of the authors, the first among them.
A link that the server or the agency declares may lead to a changed title, but not to other authors.
Errata, workshop versions, other preprints and years that cannot be fall below the bar.
"""

import re
from dataclasses import dataclass

from catalog.lookup.updates.candidates import PublishedCandidate
from catalog.model.identity import is_preprint_venue
from catalog.model.records import Paper
from catalog.model.similarity import (
    compare_authors,
    compare_titles,
    contain_authors,
    is_same_person,
)

BAR = 0.9
"""From this confidence on, a proposal may be written without a look."""

# `Erratum: …`, `Reply to …`, `Things (extended abstract)`: about the paper, or a part of it.
_NOT_THE_PAPER = re.compile(
    r"(?:^|[:(\[–—-]\s*)(?:an? |author |publisher )?(?:errat(?:um|a)|corrigend(?:um|a)|"
    r"corrections?|retract\w+|withdrawn|addend(?:um|a)|expression of concern|reply|response to|"
    r"comments? on|commentary|editorial|supplement\w*|abstract|extended abstract|poster|review of|"
    r"discussion of|rejoinder)\b",
    re.IGNORECASE,
)
# `ICML Workshop on Things`, `ThingsML@ICML`: mostly an earlier and shorter version.
_WORKSHOP = re.compile(r"\bworkshops?\b|@\w", re.IGNORECASE)
# A preprint of 2018 may appear until 2024; what comes later is mostly another paper.
_LATEST_YEARS = 6
# A declared version may have half of its title changed, but must keep three of five authors.
_LEAST_TITLE, _LEAST_AUTHORS = 0.5, 0.6


@dataclass(frozen=True, slots=True)
class Comparison:
    """How sure it is that a candidate is the published version, from 0 to 1, and why."""

    candidate: PublishedCandidate
    paper: Paper
    """The candidate as a record."""
    confidence: float
    reasons: tuple[str, ...]

    @property
    def has_passed(self) -> bool:
        """Return whether the confidence reaches the bar."""
        return self.confidence >= BAR


def compare_versions(listed: Paper, candidate: PublishedCandidate) -> Comparison | None:
    """Weigh a candidate for a listed paper; None when it is not another version."""
    paper = candidate.paper
    if paper is None or paper.venue is None or is_preprint_venue(paper.venue):
        return None
    title = compare_titles(listed.title, paper.title)
    overlap = contain_authors if listed.more_authors or paper.more_authors else compare_authors
    authors = overlap(listed.authors, paper.authors)
    if candidate.is_declared:
        confidence = _weigh_declared(title, contain_authors(listed.authors, paper.authors))
    else:
        # The worse of both decides. Three authors of four give 0.9, the bar; none give 0.6, with
        # which a candidate is shown for a person to look at.
        confidence = min(title, 0.6 + 0.4 * authors)
    reasons = [candidate.said, f"title {title:.2f}", f"authors {authors:.2f}"]
    for limit, reason in _find_flaws(listed, candidate, paper):
        if limit < confidence:
            confidence = limit
        reasons.append(reason)
    return Comparison(candidate, paper, round(confidence, 2), tuple(reasons))


def _weigh_declared(title: float, authors: float) -> float:
    if title < _LEAST_TITLE or authors < _LEAST_AUTHORS:
        return min(title, authors)
    # Declared, with title and authors that agree enough: it starts at the bar of 0.9.
    return min(0.99, 0.9 + 0.05 * title + 0.05 * authors)


def _find_flaws(
    listed: Paper, candidate: PublishedCandidate, paper: Paper
) -> list[tuple[float, str]]:
    """Return what speaks against a candidate, with the highest confidence that it leaves."""
    is_other_text = _is_not_the_paper(paper.title) and not _is_not_the_paper(listed.title)
    is_workshop = _WORKSHOP.search(f"{paper.venue} {paper.booktitle or ''}") is not None
    has_stranger = not candidate.is_declared and not _has_first_author(listed, paper)
    # Each flaw caps the confidence below the bar of 0.9. Those that make it another text are at
    # 0.5 and less, where a candidate is not even shown; a workshop version or another first
    # author may be right, so they are shown (0.6 and more).
    flaws = (
        (is_other_text, 0.1, "an erratum, a reply or the like"),
        (not candidate.found.is_accepted, 0.1, "not accepted"),
        (not candidate.has_published_type, 0.3, "not of a type that is published"),
        (not _can_be_year(listed, paper), 0.5, f"{paper.year} is too far from {listed.year}"),
        (is_workshop, 0.6, "a workshop version"),
        (has_stranger, 0.7, "another first author"),
        (paper.year is None, 0.8, "without a year"),
    )
    return [(limit, reason) for is_there, limit, reason in flaws if is_there]


def _is_not_the_paper(title: str) -> bool:
    return _NOT_THE_PAPER.search(title) is not None


def _can_be_year(listed: Paper, paper: Paper) -> bool:
    """Return whether a version of that year can follow; some proceedings are a year behind."""
    if listed.year is None or paper.year is None:
        return True
    return listed.year - 1 <= paper.year <= listed.year + _LATEST_YEARS


def _has_first_author(listed: Paper, paper: Paper) -> bool:
    return bool(listed.authors) and any(
        is_same_person(listed.authors[0], name) for name in paper.authors
    )
