"""The catalog's part of `benchmarks.links`, a process of its own: links in, the dead out."""

import json
import sys
from datetime import date
from pathlib import Path

from catalog.linkcheck.checker import CheckOptions, check_all
from catalog.linkcheck.extract import FoundLink, LinkLocation
from catalog.linkcheck.history import History
from catalog.net import Client, Limits, RateLimit, Services
from catalog.net.limits import RateLimits
from catalog.store.link_status import Status

HOSTS = 20
AT_ONCE = 128
HOST_AT_ONCE = 10
SECOND_LOOK = 0.05


def run_catalog(links: Path, interval: float) -> None:
    """Check links in this process and print the dead as JSON."""
    urls = links.read_text(encoding="utf-8").split()
    allowed = tuple(f"127.0.1.{number}" for number in range(1, HOSTS + 1))
    manners = RateLimits(RateLimit(HOST_AT_ONCE, interval))
    client = Client(allowed=allowed, limits=Limits(connect=20, idle=20, retries=1), manners=manners)
    way = CheckOptions(client, Services(), second_look=SECOND_LOOK, at_once=AT_ONCE)
    due = tuple(FoundLink(url, (LinkLocation("sample2024things", "links.pdf"),)) for url in urls)
    with client, History(links.with_name("state.json")) as memory:
        check_all(due, memory, way, date(2025, 11, 1))
        states = memory.states
    json.dump([url for url in urls if states[url].status is Status.DEAD], sys.stdout)


if __name__ == "__main__":
    run_catalog(Path(sys.argv[1]), float(sys.argv[2]))
