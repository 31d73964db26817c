"""Which papers belong together, and why."""

import random
import time

import pytest

from catalog.model.names import PersonName
from catalog.model.records import Paper
from catalog.site.related import MOST_RELATED, RelatedView, find_related

TITLES = {"one": "Section One", "two": "Section Two"}


def make(key: str, title: str, *families: str, year: int = 2024, section: str = "one") -> Paper:
    authors = tuple(PersonName(given="Ada", family=family) for family in families)
    return Paper(key=key, title=title, authors=authors, year=year, sections=(section,))


def relate(*papers: Paper) -> dict[str, list[RelatedView]]:
    found = find_related(papers, TITLES)
    return {paper.key: views for paper, views in zip(papers, found, strict=True)}


def keys(views: list[RelatedView]) -> list[str]:
    return [view.paper.key for view in views]


def test_a_shared_author_relates_papers_and_is_the_reason() -> None:
    found = relate(
        make("a", "Zebras", "Example", section="two"),
        make("b", "Quarks", "Example"),
        make("c", "Tides", "Sample"),
    )
    assert keys(found["a"]) == ["b"]
    assert found["a"][0].reasons == ("same author: Ada Example",)
    assert found["c"] == []


def test_many_shared_authors_are_counted_and_stand_before_the_section() -> None:
    found = relate(make("a", "Zebras", "A", "B", "C", "D"), make("b", "Quarks", "A", "B", "C", "D"))
    assert found["a"][0].reasons == (
        "same authors: Ada A, Ada B and 2 more",
        "same section: Section One",
    )


def test_rare_words_of_the_title_relate_papers_whatever_their_number_and_accents() -> None:
    found = relate(
        make("a", "The Zebra Crossing", section="two"),
        make("b", "Zébras at a Crossing"),
        make("c", "Tides"),
    )
    assert keys(found["a"]) == ["b"]
    assert found["a"][0].reasons == ("in both titles: zebras, crossing",)


def test_words_of_every_title_and_a_shared_section_are_no_reason() -> None:
    found = relate(
        *(make(f"k{i}", f"Learning models for the {i} task", year=2000 + i) for i in range(9))
    )
    assert not any(found.values())


def test_a_shared_tag_relates_papers_of_one_section() -> None:
    one = make("a", "Zebras").model_copy(update={"tags": ("stripes",)})
    other = make("b", "Quarks").model_copy(update={"tags": ("Stripes",)})
    assert relate(one, other)["b"][0].reasons == ("same tag: stripes", "same section: Section One")


def test_equals_come_by_distance_in_years_and_then_by_key() -> None:
    papers = [
        make("x", "Zebras", "Example", year=2020),
        make("far", "Quarks", "Example", year=2010),
        make("b", "Tides", "Example", year=2021),
        make("a", "Moons", "Example", year=2019),
    ]
    assert keys(relate(*papers)["x"]) == ["a", "b", "far"]
    assert keys(relate(*reversed(papers))["x"]) == ["a", "b", "far"]


def test_a_page_shows_few_and_never_the_paper_itself() -> None:
    found = relate(*(make(f"k{i}", f"Title {i}", "Example") for i in range(12)))
    assert all(len(views) == MOST_RELATED for views in found.values())
    assert all(key not in keys(views) for key, views in found.items())


@pytest.mark.slow
def test_ten_thousand_papers_take_seconds_and_not_minutes() -> None:
    dice = random.Random(7)
    words = [f"word{n}" for n in range(5_000)] + ["language", "vision", "representation"] * 300
    papers = [
        make(
            f"k{i}",
            " ".join(dice.choices(words, k=9)),
            *(f"F{dice.randrange(15_000)}" for _ in range(5)),
        )
        for i in range(10_000)
    ]
    start = time.process_time()
    assert sum(map(len, find_related(papers, TITLES))) > 10_000
    # About one second; the limit leaves room for a slow machine, and none for quadratic time.
    assert time.process_time() - start < 8
