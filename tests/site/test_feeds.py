"""Feeds, read back by Python's own parsers."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.render.memo import Memo
from catalog.site.feeds import MOST_ENTRIES, render_feeds
from catalog.site.news import describe_date, sort_latest
from catalog.site.venues import find_venues
from tests.outputs import to_files

ATOM = "{http://www.w3.org/2005/Atom}"
URL = "https://example.org/list/"


def render(catalog: Catalog, folder: Path) -> dict[str, str]:
    venues = find_venues(catalog, catalog.papers)
    return to_files(render_feeds(catalog, venues, folder, URL, Memo(catalog)))


def make(key: str, **fields: Any) -> Paper:  # noqa: ANN401 - fields of a paper
    return Paper(key=key, title=f"Title <{key}> & more", sections=("things",), **fields)


def test_the_list_each_section_and_each_venue_have_both_feeds(
    invented_catalog: Catalog, tmp_path: Path
) -> None:
    files = render(invented_catalog, tmp_path)
    folders = ["", *(f"sections/{view.id}/" for view in invented_catalog.sections), "venues/conf/"]
    assert set(files) == {f"{folder}feed.{end}" for folder in folders for end in ("xml", "json")}


@pytest.mark.parametrize("place", ["", "sections/measures/", "venues/conf/"])
def test_an_atom_feed_has_what_rfc_4287_asks_for(
    invented_catalog: Catalog, tmp_path: Path, place: str
) -> None:
    feed = ElementTree.fromstring(render(invented_catalog, tmp_path)[f"{place}feed.xml"])
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id") == URL + place
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{URL}{place}feed.xml", "alternate": URL + place}
    (entry,) = feed.findall(f"{ATOM}entry")
    # A key that was renamed keeps the id of the first one, so that no reader meets it again as new.
    assert entry.findtext(f"{ATOM}id") == f"{URL}papers/sample2023things/"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{URL}papers/sample2024things/"
    for item in (feed, entry):
        assert item.findtext(f"{ATOM}title")
        assert item.find(f"{ATOM}author") is not None
        assert item.findtext(f"{ATOM}updated") == "2025-10-08T00:00:00Z"
    assert entry.findtext(f"{ATOM}published") == "2025-10-08T00:00:00Z"


def test_both_feeds_say_the_same(invented_catalog: Catalog, tmp_path: Path) -> None:
    files = render(invented_catalog, tmp_path)
    entries = ElementTree.fromstring(files["feed.xml"]).findall(f"{ATOM}entry")
    feed = json.loads(files["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{URL}feed.json"
    assert [item["id"] for item in feed["items"]] == [e.findtext(f"{ATOM}id") for e in entries]
    for item in feed["items"]:
        assert datetime.fromisoformat(item["date_published"]).tzinfo is not None
        assert item["content_text"]


def test_feeds_date_only_what_is_known(invented_catalog: Catalog, tmp_path: Path) -> None:
    papers = [
        make("neither"),
        make("old", year=1999),
        make("month", year=2025, month=3),
        make("arxiv", year=2025, arxiv="2411.00001"),
        make("ancient", arxiv="cs/9912001"),
        make("late", year=2001, added=date(2025, 2, 2)),
        make("early", year=2024, added=date(2025, 1, 1)),
    ]
    latest = sort_latest(papers)
    assert [(paper.key, describe_date(paper)) for paper in latest] == [
        ("late", "2025-02-02"),
        ("early", "2025-01-01"),
        ("month", "March 2025"),
        ("arxiv", "November 2024"),
        ("ancient", "December 1999"),
        ("old", "1999"),
        ("neither", "Without a year"),
    ]
    files = render(Catalog(invented_catalog.head, papers), tmp_path)
    items = json.loads(files["feed.json"])["items"]
    assert [
        (item["url"].split("/")[-2], item.get("date_published", "")[:10]) for item in items
    ] == [
        ("late", "2025-02-02"),
        ("early", "2025-01-01"),
        ("month", ""),
        ("arxiv", ""),
        ("ancient", ""),
    ]
    entries = ElementTree.fromstring(files["feed.xml"]).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}updated", "")[:10] for entry in entries][2:] == [
        "2025-03-01",
        "2024-11-01",
        "1999-12-01",
    ]
    assert all(entry.find(f"{ATOM}published") is None for entry in entries[2:])


def test_a_feed_has_a_limit_and_an_empty_one_is_valid(
    invented_catalog: Catalog, tmp_path: Path
) -> None:
    papers = [make(f"k{number}", year=2000, month=1) for number in range(MOST_ENTRIES + 5)]
    files = render(Catalog(invented_catalog.head, papers), tmp_path)
    assert len(json.loads(files["feed.json"])["items"]) == MOST_ENTRIES
    empty = ElementTree.fromstring(files["sections/measures/feed.xml"])
    assert empty.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_without_an_address_of_the_site_there_are_no_feeds(
    stamp: Callable[[str], Path], invented_text: str
) -> None:
    site = stamp(invented_text)
    assert (site / "feed.xml").is_file()
    html = (site / "sections/things/index.html").read_text(encoding="utf-8")
    # Material asks for a sitemap next to the target of each [rel=alternate].
    assert 'rel="alternate feed"' in html
    assert 'rel="alternate"' not in html
