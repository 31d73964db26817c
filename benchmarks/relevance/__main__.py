"""Compare how often searches find the paper that is meant.

    (cd benchmarks/relevance && npm ci)       # the other searches, once
    python -m benchmarks.relevance [--record] [--lists FOLDER …] [--missed]

Needs Node.js. Searches that are not installed are left out, and named. `--lists` adds lists for
generated queries, `--missed` names the queries whose paper is not among ours' first five,
`--record` writes the tables of docs/explanation/search.md. The figures are the same in every run.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.relevance.lists import HERE, ROOT, gather

DOCUMENT = ROOT / "docs" / "explanation" / "search.md"
START, END = "<!-- relevance -->\n", "<!-- /relevance -->"
PEERS = ("MiniSearch", "Fuse", "uFuzzy", "lunr")


def main() -> int:
    """Run all comparisons and print or record their tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--lists", type=Path, nargs="+", default=[])
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--missed", action="store_true")
    options = parser.parse_args()
    results = run(options.lists, "--peers")
    missing = [name for name in PEERS if name not in results[0]["engines"]]
    if missing:
        sys.stderr.write(f"not installed, and left out: {', '.join(missing)}\n")
    tables = "\n".join([describe(results), *(describe_kinds(result) for result in results)])
    sys.stdout.write(tables)
    if options.missed:
        for result in results:
            for query in result["engines"]["ours"]["missed"]:
                sys.stdout.write(f"missed, {result['name']}: {query}\n")
    if options.record:
        text = DOCUMENT.read_text(encoding="utf-8")
        before, after = text.split(START)[0], text.split(END)[1]
        DOCUMENT.write_text(f"{before}{START}\n{tables}\n{END}{after}", encoding="utf-8")
    return 0


def run(lists: list[Path], *options: str) -> list[dict[str, Any]]:
    """Run the queries of every list, in Node.js, and return the scores by search and kind."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "lists.json"
        data.write_text(json.dumps(gather(folder / "list", lists)), encoding="utf-8")
        # The scripts of the site are modules, which the package file of their copy says.
        scripts = folder / "scripts"
        scripts.mkdir()
        (scripts / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        for script in (ROOT / "site_src" / "assets" / "catalog").glob("*.js"):
            (scripts / script.name).write_bytes(script.read_bytes())
        command = ["node", str(HERE / "run.js"), f"{scripts}/", str(data), *options]
        done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results


def total(kinds: dict[str, dict[str, int]]) -> dict[str, int]:
    """Return the sum of the scores of all kinds."""
    return {
        name: sum(score[name] for score in kinds.values())
        for name in ("queries", "first", "five", "empty")
    }


def describe(results: list[dict[str, Any]]) -> str:
    """Return a table with a row for each list and a column for each search."""
    engines = list(results[0]["engines"])
    rows = [["queries", *engines], ["---"] * (len(engines) + 1)]
    for result in results:
        scores = {name: total(one["kinds"]) for name, one in result["engines"].items()}
        head = f"{result['name']} ({scores['ours']['queries']})"
        rows.append([head, *(_write(scores[name]) if name in scores else "—" for name in engines)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def describe_kinds(result: dict[str, Any]) -> str:
    """Return a table of a list with a row for each kind of query."""
    engines = list(result["engines"])
    rows = [[result["name"], *engines], ["---"] * (len(engines) + 1)]
    for kind, ours in result["engines"]["ours"]["kinds"].items():
        scores = [result["engines"][name]["kinds"][kind] for name in engines]
        rows.append([f"{kind} ({ours['queries']})", *map(_write, scores)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _write(score: dict[str, int]) -> str:
    first, five = (100 * score[name] / score["queries"] for name in ("first", "five"))
    empty = f", {score['empty']} empty" if score["empty"] else ""
    return f"{first:.0f} / {five:.0f}{empty}"


if __name__ == "__main__":
    sys.exit(main())
