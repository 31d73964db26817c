"""What tells that two records are of one work."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from catalog.model.identifiers import parse_arxiv
from catalog.model.records import Paper
from catalog.text.folding import fold


class MatchKey(NamedTuple):
    """What tells a work: what it is, its folded value, and the field that has it."""

    noun: str
    value: str
    field: str


class Duplicate(NamedTuple):
    """A record of the same work: its place among those added, and the mark that both have."""

    place: int
    mark: MatchKey


def find_match_keys(paper: Paper) -> Iterator[MatchKey]:
    """Yield what tells the work of a record from others.

    Two records are of one work when they share a DOI, an arXiv id, an OpenReview id, or the folded
    title and the first author's family name.
    """
    if paper.doi is not None:
        # arXiv gives each paper a DOI too; only there is it worth a look.
        arxiv = parse_arxiv(paper.doi) if paper.doi.startswith("10.48550/") else None
        if arxiv:
            yield MatchKey("arXiv id", arxiv, "doi")
        else:
            yield MatchKey("DOI", paper.doi.lower(), "doi")
    if paper.arxiv is not None:
        yield MatchKey("arXiv id", paper.arxiv, "arxiv")
    if paper.openreview is not None:
        yield MatchKey("OpenReview id", paper.openreview, "openreview")
    family = fold(paper.authors[0].full_family) if paper.authors else ""
    yield MatchKey("title and first author", f"{fold(paper.title)}|{family}", "title")


class DuplicateIndex:
    """Finds the records of a work among those that were added before."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        self._seen: dict[tuple[str, str], int] = {}
        self._count = 0
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> list[Duplicate]:
        """Remember the next record, and return what `find` finds among those before it.

        The first record to have a mark keeps it.
        """
        twins = []
        for mark in find_match_keys(paper):
            place = self._seen.setdefault((mark.noun, mark.value), self._count)
            if place != self._count:
                twins.append(Duplicate(place, mark))
        self._count += 1
        return twins

    def find(self, paper: Paper) -> Iterator[Duplicate]:
        """Yield the records that share a mark with `paper`, one for each mark."""
        for mark in find_match_keys(paper):
            place = self._seen.get((mark.noun, mark.value))
            if place is not None:
                yield Duplicate(place, mark)
