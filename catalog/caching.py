"""The folder in which a list keeps what may be thrown away at any time: `.catalog-cache`."""

from pathlib import Path

from catalog.errors import UnwritableOutputError

FOLDER = ".catalog-cache"
# https://bford.info/cachedir/: backup programs leave such folders out.
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by catalog; it may be deleted.\n"


def make_cache(folder: Path) -> Path:
    """Return the cache of the list in `folder`, which git ignores in any list.

    Raises `UnwritableOutputError` when it cannot be made.
    """
    cache = folder / FOLDER
    try:
        cache.mkdir(exist_ok=True)
        for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
            if not (cache / name).exists():
                (cache / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UnwritableOutputError(cache, error.strerror or str(error)) from error
    return cache
