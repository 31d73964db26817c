"""What surrounds a list on GitHub: its workflows and how to contribute, as `catalog init` lays out.

The files are those of the catalog's own repository, so that they are in use and checked there; a
wheel carries copies.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from catalog.store.files import TextFile
from catalog.store.repository import REQUIREMENTS
from catalog.store.yaml.scalars import compose_scalar

_CARRIED = Path(__file__).parents[2] / "layout_files"
_HERE = _CARRIED if _CARRIED.is_dir() else Path(__file__).parents[3]

INSTALL = ".github/install"
CONTRIBUTING = ".github/CONTRIBUTING.md"
_WORKFLOWS = ("comment", "links", "publish", "pull-request", "release", "submission", "watch")
_BRANCH = re.compile(
    r"(?<=branches: \[)main(?=\])|(?<=ref: )main\b|(?<= HEAD:)main\b|(?<=origin/)main\b"
)
"""Where workflows and instructions name the default branch."""
_EXAMPLE_SECTION = "vision-foundation-models"
_EXAMPLE_VENUE = "     venue: NeurIPS\n"
_CODE = "\n## The code\n"

_INSTALL_SCRIPT = """\
#!/usr/bin/env bash
# Installs the catalog for a workflow and puts its command on the path of later steps.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python3 -m venv "${RUNNER_TEMP:?}/catalog"
"$RUNNER_TEMP/catalog/bin/python" -m pip install --quiet -r requirements.txt
echo "$RUNNER_TEMP/catalog/bin" >>"${GITHUB_PATH:?}"
"""


def render_layout(
    section: str, venue: str | None, branch: str = "main", requirements: str = REQUIREMENTS
) -> Iterator[TextFile]:
    """Yield the files that any list needs; `section` and `venue` are the list's, for the examples.

    `branch` is the default branch, `requirements` the file that the workflows install from. Not
    included are that file, and CITATION.cff and the issue form, which are made from the list.
    """
    for name in _WORKFLOWS:
        path = f".github/workflows/{name}.yml"
        yield path, _BRANCH.sub(lambda _: branch, _read(path))
    yield INSTALL, _INSTALL_SCRIPT.replace(REQUIREMENTS, requirements)
    contributing = _read(CONTRIBUTING).partition(_CODE)[0]
    line = f"     venue: {compose_scalar(venue)}\n" if venue is not None else ""
    contributing = contributing.replace(_EXAMPLE_VENUE, line)
    contributing = _BRANCH.sub(lambda _: branch, contributing)
    yield CONTRIBUTING, contributing.replace(_EXAMPLE_SECTION, section)


def _read(path: str) -> str:
    return (_HERE / path).read_text(encoding="utf-8")
