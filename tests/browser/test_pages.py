"""Pages as readers and their browsers meet them: the content policy, pictures, related papers."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

PAGES = (
    "", "papers/", "papers/simeoni2025dinov3/", "papers/he2016deep/", "sections/",
    "sections/foundation-models/", "sections/alignment-in-vision/", "charts/", "submit/", "about/",
    "changelog/", "maintainers/", "health/", "404.html",
)  # fmt: skip


@pytest.fixture
def noting(chromium: Browser) -> Iterator[tuple[Page, list[str], list[str]]]:
    """A page, the messages of its console, and the addresses that it asked for."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    context.on("request", lambda request: asked.append(request.url))
    yield page, said, asked
    context.close()


@pytest.fixture
def reader(context: BrowserContext) -> Page:
    """A page without anything in it yet."""
    return context.new_page()


@pytest.mark.parametrize("address", PAGES)
def test_no_page_breaks_its_policy_or_asks_elsewhere(
    noting: tuple[Page, list[str], list[str]], base: str, address: str
) -> None:
    page, said, asked = noting
    page.goto(base + address, wait_until="networkidle")
    policy = page.locator("meta[http-equiv='Content-Security-Policy']")
    assert "default-src 'none'" in str(policy.get_attribute("content"))
    assert "unsafe" not in str(policy.get_attribute("content"))
    page.emulate_media(color_scheme="dark")
    for toggle in page.locator("label.md-header__button[for^=__palette]").all():
        if toggle.is_visible():
            toggle.click()
            break
    assert said == []
    assert [url for url in asked if not url.startswith(base)] == []
    # Material looks for sitemaps beside the targets of [rel=alternate].
    assert not [url for url in asked if "sitemap" in url]


@pytest.mark.parametrize("address", ["", "papers/he2016deep/", "charts/", "404.html"])
def test_an_injected_inline_script_or_style_or_request_is_refused(
    noting: tuple[Page, list[str], list[str]], base: str, address: str
) -> None:
    page, said, _ = noting
    page.goto(base + address)
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.injected = 1';
            document.body.append(script);
            const holder = document.createElement('div');
            holder.innerHTML = '<img src="https://elsewhere.example" onerror="window.injected=2">'
                + '<p style="color: red" id="styled">x</p>';
            document.body.append(holder);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.injected") is None
    assert page.evaluate("document.getElementById('styled').style.color") == ""
    assert any("Content Security Policy" in text for text in said)


def test_redirects_carry_a_policy_too(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert html.count("Content-Security-Policy") == 1, path


def test_the_policy_holds_from_disk(chromium: Browser, site: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((site / "papers/he2016deep/index.html").as_uri())
    assert not [text for text in said if "Content Security Policy" in text]
    font_size = page.locator(".cat-related__why").first.evaluate(
        "e => getComputedStyle(e).fontSize"
    )
    body = page.locator("article.md-content__inner").evaluate("e => getComputedStyle(e).fontSize")
    assert font_size != body
    context.close()


def test_the_changelog_is_that_of_the_list(reader: Page, base: str) -> None:
    reader.goto(f"{base}changelog/")
    expect(reader.locator("article h2")).to_have_count(1)
    expect(reader.locator("article .cat-item")).not_to_have_count(0)
    expect(reader.locator("article")).not_to_contain_text("catalog build")


def test_every_bar_with_a_name_is_a_link(reader: Page, base: str) -> None:
    reader.goto(f"{base}charts/")
    others = reader.locator(".cat-bars-list li:not(:has(a))")
    expect(others).to_have_count(1)
    expect(others).to_contain_text("other venues")


def test_a_bar_leads_to_the_papers_of_its_year(reader: Page, base: str) -> None:
    reader.goto(f"{base}charts/")
    reader.get_by_role("link", name=re.compile(r"\b16\b.*papers in 2021")).click()
    expect(reader).to_have_url(re.compile(r"/papers/\?year=2021$"))
    expect(reader.locator("#cat-count")).to_have_text(re.compile(r"^16 of 106 papers"))


def test_a_bar_of_a_section_leads_to_its_papers_of_the_year(reader: Page, base: str) -> None:
    reader.goto(f"{base}sections/alignment-in-vision/")
    bar = reader.locator(".cat-years__bar a").last
    count = bar.locator("text").text_content()
    bar.click()
    expect(reader).to_have_url(re.compile(r"/papers/\?section=alignment-in-vision&year=\d{4}$"))
    expect(reader.locator("#cat-count")).to_have_text(re.compile(rf"^{count} of 106 papers"))


def test_years_that_find_no_room_start_at_the_newest(chromium: Browser, long_base: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    for address in ("", "charts/"):
        page.goto(long_base + address)
        first, last = page.locator(".cat-years__bar").first, page.locator(".cat-years__bar").last
        expect(last).to_be_in_viewport(ratio=0.9)
        assert (first.bounding_box() or {"x": 0})["x"] < 0
        # And the oldest is reached.
        page.locator(".cat-years__bar a").first.focus()
        expect(first).to_be_in_viewport(ratio=0.9)
    page.close()


def test_the_number_of_a_section_never_breaks(chromium: Browser, base: str) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 844})
    page.goto(f"{base}sections/")
    lines = page.locator(".cat-tree__number").evaluate_all(
        """all => all.map((one) => {
          one.textContent = "11.2.10";
          const range = document.createRange();
          range.selectNodeContents(one);
          return range.getClientRects().length;
        })"""
    )
    assert set(lines) == {1}
    page.close()


def test_a_square_of_the_map_leads_to_the_papers_of_both_sections(reader: Page, base: str) -> None:
    reader.goto(f"{base}charts/")
    square = reader.get_by_role("link", name=re.compile("^3 papers in both")).first
    square.click()
    expect(reader.locator("#cat-count")).to_have_text(re.compile(r"^3 of 106 papers"))


def test_each_picture_opens_its_table_by_keyboard(reader: Page, base: str) -> None:
    reader.goto(f"{base}charts/")
    for summary in reader.locator("figure summary").all():
        summary.focus()
        reader.keyboard.press("Enter")
    expect(reader.locator("figure details table:visible")).to_have_count(4)


def test_an_author_leads_to_their_papers_and_a_related_paper_to_its_page(
    reader: Page, base: str
) -> None:
    reader.goto(f"{base}papers/simeoni2025dinov3/")
    reader.get_by_role("link", name="Maxime Oquab").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Maxime Oquab")
    expect(reader.locator(".cat-item")).to_have_count(2)
    reader.go_back()
    related = reader.locator(".cat-related li").first
    expect(related).to_contain_text("same authors: Huy V. Vo")
    related.get_by_role("link").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("DINOv2")


def test_a_paper_of_a_thousand_authors_shows_the_first_and_unfolds_the_rest(
    reader: Page, base: str
) -> None:
    reader.goto(f"{base}papers/geminiteam2023gemini/")
    data = reader.locator("script[type='application/ld+json']").first
    people = data.evaluate("script => JSON.parse(script.textContent).author")
    assert len(people) == 30
    more = reader.locator(".cat-paper__more")
    expect(more.locator("p")).to_be_hidden()
    more.get_by_text("and 1321 more authors").click()
    expect(more.locator("p")).to_be_visible()
    reader.goto(f"{base}papers/?q=gemini family")
    expect(reader.locator(".cat-item__authors").first).to_have_text(re.compile(r"et al\.$"))


def test_the_missing_page_searches(reader: Page, base: str) -> None:
    reader.goto(f"{base}404.html")
    expect(reader.get_by_role("heading", level=1)).to_have_text("This page does not exist")
    # It is made for the address of the published site.
    action = reader.locator("main form.cat-search").get_attribute("action")
    assert action == "/Representation-Alignment-Survey/papers/"
    reader.locator("main").get_by_role("searchbox").fill("dinov3")
    reader.keyboard.press("Enter")
    expect(reader.locator("#cat-count")).to_have_text(re.compile(r"^2 of 106 papers"))


def test_a_browser_finds_feeds_and_the_preview_card(reader: Page, base: str, site: Path) -> None:
    reader.goto(f"{base}sections/alignment-metrics/")
    hrefs = reader.locator("link[rel~=alternate]").evaluate_all("links => links.map(l => l.href)")
    for href in hrefs:
        assert reader.request.get(href).ok
    for address in ("", "papers/", "sections/alignment-metrics/", "papers/he2016deep/"):
        reader.goto(base + address)
        card = str(reader.locator("meta[property='og:image']").get_attribute("content"))
        name = card.split("/Representation-Alignment-Survey/")[1]
        size = reader.evaluate(
            """async (url) => {
                const image = new Image(); image.src = url; await image.decode();
                return [image.naturalWidth, image.naturalHeight];
            }""",
            base + name,
        )
        assert size == [1200, 630], address


def test_machine_readable_files_of_the_real_list_are_whole(site: Path) -> None:
    index = json.loads((site / "api/v1/index.json").read_text(encoding="utf-8"))
    assert index["total"] == 106
    assert len(list((site / "api/v1/papers").glob("*.json"))) == 106
    for path in site.rglob("feed.xml"):
        assert ElementTree.parse(path).getroot().tag.endswith("}feed")
    text = (site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "\n> " in text
    assert text.count("/papers/") >= 106


def test_nothing_is_asked_of_another_host_by_any_page(
    noting: tuple[Page, list[str], list[str]], base: str, site: Path
) -> None:
    page, _, asked = noting

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    for path in sorted(site.glob("papers/*/index.html"))[:12]:
        page.goto(base + path.relative_to(site).as_posix())
    assert [url for url in asked if not url.startswith(base)] == []


def read_scheme(page: Page) -> object:
    return page.evaluate("document.body.dataset.mdColorScheme")


def test_a_compact_page_has_the_colours_that_the_reader_chose(
    noting: tuple[Page, list[str], list[str]], compact_base: str
) -> None:
    page, said, _ = noting
    paper = compact_base + "papers/sample2024things/"
    page.emulate_media(color_scheme="dark")
    page.goto(paper)
    assert read_scheme(page) == "slate"
    page.emulate_media(color_scheme="light")
    page.goto(paper)
    assert read_scheme(page) == "default"
    page.goto(compact_base, wait_until="networkidle")
    while read_scheme(page) != "slate":  # the switch goes through its choices
        page.locator("label.md-header__button[for^=__palette]:visible").click()
    page.goto(paper, wait_until="networkidle")
    assert read_scheme(page) == "slate"
    assert not [line for line in said if not line.startswith("failed")]  # left while loading


def test_a_compact_page_is_searched_from_and_copied_from(
    noting: tuple[Page, list[str], list[str]], compact_base: str
) -> None:
    page, _, _ = noting
    page.goto(compact_base + "papers/sample2024things/")
    expect(page.get_by_role("button", name="Copy BibTeX")).to_be_visible()
    page.get_by_role("searchbox", name="Search all papers").fill("minimal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/?q=minimal")
    page.go_back()
    page.get_by_role("link", name="Other formats").click()
    expect(page.get_by_text("Selection: 1 paper")).to_be_visible()
