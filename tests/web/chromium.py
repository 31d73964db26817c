"""The Chromium that checks and tests drive."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MISSING = "Chromium is missing: apt-get install chromium"


def find_chromium() -> str | None:
    """Return the program's path: the one that CHROME_PATH names, or the system's."""
    return os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def run_chromium(path: str) -> Iterator[Browser]:
    """Run Chromium without a window while the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()
