import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from catalog.model.draft import Draft, Source, to_name_value, to_values, validate
from catalog.model.findings import Code
from catalog.model.names import Name, PersonName
from catalog.model.records import Head, Paper
from catalog.model.types import Value
from catalog.store.load import load
from catalog.text.characters import LINE_PATTERN

ROOT = Path(__file__).parents[2]


def test_a_draft_that_is_a_record_becomes_one() -> None:
    draft = Draft({"key": "sample2024things", "title": "Things", "year": "2024"})

    (answer,) = validate([draft])

    assert answer.draft is draft
    assert answer.paper == Paper(key="sample2024things", title="Things", year=2024)
    assert answer.faults == ()


def test_a_draft_that_is_none_tells_all_that_is_wrong() -> None:
    draft = Draft({"title": "Things ", "year": "soon", "links": {"pdf": "things.pdf"}})

    (answer,) = validate([draft])

    assert answer.paper is None
    assert {(fault.code, fault.path) for fault in answer.faults} == {
        (Code.FIELD_MISSING, ("key",)),
        (Code.LINE_INVALID, ("title",)),
        (Code.YEAR_INVALID, ("year",)),
        (Code.LINK_SCHEME, ("links", "pdf")),
    }


def test_every_draft_has_its_answer_in_order() -> None:
    drafts = [Draft({"key": "a", "title": "A"}), Draft({}), Draft({"key": "b", "title": "B"})]

    assert [answer.draft for answer in validate(drafts)] == drafts


def test_a_source_is_shown_as_a_place() -> None:
    assert str(Source("refs.bib", 12)) == "refs.bib:12"
    assert str(Source("refs.json")) == "refs.json"
    assert str(Source(address="https://example.org/x")) == "https://example.org/x"
    assert str(Source()) == "?"


@pytest.mark.parametrize("folder", [".", "tests/data/invented"])
def test_the_values_of_a_record_are_the_record(folder: str) -> None:
    catalog = load(ROOT / folder).catalog
    assert catalog is not None

    for paper in catalog.papers:
        assert validate([Draft(to_values(paper))])[0].paper == paper
    assert Head.model_validate(to_values(catalog.head)) == catalog.head


def test_values_are_text_as_the_file_has_them() -> None:
    paper = Paper(key="a", title="A", year=2024, more_authors=True, tags=("no", "12:30"))

    assert to_values(paper) == {
        "key": "a",
        "title": "A",
        "more_authors": "true",
        "year": "2024",
        "tags": ["no", "12:30"],
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (PersonName(given="Ada", family="Example"), "Ada Example"),
        (PersonName(family="Example"), "Example"),
        (PersonName(given="Carla", particle="van der", family="Berg"), "Carla van der Berg"),
        (PersonName(given="Carla", family="Berg Sample"), "Berg Sample, Carla"),
        (PersonName(given="Ben", family="Sample", suffix="Jr."), "Ben Sample Jr."),
        (PersonName(given="Ben", family="Sample", suffix="Esq"), "Sample, Esq, Ben"),
        (PersonName(literal="The Team"), {"literal": "The Team"}),
        (PersonName(given="花子", family="例"), "例, 花子"),
        (
            PersonName(given="Ben", family="Team, Sample"),
            {"given": "Ben", "family": "Team, Sample"},
        ),
        (PersonName(given="Ada Van", family="Berg"), "Berg, Ada Van"),
    ],
)
def test_a_name_takes_its_shortest_form_that_is_split_right(name: PersonName, value: Value) -> None:
    assert to_name_value(name) == value


_PART = st.from_regex(r"\A\S(?:.{0,6}\S)?\Z").filter(lambda text: re.search(LINE_PATTERN, text))
_NAME = TypeAdapter[PersonName](Name)


@given(
    st.builds(
        PersonName,
        given=st.none() | _PART,
        family=_PART,
        particle=st.none() | _PART,
        suffix=st.none() | _PART,
    )
)
def test_every_name_is_read_back_as_it_was(name: PersonName) -> None:
    value = to_name_value(name)

    assert _NAME.validate_python(value) == name
