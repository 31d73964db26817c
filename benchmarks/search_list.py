"""An invented list of any length, with words and names spread as in real ones, and its site."""

import os
import random
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from mkdocs.commands.build import build
from mkdocs.config import load_config

from catalog.site import stamping
from catalog.site.pages import Pages

ROOT = Path(__file__).parent.parent
SYLLABLES = (
    "ra",
    "lo",
    "men",
    "ti",
    "vis",
    "gra",
    "per",
    "con",
    "du",
    "sel",
    "tor",
    "pha",
    "ne",
    "ki",
    "ba",
    "zu",
)
COMMON = (
    "learning",
    "representation",
    "framework",
    "vision",
    "language",
    "model",
    "alignment",
    "network",
    "neural",
    "multimodal",
    "contrastive",
    "training",
    "transformer",
    "image",
    "text",
    "deep",
    "large",
    "pretraining",
    "embedding",
    "transfer",
)
SMALL = ("for", "of", "with", "in", "and", "the", "via", "from")
SETTINGS = """site_name: Invented
site_url: https://example.org/list/
theme: {name: material, font: false}
plugins: [catalog]
"""
SECTIONS = 12


def write_list(folder: Path, count: int) -> None:
    """Write papers.yaml and mkdocs.yml of a list of `count` papers."""
    chance = random.Random(3)
    rare = [_invent_word(chance) for _ in range(4000)]
    families = [_invent_word(chance).title() for _ in range(2500)]
    lines = ["survey: {title: Invented}", "sections:"]
    lines += [f"  - {{id: section-{n}, title: Section {n}}}" for n in range(SECTIONS)]
    lines += ["venues:", *(f"  V{n}: {{name: Venue number {n}}}" for n in range(30)), "papers:"]
    for number in range(count):
        title = " ".join(_invent_title(chance, rare)).capitalize()
        authors = "; ".join(
            f"{chance.choice(rare).title()} {families[int(2500 * chance.random() ** 2)]}"
            for _ in range(chance.randint(1, 7))
        )
        lines += [
            f"  - key: paper{number}",
            f"    title: {title} {number}",
            f"    authors: [{authors.replace(';', ',')}]",
            f"    venue: V{int(30 * chance.random() ** 2)}",
            f"    year: {2025 - int(30 * chance.random() ** 3)}",
            f"    sections: [section-{chance.randrange(SECTIONS)}]",
            f"    arxiv: '{chance.randint(20, 25)}{number % 12 + 1:02}.{number:05}'",
        ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "papers.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "docs").mkdir(exist_ok=True)


def build_site(folder: Path, site: Path) -> None:
    """Build the list's site."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    build(load_config(str(folder / "mkdocs.yml"), site_dir=str(site)))


def build_browse(folder: Path, site: Path) -> None:
    """Build the pages of the list's site without those of papers and sections, which take long."""
    with (
        patch.object(Pages, "papers", _leave_out),
        patch.object(Pages, "sections", _leave_out),
        patch.object(Pages, "files_for_machines", _leave_out),
        patch.object(stamping, "render_exports", _leave_out),
    ):
        build_site(folder, site)


def _leave_out(*_: object) -> Iterator[None]:
    return iter(())


def _invent_title(chance: random.Random, rare: list[str]) -> list[str]:
    words = []
    for place in range(chance.randint(4, 11)):
        pool = SMALL if place % 3 == 2 else COMMON if chance.random() < 0.5 else rare
        words.append(pool[int(len(pool) * chance.random() ** 2)])
    return words


def _invent_word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4)))
