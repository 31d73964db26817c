"""A server that behaves as a list of rules says: the first rule that fits a request answers it.

A rule has `when` (conditions on the request) and `respond` (what is sent). The keys are explained
where they are read. Times are in seconds of a checker whose limit is about ten, and are multiplied
by `scale`, so that an hour of waiting takes no time in a test.
"""

import base64
import http.client
import re
import socket
import struct
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

Rules = list[dict[str, Any]]
NOT_FOUND = {
    "status": 404,
    "headers": {"Content-Type": "text/html"},
    "body": "<title>404 Not Found</title><h1>Not Found</h1>",
}
_LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it came."""

    day: int
    moment: float
    host: str
    method: str
    target: str
    headers: dict[str, str]
    open: int

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass
class BehaviourServer:
    """Two listeners, `main` and `other`, that follow the rules; set `day` before each daily run."""

    rules: Rules
    scale: float = 1.0
    is_listening: bool = True
    day: int = 1
    log: list[Seen] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._counts: Counter[tuple[Any, ...]] = Counter()
        self._open = 0
        self._sockets = {name: socket.create_server(("127.0.0.1", 0)) for name in ("main", "other")}
        self.hosts = {
            name: f"127.0.0.1:{bound.getsockname()[1]}" for name, bound in self._sockets.items()
        }
        for name, bound in self._sockets.items():
            if self.is_listening:
                threading.Thread(target=self._accept, args=(name, bound), daemon=True).start()
            else:
                bound.close()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        for bound in self._sockets.values():
            bound.close()

    def fill(self, text: str) -> str:
        """Put addresses and the day in for their names."""
        values = {
            "{base}": f"http://{self.hosts['main']}",
            "{other}": f"http://{self.hosts['other']}",
            "{host}": self.hosts["main"],
            "{otherhost}": self.hosts["other"],
            "{day}": str(self.day),
        }
        return re.sub(r"\{\w+\}", lambda found: values.get(found[0], found[0]), text)

    def _accept(self, name: str, bound: socket.socket) -> None:
        while not self._stop.is_set():
            try:
                connection, _ = bound.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(name, connection), daemon=True).start()

    def _serve(self, name: str, connection: socket.socket) -> None:
        with connection:
            try:
                while (request := _read_request(connection)) is not None:
                    if not self._answer(name, connection, *request):
                        return
            except (OSError, ValueError):
                return

    def _answer(
        self,
        name: str,
        connection: socket.socket,
        method: str,
        target: str,
        headers: dict[str, str],
    ) -> bool:
        with self._lock:
            last = self.log[-1].moment if self.log else 0.0
            self._open += 1
            seen = Seen(self.day, time.monotonic(), name, method, target, headers, self._open)
            self.log.append(seen)
            self._counts[self.day, name, seen.path, method] += 1
            self._counts[self.day, name, seen.path] += 1
            self._counts[self.day,] += 1
            response = next(
                (
                    rule["respond"]
                    for rule in self.rules
                    if self._fits(rule.get("when", {}), seen, seen.moment - last)
                ),
                NOT_FOUND,
            )
        try:
            return self._send(connection, response, seen)
        finally:
            with self._lock:
                self._open -= 1

    def _fits(self, when: dict[str, Any], seen: Seen, gap: float) -> bool:
        cookies = [
            pair.partition("=")[0].strip() for pair in seen.headers.get("cookie", "").split(";")
        ]
        methods = when.get("method", seen.method)
        methods = [methods] if isinstance(methods, str) else methods
        nth = sum(self._counts[seen.day, seen.host, seen.path, method] for method in methods) if (
            "method" in when
        ) else self._counts[seen.day, seen.host, seen.path]  # fmt: skip
        return (
            seen.method in methods
            and when.get("host", seen.host) == seen.host
            and when.get("path", seen.path) == seen.path
            and re.search(when.get("path_re", ""), seen.target) is not None
            and all(
                re.search(pattern, seen.headers.get(header.lower(), ""), re.IGNORECASE)
                for header, pattern in when.get("header", {}).items()
            )
            and ("has_cookie" not in when or when["has_cookie"] in cookies)
            and ("no_cookie" not in when or when["no_cookie"] not in cookies)
            and _is_in(when.get("day"), seen.day)
            and _is_in(when.get("nth_request"), nth)
            and _is_in(when.get("nth_host_request"), self._counts[seen.day,])
            and seen.open > when.get("concurrent_over", 0)
            and ("gap_under_s" not in when or gap < when["gap_under_s"] * self.scale)
        )

    def _send(self, connection: socket.socket, response: dict[str, Any], seen: Seen) -> bool:
        """Send an answer; return whether the connection is kept."""
        if self._wait(response.get("delay_s", 0)):
            return False
        if response.get("close") == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if response.get("close") in ("before_headers", "reset"):
            return False
        if "raw" in response:
            raw = self.fill(response["raw"]).encode("latin-1")
            connection.sendall(_cut(raw, response))
            return False
        return (
            self._send_interim(connection, response)
            and self._send_head(connection, response, seen)
            and self._send_body(connection, response, seen)
        )

    def _send_interim(self, connection: socket.socket, response: dict[str, Any]) -> bool:
        for interim in response.get("interim", ()):
            lines = [f"HTTP/1.1 {interim['status']} {_phrase(interim)}"]
            lines += [f"{name}: {value}" for name, value in interim.get("headers", {}).items()]
            connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
            if self._wait(interim.get("then_wait_s", 0)):
                return False
        return True

    def _send_head(self, connection: socket.socket, response: dict[str, Any], seen: Seen) -> bool:
        status, headers, _ = self._prepare(response, seen)
        charset = response.get("header_charset", "latin-1")
        start = f"{response.get('version', 'HTTP/1.1')} {status} {_phrase(response)}\r\n"
        is_cut = response.get("close") == "after_status_line"
        lines = "" if is_cut else "".join(f"{name}: {value}\r\n" for name, value in headers)
        connection.sendall((start + lines + ("" if is_cut else "\r\n")).encode(charset))
        return not is_cut

    def _send_body(self, connection: socket.socket, response: dict[str, Any], seen: Seen) -> bool:
        is_kept = bool(response.get("keep_alive"))
        if seen.method == "HEAD" and not response.get("head_body"):
            return is_kept
        if self._wait(response.get("body_delay_s", 0)):
            return False
        _, _, body = self._prepare(response, seen)
        if response.get("chunked"):
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        body = _cut(body, response)
        pace = response.get("drip", {"bytes": max(1, len(body)), "every_s": 0})
        for begin in range(0, len(body), pace["bytes"]):
            connection.sendall(body[begin : begin + pace["bytes"]])
            if self._wait(pace["every_s"]):
                return False
        if response.get("stays_open"):
            self._stop.wait(_LONGEST_WAIT)
        return is_kept and response.get("close") != "mid_body"

    def _prepare(
        self, response: dict[str, Any], seen: Seen
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        status, body = response["status"], self._to_bytes(response.get("body"))
        headers = [
            (name, self.fill(value) if isinstance(value, str) else _join(value["parts"]))
            for name, given in response.get("headers", {}).items()
            for value in (given if isinstance(given, list) else [given])
        ]
        part = re.fullmatch(r"bytes=(\d+)-(\d*)", seen.headers.get("range", ""))
        if response.get("ranges") and part and status == 200 and seen.method == "GET":
            first, last = int(part[1]), min(int(part[2] or len(body) - 1), len(body) - 1)
            if first < len(body):
                headers.append(("Content-Range", f"bytes {first}-{last}/{len(body)}"))
                status, body = 206, body[first : last + 1]
        names = {name.lower() for name, _ in headers}
        if response.get("chunked"):
            headers.append(("Transfer-Encoding", "chunked"))
        elif not (
            names & {"content-length", "transfer-encoding"}
            or response.get("no_length")
            or status in (204, 304)
        ):
            headers.append(("Content-Length", str(len(body))))
        if "connection" not in names:
            headers.append(("Connection", "keep-alive" if response.get("keep_alive") else "close"))
        return status, headers, body

    def _to_bytes(self, body: Any) -> bytes:  # noqa: ANN401 - as JSON has it
        """Return a body: text, `base64`, `text` in a `charset`, or parts with how often each."""
        if body is None:
            return b""
        if isinstance(body, str):
            return self.fill(body).encode()
        if isinstance(body, list):
            return self.fill(_join(body)).encode()
        if "base64" in body:
            return bytes(base64.b64decode(body["base64"]))
        text = self.fill(body.get("text", body.get("repeat", ""))) * body.get("times", 1)
        return str(text).encode(body.get("charset", "utf-8"))

    def _wait(self, seconds: float) -> bool:
        """Wait; return whether the server was stopped meanwhile."""
        scaled = min(seconds * self.scale, _LONGEST_WAIT)
        return bool(scaled) and self._stop.wait(scaled)


def _read_request(connection: socket.socket) -> tuple[str, str, dict[str, str]] | None:
    """Return method, target and headers of the next request; None when there is none."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte:
            return None
        head += byte
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return method, target, headers


def _is_in(wanted: Any, number: int) -> bool:  # noqa: ANN401 - as JSON has it
    """Return whether a number is the wanted one, or from the first to the last of two."""
    if wanted is None:
        return True
    first, last = wanted if isinstance(wanted, list) else (wanted, wanted)
    return bool(first <= number and (last is None or number <= last))


def _join(parts: list[tuple[str, int]]) -> str:
    return "".join(text * times for text, times in parts)


def _cut(data: bytes, response: dict[str, Any]) -> bytes:
    return data[: len(data) // 2] if response.get("close") == "mid_body" else data


def _phrase(response: dict[str, Any]) -> str:
    status = response["status"]
    return str(response.get("reason", http.client.responses.get(status, "Status")))
