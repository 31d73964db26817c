"""Whether a build would find all as the last one left it: then there is nothing to do.

Only the times and sizes of files are looked at, so this is quick; it needs nothing but the standard
library, so that a build with nothing to do starts at once. Of what a build wrote below `site/`, the
folders are looked at: a file that comes or goes changes them, one that is edited in place does not.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog import __version__
from catalog.store.cache_dir import find_cache

_PROGRAM = Path(__file__).parents[1]
_FILE = Path("build", "last.json")
_VERSION = 1
"""Of the file's form. One of another version is not believed, and the list is built."""
_GRAIN = 0.05
"""Seconds: clocks of file systems may lag behind by so much."""

State = list[str | int]
"""Path, size, and times of change; of what is not there, the path alone."""


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """What a build read and wrote.

    Everything in the folders of `read` counts; those in `seen` only change when a file in them is
    added or removed. `written` are files next to the site.
    """

    read: tuple[Path, ...]
    seen: tuple[Path, ...]
    written: tuple[Path, ...]
    site: Path


def find_previous_build(folder: Path, request: Sequence[object]) -> str | None:
    """Return what the last build said, when another one would change nothing; else None.

    `request` is everything that was asked of the build.
    """
    cache = find_cache(folder)
    if cache is None:
        return None
    try:
        last: Any = json.loads((cache / _FILE).read_bytes())
        if last["asked"] != _describe(request):
            return None
        is_same = (
            _look_at_sources(last["read"], last["seen"]) == last["sources"]
            and list(map(_look, last["written"])) == last["outputs"]
            and list(map(_look_at_folder, last["folders"])) == last["times"]
        )
        return str(last["said"]) if is_same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(folder: Path) -> None:
    """Forget the last build, since another one begins to write."""
    cache = find_cache(folder)
    if cache is not None:
        with suppress(OSError):
            (cache / _FILE).unlink(missing_ok=True)


def remember(
    folder: Path, request: Sequence[object], traces: BuildInputs, started: float, said: str
) -> None:
    """Remember a build that began at `started` (seconds since 1970), and what it said.

    Nothing is remembered when a file that it read has changed since, or too shortly before.
    """
    cache = find_cache(folder)
    if cache is None:
        return
    read, seen = list(map(str, traces.read)), [*map(str, traces.seen), *find_libraries()]
    sources = _look_at_sources(read, seen)
    latest = max(int(moment) for state in sources[: -len(seen)] for moment in state[2:])
    # In nanoseconds. A file that changed while the build began may have been read before or after.
    if latest > (started - _GRAIN) * 1e9:
        return
    folders = [str(traces.site), *(path for path in _walk(traces.site) if os.path.isdir(path))]  # noqa: PTH112 - a Path for each is slower
    written = sorted(map(str, traces.written))
    last = {
        "asked": _describe(request),
        "read": read,
        "seen": seen,
        "sources": sources,
        "written": written,
        "outputs": list(map(_look, written)),
        "folders": folders,
        "times": list(map(_look_at_folder, folders)),
        "said": said,
    }
    with suppress(OSError):  # then the next build finds out for itself
        (cache / _FILE).write_text(json.dumps(last), encoding="utf-8")


def find_libraries() -> list[str]:
    """Return the folders that change when a library is installed or removed."""
    return [folder for folder in sys.path if folder.endswith("-packages")]


def _describe(request: Sequence[object]) -> list[Any]:
    year = time.localtime().tm_year  # a rule looks at it
    return [_VERSION, __version__, sys.version, year, *request]


def _look_at_sources(read: Iterable[str], seen: Iterable[str]) -> list[State]:
    paths = [*read, str(_PROGRAM)]
    inside = (path for top in paths for path in (top, *_walk(top)))
    return [*map(_look, inside), *map(_look, seen)]


def _walk(folder: str | Path) -> Iterator[str]:
    """Yield everything that is below a folder, in a fixed order."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (f"{parent}/{name}" for name in (*folders, *sorted(names)))


def _look(path: str) -> State:
    try:
        state = os.stat(path)  # noqa: PTH116 - a Path for each is slower
    except OSError:
        return [path]
    return [path, state.st_size, state.st_mtime_ns, state.st_ctime_ns]


def _look_at_folder(path: str) -> int:
    return os.stat(path).st_mtime_ns  # noqa: PTH116 - a Path for each is slower
