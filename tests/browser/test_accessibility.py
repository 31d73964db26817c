"""What readers with a disability need: axe on every type of page, keyboard alone, little motion."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web import sites

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

AXE = sites.ROOT / "tests" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# axe leaves out the size of targets, a rule of WCAG 2.2 AA, unless it is named.
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
RUN = """async (options) => (await axe.run(document, options)).violations.flatMap(({id, nodes}) =>
  nodes.map((node) => `${id}: ${node.target}: ${node.failureSummary}`))"""
LOOKS = [
    ("light", 1280),
    ("dark", 1280),
    ("forced", 1280),
    ("dark", 390),
    ("light", 390),
]
BROWSE_STATES = {
    "results": "?q=representation",
    "one result": "?q=simeoni",
    "the closest": "?q=%22representation of nothing%22",
    "filters in use": "?venue=CVPR&-section=foundation-models&year=2015..2024&sort=title",
    "empty": "?q=dinov3&venue=CVPR",
    "compact": "?density=compact",
    "compact results": "?density=compact&q=representation",
}


def unfold_rows(page: Page) -> None:
    """Open all that unfolds in the first row with each part, once wide and once compact."""
    for kind in ("bibtex", "abstract", "tldr"):
        button = page.locator(f"[data-cat-unfold='{kind}']:visible").first
        if button.count():
            button.click()
            expect(page.locator(f".cat-unfolded--{kind}")).to_be_visible()


def fill_tray(page: Page) -> None:
    for box in page.locator(".cat-pick").all():
        box.check()
    page.locator(".cat-tray__toggle").click()
    expect(page.locator("#cat-tray-list")).to_be_visible()


def save_search(page: Page) -> None:
    page.get_by_role("button", name="Save search").click()
    expect(page.get_by_role("list", name="Saved searches")).to_be_visible()


def open_keys(page: Page) -> None:
    page.locator("#cat-list").focus()
    page.keyboard.press("?")
    expect(page.locator("#cat-keys")).to_be_visible()


OPENED: dict[str, tuple[str, Callable[[Page], None]]] = {
    "unfolded rows": ("", unfold_rows),
    "unfolded compact rows": ("?density=compact", unfold_rows),
    "selected papers": ("", fill_tray),
    "saved search": ("?venue=Conf", save_search),
    "export panel": ("", lambda page: page.locator("#cat-export").click()),
    "shortcuts": ("", open_keys),
}
MOST_STOPS = 400

FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // The choice of the palette is an unseen input, shown by the label beside it.
  const shown = element.matches(".md-option") ? element.nextElementSibling : element;
  const { x, y, width, height } = shown.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const isTop = ([right, down]) => {
    const top = document.elementFromPoint(x + width * right, y + height * down);
    return !top || shown.contains(top) || top.contains(shown);
  };
  return {
    name: (element.id && "#" + element.id) || element.outerHTML.slice(0, 160),
    hasOutline: outlineStyle !== "none" && parseFloat(outlineWidth) >= 1,
    isShown: shown.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && width > 0 && height > 0,
    isInView: x + width > 0 && x < innerWidth && y + height > 0 && y < innerHeight,
    isOnTop: [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]].some(isTop),
  };
}"""

LONG_MOTION = """() => {
  const found = [];
  const seconds = (text) => Math.max(...text.split(",").map((part) =>
    parseFloat(part) * (part.trim().endsWith("ms") ? 0.001 : 1)));
  for (const element of document.querySelectorAll("*")) {
    for (const pseudo of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      const moves = style.animationName !== "none" && seconds(style.animationDuration) > 0.01;
      const changes = style.transitionProperty !== "none"
        && (seconds(style.transitionDuration) > 0.01 || seconds(style.transitionDelay) > 0.01);
      const scrolls = style.scrollBehavior === "smooth";
      if (moves || changes || scrolls) {
        found.push(element.outerHTML.slice(0, 80) + (pseudo ?? ""));
      }
    }
  }
  return found;
}"""


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core. Without it the tests are skipped, and fail when `CI=true`."""
    if not AXE.is_file():
        reason = "axe-core is missing: make web"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return AXE.read_text(encoding="utf-8")


# A long list leaves out what is not in view; axe would measure guessed sizes there.
SHOW_ALL = """() => {
  const items = document.querySelectorAll(".cat-item");
  for (const item of items) item.style.contentVisibility = "visible";
}"""

# Scripts have had their data when no more answers arrive. Playwright's "networkidle" waits half a
# second for that, a minute for all pages in all schemes.
SETTLED = """() => new Promise((done) => {
  let seen = -1;
  const look = () => {
    const count = performance.getEntriesByType("resource").length;
    if (count === seen) done();
    seen = count;
    setTimeout(look, 100);
  };
  look();
})"""


# Rows below these are of the same templates with other texts. axe needs 0.7 ms per element, and the
# rows of the three longest pages are half of all elements: they are all looked at in one look.
SHORTEN = """(most) => {
  for (const list of document.querySelectorAll("main :is(ol, ul, dl, tbody, article)")) {
    const same = new Map();
    for (const part of [...list.children]) {
      const kind = `${part.localName} ${part.className}`;
      same.set(kind, (same.get(kind) ?? 0) + 1);
      if (same.get(kind) > most) part.remove();
    }
  }
}"""
MOST_ROWS = 30


def find_violations(page: Page, axe: str) -> dict[str, list[str]]:
    """Return what axe finds by each look: colour scheme and width of the window.

    A page is opened once and changes its look as it does for a reader whose evening comes.
    """
    found: dict[str, list[str]] = {}
    for scheme, width in LOOKS:
        show(page, scheme, width)
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(SHOW_ALL)
            page.evaluate(axe)
        violations = page.evaluate(RUN, OPTIONS)
        if violations:
            found[f"{scheme}-{width}"] = violations
        page.evaluate(SHORTEN, MOST_ROWS)
    return found


def show(page: Page, scheme: str, width: int) -> None:
    """Show the page by a look, and fail if it keeps another one's colours."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light",
        forced_colors="active" if scheme == "forced" else "none",
    )
    if page.locator("body[data-md-color-scheme]").count():
        if not page.locator("[data-md-component=palette]").count():
            page.reload()  # pages of a large list take the colours when they are opened
        named = "slate" if scheme == "dark" else "default"
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", named)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


@pytest.fixture
def view(chromium: Browser) -> Iterator[Page]:
    """An empty page of a reader whose pages do not move."""
    context = chromium.new_context(
        color_scheme="light", viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_on_any_type_of_page_in_any_look(
    view: Page, every_type: dict[str, str], axe: str
) -> None:
    found: dict[str, dict[str, list[str]]] = {}
    for name, url in every_type.items():
        view.goto(url)
        view.evaluate(SETTLED)
        found[name] = find_violations(view, axe)
    assert not {name: violations for name, violations in found.items() if violations}


@pytest.mark.parametrize("state", BROWSE_STATES)
def test_axe_finds_nothing_in_any_state_of_browse(
    view: Page, base: str, axe: str, state: str
) -> None:
    view.goto(f"{base}papers/{BROWSE_STATES[state]}")
    expect(view.locator("#cat-facets details").first).to_be_attached()
    open_all(view)
    assert not find_violations(view, axe)


@pytest.mark.parametrize("state", OPENED)
def test_axe_finds_nothing_in_what_opens_on_browse(
    view: Page, invented_base: str, axe: str, state: str
) -> None:
    search, open_ = OPENED[state]
    view.goto(f"{invented_base}papers/{search}")
    expect(view.locator("#cat-facets details").first).to_be_attached()
    open_(view)
    assert not find_violations(view, axe)


def test_axe_finds_nothing_in_the_results_below_a_box(view: Page, base: str, axe: str) -> None:
    view.goto(base)
    view.locator("#cat-q").fill('"vision of nothing" represntation')
    expect(view.get_by_role("option").first).to_be_visible()
    assert not find_violations(view, axe)
    expect(view.get_by_role("option").first).to_be_visible()


def test_rows_out_of_view_do_not_lie_on_each_other(chromium: Browser, base: str, axe: str) -> None:
    # Their sizes are guesses, which Lighthouse takes as they are.
    context = chromium.new_context(viewport={"width": 412, "height": 823}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{base}papers/")
    page.wait_for_load_state("networkidle")
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {runOnly: ['color-contrast', 'target-size']})")
    context.close()
    assert not [violation["id"] for violation in found["violations"]]


def test_axe_finds_nothing_on_a_redirect(view: Page, invented_site: Any, axe: str) -> None:  # noqa: ANN401
    address = sites.find_pages(invented_site)["redirect"]
    html = (invented_site / address / "index.html").read_text(encoding="utf-8")
    start = html.index("<meta http-equiv")
    view.set_content(html[:start] + html[html.index(">", start) + 1 :])
    assert not find_violations(view, axe)


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["", "papers/?q=simeoni", "submit/", "papers/he2016deep/"])
def test_every_stop_of_the_tab_key_shows_that_it_has_the_focus(
    page: Page, base: str, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    page.goto(base + address)
    page.wait_for_load_state("networkidle")
    open_all(page)
    stops = walk(page)
    assert len(stops) > 10
    needed = ("hasOutline", "isShown", "isInView", "isOnTop")
    faults = [(stop["name"], [name for name in needed if not stop[name]]) for stop in stops]
    assert not [fault for fault in faults if fault[1]]


def walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab until the focus leaves the page; return what had it."""
    stops: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return stops
        stops.append(focused)
    raise AssertionError(f"the focus is still in the page after {MOST_STOPS} stops")


def test_browse_is_used_by_keyboard_alone(page: Page) -> None:
    total = page.locator("#cat-count").inner_text()
    page.keyboard.press("/")
    page.keyboard.type("representation")
    # Every letter is a search: the count to come back to is that of the whole word, then marked.
    marked = page.locator("#cat-list .cat-item__title mark").first
    expect(marked).to_have_text(re.compile("^representation", re.IGNORECASE))
    expect(page.locator("#cat-count")).not_to_have_text(total)
    searched = page.locator("#cat-count").inner_text()
    tab_to(page, "#cat-facets button[aria-pressed]")
    page.keyboard.press("Enter")
    expect(page.locator("#cat-count")).not_to_have_text(searched)
    tab_to(page, "#cat-active button")
    page.keyboard.press("Enter")
    expect(page.locator("#cat-count")).to_have_text(searched)
    tab_to(page, "#cat-sort select")
    page.keyboard.type("Ti")
    assert "sort=title" in page.url
    tab_to(page, "#cat-list a")
    page.keyboard.press("Enter")
    expect(page.locator("article.cat-paper")).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element that fits the selector has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def test_the_first_stop_leads_past_the_header(page: Page, base: str) -> None:
    page.goto(f"{base}about/")
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash.length") > 1


def test_nothing_moves_for_readers_who_want_little_motion(
    chromium: Browser, every_type: dict[str, str]
) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    moving: dict[str, list[str]] = {}
    for name, url in every_type.items():
        page.goto(url)
        moving[name] = page.evaluate(LONG_MOTION)
    context.close()
    assert not {name: found[:5] for name, found in moving.items() if found}
