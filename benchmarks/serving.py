"""How long an edit of papers.yaml takes until `catalog serve` shows it.

    python -m benchmarks.serving [--papers 106 1000 10000] [--runs 5]

The page of the edited paper is asked for until it has the new title: looking at the files, checking
the list, writing and serving are all in it, by the clock.
"""

import argparse
import contextlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

from benchmarks.lists import write_list

GOALS = {106: 0.5, 1000: 1.0, 10_000: 3.0}
"""Seconds, by the number of papers."""
_TIMEOUT = 120
_PAUSE = 0.02
_RECORD = re.compile(r"key: \"?(?P<key>[^\s\"]+)\"?\n(?P<between>(?:.*\n)*?)\s*title: \"")


def measure(folder: Path, runs: int) -> float:
    """Return the median of some edits, in seconds. `folder` has a list with a mkdocs.yml."""
    papers = folder / "papers.yaml"
    text = papers.read_text(encoding="utf-8")
    found = _RECORD.search(text, text.index("key: ", len(text) // 2))
    if found is None:
        raise ValueError(f"{papers} has no record to edit")
    with _serve(folder) as base:
        page = f"{base}papers/{found['key']}/"
        times = []
        for run in range(runs):
            _wait_for(page, "</html>")
            time.sleep(1)  # what is written behind shall not count for the next edit
            mark = f"Served{run}"
            start = time.perf_counter()
            papers.write_text(f"{text[: found.end()]}{mark} {text[found.end() :]}", "utf-8")
            _wait_for(page, mark)
            times.append(time.perf_counter() - start)
    papers.write_text(text, encoding="utf-8")
    return statistics.median(times)


@contextlib.contextmanager
def _serve(folder: Path) -> Iterator[str]:
    """Run `catalog serve` and yield the address of the home page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = folder / "serve.log"
    command = [sys.executable, "-m", "catalog", "-C", str(folder), "serve", "--address", address]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stderr=file)
    try:
        end = time.monotonic() + _TIMEOUT
        while (found := re.search(r"Serving on (\S+)", log.read_text("utf-8"))) is None:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(log.read_text("utf-8"))
            time.sleep(_PAUSE)
        yield found[1]
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str, text: str) -> None:
    end = time.monotonic() + _TIMEOUT
    while time.monotonic() < end:
        with urlopen(url, timeout=_TIMEOUT) as answer:
            if text in answer.read().decode("utf-8"):
                return
        time.sleep(_PAUSE)
    raise TimeoutError(f"{url} never showed {text!r}")


def main() -> int:
    """Measure lists of some sizes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, nargs="+", default=list(GOALS))
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    for papers in options.papers:
        with tempfile.TemporaryDirectory() as name:
            write_list(Path(name), papers)
            seconds = measure(Path(name), options.runs)
        goal = f", goal {GOALS[papers]:g}" if papers in GOALS else ""
        sys.stdout.write(f"{papers:,} papers: {seconds:.2f} s{goal}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
