"""The real list's site in Debian's Chromium, served from a sub-path as GitHub Pages does."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks.lists import write_list
from tests.shared import make_once
from tests.web import sites
from tests.web.chromium import MISSING, find_chromium, run_chromium

# A machine with several runs at a time answers slowly; five seconds are Playwright's own.
expect.set_options(timeout=20_000)

MANY = 2000
EMPTY = """\
survey: {title: A New List}
sections: [{id: things, title: Things}]
venues: {}
papers: []
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the real list; its folder is served as a sub-path."""
    served = make_once(
        tmp_path_factory, "real", lambda folder: sites.build_real(folder / sites.PREFIX.strip("/"))
    )
    return served / sites.PREFIX.strip("/")


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    """The address of the served site."""
    with sites.serve(site.parent) as address:
        yield address


@pytest.fixture(scope="session")
def invented_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the invented list, which has every field, few papers and an alias."""
    served = make_once(
        tmp_path_factory,
        "invented",
        lambda folder: sites.build_invented(folder / sites.PREFIX.strip("/"), folder / "project"),
    )
    return served / sites.PREFIX.strip("/")


@pytest.fixture(scope="session")
def invented_base(invented_site: Path) -> Iterator[str]:
    """The address of the served site of the invented list."""
    with sites.serve(invented_site.parent) as address:
        yield address


@pytest.fixture(scope="session")
def compact_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the invented list as if it had tens of thousands of papers."""
    served = make_once(
        tmp_path_factory,
        "compact",
        lambda folder: sites.build_compact(folder / sites.PREFIX.strip("/"), folder / "project"),
    )
    return served / sites.PREFIX.strip("/")


@pytest.fixture(scope="session")
def compact_base(compact_site: Path) -> Iterator[str]:
    """The address of the served compact site."""
    with sites.serve(compact_site.parent) as address:
        yield address


@pytest.fixture(scope="session")
def long_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented list of 2,000 papers."""
    return make_once(tmp_path_factory, "long-project", lambda folder: write_list(folder, MANY))


@pytest.fixture(scope="session")
def long_base(long_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The served site of the invented list of 2,000."""
    served = make_once(
        tmp_path_factory,
        "long",
        lambda folder: sites.build(long_project, folder / sites.PREFIX.strip("/")),
    )
    with sites.serve(served) as address:
        yield address


@pytest.fixture(scope="session")
def empty_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The served site of a list as it begins: one section, no papers, nowhere to send them."""
    project, folder = tmp_path_factory.mktemp("empty-project"), tmp_path_factory.mktemp("empty")
    (project / "docs").mkdir()
    (project / "papers.yaml").write_text(EMPTY, encoding="utf-8")
    (project / "mkdocs.yml").write_text("site_name: L\nplugins: [catalog]\n", encoding="utf-8")
    sites.build(project, folder / sites.PREFIX.strip("/"))
    with sites.serve(folder) as address:
        yield address


@pytest.fixture(scope="session")
def every_type(  # noqa: PLR0913 - a site and its address for each of three lists
    site: Path,
    base: str,
    invented_site: Path,
    invented_base: str,
    compact_site: Path,
    compact_base: str,
) -> dict[str, str]:
    """The address of a page of every type: of the real list, and of others where they differ."""
    return {
        f"{list_} {name}": where + address
        for list_, folder, where in (
            ("real", site, base),
            ("invented", invented_site, invented_base),
            ("compact", compact_site, compact_base),
        )
        for name, address in sites.find_pages(folder).items()
        if list_ == "real"
        or (list_ == "invented" and name in ("home", "paper", "papers", "section"))
        or (list_ == "compact" and name in ("paper", "section"))
    }


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium. Without one the tests are skipped, and fail when `CI=true`."""
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with run_chromium(path) as browser:
        yield browser


@pytest.fixture
def context(chromium: Browser, base: str) -> Iterator[BrowserContext]:
    """A fresh reader, who may use the clipboard and goes nowhere but to the site."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen: list[str] = []
    context.on("request", lambda request: seen.append(request.url))
    yield context
    context.close()
    assert not [url for url in seen if not url.startswith(base)]


@pytest.fixture
def page(context: BrowserContext, base: str) -> Iterator[Page]:
    """A page of the site's browse page; any error in its scripts fails the test."""
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    page.goto(f"{base}papers/")
    yield page
    assert not errors


@pytest.fixture
def own(chromium: Browser) -> Iterator[Page]:
    """An empty page of a reader at 1280 x 800; any error in its scripts fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors
