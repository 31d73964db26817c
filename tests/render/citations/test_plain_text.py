"""A reference reads well as plain text."""

from typing import Any

import pytest

from catalog.model.catalog import Catalog
from catalog.render.citations.plain_text import to_reference

MakeCatalog = Any
THREE = ["Ada Example", "van der Berg, Carla", {"literal": "The Things Team"}]


@pytest.mark.parametrize(
    ("record", "reference"),
    [
        ({}, "Things."),
        ({"authors": ["Ada Example"], "year": 2024}, "Ada Example. 2024. Things."),
        (
            {"authors": THREE, "year": 2024, "venue": "Conf", "pages": "10-24", "doi": "10.1000/1"},
            "Ada Example, Carla van der Berg, and The Things Team. 2024. Things. "
            "In Conference on Invented Things, pages 10–24. https://doi.org/10.1000/1",
        ),
        (
            {"authors": THREE[:2], "venue": "Letters", "volume": "7", "number": "2", "pages": "e5"},
            "Ada Example and Carla van der Berg. Things. Letters of Invention 7(2):e5.",
        ),
        (
            {"title": "What Are Things?", "authors": THREE[:1], "more_authors": True, "year": 2024},
            "Ada Example et al. 2024. What Are Things?",
        ),
        (
            {"venue": "arXiv", "arxiv": "2401.10000"},
            "Things. arXiv:2401.10000. https://arxiv.org/abs/2401.10000",
        ),
        (
            {"venue": "Conf", "series": "Inventions", "volume": "3", "publisher": "Press"},
            "Things. In Conference on Invented Things, Inventions, volume 3. Press.",
        ),
        ({"authors": ["Ben Sample Jr."], "year": 2024}, "Ben Sample Jr. 2024. Things."),
    ],
)
def test_a_reference_names_what_is_known(
    record: dict[str, Any], reference: str, make_catalog: MakeCatalog
) -> None:
    catalog = make_catalog(record)
    assert to_reference(catalog, catalog.papers[0]) == reference


def test_every_paper_of_the_real_list_has_a_reference_of_one_line(real_catalog: Catalog) -> None:
    for paper in real_catalog.ordered:
        reference = to_reference(real_catalog, paper)
        assert paper.title in reference
        assert "\n" not in reference
        assert ".." not in reference
