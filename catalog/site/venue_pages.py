"""The page of every venue."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from catalog.render.digests import digest
from catalog.site import addresses
from catalog.site.charts import to_year_bars
from catalog.site.context import Page, SiteContext
from catalog.site.group_bibtex import FILE, make_bibtex_file
from catalog.site.venues import VenueView
from catalog.site.views import MOST_NAMES, to_year_range
from catalog.store.files import LazyFile

MOST_LISTED = 500
"""Papers that a page lists, the newest ones; the rest is found by the filter."""


class VenuePages:
    """Makes the pages of venues, and the BibTeX file of each."""

    def __init__(self, site: SiteContext) -> None:
        self._site = site

    def pages(self) -> Iterator[Page]:
        """Yield the page of every venue."""
        for view in self._site.venues:
            yield Page(
                view.address,
                digest(
                    view.name,
                    [self._site.memo.digests[paper.key] for paper in view.papers],
                    [
                        self._site.authors.links_of(paper)[:MOST_NAMES]
                        for paper in view.papers[:MOST_LISTED]
                    ],
                    self._site.card,
                ),
                view.name,
                "venue",
                partial(self._view, view),
            )

    def files(self) -> Iterator[LazyFile]:
        """Yield the BibTeX file of every venue."""
        for view in self._site.venues:
            yield make_bibtex_file(self._site, view.address, view.papers)

    def _view(self, view: VenueView) -> Mapping[str, Any]:
        shown = view.papers[:MOST_LISTED]
        return {
            "venue": view,
            "years": to_year_range(view.papers),
            "items": [self._site.items[paper.key] for paper in shown],
            "bars": self._to_bars(view),
            "filter": addresses.to_filter(venue=view.name),
            "file": FILE,
            "coins": [self._site.coins[paper.key] for paper in shown],
            "card": self._site.card,
        }

    def _to_bars(self, view: VenueView) -> list[Any]:
        counts = Counter(paper.year for paper in view.papers if paper.year is not None)
        if len(counts) < 2:
            return []
        years = {year: counts[year] for year in range(min(counts), max(counts) + 1)}
        return to_year_bars(years, venue=view.name)
