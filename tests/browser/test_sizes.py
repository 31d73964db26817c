"""What the browser fetches, in bytes as GitHub Pages sends them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import MANY
from tests.web import sites

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

OWN = ("assets/catalog/", "papers/")
MOST_BROWSE = 180_000
"""Bytes of the browse page with its data and scripts, beyond the theme's files: the real list."""
MOST_FIRST = 200_000
"""Bytes until the first results, whatever the length of the list."""
QUALITY = sites.ROOT / "docs" / "explanation" / "quality.md"


@pytest.fixture
def fetched(chromium: Browser) -> Iterator[tuple[Page, dict[str, int]]]:
    """A page, and the bytes of each answer that it got, by address."""
    context = chromium.new_context()
    sizes: dict[str, int] = {}
    context.on(
        "response",
        lambda response: sizes.update(
            {response.url: int(response.headers.get("content-length", "0"))}
        ),
    )
    yield context.new_page(), sizes
    context.close()


def open_browse(page: Page, base: str, total: int) -> None:
    page.goto(f"{base}papers/")
    expect(page.locator("#cat-facets summary").first).to_be_attached()
    expect(page.locator("#cat-count")).to_have_text(f"{total} papers")
    page.wait_for_load_state("networkidle")


def own(sizes: dict[str, int], base: str) -> dict[str, int]:
    """Return what is not the theme's, by address in the site."""
    inside = {url.removeprefix(base): size for url, size in sizes.items()}
    return {address: size for address, size in inside.items() if address.startswith(OWN)}


def test_the_browse_page_of_the_real_list_is_small(
    fetched: tuple[Page, dict[str, int]], base: str
) -> None:
    page, sizes = fetched
    open_browse(page, base, 106)
    found = own(sizes, base)
    assert {"papers/", "assets/catalog/engine.js", "assets/catalog/data/papers-0.js"} <= {*found}
    assert all(found.values())
    assert sum(found.values()) < MOST_BROWSE
    # The figure in the documentation is this one, to a kilobyte or two.
    text = QUALITY.read_text(encoding="utf-8")
    stated = int(text.split("browse page of the real list: ")[1].split(" kB")[0])
    assert abs(stated * 1000 - sum(found.values())) < 3_000, sum(found.values())


def test_first_results_of_a_long_list_need_one_chunk(
    fetched: tuple[Page, dict[str, int]], long_base: str
) -> None:
    page, sizes = fetched
    open_browse(page, long_base, MANY)
    found = own(sizes, long_base)
    later = [address for address in found if "/data/papers-" in address and "-0." not in address]
    assert later
    assert sum(size for address, size in found.items() if address not in later) < MOST_FIRST


def test_other_pages_load_nothing_of_the_search_until_its_box_has_the_focus(
    fetched: tuple[Page, dict[str, int]], base: str, site: Path
) -> None:
    page, sizes = fetched
    for address in sites.find_pages(site).values():
        if address == "papers/" or address.endswith(".html"):
            continue
        sizes.clear()
        page.goto(base + address)
        page.wait_for_load_state("networkidle")
        searched = [
            url for url in sizes if "/data/" in url or url.endswith(("engine.js", "worker.js"))
        ]
        assert not searched, address
    page.locator("#cat-header-q").focus()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("combobox", name="Search all papers")).to_be_focused()
    page.keyboard.type("dino")
    expect(page.get_by_role("option").first).to_be_visible()
