"""Lists in HTML and reStructuredText: the same entries as in Markdown, and nothing lost."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from catalog.errors import UnreadableInputError, UsageError
from catalog.importers import files as files_module
from catalog.importers.files import ImportResult, import_data, read_file
from catalog.importers.markdown.reader import ReadList
from catalog.importers.markdown.source_parts import PartKind

DATA = Path(__file__).parents[2] / "data" / "other_markup"
NAMES = ("accessibility-reading-list.html", "compiler-testing.rst")


def _read(text: str | bytes, name: str) -> ReadList:
    data = text.encode() if isinstance(text, str) else text
    found = read_file(data, name)
    assert isinstance(found, ReadList)
    return found


def _import(text: str, name: str) -> ImportResult:
    return import_data({name: text.encode()})


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


@pytest.mark.parametrize("name", NAMES)
def test_the_entries_of_a_list_are_found_with_authors_venues_years_and_links(name: str) -> None:
    truth = json.loads((DATA / name).with_suffix(".json").read_text("utf-8"))
    account = import_data({name: (DATA / name).read_bytes()}).account
    entries = account["entries"]
    assert isinstance(entries, list)
    by_title = {_plain(entry["title"]): entry for entry in entries}
    right: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for wanted in truth["sample"]:
        entry = by_title.get(_plain(wanted["title"]), {})
        shown["title"] += 1
        right["title"] += bool(entry)
        for field in ("authors", "venue", "year", "section"):
            if wanted[field] is not None:
                shown[field] += 1
                right[field] += entry.get(field) == wanted[field]
        urls = {link["url"] for link in wanted["links"]}
        shown["links"] += 1
        right["links"] += urls <= {link["url"] for link in entry.get("links", [])}
    assert {field: right[field] / shown[field] >= 0.9 for field in shown} == dict.fromkeys(
        shown, True
    )
    assert len(entries) <= len(truth["titles"]) + len(truth["optional_titles"])


class _Addresses(HTMLParser):
    """Collects the addresses of a page, as an independent reader finds them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = {"a": "href", "img": "src"}.get(tag)
        self.found.update(value for key, value in attrs if key == name and value)


def _addresses_of_page(text: str) -> Counter[str]:
    parser = _Addresses()
    parser.feed(text)
    return parser.found


def _addresses_of_rst(text: str) -> Counter[str]:
    tree = publish_doctree(text, settings_overrides={"report_level": 5})
    found = Counter(str(one["refuri"]) for one in tree.findall(nodes.reference) if "refuri" in one)
    return found + Counter(str(one["uri"]) for one in tree.findall(nodes.image))


@pytest.mark.parametrize("name", NAMES)
def test_every_link_and_image_is_accounted_for_as_often_as_it_is_there(name: str) -> None:
    text = (DATA / name).read_text("utf-8")
    wanted = _addresses_of_page(text) if name.endswith("html") else _addresses_of_rst(text)
    assert wanted
    read = _read(text, name)
    found = Counter(part.url for part in read.parts if part.kind is not PartKind.WORDS)
    assert not wanted - Counter({url or "": count for url, count in found.items()})
    assert all(part.reason for part in read.parts if part.is_left_out)


PAGE = """<!doctype html><html><head><meta charset=utf-8><title>Things</title>
<style>li { color: red }</style></head><body>
<nav><a href="#x">Top</a> <a href="other.html">Other</a></nav>
<h2>Moving</h2>
<ul>
%s
</ul>
<script>document.write("<li>No</li>")</script>
<p>Compiled with care. <img src="pic.png" alt="A picture"></p>
</body></html>"""
LI = '<li><b>%s</b>. Ada Example and Ben Sample. <i>ICML</i>, 20%02d. [<a href="%s">pdf</a>]'
TITLES = (
    "Lifting Heavy Boxes",
    "Nets that Fall and Rise",
    "Doors at Rest & Play",
    "Walls vs. Windows",
)


def _page(between: str = "\n") -> str:
    items = [
        LI % (title.replace("&", "&amp;"), number + 10, f"https://a.example/{number}.pdf")
        for number, title in enumerate(TITLES)
    ]
    return PAGE % between.join(items)


@pytest.mark.parametrize("between", ["\n", "</li>\n", "", "</li>"])
def test_a_page_without_end_tags_or_line_ends_is_read_as_any_other(between: str) -> None:
    page = _page(between)
    entries = _import(page, "list.html").account["entries"]
    assert isinstance(entries, list)
    assert [(one["title"], one["authors"], one["venue"], one["year"]) for one in entries] == [
        (title, "Ada Example and Ben Sample", "ICML", number + 10 + 2000)
        for number, title in enumerate(TITLES)
    ]
    lines = page.split("\n")
    assert all("<b>" in lines[one["line"] - 1] for one in entries)


def test_the_account_counts_the_lines_of_the_file() -> None:
    page = _page()
    read = _read(page, "list.html")
    assert read.lines == len(page.split("\n"))
    reasons = {remark.reason for remark in read.skipped}
    assert "navigation" in reasons
    assert not any("document.write" in part.text for part in read.parts)


@pytest.mark.parametrize(
    "shape",
    [
        '<div class="paper"><div class="title">%s</div><div>Ada Example and Ben Sample</div>'
        '<div><em>ICML</em> 2020</div><a href="https://doi.org/10.1000/%d">doi</a></div>',
        "<article><p><b>%s</b></p><p>Ada Example and Ben Sample</p><p>ICML 2020 "
        '<a href="https://doi.org/10.1000/%d">doi</a></p></article>',
        "<dl><dt><b>%s</b></dt><dd>Ada Example and Ben Sample</dd><dd>ICML 2020 "
        '<a href="https://doi.org/10.1000/%d">doi</a></dd></dl>',
        "<table><tr><td><b>%s</b></td><td>Ada Example and Ben Sample</td><td>ICML 2020</td>"
        '<td><a href="https://doi.org/10.1000/%d">doi</a></td></tr></table>',
        "<font size=2><p><b>%s</b><br>Ada Example and Ben Sample<br>ICML 2020 "
        '<a href="https://doi.org/10.1000/%d">doi</a></font>',
    ],
    ids=["boxes", "articles", "terms", "tables", "old pages"],
)
def test_entries_are_found_in_what_pages_arrange_them_with(shape: str) -> None:
    page = "<html><body><h1>Things</h1>" + "\n".join(
        shape % (title.replace("&", "&amp;"), number) for number, title in enumerate(TITLES)
    )
    entries = _import(page, "list.html").account["entries"]
    assert isinstance(entries, list)
    assert [one["title"] for one in entries] == list(TITLES)
    assert {one["authors"] for one in entries} == {"Ada Example and Ben Sample"}
    assert {one["year"] for one in entries} == {2020}


def test_a_cell_over_several_rows_is_in_each_and_one_over_all_columns_is_a_section() -> None:
    page = """<html><table><tr><th>Paper<th>Venue<th>Year
    <tr><td colspan=3>Boxes
    <tr><td><a href="https://arxiv.org/abs/2001.00001">Lifting Heavy Boxes</a><td>ICML
    <td rowspan=2>2020
    <tr><td><a href="https://arxiv.org/abs/2001.00002">Nets that Fall and Rise</a><td>ICLR
    <tr><td colspan=3>Doors
    <tr><td><a href="https://arxiv.org/abs/2001.00003">Doors at Rest and Play</a><td>ICML<td>2021
    </table>"""
    entries = _import(page, "list.html").account["entries"]
    assert isinstance(entries, list)
    assert [(one["venue"], one["year"], one["section"]) for one in entries] == [
        ("ICML", 2020, ["Boxes"]),
        ("ICLR", 2020, ["Boxes"]),
        ("ICML", 2021, ["Doors"]),
    ]


def test_what_is_hidden_or_a_form_is_skipped_with_a_reason() -> None:
    page = _page().replace(
        "</ul>", '</ul><p hidden>Draft <a href="https://d.example">x</a></p><form>Search</form>'
    )
    reasons = {one.reason for one in _read(page, "list.html").skipped}
    assert {"hidden on the page", "a form"} <= reasons


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "shift_jis", "gb18030"])
def test_a_page_is_read_in_the_encoding_that_it_names(encoding: str) -> None:
    name = {"windows-1252": "Café", "shift_jis": "図", "gb18030": "图"}.get(encoding, "Ødegård")
    page = _page().replace("charset=utf-8", f"charset={encoding}").replace("Lifting", name)
    data = page.encode(encoding)
    assert f"{name} Heavy Boxes" in {one.title for one in _read(data, "list.html").entries}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (_page().replace("Lifting", "Café").encode("latin-1"), "is not UTF-8 (byte "),
        (b"<html><meta charset=punycode>", "is in the encoding punycode; save it as UTF-8"),
        (b"\x00\x01\x02<html>", "is not text"),
        (b"%PDF-1.7 %\xe2\xe3", "is PDF"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableInputError, match=re.escape(message)):
        read_file(data, "list.html")


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    [
        *("<!--", "<a ", "<a '", '<a ="', "</a ", "<b>", "<div>", "<ul><li>", "<table><tr><td>"),
        *("<a href=x>", "<li>x", "<dl><dt>x<dd>y", "<span><div>", "<blockquote>", "&#99999999;"),
    ],
)
def test_hostile_pages_are_read_to_their_end(part: str) -> None:
    """A quadratic reader takes minutes for one of them."""
    read = _read("<html>" + part * (60_000 // len(part)) + "<p>-->The end.", "list.html")
    assert read.lines == 1


RST = """Things
======

.. toctree::

   other

Moving
------

* `Lifting Heavy Boxes <https://a.example/1.pdf>`_, Ada Example and Ben Sample. *ICML* 2010.
* `Nets that Fall and Rise <https://a.example/2.pdf>`_,
  Ada Example and Ben Sample. *ICML* 2011. `code <https://a.example/code>`__

  .. image:: pic.png

* :doc:`Doors at Rest <doors>`, Ada Example and Ben Sample. *ICML* 2012. :arxiv:`2401.00001`

.. card:: More

   * `Walls vs. Windows <https://a.example/4.pdf>`_, Ada Example and Ben Sample. *ICML* 2013.

.. include:: /etc/hostname

.. raw:: html

   <script>alert(1)</script>
"""


def test_directives_and_roles_of_other_tools_keep_what_they_hold() -> None:
    read = _read(RST, "list.rst")
    assert [entry.title for entry in read.entries] == [
        "Lifting Heavy Boxes",
        "Nets that Fall and Rise",
        "Doors at Rest",
        "Walls vs. Windows",
    ]
    assert [entry.year for entry in read.entries] == [2010, 2011, 2012, 2013]
    urls = {part.url for part in read.parts}
    assert {"pic.png", "https://arxiv.org/abs/2401.00001"} <= urls
    assert not any("root" in part.text for part in read.parts)
    reasons = " ".join(remark.reason for remark in read.skipped)
    assert "the directive toctree" in reasons
    assert '"include" directive disabled' in reasons
    assert '"raw" directive disabled' in reasons


def test_a_missing_docutils_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_name: str) -> None:
        raise ModuleNotFoundError("No module named 'docutils'", name="docutils")

    monkeypatch.setattr(files_module, "import_module", fail)
    with pytest.raises(UsageError, match=r"pip install 'paper-catalog\[rst\]'"):
        read_file(RST.encode(), "list.rst")


def test_lists_nested_too_deeply_are_refused() -> None:
    text = "".join("  " * depth + "- a\n\n" for depth in range(400))
    with pytest.raises(UnreadableInputError, match="nested too deeply"):
        read_file(text.encode(), "list.rst")
