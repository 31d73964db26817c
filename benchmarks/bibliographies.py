"""CPU time of importing a large bibliography: 20,000 entries as DBLP writes them.

    python -m benchmarks.bibliographies [--entries 20000] [--seconds 30]

Exit code 1 when reading them, finding the works among them and writing the list takes more CPU
time than that.
"""

import argparse
import sys
import time
from collections.abc import Iterator

from catalog.importers.files import import_data

_SYLLABLES = ("ra", "lo", "mi", "te", "ku", "san", "ver", "dol", "pin", "gar", "el", "ost")
_WORDS = [f"{one}{two}{three}" for one in _SYLLABLES for two in _SYLLABLES for three in _SYLLABLES]


def write_entries(count: int) -> Iterator[str]:
    """Yield invented entries; titles and people repeat as little as those of a field do."""
    for number in range(count):
        # Steps without a common divisor with 1,728: words and names come again in other company.
        words = [_WORDS[number * step % len(_WORDS)] for step in (5, 7, 11, 13, 17, 19)]
        title = " ".join(words).capitalize()
        names = [_WORDS[(number * 23 + place * 29) % len(_WORDS)] for place in range(5)]
        authors = " and ".join(f"{name.title()}, {words[0].title()}" for name in names)
        year = 2000 + number % 25
        yield (
            f"@inproceedings{{DBLP:conf/icml/{number},\n  author = {{{authors}}},\n"
            f"  title = {{{title} {number} with \\'etudes of {{TeX}}}},\n"
            f"  booktitle = {{Proceedings of the {year - 1980}th International Conference on "
            f"Machine Learning, {{ICML}} {year}, Paris, France, July {number % 28 + 1}-31, "
            f"{year}}},\n  pages = {{{number}--{number + 9}}},\n  year = {{{year}}},\n"
            f"  doi = {{10.1000/x{{\\_}}{number}}},\n  url = {{https://example.org/{number}}},\n"
            f"  abstract = {{{title}. {title} and {title}.}},\n"
            f"  biburl = {{https://dblp.org/{number}}}\n}}\n"
        )


def main() -> int:
    """Measure, print a line, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=30)
    options = parser.parse_args()
    data = "\n".join(write_entries(options.entries)).encode()
    start = time.process_time()
    result = import_data({"refs.bib": data})
    text = result.made.to_yaml()
    spent = time.process_time() - start
    sys.stdout.write(
        f"{options.entries:,} entries, {len(data):,} bytes: {spent:.1f} s of CPU time, "
        f"{len(result.made.drafts):,} records, {len(text):,} characters of YAML\n"
    )
    return int(spent > options.seconds)


if __name__ == "__main__":
    sys.exit(main())
