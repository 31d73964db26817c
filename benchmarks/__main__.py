"""The goals of speed, each measured as a ratio of two costs in one run.

    python -m benchmarks [--papers 106 1000 10000] [--runs 3] [--record] [--most-worse 2]

Everything is written to memory where the system has such a folder. Peers that are not installed
are left out, and named. `--record` writes benchmarks/results.json, the table of its README.md and,
for several sizes, the plot; comparisons that were not made keep what was recorded before. Otherwise
the exit code is 1 when a ratio is worse than that recorded by more than the factor `--most-worse`.
"""

import argparse
import json
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmarks.lists import write_list
from benchmarks.measure import Cost, repeat, run
from benchmarks.peers import list_pages, write_hugo, write_material
from benchmarks.plot import draw
from benchmarks.serving import GOALS as SERVING
from benchmarks.serving import measure as measure_serving
from catalog.model.catalog import Catalog
from catalog.site.context import Page
from catalog.store.load import load

ROOT = Path(__file__).parent.parent
RESULTS, README, PLOT = (
    ROOT / "benchmarks" / name for name in ("results.json", "README.md", "cost.svg")
)
START, END = "<!-- table -->\n", "<!-- /table -->"
MOST_MATERIAL = 1000
"""Pages that Material is asked for; more follow a straight line, whose slope is shown."""


class Row(NamedTuple):
    """One comparison. `goal` is the ratio that is wanted, None where none is set."""

    name: str
    papers: int
    ours: float
    theirs: float
    goal: float | None
    note: str = ""

    @property
    def ratio(self) -> float:
        """How much of their cost ours is."""
        return self.ours / self.theirs


class Bench:
    """Lists in a folder, and what building them costs."""

    def __init__(self, folder: Path, runs: int) -> None:
        self.folder = folder
        self.runs = runs
        self.missing: list[str] = []
        self.costs: dict[int, float] = {}
        """Seconds of processor time of a full build, by the number of papers."""

    def list_of(self, papers: int) -> Path:
        """Return the folder of a list, invented when it is first asked for."""
        folder = self.folder / f"list-{papers}"
        if not folder.is_dir():
            write_list(folder, papers)
        return folder

    def catalog(self, folder: Path, *arguments: str) -> Cost:
        """Run a command of ours."""
        return run([sys.executable, "-m", "catalog", "-C", folder, *arguments], ROOT)

    def build_anew(self, folder: Path) -> Cost:
        """Build a list that was never built."""

        def work() -> Cost:
            _forget_builds(folder)
            return self.catalog(folder, "build")

        return repeat(work, self.runs)

    def load(self, folder: Path) -> Iterator[Row]:
        """Compare reading and validating: processor time, then memory."""
        papers = _count(folder)
        ours, theirs = (
            [float(part) for part in _measure_loading(folder, which, self.runs)]
            for which in ("ours", "peer")
        )
        yield Row("load and validate; CSafeLoader + pydantic", papers, ours[0], theirs[0], 0.15)
        yield Row("the same, peak memory", papers, ours[1], theirs[1], 0.5)

    def pages(self, folder: Path, full: Cost, goals: tuple[float, float]) -> Iterator[Row]:
        """Compare the full build with Hugo doing the same work, and with pages of Material."""
        catalog = _load(folder)
        papers = len(catalog.papers)
        page = folder / "site" / "papers" / catalog.papers[0].key / "index.html"
        hugo = shutil.which("hugo")
        if hugo is None:
            self.missing.append("hugo")
        else:
            site = self.folder / "hugo"
            write_hugo(site, catalog, page.read_text(encoding="utf-8"))
            theirs = repeat(self._fresh(site, "public", hugo, "--quiet"), self.runs)
            name = "full build; Hugo, the same work"
            note = "; ".join(map(count_output, (folder / "site", site / "public")))
            yield Row(name, papers, full.cpu, theirs.cpu, goals[0], note)
            yield Row(f"{name}, wall time", papers, full.wall, theirs.wall, goals[1])
        slope, base = self._fit_material(list_pages(catalog, folder))
        expected = base + slope * papers
        note = f"{slope * 1000:.1f} ms a page" + (" extrapolated" if papers > MOST_MATERIAL else "")
        name = "full build; mkdocs-material, the pages alone"
        yield Row(name, papers, full.cpu, expected, None, note)

    def _fit_material(self, shown: Sequence[Page]) -> tuple[float, float]:
        """Return the processor time of a further page, and that of none, in seconds."""
        folder = self.folder / "material"
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "-q"]
        costs = []
        for pages in (10, min(len(shown), MOST_MATERIAL)):
            write_material(folder, shown[:pages])
            costs.append((pages, repeat(self._fresh(folder, "site", *mkdocs), self.runs).cpu))
        (few, low), (many, high) = costs
        slope = (high - low) / (many - few)
        return slope, low - slope * few

    def _fresh(self, folder: Path, output: str, *command: str) -> Callable[[], Cost]:
        def work() -> Cost:
            shutil.rmtree(folder / output, ignore_errors=True)
            return run(command, folder)

        return work

    def here(self) -> Iterator[Row]:
        """Compare a full build of the list here with MkDocs building its pages of prose alone."""
        own, bare = self.folder / "here", self.folder / "prose"
        own.mkdir()
        for name in ("papers.yaml", "mkdocs.yml", "site_src", "templates"):
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, own / name)
        shutil.copytree(ROOT / "site_src", bare / "site_src")
        (bare / "mkdocs.yml").write_text(PROSE, encoding="utf-8")
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "-q"]
        theirs = repeat(self._fresh(bare, "site", *mkdocs), self.runs)
        papers = len(_load(own).papers)
        name = "full build of the list here; mkdocs, its prose alone"
        yield Row(name, papers, self.build_anew(own).cpu, theirs.cpu, 2)

    def again(self, folder: Path, full: Cost) -> Iterator[Row]:
        """Compare a build with nothing to do, and one after a record was edited."""
        papers, source = _count(folder), folder / "papers.yaml"
        repeat(lambda: self.catalog(folder, "build"), 2)  # the first one of them remembers
        nothing = repeat(lambda: self.catalog(folder, "build"), self.runs * 3)
        start = repeat(lambda: run([sys.executable, "-c", "pass"], ROOT), self.runs * 3)
        yield Row("nothing changed; `python -c pass`", papers, nothing.cpu, start.cpu, 5)
        texts = iter(range(1000))

        def edit() -> Cost:
            text = source.read_text(encoding="utf-8")
            place = text.index('title: "', len(text) // 2) + len('title: "')
            changed = f"{text[:place]}Edit{next(texts)} {text[place:]}"
            source.write_text(changed, encoding="utf-8")
            return self.catalog(folder, "build")

        edited = repeat(edit, self.runs)
        yield Row("one record edited; full build", papers, edited.cpu, full.cpu, 0.3)

    def rewrite(self, folder: Path) -> Iterator[Row]:
        """Compare formatting the list, and adding a paper to it, with checking it."""
        papers, source = _count(folder), folder / "papers.yaml"
        text = source.read_text(encoding="utf-8")
        (folder / "new.bib").write_text(ENTRY, encoding="utf-8")
        check = repeat(lambda: self.catalog(folder, "check"), self.runs)
        for words in (["fmt"], ["add", "new.bib", "--section", "section-0-0", "--write"]):

            def work(words: list[str] = words) -> Cost:
                source.write_text(text, encoding="utf-8")
                return self.catalog(folder, *words)

            cost = repeat(work, self.runs)
            yield Row(f"`catalog {words[0]}`; `catalog check`", papers, cost.cpu, check.cpu, None)
        source.write_text(text, encoding="utf-8")


def _forget_builds(folder: Path) -> None:
    for name in ("site", ".catalog-cache"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _load(folder: Path) -> Catalog:
    catalog = load(folder).catalog
    if catalog is None:
        raise ValueError(f"{folder} is no valid list")
    return catalog


def _measure_loading(folder: Path, which: str, runs: int) -> list[float]:
    """Return processor time and peak memory without the imports: the medians of some runs."""
    # A small process between: see `benchmarks.measure.run`.
    start = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode)"
    command = [sys.executable, "-m", "benchmarks.loading", str(folder), which]
    lines = [
        subprocess.run(
            [sys.executable, "-c", start, *command],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()
        for _ in range(runs)
    ]
    return [statistics.median(float(line[place]) for line in lines) for place in (0, 1)]


def _count_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def count_output(folder: Path) -> str:
    """Return how much a generator wrote: `6,832 files, 70 MB`."""
    files = sum(path.is_file() for path in folder.rglob("*"))
    return f"{files:,} files, {_count_bytes(folder) / 1e6:.0f} MB"


def _count(folder: Path) -> int:
    return int(folder.name.rpartition("-")[2])


def measure(bench: Bench, sizes: list[int]) -> Iterator[Row]:
    """Measure every goal; what belongs to a size that was not asked for is left out."""
    check = repeat(lambda: bench.catalog(ROOT, "check"), bench.runs * 3)
    helped = repeat(lambda: bench.catalog(ROOT, "--help"), bench.runs * 3)
    pydantic = repeat(lambda: run([sys.executable, "-c", IMPORT], ROOT), bench.runs * 3)
    yield Row("`catalog --help`; import pydantic", 106, helped.cpu, pydantic.cpu, 3)
    yield Row("`catalog check` of the list here; the same", 106, check.cpu, pydantic.cpu, 3)
    yield from bench.here()
    costs = {}
    for size in sizes:
        folder = bench.list_of(size)
        full = costs[size] = bench.build_anew(folder)
        if size == 10_000:
            yield from bench.load(folder)
        if size in GOALS:
            yield from bench.pages(folder, full, GOALS[size])
            yield from bench.again(folder, full)
            yield from bench.rewrite(folder)
        if size >= 100_000:
            name = "site of 100,000 papers; what GitHub Pages takes"
            yield Row(name, size, _count_bytes(folder / "site"), 1e9, 1, "bytes")
        shutil.rmtree(folder / "site")
    if 10_000 in costs and 100_000 in costs:
        large, small = costs[100_000], costs[10_000]
        yield Row("full build of 100,000; of 10,000", 100_000, large.cpu, small.cpu, 12)
        note = "peak memory; 2 GiB"
        yield Row("full build of 100,000", 100_000, large.memory, 2 * 2**30, 1, note)
    for size, goal in SERVING.items():
        if size in sizes:
            seconds = measure_serving(bench.list_of(size), bench.runs)
            yield Row("`serve`, from edit to page; the goal", size, seconds, goal, 1, "seconds")
    bench.costs = {size: cost.cpu for size, cost in costs.items()}


GOALS = {1000: (2, 3), 10_000: (0.4, 0.6)}
"""Of the full build against Hugo, processor time and wall time, by the number of papers."""

ENTRY = "@misc{new2024, title={A New Thing}, author={Ada Example}, year={2024}}"
PROSE = """\
site_name: Prose
docs_dir: site_src
theme: {name: material, font: false}
plugins: []
validation: {nav: {omitted_files: ignore}, links: {not_found: ignore}}
"""

IMPORT = "from pydantic import BaseModel\nclass Model(BaseModel): x: int"
"""`import pydantic` alone loads next to nothing: the package is lazy."""


def write_table(rows: list[Row], bench: Bench) -> str:
    """Write the rows as a table of Markdown, with machine, versions and where the time goes."""
    lines = ["| comparison: ours; theirs | papers | ratio | goal | |", "|---|---|---|---|---|"]
    for row in rows:
        goal = "" if row.goal is None else f"{row.goal:g}"
        met = "" if row.goal is None else "met" if row.ratio <= row.goal else "missed"
        note = ", ".join(part for part in (met, row.note) if part)
        lines.append(f"| {row.name} | {row.papers:,} | {row.ratio:.2f} | {goal} | {note} |")
    names = ("pydantic", "pyyaml", "jinja2", "mkdocs", "mkdocs-material")
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    lines += [
        "",
        f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}; "
        f"{libraries}.",
    ]
    if bench.missing:
        lines += ["", f"Not installed, and so left out: {', '.join(bench.missing)}."]
    return "\n".join(lines) + "\n"


def _merge(rows: list[Row]) -> list[Row]:
    """Return the rows, and those recorded before of comparisons that are not among them."""
    recorded = json.loads(RESULTS.read_text(encoding="utf-8"))
    known = {
        (row["name"], row["papers"]): Row(**{name: row[name] for name in Row._fields})
        for row in recorded
    }
    return sorted((known | {row[:2]: row for row in rows}).values(), key=lambda row: row.papers)


def find_worse(rows: list[Row], factor: float) -> list[str]:
    """Name the comparisons whose ratio is worse than that recorded by more than a factor."""
    recorded = {
        (row["name"], row["papers"]): row["ratio"]
        for row in json.loads(RESULTS.read_text(encoding="utf-8"))
    }
    return [
        f"{row.name} ({row.papers:,}): {row.ratio:.2f}, recorded {recorded[row[:2]]:.2f}"
        for row in rows
        if row[:2] in recorded and row.ratio > factor * recorded[row[:2]]
    ]


def main() -> int:
    """Measure, print, and record or compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, nargs="+", default=[106, 1000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--most-worse", type=float, default=2)
    options = parser.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        bench = Bench(Path(folder), options.runs)
        rows = list(measure(bench, options.papers))
    table = write_table(rows, bench)
    sys.stdout.write(table)
    if options.record:
        draw(PLOT, bench.costs)
        table = write_table(_merge(rows), bench)
        values = [row._asdict() | {"ratio": round(row.ratio, 4)} for row in _merge(rows)]
        RESULTS.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
        before, _, rest = README.read_text(encoding="utf-8").partition(START)
        after = rest.partition(END)[2]
        README.write_text(before + START + table + END + after, encoding="utf-8")
        return 0
    worse = find_worse(rows, options.most_worse)
    for line in worse:
        sys.stdout.write(f"worse: {line}\n")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
