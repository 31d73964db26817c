"""Validates every page of the built sites: python -m tests.web.markup."""

import logging
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.web import sites


def main() -> int:
    """Build the sites of the real and of the invented list, and hold all pages against HTML."""
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sites.build_real(folder / "real")
        sites.build_invented(folder / "invented", folder / "project")
        sites.build_compact(folder / "compact", folder / "compact-project")
        pages = [
            path.relative_to(folder).as_posix()
            for site in ("real", "invented", "compact")
            for path in sorted((folder / site).rglob("*.html"))
        ]
        validator = sites.ROOT / "tests" / "web" / "validate.js"
        return subprocess.run(["node", str(validator), *pages], cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
