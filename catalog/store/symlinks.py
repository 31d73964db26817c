"""How far the catalog reaches: a pull request may bring links, and none leads out of the list."""

from pathlib import Path

from catalog.errors import UnwritableOutputError

_HISTORY = ".git"


def find_link(path: Path, folder: Path) -> Path | None:
    """Return the lowest link on the way from `folder` down to `path`, None when there is none.

    `folder` itself may be reached through links: where it lies is its owner's choice.
    """
    for step in (path, *path.parents):
        if step == folder:
            break
        if step.is_symlink():
            return step
    return None


def escapes_folder(path: Path, folder: Path) -> bool:
    """Return whether a link on the way to `path` leads out of `folder`, or to nothing."""
    link = find_link(path, folder)
    return link is not None and _is_outside(link, folder)


def refuse_outside(path: Path, folder: Path) -> None:
    """Raise `UnwritableOutputError` when a link on the way to `path` leads out of `folder`."""
    link = find_link(path, folder)
    if link is not None and _is_outside(link, folder):
        raise UnwritableOutputError(
            link, f"it is a link that leads out of {folder}; put a folder in its place"
        )


def refuse_link(path: Path, folder: Path) -> None:
    """Raise `UnwritableOutputError` when there is a link on the way to `path`, wherever it leads.

    For what is emptied: a link within the list would have its sources removed.
    """
    link = find_link(path, folder)
    if link is not None:
        raise UnwritableOutputError(link, "it is a link; put a folder in its place, or remove it")


def _is_outside(link: Path, folder: Path) -> bool:
    try:
        target = link.resolve(strict=True).relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        # A link to nothing, or to itself (that is a RuntimeError until Python 3.12), or elsewhere.
        return True
    return _HISTORY in target.parts
