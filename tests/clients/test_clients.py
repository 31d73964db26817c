"""What other programs make of the exports of sixty odd names and titles.

Each program that is installed reads a file; its titles and names are compared with what they
should be, in `tests/data/exports/expected.json`. A program that is missing is a skipped test with
its name: `.ci/run` installs those that come from a registry.
"""

import json
import re
import subprocess
import unicodedata
from datetime import date
from functools import cache
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pybtex.database  # type: ignore[import-untyped]
import pytest
import rispy  # type: ignore[import-untyped]

from catalog.checks.check import check
from catalog.model.catalog import Catalog
from catalog.render.citations import Encoding, Format, Options, write_citations
from catalog.render.citations.references import find_pandoc

DATA = Path(__file__).parents[1] / "data" / "exports"
LEAST = 58
"""Of sixty titles and of sixty lists of authors, in each program and format."""

Item = dict[str, Any]
Read = tuple[str, list[str]]

needs_pandoc = pytest.mark.skipif(find_pandoc() is None, reason="Pandoc is not installed")
needs_typst = pytest.mark.skipif(find_spec("typst") is None, reason="typst is not installed")

DUMP = """\
<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Dump</title><id>http://example.org/dump</id><updated>2026-01-01T00:00:00Z</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography>
    <layout>
      <text variable="title" prefix="@@"/>
      <names variable="author" prefix="@@"><name delimiter=";;" initialize="false" et-al-min="99" et-al-use-first="98"/></names>
    </layout>
  </bibliography>
</style>
"""  # noqa: E501 - a style as its program writes it


@cache
def load_odd_list() -> Catalog:
    checked = check(DATA, today=date(2026, 1, 1))
    assert checked.catalog is not None
    assert len(checked.catalog.papers) == 60
    return checked.catalog


@cache
def load_expected() -> dict[str, Item]:
    loaded: dict[str, Item] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
    return loaded


def write(format_: Format, options: Options | None = None) -> str:
    catalog = load_odd_list()
    return write_citations(catalog, catalog.ordered, format_, options or Options())


def fold(text: str) -> str:
    """Fold what programs may show in another form: quotes, dashes, spaces, letter case, tags."""
    bare = re.sub(r"</?(?:i|b|sub|sup|sc)>|</?span[^>]*>", "", unicodedata.normalize("NFKC", text))
    for signs, sign in (("“”„«»‟", '"'), ("‘’‚", "'"), ("‐‑–—−", "-")):
        bare = re.sub(f"[{signs}]", sign, bare)
    return re.sub(r"[\s{}]|(?<=')(?=')", "", bare).replace("''", '"').replace('"', "'").lower()


def expect_name(author: Item) -> str:
    parts = [author.get(part, "") for part in ("particle", "family", "literal", "given", "suffix")]
    return "".join(sorted(fold("".join(parts)).replace(",", "")))


def sort_letters(name: str) -> str:
    return "".join(sorted(fold(name).replace(",", "")))


def assert_read(read: dict[str, Read]) -> None:
    """Hold that titles and authors are right in all but a few records."""
    expected = load_expected()
    wrong_titles, wrong_names = [], []
    for key, item in expected.items():
        title, names = read.get(key, ("", []))
        accepted = [item["title"], *item.get("title_accept", [])]
        if fold(title) not in map(fold, accepted):
            wrong_titles.append((key, title))
        if [sort_letters(name) for name in names] != [expect_name(a) for a in item["authors"]]:
            wrong_names.append((key, names))
    assert len(expected) - len(wrong_titles) >= LEAST, wrong_titles
    assert len(expected) - len(wrong_names) >= LEAST, wrong_names


def read_csl_items(items: list[Item]) -> dict[str, Read]:
    return {
        item["id"]: (item["title"], [show(a) for a in item.get("author", [])]) for item in items
    }


def show(author: Item) -> str:
    names = ("non-dropping-particle", "dropping-particle", "family", "literal", "given", "suffix")
    return " ".join(author[name] for name in names if name in author)


def run_pandoc(reader: str, text: str) -> list[Item]:
    readers = subprocess.run(
        [str(find_pandoc()), "--list-input-formats"], capture_output=True, text=True, check=True
    )
    if reader not in readers.stdout.split():
        pytest.skip(f"this Pandoc does not read {reader}")
    done = subprocess.run(
        [str(find_pandoc()), "--from", reader, "--to", "csljson"],
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    items: list[Item] = json.loads(done.stdout)
    return items


def test_csl_json_says_what_is_expected() -> None:
    assert_read(read_csl_items(json.loads(write(Format.CSL_JSON))))


@needs_pandoc
@pytest.mark.parametrize(("reader", "format_"), [("csljson", Format.CSL_JSON), ("ris", Format.RIS)])
def test_pandoc_reads_csl_json_and_ris(reader: str, format_: Format) -> None:
    assert_read(read_csl_items(run_pandoc(reader, write(format_))))


@needs_pandoc
def test_pandoc_lowers_no_capital_of_a_name_in_bibtex() -> None:
    for reader, format_ in (("bibtex", Format.BIBTEX), ("biblatex", Format.BIBLATEX)):
        titles = {item["id"]: item["title"] for item in run_pandoc(reader, write(format_))}
        lost = [
            (key, word)
            for key, item in load_expected().items()
            for word in item["title_capitals"]
            # Math stays TeX in Pandoc's JSON; Pandoc 2 leaves the dollars out: `H_2O`.
            if "$" not in titles[key]
            and unicodedata.normalize("NFKC", word)
            not in re.sub(r"<[^>]+>|_", "", titles[key]).replace("’", "'")
        ]
        assert not lost


@needs_pandoc
def test_pandoc_reads_the_names_of_bibtex_in_utf_8() -> None:
    text = write(Format.BIBTEX, Options(encoding=Encoding.UTF8))
    read = read_csl_items(run_pandoc("bibtex", text))
    wrong = [
        key
        for key, item in load_expected().items()
        if not item["more_authors"]
        and [sort_letters(n) for n in read[key][1]] != [expect_name(a) for a in item["authors"]]
    ]
    assert len(wrong) <= 60 - LEAST, wrong


def test_rispy_reads_ris() -> None:
    records = rispy.loads(write(Format.RIS))
    assert_read({record["id"]: (record["title"], record.get("authors", [])) for record in records})


def test_pybtex_reads_the_authors_of_bibtex() -> None:
    entries = pybtex.database.parse_string(write(Format.BIBTEX), "bibtex").entries
    assert list(entries) == [paper.key for paper in load_odd_list().ordered]
    for key, item in load_expected().items():
        count = len(item["authors"]) + bool(item["more_authors"] and item["authors"])
        assert len(entries[key].persons.get("author", [])) == count, key


@needs_typst
def test_typst_reads_hayagriva(tmp_path: Path) -> None:
    import typst  # noqa: PLC0415 - it may be missing

    (tmp_path / "list.yml").write_text(write(Format.HAYAGRIVA), encoding="utf-8")
    (tmp_path / "dump.csl").write_text(DUMP, encoding="utf-8")
    page = '#bibliography("list.yml", style: "dump.csl", full: true)'
    (tmp_path / "main.typ").write_text(page, encoding="utf-8")
    html = typst.compile(str(tmp_path / "main.typ"), format="html").decode()
    found = {}
    for entry in re.findall(r"@@(.*?)(?=@@|</li>|</p>)(?:@@(.*?)(?=</li>|</p>))?", html, re.DOTALL):
        found[fold(unescape(re.sub(r"<[^>]+>", "", entry[0])))] = entry[1]
    missing = [
        key
        for key, item in load_expected().items()
        if not any(fold(title) in found for title in [item["title"], *item.get("title_accept", [])])
    ]
    assert len(missing) <= 60 - LEAST, missing


@needs_typst
@pytest.mark.parametrize("format_", [Format.BIBTEX, Format.BIBLATEX])
def test_typst_compiles_a_bibliography(format_: Format, tmp_path: Path) -> None:
    import typst  # noqa: PLC0415 - it may be missing

    (tmp_path / "list.bib").write_text(write(format_), encoding="utf-8")
    page = '#bibliography("list.bib", style: "ieee", full: true)'
    (tmp_path / "main.typ").write_text(page, encoding="utf-8")
    assert typst.compile(str(tmp_path / "main.typ"), format="html")
