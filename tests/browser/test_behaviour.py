"""Search, filters and orders on the real list and on an invented one of 2,000, held against Python.

What each search must find is worked out here from the records, in a plain way of its own.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.render.labels import TYPE_LABELS, label_link, type_of
from catalog.store.load import load
from catalog.text.folding import fold
from tests.web import sites

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

COUNT, TITLES = "#cat-count", "#cat-list .cat-item__title"
CLOSEST = "showing the closest"


@dataclass
class Reader:
    """A page of a list, and what the list holds."""

    page: Page
    base: str
    catalog: Catalog

    @property
    def texts(self) -> list[list[str]]:
        return list_texts(self.catalog)

    @property
    def total(self) -> int:
        return len(self.catalog.papers)

    def open(self, search: str) -> None:
        self.page.goto(f"{self.base}papers/{search}")
        self.wait()

    def type(self, text: str) -> None:
        self.page.get_by_role("searchbox").fill(text)

    def wait(self) -> None:
        expect(self.page.locator("#cat-facets summary").first).to_be_attached()
        expect(self.page.locator(COUNT)).not_to_contain_text("loading")

    def expect_found(self, count: int) -> None:
        text = f"{self.total} papers" if count == self.total else f"{count} of {self.total} papers"
        expect(self.page.locator(COUNT)).to_have_text(text)

    def filter(self, title: str) -> "Group":
        return Group(self.page, title)

    def titles(self) -> list[str]:
        return self.page.locator(TITLES).all_text_contents()


@dataclass
class Group:
    """The values of one filter."""

    page: Page
    title: str

    def row(self, value: str) -> tuple[int, Callable[[], None], Callable[[], None]]:
        """Return the count of a value, and what includes and excludes it."""
        group = self.page.locator("details.cat-facet").filter(
            has=self.page.locator("summary", has_text=re.compile(rf"^{re.escape(self.title)}$"))
        )
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        for button in group.locator("button.cat-all").all():
            button.click()
        exclude = self.page.get_by_role("button", name=f"Exclude {value}", exact=True)
        item = group.locator("li").filter(has=exclude)
        exclude = item.get_by_role("button", name=f"Exclude {value}", exact=True)
        count = int(item.locator(".cat-count").inner_text())
        return count, item.locator("button.cat-value").click, exclude.click


@cache
def load_once(folder: Path) -> Catalog:
    catalog = load(folder).catalog
    assert catalog is not None
    return catalog


@pytest.fixture(scope="module", params=["real", "2,000"])
def opened(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Reader]:
    """A reader of the browse page of either list."""
    if request.param == "real":
        base, catalog = request.getfixturevalue("base"), load_once(sites.ROOT)
    else:
        base = request.getfixturevalue("long_base")
        catalog = load_once(request.getfixturevalue("long_project"))
    with open_reader(chromium, base, catalog) as reader:
        yield reader


@contextmanager
def open_reader(chromium: Browser, base: str, catalog: Catalog) -> Iterator[Reader]:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    reader = Reader(page, base, catalog)
    reader.open("")
    yield reader
    page.close()
    assert not errors


# Going back to the whole list, as the back button does: opening a list of 2,000 takes two seconds.
RESET = """() => {
  history.pushState(null, "", location.pathname);
  dispatchEvent(new PopStateEvent("popstate"));
}"""


@pytest.fixture
def reader(opened: Reader) -> Reader:
    """The reader with the whole list on the page."""
    opened.page.evaluate(RESET)
    opened.expect_found(opened.total)
    return opened


def texts_of(catalog: Catalog, paper: Paper) -> list[str]:
    """Return what a plain word is looked for in, folded."""
    venue = catalog.venue_of(paper)
    texts = (
        paper.title,
        " ".join(name.display for name in paper.authors),
        " ".join(
            filter(
                None,
                (catalog.venue_name(paper), *((venue.name, *venue.aliases) if venue else ())),
            )
        ),
        paper.key,
        str(paper.year or ""),
        *paper.names,
        *paper.tags,
        *(catalog.facet_values[id_][value] for id_ in paper.facets for value in paper.facets[id_]),
        *(f"{id_} {catalog.section_by_id[id_].title}" for id_ in paper.sections),
        TYPE_LABELS[type_of(catalog, paper)],
        paper.note or "",
        paper.tldr or "",
        paper.abstract or "",
    )
    return [fold(text) for text in texts]


@cache
def list_texts(catalog: Catalog) -> list[list[str]]:
    return [texts_of(catalog, paper) for paper in catalog.papers]


def has_word(texts: list[str], start: str) -> bool:
    return any(word.startswith(start) for text in texts for word in text.split())


def choose(catalog: Catalog) -> Paper:
    """Return a paper with words to search for, from the middle of the list."""
    papers = catalog.papers[len(catalog.papers) // 2 :]
    return next(p for p in papers if len(fold(p.title).split()) > 4 and p.venue and p.authors)


def test_beginnings_of_words_are_found(reader: Reader) -> None:
    word = max(fold(choose(reader.catalog).title).split(), key=len)
    for length in (3, 5, len(word)):
        start = word[:length]
        reader.type(start)
        reader.expect_found(sum(has_word(texts, start) for texts in reader.texts))


def test_all_words_are_needed_and_excluded_ones_forbidden(reader: Reader) -> None:
    first, second, third, *_ = sorted(fold(choose(reader.catalog).title).split(), key=len)[::-1]
    texts = reader.texts
    both = [t for t in texts if has_word(t, first) and has_word(t, second)]
    reader.type(f"{first} {second}")
    reader.expect_found(len(both))
    reader.type(f"{first} -{third}")
    reader.expect_found(sum(has_word(t, first) and not has_word(t, third) for t in texts))
    reader.type(f"-{first}")
    reader.expect_found(sum(not has_word(t, first) for t in texts))


def test_phrases_are_found_whole(reader: Reader) -> None:
    words = fold(choose(reader.catalog).title).split()
    phrase = " ".join(words[1:4])
    found = [texts for texts in reader.texts if any(f" {phrase} " in f" {text} " for text in texts)]
    reader.type(f'"{phrase}"')
    reader.expect_found(len(found))
    # What ends within a word is found nowhere: the page shows what is near, and says so.
    assert not any(f" {phrase[:-1]} " in f" {text} " for texts in reader.texts for text in texts)
    expect(reader.page.get_by_text(CLOSEST)).to_have_count(0)
    reader.type(f'"{phrase[:-1]}"')
    said = f"No paper has the phrase “{phrase[:-1]}”; {CLOSEST}"
    expect(reader.page.get_by_text(said)).to_be_visible()
    reader.type('"qzxv wqzx"')
    expect(reader.page.locator(".cat-empty")).to_be_visible()


def test_fields_narrow_the_search(reader: Reader) -> None:
    catalog = reader.catalog
    paper = choose(catalog)
    family = fold(str(paper.authors[0].family)).split()[0]
    authors = [fold(" ".join(n.display for n in p.authors)).split() for p in catalog.papers]
    reader.type(f"author:{family}")
    reader.expect_found(sum(any(w.startswith(family) for w in words) for words in authors))
    years = [p.year for p in catalog.papers if p.year and 2020 <= p.year <= 2023]
    reader.type("year:2020..2023")
    reader.expect_found(len(years))
    section = catalog.sections[1]
    inside = {
        inner.key
        for view in catalog.sections
        if f" {fold(section.title)} " in f" {fold(view.id)} {fold(view.title)} "
        for inner in catalog.papers_within[view.id]
    }
    reader.type(f'section:"{section.title}"')
    reader.expect_found(len(inside))
    reader.type("has:code")
    reader.expect_found(sum("code" in p.all_links for p in catalog.papers))
    name = fold(str(catalog.venue_name(paper)))
    venues = [texts[2].split() for texts in reader.texts]
    reader.type(f"venue:{name.split()[0]}")
    reader.expect_found(sum(any(w.startswith(name.split()[0]) for w in words) for words in venues))


def test_tags_are_searched_and_filtered(reader: Reader) -> None:
    tags = sorted({tag for paper in reader.catalog.papers for tag in paper.tags})
    if not tags:
        reader.type("tag:anything")
        expect(reader.page.locator(".cat-empty")).to_be_visible()
        return
    found = sum(tags[0] in paper.tags for paper in reader.catalog.papers)
    reader.type(f'tag:"{tags[0]}"')
    reader.expect_found(found)
    reader.type("")
    count, include, _ = reader.filter("Tag").row(tags[0])
    assert count == found
    include()
    reader.expect_found(found)


def test_exact_titles_come_first_then_beginnings_then_words_side_by_side(reader: Reader) -> None:
    title = choose(reader.catalog).title
    reader.type(title)
    expect(reader.page.locator(TITLES).first).to_have_text(title)
    start = " ".join(fold(title).split()[:2])
    starting = [p for p in reader.catalog.papers if fold(p.title).startswith(start)]
    reader.type(start)
    expect(reader.page.locator(COUNT)).not_to_have_text(f"1 of {reader.total} papers")
    shown = [fold(found) for found in reader.titles()]
    count = min(len(starting), len(shown))
    assert all(found.startswith(start) for found in shown[:count])


def test_a_value_is_included_excluded_and_off_and_counts_follow(reader: Reader) -> None:
    catalog = reader.catalog
    venue = catalog.usual_venue
    assert venue is not None
    inside = [p for p in catalog.papers if catalog.venue_name(p) == venue]
    count, include, exclude = reader.filter("Venue").row(venue)
    assert count == len(inside)
    include()
    reader.expect_found(len(inside))
    for kind in {type_of(catalog, p) for p in catalog.papers}:
        shown = reader.filter("Type").row(TYPE_LABELS[kind])[0]
        assert shown == sum(type_of(catalog, p) == kind for p in inside)
    # Of a filter that needs any of its values, the counts are those of the others.
    assert reader.filter("Venue").row(venue)[0] == len(inside)
    exclude()
    reader.expect_found(reader.total - len(inside))
    expect(reader.page).to_have_url(re.compile(r"\?-venue="))
    exclude()
    reader.expect_found(reader.total)


def test_links_of_several_kinds_are_all_needed(reader: Reader) -> None:
    kinds = sorted({kind for paper in reader.catalog.papers for kind in paper.all_links})[:2]
    expected = reader.catalog.papers
    for kind in kinds:
        _, include, _ = reader.filter("Has").row(label_link(kind))
        include()
        expected = tuple(p for p in expected if kind in p.all_links)
        if not expected:
            expect(reader.page.locator(".cat-empty")).to_contain_text("Without the filter Has")
            return
        reader.expect_found(len(expected))


def test_the_histogram_chooses_years_and_ranges(reader: Reader) -> None:
    years = reader.catalog.years
    last = max(years)
    bar = reader.page.locator(f".cat-bars [data-year='{last}']")
    bar.click()
    reader.expect_found(years[last])
    expect(reader.page).to_have_url(re.compile(rf"year={last}$"))
    reader.page.locator(f".cat-bars [data-year='{last - 3}']").click(modifiers=["Shift"])
    reader.expect_found(sum(years[year] for year in range(last - 3, last + 1)))
    expect(reader.page.get_by_label("From year")).to_have_value(str(last - 3))
    reader.page.go_back()
    reader.expect_found(years[last])
    bar.click()
    reader.expect_found(reader.total)


def test_every_order_is_the_one_of_its_name(reader: Reader) -> None:
    catalog = reader.catalog
    by_title = {paper.title: paper for paper in catalog.papers}
    keys: dict[str, Callable[[Paper], tuple[bool, object]]] = {
        "newest": lambda p: (p.year is None, -(p.year or 0)),
        "oldest": lambda p: (p.year is not None, p.year or 0),
        "title": lambda p: (False, fold(p.title)),
        "venue": lambda p: (not p.venue, (catalog.venue_name(p) or "").lower()),
        "added": lambda p: (p.added is None, -p.added.toordinal() if p.added else 0),
    }
    select = reader.page.locator("#cat-sort select")
    offered = select.locator("option").evaluate_all("all => all.map(one => one.value)")
    assert set(offered) - {""} == {
        name for name in keys if name != "added" or any(p.added for p in catalog.papers)
    }
    for name in [name for name in offered if name in keys]:
        reader.open(f"?sort={name}&q=-zzzz" if name == "newest" else f"?sort={name}")
        # The list that the server sent is replaced.
        expect(reader.page.locator("#cat-list > .cat-item").nth(19)).to_be_attached()
        shown = [keys[name](by_title[title]) for title in reader.titles()]
        assert shown == sorted(shown), name
        if name in ("title", "venue", "newest"):
            assert shown[0] == min(map(keys[name], catalog.papers)), name


def test_an_empty_result_says_what_to_drop_and_the_reader_drops_it(reader: Reader) -> None:
    paper = choose(reader.catalog)
    other = next(
        short
        for short in {reader.catalog.venue_name(p) for p in reader.catalog.papers}
        if short and short != reader.catalog.venue_name(paper)
    )
    reader.open(f'?q="{fold(paper.title)}"&venue={other}')
    reader.page.get_by_role("button", name="Show 1 paper without the filter Venue").click()
    reader.expect_found(1)
    assert reader.titles() == [paper.title]


def test_the_tray_survives_a_reload_and_downloads_what_is_in_it(
    opened: Reader, chromium: Browser
) -> None:
    with open_reader(chromium, opened.base, opened.catalog) as reader:
        fill_tray(reader)


def fill_tray(reader: Reader) -> None:
    chosen = [choose(reader.catalog), reader.catalog.papers[0]]
    for paper in chosen:
        reader.type(f'"{fold(paper.title)}"')
        box = reader.page.locator(f"li[data-key='{paper.key}'] .cat-pick")
        expect(reader.page.locator(TITLES).first).to_have_text(paper.title)
        box.check()
    reader.open("")
    expect(reader.page.locator(".cat-tray__toggle")).to_have_text("2 selected")
    with reader.page.expect_download() as download:
        reader.page.locator("#cat-tray").get_by_role("button", name="Download").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    keys = re.findall(r"^@\w+\{(.*),$", text, re.MULTILINE)
    assert sorted(keys) == sorted(paper.key for paper in chosen)
    reader.page.get_by_role("button", name="Show only these").click()
    reader.expect_found(2)
    reader.page.go_back()
    reader.expect_found(reader.total)
