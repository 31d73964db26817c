"""How long a reader waits for the search: from the key to painted results, in Chromium.

    python -m benchmarks.search [--papers 106 10000 100000] [--rounds 3] [--peers]

For each length of list: the bytes (gzip) that the browse page fetches for itself, beyond the
theme's, until the first results and until all; the time from the first key on a warm page to
painted results; the 50th and 95th percentile of the time from every key of some searches, typed
one after the other (the middle of the rounds); the processor time of the page's process per key,
painting included; its memory. The lists are those of `benchmarks.lists`. `--peers` measures
Pagefind and Material's own search on the same list, see `benchmarks.search_peers`. The processor's
load before and after is printed: other work makes keys wait.
"""

import argparse
import os
import re
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from playwright.sync_api import Browser, Page, expect

from benchmarks.lists import invent_records, write_list
from benchmarks.pages import find_p95, note_sizes
from benchmarks.search_peers import measure_peers
from catalog.render.citations import Downloads
from catalog.site.author_pages import AuthorPages
from catalog.site.pages import Pages
from catalog.site.papers import PaperPages
from catalog.site.sections import SectionPages
from catalog.site.venue_pages import VenuePages
from tests.web import sites
from tests.web.chromium import MISSING, find_chromium, run_chromium

PAUSE_MS = 60
# The time of the event that the browser took from the keyboard, to the first task after the frame
# with the new results.
WATCH = """() => {
  const list = document.getElementById("cat-list");
  window.waits = [];
  let key = null;
  const box = document.getElementById("cat-q");
  box.addEventListener("input", (event) => (key = event.timeStamp), true);
  new MutationObserver(() => {
    if (key === null) return;
    const start = key;
    key = null;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.waits.push(performance.now() - start);
      port2.postMessage(0);
    });
  }).observe(list, { childList: true });
}"""


def main() -> int:
    """Measure lists of each length that was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--papers", type=int, nargs="+", default=[106, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    path = find_chromium()
    if path is None:
        sys.exit(MISSING)
    for count in options.papers:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_list(folder / "list", count)
            build_browse(folder / "list", folder / "served" / sites.PREFIX.strip("/"))
            searches = choose_searches(count)
            with run_chromium(path) as browser, sites.serve(folder / "served") as base:
                sys.stdout.write(measure(browser, base, count, searches, options.rounds) + "\n")
                sys.stdout.flush()
                if options.peers:
                    for line in measure_peers(browser, folder, count, searches):
                        sys.stdout.write(line + "\n")
    return 0


def choose_searches(papers: int) -> list[str]:
    """Return what a reader may type: common words, a name, a typo, a part of a word, nonsense."""
    records = list(invent_records(papers))
    titles = " ".join(record["title"] for record in records).lower()
    words = [word for word, _ in Counter(titles.split()).most_common(200) if word.isalpha()]
    first, second, third = [word for word in words if len(word) > 6][:3]
    family = records[0]["authors"].strip("[]").split(", ")[0].split()[-1]
    return [
        first,
        f"{second} {third[:4]}",
        f"author:{family[:4]}",
        first[:4] + first[5:],
        "section 3",
        f"{third} {first[:3]}",
        "zzzq",
        first[0],
    ]


def build_browse(project: Path, site: Path) -> None:
    """Build the site of a list without what takes long: pages of papers, sections, exports."""
    with (
        patch.object(PaperPages, "pages", _leave_out),
        patch.object(SectionPages, "pages", _leave_out),
        patch.object(AuthorPages, "pages", _leave_out),
        patch.object(VenuePages, "pages", _leave_out),
        patch.object(Pages, "files_for_machines", _leave_out),
        patch.object(Downloads, "render", _leave_out),
    ):
        sites.build(project, site)


def _leave_out(*_: object) -> Iterator[None]:
    return iter(())


def measure(browser: Browser, base: str, count: int, searches: list[str], rounds: int) -> str:
    """Return a line of figures for the list of a site."""
    before = os.getloadavg()[0]
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    sizes = note_sizes(page)
    page.goto(f"{base}papers/")
    page.wait_for_selector("#cat-facets summary")
    expect(page.locator("#cat-count")).not_to_contain_text("loading", timeout=120_000)
    page.wait_for_timeout(500)
    own = {
        url: size
        for url, size in sizes.items()
        if "assets/catalog/" in url or url.endswith("papers/")
    }
    first = sum(size for url, size in own.items() if "/papers-" not in url or "/papers-0" in url)
    used = measure_processor(browser)
    waits = [type_all(page, searches) for _ in range(rounds)]
    used = measure_processor(browser) - used
    parts = (
        f"{count:6} papers",
        f"until first results {first / 1000:.0f} kB",
        f"all {sum(own.values()) / 1000:.0f} kB",
        f"first key {waits[0][0]:.0f} ms",
        f"keys p50 {statistics.median(map(statistics.median, waits)):.0f} ms",
        f"p95 {statistics.median(map(find_p95, waits)):.0f} ms",
        f"({len(waits[0])} keys, {rounds} rounds)",
        f"processor {1000 * used / rounds / sum(map(len, searches)):.0f} ms a key",
        f"memory {measure_memory(browser)}",
        f"load {before:.1f} to {os.getloadavg()[0]:.1f}",
    )
    page.close()
    return "  ".join(parts)


def measure_processor(browser: Browser) -> float:
    """Return the seconds of processor time that the processes of pages have used so far."""
    return sum(float(one["cpuTime"]) for one in _list_renderers(browser))


def measure_memory(browser: Browser) -> str:
    """Return the largest memory that a page's process has for itself (Linux)."""
    private = [_read_private(one["id"]) for one in _list_renderers(browser)]
    return f"{max(private) / 1e6:.0f} MB" if any(private) else "unknown"


def _list_renderers(browser: Browser) -> list[dict[str, Any]]:
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return [one for one in processes if one["type"] == "renderer"]


def _read_private(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return 1024 * sum(int(size) for size in re.findall(r"^Private_\w+: +(\d+) kB", text, re.M))


def type_all(page: Page, searches: list[str]) -> list[float]:
    """Type the searches, a key at a time, and return the waits in milliseconds."""
    page.evaluate(WATCH)
    box = page.locator("#cat-q")
    for text in searches:
        box.press_sequentially(text, delay=PAUSE_MS)
        page.wait_for_timeout(200)
        box.press("Control+a")
        box.press("Delete")
        page.wait_for_timeout(200)
    return [float(wait) for wait in page.evaluate("window.waits")]


if __name__ == "__main__":
    sys.exit(main())
