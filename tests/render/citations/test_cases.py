"""The table of hard cases: cases.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.model.names import PersonName
from catalog.render.citations.biblatex import to_biblatex
from catalog.render.citations.bibtex import to_bibtex
from catalog.render.citations.csl import to_csl
from catalog.render.citations.json_csv import to_record, to_row
from catalog.render.citations.ris import to_ris
from catalog.text.tex_math import to_unicode

MakeCatalog = Any

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8")
)


def name_case(case: dict[str, Any]) -> str:
    return str(case["case"])


def find_field(entry: str, field: str) -> str:
    """Return what stands between the outer braces of a field."""
    (line,) = [line for line in entry.splitlines() if line.startswith(f"  {field} = ")]
    return line.removeprefix(f"  {field} = {{").rstrip(",").removesuffix("}")


def test_there_are_at_least_sixty_cases_and_each_has_a_name_of_its_own() -> None:
    names = [case["case"] for group in CASES.values() for case in group]
    assert len(names) >= 60
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", CASES["authors"], ids=name_case)
def test_an_author_has_the_expected_form_in_each_format(
    case: dict[str, Any], make_catalog: MakeCatalog
) -> None:
    catalog = make_catalog({"authors": [case["author"]]})
    (paper,) = catalog.papers
    assert find_field(to_bibtex(catalog, paper), "author") == case["bibtex"]
    biblatex = case.get("biblatex", case["bibtex"])
    assert find_field(to_biblatex(catalog, paper), "author") == biblatex
    assert f"\nAU  - {case['ris']}\n" in to_ris(catalog, paper)
    assert to_csl(catalog, paper)["author"] == [case["csl"]]
    assert to_row(catalog, paper)["authors"] == case.get("csv", case["ris"])
    assert paper.authors[0].display == case["shown"]
    (author,) = to_record(catalog, paper)["authors"]
    assert PersonName(**author) == paper.authors[0]


@pytest.mark.parametrize("case", CASES["titles"], ids=name_case)
def test_a_title_has_the_expected_form_in_each_format(
    case: dict[str, Any], make_catalog: MakeCatalog
) -> None:
    title = case["title"]
    catalog = make_catalog({"title": title})
    (paper,) = catalog.papers
    assert find_field(to_bibtex(catalog, paper), "title") == case["bibtex"]
    biblatex = case.get("biblatex", case["bibtex"])
    assert find_field(to_biblatex(catalog, paper), "title") == biblatex
    assert f"\nTI  - {' '.join(to_unicode(title).split())}\n" in to_ris(catalog, paper)
    assert to_csl(catalog, paper)["title"] == to_unicode(title)
    assert to_row(catalog, paper)["title"] == title
    assert to_record(catalog, paper)["title"] == title


@pytest.mark.parametrize("case", CASES["titles"] + CASES["authors"], ids=name_case)
def test_readers_of_bibtex_decode_the_expected_form(
    case: dict[str, Any],
    make_catalog: MakeCatalog,
    reading: Any,  # noqa: ANN401
) -> None:
    record = {"title": case.get("title", "Things"), "authors": [case.get("author", "Ada Example")]}
    catalog = make_catalog(record)
    (entry,) = reading.read_bibtex(to_bibtex(catalog, catalog.papers[0])).values()
    assert entry.fields["title"] == reading.expect_title(record["title"])
    (name,) = catalog.papers[0].authors
    read = " ".join(filter(None, (entry.authors[0].particle, entry.authors[0].family)))
    assert read == reading.fold(name.full_family)
    assert entry.authors[0].given == reading.fold(name.given or "")
