"""Pages of authors and venues, the timeline, what is new and feeds, as a reader uses them."""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.shared import make_once
from tests.web import sites

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

ATOM = "{http://www.w3.org/2005/Atom}"
# Two people are called Wei Example: no chain of co-authors joins their papers.
LIST = """\
survey: {title: Invented List, links: {website: "https://list.example.org/"}}
sections: [{id: things, title: Things}]
venues:
  Conf: {name: Conference on Invented Things, kind: conference, aliases: [OldConf]}
  Letters: {name: Letters of Invention, kind: journal}
papers:
- {key: a2024, aliases: [old2023, older2022], title: Aligned Things, sections: [things],
   authors: [Wei Example, Ada Sample], venue: Conf, year: 2024, month: 5, added: 2025-03-02}
- {key: b2023, title: Bent Things, sections: [things], venue: Conf, year: 2023, month: 4,
   authors: [Wei Example, Ada Sample, Ben Probe]}
- {key: c2022, title: Coloured Things, sections: [things], venue: Letters, year: 2022,
   authors: [Wei Example, Cem Test]}
"""


@pytest.fixture(scope="module")
def list_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The served site of a list with two people of one name."""
    settings = "site_name: L\nsite_url: https://list.example.org/\nplugins: [catalog]\n"
    make = partial(sites.build_list, LIST, settings)
    with sites.serve(make_once(tmp_path_factory, "people", make) / "served") as address:
        yield address


def test_the_index_of_authors_leads_to_papers_co_authors_and_their_bibtex(
    own: Page, list_base: str
) -> None:
    own.goto(f"{list_base}authors/")
    own.get_by_role("link", name="Sample, Ada").click()
    expect(own.get_by_role("heading", level=1)).to_have_text("Ada Sample")
    expect(own.locator(".cat-item__title")).to_have_text(["Aligned Things", "Bent Things"])
    with own.expect_download() as download:
        own.locator("main").get_by_role("link", name="BibTeX", exact=True).first.click()
    entries = re.findall(r"^@\w+\{(\w+),", Path(download.value.path()).read_text("utf-8"), re.M)
    assert sorted(entries) == ["a2024", "b2023"]
    co_authors = own.locator(".cat-names a")
    expect(co_authors).to_have_text(["Wei Example", "Ben Probe"])
    co_authors.nth(1).click()
    expect(own.get_by_role("heading", level=1)).to_have_text("Ben Probe")


def test_links_of_authors_look_like_links_in_lists_too(own: Page, list_base: str) -> None:
    for address in ("papers/", "sections/things/", "authors/ada-sample/", "venues/conf/"):
        own.goto(list_base + address)
        link = own.locator(".cat-item__authors a").first
        assert link.evaluate("link => getComputedStyle(link).textDecorationLine") == "underline"


def test_two_people_of_one_name_are_listed_apart(own: Page, list_base: str) -> None:
    own.goto(f"{list_base}authors/wei-example/")
    expect(own.get_by_text("they may be by different people")).to_be_visible()
    groups = own.locator(".cat-group")
    expect(groups).to_have_count(2)
    expect(groups.nth(0).locator(".cat-item__title")).to_have_text(
        ["Aligned Things", "Bent Things"]
    )
    expect(groups.nth(1).locator(".cat-item__title")).to_have_text("Coloured Things")
    expect(groups.nth(1).locator(".cat-names a")).to_have_text("Cem Test")


def test_the_index_of_venues_leads_to_papers_bibtex_and_feeds(own: Page, list_base: str) -> None:
    own.goto(f"{list_base}venues/")
    expect(own.get_by_role("heading", level=2)).to_have_text(["Conferences", "Journals"])
    own.get_by_role("link", name="Conf", exact=True).click()
    expect(own.locator(".cat-lead")).to_contain_text("Also known as OldConf")
    expect(own.locator(".cat-item")).to_have_count(2)
    with own.expect_download() as download:
        own.locator(".cat-downloads").get_by_role("link", name="BibTeX").click()
    assert Path(download.value.path()).read_text("utf-8").count("@inproceedings{") == 2
    for name in ("Atom feed", "JSON feed"):
        href = own.get_by_role("link", name=name).get_attribute("href")
        assert own.request.get(f"{list_base}venues/conf/{href}").ok


def test_the_timeline_has_years_and_months(own: Page, list_base: str) -> None:
    own.goto(f"{list_base}timeline/")
    years = own.locator(".cat-timeline h2")
    expect(years).to_have_text([re.compile(f"^{year}") for year in (2024, 2023, 2022)])
    expect(own.get_by_role("heading", name="May")).to_be_visible()
    own.get_by_role("link", name="Aligned Things").click()
    expect(own.get_by_role("heading", level=1)).to_have_text("Aligned Things")


def test_what_is_new_goes_by_the_day_of_adding_and_else_by_what_is_known(
    own: Page, list_base: str
) -> None:
    own.goto(f"{list_base}changelog/")
    days = own.get_by_role("heading", level=3)
    expect(days).to_have_text(["2025-03-02", "April 2023", "2022"])
    titles = ["Aligned Things", "Bent Things", "Coloured Things"]
    expect(own.locator(".cat-item__title")).to_have_text(titles)


def test_a_feed_dates_what_is_known_and_a_renamed_key_keeps_its_id(
    own: Page, list_base: str
) -> None:
    atom = ElementTree.fromstring(own.request.get(f"{list_base}feed.xml").text())
    entries = {entry.findtext(f"{ATOM}title"): entry for entry in atom.iter(f"{ATOM}entry")}
    renamed = entries["Aligned Things"]
    assert renamed.findtext(f"{ATOM}id") == "https://list.example.org/papers/old2023/"
    assert renamed.find(f"{ATOM}link").get("href").endswith("/papers/a2024/")  # type: ignore[union-attr]
    assert renamed.findtext(f"{ATOM}published") == "2025-03-02T00:00:00Z"
    # A month is not the day of adding; a year alone is not a date.
    assert entries["Bent Things"].find(f"{ATOM}published") is None
    assert "Coloured Things" not in entries
    items = json.loads(own.request.get(f"{list_base}feed.json").text())["items"]
    assert [item.get("date_published") for item in items] == ["2025-03-02T00:00:00Z", None]
    # The id still leads to the paper.
    own.goto(f"{list_base}papers/old2023/")
    expect(own).to_have_url(re.compile(r"/papers/a2024/$"))
