"""Texts of strangers come back from every export as they were given, and command nothing."""

import csv
import io
import json
import re
import unicodedata
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped] # has no types

from catalog.model.records import Paper
from catalog.render.citations import Format, write_citations
from catalog.render.citations.fallbacks import find_fallbacks
from catalog.render.citations.formats import BOM
from catalog.render.citations.json_csv import to_row
from catalog.text.tex_math import to_unicode
from tests.hostile import lists

pytestmark = pytest.mark.slow


Reading = Any
MakeCatalog = Any

NAMES = sorted(lists.ACCEPTED)
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
COMMANDS = re.compile(r"(?<!\\)\\(?:input|immediate|write|openin|def|catcode|directlua|csname)\b")
MOST_READ = 5_000
"""Characters of a text that are read back from BibTeX: the reader here needs 5 s for 100 KB."""


def make_fields(text: str) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for field, part in lists.field_values(text, 0).items():
        if field not in ("family", "facets", "venue", "bibtex"):
            whole |= part
    return whole


@pytest.fixture(params=NAMES)
def text(request: pytest.FixtureRequest) -> str:
    return unicodedata.normalize("NFC", lists.ACCEPTED[request.param])


def test_json_reads_back_as_the_record(text: str, make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(make_fields(text))
    (record,) = json.loads(write_citations(catalog, catalog.papers, Format.JSON))["papers"]
    record.pop("url", None)
    again = Paper.model_validate(record)
    assert again.model_dump(exclude={"type"}) == catalog.papers[0].model_dump(exclude={"type"})


def read_cell(cell: str) -> str:
    """Take the apostrophe away that docs/reference/machine-readers.md tells of."""
    return cell[1:] if re.match(r"'+\s*[=+\-@＝＋－＠]", cell) else cell


def test_csv_reads_back_as_the_row_and_holds_no_formula(
    text: str, make_catalog: MakeCatalog
) -> None:
    catalog = make_catalog(make_fields(text))
    written = write_citations(catalog, catalog.papers, Format.CSV)
    (row,) = csv.DictReader(io.StringIO(written.removeprefix(BOM)))
    assert not [cell for cell in row.values() if FORMULA.match(cell)]
    expected = to_row(catalog, catalog.papers[0])
    assert {name: read_cell(cell) for name, cell in row.items()} == expected


def test_ris_reads_back_as_the_record(text: str, make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(make_fields(text))
    (record,) = rispy.loads(write_citations(catalog, catalog.papers, Format.RIS))
    line = " ".join(text.split())
    assert record["title"] == " ".join(to_unicode(text).split())
    assert record["authors"] == [line]
    assert record["publisher"] == line
    assert record["keywords"] == [line]


def test_csl_json_reads_back_as_the_record(text: str, make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(make_fields(text))
    (item,) = json.loads(write_citations(catalog, catalog.papers, Format.CSL_JSON))
    assert (item["title"], item["author"]) == (to_unicode(text), [{"literal": text}])
    assert item["publisher"] == text


@pytest.mark.parametrize("format_", [Format.BIBTEX, Format.BIBLATEX])
def test_bibtex_reads_back_as_the_record_and_holds_no_command_of_it(
    format_: Format, text: str, make_catalog: MakeCatalog, reading: Reading
) -> None:
    catalog = make_catalog(make_fields(text))
    written = write_citations(catalog, catalog.papers, format_)
    # Letters are defined by lines of the package's own, which hold nothing else of the record.
    defined = {line for lines in find_fallbacks(written).values() for line in lines}
    rest = [line for line in written.splitlines() if line not in defined]
    assert not any(line.startswith("@preamble") for line in rest)
    assert COMMANDS.search("\n".join(rest)) is None
    if len(text) > MOST_READ:
        text = text[: MOST_READ // 2] + text[-MOST_READ // 2 :]
        catalog = make_catalog(make_fields(text))
        written = write_citations(catalog, catalog.papers, format_)
    (entry,) = reading.read_bibtex(written).values()
    assert entry.fields["title"] == reading.expect_title(text)
    if text != "$a$ $$b$$ \\(c\\)":
        assert [name.family for name in entry.authors] == [reading.fold(text)]
