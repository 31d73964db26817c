"""How long each part of a build takes, seen from outside: by stages, and by kinds of files."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog.store.files import OutputFile

_SMALL = 0.01
"""The share of the site below which a kind of file is not named."""


@dataclass(slots=True)
class _Cost:
    """What files of one kind take."""

    seconds: float = 0
    files: int = 0


class Timings:
    """Measures the stages of one build, from the start of the process on."""

    def __init__(self) -> None:
        # What came before, above all loading the program, is known as processor time only.
        self._stages: defaultdict[str, float] = defaultdict(float, starting=time.process_time())
        self._kinds: defaultdict[str, _Cost] = defaultdict(_Cost)
        self._stage: str | None = None
        self._since = time.perf_counter()

    def begin(self, stage: str) -> None:
        """End the stage before, and begin one."""
        self.end()
        self._stage = stage

    def end(self) -> None:
        """End the stage."""
        now = time.perf_counter()
        if self._stage is not None:
            self._stages[self._stage] += now - self._since
        self._stage, self._since = None, now

    def watch(self, outputs: Iterable[OutputFile]) -> Iterator[OutputFile]:
        """Yield the outputs on; measure how long each takes to be made, compared and written."""
        since = time.perf_counter()
        for output in outputs:
            yield output
            now = time.perf_counter()
            cost = self._kinds[_name_kind(output[0])]
            cost.seconds += now - since
            cost.files += 1
            since = now

    def describe(self) -> str:
        """Return a table: each stage, then the files of the site, the dearest first."""
        lines = [f"{'stage':<34}{'seconds':>8}{'files':>10}"]
        stages = self._stages | {"all": sum(self._stages.values())}
        lines += [f"{name:<34}{seconds:>8.2f}" for name, seconds in stages.items()]
        total = sum(cost.seconds for cost in self._kinds.values())
        if self._kinds:
            lines += ["", "of that, files of the site"]
        rest = _Cost()
        for name, cost in sorted(self._kinds.items(), key=lambda item: -item[1].seconds):
            if cost.seconds < total * _SMALL:
                rest = _Cost(rest.seconds + cost.seconds, rest.files + cost.files)
            else:
                lines.append(f"  {name:<32}{cost.seconds:>8.2f}{cost.files:>10,}")
        if rest.files:
            lines.append(f"  {'all others':<32}{rest.seconds:>8.2f}{rest.files:>10,}")
        return "\n".join(lines)


def _name_kind(name: str) -> str:
    """Return what stands for a file and its like: `papers/*/index.html`, `export/*.bib`."""
    # Plain text, as it is asked for each of tens of thousands of files.
    folders, _, last = name.rpartition("/")
    if not folders:
        return name
    first, _, inner = folders.partition("/")
    if not last.startswith("index."):
        last = f"*.{last.rpartition('.')[2]}"
    return f"{first}/*/{last}" if inner else f"{first}/{last}"
