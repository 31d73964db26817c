"""Which records are of one work."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.identity import (
    WorkIndex,
    are_different,
    find_marks,
    fold_title,
    group_works,
    is_one_work,
)
from catalog.model.records import Paper


def make(**fields: Any) -> Paper:  # noqa: ANN401 - what a file may hold
    return Paper.model_validate(
        {"key": "sample2024", "title": "Things", "authors": ["Ada Example"], **fields}
    )


def marks(**fields: Any) -> dict[str, str]:  # noqa: ANN401 - as above
    return {name: mark.value for name, mark in find_marks(make(**fields)).items()}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"doi": "10.1000/AbC"}, {"doi": "10.1000/abc"}),
        ({"doi": "10.48550/arXiv.2401.10000"}, {"arxiv": "2401.10000"}),
        ({"doi": "10.48550/things"}, {"doi": "10.48550/things"}),
        (
            {"doi": "10.18653/v1/2021.acl-long.1"},
            {"doi": "10.18653/v1/2021.acl-long.1", "acl": "2021.acl-long.1"},
        ),
        ({"doi": "10.3115/V1/p14-1001"}, {"doi": "10.3115/v1/p14-1001", "acl": "P14-1001"}),
        ({"arxiv": "math.GT/0309136"}, {"arxiv": "math/0309136"}),
        ({"links": {"pdf": "https://arxiv.org/pdf/2401.10000v2"}}, {"arxiv": "2401.10000"}),
        ({"links": {"page": "https://dx.doi.org/10.1000/A"}}, {"doi": "10.1000/a"}),
        ({"links": {"code": "https://arxiv.org/abs/2401.10000"}}, {}),
        (
            {"arxiv": "2401.10000", "links": {"pdf": "https://arxiv.org/pdf/2402.20000"}},
            {"arxiv": "2401.10000"},
        ),
    ],
)
def test_identifiers_are_compared_in_their_base_form(
    fields: dict[str, Any], expected: dict[str, str]
) -> None:
    assert marks(**fields) == expected


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("C++ for Things", "C# for Things", False),
        ("Notes on A*", "Notes on A", False),
        ("Notes on A*", "Notes on A+", False),
        ("P = NP", "P ≠ NP", False),
        ("Things, and Mœre!", "things and moere", True),
        ("Deep-Learning", "Deep Learning", True),
        ("***", "+++", False),
    ],
)
def test_signs_tell_titles_apart_and_punctuation_does_not(
    one: str, other: str, is_one: bool
) -> None:
    assert (fold_title(one) == fold_title(other)) is is_one


PREPRINT = {"venue": "arXiv", "year": 2023, "arxiv": "2301.10000"}
PUBLISHED = {"venue": "ICML", "year": 2024, "doi": "10.1000/a"}


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        (PREPRINT, PUBLISHED, True),
        ({**PREPRINT, "year": 2010, "arxiv": "1001.1000"}, PUBLISHED, False),
        (PREPRINT, {**PUBLISHED, "authors": ["Ada Example", "Ben Sample", "Cid Test"]}, True),
        ({"venue": "ICML", "year": 2024}, {"venue": "ICML", "year": 2024, "pages": "1"}, True),
        ({"venue": "ICML", "year": 2024}, {"venue": "ICML", "year": 2023}, False),
        ({"venue": "ICML", "year": 2024}, {"venue": "ICLR", "year": 2024}, False),
        (
            {"venue": "Cell", "year": 2011, "volume": "1"},
            {"venue": "Cell", "year": 2011, "volume": "2"},
            False,
        ),
        ({"year": 2024}, {}, False),
    ],
)
def test_one_title_is_one_work_for_a_preprint_or_at_one_venue(
    one: dict[str, Any], other: dict[str, Any], is_one: bool
) -> None:
    assert is_one_work(make(**one), make(**other)) is is_one
    assert is_one_work(make(**other), make(**one)) is is_one


def test_different_identifiers_are_different_works_whatever_the_titles() -> None:
    works = WorkIndex([make(doi="10.1000/a", venue="Cell", year=2010)])
    other = make(doi="10.1000/b", venue="Cell", year=2010)

    assert works.find(other) == []
    (namesake,) = works.find(other, with_different=True)
    assert not namesake.is_same
    assert are_different(find_marks(make(arxiv="2401.10000")), find_marks(make(arxiv="2402.20000")))
    forums = [find_marks(make(openreview=id_)) for id_ in ("a68SUt6zFt", "b68SUt6zFt")]
    assert not are_different(*forums)


def test_a_record_may_say_that_another_one_is_another_work() -> None:
    works = WorkIndex([make(key="first2020", venue="ICML", year=2020)])

    (match,) = works.find(make(venue="ICLR", year=2024))
    assert (match.reason, match.is_same) == ("the same title and first author", False)
    assert works.find(make(venue="ICLR", year=2024, distinct_from=["first2020"])) == []


def test_a_retitled_work_is_found_by_its_words_or_by_the_title_that_it_had() -> None:
    listed = make(
        title="The Many Things That We Align",
        authors=["Ada Example", "Ben Sample"],
        note='Previously titled "Aligning for Fun".',
    )
    works = WorkIndex([listed])

    similar = make(title="Many Things We Align Well", authors=["A. Example", "B. Sample"])
    assert works.find(similar)[0].reason == "a similar title and the same first author"
    earlier = make(title="Aligning for Fun", authors=["Ada Example"])
    assert works.find(earlier)[0].reason == "an earlier title and the same first author"
    assert works.find(make(title="The Few Things That You Misalign", authors=["X Other"])) == []


def test_groups_do_not_depend_on_the_order_and_no_preprint_joins_two_works() -> None:
    papers = [
        make(**PREPRINT),
        make(**PUBLISHED),
        make(doi="10.1000/a", title="Other"),
        make(title="Elsewhere"),
    ]
    assert group_works(papers) == [[0, 1, 2], [3]]
    assert group_works(papers[::-1]) == [[0], [1, 2, 3]]
    unnamed = make(venue="arXiv", year=2023)
    assert group_works([unnamed, make(**PUBLISHED), make(**{**PUBLISHED, "doi": "10.1000/b"})]) == [
        [0],
        [1],
        [2],
    ]
    assert group_works([None, None]) == [[0], [1]]


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Things", "Things!", "Other Things", "Editorial"]),
        "doi": st.sampled_from(["10.1000/a", "10.1000/b"]),
        "arxiv": st.sampled_from(["2401.10000", "2402.20000"]),
        "venue": st.sampled_from(["arXiv", "ICML", "Cell"]),
        "year": st.sampled_from([2020, 2021, 2024]),
    },
)


@given(st.lists(FIELDS, max_size=7), st.randoms())
def test_any_order_gives_the_same_works(rows: list[dict[str, Any]], random: Any) -> None:  # noqa: ANN401 - hypothesis
    order = list(range(len(rows)))
    random.shuffle(order)
    papers = [make(**row) for row in rows]

    plain = {frozenset(group) for group in group_works(papers)}
    shuffled = group_works([papers[place] for place in order])
    assert {frozenset(order[place] for place in group) for group in shuffled} == plain
