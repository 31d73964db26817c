"""One process at a time writes into a list.

Two builds at once would each remove what the other has just written, and of two additions the one
that writes last would undo the other. The lock is the system's own: it goes with its process, also
when that is killed, so that no lock is ever left behind.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from catalog.errors import BusyError, UnwritableOutputError
from catalog.store.cache_dir import make_cache
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.load import explain_unreadable

_LOCK = "lock"
_OWNER = "lock-owner.txt"


@contextmanager
def hold_list(folder: Path) -> Iterator[None]:
    """Keep other processes from writing into the list in `folder` while the block runs.

    Raises `BusyError`, which names the process that writes now, `UnwritableOutputError`, and
    `UnreadableInputError` when there is no list: nothing is left behind in a folder without one.
    """
    papers = folder / PAPERS_FILE
    try:
        papers.stat()
    except OSError as error:
        raise explain_unreadable(papers, error) from error
    cache = make_cache(folder)
    owner = cache / _OWNER
    lock = FileLock(cache / _LOCK)
    try:
        lock.acquire(timeout=0)
        owner.write_text(f"process {os.getpid()} ({_name_command()})\n", encoding="utf-8")
    except Timeout:
        raise BusyError(folder, _read_owner(owner)) from None
    except OSError as error:
        lock.release()
        raise UnwritableOutputError(cache, error.strerror or str(error)) from error
    try:
        yield
    finally:
        with suppress(OSError):
            owner.unlink()
        lock.release()


def make_lock(file: Path) -> FileLock:
    """Return the lock of one file, not acquired: it lies in the cache of the file's folder.

    Raises `UnwritableOutputError` when it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableOutputError(file, error.strerror or str(error)) from error
    return FileLock(make_cache(file.parent) / f"{file.name}.lock")


def _name_command() -> str:
    return " ".join(["catalog", *sys.argv[1:]])


def _read_owner(owner: Path) -> str:
    try:
        return owner.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError):
        return "another process"
