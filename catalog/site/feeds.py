"""Atom and JSON feeds of the list, of each section and of each venue: the newest papers first.

Dates are those that are known. Atom wants one in each entry, so a paper is in the feeds when the
day it was added is known, or the month it came out; only a day is given as published.
Sources: RFC 4287; https://www.jsonfeed.org/version/1.1/.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.render.digests import digest
from catalog.render.memo import Memo
from catalog.render.templates import render
from catalog.site import addresses
from catalog.site.news import find_news_date, sort_latest
from catalog.site.venues import VenueView
from catalog.site.views import MOST_AUTHORS, to_byline, to_published
from catalog.store.files import LazyFile
from catalog.text.tex_math import to_unicode

ATOM, JSON = "feed.xml", "feed.json"
MOST_ENTRIES = 50
"""A feed holds the newest papers, up to so many."""

_NEVER = "1970-01-01T00:00:00Z"
"""When a feed without papers was last updated."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """A paper in a feed; `url` is its page, `id` that of its first key, which a rename leaves."""

    title: str
    id: str
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


@dataclass(frozen=True, slots=True)
class _Feed:
    """The feed of a section or venue, whose title is `part`, or of the list; `papers` are shown.

    `entries` has each paper of the list by its key.
    """

    catalog: Catalog
    entries: Mapping[str, EntryView]
    part: str
    address: str
    papers: Sequence[Paper]
    url: str

    def view(self) -> FeedView:
        title = self.catalog.survey.title
        return FeedView(
            title=f"{self.part} – {title}" if self.part else title,
            subtitle=f"New papers of {self.part}" if self.part else "New papers of the list",
            folder=self.address,
            page=f"{self.url}{self.address}",
            authors=tuple(name.display for name in self.catalog.survey.authors),
            entries=[self.entries[paper.key] for paper in self.papers],
        )

    def digest(self, memo: Memo) -> str:
        """Return the hash of all that the feed shows."""
        survey, sections = self.catalog.survey, self.catalog.section_by_id
        shown = [
            (memo.digests[paper.key], [sections[id_].title for id_ in paper.sections])
            for paper in self.papers
        ]
        authors = [name.display for name in survey.authors]
        return digest(self.part, self.address, self.url, survey.title, authors, shown)


def render_feeds(
    catalog: Catalog, venues: Sequence[VenueView], folder: Path, url: str, memo: Memo
) -> Iterator[LazyFile]:
    """Render the feeds of a site at the address `url`.

    A section's feed has the papers of the sections inside it too. `folder` is the list's, whose
    templates come first.
    """
    sections = [
        (view.title, addresses.to_section(view.id), catalog.papers_within[view.id])
        for view in catalog.sections
    ]
    entries = _Entries(catalog, url)
    # Sorted once for all feeds, by dates and titles that take a while to find.
    dated = [paper.key for paper in sort_latest(catalog.papers) if find_news_date(paper)]
    order = {key: place for place, key in enumerate(dated)}
    of_venues = [(venue.name, venue.address, venue.papers) for venue in venues]
    for part, address, papers in [("", "", catalog.papers), *sections, *of_venues]:
        latest = sorted(
            (paper for paper in papers if paper.key in order), key=lambda paper: order[paper.key]
        )
        feed = _Feed(catalog, entries, part, address, latest[:MOST_ENTRIES], url)
        yield from _render(feed, folder, feed.digest(memo))


def _render(feed: _Feed, folder: Path, digest: str) -> Iterator[LazyFile]:
    view_once = cache(feed.view)

    def write_atom() -> str:
        view = view_once()
        return render(folder, "site/feed.xml.j2", feed=view, self_url=f"{view.page}{ATOM}")

    def write_json() -> str:
        view = view_once()
        return _to_json(view, f"{view.page}{JSON}")

    yield LazyFile(f"{feed.address}{ATOM}", digest, write_atom)
    yield LazyFile(f"{feed.address}{JSON}", digest, write_json)


class _Entries(dict[str, EntryView]):
    """Each paper as an entry, by its key: most are in several feeds."""

    def __init__(self, catalog: Catalog, url: str) -> None:
        super().__init__()
        self._catalog = catalog
        self._url = url

    def __missing__(self, key: str) -> EntryView:
        entry = self[key] = _to_entry(self._catalog, self._catalog.paper_by_key[key], self._url)
        return entry


def _to_entry(catalog: Catalog, paper: Paper, url: str) -> EntryView:
    parts = (to_byline(paper), to_published(catalog, paper))
    about = ", ".join(part for part in parts if part)
    first_key = paper.aliases[0] if paper.aliases else paper.key
    title = to_unicode(paper.title)
    return EntryView(
        title=title,
        id=f"{url}{addresses.to_paper(first_key)}",
        url=f"{url}{addresses.to_paper(paper.key)}",
        updated=_to_moment(find_news_date(paper) or date.min),
        published=_to_moment(paper.added) if paper.added else None,
        authors=tuple(name.display for name in paper.authors[:MOST_AUTHORS]),
        summary=". ".join(part for part in (about, paper.tldr, paper.note) if part) or title,
        categories=tuple(catalog.section_by_id[id_].title for id_ in paper.sections),
    )


def _to_json(feed: FeedView, self_url: str) -> str:
    items = [
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "content_text": entry.summary,
            **({"date_published": entry.published} if entry.published else {}),
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
    return json.dumps(value, ensure_ascii=False) + "\n"


def _to_moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
