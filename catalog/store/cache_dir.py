"""The folder in which a list keeps what may be thrown away at any time: `.catalog-cache`.

What is remembered there is believed, so none of it may come with a pull request. It lies in a
folder named after the time at which the file `made` was made: a checkout makes that file at another
time than any name in the same commit could say, and who commits files for a cache that is there
already does not know its name. A folder of another name is removed.
"""

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from catalog.errors import UnwritableOutputError
from catalog.store import cache_name
from catalog.store.cache_name import FOLDER, MADE
from catalog.store.symlinks import refuse_link

# https://bford.info/cachedir/: backup programs leave such folders out.
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by catalog; it may be deleted.\n"
_TEXTS = ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG), (MADE, ""))


def make_cache(folder: Path) -> Path:
    """Return the cache of the list in `folder`, which git ignores in any list.

    Nothing in it may be believed but what is in `open_cache`. Raises `UnwritableOutputError` when
    it cannot be made, or when it or anything right in it is a link.
    """
    cache = folder / FOLDER
    refuse_link(cache, folder)
    try:
        cache.mkdir(exist_ok=True)
        for path in cache.iterdir():
            refuse_link(path, folder)
        for name, text in _TEXTS:
            if not (cache / name).exists():
                # Of two processes that begin at once, one makes the file and none writes it again.
                with suppress(FileExistsError), (cache / name).open("x", encoding="utf-8") as file:
                    file.write(text)
    except OSError as error:
        raise UnwritableOutputError(cache, error.strerror or str(error)) from error
    return cache


def open_cache(folder: Path) -> Path:
    """Return the folder for what is remembered. Raises `UnwritableOutputError` as `make_cache`."""
    cache = make_cache(folder)
    known = cache_name.find_cache(str(folder))
    if known is not None:
        return Path(known)
    try:
        found = Path(cache_name.name_cache(str(cache)))
        for path in cache.iterdir():
            if path.is_dir() and path != found:
                shutil.rmtree(path)
        found.mkdir(exist_ok=True)
    except OSError as error:
        raise UnwritableOutputError(cache, error.strerror or str(error)) from error
    return found


def open_user_cache() -> Path | None:
    """Return a folder for what all lists of the user share, None when there is no safe one.

    What is in it is believed, so the folder must be the user's own, and nobody else may write
    into it: with `sudo` the home may be another user's.
    """
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "~/.cache"
    cache = Path(os.path.expanduser(home), "paper-catalog")  # noqa: PTH111 - raises nothing
    if not cache.is_absolute():
        return None
    try:
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = cache.lstat()
    except OSError:
        return None
    is_own = not hasattr(os, "geteuid") or state.st_uid == os.geteuid()
    return cache if is_own and stat.S_ISDIR(state.st_mode) and not state.st_mode & 0o022 else None
