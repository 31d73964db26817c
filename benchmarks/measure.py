"""What a program costs: processor time, wall time and peak memory of a process."""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time (user and system), seconds of wall time, bytes of memory."""

    cpu: float
    wall: float
    memory: int


def run(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None
) -> Cost:
    """Run a program to its end. Raises `CalledProcessError` when it fails.

    A small process starts it: Linux counts what the parent has in memory as the child's.
    """
    ended = subprocess.run(
        [sys.executable, __file__, *map(str, command)],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
        text=True,
    )
    cpu, wall, memory = ended.stdout.split()
    return Cost(float(cpu), float(wall), int(memory))


def main() -> None:
    """Run the program that the arguments name, print its cost, and end with its exit code."""
    start = time.perf_counter()
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    sys.stdout.write(f"{usage.ru_utime + usage.ru_stime} {wall} {usage.ru_maxrss * _UNIT}\n")
    sys.exit(os.waitstatus_to_exitcode(status))


def repeat(work: Callable[[], Cost], runs: int) -> Cost:
    """Return the median of each figure over some runs."""
    costs = [work() for _ in range(runs)]
    return Cost(
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.wall for cost in costs),
        int(statistics.median(cost.memory for cost in costs)),
    )


def find_memory() -> int:
    """Return the peak memory of this process so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


if __name__ == "__main__":
    main()
