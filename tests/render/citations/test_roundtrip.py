"""What we write is read back by readers that are not ours, and is what the record says."""

import csv
import io
import json
import re
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped] # has no types
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import (  # type: ignore[import-untyped] # has no types
    Person,
    parse_string,
)
from pydantic import ValidationError

from catalog.model.catalog import Catalog
from catalog.model.names import PersonName
from catalog.model.records import Paper
from catalog.render.citations import Encoding, Format, Options, write_citations
from catalog.render.citations.bibtex import to_bibtex
from catalog.render.citations.formats import BOM
from catalog.render.citations.json_csv import COLUMNS, to_row
from catalog.render.citations.tex import is_balanced
from catalog.text.tex_math import to_unicode
from tests.examples import examples

Reading = Any
"""The functions of conftest.py."""

MakeCatalog = Any


def split_as_bibtex(name: PersonName) -> tuple[str, str, str, str]:
    """Return given name, particle, family name and suffix as BibTeX's rules tell them apart.

    BibTeX knows a particle by its small first letter, and it is a word of its own.
    """
    if name.literal is not None:
        return "", "", name.literal, ""
    given_name, suffix, particle = name.given or "", name.suffix or "", name.particle or ""
    is_word = particle.lstrip("'")[:1].islower() and name.full_family.startswith(f"{particle} ")
    if is_word and (given_name or suffix):
        return given_name, particle, str(name.family), suffix
    return given_name, "", name.full_family, suffix


def expect_names(paper: Paper, reading: Reading) -> list[tuple[str, ...]]:
    names = [tuple(map(reading.fold, split_as_bibtex(name))) for name in paper.authors]
    return [*names, ("", "", "others", "")] if paper.more_authors else names


def check_entry(catalog: Catalog, paper: Paper, entry: Any, reading: Reading) -> None:  # noqa: ANN401
    fields = entry.fields
    assert fields["title"] == reading.expect_title(paper.title)
    assert [tuple(name) for name in entry.authors] == expect_names(paper, reading)
    assert fields.get("year") == (str(paper.year) if paper.year is not None else None)
    assert fields.get("pages", "").replace("–", "-") == (paper.pages or "").replace("–", "-")
    assert fields.get("doi") == paper.doi
    venue = catalog.venue_of(paper)
    full = paper.booktitle or (venue.name if venue else None) or paper.venue
    place = fields.get("journal") or fields.get("booktitle") or fields.get("howpublished")
    if catalog.is_preprint(paper) and paper.arxiv:
        assert place == f"arXiv:{paper.arxiv}"
    else:
        assert fields.get("eprint") == paper.arxiv
        assert place == reading.fold(full or "")


@pytest.mark.slow
def test_bibtexparser_reads_every_entry_as_its_record(
    real_catalog: Catalog, reading: Reading
) -> None:
    entries = reading.read_bibtex(
        write_citations(real_catalog, real_catalog.ordered, Format.BIBTEX)
    )
    assert list(entries) == [paper.key for paper in real_catalog.ordered]
    for paper in real_catalog.ordered:
        assert entries[paper.key].kind == real_catalog.entry_type(paper)
        check_entry(real_catalog, paper, entries[paper.key], reading)


@pytest.mark.slow
def test_bibtexparser_reads_every_biblatex_entry_as_its_record(
    real_catalog: Catalog, reading: Reading
) -> None:
    entries = reading.read_bibtex(
        write_citations(real_catalog, real_catalog.ordered, Format.BIBLATEX)
    )
    for paper in real_catalog.ordered:
        entry = entries[paper.key]
        assert entry.fields["title"] == reading.expect_title(paper.title)
        assert [tuple(name) for name in entry.authors] == expect_names(paper, reading)
        assert entry.fields["date"].startswith(str(paper.year))


@pytest.mark.slow
def test_pybtex_reads_every_entry_as_its_record(real_catalog: Catalog, reading: Reading) -> None:
    text = write_citations(real_catalog, real_catalog.ordered, Format.BIBTEX)
    entries = parse_string(text, "bibtex").entries
    assert list(entries) == [paper.key for paper in real_catalog.ordered]
    for paper in real_catalog.ordered:
        entry = entries[paper.key]
        assert reading.decode(entry.fields["title"]) == reading.expect_title(paper.title)
        assert entry.fields.get("doi") == paper.doi
        assert entry.fields["year"] == str(paper.year)
        names = [read_person(person, reading) for person in entry.persons["author"]]
        assert names == expect_names(paper, reading)


def read_person(person: Person, reading: Reading) -> tuple[str, ...]:
    given_names = [*person.first_names, *person.middle_names]
    parts = (given_names, person.prelast_names, person.last_names, person.lineage_names)
    return tuple(reading.decode(" ".join(part)) for part in parts)


def test_rispy_reads_every_record(real_catalog: Catalog) -> None:
    records = rispy.loads(write_citations(real_catalog, real_catalog.ordered, Format.RIS))
    assert [record["id"] for record in records] == [paper.key for paper in real_catalog.ordered]
    for paper, record in zip(real_catalog.ordered, records, strict=True):
        assert record["title"] == paper.title
        assert record["year"] == str(paper.year)
        assert record.get("doi") == paper.doi
        assert record["authors"] == [name.inverted for name in paper.authors]
        pages = [record[tag] for tag in ("start_page", "end_page") if tag in record]
        assert "-".join(pages) == (paper.pages or "")


def test_the_csv_module_reads_every_row(real_catalog: Catalog) -> None:
    text = write_citations(real_catalog, real_catalog.ordered, Format.CSV)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BOM))))
    assert rows == [to_row(real_catalog, paper) for paper in real_catalog.ordered]
    assert tuple(rows[0]) == COLUMNS


def test_the_model_reads_every_record_of_the_json(real_catalog: Catalog) -> None:
    records = json.loads(write_citations(real_catalog, real_catalog.ordered, Format.JSON))["papers"]
    for paper, record in zip(real_catalog.ordered, records, strict=True):
        expected = paper.model_copy(update={"type": real_catalog.entry_type(paper)})
        assert record.pop("url", None) == paper.url
        assert Paper.model_validate(record) == expected


def test_the_bibtex_of_the_real_list_is_ascii_when_asked_for(real_catalog: Catalog) -> None:
    options = Options(encoding=Encoding.ASCII)
    assert write_citations(real_catalog, real_catalog.ordered, Format.BIBTEX, options).isascii()


# Any character that prints; what TeX, BibTeX and their readers stumble over comes more often.
PRINTABLE = st.one_of(
    st.sampled_from(
        [*"{}%&$#_^~\\\"'`-–—,<>|@!?:;()[]=+*/ . ", *"aBéłđșơảı“”‘’…αΓ²₂×≤中文あ한Жش🙂"]
    ),
    st.characters(categories=("L", "N", "P", "S", "Zs", "Mn")),
)
TEXT = (
    st.text(PRINTABLE, min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda text: bool(text) and "".join(text.split()) != "")
)
# The same examples in every run: a change of the code shall be what makes a test fail.
EXAMPLES = examples(400)


def as_paper(**fields: Any) -> Paper | None:  # noqa: ANN401
    """Return a paper, or None when `check` refuses it."""
    try:
        return Paper.model_validate({"key": "k", "title": "Things", **fields})
    except ValidationError:
        return None


@pytest.mark.slow
@EXAMPLES
@given(title=TEXT)
def test_any_title_comes_back(title: str, make_catalog: MakeCatalog, reading: Reading) -> None:
    catalog = make_catalog({"title": title})
    for format_ in (Format.BIBTEX, Format.BIBLATEX):
        text = write_citations(catalog, catalog.papers, format_)
        assert text == write_citations(catalog, catalog.papers, format_)
        assert is_balanced(text)
        (entry,) = reading.read_bibtex(text).values()
        assert entry.fields["title"] == reading.expect_title(title)


@pytest.mark.slow
@EXAMPLES
@given(
    given_name=st.none() | TEXT,
    particle=st.sampled_from([None, "van der", "de", "De", "d'", "al-", "'t"]),
    family=TEXT,
    suffix=st.sampled_from([None, "Jr.", "III"]),
)
def test_any_name_comes_back(  # noqa: PLR0913 - one argument a part
    given_name: str | None,
    particle: str | None,
    family: str,
    suffix: str | None,
    make_catalog: MakeCatalog,
    reading: Reading,
) -> None:
    parts = {"given": given_name, "particle": particle, "family": family, "suffix": suffix}
    name = {part: value for part, value in parts.items() if value is not None}
    catalog = make_catalog({"authors": [name, "Ada Example", {"literal": family}]})
    text = to_bibtex(catalog, catalog.papers[0])
    assert is_balanced(text)
    (entry,) = reading.read_bibtex(text).values()
    assert len(entry.authors) == 3
    expected = expect_names(catalog.papers[0], reading)
    assert [tuple(name) for name in entry.authors] == expected
    (person, *_) = parse_string(text, "bibtex").entries["key0"].persons["author"]
    assert read_person(person, reading) == expected[0]


def is_guarded(cell: str) -> bool:
    """Tell whether an apostrophe keeps a cell from being a formula."""
    return re.match(r"'+\s*[=+\-@＝＋－＠]", cell) is not None


@EXAMPLES
@given(title=TEXT, family=TEXT, note=TEXT)
def test_any_text_comes_back_from_ris_csv_and_json(
    title: str, family: str, note: str, make_catalog: MakeCatalog
) -> None:
    catalog = make_catalog({"title": title, "authors": [{"literal": family}], "note": note})
    (paper,) = catalog.papers
    (record,) = rispy.loads(write_citations(catalog, [paper], Format.RIS))
    assert record["title"] == " ".join(to_unicode(title).split())
    assert record["authors"] == [" ".join(family.split())]
    (row,) = csv.DictReader(
        io.StringIO(write_citations(catalog, [paper], Format.CSV).removeprefix(BOM))
    )
    cells = [row[name] for name in ("title", "authors", "note")]
    assert [cell.removeprefix("'") if is_guarded(cell) else cell for cell in cells] == [
        title,
        family,
        note,
    ]
    (record,) = json.loads(write_citations(catalog, [paper], Format.JSON))["papers"]
    record.pop("url", None)
    assert Paper.model_validate(record).title == title
    (item,) = json.loads(write_citations(catalog, [paper], Format.CSL_JSON))
    assert (item["title"], item["author"]) == (to_unicode(title), [{"literal": family}])


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "\ttitle", "a\x00b", "a\x1fb"])
def test_line_breaks_and_control_characters_are_refused_by_the_model(text: str) -> None:
    assert as_paper(title=text) is None
    assert as_paper(authors=[{"literal": text}]) is None
    assert as_paper(authors=[text]) is None
