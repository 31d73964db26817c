"""How sure it is that a candidate is the published version of a record."""

import pytest

from catalog.lookup import LookupResult
from catalog.lookup.updates.candidates import PublishedCandidate
from catalog.lookup.updates.compare import BAR, compare_versions
from catalog.model.draft import Draft
from catalog.model.records import Paper
from catalog.model.types import Value

PEOPLE = ["Ada Example", "Ben Sample", "Carla Muster", "Dan Specimen", "Eve Proof"]
LISTED = Paper.model_validate({"key": "a", "title": "Things That Align", "authors": PEOPLE})


def weigh(title: str, authors: list[str]) -> float:
    people: list[Value] = [*authors]
    values: dict[str, Value] = {"title": title, "authors": people, "venue": "Conf", "year": "2024"}
    candidate = PublishedCandidate(LookupResult(Draft(values)), "somebody", is_declared=True)
    compared = compare_versions(LISTED, candidate)
    assert compared is not None
    return compared.confidence


def test_of_two_declared_versions_the_one_with_more_in_common_is_surer() -> None:
    same = weigh("Things That Align", PEOPLE)
    other_title = weigh("On How Things Should Align", PEOPLE)
    other_people = weigh("Things That Align", [*PEOPLE[:3], "Fay Stranger", "Gil Stranger"])
    assert same == 0.99
    assert BAR <= other_people < same
    assert BAR <= other_title < same


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("Wings of Another Bird", PEOPLE),
        ("Things That Align", ["Ada Example", "Fay Stranger", "Gil Stranger", "Hal Stranger"]),
    ],
)
def test_a_declared_version_of_other_words_or_people_is_below_the_bar(
    title: str, authors: list[str]
) -> None:
    assert weigh(title, authors) < BAR
