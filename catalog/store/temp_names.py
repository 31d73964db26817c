"""The names of files while they are written, so that what a killed program left is found."""

import os
import secrets
from contextlib import suppress
from glob import escape
from pathlib import Path

_RUN = secrets.token_hex(4)
"""Two programs that write the same file at once do not write into each other's."""


def name_temporary(path: str) -> str:
    """Return the name under which a file is written: hidden, in the same folder."""
    folder, _, name = path.rpartition(os.sep)
    return os.path.join(folder, f".{name[:40]}.{_RUN}.tmp")  # noqa: PTH118 - tens of thousands


def remove_leftovers(path: Path) -> None:
    """Remove what was left next to a file when the writing of it was cut off."""
    for leftover in path.parent.glob(f".{escape(path.name[:40])}.????????.tmp"):
        with suppress(OSError):
            leftover.unlink()
