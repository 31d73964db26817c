"""What other searches of static sites cost a reader: Pagefind, and Material's own.

Both index a page for each paper of the same list: Pagefind our finished pages, through its command
line; Material its own Markdown pages, up to 1,000 of them, since MkDocs takes long to build more.
Their bytes are counted as ours are, and a key waits until the page's data is there: of Pagefind
until its script has the texts of ten results (it paints nothing), of Material until its list of
results has changed.
"""

import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from benchmarks.pages import find_p95, note_sizes
from benchmarks.peers import list_pages, write_material
from catalog.store.load import load
from tests.web import sites

MOST_MATERIAL = 1000
_PAUSE_MS = 60

_SEARCH = """async ([root, texts]) => {
  const start = performance.now();
  const pagefind = await import(root + "pagefind/pagefind.js");
  await pagefind.init();
  const waits = [];
  let first = null;
  for (const text of texts) {
    const key = performance.now();
    const { results } = await pagefind.search(text);
    await Promise.all(results.slice(0, 10).map((result) => result.data()));
    waits.push(performance.now() - key);
    first ??= performance.now() - start;
  }
  return { waits, first };
}"""

_WATCH = """() => {
  window.waits = [];
  let key = null;
  const box = document.querySelector(".md-search__input");
  box.addEventListener("input", (event) => (key = event.timeStamp), true);
  new MutationObserver(() => {
    if (key === null) return;
    window.waits.push(performance.now() - key);
    key = null;
  }).observe(document.querySelector(".md-search-result"), { childList: true, subtree: true });
}"""


def measure_peers(
    browser: Browser, folder: Path, papers: int, searches: list[str]
) -> Iterator[str]:
    """Measure each search that is installed, on the list in `folder/list`; say what is not."""
    program = shutil.which("pagefind")
    if program is None:
        yield "  Pagefind is not installed (pip install pagefind-bin), and so left out"
    else:
        yield _measure_pagefind(browser, folder, program, searches)
    if papers > MOST_MATERIAL:
        yield f"  Material's search is measured up to {MOST_MATERIAL:,} papers"
    else:
        yield _measure_material(browser, folder, searches)


def _measure_pagefind(browser: Browser, folder: Path, program: str, searches: list[str]) -> str:
    site = folder / "pagefind" / sites.PREFIX.strip("/")
    sites.build(folder / "list", site)
    command = [program, "--site", str(site), "--glob", "papers/*/index.html"]
    subprocess.run(command, check=True, capture_output=True)
    with sites.serve(folder / "pagefind") as base:
        page, sizes = _open(browser, f"{base}404.html")
        sizes.clear()
        # A reader's search box asks after every key.
        texts = [text[:end] for text in searches for end in range(1, len(text) + 1)]
        once: dict[str, Any] = page.evaluate(_SEARCH, [base, [searches[0]]])
        first = sum(sizes.values())
        waits = page.evaluate(_SEARCH, [base, texts])["waits"]
        page.close()
    return _tell("Pagefind", first, once["first"], waits)


def _measure_material(browser: Browser, folder: Path, searches: list[str]) -> str:
    catalog = load(folder / "list").catalog
    if catalog is None:
        raise ValueError(f"{folder} is no valid list")
    project, site = folder / "material", folder / "served-material" / sites.PREFIX.strip("/")
    write_material(project, list_pages(catalog, folder / "list"))
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("plugins: []", "plugins: [search]")
    config.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    with sites.serve(site.parent) as base:
        page, sizes = _open(browser, base)
        box = page.locator(".md-search__input")
        box.click()
        page.evaluate(_WATCH)
        start = page.evaluate("performance.now()")
        box.press_sequentially(searches[0], delay=_PAUSE_MS)
        expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=60_000)
        found = page.evaluate("performance.now()") - start - _PAUSE_MS * len(searches[0])
        # The index comes with the page already.
        first = sum(size for url, size in sizes.items() if "search" in url)
        for text in searches:
            box.fill("")
            page.wait_for_timeout(200)
            box.press_sequentially(text, delay=_PAUSE_MS)
            page.wait_for_timeout(200)
        waits = page.evaluate("window.waits")
        page.close()
    return _tell("Material's search", first, max(0, found), waits)


def _open(browser: Browser, address: str) -> tuple[Page, dict[str, int]]:
    """Open a page; return it with the bytes of each answer from then on."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    sizes = note_sizes(page)
    page.goto(address, wait_until="networkidle")
    return page, sizes


def _tell(name: str, first: int, first_wait: float, waits: list[float]) -> str:
    parts = (
        f"  {name}",
        f"until first results {first / 1000:.0f} kB, {first_wait:.0f} ms",
        f"keys p50 {statistics.median(waits):.0f} ms",
        f"p95 {find_p95(waits):.0f} ms",
        f"({len(waits)} keys)",
    )
    return "  ".join(parts)
