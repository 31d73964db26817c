"""Counts of a list, as `catalog stats` shows them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from catalog.model.catalog import Catalog
from catalog.text.folding import fold


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of papers; each mapping goes from a name to a number of papers, in display order."""

    papers: int
    placements: int
    """How often papers are in sections; more than papers where one is in several."""
    authors: int
    """Different names."""
    sections: dict[str, int]
    years: dict[str, int]
    venues: dict[str, int]
    types: dict[str, int]
    links: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def count(catalog: Catalog) -> Statistics:
    """Count the papers of a list."""
    papers = catalog.papers
    return Statistics(
        papers=len(papers),
        placements=sum(len(paper.sections) for paper in papers),
        # As the site's pages of authors: `Jiří Novák` and `Jiri Novak` are one name.
        authors=len({fold(name.display) for paper in papers for name in paper.authors}),
        sections={view.id: len(view.papers) for view in catalog.sections},
        years={str(year): number for year, number in catalog.years.items() if number},
        venues=_most_first(Counter(filter(None, map(catalog.venue_name, papers)))),
        types=_most_first(Counter(catalog.entry_type(paper).value for paper in papers)),
        links=_most_first(Counter(kind for paper in papers for kind in paper.all_links)),
    )


def _most_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
