"""CPU time of importing large hand-written lists, beside parsing their Markdown alone, in one run.

    python -m benchmarks.importing [--runs 3] [--most 6] [--seconds 5]

Three invented lists: 2,900 entries of four lines each (16,000 lines, 630 KB), a table of 9,300
rows, and a table of 1,300 rows with a summary each. Exit code 1 when reading takes over `--most`
times as long as markdown-it-py takes to parse the same text, or over `--seconds` of CPU time.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt

from benchmarks.bibtex import measure
from catalog.importers.markdown.new_list import make_list
from catalog.importers.markdown.reader import read_markdown

_WORDS = ("things", "knots", "trees", "nets", "sums", "maps", "words", "rooms", "hills", "rivers")
_NAMES = ("Ada Example", "Ben Sample", "Carla van der Berg", "Dora Muster", "Emil Probe")


def title_of(number: int) -> str:
    """Return a title of its own for each number."""
    words = [_WORDS[(number // 10**place + place) % 10] for place in range(5)]
    return f"{' '.join(words).capitalize()}: a Study of {_WORDS[number % 10]} {number}"


def write_blocks(entries: int) -> Iterator[str]:
    """Yield the lines of a list of four-line entries with hard breaks."""
    yield "# Awesome Things\n\n# Papers\n"
    for number in range(entries):
        if number % 75 == 0:
            yield f"## Section {number // 75} of Things\n"
        names = ", ".join(_NAMES[(number + place) % 5] for place in range(1 + number % 5))
        url = f"https://arxiv.org/abs/{2001 + number % 12}.{90000 + number % 9999}"
        yield f"**{title_of(number)}** \\"
        yield f"*{names}* \\"
        code = f"https://github.com/example/{number}"
        yield f"arXiv {2000 + number % 25}. [[Paper]({url})] [[Github]({code})] \\"
        yield f"{1 + number % 28} May {2000 + number % 25}\n\n"


def write_table(rows: int) -> Iterator[str]:
    """Yield the lines of one table."""
    yield "# Awesome Things\n\n## Papers\n"
    yield "| Year | Title | Authors | Venue | Code |"
    yield "|------|-------|---------|-------|------|"
    for number in range(rows):
        year, names = 2000 + number % 25, f"{_NAMES[number % 5]} et al."
        url = f"https://example.org/papers/{number}.pdf"
        yield f"| {year} | [{title_of(number)}]({url}) | {names} | ICML {year} | No |"


def write_summaries(rows: int) -> Iterator[str]:
    """Yield the lines of a table whose cells hold a title and a summary in points."""
    yield "# Papers of the Week\n\n## Papers\n"
    yield "| **Paper** | **Links** |"
    yield "|---|---|"
    for number in range(rows):
        sentence = " ".join(_WORDS[(number + place) % 10] for place in range(12))
        points = f" <br>● They {sentence} – {sentence}, and {sentence}; see {sentence}." * 3
        url = f"https://arxiv.org/abs/{2001 + number % 12}.{90000 + number}"
        yield f"| {number}) {title_of(number)}  We {sentence}.{points} | [Paper]({url}) |"


def main() -> int:
    """Measure, print a line for each list, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--most", type=float, default=6.0)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    gc.set_threshold(100_000)  # as the command line does: reading makes many objects, no garbage
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    is_fine = True
    for name, lines, expected in (
        ("blocks", write_blocks(2_900), 2_900),
        ("table", write_table(9_300), 9_300),
        ("summaries", write_summaries(1_300), 1_300),
    ):
        text = "\n".join(lines)
        found = read_markdown(text.encode(), f"{name}.md")
        if len(found.entries) != expected:
            raise ValueError(f"{name}: {len(found.entries)} of {expected} entries were found")
        parse = measure(_call(markdown.parse, text), options.runs)
        read = measure(_call(read_markdown, text.encode(), "README.md"), options.runs)
        make = measure(_call(make_list, [found]), 1)
        is_fine = is_fine and read <= options.most * parse and read <= options.seconds
        sys.stdout.write(
            f"{name:10}{found.lines:6} lines {len(text.encode()) // 1000:4} KB   "
            f"parse {parse:.2f} s   read {read:.2f} s   ratio {read / parse:.2f}   "
            f"records {make:.2f} s\n"
        )
    return 0 if is_fine else 1


def _call(function: Callable[..., object], *arguments: object) -> Callable[[], object]:
    return lambda: function(*arguments)


if __name__ == "__main__":
    sys.exit(main())
