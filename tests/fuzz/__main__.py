"""Feed every reader broken input for a number of seconds each: `make fuzz`.

Hypothesis makes the input; where atheris is installed (`pip install --group fuzz`), libFuzzer looks
for new paths through the code as long again. Node.js does the same to the parser of queries.
"""

import importlib.util
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.scripts import fuzz_queries
from tests.fuzz.targets import PIECES, TARGETS, Target, run

EXAMPLES = 200
MEGABYTE = 1_000_000
SLOW = {"bibliography", "list"}
"""Readers that may take longer than 2 s on a megabyte of one piece, such as `*a` or `@article{`.

The parsers of Markdown and BibTeX look back over a whole paragraph. Who imports reads a file of
their own and may interrupt; all other inputs are held to the time.
"""


def make_inputs(target: Target) -> st.SearchStrategy[bytes]:
    """Return texts of lines of good files and of pieces of the formats, and any bytes."""
    lines = sorted({line for text in target.seeds for line in text.splitlines(keepends=True)})
    parts = st.sampled_from(lines) | st.sampled_from(PIECES) | st.binary(max_size=8)
    whole = st.sampled_from(target.seeds)
    cut = st.tuples(whole, st.integers(0, 10_000), st.lists(parts, max_size=6)).map(
        lambda got: got[0][: got[1]] + b"".join(got[2]) + got[0][got[1] :]
    )
    return st.lists(parts, max_size=60).map(b"".join) | cut | st.binary(max_size=300)


def fuzz(name: str, seconds: float) -> None:
    """Read made input for some time; an exception or a reader that is too slow ends it."""
    target, worst, runs = TARGETS[name], 0.0, 0

    def read(data: bytes) -> None:
        nonlocal worst, runs
        runs += 1
        share = run(target, data)
        worst = max(worst, share)
        assert share <= 1, f"{len(data)} bytes took {share:.1f} times as long as they may"

    end = time.monotonic() + seconds
    for number in count(int(time.time())):
        search = settings(max_examples=EXAMPLES, deadline=None, database=None)(
            seed(number)(given(make_inputs(target))(read))
        )
        search()
        if time.monotonic() > end:
            break
    sys.stdout.write(f"{name}: {runs} inputs, slowest {worst:.1%} of what it may take\n")
    if name not in SLOW:
        sys.stdout.write(f"{name}: {fuzz_sizes(name):.1%} at 1 MB of one piece\n")


def fuzz_sizes(name: str, *, size: int = MEGABYTE, allowed: float = 1) -> float:
    """Read each piece of the formats over and over, `size` bytes; return the slowest share."""
    target = TARGETS[name]
    worst = 0.0
    for piece in (*PIECES, b"".join(PIECES)):
        share = run(target, piece * (size // len(piece)))
        assert share <= allowed, f"{name}: {size} bytes of {piece!r}: {share:.1f} times too long"
        worst = max(worst, share)
    return worst


def fuzz_paths(name: str, seconds: float) -> None:
    """Let libFuzzer look for new paths, in a process of its own, from the good files on."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, text in enumerate(TARGETS[name].seeds):
            (Path(corpus) / str(number)).write_bytes(text)
        options = (
            f"-max_total_time={int(seconds)}",
            "-max_len=4096",
            "-timeout=20",
            "-verbosity=0",
        )
        command = [sys.executable, "-m", "tests.fuzz.atheris_run", name, *options, corpus]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    time_each = float(sys.argv[1])
    for target_name in TARGETS:
        fuzz(target_name, time_each)
        if importlib.util.find_spec("atheris") is not None:
            fuzz_paths(target_name, time_each)
    fuzz_queries(time_each)
