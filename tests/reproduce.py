"""Build one list with several Pythons, and fail unless all outputs are equal: `make reproduce`."""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.lists import write_list

ROOT = Path(__file__).parent.parent
PAPERS = 200


def main(pythons: list[str]) -> int:
    """Build with each Python that is here; return 1 when two differ or one of them is missing."""
    trees = {python: _build(python) for python in pythons}
    first, *others = trees
    differing = {
        name
        for other in others
        for name in trees[first].keys() | trees[other].keys()
        if trees[first].get(name) != trees[other].get(name)
    }
    for name in sorted(differing):
        sys.stdout.write(f"differs: {name}\n")
    told = "differ" if differing else "are equal"
    sys.stdout.write(f"{len(trees[first])} files of {', '.join(pythons)} {told}\n")
    return 1 if differing else 0


def _build(python: str) -> dict[str, str]:
    venv = f".venv-{Path(python).name}"
    make = ["make", "--no-print-directory", "environment-run", f"VENV={venv}", f"PYTHON={python}"]
    subprocess.run(make, cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "list"
        write_list(folder, PAPERS)
        command = [str(ROOT / venv / "bin" / "catalog"), "-C", str(folder), "build"]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        subprocess.run(command, env=environment, check=True)
        files = (path for path in folder.rglob("*") if path.is_file())
        digests = {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
        }
    return {name: digest for name, digest in digests.items() if not name.startswith(".catalog")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
