"""The list of this repository, without the submissions that a contributor added to papers/."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = (".github", "papers.yaml", "README.md", "mkdocs.yml", "assets", "templates", "site_src")


def copy_real_list(folder: Path) -> Path:
    """Copy what a checkout of the list has, so that tests count the papers of papers.yaml."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, folder / name)
    return folder


@cache
def find_real_list() -> Path:
    """Return a copy that lasts as long as the tests; nobody may change it."""
    place = Path(tempfile.mkdtemp(prefix="real-list-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return copy_real_list(place / "list")
