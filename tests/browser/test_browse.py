"""What a reader does: search, filter, open a paper, copy its citation."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

ALL = 106


def titles(page: Page) -> list[str]:
    return page.locator("#cat-list .cat-item__title").all_text_contents()


def open_filters(page: Page, title: str) -> None:
    group = page.locator("details.cat-facet", has=page.locator("summary", has_text=title))
    if group.get_attribute("open") is None:
        group.locator("summary").click()


def test_a_name_is_found_without_its_diacritics_and_marked(page: Page) -> None:
    page.get_by_role("searchbox").fill("simeoni")
    expect(page.locator("#cat-count")).to_have_text(f"1 of {ALL} papers")
    assert titles(page) == ["DINOv3"]
    expect(page.locator("mark.cat-match")).to_have_text("Siméoni")


def test_diacritics_typed_find_plain_letters(page: Page) -> None:
    page.get_by_role("searchbox").fill("dïnôv3")
    expect(page.locator("#cat-count")).to_have_text(f"2 of {ALL} papers")
    assert "DINOv3" in titles(page)


def test_every_word_must_match_and_the_exact_title_comes_first(page: Page) -> None:
    page.get_by_role("searchbox").fill("segment any")
    expect(page.locator("#cat-list .cat-item__title").first).to_have_text("Segment Anything")
    page.get_by_role("searchbox").fill("zebra")
    expect(page.locator(".cat-empty")).to_contain_text("No papers match. No paper has “zebra”")


def test_a_venue_is_found_under_its_other_name(page: Page) -> None:
    page.get_by_role("searchbox").fill("venue:neurips")
    expect(page.locator("#cat-count")).to_have_text(re.compile(rf"^[1-9]\d* of {ALL} papers$"))
    found = page.locator("#cat-count").inner_text()
    for text in ("venue:nips", "nips"):
        page.get_by_role("searchbox").fill(text)
        expect(page.locator("#cat-hint")).to_be_empty()
        expect(page.locator("#cat-count")).to_have_text(found)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "https://arxiv.org/abs/2304.07193",
            "DINOv2: Learning Robust Visual Features without Supervision",
        ),
        ("2304.07193", "DINOv2: Learning Robust Visual Features without Supervision"),
        ("10.1109/CVPR.2016.90", "Deep Residual Learning for Image Recognition"),
    ],
)
def test_an_identifier_leads_to_its_paper(page: Page, base: str, text: str, title: str) -> None:
    page.get_by_role("searchbox").fill(text)
    expect(page.locator("#cat-count")).to_have_text(f"1 of {ALL} papers")
    assert titles(page) == [title]
    page.goto(f"{base}about/")
    page.locator("#cat-header-q").click()
    page.keyboard.type(text)
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option")).to_contain_text(title)


def test_a_whole_word_comes_before_the_beginning_of_one(page: Page) -> None:
    authors = page.locator("#cat-list .cat-item__authors")
    for text, name in (("author:lu", r"\bLu\b"), ("He", r"\bHe\b")):
        page.get_by_role("searchbox").fill(text)
        expect(page.locator("#cat-count")).to_contain_text(" of ")
        expect(authors.first).to_contain_text(re.compile(name))


def test_what_does_not_exist_is_named_with_what_does(page: Page) -> None:
    for text, said in (
        ("foo:bar", "There is no field “foo”. Fields: author: title:"),
        ("has:foo", "Nothing under has: begins with “foo”. There are pdf, page, code"),
        (
            "section:nope",
            "Nothing under section: begins with “nope”. There are foundation-models, ",
        ),
        ("year:2025..2020", "write year:2020..2025"),
    ):
        page.get_by_role("searchbox").fill(text)
        expect(page.locator("#cat-hint")).to_contain_text(said)
        if not text.startswith("foo"):
            expect(page.locator(".cat-empty")).to_have_text("No papers match.")


def test_where_no_paper_has_all_words_the_closest_are_shown_and_the_page_says_so(
    page: Page, base: str
) -> None:
    text = "platonic representation hypothesis philosophy"
    closest = "No paper has all words; showing the closest"
    page.get_by_role("searchbox").fill(text)
    expect(page.locator("#cat-hint")).to_contain_text(closest)
    expect(page.locator("#cat-list .cat-item__title").first).to_contain_text("Platonic")
    page.goto(f"{base}about/")
    page.locator("#cat-header-q").click()
    page.keyboard.type(text)
    expect(page.get_by_role("option").first).to_contain_text("Platonic")
    expect(page.locator(".cat-popup__hint")).to_contain_text(closest)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("CLIP", "Learning Transferable Visual Models From Natural Language Supervision"),
        ("gpt4", "GPT-4 Technical Report"),
        ("dino v2", "DINOv2"),
        ("crosslingual transferability", "Cross-lingual Transferability"),
        ("analyzing generalization steering", "Analysing the Generalisation"),
        ("platonic representations", "The Platonic Representation Hypothesis"),
        ("brain alignment", "Brain"),
        ("huh et al 2024", "The Platonic Representation Hypothesis"),
        ("platonic OR nothing", "The Platonic Representation Hypothesis"),
    ],
)
def test_a_paper_is_found_as_readers_write_it(page: Page, text: str, title: str) -> None:
    page.get_by_role("searchbox").fill(text)
    expect(page.locator("#cat-count")).to_contain_text(" of ")
    expect(page.locator("#cat-list .cat-item__title").first).to_contain_text(title)
    expect(page.locator("#cat-hint")).to_be_empty()


def test_a_nickname_is_shown_next_to_the_title(page: Page, base: str) -> None:
    page.get_by_role("searchbox").fill("vit")
    expect(page.locator("#cat-list .cat-item .cat-name").first).to_have_text("ViT")
    page.goto(f"{base}papers/dosovitskiy2021image/")
    expect(page.locator("h1 .cat-name")).to_have_text("ViT")


def test_the_address_is_explained_where_it_asks_for_what_is_not_there(
    page: Page, base: str
) -> None:
    for search, said in (
        ("?section=nope", "The list has no section “nope”. It has foundation-models, "),
        ("?facet.nope=x", "The address asks for “facet.nope”, which is not a filter of this list."),
        ("?year=20x", "Write year=2024 or year=2020..2024."),
        ("?select=nobody2020nothing", "The list has no paper “nobody2020nothing”."),
    ):
        page.goto(f"{base}papers/{search}")
        expect(page.locator("#cat-hint")).to_contain_text(said)
    page.goto(f"{base}papers/?section=nope")
    page.get_by_role("searchbox").fill("platonic")
    expect(page.locator("#cat-count")).to_contain_text("1 of")
    expect(page.locator("#cat-hint")).to_be_empty()


def test_another_name_of_a_venue_in_the_address_is_understood(page: Page, base: str) -> None:
    page.goto(f"{base}papers/?venue=NIPS&utm_source=x")
    expect(page.locator("#cat-active")).to_contain_text("Venue: NeurIPS")
    expect(page.locator("#cat-hint")).to_be_empty()


def test_venue_and_year_filter_the_list_and_stand_in_the_address(page: Page) -> None:
    expect(page.locator("#cat-count")).to_have_text(f"{ALL} papers")
    page.get_by_role("button", name=re.compile(r"^CVPR\b")).click()
    page.get_by_label("From year").select_option("2022")
    page.get_by_label("To year").select_option("2022")
    expect(page.locator("#cat-active")).to_contain_text("Venue: CVPR")
    venues = page.locator("#cat-list .cat-item__venue").all_text_contents()
    assert venues
    assert set(venues) == {"CVPR 2022"}
    assert page.url.endswith("?venue=CVPR&year=2022")
    page.go_back()
    page.go_back()
    expect(page.locator("#cat-active")).not_to_contain_text("2022")
    expect(page.locator("#cat-active")).to_contain_text("Venue: CVPR")
    page.go_back()
    expect(page.locator("#cat-count")).to_have_text(f"{ALL} papers")


def test_an_address_brings_its_state(page: Page, base: str) -> None:
    page.goto(f"{base}papers/?q=representation&-venue=arXiv&year=2021..&sort=title")
    expect(page.get_by_role("searchbox")).to_have_value("representation")
    expect(page.locator("#cat-active")).to_contain_text("Venue: not arXiv")
    # The list of all papers stands there until the search has answered.
    expect(page.locator("#cat-count")).to_have_text(re.compile(rf"^\d+ of {ALL} papers$"))
    expect(page.locator("#cat-list > .cat-item")).not_to_have_count(ALL)
    found = titles(page)
    assert len(found) > 2
    assert found == sorted(found, key=lambda title: re.sub(r"\W+", " ", title).lower())


def test_counts_follow_the_search(page: Page) -> None:
    page.get_by_role("searchbox").fill("dinov3")
    expect(page.locator("#cat-count")).to_have_text(f"2 of {ALL} papers")
    expect(page.get_by_role("button", name=re.compile(r"^arXiv 1$"))).to_be_visible()


def test_an_empty_result_names_the_filter_to_drop(page: Page, base: str) -> None:
    page.goto(f"{base}papers/?q=dinov3&venue=CVPR")
    page.get_by_role("button", name="Show 2 papers without the filter Venue").click()
    expect(page.locator("#cat-count")).to_have_text(f"2 of {ALL} papers")
    expect(page).to_have_url(re.compile(r"\?q=dinov3$"))
    expect(page.locator("#cat-list")).to_be_focused()
    assert "DINOv3" in titles(page)


def test_the_slash_key_leads_to_the_search_box(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.get_by_role("searchbox")).to_have_value("a/b")


def test_the_header_of_every_page_searches(page: Page, base: str) -> None:
    page.goto(f"{base}about/")
    page.keyboard.press("/")
    page.keyboard.type("simeoni")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/papers/\?q=simeoni$"))
    expect(page.locator("#cat-count")).to_have_text(f"1 of {ALL} papers")


@pytest.mark.parametrize(
    ("address", "script", "box", "found", "text"),
    [
        ("submit/", "site.js", "#cat-header-q", "#cat-header-q-list [role=option]", "DINOv3"),
        ("papers/", "browse.js", "#cat-q", "#cat-count", "of 106 papers"),
    ],
)
def test_what_is_typed_before_the_scripts_have_come_is_searched_for(  # noqa: PLR0913
    page: Page, base: str, address: str, script: str, box: str, found: str, text: str
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/assets/catalog/{script}*", hold)
    page.goto(base + address, wait_until="commit")
    page.locator(box).fill("dinov3")
    expect(page.locator(box)).to_be_focused()
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator(found).first).to_contain_text(text)
    expect(page.locator(box)).to_have_value("dinov3")


def test_the_copied_bibtex_is_the_exported_one_without_the_fields_of_an_import(
    page: Page, site: Path
) -> None:
    page.get_by_role("searchbox").fill("simeoni")
    page.get_by_role("link", name="DINOv3", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("DINOv3")
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.get_by_role("status").first).to_have_text("Copied to the clipboard")
    copied = page.evaluate("navigator.clipboard.readText()")
    key = "simeoni2025dinov3"
    assert copied.startswith(f"@misc{{{key},")
    exported = (site / f"papers/{key}/{key}.bib").read_text(encoding="utf-8")
    assert exported.split("\n\n", 1)[1].strip() in (site / "export/all.bib").read_text(
        encoding="utf-8"
    )
    shown = [line for line in exported.splitlines() if line and not line.startswith(("%", "  x-"))]
    assert [line.rstrip(",") for line in copied.splitlines()] == [
        line.rstrip(",") for line in shown
    ]


def test_the_copied_reference_names_title_and_year(page: Page, base: str) -> None:
    page.goto(f"{base}papers/he2016deep/")
    page.get_by_role("button", name="Copy reference").click()
    expect(page.get_by_role("status").last).to_have_text("Copied to the clipboard")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Deep Residual Learning for Image Recognition" in copied
    assert "2016" in copied


def test_scripts_write_the_same_list_as_the_server(page: Page) -> None:
    expect(page.locator("#cat-facets summary").first).to_be_visible()
    read = "list => [...list.children].map(item => item.outerHTML)"
    served = page.locator("#cat-list").evaluate(read)
    assert len(served) == ALL
    page.get_by_role("searchbox").fill("simeoni")
    expect(page.locator("#cat-count")).to_have_text(f"1 of {ALL} papers")
    page.get_by_role("searchbox").fill("")
    expect(page.locator("#cat-count")).to_have_text(f"{ALL} papers")
    for _ in range(100):
        if page.locator("#cat-list > .cat-item").count() == ALL:
            break
        # More rows come when the end of the list comes into view, in a frame of its own.
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(50)
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_timeout(50)
    assert page.locator("#cat-list").evaluate(read) == served


def test_without_scripts_the_whole_list_is_there(chromium: Browser, base: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}papers/")
    assert len(titles(page)) == ALL
    page.get_by_role("link", name="DINOv3", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("DINOv3")
    assert page.locator("#bibtex").inner_text().startswith("@misc{simeoni2025dinov3")
    context.close()


def test_from_disk_links_lead_to_files(chromium: Browser, site: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Browse all").click()
    expect(page).to_have_url((site / "papers/index.html").as_uri())
    assert len(titles(page)) == ALL
    context.close()


def test_an_empty_list_says_so_and_offers_no_tools(chromium: Browser, empty_base: str) -> None:
    page = chromium.new_page()
    page.goto(f"{empty_base}papers/")
    expect(page.get_by_text("No papers yet.")).to_be_visible()
    page.get_by_role("searchbox").fill("things")
    expect(page.get_by_text("No papers yet.")).to_be_visible()
    assert not page.locator("#cat-tools:visible, #cat-facets button:visible").count()
    page.goto(empty_base)
    expect(page.get_by_role("link", name="Submit the first paper")).to_be_visible()
    expect(page.get_by_role("heading", name="Most recent")).to_have_count(0)
    expect(page.locator(".cat-figures")).to_contain_text(re.compile(r"papers\s*0"))
    expect(page.locator(".cat-figures")).to_contain_text(re.compile(r"section\s*1"))
    page.goto(f"{empty_base}sections/")
    expect(page.get_by_text("0 papers in 1 section.")).to_be_visible()
    page.close()


def test_every_section_of_the_tree_is_counted(page: Page, base: str) -> None:
    page.goto(f"{base}sections/")
    count = page.locator(".cat-tree__item").count()
    expect(page.get_by_text(f"{ALL} papers in {count} sections.")).to_be_visible()


def test_the_keys_have_an_edge_on_every_side(page: Page) -> None:
    page.get_by_role("button", name="Shortcuts").click()
    edges = page.locator("#cat-keys kbd").first.evaluate(
        "e => ['Top', 'Right', 'Bottom', 'Left'].map((s) => getComputedStyle(e)[`border${s}Width`])"
    )
    assert edges == ["1px"] * 4
