"""What pages ask for, where their links lead, and what they are without scripts or a server."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web import sites

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

WIDTHS = [320, 390, 768, 1280, 2560]
ALSO = (
    *("papers/simeoni2025dinov3/", "papers/he2016deep/"),
    *("sections/foundation-models/", "sections/alignment-in-vision/"),
)
"""Pages of types that are there already, with much on them."""
HINTS = "link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=prefetch], link[rel~=preload]"
LOADED = "[src], [srcset], [poster], object[data], link[rel~=stylesheet], link[rel~=icon]"

# What reads as text, yet takes no room: hidden from readers without scripts.
UNSEEN = """() => {
  for (const part of document.querySelectorAll("details")) part.open = true;
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const unseen = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const around = node.parentElement;
    if (!text || around.closest("script, style, template, title")) continue;
    // Tools do nothing without scripts, which show them.
    if (around.closest("button, dialog, [hidden]:has(button, select), .cat-hidden")) continue;
    // Material's drawer holds the navigation, which every page has as plain links elsewhere.
    if (around.closest(".md-sidebar, [aria-hidden=true]")) continue;
    if (!around.checkVisibility()) unseen.push(text.slice(0, 80));
  }
  return unseen;
}"""

TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => element.outerHTML.slice(0, 120));
}"""


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """An empty page of a reader whose browser runs no scripts."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    """An empty page of a new reader."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def test_no_page_asks_another_site_for_anything_nor_its_own_for_what_is_missing(
    reader: Page, every_type: dict[str, str], base: str, invented_base: str, compact_base: str
) -> None:
    asked: list[str] = []
    missing: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.on(
        "response",
        lambda response: missing.append(response.url) if response.status >= 400 else None,
    )
    for url in every_type.values():
        reader.goto(url)
        reader.evaluate("scrollTo(0, document.body.scrollHeight)")
        reader.wait_for_load_state("networkidle")
        asked += reader.locator(f"{HINTS}, {LOADED}").evaluate_all(
            "all => all.flatMap(one => [one.src, one.href, one.data, one.poster]).filter(Boolean)"
        )
    assert len(asked) > len(every_type)
    assert not {
        url for url in asked if not url.startswith((base, invented_base, compact_base, "data:"))
    }
    assert not missing


def test_browse_asks_no_other_site_while_it_is_used(reader: Page, base: str) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(f"{base}papers/")
    reader.get_by_role("searchbox").fill("representation")
    expect(reader.locator("#cat-count")).to_contain_text(" of ")
    reader.locator("#cat-facets button[aria-pressed]").first.click()
    reader.locator("#cat-list a.cat-item__title").first.click()
    expect(reader.locator("article.cat-paper")).to_be_visible()
    assert asked
    assert not {url for url in asked if not url.startswith(base)}


def test_an_unknown_address_gets_the_page_that_helps(reader: Page, base: str) -> None:
    response = reader.goto(f"{base}papers/no/such/paper/")
    assert response is not None
    assert response.status == 404
    expect(reader.get_by_role("heading", level=1)).to_be_visible()
    reader.get_by_role("main").get_by_role("link", name="all papers").click()
    expect(reader).to_have_url(f"{base}papers/")


def test_every_type_of_page_reads_without_scripts(plain: Page, every_type: dict[str, str]) -> None:
    unseen: dict[str, list[str]] = {}
    for name, url in every_type.items():
        plain.goto(url)
        expect(plain.get_by_role("heading", level=1)).to_be_visible()
        unseen[name] = plain.evaluate(UNSEEN)
    assert not {name: texts for name, texts in unseen.items() if texts}


def test_without_scripts_every_page_leads_to_the_others(plain: Page, base: str) -> None:
    plain.goto(base)
    links = plain.locator("a:visible").evaluate_all("found => found.map(one => one.href)")
    for address in ("papers/", "sections/", "submit/", "about/"):
        assert base + address in links


def test_without_scripts_a_redirect_still_leads_on(plain: Page, invented_base: str) -> None:
    plain.goto(f"{invented_base}papers/sample2023things/")
    expect(plain).to_have_url(f"{invented_base}papers/sample2024things/")


def test_no_page_is_wider_than_the_window(
    reader: Page, every_type: dict[str, str], base: str
) -> None:
    wide: dict[str, list[str]] = {}
    for url in {*every_type.values(), *(base + address for address in ALSO)}:
        reader.set_viewport_size({"width": WIDTHS[0], "height": 800})
        reader.goto(url)
        for width in WIDTHS:
            reader.set_viewport_size({"width": width, "height": 800})
            wide[f"{url} at {width}"] = reader.evaluate(TOO_WIDE)
    assert not {where: found[:5] for where, found in wide.items() if found}


def test_from_disk_every_type_of_page_finds_its_files(reader: Page, site: Path) -> None:
    failed: list[tuple[str, str | None]] = []
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.on("requestfailed", lambda one: failed.append((one.url, one.failure)))
    for address in sites.find_pages(site).values():
        if address == "404.html":  # servers send it; nobody opens it from disk
            continue
        reader.goto((site / address / "index.html").as_uri())
        expect(reader.get_by_role("heading", level=1)).to_be_visible()
        styled = reader.evaluate("getComputedStyle(document.body).getPropertyValue('--cat-line')")
        assert styled, address
    # Going on to the next page breaks off what the last one still waits for, its icon for example.
    missing = [url for url, reason in failed if reason != "net::ERR_ABORTED"]
    # Browsers load no modules from disk; pages do without.
    assert not [url for url in missing if not url.endswith(".js")]
    assert not [url for url in asked if urlsplit(url).scheme not in ("file", "data")]


def test_links_of_every_type_of_page_lead_to_files_of_the_site(
    plain: Page, site: Path, base: str
) -> None:
    broken: list[tuple[str, str]] = []
    for address in sites.find_pages(site).values():
        plain.goto(base + address)
        links = plain.locator("a[href], link[href]").evaluate_all(
            "all => all.map(one => new URL(one.getAttribute('href'), document.baseURI).href)"
        )
        inside = [link for link in dict.fromkeys(links) if link.startswith(base)]
        assert inside
        broken += [(address, link) for link in inside if not leads(site, link.removeprefix(base))]
    assert not broken


def leads(site: Path, address: str) -> bool:
    """Tell whether an address is that of a file, and its part after `#` an id in it."""
    split = urlsplit(address)
    path = site / unquote(split.path)
    file = path / "index.html" if path.is_dir() else path
    if not file.is_file():
        return False
    return not split.fragment or f'id="{unquote(split.fragment)}"' in file.read_text("utf-8")
