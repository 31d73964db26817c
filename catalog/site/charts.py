"""The list by year as bars of HTML that lead to the filtered list."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.site import addresses

_MOST_LABELS = 12
"""Labels that fit below the bars on a phone."""


@dataclass(frozen=True, slots=True)
class YearBar:
    """One year: its count, its height in percent of the tallest, and whether its label is shown."""

    year: int
    count: int
    height: float
    is_labelled: bool
    address: str


def to_year_bars(years: Mapping[int, int]) -> list[YearBar]:
    """Return a bar for each year of a range without gaps."""
    tallest = max(years.values(), default=0)
    every = -(-len(years) // _MOST_LABELS) or 1
    return [
        YearBar(
            year=year,
            count=count,
            height=round(100 * count / tallest, 1),
            # Counted from the newest year, which always has its label.
            is_labelled=(len(years) - 1 - position) % every == 0,
            address=addresses.to_filter(year=year),
        )
        for position, (year, count) in enumerate(years.items())
    ]
