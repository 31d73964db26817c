"""What surrounds a list in its repository."""

import re
from pathlib import Path

ISSUE_FORM = ".github/ISSUE_TEMPLATE/paper.yml"
"""The form by which papers are submitted; made from the list, see `catalog.tasks.github`."""

REQUIREMENTS = "requirements.txt"
OTHER_REQUIREMENTS = "requirements-catalog.txt"
"""Where the catalog is required when requirements.txt is for something else."""

# git@github.com:OWNER/NAME.git · ssh://git@github.com:22/OWNER/NAME · https://user:token@host/a/b
_REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^/@]*@)?|(?:[^/@:]+@)?)(?P<host>[\w-]+(?:\.[\w-]+)+)"
    r"(?::\d+)?[:/]/?(?P<path>[\w.~-]+(?:/[\w.~-]+)+?)(?:\.git)?/?"
)


def to_web_url(remote: str) -> str | None:
    """Return the web address of what git calls a remote, None when it is none on the web."""
    found = _REMOTE.fullmatch(remote.strip())
    return f"https://{found['host']}/{found['path'].removesuffix('.git')}" if found else None


def has_issue_form(folder: Path) -> bool:
    """Return whether a list has the form."""
    return (folder / ISSUE_FORM).is_file()


def has_other_makefile(folder: Path) -> bool:
    """Return whether the Makefile is one that does not build the list: its owner had it before."""
    try:
        return "catalog" not in (folder / "Makefile").read_text("utf-8", "replace")
    except OSError:
        return False


def find_requirements(folder: Path) -> str:
    """Return the file that the catalog is installed from."""
    return OTHER_REQUIREMENTS if (folder / OTHER_REQUIREMENTS).is_file() else REQUIREMENTS
