"""docs/development.md lists every package, in the order that the import rule has."""

import re
import tomllib
from pathlib import Path

import catalog

PACKAGES = Path(catalog.__file__).parent
ROOT = PACKAGES.parent
DOCS = (ROOT / "docs" / "development.md").read_text(encoding="utf-8")


def test_every_package_is_in_the_table() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", DOCS, re.MULTILINE)
    found = {path.stem for path in PACKAGES.iterdir() if not path.name.startswith(("_", "py."))}
    assert sorted(rows) == sorted(found)


def test_the_rule_is_the_one_that_is_checked() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = [
        contract["layers"]
        for contract in pyproject["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers" and contract["containers"] == ["catalog"]
    ]
    assert f"    {' → '.join(layers[1:])}\n" in DOCS
