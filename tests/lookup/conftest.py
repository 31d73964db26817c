"""A desk whose services all stand on loopback."""

import random
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest

from catalog.lookup import Session
from catalog.net import Client, Limits, RateLimit, Services
from catalog.net.limits import RateLimits
from tests.net.clocks import FakeClock
from tests.net.servers import Host, Page, say

LIMITS = Limits(connect=1, idle=1, total=2, body=256 * 1024, retries=2)


class Web(Host):
    """A server that is every service, each under a path of its own: `/arxiv`, `/doi/…`.

    Its name is one of the public web, as lists demand; `tests.conftest` knows where it is.
    """

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - as Host has it
        super().__init__(**given)
        self.address = self.address.replace("127.0.0.1", "ip-127-0-0-1.example")

    def services(self) -> Services:
        names = [field.name for field in fields(Services)]
        return Services(**{n: f"{self.address}/{n}{_END.get(n, '')}" for n in names})


_END = {"doi": "/", "acl": "/", "datacite": "/", "arxiv_pages": "/", "handles": "/"}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """All services; each page that is not there is a 404."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    host = Web(otherwise=say(404, b"Not here", type_="text/plain"))
    with host:
        yield host


@pytest.fixture
def desk(web: Web, clock: FakeClock) -> Iterator[Session]:
    with make_client(clock) as client:
        yield Session(client, web.services())


def make_client(clock: FakeClock) -> Client:
    return Client(
        contact="ada@example.org",
        allowed=("127.0.0.1", "ip-127-0-0-1.example"),
        limits=LIMITS,
        manners=RateLimits(RateLimit(4, 0)),
        clock=clock,
        chance=random.Random(1),
    )


def json_page(body: bytes) -> Page:
    return say(200, body, type_="application/json")
