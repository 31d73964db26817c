"""What a reader does beyond searching: typos, keys, the header's results, selections, exports."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from catalog.checks.check import check
from catalog.model.catalog import Catalog
from catalog.render.citations import Format, write_citations
from catalog.render.citations.formats import BOM
from catalog.render.citations.selection import select
from catalog.store.load import load
from tests.browser.conftest import MANY
from tests.real_list import find_real_list

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

ALL = 106
KEYS = ["simeoni2025dinov3", "kirillov2023segment", "he2016deep"]
COUNT, TITLES = "#cat-count", "#cat-list .cat-item__title"


@pytest.fixture(scope="module")
def real_catalog() -> Catalog:
    """The real list."""
    checked = check(find_real_list(), today=date(2025, 11, 1))
    assert checked.catalog is not None
    return checked.catalog


@pytest.mark.parametrize(
    ("typed", "found"), [("framwork", "framework"), ("representaion", "representation")]
)
def test_a_typo_finds_what_was_meant_and_says_so(page: Page, typed: str, found: str) -> None:
    page.get_by_role("searchbox").fill(typed)
    expect(page.locator("#cat-hint")).to_contain_text(f"No paper has “{typed}”; showing “{found}”")
    marked = page.locator("mark.cat-match").first
    expect(marked).to_have_text(re.compile(f"^{found}$", re.IGNORECASE))
    page.get_by_role("searchbox").fill(found)
    expect(page.locator("#cat-hint")).to_have_text("")


def test_the_header_shows_results_and_keys_lead_to_them(page: Page, base: str) -> None:
    page.goto(f"{base}about/")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.wait_for_timeout(200)
    assert not [url for url in loaded if "assets/catalog" in url]
    page.keyboard.press("/")
    page.keyboard.type("simeoni")
    box = page.get_by_role("combobox")
    options = page.get_by_role("option")
    expect(options).to_have_count(1)
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    active = options.first.get_attribute("id")
    expect(box).to_have_attribute("aria-activedescendant", str(active))
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/papers/simeoni2025dinov3/$"))


def test_the_header_leads_to_all_results(page: Page, base: str) -> None:
    page.goto(f"{base}sections/")
    page.locator("#cat-header-q").click()
    page.keyboard.type("representation")
    page.get_by_role("option", name=re.compile(r"^All \d+ results$")).click()
    expect(page).to_have_url(re.compile(r"/papers/\?q=representation$"))


def test_keys_move_through_the_results_and_select(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("represent")
    expect(page.locator(COUNT)).to_have_text(re.compile(r"^\d\d of 106"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(TITLES).nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(page.locator(TITLES).nth(2)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.locator(".cat-pick").nth(1)).to_be_checked()
    expect(page.locator(".cat-tray__toggle")).to_have_text("1 selected")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_letters_can_be_kept_from_acting(page: Page) -> None:
    page.get_by_role("button", name="Shortcuts").click()
    page.get_by_label("Single keys act as shortcuts").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


def test_a_selection_survives_a_reload_and_is_shared(page: Page, base: str) -> None:
    for word in ("dinov3", "segment anything"):
        page.get_by_role("searchbox").fill(word)
        # The old list is there until the search has answered.
        first = page.locator("#cat-list .cat-item__title").first
        expect(first).to_have_text(re.compile(f"^{word}$", re.IGNORECASE))
        page.locator(".cat-pick").first.check()
    page.goto(f"{base}papers/")
    expect(page.locator(".cat-tray__toggle")).to_have_text("2 selected")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".cat-tray__status")).to_have_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "?select=simeoni2025dinov3," in link
    page.locator(".cat-tray__toggle").click()
    page.get_by_role("button", name="Remove DINOv3").click()
    expect(page.locator(".cat-tray__toggle")).to_have_text("1 selected")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator("#cat-tray")).to_be_hidden()
    page.goto(link)
    expect(page.locator(COUNT)).to_have_text(f"2 of {ALL} papers")
    page.get_by_role("button", name="Remove Selection: 2 papers").click()
    expect(page.locator(COUNT)).to_have_text(f"{ALL} papers")


def test_a_selection_that_names_an_old_key_shows_and_exports_the_paper_of_today(
    chromium: Browser, invented_base: str
) -> None:
    page = chromium.new_page()
    page.goto(f"{invented_base}papers/?select=sample2023things")
    expect(page.locator(COUNT)).to_have_text("1 of 2 papers")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.locator("#cat-export-panel").get_by_role("button", name="Download").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert re.findall(r"^@\w+\{(.*),$", text, re.MULTILINE) == ["sample2024things"]
    page.close()


@pytest.mark.parametrize("format_", list(Format))
def test_a_selection_is_exported_as_python_does(
    page: Page, base: str, real_catalog: Catalog, format_: Format
) -> None:
    known = [key for key in KEYS if key in real_catalog.paper_by_key]
    assert len(known) > 1
    page.goto(f"{base}papers/?select={','.join(known)}")
    expect(page.locator(COUNT)).to_have_text(f"{len(known)} of {ALL} papers")
    page.get_by_role("button", name="Export").click()
    panel = page.locator("#cat-export-panel")
    panel.get_by_label("Format").select_option(format_.value)
    with page.expect_download() as download:
        panel.get_by_role("button", name="Download").click()
    expected = write_citations(real_catalog, select(real_catalog, keys=known).papers, format_)
    assert download.value.suggested_filename == f"papers{format_.suffix}"
    assert Path(download.value.path()).read_bytes().decode() == expected
    panel.get_by_role("button", name="Copy").click()
    expect(panel.get_by_role("status")).to_have_text(re.compile(r"^Copied \d as "))
    # The mark at the beginning of a file is for programs that open files; pasted text has none.
    assert page.evaluate("navigator.clipboard.readText()") == expected.removeprefix(BOM)


def test_the_density_stands_in_the_address(page: Page) -> None:
    page.get_by_role("button", name="Compact").click()
    expect(page).to_have_url(re.compile(r"\?density=compact$"))
    expect(page.locator("#cat-list")).to_have_class(re.compile("cat-list--compact"))
    page.go_back()
    expect(page.locator("#cat-list")).not_to_have_class(re.compile("cat-list--compact"))


def test_without_workers_and_storage_all_works_too(chromium: Browser, base: str) -> None:
    # A page of its own: the theme's scripts do complain that they cannot store anything.
    page = chromium.new_page()
    page.add_init_script(
        "delete window.Worker; Object.defineProperty(window, 'localStorage', {get() { throw 1; }})"
    )
    page.goto(f"{base}papers/?q=framwork")
    expect(page.locator("#cat-hint")).to_contain_text("framework")
    page.locator(".cat-pick").first.check()
    expect(page.locator(".cat-tray__toggle")).to_have_text("1 selected")
    page.close()


def test_from_disk_the_list_is_searched_filtered_selected_and_exported(
    chromium: Browser, site: Path
) -> None:
    page = chromium.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((site / "papers/index.html").as_uri())
    expect(page.locator(COUNT)).to_have_text(f"{ALL} papers")
    page.get_by_role("searchbox").fill("dino v2")
    expect(page.locator(TITLES).first).to_contain_text("DINOv2")
    page.locator(".cat-pick").first.check()
    expect(page.locator(".cat-tray__toggle")).to_have_text("1 selected")
    with page.expect_download() as download:
        page.locator("#cat-tray").get_by_role("button", name="Download").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.count("@article{oquab2024dinov2,") == 1
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name=re.compile(r"^CVPR\b")).click()
    expect(page.locator("#cat-active")).to_contain_text("Venue: CVPR")
    page.locator(TITLES).first.click()
    expect(page.locator("article.cat-paper h1")).to_be_visible()
    assert not faults
    page.close()


def test_from_disk_the_header_finds_papers_and_the_submit_page_knows_them(
    chromium: Browser, site: Path
) -> None:
    page = chromium.new_page()
    page.goto((site / "about/index.html").as_uri())
    page.locator("#cat-header-q").click()
    page.keyboard.type("dinov3")
    page.get_by_role("option").first.click()
    expect(page.locator("article.cat-paper h1")).to_contain_text("DINOv3")
    page.goto((site / "submit/index.html").as_uri())
    page.locator("#cat-names").fill("https://arxiv.org/abs/2304.07193")
    expect(page.locator("#cat-alike")).to_contain_text("DINOv2")
    page.close()


def test_a_long_list_is_searched_whole_and_exported_across_chunks(
    chromium: Browser, long_base: str
) -> None:
    page = chromium.new_page()
    page.goto(f"{long_base}papers/")
    expect(page.locator(COUNT)).to_have_text(f"{MANY} papers")
    page.get_by_role("searchbox").fill("key:paper2024")
    expect(page.locator(COUNT)).to_have_text(re.compile(rf"^\d\d+ of {MANY} papers$"))
    found = int(page.locator(COUNT).inner_text().split()[0])
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(page.locator(TITLES).nth(50)).to_be_attached()
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.locator("#cat-export-panel").get_by_role("button", name="Download").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert len(re.findall(r"^@\w+\{paper2024x\d*,$", text, re.MULTILINE)) == found
    page.close()


def test_few_papers_of_a_long_list_are_exported_from_parts_of_its_files(
    chromium: Browser, long_base: str, long_project: Path
) -> None:
    catalog = load(long_project).catalog
    assert catalog is not None
    keys = [catalog.ordered[place].key for place in (3, 4, 700, MANY - 1)]
    page = chromium.new_page()
    statuses: list[int] = []
    page.on(
        "response",
        lambda answer: statuses.append(answer.status) if "/export/all" in answer.url else None,
    )
    page.goto(f"{long_base}papers/?select={','.join(keys)}")
    expect(page.locator(COUNT)).to_have_text(f"4 of {MANY} papers")
    page.get_by_role("button", name="Export").click()
    panel = page.locator("#cat-export-panel")
    for format_ in Format:
        panel.get_by_label("Format").select_option(format_.value)
        with page.expect_download() as download:
            panel.get_by_role("button", name="Download").click()
        expected = write_citations(catalog, select(catalog, keys=keys).papers, format_)
        assert Path(download.value.path()).read_bytes().decode() == expected, format_
    # Three parts of each file: two entries stand side by side.
    assert statuses == [206] * 3 * len(Format)
    page.close()
