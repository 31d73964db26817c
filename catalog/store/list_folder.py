"""Which list a command is about: the one of this folder, or of the nearest folder above it."""

from pathlib import Path

PAPERS_FILE = "papers.yaml"


def find_list_folder(start: Path) -> Path:
    """Return the nearest folder with papers.yaml, from `start` upwards, as git finds a repository.

    The search ends at the top of the git repository. Where there is no list, `start` is returned,
    and reading it says what to do.
    """
    here = start.resolve()
    for steps, folder in enumerate((here, *here.parents)):
        if (folder / PAPERS_FILE).is_file():
            return start.joinpath(*[".."] * steps)
        if (folder / ".git").exists():
            break
    return start
