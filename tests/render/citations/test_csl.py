"""CSL-JSON is valid by the official schema, and a citation processor prints it."""

import json
from pathlib import Path
from typing import Any

import citeproc  # type: ignore[import-untyped] # has no types
import jsonschema  # type: ignore[import-untyped] # its types are a package of their own
import pytest
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped] # has no types

from catalog.model.catalog import Catalog
from catalog.render.citations import Format, write_citations
from catalog.render.citations.csl import to_csl

MakeCatalog = Any

SCHEMA = Path(__file__).parents[4] / "shared" / "schemas" / "csl-data.json"

EVERY_TYPE: tuple[dict[str, Any], ...] = (
    {"venue": "Conf", "series": "Inventions", "volume": "3", "pages": "10-24", "month": 5},
    {
        "venue": "Letters",
        "volume": "7",
        "number": "2",
        "doi": "10.1000/x",
        "abstract": "Many\nlines.",
    },
    {"venue": "Press", "publisher": "Invented Press"},
    {"venue": "arXiv", "arxiv": "2401.10000"},
    {"venue": "Blog", "links": {"page": "https://example.org/post"}},
    {"type": "phdthesis", "publisher": "Invented University"},
    {"type": "techreport", "number": "TR-7", "publisher": "Invented Institute"},
    {"type": "unpublished"},
    {"type": "incollection", "booktitle": "A Book of Things", "tags": ["cka", "two words"]},
)


def validate(items: object) -> None:
    if not SCHEMA.exists():
        pytest.skip(f"the schema of CSL-JSON is not beside the project: {SCHEMA}")
    jsonschema.validate(items, json.loads(SCHEMA.read_text(encoding="utf-8")))


def render(items: list[dict[str, Any]]) -> list[str]:
    """Print every item with the style that comes with citeproc-py."""
    source = CiteProcJSON(items)
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    return [str(entry) for entry in bibliography.bibliography()]


def test_the_real_list_is_valid(real_catalog: Catalog) -> None:
    items = json.loads(write_citations(real_catalog, real_catalog.ordered, Format.CSL_JSON))
    assert len(items) == len(real_catalog.papers)
    validate(items)


def test_every_type_is_valid(make_catalog: MakeCatalog) -> None:
    authors = ["Ada Example", {"literal": "The Things Team"}, "van der Berg, Jr., Carla"]
    records = ({"authors": authors, "year": 2024} | record for record in EVERY_TYPE)
    catalog = make_catalog(*records)
    validate([to_csl(catalog, paper) for paper in catalog.papers])


@pytest.mark.filterwarnings("ignore:The following arguments for Reference are unsupported")
def test_a_citation_processor_prints_the_real_list(real_catalog: Catalog) -> None:
    items = [dict(to_csl(real_catalog, paper)) for paper in real_catalog.ordered]
    printed = render(items)
    assert len(printed) == len(items)
    text = "\n".join(printed)
    assert all(paper.title[:20].lower() in text.lower() for paper in real_catalog.ordered)


@pytest.mark.filterwarnings("ignore:The following arguments for Reference are unsupported")
def test_a_citation_processor_prints_names_as_they_are(make_catalog: MakeCatalog) -> None:
    authors = ["van der Berg, Carla", {"literal": "The Things Team"}]
    catalog = make_catalog({"authors": authors, "year": 2024, "venue": "Letters"})
    (printed,) = render([dict(to_csl(catalog, catalog.papers[0]))])
    assert "van der Berg, C." in printed
    assert "The Things Team" in printed
    assert "Letters of Invention" in printed


def test_an_item_has_the_variables_of_its_type(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(
        {
            "authors": ["van der Berg, Jr., Carla", {"literal": "The Things Team"}],
            "more_authors": True,
            "venue": "arXiv",
            "year": 2024,
            "month": 5,
            "arxiv": "2401.10000",
        }
    )
    assert to_csl(catalog, catalog.papers[0]) == {
        "id": "key0",
        "type": "article",
        "title": "Things",
        "author": [
            {"family": "van der Berg", "given": "Carla, Jr."},
            {"literal": "The Things Team"},
        ],
        "custom": {"venue": "arXiv", "arxiv": "2401.10000", "more-authors": True},
        "issued": {"date-parts": [[2024, 5]]},
        "number": "arXiv:2401.10000",
        "publisher": "arXiv",
        "URL": "https://arxiv.org/abs/2401.10000",
    }
