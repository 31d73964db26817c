"""What a maintainer should look at: links, preprints, missing fields and gaps of the list."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from catalog.model.catalog import Catalog, SectionView
from catalog.model.records import EntryType, Paper
from catalog.render.labels import PREPRINT, label_link, type_of
from catalog.store.link_state import LinkState, strip_fragment
from catalog.store.link_status import Status
from catalog.text.folding import fold

MOST_ROWS = 200
"""A list shows so many rows; `catalog check` and `catalog links` list all of them."""

_WATCHED = ("dead", "blocked", "timeout", "moved")
UNCHECKED = "unchecked"
_IN_PAGES = frozenset([EntryType.ARTICLE, EntryType.INPROCEEDINGS, EntryType.INCOLLECTION])


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link to look at."""

    paper: Paper
    label: str
    url: str
    state: LinkState | None


@dataclass(frozen=True, slots=True)
class HealthGroup:
    """Rows of one kind: as many as a page shows, and how many there are."""

    title: str
    count: int
    rows: Sequence[Paper | LinkRow]


@dataclass(frozen=True, slots=True)
class Health:
    """All that the page shows. `checked` counts the addresses with a known state."""

    links: tuple[HealthGroup, ...]
    checked: int
    addresses: int
    newest: int | None
    preprints: HealthGroup
    missing: tuple[HealthGroup, ...]
    empty_years: tuple[str, ...]
    empty_sections: tuple[SectionView, ...]


def examine(catalog: Catalog, states: Mapping[str, LinkState]) -> Health:
    """Find what to look at. `states` has the state of each address that was checked."""
    urls = {url for paper in catalog.papers for url in paper.all_links.values()}
    newest = max(catalog.years, default=None)
    leaves = {view.parent for view in catalog.sections}
    return Health(
        links=tuple(_group_links(catalog.papers, states)) if states else (),
        checked=sum(strip_fragment(url) in states for url in urls),
        addresses=len(urls),
        newest=newest,
        preprints=_group("Preprints", _find_old_preprints(catalog, newest)),
        missing=tuple(_find_missing(catalog)),
        empty_years=tuple(_find_empty_years(catalog.years)),
        empty_sections=tuple(
            view for view in catalog.sections if not view.total and view.id not in leaves
        ),
    )


def to_state_label(state: LinkState) -> str:
    """Return what is known of a link: `dead since 2025-10-01: HTTP 404`."""
    since = f" since {state.first_failed}" if state.first_failed else ""
    return f"{state.status.label}{since}" + (f": {state.reason}" if state.reason else "")


def _group_links(papers: Iterable[Paper], states: Mapping[str, LinkState]) -> Iterator[HealthGroup]:
    rows: dict[str, list[LinkRow]] = {status: [] for status in (*_WATCHED, UNCHECKED)}
    for paper in papers:
        for kind, url in paper.all_links.items():
            state = states.get(strip_fragment(url))
            status = state.status if state else UNCHECKED
            if status in rows:
                rows[status].append(LinkRow(paper, label_link(kind), url, state))
    for status, found in rows.items():
        label = UNCHECKED if status == UNCHECKED else Status(status).label
        yield _group(label.capitalize(), found)


def _find_old_preprints(catalog: Catalog, newest: int | None) -> list[Paper]:
    """Find preprints from a year before the list's newest: they may be published by now."""
    found = [
        paper
        for paper in catalog.papers
        if newest is not None
        and paper.year is not None
        and paper.year < newest
        and type_of(catalog, paper) == PREPRINT
    ]
    return sorted(found, key=lambda paper: (paper.year or 0, fold(paper.title)))


def _find_empty_years(years: Mapping[int, int]) -> Iterator[str]:
    """Yield stretches of years without papers: `2008` or `2008–2014`."""
    for is_empty, run in groupby(years, lambda year: not years[year]):
        if is_empty:
            first, *rest = run
            yield f"{first}–{rest[-1]}" if rest else str(first)


def _find_missing(catalog: Catalog) -> Iterator[HealthGroup]:
    def is_paged(paper: Paper) -> bool:
        return catalog.entry_type(paper) in _IN_PAGES

    checks: tuple[tuple[str, Callable[[Paper], bool]], ...] = (
        ("Authors", lambda paper: not paper.authors),
        ("Venue", lambda paper: paper.venue is None),
        ("Year", lambda paper: paper.year is None),
        ("Links", lambda paper: not paper.all_links),
        ("DOI of published papers", lambda paper: is_paged(paper) and paper.doi is None),
        ("Pages of published papers", lambda paper: is_paged(paper) and paper.pages is None),
    )
    for title, is_missing in checks:
        yield _group(title, [paper for paper in catalog.papers if is_missing(paper)])


def _group(title: str, rows: Sequence[Paper | LinkRow]) -> HealthGroup:
    return HealthGroup(title, len(rows), rows[:MOST_ROWS])
