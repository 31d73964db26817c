"""The list in pictures: bars by section and venue, and how the sections overlap.

Bars and squares are SVG; every one that stands for papers is a link to them, and each picture has
its numbers as a table.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from catalog.model.catalog import Catalog, SectionView
from catalog.site import addresses

MOST_BARS = 20
"""Venues beyond these are in one bar together."""
MOST_SQUARES = 24
"""The map shows the largest sections, up to so many, in the order of the list."""

CELL, MARGIN = 26, 30
"""Geometry of the map, in px."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its width and share in percent, the former of the longest; `address` may lack."""

    label: str
    count: int
    width: float
    share: float
    address: str | None


@dataclass(frozen=True, slots=True)
class Square:
    """Two sections that share papers: the place in the map, and how dark it is, from 0 to 1."""

    x: int
    y: int
    row: SectionView
    column: SectionView
    count: int
    shade: float
    address: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """The map of sections: those shown, its squares, and its size in px."""

    views: Sequence[SectionView]
    squares: Sequence[Square]
    size: int
    hidden: int

    @property
    def pairs(self) -> list[Square]:
        """Each two sections that share papers once, those that share most first."""
        pairs = [item for item in self.squares if item.x < item.y]
        return sorted(pairs, key=lambda item: -item.count)


def to_section_bars(catalog: Catalog) -> list[Bar]:
    """Return a bar for each section that holds papers of its own, in the order of the list."""
    found = [
        (f"{view.number} {view.title}", len(view.papers), addresses.to_section(view.id))
        for view in catalog.sections
        if view.papers
    ]
    return _to_bars(found, len(catalog.papers))


def to_venue_bars(catalog: Catalog) -> list[Bar]:
    """Return a bar for each venue, the largest first; the smallest of many share the last one."""
    counts = Counter(filter(None, map(catalog.venue_name, catalog.papers)))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    found: list[tuple[str, int, str | None]] = [
        (name, count, addresses.to_filter(venue=name)) for name, count in ranked[:MOST_BARS]
    ]
    if rest := ranked[MOST_BARS:]:
        label = "1 other venue" if len(rest) == 1 else f"{len(rest)} other venues"
        found.append((label, sum(count for _, count in rest), None))
    return _to_bars(found, len(catalog.papers))


def to_overlap(catalog: Catalog) -> Overlap:
    """Return the map of sections that share papers; each is met by its own papers alone."""
    filled = [view for view in catalog.sections if view.papers]
    largest = sorted(filled, key=lambda view: -len(view.papers))[:MOST_SQUARES]
    shown = {view.id for view in largest}
    views = [view for view in filled if view.id in shown]
    counts = _count_pairs(catalog, shown)
    darkest = max(counts.values(), default=1)
    squares = [
        Square(
            x=column,
            y=row,
            row=views[row],
            column=views[column],
            count=count,
            shade=_shade(count / darkest),
            address=_to_both(views[row], views[column]),
        )
        for row in range(len(views))
        for column in range(len(views))
        if (count := counts[frozenset((views[row].id, views[column].id))]) and row != column
    ]
    size = MARGIN + CELL * len(views)
    return Overlap(views, squares, size, len(filled) - len(views))


def _count_pairs(catalog: Catalog, shown: set[str]) -> Counter[frozenset[str]]:
    return Counter(
        frozenset(pair)
        for paper in catalog.papers
        for pair in combinations([id_ for id_ in paper.sections if id_ in shown], 2)
    )


def _shade(part: float) -> float:
    """Return how dark a square is: weak for dark text, or strong for light, and nothing between."""
    # 0.12 to 0.32 up to the half, 0.8 to 1 above it.
    return round(0.12 + 0.4 * part if part <= 0.5 else 0.6 + 0.4 * part, 2)


def _to_both(one: SectionView, other: SectionView) -> str:
    """Return the address of the papers of two sections: one as a filter, one searched for."""
    words = other.id.replace("-", " ").replace("_", " ")
    return addresses.to_filter(q=f'section:"{words}"', section=one.id)


def _to_bars(found: Sequence[tuple[str, int, str | None]], total: int) -> list[Bar]:
    longest = max((count for _, count, _ in found), default=1)
    return [
        Bar(label, count, round(100 * count / longest, 1), round(100 * count / total, 1), address)
        for label, count, address in found
    ]


def to_year_counts(years: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the years that have papers, newest first, for the table."""
    return [(year, count) for year, count in sorted(years.items(), reverse=True) if count]
