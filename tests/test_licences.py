"""docs/licences.md names every package that is installed with the catalog."""

import re
from importlib.metadata import distributions

from tests.licences import PAGE, find_licence, find_packages

ROW = re.compile(r"^\| ([a-z0-9-]+) \| (.+) \|$", re.MULTILINE)
COPYLEFT = re.compile(r"\bA?GPL|Affero|GNU General", re.IGNORECASE)


def read_rows() -> dict[str, str]:
    table = PAGE.read_text(encoding="utf-8").partition("## Installed with it")[2]
    return dict(ROW.findall(table.partition("|---|---|")[2]))


def test_every_package_of_the_lock_is_listed_and_no_other() -> None:
    assert sorted(read_rows()) == find_packages()


def test_every_licence_is_told_and_lets_anyone_use_the_catalog() -> None:
    rows = read_rows()
    assert "not told" not in rows.values()
    assert not [name for name, licence in rows.items() if COPYLEFT.search(licence)]


def test_the_licences_are_those_that_the_packages_tell() -> None:
    # Wordings change between versions; who made the lock sees them.
    # Other versions than those of the lock, which CI tries too, need other packages.
    installed = {re.sub("[-_.]+", "-", found.name).lower() for found in distributions()}
    packages = installed.intersection(find_packages())
    assert len(packages) > 20
    assert all(find_licence(package) for package in packages)
