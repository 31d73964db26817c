"""The only module that writes project files: each whole or not at all, and only when it changed."""

import os
import secrets
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import UnwritableOutputError

_NEW_FILE = 0o666
"""The mode of a new file, less what the user's umask takes away."""

Rendered = tuple[str, str]
"""A file to write: its path below a folder, with forward slashes, and its text."""
Drawn = tuple[str, bytes]
"""A picture to write, as `Rendered`."""


@dataclass(slots=True)
class Written:
    """What a run wrote: `files` counts all outputs, `changed` those whose bytes are new."""

    files: int = 0
    changed: int = 0


def write_text(path: Path, text: str) -> bool:
    """Write `text` as UTF-8 with line feeds, as `write_bytes` does."""
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> bool:
    """Write `data`. Return whether the file changed.

    A file that already holds these bytes keeps its time. The new file appears under its name only
    when it is whole: a temporary file in the same folder is renamed over the old one. Raises
    `UnwritableOutputError` when it cannot be written; the old file is then as it was.
    """
    try:
        mode = _find_mode_of_changed(path, data)
        if mode is not None:
            _replace(path, data, mode)
    except OSError as error:
        raise UnwritableOutputError(path, error.strerror or str(error)) from error
    return mode is not None


def _find_mode_of_changed(path: Path, data: bytes) -> int | None:
    """Return the mode for the new file, that of an old one; None when it holds `data` already."""
    try:
        old = path.stat()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _NEW_FILE
    # The size alone tells most changed files apart, without reading them.
    is_same = old.st_size == len(data) and path.read_bytes() == data
    return None if is_same else stat.S_IMODE(old.st_mode)


def write_all(folder: Path, rendered: Iterable[Rendered | Drawn]) -> Written:
    """Write every file below `folder`.

    Raises `ValueError` when a path leads out of it: paths are made of keys and ids, whose form the
    model checks, so that would be a bug.
    """
    written = Written()
    for name, content in rendered:
        if "\\" in name or not {"", ".", ".."}.isdisjoint(name.split("/")):
            raise ValueError(f"{name!r} leads out of {folder}")
        written.files += 1
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        written.changed += write_bytes(folder / name, data)
    return written


def is_current(path: Path, text: str) -> bool:
    """Tell whether the file holds exactly `text`; line ends of a checkout do not count."""
    try:
        return path.read_bytes().replace(b"\r\n", b"\n") == text.encode("utf-8")
    except FileNotFoundError:
        return False


def _replace(path: Path, data: bytes, mode: int) -> None:
    temporary = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _NEW_FILE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        if mode != _NEW_FILE:
            temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
