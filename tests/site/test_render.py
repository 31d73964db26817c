"""Stamping papers and sections into a finished site folder."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from catalog.errors import TemplateFaultError
from catalog.model.catalog import Catalog
from catalog.site import SiteFolderError, stamp_site
from catalog.site.sitemap import MOST_ADDRESSES, render_sitemap

HOSTILE = (
    "</title></script><script>alert(1)</script> \"q\" 'a' & $x$ \\1 {{ 7*7 }} "
    "<!-- catalog:home --> catalog-frame-title"
)

URL = "https://example.org/list/"
VOID = frozenset(["meta", "link", "input", "br", "img"])
Tag = tuple[str, dict[str, str | None]]


class Page(HTMLParser):
    """Reads a page with Python's own parser: its tags, its texts, and whether it is nested well."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))

    def find(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        return [
            found
            for name, found in self.tags
            if name == tag and all(found.get(k) == v for k, v in attributes.items())
        ]

    def text_of(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag]


IN_COINS = ("papers/index.html", "sections/small-things/", "sections/measures/")
"""Pages that list the full paper, with a machine-readable line."""
IN_FEEDS = ("feed.", "sections/things/feed.")

Stamp = Callable[[str], Path]


def read_all(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def read_page(site: Path, address: str) -> Page:
    return Page((site / address / "index.html").read_text(encoding="utf-8"))


def with_paper(text: str, **changes: object) -> str:
    """Return papers.yaml with fields of its full paper changed; None takes a field away."""
    data = yaml.safe_load(text)
    data["papers"][0]["arxiv"] = "2401.10000"
    for name, value in changes.items():
        data["papers"][0][name] = value
        if value is None:
            del data["papers"][0][name]
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def changed_files(before: Path, after: Path) -> set[str]:
    old, new = read_all(before), read_all(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def test_every_paper_and_section_has_its_page(stamp: Stamp, invented_text: str) -> None:
    site = stamp(invented_text)
    for address in ("papers/sample2024things", "papers/minimal", "sections/things"):
        assert (site / address / "index.html").is_file()
    assert not (site / "_frame").exists()
    assert not (site / "sitemap.xml.gz").exists()


def test_stamping_twice_writes_the_same_bytes(stamp: Stamp, invented_text: str) -> None:
    assert not changed_files(stamp(invented_text), stamp(invented_text))


def test_a_site_without_the_frame_is_refused_in_one_line(
    invented_catalog: Catalog, tmp_path: Path
) -> None:
    with pytest.raises(SiteFolderError, match=r"_frame/page\.md"):
        stamp_site(invented_catalog, tmp_path, tmp_path)


def test_a_frame_without_its_mark_is_refused(
    invented_catalog: Catalog, engine_site: Path, tmp_path: Path
) -> None:
    (engine_site / "_frame/page/index.html").write_text("<head></head>", encoding="utf-8")
    with pytest.raises(SiteFolderError, match="catalog:frame"):
        stamp_site(invented_catalog, engine_site, tmp_path)


def test_an_unknown_part_of_a_page_is_named_with_the_known_ones(
    invented_catalog: Catalog, engine_site: Path, tmp_path: Path
) -> None:
    page = "<head></head><!-- catalog:hom --><!-- /catalog:hom -->"
    (engine_site / "about/index.html").write_text(page, encoding="utf-8")
    with pytest.raises(TemplateFaultError, match=r"about/.*'catalog:hom'.*home"):
        stamp_site(invented_catalog, engine_site, tmp_path)


def test_an_old_key_leads_to_the_paper_of_today(stamp: Stamp, invented_text: str) -> None:
    page = read_page(stamp(invented_text), "papers/sample2023things")
    assert page.find("meta", content="0; url=../sample2024things/")
    assert page.find("link", rel="canonical", href=f"{URL}papers/sample2024things/")
    assert page.find("a", href="../sample2024things/")
    assert page.find("meta", name="robots", content="noindex")


def test_a_paper_page_shows_every_field(stamp: Stamp, invented_text: str) -> None:
    site = stamp(invented_text)
    html = (site / "papers/sample2024things/index.html").read_text(encoding="utf-8")
    page = Page(html)
    shown = " ".join(text for _, text in page.texts)
    for fact in (
        "Carla van der Berg",
        "The Things Team",
        "et al.",
        "Best Paper",
        "Proceedings of the Third Conference on Invented Things",
        "10.1000/example",
        "2401.10000",
        "Example Press",
        "This is shown.",
        "Red",
        "two words",
        "Conference paper",
    ):
        assert fact in shown, fact
    for kind in ("code", "slides", "review", "other"):
        assert page.find("a", href=f"https://example.org/things/{kind}")
    assert "<em>Markdown</em> by the editors" in html
    assert page.find("link", rel="canonical") == [
        {"rel": "canonical", "href": f"{URL}papers/sample2024things/"}
    ]


def test_a_paper_with_only_the_required_fields_has_a_page(stamp: Stamp, invented_text: str) -> None:
    html = (stamp(invented_text) / "papers/minimal/index.html").read_text(encoding="utf-8")
    assert "Only What Must Be" in html
    assert "None" not in html


def test_a_paper_page_speaks_to_reference_managers(stamp: Stamp, invented_text: str) -> None:
    page = read_page(stamp(invented_text), "papers/sample2024things")
    tags = {
        name: [tag["content"] for tag in page.find("meta", name=name)]
        for name in ("citation_title", "citation_author", "citation_publication_date")
    }
    assert tags["citation_author"][1] == "van der Berg, Carla"
    assert tags["citation_publication_date"] == ["2024/05"]
    assert page.find("meta", name="citation_firstpage", content="10")
    assert page.find("meta", name="citation_lastpage", content="24")
    article = json.loads(page.text_of("script")[-1])
    assert article["@type"] == "ScholarlyArticle"
    assert article["identifier"]["value"] == "10.1000/example"
    assert article["datePublished"] == "2024-05"


def test_lists_carry_one_coins_span_a_paper(stamp: Stamp, invented_text: str) -> None:
    spans = read_page(stamp(invented_text), "papers").find("span", **{"class": "Z3988"})
    assert len(spans) == 2
    assert any("info%3Adoi%2F10.1000%2Fexample" in str(span["title"]) for span in spans)


@pytest.mark.slow
@pytest.mark.parametrize(
    "field", ["title", "booktitle", "publisher", "note", "abstract", "series", "tags", "awards"]
)
def test_hostile_text_shows_as_written_and_makes_no_element(
    stamp: Stamp, invented_text: str, field: str
) -> None:
    value = [HOSTILE] if field in ("tags", "awards") else HOSTILE
    site = stamp(with_paper(invented_text, **{field: value}))
    harmless = stamp(with_paper(invented_text, **{field: ["x"] if value != HOSTILE else "x"}))
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site)
        page = Page(path.read_text(encoding="utf-8"))
        other = Page((harmless / name).read_text(encoding="utf-8"))
        assert [tag for tag, _ in page.tags] == [tag for tag, _ in other.tags], name
        assert "alert(1)" not in " ".join(page.text_of("script")).replace("alert(1)\\u003c", "")


def test_hostile_names_of_the_list_make_no_element(stamp: Stamp, invented_text: str) -> None:
    data = yaml.safe_load(with_paper(invented_text))
    data["survey"]["title"] = data["sections"][0]["title"] = HOSTILE
    data["sections"][0]["description"] = data["survey"]["description"] = HOSTILE
    data["survey"]["authors"] = [{"literal": HOSTILE}]
    data["papers"][0]["authors"] = [{"literal": HOSTILE}]
    data["facets"]["colour"]["title"] = data["facets"]["colour"]["values"]["red"] = HOSTILE
    site = stamp(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    plain = stamp(with_paper(invented_text))
    for path in sorted(site.rglob("*.html")):
        tags = [tag for tag, _ in Page(path.read_text(encoding="utf-8")).tags]
        name = path.relative_to(site)
        if name.parts[0] == "authors" and len(name.parts) > 2:
            name = Path("authors/ada-example/index.html")
        other = Page((plain / name).read_text(encoding="utf-8"))
        assert tags.count("script") == len(other.find("script")), path
        assert tags.count("title") == len(other.find("title")), path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "lists"),
    [
        ({"abstract": "Another abstract."}, ("assets/catalog/data/abstracts-0.js",)),
        ({"series": "Another series"}, IN_COINS),
        ({"publisher": "Another Press"}, IN_COINS),
        ({"pages": "10-25"}, IN_COINS),
        ({"note": "Another note."}, (*IN_COINS, *IN_FEEDS, "assets/catalog/data/", "changelog/")),
    ],
)
def test_a_changed_field_changes_only_what_shows_it(
    stamp: Stamp, invented_text: str, changes: dict[str, object], lists: tuple[str, ...]
) -> None:
    changed = changed_files(
        stamp(with_paper(invented_text)), stamp(with_paper(invented_text, **changes))
    )
    changed = {name for name in changed if not name.startswith(("export/", "api/"))}
    assert "papers/sample2024things/index.html" in changed
    # The home page shows how to cite the survey, here by this very paper.
    own = ("papers/sample2024things/", "index.html", "authors/", "venues/conf/")
    assert not {name for name in changed if not name.startswith((*own, *lists))}
    assert "papers/minimal/index.html" not in changed


def test_a_changed_title_changes_its_neighbours_but_no_other_paper(
    stamp: Stamp, invented_text: str
) -> None:
    changed = changed_files(
        stamp(with_paper(invented_text)), stamp(with_paper(invented_text, title="Another Title"))
    )
    assert "papers/minimal/index.html" not in changed
    assert "about/index.html" not in changed
    assert {"papers/index.html", "papers/sample2024things/index.html"} <= changed


def test_the_sitemap_names_every_page_and_neither_frame_nor_redirects(
    stamp: Stamp, invented_text: str
) -> None:
    site = stamp(invented_text)
    tree = ElementTree.parse(site / "sitemap.xml")
    addresses = [element.text or "" for element in tree.iter() if element.tag.endswith("}loc")]
    assert f"{URL}papers/minimal/" in addresses
    assert URL in addresses
    assert not [address for address in addresses if "_frame" in address or "404" in address]
    assert not [address for address in addresses if "sample2023things" in address]
    assert "Sitemap: https://example.org/list/sitemap.xml" in (site / "robots.txt").read_text()


def test_the_missing_page_searches_from_any_depth(stamp: Stamp, invented_text: str) -> None:
    page = Page((stamp(invented_text) / "404.html").read_text(encoding="utf-8"))
    assert {form["action"] for form in page.find("form")} == {"/list/papers/"}
    assert page.find("link", rel="stylesheet", href="/list/assets/catalog/catalog.css")


def test_every_local_link_leads_to_a_file(stamp: Stamp, invented_text: str) -> None:
    site = stamp(invented_text)
    for path in sorted(site.rglob("*.html")):
        if path.name == "404.html":
            continue
        page = Page(path.read_text(encoding="utf-8"))
        for tag, name in (("a", "href"), ("link", "href"), ("script", "src"), ("form", "action")):
            for found in page.find(tag):
                address = re.sub("[?#].*", "", found.get(name) or "")
                if not address or ":" in address:
                    continue
                target = path.parent / address
                target = target / "index.html" if address.endswith("/") else target
                assert target.is_file(), (path.relative_to(site), address)


def test_scripts_of_the_project_are_kept(
    invented_catalog: Catalog, engine_site: Path, tmp_path: Path
) -> None:
    own = engine_site / "assets/catalog/catalog.css"
    own.parent.mkdir(parents=True)
    own.write_text("/* mine */", encoding="utf-8")
    stamp_site(invented_catalog, engine_site, tmp_path)
    assert own.read_text(encoding="utf-8") == "/* mine */"
    assert (engine_site / "assets/catalog/site.js").is_file()


def test_edit_links_lead_to_the_file_of_the_entry_on_github(
    stamp: Stamp, invented_text: str, invented_folder: Path
) -> None:
    text = invented_text.replace("https://example.org/repository", "https://github.com/o/r")
    page = read_page(stamp(text), "papers/minimal")
    assert page.find("a", href="https://github.com/o/r/edit/main/papers.yaml")
    assert any("/issues/new?title=Correct%20minimal" in str(a["href"]) for a in page.find("a"))
    assert not [
        a
        for a in read_page(stamp(invented_text), "papers/minimal").find("a")
        if "/edit/" in str(a["href"])
    ]


def test_an_entry_with_its_own_file_is_edited_there(
    stamp: Stamp, invented_text: str, invented_folder: Path
) -> None:
    (invented_folder / "papers").mkdir()
    entry = "key: own\ntitle: On Its Own\nsections: [things]\n"
    (invented_folder / "papers/own.yaml").write_text(entry, encoding="utf-8")
    text = invented_text.replace("https://example.org/repository", "https://github.com/o/r")
    assert read_page(stamp(text), "papers/own").find(
        "a", href="https://github.com/o/r/edit/main/papers/own.yaml"
    )


@pytest.mark.slow
def test_more_addresses_than_a_sitemap_takes_are_parted_and_an_index_names_the_parts() -> None:
    count = 2 * MOST_ADDRESSES + 1
    files = dict(render_sitemap([f"papers/{n}/" for n in range(count)], URL))
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ElementTree.fromstring(files.pop("sitemap.xml"))
    assert index.tag == f"{namespace}sitemapindex"
    assert [loc.text for loc in index.iter(f"{namespace}loc")] == [URL + name for name in files]
    found = [
        loc.text
        for text in files.values()
        for loc in ElementTree.fromstring(text).iter(f"{namespace}loc")
    ]
    assert found == [f"{URL}papers/{n}/" for n in range(count)]
    assert [text.count("<loc>") for text in files.values()] == [MOST_ADDRESSES] * 2 + [1]
