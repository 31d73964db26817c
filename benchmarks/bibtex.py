"""CPU time of writing BibTeX: our writer and bibtexparser 2's, on the same entries in one run.

    python -m benchmarks.bibtex [--papers 10000] [--runs 3] [--most 0.15]

What bibtexparser writes is read from what we wrote, so that both write the same fields. Its default
stack copies every block; the time without copies is shown too. Exit code 1 when the ratio to the
default is over `--most`.
"""

import argparse
import random
import sys
import time
import warnings
from collections.abc import Callable, Iterator

from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.library import Library
from bibtexparser.middlewares import default_unparse_stack

from catalog.export import Format, export
from catalog.model import Head, Paper
from catalog.records import Catalog

HEAD = {
    "survey": {"title": "A list to measure"},
    "sections": [{"id": "all", "title": "All"}],
    "venues": {
        "ICIT": {"name": "Proceedings of the International Conference on Invented Things"},
        "JIT": {"name": "Journal of Invented Things", "kind": "journal"},
        "arXiv": {"kind": "preprint"},
    },
}
SMALL_WORDS = ("of", "for", "and", "the", "at", "from", "with", "in", "a", "via")
PROTECTED_WORDS = ("BERT", "GPT-4", "ImageNet", "3D", "LLMs:", "DINOv2:")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MARKED = "áéñöüøłç"


def invent_papers(count: int) -> Iterator[dict[str, object]]:
    """Yield records with six authors each; one name in 25 has a letter that is not ASCII."""
    chance = random.Random(4)
    for number in range(count):
        venue = chance.choice(list(HEAD["venues"]))
        yield {
            "key": f"paper{number}",
            "title": " ".join(_invent_title(chance)),
            "authors": [f"{_invent_word(chance)} {_invent_word(chance)}" for _ in range(6)],
            "venue": venue,
            "year": 1990 + number % 35,
            "sections": ["all"],
            "arxiv": f"24{number % 12 + 1:02}.{number:05}",
            **(
                {"doi": f"10.1000/{number}", "pages": f"{number}-{number + 9}"}
                if number % 2
                else {}
            ),
        }


def _invent_title(chance: random.Random) -> Iterator[str]:
    """Yield nine words: most of a vocabulary of thousands, some small, some with capitals."""
    for _ in range(9):
        kind = chance.random()
        if kind < 0.3:
            yield chance.choice(SMALL_WORDS)
        elif kind < 0.35:
            yield chance.choice(PROTECTED_WORDS)
        else:
            yield _invent_word(random.Random(chance.randrange(5000)), marked=0.002)


def _invent_word(chance: random.Random, marked: float = 0.02) -> str:
    last = chance.choice(MARKED) if chance.random() < marked else ""
    return "".join(chance.choices(LETTERS, k=6)).capitalize() + last


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
    papers = tuple(Paper.model_validate(record) for record in invent_papers(options.papers))
    catalog = Catalog(Head.model_validate(HEAD), papers)
    text = export(catalog, papers, Format.BIBTEX)
    library = Library([*parse_string(text, parse_stack=[]).entries])
    warnings.simplefilter("ignore")  # bibtexparser says that its default copies are slow
    ours = measure(lambda: export(catalog, papers, Format.BIBTEX), options.runs)
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
