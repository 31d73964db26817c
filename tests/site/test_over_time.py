"""Facets over time, and the timeline."""

from collections.abc import Callable
from pathlib import Path

import yaml

from catalog.model.catalog import Catalog
from catalog.model.records import Head, Paper
from catalog.site.over_time import MOST_COLUMNS, MOST_ROWS, to_time_charts
from tests.site.test_render import read_page, with_paper

HEAD = {
    "survey": {"title": "Invented List"},
    "sections": [{"id": "things", "title": "Things", "sections": [{"id": "in", "title": "In"}]}],
    "facets": {"lab": {"title": "Lab", "values": "any"}},
}


def make(*papers: dict[str, object]) -> Catalog:
    records = [{"key": f"p{number}", "title": "T", **paper} for number, paper in enumerate(papers)]
    return Catalog(Head.model_validate(HEAD), [Paper.model_validate(record) for record in records])


def test_values_of_an_open_facet_are_counted_by_year() -> None:
    catalog = make(
        {"year": 2020, "facets": {"lab": ["A Lab", "B Lab"]}},
        {"year": 2024, "facets": {"lab": ["A Lab"]}},
        {"year": 2024, "facets": {"lab": ["A Lab"]}},
        {"facets": {"lab": ["A Lab"]}},
    )
    (chart,) = to_time_charts(catalog)
    assert (chart.id, chart.columns) == ("facet-lab", ("2020", "2024"))
    assert [(row.label, row.total, [cell.count for cell in row.cells]) for row in chart.rows] == [
        ("A Lab", 3, [1, 2]),
        ("B Lab", 1, [1, 0]),
    ]
    assert chart.rows[0].cells[1].address == "papers/?facet.lab=A%20Lab&year=2024"
    assert chart.rows[0].cells[1].shade == 5


def test_a_young_list_with_months_is_shown_by_quarter() -> None:
    catalog = make(
        {"year": 2024, "arxiv": "2401.00001", "sections": ["in"]},
        {"year": 2024, "month": 12, "sections": ["in", "things"]},
    )
    (chart,) = to_time_charts(catalog)
    assert chart.columns == ("2024 Q1", "2024 Q4")
    # A section counts with those inside it, each paper once.
    assert [(row.label, row.total) for row in chart.rows] == [("Things", 2)]


def test_old_years_and_rare_values_are_put_together() -> None:
    years = [{"year": 1990 + n, "facets": {"lab": [f"Lab {n}"]}} for n in range(30)]
    (chart,) = to_time_charts(make(*years))
    assert chart.columns[:2] == ("before 2005", "2005")
    assert len(chart.columns) == MOST_COLUMNS + 1
    assert (len(chart.rows), chart.hidden) == (MOST_ROWS, 30 - MOST_ROWS)


def test_the_timeline_has_years_and_the_months_that_are_known(
    stamp: Callable[[str], Path], invented_text: str
) -> None:
    data = yaml.safe_load(with_paper(invented_text, month=5))
    site = stamp(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    page = read_page(site, "timeline")
    assert page.find("h2", id="y2024")
    assert "May" in page.text_of("h3")
    assert page.find("a", href="../papers/sample2024things/")
