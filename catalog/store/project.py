"""Where the tool itself lives: the addresses of pyproject.toml, read from the installed package."""

from functools import cache
from importlib.metadata import PackageNotFoundError, metadata

PACKAGE = "paper-catalog"


@cache
def find_address(label: str) -> str | None:
    """Return an address of the project by its label: Documentation, Repository, Issues.

    None when the package runs without being installed, or has no such address.
    """
    try:
        rows = metadata(PACKAGE).get_all("Project-URL") or []
    except PackageNotFoundError:
        return None
    addresses = dict(row.split(", ", 1) for row in rows)
    return addresses.get(label)
