"""The only module that writes project files: each whole or not at all, and only when it changed."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from catalog.errors import UnwritableOutputError
from catalog.store.manifest import Manifest
from catalog.store.symlinks import refuse_outside
from catalog.store.temp_names import name_temporary

_NEW_FILE = 0o666
"""The mode of a new file, less what the user's umask takes away."""

_WRITE_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

_NO_NAMES = frozenset(["", ".", ".."])

TextFile = tuple[str, str]
"""A file to write: its path below a folder, with forward slashes, and its text."""
BinaryFile = tuple[str, bytes]
"""A picture to write, as `TextFile`."""


class LazyFile(NamedTuple):
    """A file to write that is made only when it has to be.

    `digest` stands for all that `make` reads: as long as it is the same, so are the bytes.
    """

    name: str
    digest: str
    make: Callable[[], str | bytes]


OutputFile = TextFile | BinaryFile | LazyFile
Watch = Callable[[Iterable[OutputFile]], Iterator[OutputFile]]
"""Passes all outputs on unchanged; it sees how far a run is."""


@dataclass(slots=True)
class WriteResult:
    """What a run wrote: `files` counts all outputs, `changed` those whose bytes are new.

    `size` is that of all files, in bytes; `notes` are lines that their owner should read.
    """

    files: int = 0
    changed: int = 0
    size: int = 0
    notes: list[str] = field(default_factory=list)


def write_text(path: Path, text: str, *, is_source: bool = False) -> bool:
    """Write `text` as UTF-8 with line feeds, as `write_bytes` does."""
    return write_bytes(path, text.encode("utf-8"), is_source=is_source)


def write_bytes(path: Path, data: bytes, *, is_source: bool = False) -> bool:
    """Write `data`. Return whether the file changed.

    A file that already holds these bytes keeps its time. The new file appears under its name only
    when it is whole: a temporary file in the same folder is renamed over the old one. A file that
    nothing else can make again (`is_source`) is on the disk before that, so that a power cut leaves
    the old or the new one. Raises `UnwritableOutputError` when it cannot be written; the old file
    is then as it was.
    """
    try:
        return _write_changed(os.fspath(path), data, is_source=is_source)
    except OSError as error:
        raise UnwritableOutputError(path, error.strerror or str(error)) from error


# A site has tens of thousands of files, so these two work on plain paths, with no look too many.
def _write_changed(path: str, data: bytes, *, is_source: bool) -> bool:
    mode = _NEW_FILE
    with suppress(FileNotFoundError):
        old = os.stat(path)  # noqa: PTH116 - see above
        # The size alone reveals most changes, without reading the file.
        if old.st_size == len(data) and _read(path) == data:
            return False
        mode = stat.S_IMODE(old.st_mode)
    _replace(path, data, mode, is_source=is_source)
    return True


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - see above
        return file.read()


def write_all(
    folder: Path,
    outputs: Iterable[OutputFile],
    manifest: Manifest | None = None,
    *,
    are_sources: bool = False,
) -> WriteResult:
    """Write every file below `folder`; `are_sources` as in `write_bytes`.

    With a manifest, a recipe whose digest it has is not made again, and a file that it has but this
    run did not write is removed. Raises `UnwritableOutputError` when a link leads out of the
    folder, and `ValueError` when a path does: paths are made of keys and ids, whose form the model
    checks, so that would be a bug.
    """
    written = WriteResult()
    known = {"": False}
    for output in outputs:
        name, digest = output[0], output.digest if isinstance(output, LazyFile) else None
        if "\\" in name or not _NO_NAMES.isdisjoint(name.split("/")):
            raise ValueError(f"{name!r} leads out of {folder}")
        written.files += 1
        if manifest is not None and manifest.expect(name, digest):
            written.size += manifest.size(name)
            continue
        is_new = _enter(name.rpartition("/")[0], folder, known)
        content = make(output)
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        written.size += len(data)
        if manifest is None:
            written.changed += write_bytes(folder / name, data, is_source=are_sources)
        elif is_new:
            manifest.note(name, digest, _write_new(f"{folder}/{name}", data))
            written.changed += 1
        else:
            written.changed += write_bytes(folder / name, data)
            manifest.note(name, digest)
    return written


def _enter(name: str, folder: Path, known: dict[str, bool]) -> bool:
    """Make a folder below `folder`, or check that it is not a link that leads out.

    `known` has the folders that were seen, and gets this one and those around it. Return whether
    this run has made it.
    """
    is_new = known.get(name)
    if is_new is None:
        _enter(name.rpartition("/")[0], folder, known)
        try:
            # A folder that was not there needs no look for links: most of a first build.
            os.mkdir(f"{folder}/{name}")  # noqa: PTH102 - see above
            is_new = True
        except OSError:
            refuse_outside(folder / name, folder)
            is_new = False
        known[name] = is_new
    return is_new


def _write_new(path: str, data: bytes) -> os.stat_result:
    """Write a file of a folder that was empty, and return its state.

    Nothing can be in its place, and the manifest's journal has its name: what a killed run left of
    it is written again.
    """
    try:
        descriptor = os.open(path, _WRITE_NEW, _NEW_FILE)
        try:
            done = os.write(descriptor, data)
            while done < len(data):
                done += os.write(descriptor, data[done:])
            return os.fstat(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise UnwritableOutputError(Path(path), error.strerror or str(error)) from error


def make(output: OutputFile) -> str | bytes:
    """Return what a file should hold."""
    return output.make() if isinstance(output, LazyFile) else output[1]


def is_current(path: Path, text: str) -> bool:
    """Return whether the file holds exactly `text`; line ends of a checkout do not count."""
    try:
        return path.read_bytes().replace(b"\r\n", b"\n") == text.encode("utf-8")
    except FileNotFoundError:
        return False


def _replace(path: str, data: bytes, mode: int, *, is_source: bool) -> None:
    temporary = name_temporary(path)
    try:
        descriptor = os.open(temporary, _WRITE_NEW, _NEW_FILE)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - see above
        descriptor = os.open(temporary, _WRITE_NEW, _NEW_FILE)
    try:
        with open(descriptor, "wb", buffering=0) as file:  # noqa: PTH123 - see above
            _write(file, data)
            if is_source:
                os.fsync(descriptor)
        if mode != _NEW_FILE:
            os.chmod(temporary, mode)  # noqa: PTH101 - see above
        os.replace(temporary, path)  # noqa: PTH105 - see above
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)  # noqa: PTH108 - see above
        raise
    if is_source:
        _sync_folder(os.path.dirname(path))  # noqa: PTH120 - see above


def _sync_folder(folder: str) -> None:
    """Have the new name on the disk too. Windows opens no folder, and does so on its own."""
    with suppress(OSError):
        descriptor = os.open(folder or ".", os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write(file: FileIO, data: bytes) -> None:
    """Write all of `data`: the system may take less at a time."""
    written = file.write(data)
    while written < len(data):
        written += file.write(data[written:])


def open_to_append(path: Path) -> FileIO:
    """Open a journal: what is written is at its end at once, without a buffer.

    An unfinished last line, of a run that was killed, is ended first. A link is not followed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = FileIO(os.fspath(path), "ab", opener=_open_no_link)
        file.write(b"\n" if file.tell() else b"")
    except OSError as error:
        raise UnwritableOutputError(path, error.strerror or str(error)) from error
    return file


def _open_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), _NEW_FILE)


def remove(path: Path) -> None:
    """Remove a file that is no longer needed."""
    path.unlink(missing_ok=True)
