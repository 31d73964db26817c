"""Fail when the tests reach fewer lines, or fewer branches, than they have to: `make coverage`.

coverage.py holds a floor against the sum of both, in which many lines hide few branches.
"""

import json
import sys
from pathlib import Path

FLOOR = 95.0


def main(file: Path) -> int:
    """Print both shares of a JSON report; return 1 when one of them is below the floor."""
    totals = json.loads(file.read_text(encoding="utf-8"))["totals"]
    shares = {
        "lines": 100 * totals["covered_lines"] / totals["num_statements"],
        "branches": 100 * totals["covered_branches"] / totals["num_branches"],
    }
    for name, share in shares.items():
        sys.stdout.write(f"{name}: {share:.1f} %, at least {FLOOR:.0f} are wanted\n")
    return 1 if min(shares.values()) < FLOOR else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
