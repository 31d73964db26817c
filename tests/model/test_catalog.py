"""The catalog answers what its outputs ask."""

from collections.abc import Mapping

from catalog.model.catalog import Catalog
from catalog.model.records import EntryType, Head, Paper

HEAD = {
    "survey": {"title": "Invented List"},
    "sections": [
        {
            "id": "a",
            "title": "A",
            "sections": [{"id": "b", "title": "B"}, {"id": "c", "title": "C"}],
        },
        {"id": "d", "title": "D"},
    ],
    "venues": {
        "Conf": {"aliases": ["InvConf"]},
        "Archive": {"kind": "preprint"},
        "Letters": {"kind": "journal"},
    },
}


def make(*papers: Mapping[str, object], order: tuple[str, ...] = ("year", "title")) -> Catalog:
    head = Head.model_validate({**HEAD, "settings": {"order": list(order)}})
    return Catalog(head, [Paper.model_validate({"title": "T", **paper}) for paper in papers])


def keys(papers: tuple[Paper, ...]) -> list[str]:
    return [paper.key for paper in papers]


def test_sections_stand_in_display_order_with_their_numbers() -> None:
    assert [(view.number, view.id, view.depth, view.parent) for view in make().sections] == [
        ("1", "a", 1, None),
        ("1.1", "b", 2, "a"),
        ("1.2", "c", 2, "a"),
        ("2", "d", 1, None),
    ]


def test_a_section_counts_each_paper_of_it_and_of_those_inside_once() -> None:
    catalog = make({"key": "x", "sections": ["b", "c"]}, {"key": "y", "sections": ["a", "d"]})
    assert {view.id: view.total for view in catalog.sections} == {"a": 2, "b": 1, "c": 1, "d": 1}
    assert keys(catalog.section_by_id["a"].papers) == ["y"]


def test_papers_are_sorted_as_the_settings_say() -> None:
    papers = (
        {"key": "p3", "title": "Émile", "year": 2020, "sections": ["d"], "added": "2025-01-02"},
        {"key": "p1", "title": "Dora", "sections": ["d"], "authors": ["Ada Zed"]},
        {"key": "p2", "title": "Fay", "year": 2019, "month": 2, "sections": ["d"], "venue": "Conf"},
    )
    expected = {
        ("year", "title"): ["p2", "p3", "p1"],
        ("-year",): ["p3", "p2", "p1"],
        ("title",): ["p1", "p3", "p2"],
        ("key",): ["p1", "p2", "p3"],
        ("file",): ["p3", "p1", "p2"],
        ("-added", "key"): ["p3", "p1", "p2"],
        ("added", "key"): ["p1", "p2", "p3"],
        ("author", "key"): ["p2", "p3", "p1"],
        ("venue", "key"): ["p1", "p3", "p2"],
    }
    for order, sorted_keys in expected.items():
        assert keys(make(*papers, order=order).section_by_id["d"].papers) == sorted_keys, order


def test_every_paper_stands_once_in_the_order_of_the_list() -> None:
    catalog = make({"key": "x", "sections": ["d", "b"]}, {"key": "y", "sections": ["d"]})
    assert keys(catalog.ordered) == ["x", "y"]


def test_a_paper_is_found_by_its_old_key_unless_that_is_anothers_key() -> None:
    catalog = make({"key": "x", "aliases": ["old", "y"]}, {"key": "y"})
    assert catalog.paper_by_key["old"].key == "x"
    assert catalog.paper_by_key["y"].key == "y"


def test_a_venue_is_found_by_each_of_its_names_and_decides_the_entry_type() -> None:
    catalog = make(
        *(
            {"key": f"p{i}", "venue": venue}
            for i, venue in enumerate(["InvConf", "Archive", "Letters", "None"])
        ),
        {"key": "p4", "venue": "Conf", "type": "book"},
        {"key": "p5"},
    )
    assert [catalog.entry_type(paper) for paper in catalog.papers] == [
        EntryType.INPROCEEDINGS,
        EntryType.MISC,
        EntryType.ARTICLE,
        EntryType.MISC,
        EntryType.BOOK,
        EntryType.MISC,
    ]
    assert catalog.venue_name(catalog.papers[0]) == "Conf"
    assert [catalog.is_preprint(paper) for paper in catalog.papers].count(True) == 1


def test_years_without_papers_between_others_count_nothing() -> None:
    assert make({"key": "x", "year": 2020}, {"key": "y", "year": 2022}).years == {
        2020: 1,
        2021: 0,
        2022: 1,
    }
    assert make({"key": "x"}).years == {}


def test_the_survey_is_cited_by_records_and_by_papers_of_the_list(
    invented_catalog: Catalog,
) -> None:
    assert keys(invented_catalog.citations) == ["example2025survey", "sample2024things"]


def test_an_open_facet_has_the_values_of_its_papers() -> None:
    head = {
        **HEAD,
        "facets": {
            "lab": {"title": "Lab", "values": "any"},
            "colour": {"title": "Colour", "values": {"red": "Red"}},
        },
    }
    papers = [
        Paper.model_validate({"key": key, "title": key, "facets": {"lab": labs}})
        for key, labs in (("a", ["Éxample Lab", "ABC"]), ("b", ["ABC"]))
    ]
    catalog = Catalog(Head.model_validate(head), papers)
    assert catalog.facet_values == {
        "lab": {"ABC": "ABC", "Éxample Lab": "Éxample Lab"},
        "colour": {"red": "Red"},
    }


def test_a_venue_has_its_full_name_or_its_short_one_under_every_name() -> None:
    venues = {"Conf": {"name": "Conference on Things", "aliases": ["InvConf"]}, "Letters": {}}
    catalog = Catalog(Head.model_validate({**HEAD, "venues": venues}), [])
    full = "Conference on Things"
    assert catalog.title_by_venue == {"Conf": full, "InvConf": full, "Letters": "Letters"}
