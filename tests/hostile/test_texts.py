"""Texts of strangers in README.md, reports and feeds: shown as given, or refused in one line."""

import html
import json
import re
import shutil
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.checks.check import check
from catalog.checks.report import ReportFormat, report_check
from catalog.model.catalog import Catalog
from catalog.model.findings import Code
from catalog.render.memo import Memo
from catalog.render.readme import render_readme_files
from catalog.site import stamp_site
from catalog.site.feeds import render_feeds
from catalog.site.venues import find_venues
from catalog.text.tex_math import to_unicode
from tests.hostile import lists
from tests.outputs import to_files
from tests.site.conftest import make_site

pytestmark = pytest.mark.slow


NAMES = sorted(lists.ACCEPTED)
PROSE = ("note", "abstract")
TAG = re.compile(r"<(/?)([a-z0-9]+)((?:\s+[a-z-]+(?:=\"[^\"]*\")?)*)\s*/?>")
ATTRIBUTE = re.compile(r'([a-z-]+)="[^"]*"')
MARKUP = ("em", "strong", "code", "a")
"""What notes and descriptions may hold."""


def make_content(name: str, text: str, *, in_prose: bool) -> dict[str, Any]:
    """Return a list with the text in all fields that are prose, or in all others."""
    prose, plain = (text, "plain") if in_prose else ("plain", text)
    content = lists.make_list({name: plain}, plain)
    content["survey"]["description"] = content["sections"][0]["description"] = prose
    records = [one for one in content["papers"] if not one["key"].endswith("bibtex")]
    for record in records:
        record |= {field: prose for field in PROSE if field in record}
        record.pop("bibtex", None)
    if name in lists.NO_TITLES:
        content["survey"]["cite"][0]["title"] = "plain"
    return {**content, "papers": records}


def check_content(folder: Path, content: dict[str, Any], today: date) -> Catalog:
    lists.write_list(folder, content)
    checked = check(folder, today=today)
    assert checked.catalog is not None, checked.findings
    return checked.catalog


def render_as_github(markdown: str) -> str:
    extensions = ("autolink", "table", "strikethrough", "tagfilter")
    options = [part for name in extensions for part in ("-e", name)]
    run = subprocess.run(
        ["cmark-gfm", "--unsafe", *options],
        input=markdown.encode(),
        capture_output=True,
        check=True,
    )
    return re.sub("<!--.*?-->", "", run.stdout.decode())


def outline(page: str) -> list[str]:
    return [
        f"{end}{name} {' '.join(ATTRIBUTE.findall(attributes))}"
        for end, name, attributes in TAG.findall(page)
    ]


def without_markup(found: list[str]) -> list[str]:
    return [one for one in found if one.split()[0].strip("/") not in MARKUP]


@pytest.mark.skipif(shutil.which("cmark-gfm") is None, reason="cmark-gfm is not installed")
@pytest.mark.parametrize("name", [name for name in NAMES if name != "100 KB"])
def test_the_readme_shows_each_text_as_given(name: str, tmp_path: Path, today: date) -> None:
    text = unicodedata.normalize("NFC", lists.ACCEPTED[name])
    pages = {}
    for case, given, in_prose in (
        ("plain", "plain", False),
        ("texts", text, False),
        ("prose", text, True),
    ):
        content = make_content(name, given, in_prose=in_prose)
        catalog = check_content(tmp_path / case, content, today)
        page = render_as_github(to_files(render_readme_files(catalog, tmp_path).files)["README.md"])
        # A heading has an anchor of its own words, where it has words.
        pages[case] = re.sub(r'<a id="[\w-]*"></a>\n?', "", page)
    assert outline(pages["texts"]) == outline(pages["plain"])
    assert without_markup(outline(pages["prose"])) == without_markup(outline(pages["plain"]))
    line = re.sub("[ \t]+", " ", text)
    shown = [html.unescape(one) for one in re.findall("<strong>(.*?)</strong>", pages["texts"])]
    if name not in lists.NO_TITLES:
        assert any(one in (line, f"{line}.") for one in shown), shown
    heading = html.unescape(re.findall("<h1>(.*)</h1>", pages["texts"])[0])
    assert heading == line


@pytest.mark.parametrize("name", sorted(lists.REFUSED))
def test_a_text_that_commands_is_refused_at_its_place(
    name: str, tmp_path: Path, today: date
) -> None:
    text = lists.REFUSED[name]
    for field, part in lists.field_values(text, 0).items():
        content = lists.make_list({"plain": "plain"}, "plain")
        if field in ("abstract", "facets", "venue"):
            continue  # a paragraph has lines and spaces; the others name what the head has
        content["papers"] = [{**content["papers"][0], **part}]
        lists.write_list(tmp_path / field, content)
        checked = check(tmp_path / field, today=today)
        assert checked.errors, field
        for format_ in ReportFormat:
            report = report_check(checked, format_)
            assert not re.search(
                "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069]", report
            )
        lines = report_check(checked, ReportFormat.GITHUB).splitlines()
        assert len(lines) == len(checked.findings)
        assert all(
            line.startswith(("::error file=papers", "::warning file=papers")) for line in lines
        )


@pytest.mark.parametrize("name", sorted(lists.WARNED))
def test_what_nobody_sees_is_told(name: str, tmp_path: Path, today: date) -> None:
    content = lists.make_list({"one": lists.WARNED[name]}, "plain")
    lists.write_list(tmp_path, content)
    codes = {finding.code for finding in check(tmp_path, today=today).findings}
    assert Code.TEXT_INVISIBLE in codes


def test_feeds_are_xml_with_each_text_as_given(tmp_path: Path, today: date) -> None:
    texts = {name: unicodedata.normalize("NFC", text) for name, text in lists.ACCEPTED.items()}
    content = lists.make_list(texts, "plain")
    for paper in content["papers"]:
        paper["added"] = "2025-10-08"
    catalog = check_content(tmp_path, content, today)
    venues = find_venues(catalog, catalog.papers)
    memo = Memo(catalog)
    files = to_files(render_feeds(catalog, venues, tmp_path, "https://example.org/", memo))
    titles = {to_unicode(paper.title) for paper in catalog.papers}
    atom = "{http://www.w3.org/2005/Atom}"
    for name, text in files.items():
        if name.endswith(".xml"):
            entries = ET.fromstring(text).iter(f"{atom}entry")
            found = [entry.findtext(f"{atom}title") for entry in entries]
        else:
            found = [item["title"] for item in json.loads(text)["items"]]
        assert found, name
        assert titles.issuperset(found), name
    assert len(files) > len(texts)


def stamp(folder: Path, content: dict[str, Any], today: date) -> Path:
    catalog = check_content(folder / "list", content, today)
    site = make_site(folder / "site")
    stamp_site(catalog, site, folder / "list", url="https://example.org/list/")
    return site


@pytest.mark.skipif(shutil.which("cmark-gfm") is None, reason="cmark-gfm is not installed")
def test_the_page_for_language_models_shows_each_text_as_given(tmp_path: Path, today: date) -> None:
    accepted = {name: text for name, text in lists.ACCEPTED.items() if name != "100 KB"}
    texts = {name: unicodedata.normalize("NFC", text) for name, text in accepted.items()}
    pages, content = {}, make_titled(texts)
    for case, given in (("plain", make_titled(dict.fromkeys(texts, "plain"))), ("texts", content)):
        site = stamp(tmp_path / case, given, today)
        pages[case] = render_as_github((site / "llms.txt").read_text(encoding="utf-8"))
    assert outline(pages["texts"]) == outline(pages["plain"])
    links = dict(re.findall('<a href="https://example.org/list/([^"]*)">(.*?)</a>', pages["texts"]))
    for number, text in enumerate(texts.values()):
        line = re.sub("[ \t]+", " ", text)
        assert html.unescape(links[f"sections/section-{number}/"]).partition(" ")[2] == line
        title = to_unicode(content["papers"][number]["title"])
        assert html.unescape(links[f"papers/paper{number}/"]) == re.sub("[ \t]+", " ", title)


def make_titled(texts: dict[str, str]) -> dict[str, Any]:
    """Return a list whose sections, papers and authors have the texts for names."""
    records = [
        {
            "key": f"paper{number}",
            "title": "plain" if name in lists.NO_TITLES else text,
            "authors": [{"literal": text}],
            "sections": [f"section-{number}"],
            "doi": f"10.1000/{number}",
        }
        for number, (name, text) in enumerate(texts.items())
    ]
    head = lists.make_head(texts, "plain")
    return {**head, "papers": records}


def test_the_sitemap_names_pages_by_keys_and_ids_alone(tmp_path: Path, today: date) -> None:
    texts = {name: unicodedata.normalize("NFC", text) for name, text in lists.ACCEPTED.items()}
    content = lists.make_list(dict(list(texts.items())[::10]), "plain")
    site = stamp(tmp_path, content, today)
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = ET.parse(site / "sitemap.xml")
    found = [str(loc.text) for loc in tree.iter(f"{namespace}loc")]
    base = "https://example.org/list/"
    assert all(re.fullmatch(f"{re.escape(base)}[a-z0-9/-]*", address) for address in found)
    keys = {address.split("/")[-2] for address in found if "/list/papers/" in address[:-1]}
    assert keys - {"papers"} == {record["key"] for record in content["papers"]}
    assert len(found) == len(set(found))
