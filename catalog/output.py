"""The only module that writes project files: each whole or not at all, and only when it changed."""

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

Rendered = tuple[str, str]
"""A file to write: its path below a folder, with forward slashes, and its text."""


@dataclass(slots=True)
class Written:
    """What a run wrote: `files` counts all outputs, `changed` those whose bytes are new."""

    files: int = 0
    changed: int = 0


def write_text(path: Path, text: str) -> bool:
    """Write `text` as UTF-8 with line feeds. Return whether the file changed.

    A file that already holds these bytes keeps its time. The new file appears under its name only
    when it is whole: a temporary file in the same folder is renamed over the old one.
    """
    data = text.encode("utf-8")
    try:
        # The size alone tells most changed files apart, without reading them.
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, data)
    return True


def write_all(folder: Path, rendered: Iterable[Rendered]) -> Written:
    """Write every file below `folder`.

    Raises `ValueError` when a path leads out of it: paths are made of keys and ids, whose form the
    model checks, so that would be a bug.
    """
    written = Written()
    for name, text in rendered:
        if name.startswith("/") or ".." in name.split("/"):
            raise ValueError(f"{name!r} leads out of {folder}")
        written.files += 1
        written.changed += write_text(folder / name, text)
    return written


def is_current(path: Path, text: str) -> bool:
    """Tell whether the file holds exactly `text`; line ends of a checkout do not count."""
    try:
        return path.read_bytes().replace(b"\r\n", b"\n") == text.encode("utf-8")
    except FileNotFoundError:
        return False


def _replace(path: Path, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(
        dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp"
    )
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        # mkstemp makes files for their owner alone; a website is read by others.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
