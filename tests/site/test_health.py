"""What a maintainer is shown."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.site.health import MOST_ROWS, LinkRow, examine, to_state_label
from catalog.store.link_state import LinkState
from catalog.store.link_status import Status


def make(catalog: Catalog, *papers: dict[str, Any]) -> Catalog:
    return Catalog(
        catalog.head,
        [
            Paper.model_validate(
                {"key": f"k{n}", "title": f"Title {n}", "sections": ["things"]} | fields
            )
            for n, fields in enumerate(papers)
        ],
    )


def test_preprints_from_before_the_newest_year_are_named_oldest_first(
    invented_catalog: Catalog,
) -> None:
    catalog = make(
        invented_catalog,
        {"venue": "Archive", "year": 2024},
        {"venue": "Archive", "year": 2025},
        {"venue": "Conf", "year": 2020},
        {"venue": "Archive", "year": 2021},
        {"venue": "Archive"},
    )
    health = examine(catalog, {})
    assert [row.key for row in health.preprints.rows if isinstance(row, Paper)] == ["k3", "k0"]
    assert health.newest == 2025


def test_missing_fields_are_counted_and_doi_and_pages_only_of_published_papers(
    invented_catalog: Catalog,
) -> None:
    catalog = make(invented_catalog, {}, {"venue": "Conf", "year": 2020}, {"venue": "Archive"})
    counts = {group.title: group.count for group in examine(catalog, {}).missing}
    assert counts == {
        "Authors": 3,
        "Venue": 1,
        "Year": 2,
        "Links": 3,
        "DOI of published papers": 1,
        "Pages of published papers": 1,
    }


def test_gaps_are_stretches_of_years_and_empty_sections_without_sections_inside(
    invented_catalog: Catalog,
) -> None:
    catalog = make(invented_catalog, {"year": 2010}, {"year": 2014}, {"year": 2016})
    health = examine(catalog, {})
    assert health.empty_years == ("2011–2013", "2015")
    assert [view.id for view in health.empty_sections] == [
        "small-things",
        "large-things",
        "measures",
    ]


def test_links_are_grouped_by_what_is_known(invented_catalog: Catalog) -> None:
    urls = list(invented_catalog.papers[0].all_links.values())
    states = {
        urls[0]: LinkState(Status.DEAD),
        urls[1]: LinkState(Status.ALIVE),
        urls[2]: LinkState(Status.BLOCKED),
    }
    health = examine(invented_catalog, states)
    counts = {group.title: group.count for group in health.links}
    assert counts == {
        "Dead": 1, "Blocked": 1, "Failing": 0, "Moved": 0, "Unchecked": len(urls) - 3
    }  # fmt: skip
    assert (health.checked, health.addresses) == (3, len(urls))
    row = health.links[0].rows[0]
    assert isinstance(row, LinkRow)
    assert row.url == urls[0]


def test_long_lists_are_cut_and_counted(invented_catalog: Catalog) -> None:
    catalog = make(invented_catalog, *({} for _ in range(MOST_ROWS + 9)))
    group = examine(catalog, {}).missing[0]
    assert (len(group.rows), group.count) == (MOST_ROWS, MOST_ROWS + 9)


def test_an_empty_list_is_examined_too(invented_catalog: Catalog) -> None:
    health = examine(Catalog(invented_catalog.head, []), {})
    assert health.newest is None
    assert not health.empty_years


def test_a_state_is_said_in_one_line() -> None:
    assert to_state_label(LinkState(Status.ALIVE)) == "alive"
    state = LinkState(Status.DEAD, first_failed=date(2025, 10, 1), reason="HTTP 404")
    assert to_state_label(state) == "dead since 2025-10-01: HTTP 404"


def test_pages_show_what_is_known_of_links_and_say_when_nothing_is(
    stamp: Callable[[str], Path], invented_text: str, invented_folder: Path
) -> None:
    def read(site: Path, address: str) -> str:
        return (site / address / "index.html").read_text(encoding="utf-8")

    before = stamp(invented_text)
    assert "Nothing is known about the" in read(before, "health")
    assert "Links checked" not in read(before, "papers/sample2024things")
    state = (
        '{"links": {"https://example.org/things.pdf": {"status": "dead", "reason": "<b>404</b>",'
        ' "first_failed": "2025-10-01", "last_alive": "2025-09-30"}}}'
    )
    (invented_folder / "link-state.json").write_text(state, encoding="utf-8")
    site = stamp(invented_text)
    for address in ("health", "papers/sample2024things"):
        html = read(site, address)
        assert "dead since 2025-10-01: &lt;b&gt;404&lt;/b&gt;, last seen 2025-09-30" in html
    assert "Links checked" not in read(site, "papers/minimal")
