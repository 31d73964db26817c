"""Servers, certificates and clients of the tests."""

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from tests.net.clocks import FakeClock
from tests.net.servers import Host, Page


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Who signs the certificates that are good."""
    return trustme.CA()


@pytest.fixture(scope="session")
def certificates(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of trusted certificates."""
    path: Path = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def make_context(
    authority: trustme.CA, *names: str, expires: datetime | None = None
) -> ssl.SSLContext:
    """What a server needs to speak TLS under these names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    before = datetime(2000, 1, 1, tzinfo=UTC) if expires else None
    authority.issue_cert(*names, not_after=expires, not_before=before).configure_cert(context)
    return context


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def serve() -> Iterator[Callable[..., Host]]:
    """Start a server; it stops with the test."""
    with ExitStack() as stack:

        def start(
            pages: Mapping[str, Page] | None = None,
            ip: str = "127.0.0.1",
            tls: ssl.SSLContext | None = None,
            otherwise: Page | None = None,
        ) -> Host:
            return stack.enter_context(Host(ip, pages, tls=tls, otherwise=otherwise))

        yield start


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxies of whoever runs the tests are not asked."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
