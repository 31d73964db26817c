"""Charts over time: how many papers of each value of a facet there are by year or by quarter."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.site import addresses
from catalog.site.news import find_month

MOST_ROWS = 15
"""Values that a chart shows, those of most papers."""
MOST_COLUMNS = 15
"""Years or quarters that a chart shows, the last ones; what came before is one column."""
_FEW_YEARS = 3
"""A list of so few years is shown by quarter when most of its papers have a month."""
_SHADES = 5
"""Steps of colour that are easy to distinguish without a legend."""

Values = Callable[[Paper], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """The papers of one value in one period; `shade` is 0 for none and 5 for the most."""

    count: int
    shade: int
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One value with its cells, in the order of the columns."""

    label: str
    address: str
    total: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Values by period; `hidden` counts the values that are left out."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class _Period:
    label: str
    filter: str
    """What the filter by year takes: `2024`, `..2010`."""


def to_time_charts(catalog: Catalog) -> Iterator[TimeChart]:
    """Yield a chart of the outermost sections, of the venues and of each facet of the list."""
    outer = {view.id: view for view in catalog.sections}
    for view in catalog.sections:
        outer[view.id] = outer[view.parent] if view.parent else view
    titles = {view.id: view.title for view in outer.values()}
    yield from _to_chart(
        catalog, "section", "Sections", titles, lambda p: {outer[id_].id for id_ in p.sections}
    )
    venues = {name: name for name in map(catalog.venue_name, catalog.papers) if name}
    yield from _to_chart(
        catalog, "venue", "Venues", venues, lambda p: filter(None, [catalog.venue_name(p)])
    )
    for id_, facet in catalog.facets.items():
        values = partial(_values_of_facet, id_)
        titles = catalog.facet_values[id_]
        yield from _to_chart(catalog, f"facet.{id_}", facet.title, titles, values)


def _values_of_facet(facet: str, paper: Paper) -> Sequence[str]:
    return paper.facets.get(facet, ())


def _to_chart(
    catalog: Catalog, name: str, title: str, titles: dict[str, str], values_of: Values
) -> Iterator[TimeChart]:
    """Yield the chart of one filter, if there are two periods and any value."""
    find_period, periods = _find_periods(catalog.papers)
    counts: dict[str, Counter[_Period]] = defaultdict(Counter)
    for paper in catalog.papers:
        period = find_period(paper)
        if period is not None:
            for value in set(values_of(paper)):
                counts[value][period] += 1
    if len(periods) < 2 or not counts:
        return
    ranked = sorted(counts, key=lambda value: (-counts[value].total(), titles[value]))
    most = max(max(row.values()) for row in counts.values())
    rows = tuple(
        Row(
            titles[value],
            addresses.to_filter(**{name: value}),
            counts[value].total(),
            tuple(
                Cell(
                    counts[value][period],
                    -(-_SHADES * counts[value][period] // most),
                    addresses.to_filter(**{name: value, "year": period.filter}),
                )
                for period in periods
            ),
        )
        for value in ranked[:MOST_ROWS]
    )
    columns = tuple(period.label for period in periods)
    yield TimeChart(name.replace(".", "-"), title, columns, rows, max(0, len(ranked) - MOST_ROWS))


def _find_periods(
    papers: Sequence[Paper],
) -> tuple[Callable[[Paper], _Period | None], list[_Period]]:
    """Return what finds the period of a paper, and the periods in order."""
    years = {paper.year for paper in papers if paper.year is not None}
    dated = sum(find_month(paper) is not None for paper in papers)
    if years and max(years) - min(years) < _FEW_YEARS and 2 * dated > len(papers):
        find: Callable[[Paper], _Period | None] = _find_quarter
    else:
        find = partial(_find_year, max(years, default=0) - MOST_COLUMNS + 1)
    found = {period for paper in papers if (period := find(paper))}
    # "before 2011" sorts by its filter "..2010", before any year.
    return find, sorted(
        found, key=lambda period: (not period.filter.startswith(".."), period.label)
    )


def _find_year(first: int, paper: Paper) -> _Period | None:
    if paper.year is None:
        return None
    if paper.year < first:
        return _Period(f"before {first}", f"..{first - 1}")
    return _Period(str(paper.year), str(paper.year))


def _find_quarter(paper: Paper) -> _Period | None:
    month = find_month(paper)
    if month is None:
        return None
    # Months 1 to 3 are Q1.
    return _Period(f"{month[0]} Q{(month[1] + 2) // 3}", str(month[0]))
