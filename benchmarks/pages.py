"""What a page in a browser costs its reader: bytes as they were sent, and waits."""

import statistics

from playwright.sync_api import Page, Response


def note_sizes(page: Page) -> dict[str, int]:
    """Return what will hold the bytes of each answer to the page from now on, by its address."""
    sizes: dict[str, int] = {}

    def note(response: Response) -> None:
        sizes[response.url] = int(response.headers.get("content-length", 0))

    page.on("response", note)
    return sizes


def find_p95(waits: list[float]) -> float:
    """Return what 95 of 100 waits stay below."""
    return statistics.quantiles(waits, n=20)[-1]
