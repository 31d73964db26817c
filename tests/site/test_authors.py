"""Pages of authors and venues: who has one, what it lists, and who is kept apart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.model.statistics import count
from catalog.site import addresses, authors
from catalog.site.authors import AuthorIndex
from catalog.site.venues import find_venues
from tests.site.test_render import read_page, with_paper

Stamp = Callable[[str], Path]


def make(key: str, *names: str, **fields: Any) -> Paper:  # noqa: ANN401 - fields of a paper
    return Paper.model_validate({"key": key, "title": key, "authors": names, **fields})


def index(invented_catalog: Catalog, *papers: Paper) -> AuthorIndex:
    return AuthorIndex(Catalog(invented_catalog.head, papers), papers)


def to_word(number: int) -> str:
    return "Family" + "".join("abcdefghij"[int(digit)] for digit in str(number))


def keys(view: authors.AuthorView) -> list[list[str]]:
    return [[paper.key for paper in group.papers] for group in view.groups]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Oriane Éxample-Ødegård", "oriane-example-odegard"),
        ("Dora de la Cruz, Jr.", "dora-de-la-cruz-jr"),
        ("李明", "u674e-u660e"),
        ("Ωmega", "u3c9-mega"),
        ("!?", "u21-u3f"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_name_makes_an_address_in_ascii(name: str, slug: str) -> None:
    assert addresses.to_slug(name) == slug


def test_papers_of_one_name_that_share_nobody_stay_apart(invented_catalog: Catalog) -> None:
    found = index(
        invented_catalog,
        make("a", "Wei Sample", "Ada Example"),
        make("b", "Wei Sample", "Ben Other"),
        make("c", "Carla New", "Wei Sample", "Ada Example"),
        make("d", "Wei Sample"),
    )
    view = next(view for view in found.views if view.name == "Wei Sample")
    assert keys(view) == [["a", "c"], ["b"], ["d"]]
    assert view.groups[0].co_authors == (("Ada Example", 2), ("Carla New", 1))


def test_a_chain_of_co_authors_joins_papers(invented_catalog: Catalog) -> None:
    found = index(
        invented_catalog,
        make("a", "Wei Sample", "Ada Example"),
        make("b", "Wei Sample", "Ben Other"),
        make("c", "Wei Sample", "Ben Other", "Ada Example"),
    )
    assert keys(found.views[-1]) == [["a", "b", "c"]]


def test_two_spellings_share_an_address_and_stay_apart(invented_catalog: Catalog) -> None:
    found = index(
        invented_catalog,
        make("a", "José Sample", "Ada Example"),
        make("b", "Jose Sample", "Ada Example"),
        make("c", "Jose Sample"),
    )
    view = next(view for view in found.views if view.address == "authors/jose-sample/")
    assert view.name == "Jose Sample"
    assert keys(view) == [["a"], ["b"], ["c"]]


def test_two_spellings_count_once_on_pages_and_in_statistics(invented_catalog: Catalog) -> None:
    papers = make("a", "Jiří Sample", "Ada Example"), make("b", "Jiri Sample")
    found = index(invented_catalog, *papers)
    assert found.number == 2
    assert count(Catalog(invented_catalog.head, papers)).authors == found.number


def test_a_collaboration_of_a_thousand_makes_fifty_pages(invented_catalog: Catalog) -> None:
    many = [f"Person {number} Sample" for number in range(1_000)]
    found = index(invented_catalog, make("a", *many), make("b", "Person 999 Sample"))
    assert len(found.views) == authors.FIRST_AUTHORS + 1
    assert found.link("Person 0 Sample") == "authors/person-0-sample/"
    assert found.link("Person 999 Sample") == "authors/person-999-sample/"
    assert found.link("Person 500 Sample") == "papers/?q=author%3A%22Person%20500%20Sample%22"


def test_a_long_list_has_pages_for_those_of_two_papers(
    invented_catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authors, "MOST_NAMES", 2)
    found = index(invented_catalog, make("a", "One", "Two"), make("b", "Two", "Three"))
    assert not found.has_all
    assert [view.name for view in found.views] == ["Two"]
    assert found.link("One").startswith("papers/?q=")


def test_every_author_and_venue_has_a_page_with_their_papers(
    stamp: Stamp, invented_text: str
) -> None:
    site = stamp(invented_text)
    page = read_page(site, "authors/carla-van-der-berg")
    assert page.find("a", href="../../papers/sample2024things/")
    assert page.find("a", href="papers.bib")
    assert page.find("a", href="../../authors/ada-example/")
    assert "sample2024things" in (site / "authors/ada-example/papers.bib").read_text("utf-8")
    index_page = read_page(site, "authors")
    assert index_page.find("a", href="../authors/carla-van-der-berg/")
    assert "van der Berg, Carla" in index_page.text_of("a")
    venue = read_page(site, "venues/conf")
    assert venue.find("a", href="../../papers/sample2024things/")
    assert venue.find("a", href="feed.xml")
    assert "sample2024things" in (site / "venues/conf/papers.bib").read_text("utf-8")
    assert read_page(site, "venues").find("a", href="../venues/conf/")


def test_the_page_of_a_shared_name_says_that_they_may_be_different_people(
    stamp: Stamp, invented_text: str
) -> None:
    data = yaml.safe_load(with_paper(invented_text))
    data["papers"][1]["authors"] = ["Ada Example", "Zoe Stranger"]
    site = stamp(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    html = (site / "authors/ada-example/index.html").read_text(encoding="utf-8")
    assert "they may be by different people" in html
    html = (site / "authors/zoe-stranger/index.html").read_text(encoding="utf-8")
    assert "different people" not in html


def test_names_of_venues_that_share_an_address_share_a_page(invented_catalog: Catalog) -> None:
    papers = [make("a", venue="C++ Days"), make("b", venue="C Days"), make("c", venue="InvConf")]
    views = find_venues(Catalog(invented_catalog.head, papers), papers)
    assert [(view.address, len(view.papers)) for view in views] == [
        ("venues/c-days/", 2),
        ("venues/conf/", 1),
    ]


def test_a_paper_with_a_thousand_authors_has_a_page_under_60_kb(
    stamp: Stamp, invented_text: str
) -> None:
    data = yaml.safe_load(with_paper(invented_text))
    data["papers"][0]["authors"] = [f"Given {to_word(n)}" for n in range(1_351)]
    site = stamp(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    html = (site / "papers/sample2024things/index.html").read_text(encoding="utf-8")
    # The frame of Material takes about 20 KB, that of the test less than one.
    assert len(html.encode()) < 39_000
    assert to_word(1_350) in html
    assert "1321 more authors" in html
    bibtex = (site / "papers/sample2024things/sample2024things.bib").read_text(encoding="utf-8")
    assert to_word(1_350) in bibtex
    assert html.count('name="citation_author"') == 30
