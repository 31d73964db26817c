"""Search, selection and colours on the site of each engine, and a list in other people's sites."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from catalog.site.engines import Engine
from catalog.tasks.build import build
from tests.shared import make_once
from tests.site.mkdocs import test_guests as guests
from tests.web import sites

TODAY = date(2025, 11, 1)
ROOT = sites.ROOT
STAND_IN = """(() => {
  const anything = new Proxy(() => {}, {
    get: (_, key) => (key === "then" ? undefined : anything),
    apply: () => anything,
  });
  window.hljs = window.MathJax = anything;
})();"""
"""What scripts of other hosts are in these tests: there is no network."""

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(scope="module", params=[*Engine, "modern"])
def engine_base(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The served site of the list here, by each engine; `modern` is Zensical's other look."""

    def make(folder: Path) -> None:
        project = folder / "project"
        project.mkdir(parents=True)
        for name in ("papers.yaml", "mkdocs.yml"):
            shutil.copy(ROOT / name, project)
        shutil.copytree(ROOT / "site_src", project / "site_src")
        engine = request.param
        if engine == "modern":
            engine = Engine.ZENSICAL
            guests.edit(project, "  name: material\n", "  name: material\n  variant: modern\n")
        site = build(project, today=TODAY, engine=engine).site
        assert site is not None
        shutil.copytree(site, folder / "served" / sites.PREFIX.strip("/"))

    shared = make_once(tmp_path_factory, f"engine-{request.param}", make)
    with sites.serve(shared / "served") as address:
        yield address


def open_page(context: BrowserContext, errors: list[str]) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: errors.append(f"{page.url}: {said.text}") if said.type == "error" else None,
    )
    return page


@pytest.fixture
def page(chromium: Browser, engine_base: str) -> Iterator[Page]:
    """A page of a reader whose system is dark; any error in its console fails the test."""
    errors: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    page = open_page(context, errors)
    yield page
    context.close()
    assert errors == []


def test_the_box_in_the_header_finds_papers(page: Page, engine_base: str) -> None:
    page.goto(f"{engine_base}about/")
    box = page.locator("#cat-header-q")
    box.click()
    box.fill("residual learning")
    result = page.get_by_role("option").first
    expect(result).to_contain_text("Deep Residual Learning")
    result.click()
    expect(page.locator("h1")).to_contain_text("Deep Residual Learning")


def test_papers_are_selected_and_exported(page: Page, engine_base: str) -> None:
    page.goto(f"{engine_base}papers/?q=residual")
    expect(page.locator(".cat-results .cat-item").first).to_contain_text("Residual")
    page.locator(".cat-results .cat-item").first.locator("input[type=checkbox]").check()
    expect(page.locator(".cat-tray__toggle")).to_have_text("1 selected")


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_header_and_page_are_readable_in_both_colour_schemes(
    page: Page, engine_base: str, scheme: str
) -> None:
    page.goto(f"{engine_base}about/")
    for _ in range(3):
        if page.locator("body").get_attribute("data-md-color-scheme") == scheme:
            break
        page.locator("[data-md-component=palette] label:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    page.wait_for_timeout(400)  # the theme fades from one scheme to the other
    assert find_contrast(page, "#cat-header-q", ".md-header") >= 4.5
    assert find_contrast(page, ".md-typeset h1", "body") >= 4.5


def find_contrast(page: Page, text: str, ground: str) -> float:
    """Return the ratio of WCAG 2 between the colour of a text and that of what is behind it."""
    return float(
        page.evaluate(
            """([text, ground]) => {
              const canvas = document.createElement("canvas").getContext("2d");
              const read = (colours) => {
                canvas.clearRect(0, 0, 1, 1);
                for (const colour of colours) {
                  canvas.fillStyle = colour;
                  canvas.fillRect(0, 0, 1, 1);
                }
                const light = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => {
                  const value = part / 255;
                  return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
              };
              const body = getComputedStyle(document.body).backgroundColor;
              const behind = getComputedStyle(document.querySelector(ground)).backgroundColor;
              const colour = getComputedStyle(document.querySelector(text)).color;
              const [a, b] = [read(["white", body, behind, colour]), read(["white", body, behind])];
              return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            }""",
            [text, ground],
        )
    )


@pytest.fixture(scope="module", params=["lab", "handbook", "plain"])
def guest(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The name and the address of somebody's site with a list in it."""
    name = request.param
    # Where the owner's own address has the site.
    folder = {"lab": "lab", "handbook": "handbook"}.get(name, ".")

    def make(shared: Path) -> None:
        shared.mkdir()
        project = guests.copy_site(name, shared)
        guests.add_plugin(project, "{nav: Reading list, search: true}")
        site = guests.build(project)
        served = shared / "served"
        shutil.copytree(site, served / folder, dirs_exist_ok=True)
        # as the server of these tests has it
        missing = served / sites.PREFIX.strip("/") / "404.html"
        missing.parent.mkdir()
        missing.write_text("not found", encoding="utf-8")

    with sites.serve(make_once(tmp_path_factory, f"guest-{name}", make) / "served") as address:
        root = address.removesuffix(sites.PREFIX.lstrip("/"))
        yield name, root if folder == "." else f"{root}{folder}/"


@pytest.fixture
def visitor(chromium: Browser, guest: tuple[str, str]) -> Iterator[Page]:
    """A page in somebody's site, where scripts of other hosts are stand-ins."""
    _, base = guest
    errors: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 900})

    def answer(route: Route) -> None:
        if route.request.url.startswith(base):
            route.continue_()
            return
        is_script = route.request.resource_type == "script"
        route.fulfill(
            status=200,
            content_type="text/javascript" if is_script else "text/css",
            body=STAND_IN if is_script else "",
        )

    context.route("**/*", answer)
    page = open_page(context, errors)
    yield page
    context.close()
    own = [error for error in errors if "404" not in error]  # versions.json of mike, one level up
    assert own == []


def test_every_page_opens_without_an_error(visitor: Page, guest: tuple[str, str]) -> None:
    _, base = guest
    for address in ("", "papers/", "sections/", "charts/", "submit/"):
        visitor.goto(base + address)
        visitor.wait_for_load_state("networkidle")
    visitor.locator(".cat-item__title, h1").first.wait_for()


def test_both_searches_are_in_the_header_and_work(visitor: Page, guest: tuple[str, str]) -> None:
    name, base = guest
    visitor.goto(f"{base}sections/")
    if name == "lab":  # a dialog of the owner's covers the page
        with visitor.expect_navigation():  # the theme loads the page again after the answer
            visitor.locator("[data-md-component=consent] button").first.click()
    if name == "plain":
        visitor.locator("[data-bs-target='#mkdocs_search_modal']").first.click()
        expect(visitor.locator("#mkdocs-search-query")).to_be_visible()
        return
    ours, theirs = visitor.locator("#cat-header-q"), visitor.locator(".md-search__form")
    left, right = ours.bounding_box(), theirs.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    header = visitor.locator(".md-header__inner").bounding_box()
    assert header is not None
    assert header["height"] < 60
    ours.fill("the")
    expect(visitor.get_by_role("option").first).to_be_visible()
    visitor.keyboard.press("Escape")
    visitor.locator("input.md-search__input").click()
    visitor.keyboard.type("guide" if name == "handbook" else "wave")
    expect(visitor.locator(".md-search-result__link").first).to_be_visible()


def test_the_way_there_and_back_keeps_the_scripts_of_both(
    visitor: Page, guest: tuple[str, str]
) -> None:
    name, base = guest
    if name != "handbook":
        pytest.skip("only this site replaces pages instead of loading them")
    visitor.goto(base)
    visitor.locator(".md-sidebar--primary a", has_text="Reading list").first.click()
    expect(visitor.locator(".cat-results .cat-item").first).to_be_visible()
    visitor.locator("input[data-cat-search]:visible").last.fill("lamp")
    visitor.locator("a.md-header__button.md-logo").click()
    expect(visitor).to_have_url(base)
    # The whole page is loaded, and has its address before the owner's script has run.
    expect(visitor.locator("html")).to_have_attribute("data-lamp", "on")
