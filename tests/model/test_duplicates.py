"""What tells a work, and which records have it in common."""

from typing import Any

from catalog.model.duplicates import Duplicate, DuplicateIndex, MatchKey, find_match_keys
from catalog.model.records import Paper


def make(**fields: Any) -> Paper:  # noqa: ANN401 - what a file may hold
    return Paper.model_validate({"key": "sample2024", "title": "Things", **fields})


def test_a_work_is_told_by_its_identifiers_and_by_title_and_first_author() -> None:
    paper = make(
        title="Things, and Mœre!",
        authors=["Carla van der Bérg", "Ben Sample"],
        doi="10.1000/AbC",
        arxiv="2401.10000",
        openreview="a68SUt6zFt",
    )
    assert list(find_match_keys(paper)) == [
        MatchKey("DOI", "10.1000/abc", "doi"),
        MatchKey("arXiv id", "2401.10000", "arxiv"),
        MatchKey("OpenReview id", "a68SUt6zFt", "openreview"),
        MatchKey("title and first author", "things and moere|van der berg", "title"),
    ]


def test_a_doi_of_arxiv_is_an_arxiv_id_in_the_field_of_the_doi() -> None:
    assert next(find_match_keys(make(doi="10.48550/arXiv.2401.10000"))) == MatchKey(
        "arXiv id", "2401.10000", "doi"
    )


def test_a_doi_that_only_begins_like_one_of_arxiv_stays_a_doi() -> None:
    assert next(find_match_keys(make(doi="10.48550/things"))) == MatchKey(
        "DOI", "10.48550/things", "doi"
    )


def test_a_work_without_authors_is_told_by_its_title() -> None:
    assert list(find_match_keys(make())) == [MatchKey("title and first author", "things|", "title")]


def test_a_record_is_found_by_each_mark_at_the_place_of_the_first_that_has_it() -> None:
    works = DuplicateIndex(
        [make(title="Other"), make(doi="10.1000/a"), make(title="More", doi="10.1000/b")]
    )
    assert list(works.find(make(doi="10.1000/A"))) == [
        Duplicate(1, MatchKey("DOI", "10.1000/a", "doi")),
        Duplicate(1, MatchKey("title and first author", "things|", "title")),
    ]
    assert list(works.find(make(title="New"))) == []


def test_a_record_that_is_added_is_held_against_those_before_it() -> None:
    works = DuplicateIndex()
    assert works.add(make(arxiv="2401.10000")) == []
    (twin,) = works.add(make(title="Renamed", arxiv="2401.10000"))
    assert twin == Duplicate(0, MatchKey("arXiv id", "2401.10000", "arxiv"))
    assert [found.place for found in works.add(make(title="Renamed"))] == [1]
