"""The list in pictures."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.site import chart_data
from catalog.site.chart_data import to_overlap, to_section_bars, to_venue_bars


def make(catalog: Catalog, *papers: dict[str, Any]) -> Catalog:
    return Catalog(
        catalog.head,
        [
            Paper.model_validate({"key": f"k{n}", "title": "T", "sections": ["things"]} | fields)
            for n, fields in enumerate(papers)
        ],
    )


def test_section_bars_stand_in_the_order_of_the_list_and_lead_to_the_sections(
    invented_catalog: Catalog,
) -> None:
    bars = to_section_bars(invented_catalog)
    assert [(bar.label, bar.count, bar.address) for bar in bars] == [
        ("1 Things", 1, "sections/things/"),
        ("1.1 Small Things", 1, "sections/small-things/"),
        ("2 Measures", 1, "sections/measures/"),
    ]
    assert {bar.width for bar in bars} == {100.0}
    assert {bar.share for bar in bars} == {50.0}


def test_venue_bars_stand_the_largest_first_and_the_rest_together(
    invented_catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart_data, "MOST_BARS", 1)
    catalog = make(
        invented_catalog, {"venue": "Archive"}, {"venue": "Conf"}, {"venue": "InvConf"}, {}
    )
    first, rest = to_venue_bars(catalog)
    assert (first.label, first.count, first.share) == ("Conf", 2, 50.0)
    assert first.address == "papers/?venue=Conf"
    assert (rest.label, rest.count, rest.address) == ("1 other venue", 1, None)


def test_the_map_counts_papers_in_both_sections(invented_catalog: Catalog) -> None:
    catalog = make(
        invented_catalog,
        {"sections": ["small-things", "measures"]},
        {"sections": ["small-things", "measures"]},
        {"sections": ["things", "measures"]},
    )
    overlap = to_overlap(catalog)
    assert [view.id for view in overlap.views] == ["things", "small-things", "measures"]
    assert [(pair.column.id, pair.row.id, pair.count) for pair in overlap.pairs] == [
        ("small-things", "measures", 2),
        ("things", "measures", 1),
    ]
    assert {(s.x, s.y) for s in overlap.squares} == {(2, 1), (1, 2), (2, 0), (0, 2)}


def test_the_map_shows_the_largest_sections_of_many(
    invented_catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart_data, "MOST_SQUARES", 1)
    overlap = to_overlap(make(invented_catalog, {}, {}, {"sections": ["measures"]}))
    assert [view.id for view in overlap.views] == ["things"]
    assert overlap.hidden == 1
    assert not overlap.squares


def test_each_picture_has_its_table_and_every_svg_is_well_formed(
    stamp: Callable[[str], Path], invented_text: str
) -> None:
    html = (stamp(invented_text) / "charts/index.html").read_text(encoding="utf-8")
    assert html.count("<figure") == html.count("<table>") == 4
    drawn = html.split("<svg")[1:]
    for rest in drawn:
        ElementTree.fromstring("<svg" + rest.split("</svg>")[0] + "</svg>")
    assert "papers/?year=2024" in html
    assert "papers/?q=section%3A%22" in html


def test_a_list_without_years_venues_and_overlap_says_so(
    stamp: Callable[[str], Path], invented_text: str
) -> None:
    text = invented_text[: invented_text.index("papers:\n  - key")] + "papers: []\n"
    text = text.replace("    - sample2024things\n", "")
    site = stamp(text)
    html = (site / "charts/index.html").read_text(encoding="utf-8")
    assert "No paper has a year yet." in html
    assert "No paper is in more than one section." in html
    assert (site / "feed.xml").is_file()
