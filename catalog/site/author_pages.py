"""The page of every author."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from catalog.render.digests import digest
from catalog.site.authors import AuthorGroup, AuthorView
from catalog.site.context import Page, SiteContext
from catalog.site.group_bibtex import FILE, make_bibtex_file
from catalog.site.views import MOST_NAMES, to_year_range
from catalog.store.files import LazyFile

MOST_CO_AUTHORS = 40
"""Co-authors that a page names; the papers name all of them."""


class AuthorPages:
    """Makes the pages of authors, and the BibTeX file of each."""

    def __init__(self, site: SiteContext) -> None:
        self._site = site

    def pages(self) -> Iterator[Page]:
        """Yield the page of every author."""
        digests, links = self._site.memo.digests, self._site.authors
        for view in links.views:
            shown = [
                [(digests[paper.key], links.links_of(paper)[:MOST_NAMES]) for paper in group.papers]
                for group in view.groups
            ]
            others = [
                [(name, links.link(name)) for name, _ in group.co_authors[:MOST_CO_AUTHORS]]
                for group in view.groups
            ]
            yield Page(
                view.address,
                digest(view.name, shown, others, self._site.card),
                view.name,
                "author",
                partial(self._view, view),
            )

    def files(self) -> Iterator[LazyFile]:
        """Yield the BibTeX file of every author."""
        for view in self._site.authors.views:
            yield make_bibtex_file(self._site, view.address, view.papers)

    def _view(self, view: AuthorView) -> Mapping[str, Any]:
        return {
            "author": view,
            "years": to_year_range(view.papers),
            "groups": [self._to_group(group) for group in view.groups],
            "file": FILE,
            "coins": [self._site.coins[paper.key] for paper in view.papers],
            "card": self._site.card,
        }

    def _to_group(self, group: AuthorGroup) -> Mapping[str, Any]:
        shown = group.co_authors[:MOST_CO_AUTHORS]
        return {
            "name": group.name,
            "items": [self._site.items[paper.key] for paper in group.papers],
            "co_authors": [(name, self._site.authors.link(name), count) for name, count in shown],
            "hidden": len(group.co_authors) - len(shown),
        }
