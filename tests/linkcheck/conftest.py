"""A client, a memory and services of a run against local servers."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import trustme

from catalog.linkcheck.checker import CheckOptions, check_all
from catalog.linkcheck.extract import FoundLink, LinkLocation
from catalog.linkcheck.history import History
from catalog.net import Client, Limits, RateLimit, Services
from catalog.net.limits import RateLimits
from catalog.store.link_state import LinkState
from tests.net.clocks import FakeClock
from tests.net.conftest import _no_proxy, authority, certificates, clock, serve
from tests.net.servers import Host, Page, say

__all__ = ["_no_proxy", "authority", "certificates", "clock", "serve"]

LOOPBACK = tuple(f"127.0.0.{n}" for n in range(1, 40))
LIMITS = Limits(connect=1, idle=0.4, total=0.8, retries=1, backoff=1, patience=90)
TODAY = date(2025, 11, 1)


class Web:
    """The services of a test, on one local server, and a client for it and others."""

    def __init__(self, host: Host, clock: FakeClock, client: Client) -> None:
        self.host = host
        self.clock = clock
        self.client = client
        self.services = Services(
            **{
                name: f"{host.address}/{name}/"
                for name in ("doi", "handles", "acl", "arxiv", "openreview", "openreview_old")
            },
            wayback=f"{host.address}/wayback",
        )
        self.at_once = 1

    def check(
        self, state: Path, links: Iterable[FoundLink], today: date = TODAY
    ) -> Mapping[str, LinkState]:
        way = CheckOptions(self.client, self.services, second_look=20, at_once=self.at_once)
        with History(state) as memory:
            check_all(tuple(links), memory, way, today)
            return memory.states


@pytest.fixture
def make_web(
    clock: FakeClock, serve: Callable[..., Host], certificates: str
) -> Iterator[Callable[..., Web]]:
    with ExitStack() as stack:

        def make(pages: Mapping[str, Page] | None = None, **given: Any) -> Web:  # noqa: ANN401
            settings: dict[str, Any] = {
                "allowed": (*LOOPBACK, "localhost"),
                "limits": LIMITS,
                "manners": RateLimits(RateLimit(4, 0)),
                "clock": clock,
                "chance": random.Random(1),
                "certificates": certificates,
            }
            client = stack.enter_context(Client(**(settings | given)))
            return Web(serve(pages, ip="127.0.0.9", otherwise=say(404)), clock, client)

        yield make


@pytest.fixture
def web(make_web: Callable[..., Web]) -> Web:
    return make_web()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "link-state.json"


def link(url: str, field: str = "links.pdf", *titles: str) -> FoundLink:
    return FoundLink(url, (LinkLocation("sample2024things", field),), titles)


def make_authority() -> trustme.CA:
    return trustme.CA()
