"""How alike titles and authors are."""

import pytest

from catalog.model.names import PersonName, parse_name
from catalog.model.similarity import (
    compare_authors,
    compare_titles,
    contain_authors,
    is_same_person,
)


def names(*texts: str) -> list[PersonName]:
    return [parse_name(text) for text in texts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Things, and How to Align Them", "Things and how to align them."),
        ("Modelling Colours", "Modeling Colors"),
        ("Generalisation of Models", "Generalization of Model"),
        ("Pre-training", "Pretraining"),
        ("Siméoni’s Things", "Simeoni's Things"),
    ],
)
def test_spelling_makes_no_other_title(one: str, other: str) -> None:
    assert compare_titles(one, other) == compare_titles(other, one) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Things", "Things II"),
        ("Learning Things in Many Long Words", "Learning Stuff in Many Long Words"),
        ("Supervised Learning of Things", "Unsupervised Learning of Things"),
        ("A Net for Things", "A Net++ for Things"),
        ("Things and Stuff", "Stuff and Things"),
        ("Things in One Two Three Words", "Net: Things in One Two Three Words"),
    ],
)  # fmt: skip
def test_a_word_more_or_another_one_is_no_same_title(one: str, other: str) -> None:
    assert 0.3 < compare_titles(one, other) < 0.9
    assert compare_titles(one, other) == compare_titles(other, one)


def test_other_titles_are_not_alike() -> None:
    assert compare_titles("Things", "Stuff") == 0
    assert compare_titles("", "Stuff") == compare_titles("?", "!") == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Example", "A. Example"),
        ("Ada M. Example", "Ada Example"),
        ("Ada Example", "Example"),
        ("Carla van der Berg", "van der Berg, C."),
        ("Zhang Wei", "Wei Zhang"),
        ("Chloé Éxample", "Chloe Example"),
        ("Jun-Ho Sample", "Junho Sample"),
    ],
)
def test_forms_of_a_name_are_one_person(one: str, other: str) -> None:
    assert is_same_person(parse_name(one), parse_name(other))
    assert is_same_person(parse_name(other), parse_name(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada Example", "Bo Example"), ("Ada Example", "Ada Sample"), ("A. Example", "B. Example")],
)
def test_other_people_are_not_one(one: str, other: str) -> None:
    assert not is_same_person(parse_name(one), parse_name(other))


def test_lists_of_authors_are_compared_by_the_longer_or_the_shorter_one() -> None:
    one, other = names("Ada Example", "Bo Sample"), names("B. Sample", "A. Example", "Cy Third")
    assert compare_authors(one, other) == pytest.approx(2 / 3)
    assert contain_authors(one, other) == 1
    assert compare_authors(one, []) == contain_authors([], []) == 0


def test_one_author_is_not_counted_twice() -> None:
    assert compare_authors(names("Ada Example", "Ada Example"), names("Ada Example")) == 0.5
