"""Where a list keeps what is remembered; found without anything that takes time to import."""

import os

FOLDER = ".catalog-cache"
MADE = "made"


def find_cache(folder: str) -> str | None:
    """Return the folder for what is remembered, None when there is none."""
    try:
        found = name_cache(f"{folder}/{FOLDER}")
    except OSError:
        return None
    return found if os.path.isdir(found) else None  # noqa: PTH112 - pathlib takes time to import


def name_cache(cache: str) -> str:
    """Return the folder in `cache` that is named after the time at which `made` was made."""
    made = os.lstat(f"{cache}/{MADE}")
    return f"{cache}/{made.st_ino:x}-{made.st_ctime_ns:x}"
