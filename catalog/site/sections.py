"""The page of every section."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from catalog.model.catalog import SectionView
from catalog.render.digests import digest
from catalog.site import addresses
from catalog.site.charts import YearBar, to_year_bars
from catalog.site.context import Page, SiteContext, to_paragraphs
from catalog.site.views import MOST_NAMES


class SectionPages:
    """Makes the pages of sections."""

    def __init__(self, site: SiteContext) -> None:
        self._site = site

    def pages(self) -> Iterator[Page]:
        """Yield the page of every section."""
        for view in self._site.catalog.sections:
            yield Page(
                addresses.to_section(view.id),
                digest(
                    [self._site.memo.digests[paper.key] for paper in view.papers],
                    [
                        (paper.key, paper.year)
                        for paper in self._site.catalog.papers_within[view.id]
                    ],
                    [(inner.id, inner.total) for inner in self._within(view)],
                    [self._site.authors.links_of(paper)[:MOST_NAMES] for paper in view.papers],
                    self._site.previews.of_section(view),
                    self._site.show_downloads(view.id),
                    [
                        one.model_dump(mode="json")
                        for one in self._site.catalog.resources_by_section.get(view.id, ())
                    ],
                ),
                view.title,
                "section",
                partial(self._view, view),
            )

    def _view(self, view: SectionView) -> Mapping[str, Any]:
        return {
            "section": view,
            "description": to_paragraphs(view.section.description),
            "resources": self._site.catalog.resources_by_section.get(view.id, []),
            "trail": self._site.trail(view),
            "inner": self._within(view),
            "items": [self._site.items[paper.key] for paper in view.papers],
            "bars": self._section_bars(view),
            "card": self._site.absolute(self._site.previews.of_section(view)),
            "files": self._site.show_downloads(view.id),
            "coins": self._coins(view),
        }

    def _section_bars(self, view: SectionView) -> list[YearBar]:
        """Return the bars of a section with those inside it; one year alone needs none."""
        counts = Counter(
            paper.year
            for paper in self._site.catalog.papers_within[view.id]
            if paper.year is not None
        )
        if len(counts) < 2:
            return []
        years = {year: counts[year] for year in range(min(counts), max(counts) + 1)}
        return to_year_bars(years, section=view.id)

    def _coins(self, view: SectionView) -> list[str]:
        """Return what Zotero reads of each paper: in a compact site, from the papers' own pages."""
        return [] if self._site.is_compact else [self._site.coins[p.key] for p in view.papers]

    def _within(self, view: SectionView) -> list[SectionView]:
        return [inner for inner in self._site.catalog.sections if inner.parent == view.id]
