"""Whether a build would find everything as the last one left it: decided before more is imported.

Importing click and what it needs takes longer than starting Python. So this module imports built-in
modules only, and `catalog` calls it first; every other call, and every doubt, goes the usual way,
which calls the same function.

The sizes and times of files are compared; of the site, the times of its folders: a file that is
added or removed changes them, one that is edited in place does not. That is so for the folders of
sources too, so nothing is searched: all paths are known from the last build.
"""

import marshal
import os
import sys
import time
from collections.abc import Iterable, Sequence

from catalog import __version__
from catalog.store.cache_name import find_cache

FILE = "build/last"
_VERSION = 2
"""Of the file's form. One of another version is not believed, and the list is built."""

Groups = list[tuple[str, list[str]]]
"""Folders, each with names in it: so 14,000 paths are read in a millisecond."""


def print_previous_build(arguments: Sequence[str]) -> bool:
    """Handle `[-C DIR] build [--strict]` if it would change nothing; return whether it was that."""
    words, folder = list(arguments), "."
    if words[:1] == ["-C"] and len(words) > 1:
        folder, words = words[1], words[2:]
    if words not in (["build"], ["build", "--strict"]):
        return False
    said = find_previous_build(folder, (None, len(words) > 1))
    if said is None:
        return False
    print(f"nothing has changed\n{said}", file=sys.stderr)  # noqa: T201 - as the command does
    return True


def find_previous_build(folder: str, request: Sequence[object]) -> str | None:
    """Return what the last build said, when another one would change nothing; else None.

    `request` is everything that was asked of the build.
    """
    cache = find_cache(folder)
    if cache is None:
        return None
    try:
        with open(f"{cache}/{FILE}", "rb") as file:  # noqa: PTH123 - pathlib takes time to import
            # No commit can name the folder of this file (decision 29), so it is our own.
            last = marshal.loads(file.read())
        is_same = (
            last["asked"] == describe(folder, request)
            and look_at_files(last["files"]) == last["states"]
            and look_at_folders(last["folders"]) == last["times"]
        )
        return str(last["said"]) if is_same else None
    except (OSError, ValueError, EOFError, KeyError, TypeError):
        return None


def describe(folder: str, request: Sequence[object]) -> tuple[object, ...]:
    """Return what a build depends on besides files. A rule looks at the year."""
    year = time.localtime().tm_year
    return (_VERSION, __version__, sys.version, year, os.path.realpath(folder), *request)


def group_by_folder(paths: Iterable[str]) -> Groups:
    """Return the folders of absolute paths, each with the names in it."""
    groups: dict[str, list[str]] = {}
    for path in paths:
        parent, name = os.path.split(path)
        groups.setdefault(parent, []).append(name)
    return list(groups.items())


def look_at_files(groups: Groups) -> list[tuple[int, int, int] | None]:
    """Return size and times of each file or folder; None for what is not there."""
    found = list[tuple[int, int, int] | None]()
    for path in (f"{folder}/{name}" for folder, names in groups for name in names):
        try:
            state = os.stat(path)  # noqa: PTH116 - see `find_previous_build`
        except OSError:
            found.append(None)
        else:
            found.append((state.st_size, state.st_mtime_ns, state.st_ctime_ns))
    return found


def look_at_folders(groups: Groups) -> list[int]:
    """Return the times at which folders changed. Raises `OSError` when one is not there.

    From within its parent a look at a folder takes a quarter less time than by its whole path.
    """
    here = os.getcwd()  # noqa: PTH109 - see `find_previous_build`
    times = list[int]()
    try:
        for folder, names in groups:
            os.chdir(folder)
            times += [os.stat(name).st_mtime_ns for name in names]  # noqa: PTH116
        return times
    finally:
        os.chdir(here)
