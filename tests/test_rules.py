"""What must hold across fields and records: the edges. The codes have examples in data/invalid."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.changes import judge_names
from catalog.findings import Code, Fault
from catalog.model import Head, Paper
from catalog.records import Catalog
from catalog.rules import CATALOG_RULES, PAPER_RULES, check_catalog, check_paper

TODAY = date(2025, 11, 1)
HEAD = {
    "survey": {"title": "Invented List"},
    "sections": [{"id": "things", "title": "Things"}],
    "venues": {"Conf": {"aliases": ["InvConf"]}},
}
FULL = {"authors": ["Ada Example"], "venue": "Conf", "year": 2024, "sections": ["things"]}


def make(*papers: Mapping[str, object]) -> Catalog:
    records = [{"key": f"p{i}", "title": f"Title {i}", **FULL, **p} for i, p in enumerate(papers)]
    return Catalog(Head.model_validate(HEAD), [Paper.model_validate(record) for record in records])


def faults(*papers: Mapping[str, object]) -> list[Fault]:
    return list(check_catalog(make(*papers), TODAY))


def codes(*papers: Mapping[str, object]) -> list[Code]:
    return [fault.code for fault in faults(*papers)]


def test_a_full_record_breaks_no_rule() -> None:
    assert codes({}) == []


@pytest.mark.parametrize(
    "title",
    [
        "Updating",
        "updating...",
        "TBA",
        "TODO",
        "xxx",
        "Coming soon!",
        "???",
        "…",
        "Untitled",
        "N/A",
    ],
)
def test_a_title_that_keeps_a_place_is_found_in_any_case(title: str) -> None:
    assert Code.TITLE_PLACEHOLDER in codes({"title": title})


@pytest.mark.parametrize(
    "title",
    ["Updating Beliefs", "No Title Deeds", "The Title", "漢字", "3D", "What Next...", "On…"],
)
def test_a_title_with_words_of_its_own_is_none(title: str) -> None:
    assert codes({"title": title}) == []


@pytest.mark.parametrize("name", ["et al.", "Et Al", "and others", "others", "Ada Example et al."])
def test_a_stand_in_for_authors_is_found(name: str) -> None:
    assert codes({"authors": ["Ben Sample", name]}) == [Code.AUTHOR_ET_AL]


@pytest.mark.parametrize(
    ("year", "is_possible"), [(1449, False), (1450, True), (2026, True), (2027, False)]
)
def test_a_year_is_possible_from_printing_to_the_next_one(year: int, is_possible: bool) -> None:
    assert (codes({"year": year}) == []) is is_possible


def test_a_third_record_of_a_work_is_found_by_a_mark_that_only_the_second_has() -> None:
    found = faults(
        {"doi": "10.1000/a"},
        {"doi": "10.1000/A", "arxiv": "2401.10000"},
        {"arxiv": "2401.10000"},
    )
    assert [(fault.paper, fault.first.paper if fault.first else None) for fault in found] == [
        (1, 0),
        (2, 1),
    ]


def test_the_doi_that_arxiv_gives_is_the_arxiv_id() -> None:
    assert codes({"doi": "10.48550/arXiv.2401.10000"}, {"arxiv": "2401.10000"}) == [
        Code.WORK_DUPLICATE
    ]


def test_one_title_by_other_authors_is_another_work() -> None:
    assert codes({"title": "Things"}, {"title": "Things", "authors": ["Ben Sample"]}) == []
    assert codes({"title": "Things!"}, {"title": "THINGS", "authors": ["A. Éxample"]}) == [
        Code.WORK_DUPLICATE
    ]


def test_a_copied_record_is_one_fault() -> None:
    copy = {"key": "a", "title": "Things", "doi": "10.1000/a"}
    assert codes(copy, copy) == [Code.KEY_DUPLICATE]


@pytest.mark.parametrize(
    "key", ["con", "CON", "nul", "aux.2", "com1", "LPT9.things", "prn", "index.html", "Index.HTML"]
)
def test_a_key_that_some_system_keeps_for_itself_is_refused(key: str) -> None:
    assert codes({"key": key}) == [Code.NAME_RESERVED]


@pytest.mark.parametrize(
    "key", ["conf2024", "com10", "console", "auxiliary", "com", "lpt", "index", "null"]
)
def test_a_key_that_only_begins_like_one_is_fine(key: str) -> None:
    assert codes({"key": key}) == []


def test_an_old_key_may_lead_to_one_record_only() -> None:
    assert codes({"aliases": ["old"]}, {"aliases": ["OLD"]}) == [Code.ALIAS_CLASH]
    assert codes({"key": "a", "aliases": ["A"]}) == [Code.ALIAS_CLASH]
    assert codes({"aliases": ["old", "older"]}, {"aliases": ["oldest"]}) == []


def test_an_old_key_gives_way_to_the_key_of_a_later_record() -> None:
    (fault,) = faults({"aliases": ["b"]}, {"key": "b"})
    assert (fault.code, fault.paper, fault.path) == (Code.ALIAS_CLASH, 0, ("aliases", 0))


def test_each_rule_names_its_codes() -> None:
    rules = (*PAPER_RULES, *CATALOG_RULES, judge_names)
    documented = " ".join(rule.__doc__ or "" for rule in rules)
    assert all(f"`{code}`" in documented for code in rule_codes())


def rule_codes() -> list[Code]:
    members = list(Code)
    return members[members.index(Code.TITLE_PLACEHOLDER) :]


@given(
    st.lists(st.sampled_from(["a", "A", "b"]), max_size=4, unique=True),
    st.lists(st.sampled_from("aAbBc"), max_size=5),
)
def test_with_no_clash_reported_no_name_leads_to_two_records(
    keys: list[str], aliases: list[str]
) -> None:
    shares = [aliases[i::4] for i in range(len(keys))]
    papers = [{"key": key, "aliases": share} for key, share in zip(keys, shares, strict=True)]
    taken = [name.lower() for name in (*keys, *(alias for share in shares for alias in share))]
    found = {Code.KEY_DUPLICATE, Code.ALIAS_CLASH} & set(codes(*papers))
    assert bool(found) == (len(taken) != len(set(taken)))


def test_a_rule_of_one_record_needs_no_list() -> None:
    paper = Paper.model_validate({"key": "a", "title": "Things."})
    assert {fault.code for fault in check_paper(paper, TODAY)} == {
        Code.TITLE_PERIOD,
        Code.AUTHORS_MISSING,
        Code.YEAR_MISSING,
    }
