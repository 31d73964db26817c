"""Texts of strangers in every field: the browser shows them, runs none of them and asks nobody."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hostile import lists
from tests.shared import make_once
from tests.web import sites

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

TEXTS = {
    name: unicodedata.normalize("NFC", text)
    for name, text in {lists.PLAIN: "plain", **lists.ACCEPTED}.items()
}
"""As a list holds them: composed on entry."""
SURVEY = " ".join(
    ['">']
    + [lists.SHOWN[name] for name in ("script", "script end", "template of Jinja")]
    + [lists.SHOWN["quote and bracket"], "http-equiv=Content-Security-Policy &lt;"]
)
"""The survey's title, which is the site's name and in its description too."""
PLACES = {
    "title": "h1",
    "authors": ".cat-paper__authors a",
    "booktitle": ".cat-details dd",
    "venue": ".cat-paper__facts a",
    "publisher": ".cat-details dd",
    "tags": ".cat-details li",
    "awards": ".cat-award",
    "facets": ".cat-details li",
}
"""Where the page of a paper shows a field alone, as it stands."""

LOOK = """async ({pages, places, reference}) => {
  const LEFT_OUT = "[aria-labelledby=related], .cat-neighbours, .cat-paper__note, #abstract ~ *";
  const parse = async (key) => {
    const answer = await fetch(`papers/${key}/`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of page.querySelectorAll(LEFT_OUT)) part.remove();
    return page;
  };
  const describe = (part) => `${part.localName} ${part.getAttributeNames().sort().join(" ")}`;
  const outline = (page) => [...page.querySelectorAll("*")]
    .filter((part) => !/^citation_/.test(part.getAttribute("name") ?? ""))
    .map(describe).join("\\n");
  const differ = (one, other) => {
    const lines = other.split("\\n");
    return one.split("\\n").find((line, at) => line !== lines[at]);
  };
  const outlines = {};
  for (const [field, key] of Object.entries(reference)) {
    outlines[field] = outline(await parse(key));
  }
  const wrong = [];
  const look = async ({key, field, text}) => {
    const page = await parse(key);
    const found = outline(page);
    if (found !== outlines[field]) wrong.push(`${key}: not ${differ(outlines[field], found)}`);
    const place = places[field];
    const shown = place ? [...page.querySelectorAll(place)].map((one) => one.textContent) : [];
    if (place && !shown.includes(text)) wrong.push(`${key}: ${field} is not shown as given`);
    const data = JSON.parse(page.querySelector("script[type='application/ld+json']").textContent);
    if (data.name !== page.querySelector("h1").textContent) wrong.push(`${key}: JSON-LD`);
    const title = page.querySelector("meta[name=citation_title]").content;
    if (title !== data.name) wrong.push(`${key}: citation_title`);
  };
  for (let at = 0; at < pages.length; at += 20) {
    await Promise.all(pages.slice(at, at + 20).map(look));
  }
  return wrong;
}"""

# As going back does: loading the page anew for each text took two minutes.
GO = """(search) => {
  history.pushState(null, "", search);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
ITEMS = """() => [...document.querySelectorAll("#cat-list > *")].map((item) => ({
  key: item.dataset.key,
  title: item.querySelector(".cat-item__title").textContent,
  note: item.querySelector(".cat-item__note")?.textContent,
  outline: [...item.querySelectorAll(":not(.cat-item__note *)")].map(
    (part) => `${part.localName} ${part.getAttributeNames().sort().join(" ")}`,
  ).filter((one) => !/^(button|input|label|mark)/.test(one)).join(", "),
}))"""


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    return lists.make_list(TEXTS, SURVEY)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any]) -> Path:
    def build(folder: Path) -> None:
        lists.write_list(folder / "list", content)
        sites.build(folder / "list", folder / "served" / sites.PREFIX.strip("/"))

    return make_once(tmp_path_factory, "hostile", build) / "served"


@pytest.fixture(scope="module")
def hostile_base(served: Path) -> Iterator[str]:
    with sites.serve(served) as address:
        yield address


@pytest.fixture
def reader(chromium: Browser, hostile_base: str) -> Iterator[Page]:
    """A reader who must meet no script, no dialog, no error and no request to another site."""
    context = chromium.new_context()
    page = context.new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("dialog", lambda dialog: seen.append(f"dialog: {dialog.message}"))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("popup", lambda popup: seen.append(f"popup: {popup.url}"))
    page.goto(hostile_base)
    yield page
    context.close()
    assert seen
    assert [one for one in seen if not one.startswith((hostile_base, "data:"))] == []


def visit(page: Page, url: str) -> None:
    page.goto(url, wait_until="load")
    page.mouse.move(400, 300)
    assert page.evaluate("window.caught") is None, url
    assert page.locator("head > meta[http-equiv=Content-Security-Policy]").count() == 1, url


def test_each_text_in_each_field_in_turn_is_shown_as_given_and_breaks_no_element(
    reader: Page,
) -> None:
    pages, reference = [], {}
    for number, (name, text) in enumerate(TEXTS.items()):
        for field in [*lists.field_values(text, number), lists.ALL]:
            key = lists.to_key(number, field)
            if name == lists.PLAIN:
                reference[field] = key
            elif not (field == "title" and name in lists.NO_TITLES):
                # The longest text has a short name as a venue, and so a line more.
                is_as_plain = field != "venue" or lists.to_venue(text) == text
                is_as_plain &= field != lists.ALL or lists.is_bibtex(text)
                shown = lists.READABLE_TITLES.get(name, text) if field == "title" else text
                pages += [{"key": key, "field": field, "text": shown}] * is_as_plain
    assert len(pages) > 100 * len(PLACES)
    assert reader.evaluate(LOOK, {"pages": pages, "places": PLACES, "reference": reference}) == []


def test_pages_with_each_text_in_all_fields_run_nothing(reader: Page, hostile_base: str) -> None:
    for number in range(len(TEXTS)):
        visit(reader, f"{hostile_base}papers/{lists.to_key(number, lists.ALL)}/")
        expect(reader.locator("article.cat-paper h1")).to_be_visible()


def test_pages_of_sections_show_their_titles_and_run_nothing(
    reader: Page, hostile_base: str
) -> None:
    for number, text in enumerate(TEXTS.values()):
        visit(reader, f"{hostile_base}sections/section-{number}/")
        title = reader.locator("article h1").text_content()
        assert title is not None
        assert text in title


def test_every_other_page_runs_nothing(reader: Page, hostile_base: str) -> None:
    for address in ("", "sections/", "charts/", "health/", "about/", "submit/", "changelog/"):
        visit(reader, hostile_base + address)
        expect(reader.get_by_role("heading", level=1)).to_be_visible()


def test_the_name_and_the_description_of_the_site_are_shown_as_given(
    reader: Page, hostile_base: str
) -> None:
    name = unescape(SURVEY)  # a name in mkdocs.yml may hold references, as themes take it
    for address in ("", "papers/", "404.html"):
        visit(reader, hostile_base + address)
        assert name in reader.title()
        logo = reader.locator("header .md-logo")
        assert logo.get_attribute("title") == logo.get_attribute("aria-label") == name
        assert name in reader.locator("header .md-header__topic").first.inner_text()
    description = reader.locator("head > meta[name=description]").get_attribute("content")
    assert description == f"Reading list: {SURVEY}"


def test_the_browse_page_lists_and_searches_every_text(reader: Page, hostile_base: str) -> None:
    outlines = {}
    visit(reader, f"{hostile_base}papers/")
    for number, (name, text) in enumerate(TEXTS.items()):
        reader.evaluate(GO, f"?section=section-{number}")
        fields = [*lists.field_values(text, number), lists.ALL]
        fields = [one for one in fields if one != "title" or name not in lists.NO_TITLES]
        # Sections have the same number of papers, so the count alone may be that of the last one.
        last = lists.to_key(number, lists.ALL)
        expect(reader.locator(f"#cat-list > [data-key={last}]")).to_be_attached()
        expect(reader.locator("#cat-list > *")).to_have_count(len(fields))
        items = {item["key"]: item for item in reader.evaluate(ITEMS)}
        for field in fields:
            item = items[lists.to_key(number, field)]
            if name == lists.PLAIN:
                outlines[field] = item["outline"]
            if field == "title":
                assert item["title"] == lists.READABLE_TITLES.get(name, text)
            if field != lists.ALL or lists.is_bibtex(text):
                assert item["outline"] == outlines[field], (name, field)
        reader.get_by_role("searchbox").first.fill(text[:200])
        reader.wait_for_timeout(30)
        assert reader.evaluate("window.caught") is None, name


def test_downloads_lie_under_names_made_of_keys_alone(served: Path) -> None:
    downloads = (path for path in served.glob("*/export/**/*") if path.is_file())
    names = [path.name for path in downloads]
    assert names
    assert [name for name in names if not re.fullmatch(r"[a-z0-9.-]+", name)] == []
