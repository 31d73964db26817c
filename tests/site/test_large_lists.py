"""Compact pages, for lists that would outgrow the place where their site is kept."""

import json
import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from catalog.model.catalog import Catalog
from catalog.site import large_lists, stamp_site
from catalog.tasks.build import write_readme
from tests.site.test_render import Page, Stamp, read_page

FULL = ("og:", "ld+json", "Reference", "Related papers", "cat-neighbours", 'rel="prev"', ".ris")
"""What only a full page has."""


@pytest.fixture
def site(stamp: Stamp, invented_text: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The site of the invented list as if it had tens of thousands of papers."""
    monkeypatch.setattr(large_lists, "MOST_FULL", 0)
    return stamp(invented_text)


def test_a_paper_shows_its_facts_and_its_bibtex(site: Path) -> None:
    html = (site / "papers/sample2024things/index.html").read_text(encoding="utf-8")
    page = Page(html)
    assert "@inproceedings{sample2024things," in "".join(page.text_of("code"))
    assert page.find("meta", name="citation_title")
    assert page.find("link", rel="canonical")
    assert page.find("meta", **{"http-equiv": "Content-Security-Policy"})
    assert [part for part in FULL if part in html] == []


def test_the_frame_takes_title_and_language_of_the_engine(site: Path) -> None:
    html = (site / "papers/sample2024things/index.html").read_text(encoding="utf-8")
    assert re.search(r"<title>[^<]+ - Invented</title>", html)
    assert '<html lang="en"' in html
    assert "catalog-frame-title" not in html
    assert "<!-- catalog:" not in html


def test_only_the_whole_list_is_there_to_download(site: Path) -> None:
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert "export/all.bib" in names
    assert not [name for name in names if name.startswith(("export/sections/", "api/v1/papers/"))]
    assert {name.rpartition("/")[2] for name in names if name.startswith("papers/")} == {
        "index.html"
    }
    assert "paper" not in json.loads((site / "api/v1/index.json").read_text(encoding="utf-8"))


def test_every_link_leads_somewhere(site: Path) -> None:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for address in ("", "papers/sample2024things/", "papers/minimal/", "sections/things/"):
        page = read_page(site, address)
        named = [tag.get("href") or tag.get("src") for _, tag in page.tags]
        for target in filter(None, named):
            found = urldefrag(urljoin(f"https://x.example/{address}", target))[0].partition("?")[0]
            path = found.removeprefix("https://x.example/")
            if found.startswith("https://x.example/") and not path.startswith("assets/"):
                assert (f"{path}index.html" if not path or path.endswith("/") else path) in files


def test_the_owner_is_told(
    invented_catalog: Catalog, engine_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_lists, "MOST_FULL", 1)
    monkeypatch.setattr(large_lists, "MOST_BYTES", 1000)
    written = stamp_site(invented_catalog, engine_site, tmp_path)
    assert [note.partition(";")[0] for note in written.notes] == [
        "the list has more than 1 papers: their pages are compact, and downloads hold the whole "
        "list only, so that GitHub Pages can take the site",
        "the site has 0.0 GB",
    ]
    size = sum(path.stat().st_size for path in engine_site.rglob("*") if path.is_file())
    assert 0 < written.size <= size


def test_a_usual_list_has_full_pages_and_no_note(
    invented_catalog: Catalog, engine_site: Path, tmp_path: Path
) -> None:
    assert stamp_site(invented_catalog, engine_site, tmp_path).notes == []
    html = (engine_site / "papers/sample2024things/index.html").read_text(encoding="utf-8")
    assert "Related papers" in html or "Reference" in html


def test_a_readme_that_is_cut_is_told(
    invented_catalog: Catalog, invented_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.render.readme.MAX_BYTES", 100)
    (note,) = write_readme(invented_catalog, invented_folder).notes
    assert "512 KB" in note
    monkeypatch.undo()
    assert write_readme(invented_catalog, invented_folder).notes == []
