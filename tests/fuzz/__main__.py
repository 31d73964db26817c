"""Feed every reader, or those that are named, broken input for some seconds each: `make fuzz`.

Hypothesis makes the input; where atheris is installed (.github/requirements/fuzz.lock), libFuzzer
looks for new paths through the code as long again. Node.js does the same to the parser of queries.
"""

import gc
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
from tests.fuzz.targets import TARGETS, Target, run, run_sizes

EXAMPLES = 200
SIZES = (100_000, 1_000_000)
"""Sizes at which each piece is repeated: a megabyte of short lines is more lines than are read."""


def make_inputs(target: Target) -> st.SearchStrategy[bytes]:
    """Return texts of lines of good files and of pieces of the formats, dense lines, any bytes."""
    lines = sorted({line for text in target.seeds for line in text.splitlines(keepends=True)})
    parts = st.sampled_from(lines) | st.sampled_from(target.pieces) | st.binary(max_size=8)
    whole = st.sampled_from(target.seeds)
    cut = st.tuples(whole, st.integers(0, 10_000), st.lists(parts, max_size=6)).map(
        lambda got: got[0][: got[1]] + b"".join(got[2]) + got[0][got[1] :]
    )
    dense = st.tuples(
        st.sampled_from((b"", b"- ", b"## ", b"| ", b"@misc{a, title={", b"  a: ")),
        st.lists(parts, min_size=1, max_size=4).map(b"".join),
        st.sampled_from((100, 1_000, 9_000)),
        st.integers(1, 4),
    ).map(lambda got: _write_dense(*got))
    return st.lists(parts, max_size=60).map(b"".join) | cut | dense | st.binary(max_size=300)


def _write_dense(mark: bytes, piece: bytes, width: int, lines: int) -> bytes:
    """Write lines of one piece over and over, all different so that nothing is remembered."""
    text = piece.replace(b"\n", b" ") * (width // (len(piece) or 1))
    return b"".join(b"%b%d %b\n" % (mark, number, text) for number in range(lines))


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
    for size in SIZES:
        share = run_sizes(name, size)
        sys.stdout.write(f"{name}: {share:.1%} at {size:,} bytes of one piece\n")


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
    gc.set_threshold(100_000)  # as the command line does: reading makes many objects, no garbage
    time_each = float(sys.argv[1])
    for target_name in sys.argv[2:] or TARGETS:
        fuzz(target_name, time_each)
        if importlib.util.find_spec("atheris") is not None:
            fuzz_paths(target_name, time_each)
    if not sys.argv[2:]:
        fuzz_queries(time_each)
