"""What must hold across fields and records: the edges. The codes have examples in data/invalid."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.checks.compare import judge_names
from catalog.checks.rules import CATALOG_RULES, PAPER_RULES, check_catalog, check_paper
from catalog.model.catalog import Catalog
from catalog.model.findings import Code, Fault, Location
from catalog.model.records import Head, Paper

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
        Code.WORK_SIMILAR
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


def make_with(head: Mapping[str, object], paper: Mapping[str, object]) -> list[Fault]:
    record = {"key": "a", "title": "Things", "sections": ["a"], "year": 2024, **FULL, **paper}
    catalog = Catalog(Head.model_validate({**HEAD, **head}), [Paper.model_validate(record)])
    return list(check_catalog(catalog, TODAY))


def test_values_of_an_open_facet_that_differ_by_a_number_are_different() -> None:
    head = {"facets": {"set": {"title": "Set", "values": "any"}}}
    assert make_with(head, {"facets": {"set": ["Invented Set 2023", "Invented Set 2024"]}}) == []
    (fault,) = make_with(head, {"facets": {"set": ["Invented Set 2024", "Invnted Set 2024"]}})
    assert fault.code is Code.FACET_VALUE_ALIKE


@pytest.mark.parametrize(
    ("count", "hint"),
    [
        (1, "Use one of s0"),
        (8, "Use one of s0, s1, s2, s3, s4, s5, s6, s7"),
        (9, "Use one of s0, s1, s2, s3, s4, s5, s6, s7, …"),
        (10, "Use one of s0, s1, s2, s3, s4, s5, s6, s7, …"),
    ],
)
def test_where_nothing_can_be_meant_the_first_choices_are_named(count: int, hint: str) -> None:
    sections = [{"id": f"s{number}", "title": "A"} for number in range(count)]
    (fault,) = make_with({"sections": sections}, {"sections": ["unheard-of"]})
    assert (fault.hint, fault.fix) == (hint, None)


def test_where_there_is_no_choice_that_is_said() -> None:
    (fault,) = make_with({}, {"facets": {"colour": ["red"]}})
    assert fault.hint == "None is defined"


def test_a_misspelt_section_is_mended_where_it_stands() -> None:
    sections = [{"id": id_, "title": "A"} for id_ in ("alpha", "things", "omega")]
    head = {"sections": sections}
    (fault,) = make_with(head, {"sections": ["alpha", "thigns", "omega"]})
    assert fault.hint == "Did you mean 'things'?"
    assert fault.fix == ("sections", ("alpha", "things", "omega"))
    (fault,) = make_with(head, {"sections": ["things", "thigns"]})
    assert fault.fix == ("sections", ("things",))


def test_a_citation_that_no_key_is_like_asks_for_a_record() -> None:
    head = {"survey": {"title": "A", "cite": ["unheard2024of"]}}
    (fault,) = make_with(head, {})
    assert fault.hint == "Write a record here, or add the paper"


def test_every_unknown_facet_and_value_of_a_record_is_found() -> None:
    head = {"facets": {"colour": {"title": "Colour", "values": {"red": "Red"}}}}
    found = make_with(head, {"facets": {"size": ["s"], "colour": ["blue", "red", "green"]}})
    assert [(fault.code, fault.path, fault.at_key) for fault in found] == [
        (Code.FACET_UNKNOWN, ("facets", "size"), True),
        (Code.FACET_VALUE_UNKNOWN, ("facets", "colour", 0), False),
        (Code.FACET_VALUE_UNKNOWN, ("facets", "colour", 2), False),
    ]
    assert found[0].hint == "Use one of colour"


@pytest.mark.parametrize(
    ("value", "is_fine"),
    [("a", True), ("a {b} c", True), ("{{a}}", True), ("{ab", False), ("a}b{", False),
     ("a}", False), ("a{b}{cd", False)],
)  # fmt: skip
def test_braces_of_a_field_pair(value: str, is_fine: bool) -> None:
    assert (codes({"bibtex": {"title": value}}) == []) is is_fine


def test_the_end_of_a_long_title_is_shown_and_its_period_alone_taken_away() -> None:
    title = "An Invented Title of More Than Thirty Letters about X."
    (fault,) = faults({"title": title})
    assert fault.message == f"the title ends in a period: '{title[-30:]}'"
    assert fault.fix == ("title", title[:-1])


def test_a_page_that_two_records_share_is_found_in_any_form_and_beside_other_links() -> None:
    page, other = "http://arxiv.org/pdf/2401.10000", "https://www.arxiv.org/pdf/2401.10000.pdf"
    found = faults(
        {"links": {"page": "https://example.org/a"}},
        {"links": {"pdf": page, "page": "https://example.org/b"}},
        {"links": {"page": "https://example.org/a", "pdf": other}},
    )
    shared = [fault for fault in found if fault.code is Code.LINK_SHARED]
    assert [(fault.paper, fault.path, fault.first) for fault in shared] == [
        (2, ("links", "pdf"), Location(1, ("links", "pdf"))),
        (2, ("links", "page"), Location(0, ("links", "page"))),
    ]


def test_a_kind_without_a_form_of_its_own_takes_any_address() -> None:
    links = {
        "project": "https://github.com/example/things",
        "other": "https://arxiv.org/pdf/2401.10000",
    }
    assert codes({"links": links}) == []


def test_an_alias_of_a_venue_leads_to_the_row_that_has_it_first() -> None:
    venues = {"Conf": {"aliases": ["C"]}, "Other": {"aliases": ["O", "C", "Conf"]}}
    first, second = make_with({"venues": venues}, {})
    assert first.first == Location(None, ("venues", "Conf", "aliases", 0))
    assert second.first == Location(None, ("venues", "Conf"))


def test_a_taken_old_key_is_found_with_the_place_that_has_it() -> None:
    (fault,) = faults({"aliases": ["old"]}, {"aliases": ["new", "OLD"]})
    assert (fault.paper, fault.path) == (1, ("aliases", 1))
    assert fault.first == Location(0, ("aliases", 0))


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
