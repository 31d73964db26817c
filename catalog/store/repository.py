"""What surrounds a list in its repository."""

from pathlib import Path

ISSUE_FORM = ".github/ISSUE_TEMPLATE/paper.yml"
"""The form by which papers are submitted; made from the list, see `catalog.tasks.github`."""


def has_issue_form(folder: Path) -> bool:
    """Return whether a list has the form."""
    return (folder / ISSUE_FORM).is_file()
