"""What a build read and wrote, remembered for `catalog.tasks.previous_build`."""

import marshal
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from catalog.store.cache_name import find_cache
from catalog.tasks.previous_build import (
    FILE,
    describe,
    group_by_folder,
    look_at_files,
    look_at_folders,
)

_PROGRAM = Path(__file__).parents[1]
_GRAIN = 0.05
"""Seconds: clocks of file systems may lag behind by so much."""


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


def forget(folder: Path) -> None:
    """Forget the last build, since another one begins to write."""
    cache = find_cache(str(folder))
    if cache is not None:
        with suppress(OSError):
            Path(cache, FILE).unlink(missing_ok=True)


def remember(
    folder: Path, request: Sequence[object], traces: BuildInputs, started: float, said: str
) -> None:
    """Remember a build that began at `started` (seconds since 1970), and what it said.

    Nothing is remembered when a file that it read has changed since, or too shortly before.
    """
    cache = find_cache(str(folder))
    if cache is None:
        return
    read = group_by_folder(_walk([*traces.read, _PROGRAM]))
    states = look_at_files(read)
    latest = max(moment for state in states if state for moment in state[1:])
    # In nanoseconds. A file that changed while the build began may have been read before or after.
    if latest > (started - _GRAIN) * 1e9:
        return
    rest = (*traces.seen, *traces.written, *map(Path, find_libraries()))
    others = group_by_folder(str(path.absolute()) for path in rest)
    folders = group_by_folder(filter(os.path.isdir, _walk([traces.site])))
    last = {
        "asked": describe(str(folder), request),
        "files": read + others,
        "states": states + look_at_files(others),
        "folders": folders,
        "times": look_at_folders(folders),
        "said": said,
    }
    with suppress(OSError):  # then the next build finds out for itself
        Path(cache, FILE).write_bytes(marshal.dumps(last))


def find_libraries() -> list[str]:
    """Return the folders that change when a library is installed or removed."""
    return [folder for folder in sys.path if folder.endswith("-packages")]


def _walk(tops: Iterable[Path]) -> Iterator[str]:
    """Yield the absolute paths of files and folders, and of everything below these folders."""
    for top in map(os.path.abspath, tops):
        yield top
        for parent, folders, names in os.walk(top):
            folders[:] = [name for name in folders if name != "__pycache__"]
            yield from (os.path.join(parent, name) for name in (*folders, *names))  # noqa: PTH118 - a Path for each is slower
