"""Atom and JSON feeds of the whole list and of each section: the newest papers first.

Papers come by the day on which they were added; those without one follow, newest year first, and
stand for the first day of their year or month. A paper with neither is in no feed.
Sources: RFC 4287; https://www.jsonfeed.org/version/1.1/.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalog.model.catalog import Catalog, SectionView
from catalog.model.records import Paper
from catalog.render.templates import render
from catalog.site import addresses
from catalog.site.views import to_byline, to_published
from catalog.store.files import TextFile
from catalog.text.folding import fold

ATOM, JSON = "feed.xml", "feed.json"
MOST_ENTRIES = 50
"""A feed holds the newest papers, up to so many."""

_NEVER = "1970-01-01T00:00:00Z"
"""When a feed without papers was last updated."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """A paper in a feed; `url` is its page, which is also its id there."""

    title: str
    url: str
    updated: str
    published: str | None
    authors: tuple[str, ...]
    summary: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed; `page` is the page that it follows, `folder` where its files stand."""

    title: str
    subtitle: str
    folder: str
    page: str
    authors: tuple[str, ...]
    entries: Sequence[EntryView]

    @property
    def updated(self) -> str:
        """When the newest entry came."""
        return max((entry.updated for entry in self.entries), default=_NEVER)


def sort_latest(papers: Sequence[Paper]) -> list[Paper]:
    """Sort papers by the day they were added, then those without one by year, newest first."""
    return sorted(papers, key=_rank)


def render_feeds(
    catalog: Catalog, papers_of: Mapping[str, Sequence[Paper]], folder: Path, url: str
) -> Iterator[TextFile]:
    """Render the feeds of a site that stands at `url`.

    `papers_of` has the papers of each section, those of the sections inside it too; `folder` is
    the list's, whose templates come first.
    """
    yield from _render(_to_feed(catalog, None, catalog.papers, url), folder)
    for view in catalog.sections:
        yield from _render(_to_feed(catalog, view, papers_of[view.id], url), folder)


def _render(feed: FeedView, folder: Path) -> Iterator[TextFile]:
    place = addresses.to_section(feed.folder) if feed.folder else ""
    root = feed.page.removesuffix(place)
    self_url = {name: f"{root}{place}{name}" for name in (ATOM, JSON)}
    yield f"{place}{ATOM}", render(folder, "site/feed.xml.j2", feed=feed, self_url=self_url[ATOM])
    yield f"{place}{JSON}", _to_json(feed, self_url[JSON])


def _to_feed(
    catalog: Catalog, view: SectionView | None, papers: Sequence[Paper], url: str
) -> FeedView:
    title = catalog.survey.title
    latest = [paper for paper in sort_latest(papers) if paper.added or paper.year is not None]
    return FeedView(
        title=f"{view.title} – {title}" if view else title,
        subtitle=f"New papers of the section {view.title}" if view else "New papers of the list",
        folder=view.id if view else "",
        page=f"{url}{addresses.to_section(view.id)}" if view else url,
        authors=tuple(name.display for name in catalog.survey.authors),
        entries=[_to_entry(catalog, paper, url) for paper in latest[:MOST_ENTRIES]],
    )


def _to_entry(catalog: Catalog, paper: Paper, url: str) -> EntryView:
    parts = (to_byline(paper), to_published(catalog, paper))
    about = ", ".join(part for part in parts if part)
    return EntryView(
        title=paper.title,
        url=f"{url}{addresses.to_paper(paper.key)}",
        updated=_to_moment(_find_day(paper)),
        published=_to_moment(paper.added) if paper.added else None,
        authors=tuple(name.display for name in paper.authors),
        summary=". ".join(part for part in (about, paper.note) if part) or paper.title,
        categories=tuple(catalog.section_by_id[id_].title for id_ in paper.sections),
    )


def _to_json(feed: FeedView, self_url: str) -> str:
    items = [
        {
            "id": entry.url,
            "url": entry.url,
            "title": entry.title,
            "content_text": entry.summary,
            "date_published": entry.updated,
            "authors": [{"name": name} for name in entry.authors],
            "tags": list(entry.categories),
        }
        for entry in feed.entries
    ]
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.page,
        "feed_url": self_url,
        "language": "en",
        "items": items,
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _rank(paper: Paper) -> tuple[bool, int, str, str]:
    # A date orders as its ordinal; the newest first.
    return (
        paper.added is None,
        -_find_day(paper).toordinal(),
        fold(paper.title),
        paper.key,
    )


def _find_day(paper: Paper) -> date:
    """Return the day the paper was added, or the first of its year or month."""
    return paper.added or date(max(paper.year or 1, 1), paper.month or 1, 1)


def _to_moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
