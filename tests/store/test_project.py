"""The project's address stands in pyproject.toml alone."""

import re
import tomllib
from pathlib import Path

from catalog.store.project import find_address

ROOT = Path(__file__).parents[2]
URLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]


def test_addresses_are_those_of_pyproject() -> None:
    assert {label: find_address(label) for label in URLS} == URLS
    assert find_address("Nothing") is None


def test_no_other_file_of_the_package_names_the_address() -> None:
    files = [path for path in (ROOT / "catalog").rglob("*.py") if path.is_file()]
    assert [path for path in files if URLS["Repository"] in path.read_text("utf-8")] == []


def test_the_documentation_has_no_placeholder_for_the_address() -> None:
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")]
    assert not re.search("OWNER/REPOSITORY", "".join(pages))
