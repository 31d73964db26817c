import json
import re
from pathlib import Path
from typing import TypedDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.citation_keys import STOP_WORDS, KeyRegistry, is_reserved, make_key, make_key_of
from catalog.model.records import KEY_PATTERN
from catalog.model.types import Value
from catalog.store.load import load
from tests.real_list import find_real_list

ROOT = Path(__file__).parents[2]


class Case(TypedDict):
    because: str
    family: str
    year: str
    title: str
    taken: list[str]
    key: str


CASES: list[Case] = json.loads((ROOT / "tests/data/keys.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['because']}: {case['key']}")
def test_a_key_is_the_one_of_the_table(case: Case) -> None:
    ring = KeyRegistry(case["taken"])

    assert make_key(case["family"], case["year"], case["title"], ring) == case["key"]
    assert case["key"] in ring


def test_the_list_has_the_keys_that_would_be_made() -> None:
    catalog = load(find_real_list()).catalog
    assert catalog is not None
    ring: set[str] = set()

    for paper in catalog.papers:
        family = paper.authors[0].full_family
        # A key is never changed: a preprint keeps it when it is published in a later year.
        first = f"20{paper.arxiv[:2]}" if paper.arxiv is not None else None
        years = [str(paper.year), *([first] if first else [])]
        made = [make_key(family, year, paper.title, KeyRegistry(ring)) for year in years]
        assert paper.key in made
        ring.add(paper.key)


@given(st.text(), st.from_regex(r"\A(?:[0-9]{4})?\Z"), st.text(), st.lists(st.text(), max_size=2))
def test_every_key_can_be_one(family: str, year: str, title: str, taken: list[str]) -> None:
    ring = KeyRegistry(taken)

    keys = [make_key(family, year, title, ring) for _ in range(3)]

    assert all(re.fullmatch(KEY_PATTERN, key) and not is_reserved(key) for key in keys)
    assert len({*keys, *(key.lower() for key in taken)}) == 3 + len({k.lower() for k in taken})


def test_a_key_of_a_record_takes_any_form_of_a_name() -> None:
    def key_of(author: Value) -> str:
        return make_key_of({"authors": [author], "year": "2024", "title": "Things"}, KeyRegistry())

    assert key_of("Carla van der Berg") == "vanderberg2024things"
    assert key_of("van der Berg, Carla") == "vanderberg2024things"
    assert key_of({"family": "Berg", "particle": "van der"}) == "vanderberg2024things"
    assert key_of({"literal": "The Team"}) == "theteam2024things"
    assert key_of("a, b, c, d") == "abcd2024things"
    assert key_of(["no", "name"]) == "anon2024things"


def test_a_key_of_a_record_needs_no_field() -> None:
    assert make_key_of({}, KeyRegistry()) == "anon"
    assert make_key_of({"authors": [], "year": "soon", "title": "Things"}, KeyRegistry()) == (
        "anonthings"
    )


def test_old_keys_are_taken_too() -> None:
    catalog = load(ROOT / "tests/data/invented").catalog
    assert catalog is not None

    assert "sample2023things" in KeyRegistry.of(catalog.papers)


def test_each_stop_word_is_passed_over() -> None:
    for word in STOP_WORDS:
        assert make_key("", "", f"{word} things", KeyRegistry()) == "anonthings"
