"""Real HTTP servers on loopback whose pages misbehave as told, and that remember who came."""

import contextlib
import gzip
import itertools
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

BUSY = 0.05
"""Seconds between the pieces of a slow answer."""


@dataclass
class Visit:
    """One request as it came; `send` and `wait` answer it."""

    connection: socket.socket
    stopped: threading.Event
    method: str
    path: str
    headers: Mapping[str, str]
    number: int
    """How often the path was asked for before."""
    moment: float = field(default_factory=time.monotonic)

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def wait(self, seconds: float) -> bool:
        """Let time pass; tell whether the server stopped meanwhile."""
        return self.stopped.wait(seconds)


Page = Callable[[Visit], bool | None]
"""Answers a visit; True when the connection stays open."""


def say(
    status: int = 200,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    type_: str = "application/pdf",
) -> Page:
    """A whole answer, with its length."""

    def page(visit: Visit) -> bool:
        lines = {"Content-Type": type_, "Content-Length": str(len(body)), **(headers or {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        shown = b"" if visit.method == "HEAD" or status in (204, 304) else body
        visit.send(f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode() + shown)
        return visit.headers.get("connection", "").lower() != "close"

    return page


def html(text: str, status: int = 200) -> Page:
    return say(status, text.encode(), type_="text/html; charset=utf-8")


def redirect(status: int, target: str) -> Page:
    return say(status, headers={"Location": target})


def by_method(**pages: Page) -> Page:
    """Another page for each method."""
    return lambda visit: pages[visit.method](visit)


def in_turn(*pages: Page) -> Page:
    """A page for each time that the path is asked for; the last one for ever."""
    return lambda visit: pages[min(visit.number, len(pages) - 1)](visit)


NEGATIVE_CHUNK = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabc"


def raw(data: bytes) -> Page:
    return lambda visit: visit.send(data)


def say_nothing(visit: Visit) -> None:
    visit.wait(60)


def drip_head(visit: Visit) -> None:
    for letter in b"HTTP/1.1 200 OK\r\n" + b"X-Slow: slow\r\n" * 500:
        visit.send(bytes([letter]))
        if visit.wait(BUSY):
            return


def drip_body(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(1000 if visit.method != "HEAD" else 0):
        visit.send(b"x")
        if visit.wait(BUSY):
            return


def send_for_ever(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n")
    while visit.method != "HEAD" and not visit.stopped.is_set():
        visit.send(b"x" * 4096)


def redirect_for_ever(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 302 Found\r\nLocation: /fine\r\n\r\n")
    while visit.method != "HEAD" and not visit.stopped.is_set():
        visit.send(b"x" * 4096)


def reset(visit: Visit) -> None:
    """Close with RST instead of FIN."""
    visit.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def send_less(visit: Visit) -> None:
    visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    if visit.method != "HEAD":
        visit.send(b"only this")


def bomb(unpacked: int = 30_000_000) -> Page:
    return say(body=gzip.compress(bytes(unpacked)), headers={"Content-Encoding": "gzip"})


class Host:
    """A server on an address of its own. `address` is its base: `http://127.0.0.5:40123`."""

    def __init__(
        self,
        ip: str = "127.0.0.1",
        pages: Mapping[str, Page] | None = None,
        *,
        tls: ssl.SSLContext | None = None,
        otherwise: Page | None = None,
    ) -> None:
        self.pages = dict(pages or {})
        self.otherwise = otherwise or say(404)
        self.visits: list[Visit] = []
        self.connections = 0
        self.busiest = 0
        self._tls = tls
        self._running = 0
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._listener = socket.create_server((ip, 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.address = f"{'https' if tls else 'http'}://{ip}:{self.port}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def __enter__(self) -> "Host":
        return self

    def __exit__(self, *_rest: object) -> None:
        self._stopped.set()
        # A blocked accept does not wake when its socket is closed; a visitor wakes it.
        with contextlib.suppress(OSError):
            socket.create_connection(self._listener.getsockname()[:2], timeout=1).close()
        self._thread.join(timeout=5)
        self._listener.close()

    def paths(self, method: str | None = None) -> list[str]:
        return [visit.path for visit in self.visits if method in (None, visit.method)]

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self._stopped.is_set():
                connection.close()
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            served = connection
            if self._tls is not None:
                served = self._tls.wrap_socket(connection, server_side=True)
            with served:
                while self._answer(served):
                    pass

    def _answer(self, connection: socket.socket) -> bool:
        head = _read_head(connection)
        if not head:
            with contextlib.suppress(OSError):
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return False
        request, *lines = head.split("\r\n")
        method, path, _ = request.split(" ")
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        with self._lock:
            number = self.paths(method).count(path)
            visit = Visit(connection, self._stopped, method, path, headers, number)
            self.visits.append(visit)
            self._running += 1
            self.busiest = max(self.busiest, self._running)
        try:
            return bool(self.pages.get(path.partition("?")[0], self.otherwise)(visit))
        finally:
            with self._lock:
                self._running -= 1


def _read_head(connection: socket.socket) -> str:
    """Read up to the empty line; what does not begin like HTTP is nothing."""
    data = b""
    while not data.endswith(b"\r\n\r\n"):
        piece = connection.recv(1)
        if not piece or not (data + piece)[:1].isalpha():
            return ""
        data += piece
    return data.decode("latin-1").strip()


def free_port(ip: str = "127.0.0.1") -> int:
    """A port on which nobody listens."""
    with socket.create_server((ip, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def gaps(moments: Iterable[float]) -> list[float]:
    """The seconds from each moment to the next."""
    ordered = sorted(moments)
    return [after - before for before, after in itertools.pairwise(ordered)]
