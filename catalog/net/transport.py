"""Sockets for requests: made through the guard, and read against one deadline.

urllib3 makes a socket in `HTTPConnection._new_conn`. The connections here ask the guard for judged
addresses and connect to those. Time limits of sockets count from one received piece to the next,
so a server that drips would hold a request permanently; a reader that knows the deadline ends that.
"""

import functools
import http.client
import io
import socket
import time
from typing import Any

from requests.adapters import HTTPAdapter
from requests.models import PreparedRequest, Response
from requests.utils import select_proxy
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager
from urllib3.util import parse_url

from catalog.net.errors import FetchError, Reason, reason_of_connect
from catalog.net.limits import Limits
from catalog.net.ssrf_guard import Guard

_PORTS = {"http": 80, "https": 443}
_MOST_INTERIM = 20
"""Interim answers before the real one; more are not HTTP any more."""

# Browsers take 256 kB of headers (https://chromium.googlesource.com/chromium/src/+/main/net/http/
# http_stream_parser.cc). Policies of 70 kB and 150 cookies occur; the standard library stops at 64
# kB and 100 lines.
http.client._MAXLINE = 256 * 1024  # type: ignore[attr-defined]
http.client._MAXHEADERS = 500  # type: ignore[attr-defined]


class _FinalResponse(http.client.HTTPResponse):
    """The answer after interim ones: 102 and 103 announce it, and only 100 is skipped as it is."""

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(_MOST_INTERIM):
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 100 < status < 200 or status == http.HTTPStatus.SWITCHING_PROTOCOLS:
                return version, status, reason
            http.client.parse_headers(self.fp)
        raise http.client.BadStatusLine("too many interim answers")


class Adapter(HTTPAdapter):
    """Sends requests over guarded connections; `per_host` of them are kept for each host."""

    def __init__(self, guard: Guard, limits: Limits, *, hosts: int, per_host: int) -> None:
        self._guard = guard
        self._limits = limits
        super().__init__(pool_connections=hosts, pool_maxsize=per_host)

    def init_poolmanager(self, *rest: Any, **options: Any) -> None:  # noqa: ANN401 - as requests has it
        """Make the pools for direct connections."""
        super().init_poolmanager(*rest, **options)
        self._guard_pools(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:  # noqa: ANN401 - as requests has it
        """Make the pools for connections to a proxy."""
        manager = super().proxy_manager_for(proxy, **options)
        self._guard_pools(manager)
        return manager

    def send(self, request: PreparedRequest, *rest: Any, **options: Any) -> Response:  # noqa: ANN401
        """Send a request; one that goes to a proxy is judged before."""
        if select_proxy(request.url or "", options.get("proxies")):
            url = parse_url(request.url or "")
            self._guard.check_behind_proxy(url.host or "", url.port or _PORTS[url.scheme or "http"])
        return super().send(request, *rest, **options)

    def _guard_pools(self, manager: PoolManager) -> None:
        # urllib3 only calls them; its annotation is narrower than that.
        manager.pool_classes_by_scheme = {
            "http": functools.partial(_GuardedPool, self._guard, self._limits),  # type: ignore[dict-item]
            "https": functools.partial(_GuardedTlsPool, self._guard, self._limits),  # type: ignore[dict-item]
        }


class _GuardedConnection(HTTPConnection):
    """Plain, and the base of the one with TLS; the pool sets the attributes."""

    guard: Guard
    limits: Limits
    sock: Any
    """The socket, and once connected a `_TimedSocket` around it."""
    response_class = _FinalResponse

    def _new_conn(self) -> socket.socket:
        if self.proxy is not None:
            # The environment names the proxy; it may be in a private network.
            return super()._new_conn()
        failure: OSError | None = None
        for family, target in self.guard.find_addresses(self._dns_host, self.port):
            try:
                return self._connect(family, target)
            except OSError as error:
                failure = error
        reason = reason_of_connect(failure) if failure else Reason.NO_SUCH_HOST
        raise FetchError(reason, self.host, str(failure or "no address")) from failure

    def _connect(self, family: socket.AddressFamily, target: tuple[Any, ...]) -> socket.socket:
        made = socket.socket(family, socket.SOCK_STREAM)
        try:
            for option in self.socket_options or ():
                made.setsockopt(*option)
            made.settimeout(self.limits.connect)
            made.connect(target)
        except BaseException:
            made.close()
            raise
        return made

    def connect(self) -> None:
        """Connect, with TLS where the scheme says so."""
        super().connect()
        self.sock = _TimedSocket(self.sock, self.limits)

    def request(self, *rest: Any, **options: Any) -> None:  # noqa: ANN401 - as urllib3 has it
        if self.sock is None:
            self.connect()
        self.sock.start()
        super().request(*rest, **options)


class _GuardedTlsConnection(_GuardedConnection, HTTPSConnection):
    pass


class _GuardedPool(HTTPConnectionPool):
    ConnectionCls = _GuardedConnection

    def __init__(self, guard: Guard, limits: Limits, *rest: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*rest, **options)
        self._guard = guard
        self._limits = limits

    def _new_conn(self) -> Any:  # noqa: ANN401 - as urllib3 has it
        connection: Any = super()._new_conn()
        connection.guard = self._guard
        connection.limits = self._limits
        return connection


class _GuardedTlsPool(_GuardedPool, HTTPSConnectionPool):
    ConnectionCls = _GuardedTlsConnection


class _TimedSocket:
    """A connected socket whose answers must come before a deadline."""

    def __init__(self, inner: socket.socket, limits: Limits) -> None:
        self._inner = inner
        self._limits = limits
        self._deadline = 0.0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the socket has
        return getattr(self._inner, name)

    def start(self) -> None:
        """Let the time of a request begin."""
        self._deadline = time.monotonic() + self._limits.total

    def set_time_left(self) -> None:
        """Bound the next receive. Raises `TimeoutError` when the time is over."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._inner.settimeout(min(left, self._limits.idle))

    def makefile(self, *_rest: Any, **_options: Any) -> io.BufferedReader:  # noqa: ANN401 - as sockets have it
        """Return a reader of the answer."""
        return io.BufferedReader(_TimedReader(self, self._inner.makefile("rb", buffering=0)))


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: _TimedSocket, raw: Any) -> None:  # noqa: ANN401 - socket.SocketIO
        self._sock = sock
        self._raw = raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 - a writable buffer
        self._sock.set_time_left()
        count: int | None = self._raw.readinto(buffer)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()
