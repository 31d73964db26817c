"""The list by year as bars of HTML that lead to the filtered list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from catalog.site import addresses

_MOST_LABELS = 12
"""Labels that fit below the bars on a phone."""
_LONGEST_GAP = 2
"""More years in a row without papers share one place."""


@dataclass(frozen=True, slots=True)
class YearBar:
    """One year: its count, its height in percent of the tallest, and whether its label is shown.

    A gap stands for several years without papers, the last of which is `year`.
    """

    year: int
    count: int
    height: float
    is_labelled: bool
    is_gap: bool
    address: str

    @property
    def top(self) -> float:
        """Where the bar begins, in percent from above."""
        # In percent, as the height is: bars begin at the bottom, SVG counts from the top.
        return round(100 - self.height, 1)


def to_year_bars(years: Mapping[int, int], **within: str) -> list[YearBar]:
    """Return a bar for each year of a range without gaps, with long empty stretches cut short.

    The bars lead to the papers of their year; `within` has the filters that the counts are of, such
    as `section=` with its id.
    """
    tallest = max(years.values(), default=0)
    places = list(_cut_gaps(years))
    every = -(-len(places) // _MOST_LABELS) or 1
    return [
        YearBar(
            year=year,
            count=years[year],
            height=round(100 * years[year] / tallest, 1),
            # Counted from the newest year, which always has its label.
            is_labelled=is_gap or (len(places) - 1 - position) % every == 0,
            is_gap=is_gap,
            address=addresses.to_filter(**within, year=year),
        )
        for position, (year, is_gap) in enumerate(places)
    ]


def _cut_gaps(years: Mapping[int, int]) -> Iterator[tuple[int, bool]]:
    for is_empty, run in groupby(years, lambda year: not years[year]):
        stretch = list(run)
        if is_empty and len(stretch) > _LONGEST_GAP:
            yield stretch[-1], True
        else:
            yield from ((year, False) for year in stretch)
