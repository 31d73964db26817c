"""The licences of what runs with the catalog, for docs/licences.md: `make licences`."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"

_ELSEWHERE = {"colorama": "BSD-3-Clause", "tzdata": "Apache-2.0"}
"""Packages that only other systems install."""

_CLASSIFIER = re.compile(r"License :: (?:OSI Approved :: )?(.*)")

_TABLE = "| package | licence |\n|---|---|\n"


def find_packages() -> list[str]:
    """Return the names of the packages in requirements.lock."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return sorted(re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==", lock, flags=re.MULTILINE))


def find_licence(package: str) -> str:
    """Return what a package says of its licence, as an SPDX expression where it does."""
    try:
        told = metadata(package)
    except PackageNotFoundError:
        return _ELSEWHERE[package]
    classifiers = [
        found[1] for line in told.get_all("Classifier", []) if (found := _CLASSIFIER.match(line))
    ]
    said = [field for name in ("License-Expression", "License") for field in told.get_all(name, [])]
    expression = said[0] if "License-Expression" in told else ", ".join(classifiers)
    return expression or "".join(said[:1]).split("\n")[0] or "not told"


def render() -> str:
    """Return docs/licences.md with its table anew."""
    head = PAGE.read_text(encoding="utf-8").partition(_TABLE)[0]
    rows = (f"| {package} | {find_licence(package)} |\n" for package in find_packages())
    return head + _TABLE + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
