"""CPU time of writing BibTeX: our writer and bibtexparser 2's, on the same entries in one run.

    python -m benchmarks.bibtex [--papers 10000] [--runs 3] [--most 0.15]

What bibtexparser writes is read from what we wrote, so that both write the same fields. Its default
stack copies every block; the time without copies is shown too. Exit code 1 when the ratio to the
default is over `--most`.
"""

import argparse
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.library import Library
from bibtexparser.middlewares import default_unparse_stack

from benchmarks.lists import write_list
from catalog.render.citations import Format, write_citations
from catalog.store.load import load


def measure(work: Callable[[], object], runs: int) -> float:
    """Return the shortest CPU time of some runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> int:
    """Measure, print a line for each writer, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--most", type=float, default=0.15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_list(Path(folder), options.papers)
        catalog = load(Path(folder)).catalog
    if catalog is None:
        raise ValueError("the invented list is not valid")
    papers = catalog.papers
    text = write_citations(catalog, papers, Format.BIBTEX)
    library = Library([*parse_string(text, parse_stack=[]).entries])
    warnings.simplefilter("ignore")  # bibtexparser says that its default copies are slow
    ours = measure(lambda: write_citations(catalog, papers, Format.BIBTEX), options.runs)
    theirs = measure(lambda: write_string(library), options.runs)
    bare = default_unparse_stack(allow_inplace_modification=True)
    uncopied = measure(lambda: write_string(library, unparse_stack=bare), 1)
    sys.stdout.write(
        f"{len(library.entries)} entries, {len(text)} bytes\n"
        f"catalog                    {ours:7.3f} s\n"
        f"bibtexparser               {theirs:7.3f} s   ratio {ours / theirs:.3f}\n"
        f"bibtexparser, no copies    {uncopied:7.3f} s   ratio {ours / uncopied:.3f}\n"
    )
    return 0 if ours / theirs <= options.most else 1


if __name__ == "__main__":
    sys.exit(main())
