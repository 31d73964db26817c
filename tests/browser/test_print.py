"""On paper: the text, not the frame of the site."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

FRAME = (
    ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-top, .cat-search, .cat-facets, .cat-sort"
)
PAPER_WIDTH = 718  # pixels between the margins of A4

CLIPPED = """() => {
  const clips = ["hidden", "clip", "auto", "scroll"];
  const found = [];
  for (const element of document.querySelectorAll("main *")) {
    if (!element.checkVisibility() || element.closest(".cat-hidden, svg, .cat-coins")) continue;
    const { overflowX, overflowY } = getComputedStyle(element);
    const isWider = element.scrollWidth > element.clientWidth + 1 && clips.includes(overflowX);
    const isHigher = element.scrollHeight > element.clientHeight + 1 && clips.includes(overflowY);
    const isBeyond = element.getBoundingClientRect().right > innerWidth + 1;
    if (element.clientWidth && (isWider || isHigher || isBeyond)) {
      found.push(element.outerHTML.slice(0, 100));
    }
  }
  return found;
}"""


SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")


@pytest.fixture
def sheet(chromium: Browser) -> Iterator[Page]:
    """An empty page as a printer gets it."""
    context = chromium.new_context(viewport={"width": PAPER_WIDTH, "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


def test_paper_has_the_text_alone_and_all_of_it(sheet: Page, every_type: dict[str, str]) -> None:
    shown: dict[str, list[str]] = {}
    clipped: dict[str, list[str]] = {}
    for name, url in every_type.items():
        sheet.goto(url)
        expect(sheet.get_by_role("heading", level=1)).to_be_visible()
        for scheme in SCHEMES:
            sheet.emulate_media(color_scheme=scheme)
            shown[f"{name}, {scheme}"] = sheet.locator(FRAME).evaluate_all(
                "all => all.filter(one => one.checkVisibility()).map(one => one.className)"
            )
            clipped[f"{name}, {scheme}"] = sheet.evaluate(CLIPPED)
    assert not {name: found for name, found in shown.items() if found}
    assert not {name: found[:5] for name, found in clipped.items() if found}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_paper_is_white(sheet: Page, base: str, scheme: Literal["light", "dark"]) -> None:
    sheet.emulate_media(color_scheme=scheme)
    sheet.goto(f"{base}papers/he2016deep/")
    colours = sheet.evaluate(
        "['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])"
    )
    text, ground = (
        sum(map(float, colour.partition("(")[2].rstrip(")").split(",")[:3])) for colour in colours
    )
    assert ground > 3 * 240
    assert text < 3 * 100
