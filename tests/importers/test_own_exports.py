"""What this package exports and imports again is the same list: every field, links included."""

import re
from datetime import date
from pathlib import Path

import pytest

from catalog.checks.check import check
from catalog.importers.files import import_data
from catalog.model.catalog import Catalog
from catalog.model.draft import validate
from catalog.model.names import PersonName
from catalog.model.records import Paper
from catalog.render.citations import Format, Options, write_citations

ROOT = Path(__file__).parents[2]
LISTS = {
    "here": ROOT,
    "odd": ROOT / "tests" / "data" / "exports",
    "odder": ROOT / "tests" / "data" / "bibliographies" / "odd",
    "signs": ROOT / "tests" / "data" / "bibliographies" / "signs",
    "full": ROOT / "tests" / "data" / "invented",
}
"""The list of this repository, two lists of odd names and titles, and a paper with every field."""
FORMATS = (
    Format.BIBTEX,
    Format.BIBLATEX,
    Format.RIS,
    Format.CSL_JSON,
    Format.CSV,
    Format.JSON,
)
OF_THE_LIST = frozenset(["sections", "facets", "added", "distinct_from", "figures"])
"""Fields about the place of a record in its list; only JSON and CSV have them."""
QUOTES = str.maketrans("“”‘’\u2011", "\"\"''-")


def load(folder: Path) -> Catalog:
    catalog = check(folder, today=date(2026, 1, 1)).catalog
    assert catalog is not None
    return catalog


def to_comparable(catalog: Catalog, paper: Paper) -> dict[str, object]:
    """Return the fields of a record, its type told, its abstract as one paragraph.

    BibTeX gives the straight quotes in a name their direction. A particle such as `al-` stays with
    the family name. An import makes plain spaces of no-break ones and drops what has no width.
    """
    values = {name: getattr(paper, name) for name in Paper.model_fields if name not in OF_THE_LIST}
    values["type"] = catalog.entry_type(paper)
    values["title"] = " ".join(re.sub("[\u00ad\u200b]", "", paper.title).split())
    values["abstract"] = " ".join((paper.abstract or "").split())
    for field in ("authors", "editors"):
        values[field] = [straighten(name) for name in values[field]]
    return values


def straighten(name: PersonName) -> tuple[str, str, bool]:
    forms = (name.display.translate(QUOTES), name.inverted.translate(QUOTES))
    return *forms, name.literal is None


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", LISTS)
def test_an_export_that_is_imported_again_gives_the_same_records(
    name: str, format_: Format
) -> None:
    catalog = load(LISTS[name])
    options = Options(has_abstracts=True, has_extensions=True)
    text = write_citations(catalog, catalog.ordered, format_, options)

    made = import_data({f"all{format_.suffix}": text.encode()}).made

    papers = [one.paper for one in validate(made.drafts)]
    assert [paper and paper.key for paper in papers] == [paper.key for paper in catalog.ordered]
    for paper, again in zip(catalog.ordered, papers, strict=True):
        assert again is not None
        assert to_comparable(catalog, again) == to_comparable(catalog, paper)


@pytest.mark.parametrize("format_", [Format.CSV, Format.JSON])
def test_tables_have_the_place_in_the_list_too(format_: Format) -> None:
    catalog = load(LISTS["full"])
    text = write_citations(catalog, catalog.ordered, format_)

    made = import_data({f"all{format_.suffix}": text.encode()}).made

    for paper, one in zip(catalog.ordered, validate(made.drafts), strict=True):
        assert one.paper is not None
        assert (one.paper.added, one.paper.facets) == (paper.added, paper.facets)
        assert len(one.paper.sections) == len(paper.sections)


def test_the_papers_yaml_of_another_list_comes_in_with_its_sections() -> None:
    data = (LISTS["full"] / "papers.yaml").read_bytes()
    catalog = load(LISTS["full"])

    result = import_data({"papers.yaml": data})

    titles = {view.section.title for view in catalog.sections for _ in view.papers}
    made = result.made.head["sections"]
    assert isinstance(made, list)
    assert {section["title"] for section in made if isinstance(section, dict)} == titles
    assert len(result.made.drafts) == len(catalog.papers)
