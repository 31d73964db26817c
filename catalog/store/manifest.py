"""What the last build wrote into a folder, remembered outside it.

With it a build leaves alone what has not changed, and takes away what no longer belongs there, but
nothing that it did not write. An interrupted build loses nothing: each name is noted in a journal
before its file is written, and a file is trusted only while its size and time are as noted.
"""

import marshal
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Self

from catalog.errors import UnwritableOutputError
from catalog.store.symlinks import escapes_folder
from catalog.store.temp_names import remove_leftovers

_VERSION = 2
"""Of the file's form. One of another version is not believed, and everything is written again."""


_Entry = tuple[str | None, int, int]
"""A file as it was written: the digest of all that it is made from, if known, its size and time."""


class Manifest:
    """The files of one folder: those of the last build, and those of the one that runs."""

    def __init__(
        self, folder: Path, file: Path, program: str, last: "Manifest | None" = None
    ) -> None:
        """Take what `file` says about `folder`; nothing is known when it cannot be understood.

        `program` stands for the code that writes: of what another one wrote, only the names count.
        What `last`, the manifest of the build before in this process, has written is not read.
        """
        self._folder = folder
        self._file = file
        self._program = program
        self._journal = file.with_suffix(".journal")
        self._is_finished = False
        if last is not None and last._is_finished:
            self._old, self._is_same_program = last._new, last._program == program
        else:
            self._old, self._is_same_program = _read(file, folder, program)
        self.is_known = bool(self._old)
        """Whether an earlier build is known."""
        self._unfinished = _read_journal(self._journal)
        self._new: dict[str, _Entry] = {}

    def make_way(self, names: Iterable[str]) -> None:
        """Remove everything that was written when one of `names` was there in other letter case.

        Some file systems take both for one file: written again it keeps its old name, or is removed
        under that.
        """
        known = {name.lower(): name for name in self._old}
        if all(known.get(name.lower(), name) == name for name in names):
            return
        for name, entry in self._old.items():
            if self._look(name, entry[0]) == entry:
                self._remove(name)

    def __enter__(self) -> Self:
        try:
            self._journal.parent.mkdir(parents=True, exist_ok=True)
            # Unbuffered: a name is with the system before its file is.
            self._names = self._journal.open("ab", buffering=0)
        except OSError as error:
            raise UnwritableOutputError(self._journal, error.strerror or str(error)) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._names.close()

    def expect(self, name: str, digest: str | None) -> bool:
        """Return whether the file exists as made from `digest`; otherwise it must be written."""
        old = self._old.get(name)
        is_kept = self._is_same_program and digest is not None
        if old is not None and is_kept and old[0] == digest and self._look(name, digest) == old:
            self._new[name] = old
            return True
        self._names.write(f"{name}\n".encode())
        return False

    def size(self, name: str) -> int:
        """Return the size of a file of this build, in bytes."""
        return self._new[name][1]

    def note(self, name: str, digest: str | None, state: os.stat_result | None = None) -> None:
        """Note that the file has been written; its `state` is looked up when it is not given."""
        if state is not None:
            entry: _Entry | None = digest, state.st_size, state.st_mtime_ns
        else:
            entry = self._look(name, digest)
        if entry is not None:
            self._new[name] = entry

    def finish(self) -> None:
        """Remove what this build did not write and an earlier one did, and remember this one."""
        for name, entry in self._old.items():
            if name not in self._new and self._look(name, entry[0]) == entry:
                self._remove(name)
        for name in self._unfinished:
            remove_leftovers(self._folder / name)
        for name in self._unfinished - self._new.keys():
            self._remove(name)
        kept = {
            "version": _VERSION,
            "program": self._program,
            "folder": str(self._folder.resolve()),
            "files": self._new,
        }
        temporary = self._file.with_suffix(".tmp")
        try:
            temporary.write_bytes(marshal.dumps(kept))
            temporary.replace(self._file)
        except OSError as error:
            raise UnwritableOutputError(self._file, error.strerror or str(error)) from error
        self._journal.unlink(missing_ok=True)
        self._is_finished = True

    def _look(self, name: str, digest: str | None) -> _Entry | None:
        try:
            state = os.stat(f"{self._folder}/{name}")  # noqa: PTH116 - a Path for each is slower
        except OSError:
            return None
        return digest, state.st_size, state.st_mtime_ns

    def _remove(self, name: str) -> None:
        path = self._folder / name
        if not _is_below(name) or escapes_folder(path.parent, self._folder):
            return
        with suppress(OSError):
            path.unlink()
        with suppress(OSError):
            while (path := path.parent) != self._folder:
                path.rmdir()  # ends at the first folder that holds something else


def _read(file: Path, folder: Path, program: str) -> tuple[dict[str, _Entry], bool]:
    """Read the files of this folder, and whether the same program wrote them.

    A manifest of another version or place says nothing.
    """
    try:
        # Twice as quick as JSON. No commit can name the folder of this file, so it is our own.
        kept = marshal.loads(file.read_bytes())
        if kept["version"] != _VERSION or kept["folder"] != str(folder.resolve()):
            return {}, False
        return dict(kept["files"]), kept["program"] == program
    except (OSError, ValueError, EOFError, KeyError, TypeError):
        return {}, False


def _read_journal(journal: Path) -> set[str]:
    try:
        names = journal.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return set()
    return set(filter(_is_below, names))


def _is_below(name: str) -> bool:
    """Return whether a name leads to a file of the folder: such a file may be removed."""
    return "\\" not in name and {"", ".", ".."}.isdisjoint(name.split("/"))
