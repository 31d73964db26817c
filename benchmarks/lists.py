"""Invented lists of any length, spread as real ones are and the same each time.

    python -m benchmarks.lists FOLDER [--papers 10000]

Words, authors and venues follow Zipf's law: a few come again and again, most once or twice. One
name in 25 has letters beyond ASCII; one title in 15 a word with inherent capitals, one in 50 math
or a sign that needs escaping; one paper in 12 stands in two sections, half have a DOI and pages.
"""

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

SYLLABLES = (
    *("ra", "lo", "men", "ti", "vis", "gra", "per", "con", "du", "sel"),
    *("tor", "pha", "ne", "ki", "ba", "zu", "mar", "el", "nor", "su"),
)
SMALL_WORDS = ("of", "for", "and", "the", "at", "from", "with", "in", "a", "via", "on", "to")
CAPITAL_WORDS = ("BERT", "GPT-4", "ImageNet", "3D", "DINOv2", "CLIP", "LLMs")
HARD_PARTS = ("$O(n^2)$", "R&D", "100%", "C++", "“Things”", "naïve", "Schrödinger’s", "a_b")
MARKED = dict(zip("aeiounclsz", "áéíöüñçłśž", strict=True))
KINDS = ("conference",) * 5 + ("journal",) * 3 + ("workshop", "preprint")
TAGS = tuple(f"tag-{n}" for n in range(40))
SECTIONS, SUBSECTIONS, VENUES = 5, 4, 60
NEWEST_YEAR = 2025


@dataclass(slots=True)
class Pool:
    """Things of which the n-th is drawn as often as 1/n says, from a seed."""

    things: list[str]
    chance: random.Random
    weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.things))))

    def draw(self, count: int) -> list[str]:
        """Return `count` of the things, some perhaps more than once."""
        return self.chance.choices(self.things, cum_weights=self.weights, k=count)


def write_list(folder: Path, papers: int) -> None:
    """Write papers.yaml and mkdocs.yml of a list of `papers` papers.

    Above 20,000 papers they are kept in a file per year in papers/ (docs/reference/data-format.md).
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    records = list(invent_records(papers))
    head = "".join(_write_head())
    if papers > 20_000:
        (folder / "papers").mkdir(exist_ok=True)
        for year in sorted({int(record["year"]) for record in records}):
            lines = [_write_record(record) for record in records if record["year"] == str(year)]
            (folder / "papers" / f"{year}.yaml").write_text("".join(lines), encoding="utf-8")
    else:
        head += "papers:\n" + "".join(map(_write_record, records))
    (folder / "papers.yaml").write_text(head, encoding="utf-8")


MKDOCS = """\
site_name: Invented
site_url: https://example.org/list/
docs_dir: docs
theme: {name: material, font: false}
plugins: [catalog]
"""


def invent_records(papers: int) -> Iterator[dict[str, str]]:
    """Yield records as fields of YAML text, in the order of the list."""
    chance = random.Random(20_25)
    vocabulary = [_invent_word(chance) for _ in range(6000)]
    words = Pool(vocabulary, chance)
    authors = Pool([_invent_author(chance, vocabulary) for _ in range(200 + 2 * papers)], chance)
    venues = Pool([f"V{n}" for n in range(VENUES)], chance)
    for number in range(papers):
        (venue,) = venues.draw(1)
        year = NEWEST_YEAR - int(30 * chance.random() ** 3)
        names = dict.fromkeys(authors.draw(1 + min(11, int(chance.expovariate(0.28)))))
        record = {
            "key": f"paper{year}x{number}",
            "title": json.dumps(_invent_title(chance, words), ensure_ascii=False),
            "authors": f"[{', '.join(names)}]",
            "venue": venue,
            "year": str(year),
            "sections": f"[{', '.join(_choose_sections(chance))}]",
        }
        if chance.random() < 0.5:
            record["doi"] = f"10.1000/inv.{number}"
            record["pages"] = f"{number % 4000 + 1}-{number % 4000 + 12}"
        if chance.random() < 0.6:
            record["arxiv"] = f'"{year % 100:02}{number % 12 + 1:02}.{number % 100_000:05}"'
            record["arxiv"] = record["arxiv"] if year >= 2015 else ""
        if chance.random() < 0.3:
            record["links"] = f"{{code: https://example.org/code/{number}}}"
        if chance.random() < 0.4:
            record["tags"] = f"[{', '.join(sorted(set(chance.choices(TAGS, k=3))))}]"
        record["added"] = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield {name: value for name, value in record.items() if value}


def _write_head() -> Iterator[str]:
    yield "survey: {title: A List of Invented Things, year: 2025}\nsections:\n"
    for n in range(SECTIONS):
        yield f"  - id: section-{n}\n    title: Section {n}\n    sections:\n"
        for m in range(SUBSECTIONS):
            yield f"      - {{id: section-{n}-{m}, title: Section {n} Part {m}}}\n"
    yield "venues:\n"
    for n in range(VENUES):
        kind = KINDS[n % len(KINDS)]
        yield f"  V{n}: {{name: Proceedings of Invention Number {n}, kind: {kind}}}\n"


def _write_record(record: dict[str, str]) -> str:
    return "- " + "\n  ".join(f"{name}: {value}" for name, value in record.items()) + "\n"


def _choose_sections(chance: random.Random) -> list[str]:
    count = 2 if chance.random() < 1 / 12 else 1
    chosen = {
        f"section-{int(SECTIONS * chance.random() ** 1.5)}-{chance.randrange(SUBSECTIONS)}"
        for _ in range(count)
    }
    return sorted(chosen)


def _invent_title(chance: random.Random, words: Pool) -> str:
    parts = [word.capitalize() for word in words.draw(chance.randint(3, 9))]
    for place in range(2, len(parts), 3):
        parts.insert(place, chance.choice(SMALL_WORDS))
    if chance.random() < 1 / 15:
        parts[-1] = chance.choice(CAPITAL_WORDS)
    if chance.random() < 1 / 50:
        parts[chance.randrange(len(parts))] = chance.choice(HARD_PARTS)
    if chance.random() < 1 / 4 and len(parts) > 3:
        parts[1] += ":"
    return " ".join(parts)


def _invent_author(chance: random.Random, vocabulary: list[str]) -> str:
    given, family = (chance.choice(vocabulary).capitalize() for _ in range(2))
    if chance.random() < 1 / 25:
        family = "".join(MARKED.get(letter, letter) for letter in family)
    if chance.random() < 1 / 6:
        given += f" {chance.choice('ABCDEFGHJKLMNPRST')}."
    if chance.random() < 1 / 60:
        return f"{given} van {family}"
    return f"{given} {family}"


def _invent_word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4)))


def main() -> None:
    """Write a list into a folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--papers", type=int, default=10_000)
    options = parser.parse_args()
    write_list(options.folder, options.papers)


if __name__ == "__main__":
    main()
