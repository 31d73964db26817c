"""Takes a picture of every type of page into `screenshots/`: python -m tests.web.screenshots."""

import logging
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.web import sites
from tests.web.chromium import MISSING, find_chromium, run_chromium

FOLDER = sites.ROOT / "screenshots"
WIDTHS = (390, 1280, 1920)
SCHEMES = ("light", "dark")
STATES = {
    "papers-results": "papers/?q=representation",
    "papers-filtered": "papers/?venue=CVPR&year=2015..2024&sort=title",
    "papers-compact": "papers/?density=compact",
    "papers-empty": "papers/?q=dinov3&venue=CVPR",
}
TALLEST = 6000
"""Pixels of height; what lies below is more of the same list."""


def main() -> int:
    """Build both sites, and take their pages in both colour schemes and three widths."""
    path = find_chromium()
    if path is None:
        sys.stderr.write(f"{MISSING}\n")
        return 2
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as name, run_chromium(path) as browser:
        folder = Path(name)
        real = sites.build_real(folder / "real" / sites.PREFIX.strip("/"))
        invented = sites.build_invented(
            folder / "invented" / sites.PREFIX.strip("/"), folder / "project"
        )
        taken = take_site(browser, real, "real", STATES) + take_site(
            browser, invented, "invented", {}
        )
    sys.stdout.write(f"{taken} pictures in {FOLDER.relative_to(sites.ROOT)}/\n")
    return 0


def take_site(browser: Browser, site: Path, name: str, states: dict[str, str]) -> int:
    """Take every type of page of a site; return how many pictures that made."""
    taken = 0
    pages = {kind: page for kind, page in sites.find_pages(site).items() if kind != "redirect"}
    with sites.serve(site.parent) as base:
        for scheme in SCHEMES:
            for width in WIDTHS:
                for kind, address in (pages | states).items():
                    file = FOLDER / name / f"{kind}-{scheme}-{width}.png"
                    take(browser, base + address, file, scheme, width)
                    taken += 1
    return taken


def take(browser: Browser, url: str, file: Path, scheme: str, width: int) -> None:
    """Take one page from its top, as far down as it goes."""
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": width, "height": max(height, 900)})
    page.screenshot(path=file)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
