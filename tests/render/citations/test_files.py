"""The files of the website's downloads, and what every format keeps to."""

import json
import re
from typing import Any

import pytest
import yaml

from catalog.model.catalog import Catalog
from catalog.render.citations import Downloads, Format, Options, export, write_citations
from tests.outputs import to_files

MakeCatalog = Any


def test_each_format_has_a_suffix_of_its_own() -> None:
    assert {format_.value: format_.suffix for format_ in Format} == {
        "bibtex": ".bib",
        "biblatex": ".biblatex.bib",
        "ris": ".ris",
        "csl-json": ".csl.json",
        "hayagriva": ".hayagriva.yml",
        "csv": ".csv",
        "json": ".json",
    }


def test_the_whole_list_each_section_and_each_paper_have_files(real_catalog: Catalog) -> None:
    files = to_files(Downloads(real_catalog).render())
    expected = {f"export/all{format_.suffix}" for format_ in Format}
    expected |= {
        f"export/sections/{view.id}{format_.suffix}"
        for view in real_catalog.sections
        for format_ in Format
    }
    expected |= {
        f"papers/{paper.key}/{paper.key}{suffix}"
        for paper in real_catalog.papers
        for suffix in (".bib", ".ris")
    }
    assert set(files) == expected


def test_files_are_what_the_library_writes(real_catalog: Catalog) -> None:
    files = to_files(Downloads(real_catalog).render())
    paper = real_catalog.ordered[5]
    for format_ in Format:
        whole = write_citations(real_catalog, real_catalog.ordered, format_)
        assert files[f"export/all{format_.suffix}"] == whole
        for view in real_catalog.sections:
            part = export(real_catalog, format_, section=view.id)
            assert files[f"export/sections/{view.id}{format_.suffix}"] == part
    one = write_citations(real_catalog, [paper], Format.BIBTEX)
    assert files[f"papers/{paper.key}/{paper.key}.bib"] == one


def test_rendering_twice_gives_the_same_bytes(real_catalog: Catalog) -> None:
    assert to_files(Downloads(real_catalog).render()) == to_files(Downloads(real_catalog).render())


@pytest.mark.slow
def test_a_section_holds_the_papers_of_those_inside_it_once(
    real_catalog: Catalog,
    reading: Any,  # noqa: ANN401
) -> None:
    files = to_files(Downloads(real_catalog).render())
    for view in real_catalog.sections:
        entries = reading.read_bibtex(files[f"export/sections/{view.id}.bib"])
        assert len(entries) == view.total


@pytest.mark.slow
@pytest.mark.parametrize("format_", list(Format))
def test_large_files_are_split_under_the_size_and_lose_nothing(
    format_: Format, real_catalog: Catalog
) -> None:
    most = 60_000
    files = to_files(Downloads(real_catalog, max_bytes=most).render())
    parts = [
        text
        for path, text in files.items()
        if path.startswith("export/all-")
        and path.endswith(format_.suffix)
        and (format_ is not Format.BIBTEX or "biblatex" not in path)
        and (format_ is not Format.JSON or "csl" not in path)
    ]
    assert len(parts) > 1
    assert f"export/all{format_.suffix}" not in files
    assert all(len(part.encode()) <= most for part in parts)
    keys = [paper.key for paper in real_catalog.ordered]
    assert [key for part in parts for key in find_keys(part, format_)] == keys


def find_keys(text: str, format_: Format) -> list[str]:
    if format_ is Format.JSON:
        return [record["key"] for record in json.loads(text)["papers"]]
    if format_ is Format.HAYAGRIVA:
        return list(yaml.safe_load(text))
    if format_ is Format.CSL_JSON:
        return [item["id"] for item in json.loads(text)]
    if format_ is Format.CSV:
        return [line.partition(",")[0] for line in text.splitlines()[1:]]
    starts = ("ID  - ",) if format_ is Format.RIS else ("@",)
    text = re.sub(r"^@preamble.*$", "", text, flags=re.MULTILINE)
    lines = [line for line in text.splitlines() if line.startswith(starts)]
    return [line.removeprefix("ID  - ").partition("{")[2].rstrip(",") or line[6:] for line in lines]


def test_an_entry_larger_than_the_size_has_a_file_of_its_own(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog({"title": "Long " * 50 + "title"}, {}, {})
    files = to_files(Downloads(catalog, max_bytes=200).render())
    assert [path for path in files if path.startswith("export/all") and path.endswith(".ris")] == [
        "export/all-1.ris",
        "export/all-2.ris",
    ]


def test_no_papers_make_an_empty_file_of_every_format(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog()
    assert json.loads(write_citations(catalog, [], Format.CSL_JSON)) == []
    assert json.loads(write_citations(catalog, [], Format.JSON))["papers"] == []
    assert write_citations(catalog, [], Format.RIS) == ""
    assert write_citations(catalog, [], Format.CSV).count("\n") == 1


def test_more_authors_than_wanted_are_cut_and_the_entry_says_so(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog({"authors": ["Ada Example", "Ben Sample", "Cleo Instance"]})
    written = {
        format_: write_citations(catalog, catalog.papers, format_, Options(max_authors=2))
        for format_ in Format
    }
    assert all("Cleo" not in text for text in written.values())
    assert "author = {Example, Ada and Sample, Ben and others}" in written[Format.BIBTEX]
    assert "author = {Example, Ada and Sample, Ben and others}" in written[Format.BIBLATEX]
    # No name among the authors says it: readers would take it for a person.
    assert "AU  - Sample, Ben\n" in written[Format.RIS]
    assert "N1  - Not all authors are named here.\n" in written[Format.RIS]
    (item,) = json.loads(written[Format.CSL_JSON])
    assert len(item["author"]) == 2
    assert item["custom"] == {"more-authors": True}
    assert json.loads(written[Format.JSON])["papers"][0]["more_authors"] is True
    assert '"Example, Ada; Sample, Ben",true' in written[Format.CSV]


def test_as_many_authors_as_wanted_are_not_cut(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog({"authors": ["Ada Example", "Ben Sample"]})
    for format_ in Format:
        assert write_citations(
            catalog, catalog.papers, format_, Options(max_authors=2)
        ) == write_citations(catalog, catalog.papers, format_)


def test_every_field_of_a_record_shows_in_an_export(make_catalog: MakeCatalog) -> None:
    record = {"title": "Things", "year": 2024, "venue": "Conf"}
    changes: list[dict[str, Any]] = [
        *({"title": "Other"}, {"authors": ["A B"]}, {"more_authors": True}, {"type": "misc"}),
        *({"booktitle": "B"}, {"series": "S"}, {"venue": "Letters"}, {"year": 2023}, {"month": 3}),
        *({"tags": ["t"]}, {"doi": "10.1000/1"}, {"arxiv": "2401.10000"}, {"volume": "1"}),
        *({"openreview": "a68SUt6zFt"}, {"acl": "N19-1423"}, {"number": "2"}, {"pages": "3"}),
        *({"publisher": "P"}, {"links": {"code": "https://example.org"}}, {"awards": ["A"]}),
        *({"note": "n"}, {"abstract": "a"}, {"added": "2025-10-08"}, {"bibtex": {"note": "n"}}),
    ]
    before = make_catalog(record)
    for change in changes:
        after = make_catalog(record | change)
        for format_ in (Format.CSV, Format.JSON):
            assert write_citations(before, before.papers, format_) != write_citations(
                after, after.papers, format_
            )
