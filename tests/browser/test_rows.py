"""Rows, filters and saved searches, and the tasks of a reader counted in clicks and keys."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.shared import make_once
from tests.web import sites

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

FACETS = """\
survey: {title: Invented List, links: {repository: "https://github.com/invented/list"}}
sections: [{id: things, title: Things}]
venues: {Conf: {kind: conference, aliases: [OldConf]}}
facets: {lab: {title: Lab, values: any}}
papers:
"""
PAPER = """\
- key: p{number}
  title: "Thing {number} of $\\\\ell_{digit}$ Norm"
  authors: [Ada Example]
  venue: Conf
  year: {year}
  sections: [things]
  facets: {{lab: [Laboratory {name}]}}
  tldr: "In short, thing {number}."
  abstract: "Paragraph about thing {number}."
"""

OTHER = """\
- {key: fraction, title: 'Half, or $\\frac{a}{b}$, in one Direction', authors: [Ada Example],
   year: 2019, venue: Conf, sections: [things], note: שלום עולם}
"""


def to_name(number: int) -> str:
    """Return a name of letters: values that differ in digits alone are other values."""
    return "".join(chr(ord("A") + int(digit)) for digit in f"{number:02}")


@pytest.fixture(scope="module")
def facets_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The served site of a list with an open facet of thirty values, math, abstracts and tldrs."""
    papers = "".join(
        PAPER.format(number=n, digit=n % 10, year=2020 + n % 5, name=to_name(n)) for n in range(30)
    )

    make = partial(sites.build_list, FACETS + papers + OTHER, "site_name: L\nplugins: [catalog]\n")
    with sites.serve(make_once(tmp_path_factory, "facets", make) / "served") as address:
        yield address


def test_ten_papers_are_on_the_first_screen(own: Page, base: str) -> None:
    own.goto(f"{base}papers/")
    expect(own.locator(".cat-facets__body")).to_be_visible()
    seen = own.locator(".cat-item").evaluate_all(
        "items => items.filter(item => item.getBoundingClientRect().bottom <= innerHeight).length"
    )
    assert seen >= 10


def test_bibtex_abstract_and_summary_unfold_in_the_row(own: Page, facets_base: str) -> None:
    own.goto(f"{facets_base}papers/")
    row = own.locator(".cat-item").first
    row.get_by_role("link", name="BibTeX").click()
    expect(row.locator(".cat-unfolded--bibtex code")).to_contain_text("@inproceedings{p")
    row.get_by_role("link", name="Abstract").click()
    expect(row.locator(".cat-unfolded--abstract")).to_contain_text("Paragraph about thing")
    row.get_by_role("link", name="TL;DR").click()
    expect(row.locator(".cat-unfolded--tldr")).to_contain_text("In short, thing")
    assert own.url.endswith("/papers/")
    row.get_by_role("link", name="BibTeX").click()
    expect(row.locator(".cat-unfolded--bibtex")).to_have_count(0)


def test_compact_rows_keep_pdf_and_code(own: Page, base: str) -> None:
    own.goto(f"{base}papers/?density=compact&has=code")
    row = own.locator(".cat-list--compact .cat-item").first
    expect(row.get_by_role("link", name="PDF")).to_be_visible()
    expect(row.get_by_role("link", name="Code")).to_be_visible()
    box = row.bounding_box()
    assert box
    assert box["height"] < 32


def test_an_author_in_a_row_leads_to_their_page(own: Page, base: str) -> None:
    own.goto(f"{base}papers/?q=dinov2")
    expect(own.locator("#cat-count")).to_contain_text(" of ")
    own.get_by_role("link", name="Maxime Oquab").first.click()
    expect(own).to_have_url(re.compile(r"/authors/maxime-oquab/$"))
    expect(own.get_by_role("heading", level=1)).to_have_text("Maxime Oquab")


def test_math_reads_as_unicode_and_is_found(own: Page, facets_base: str) -> None:
    own.goto(f"{facets_base}papers/")
    expect(own.locator(".cat-item__title").first).to_contain_text(re.compile("ℓ[₀-₉] Norm"))
    own.goto(f"{facets_base}papers/p7/")
    expect(own.get_by_role("heading", level=1)).to_have_text("Thing 7 of ℓ₇ Norm")
    assert own.title().startswith("Thing 7 of ℓ₇ Norm")


def test_math_without_signs_of_unicode_is_set_and_foreign_text_has_its_direction(
    own: Page, facets_base: str
) -> None:
    own.goto(f"{facets_base}papers/fraction/")
    title = own.get_by_role("heading", level=1)
    expect(title.locator("math mfrac")).to_have_count(1)
    expect(title).to_have_attribute("dir", "auto")
    own.goto(f"{facets_base}papers/?q=direction")
    expect(own.locator("#cat-count")).to_have_text("1 of 31 papers")
    note = own.locator(".cat-item__note")
    assert note.evaluate("note => getComputedStyle(note).direction") == "rtl"


def test_the_values_of_a_facet_lead_from_a_paper_to_others_that_have_them(
    own: Page, facets_base: str
) -> None:
    own.goto(f"{facets_base}papers/p7/")
    own.locator(".cat-details").get_by_role("link", name="Laboratory AH").click()
    expect(own.locator("#cat-count")).to_have_text("1 of 31 papers")
    expect(own.locator(".cat-item__title")).to_contain_text("Thing 7")


def test_an_open_facet_has_a_filter_with_a_box_to_find_a_value(own: Page, facets_base: str) -> None:
    own.goto(f"{facets_base}papers/")
    lab = own.locator("details.cat-facet", has=own.locator("summary", has_text="Lab"))
    lab.locator("summary").click()
    expect(lab.locator("li:visible")).to_have_count(8)
    lab.get_by_role("textbox", name="Find in Lab").fill("laboratory cc")
    expect(lab.locator("li:visible")).to_have_count(1)
    lab.get_by_role("button", name="Laboratory CC", exact=False).first.click()
    expect(own.locator("#cat-count")).to_have_text("1 of 31 papers")
    expect(own).to_have_url(re.compile(r"facet\.lab=Laboratory\+CC$"))
    own.goto(f"{facets_base}papers/?q=lab:%22laboratory cc%22")
    expect(own.locator("#cat-count")).to_have_text("1 of 31 papers")


def test_a_facet_has_a_chart_over_time_that_leads_to_its_papers(
    own: Page, facets_base: str
) -> None:
    own.goto(f"{facets_base}charts/")
    table = own.get_by_role("region", name="Lab over time")
    table.get_by_role("link", name="1", exact=True).first.click()
    expect(own.locator("#cat-count")).to_have_text("1 of 31 papers")


def test_a_search_is_saved_as_a_link(own: Page, base: str) -> None:
    own.goto(f"{base}papers/?venue=ICML&q=language")
    own.get_by_role("button", name="Save search").click()
    expect(own.get_by_role("button", name="Saved")).to_be_disabled()
    own.goto(f"{base}papers/")
    link = own.get_by_role("list", name="Saved searches").get_by_role("link")
    expect(link).to_have_text("“language” · Venue: ICML")
    link.click()
    expect(own).to_have_url(re.compile("q=language&venue=ICML"))
    own.get_by_role("button", name="Forget").click()
    expect(own.get_by_role("list", name="Saved searches")).to_be_hidden()


def test_arrows_work_on_a_fresh_page_and_the_filters_can_be_skipped(own: Page, base: str) -> None:
    own.goto(f"{base}papers/")
    expect(own.locator(".cat-facets__body")).to_be_visible()
    own.keyboard.press("ArrowDown")
    expect(own.locator(".cat-item__title").first).to_be_focused()
    own.locator("#cat-q").focus()
    for _ in range(4):
        own.keyboard.press("Tab")
        if own.locator(".cat-skip").evaluate("skip => skip === document.activeElement"):
            break
    expect(own.locator(".cat-skip")).to_be_focused()
    own.keyboard.press("Enter")
    expect(own.locator("#cat-list")).to_be_focused()


def test_the_keys_of_the_theme_respect_the_switch(own: Page, base: str) -> None:
    address = f"{base}submit/"
    own.goto(address)
    own.evaluate("localStorage.setItem('catalog-keys', 'off')")
    own.keyboard.press("n")
    own.wait_for_timeout(500)
    assert own.url == address
    own.evaluate("localStorage.removeItem('catalog-keys')")
    own.keyboard.press("n")
    expect(own).not_to_have_url(address)


def test_the_histogram_shows_in_forced_colours(chromium: Browser, base: str) -> None:
    context = chromium.new_context(forced_colors="active", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{base}papers/")
    bar = page.locator(".cat-bars span.is-inside").last
    expect(bar).to_be_visible()
    colours = bar.evaluate(
        "bar => [getComputedStyle(bar, '::before'), getComputedStyle(document.body)]"
        ".map(style => style.backgroundColor)"
    )
    assert colours[0] != colours[1]
    context.close()


@pytest.mark.parametrize("address", ["", "papers/"])
def test_without_scripts_the_search_box_says_what_to_do(
    chromium: Browser, base: str, address: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + address)
    note = page.locator(".cat-noscript-note")
    expect(note).to_contain_text("Search and filters need JavaScript")
    note.get_by_role("link", name="authors").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Authors")
    context.close()


def test_home_is_the_page_of_the_survey(own: Page, base: str) -> None:
    own.set_viewport_size({"width": 390, "height": 844})
    own.goto(base)
    assert own.title() == "Representation Potentials"
    box = own.locator("#cat-q").bounding_box()
    assert box
    assert box["y"] < 500
    expect(own.get_by_role("link", name="Jianglin Lu")).to_have_attribute(
        "href", re.compile(r"authors/jianglin-lu/$")
    )
    expect(own.get_by_role("link", name="Read the survey")).to_be_visible()
    data = own.locator("main script[type='application/ld+json']").evaluate(
        "script => JSON.parse(script.textContent)"
    )
    assert (data["@type"], data["mainEntity"]["@type"]) == ("CollectionPage", "Dataset")
    assert len(data["mainEntity"]["description"]) >= 50
    assert own.locator("meta[property='og:description']").get_attribute("content")
    footer = own.locator(".cat-footer")
    actions = own.locator(".cat-hero__actions")
    for name in ("Read the survey", "Repository", "Cite"):
        expect(actions.get_by_role("link", name=name)).to_be_visible()
    expect(own.get_by_text(re.compile(r"^Last updated"))).to_be_visible()
    expect(own.locator(".cat-figure a").first).to_have_text(re.compile("CKA scores"))
    expect(own.locator("code[id^='cite-']").first).to_contain_text("@inproceedings{lu")
    for text in ("CC0-1.0", "Contact", "Last change", "Repository", "Made with paper-catalog"):
        expect(footer).to_contain_text(text)


class Hand:
    """Counts what a reader presses."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def click(self, locator: object) -> None:
        self.count += 1
        locator.click()  # type: ignore[attr-defined]  # a Locator of Playwright

    def type(self, text: str) -> None:
        self.count += 1
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.count += 1
        self.page.keyboard.press(key)


def find_bibtex(hand: Hand) -> None:
    hand.press("/")
    hand.type("dinov2")
    expect(hand.page.get_by_role("option").first).to_contain_text("DINOv2")
    hand.press("ArrowDown")
    hand.press("Enter")
    expect(hand.page.locator("#bibtex")).to_contain_text("oquab2024dinov2")


def see_what_is_new(hand: Hand) -> None:
    hand.click(hand.page.get_by_role("link", name="Everything new"))
    expect(
        hand.page.get_by_role("heading", name=re.compile(r"^\d{4}-\d\d-\d\d$")).first
    ).to_be_visible()


def export_speech(hand: Hand) -> None:
    page = hand.page
    hand.press("/")
    hand.type("speech year:2024..")
    hand.press("Enter")
    expect(page.locator("#cat-count")).to_contain_text(" of ")
    hand.click(page.locator("#cat-export"))
    page.locator("#cat-exporter select").select_option("ris")
    hand.count += 1
    with page.expect_download() as download:
        hand.click(page.locator("#cat-exporter").get_by_role("button", name="Download"))
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.count("TY  - ") > 0


def find_misspelt_author(hand: Hand) -> None:
    hand.press("/")
    hand.type("author:bojanovski")
    hand.press("Enter")
    expect(hand.page.locator("#cat-count")).to_contain_text("4 of ")
    expect(hand.page.locator("#cat-list")).to_contain_text("DINOv2")


def find_code_at_iclr(hand: Hand) -> None:
    hand.press("/")
    hand.type("venue:iclr has:code")
    hand.press("Enter")
    expect(hand.page.locator("#cat-count")).to_have_text(re.compile(r"^[1-9]\d* of "))


def share_five(hand: Hand) -> None:
    page = hand.page
    hand.click(page.get_by_role("link", name=re.compile("Browse all")))
    expect(page.locator(".cat-pick").first).to_be_visible()
    for number in range(5):
        hand.click(page.locator(".cat-pick").nth(number))
    hand.click(page.get_by_role("button", name="Copy link"))
    address = page.evaluate("navigator.clipboard.readText()")
    assert address.count(",") == 4


def submit_by_id(hand: Hand) -> None:
    page = hand.page
    hand.click(page.get_by_role("link", name="Submit", exact=True).first)
    hand.click(page.locator("#cat-names"))
    hand.type("2401.10000")
    link = page.locator("#cat-quick")
    expect(link).to_have_attribute(
        "href", re.compile(r"/issues/new\?template=paper\.yml.*2401\.10000")
    )
    hand.count += 1


@pytest.mark.parametrize(
    ("task", "most"),
    [
        (find_bibtex, 4),
        (see_what_is_new, 1),
        (export_speech, 6),
        (find_misspelt_author, 3),
        (find_code_at_iclr, 3),
        (share_five, 7),
        (submit_by_id, 4),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_task_takes_so_many_clicks_and_keys_from_home(
    context: BrowserContext, base: str, task: Callable[[Hand], None], most: int
) -> None:
    page = context.new_page()
    page.goto(base)
    page.wait_for_load_state("networkidle")
    hand = Hand(page)
    task(hand)
    assert hand.count <= most
