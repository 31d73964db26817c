from pathlib import Path

import pytest

from catalog.importers.bibliography import Format, find_format, read_bibliography
from catalog.model.draft import validate
from catalog.model.records import Paper
from catalog.render.citations import Format as ExportFormat
from catalog.render.citations import write_citations
from catalog.store.load import load
from tests.real_list import find_real_list

ROOT = Path(__file__).parents[3]
STRAIGHT = str.maketrans("“”", '""')
FIELDS = ("title", "authors", "more_authors", "year", "month", "doi", "volume", "number", "pages")


@pytest.mark.parametrize(
    ("name", "text", "format_"),
    [
        ("refs.bib", "", Format.BIBTEX),
        ("REFS.BIB", "TY  - JOUR", Format.BIBTEX),
        ("refs.ris", "", Format.RIS),
        ("refs.json", "", Format.CSL_JSON),
        ("refs.txt", "@article{a,", Format.BIBTEX),
        ("refs", "\ufeffTY  - JOUR", Format.RIS),
        ("refs", ' [ {"title": "A"}]', Format.CSL_JSON),
        ("README.md", "@article{a,", None),
        ("refs", "# A list", None),
    ],
)
def test_a_format_is_found_by_name_or_beginning(
    name: str, text: str, format_: Format | None
) -> None:
    assert find_format(name, text) is format_


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (ExportFormat.BIBTEX, Format.BIBTEX),
        (ExportFormat.BIBLATEX, Format.BIBTEX),
        (ExportFormat.RIS, Format.RIS),
        (ExportFormat.CSL_JSON, Format.CSL_JSON),
    ],
)
def test_the_exports_of_the_list_are_read_back(written: ExportFormat, read: Format) -> None:
    catalog = load(find_real_list()).catalog
    assert catalog is not None

    found = read_bibliography(write_citations(catalog, catalog.papers, written), "all", read)

    papers = [answer.paper for answer in validate(found.drafts)]
    assert len(papers) == len(catalog.papers)
    assert found.rejected == []
    for paper, original in zip(papers, catalog.papers, strict=True):
        assert paper is not None
        assert paper.key == original.key
        assert _facts(paper) == _facts(original)


def _facts(paper: Paper) -> dict[str, object]:
    facts = {name: getattr(paper, name) for name in FIELDS}
    # TeX gives straight quotes a direction: “Louis”.
    names = [name.inverted.translate(STRAIGHT) for name in paper.authors]
    return facts | {"authors": names}
