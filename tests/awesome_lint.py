"""Whether awesome-lint accepts READMEs in `awesome` style: of the list here and a converted one.

    python -m tests.awesome_lint [FOLDER…]     # run by `make awesome`; FOLDER: more lists

The rules that ask GitHub about the repository are left out. A list that wears the Awesome badge
should pass after it has moved in, as `tests/data/awesome/README.md` does before.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from catalog.model.records import ReadmeStyle
from catalog.render.readme import render_readme
from catalog.store.load import load
from catalog.tasks.init import init

ROOT = Path(__file__).parents[1]
BADGED = ROOT / "tests/data/awesome/README.md"
"""An invented list that awesome-lint accepts."""
CONTRIBUTING = ".github/CONTRIBUTING.md"


def render(folder: Path, target: Path) -> Path:
    """Write the README of the list in `folder`, in awesome style, into a folder of its own."""
    catalog = load(folder).catalog
    if catalog is None:
        raise SystemExit(f"{folder}: no list")
    (target / CONTRIBUTING).parent.mkdir(parents=True)
    shutil.copy(folder / CONTRIBUTING, target / CONTRIBUTING)
    readme = target / "README.md"
    readme.write_text(render_readme(catalog, folder, ReadmeStyle.AWESOME), "utf-8")
    return readme


def main(folders: list[str]) -> int:
    """Lint and return the exit code."""
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        init(place / "converted", sources=[BADGED])
        lists = [ROOT, place / "converted", *map(Path, folders)]
        readmes = [render(folder, place / f"linted-{n}") for n, folder in enumerate(lists)]
        before = place / "before"
        (before / CONTRIBUTING).parent.mkdir(parents=True)
        shutil.copy(ROOT / CONTRIBUTING, before / CONTRIBUTING)
        shutil.copy(BADGED, before / "README.md")
        command = ["node", "tests/awesome_lint.mjs", *map(str, [before / "README.md", *readmes])]
        return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
