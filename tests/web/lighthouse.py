"""Measures four types of page and writes the figures to docs: python -m tests.web.lighthouse."""

import json
import logging
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.web import sites
from tests.web.chromium import FULL, MISSING, find_chromium

PAGE = sites.ROOT / "docs" / "explanation" / "quality.md"
SCRIPT = sites.ROOT / "tests" / "web" / "lighthouse.js"
TABLE = re.compile(r"(?<=<!-- lighthouse -->\n).*?(?=<!-- /lighthouse -->)", re.DOTALL)
MEASURED = ("home", "papers", "section", "paper")
BAR = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
# A paper without a summary or abstract has no description: Zotero would take one as its abstract.
ALLOWED = {("paper", "seo"): 91}
HEAD = (
    "| page | performance | accessibility | best practices | SEO | largest paint | blocked"
    " | layout shift | transferred |\n|---|---|---|---|---|---|---|---|---|\n"
)


def main() -> int:
    """Measure, write the table, and fail when a page is below the bar."""
    chromium = find_chromium(FULL)
    if chromium is None:
        sys.stderr.write(f"{MISSING}\n")
        return 2
    logging.disable(logging.INFO)
    pages = measure(chromium)
    PAGE.write_text(TABLE.sub(to_table(pages), PAGE.read_text("utf-8")), encoding="utf-8")
    sys.stdout.write(to_table(pages))
    below = [
        f"{name}: {category} {page[category]}, {least} wanted: {'; '.join(page['failed'])}\n"
        for name, page in pages.items()
        for category, least in (BAR | {c: n for (p, c), n in ALLOWED.items() if p == name}).items()
        if page[category] < least
    ]
    sys.stderr.writelines(below)
    return 1 if below else 0


def measure(chromium: str) -> dict[str, dict[str, Any]]:
    """Build the real list's site, serve it, and let Lighthouse look at it."""
    with tempfile.TemporaryDirectory() as name:
        site = sites.build_real(Path(name) / sites.PREFIX.strip("/"))
        found = sites.find_pages(site)
        with sites.serve(site.parent) as base:
            urls = [base + found[kind] for kind in MEASURED]
            run = subprocess.run(
                ["node", str(SCRIPT), chromium, *urls], stdout=subprocess.PIPE, check=True
            )
    return dict(zip(MEASURED, json.loads(run.stdout), strict=True))


def to_table(pages: dict[str, dict[str, Any]]) -> str:
    """Write the figures as a Markdown table, with the version that measured them."""
    rows = "".join(
        f"| {name} | {' | '.join(str(page[category]) for category in BAR)} | {page['paint']} |"
        f" {page['blocked']} | {page['shift']} | {page['bytes'] / 1000:.0f} KB |\n"
        for name, page in pages.items()
    )
    version = next(iter(pages.values()))["version"]
    return f"{HEAD}{rows}\nLighthouse {version}; the middle one of three runs.\n".replace(
        "\xa0", " "
    )


if __name__ == "__main__":
    sys.exit(main())
