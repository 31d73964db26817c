"""Prose of a list: what describes the list and its sections, in the subset of Markdown."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.importers.markdown.blocks import Block, walk
from catalog.importers.markdown.candidates import Candidate
from catalog.importers.markdown.coverage import Account, Fate
from catalog.importers.markdown.entries import Entry
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.markdown_subset import to_line, to_subset
from catalog.importers.markdown.sections import Section

_LEAST_WORDS = 6
"""A shorter paragraph below the title is a motto or a line of badges."""
_COUNTS = re.compile(
    r"\W*(?:total\W+)?\d[\d,.]* (?:papers?|entries|articles|works|publications)\b", re.IGNORECASE
)
"""A list that says how many papers it has: the next count is another one."""


@dataclass(frozen=True, slots=True)
class Descriptions:
    """The first paragraph before any entry, and the prose of each section that holds entries."""

    of_list: str | None
    of_sections: dict[Section, str]


def keep_prose(
    account: Account,
    prose: Sequence[tuple[Section, Block | Candidate]],
    entries: Sequence[Entry],
) -> Descriptions:
    """Return the descriptions of the list and its sections; other prose is reported as left out."""
    holders = {entry.candidate.section for entry in entries}
    first = min((entry.candidate.start for entry in entries), default=None)
    kept: defaultdict[Section, list[str]] = defaultdict(list)
    description: str | None = None
    for section, span in sorted(prose, key=lambda one: one[1].start):
        if account.fate_of(span.start) is not Fate.PROSE:
            continue
        paragraphs = list(_paragraphs_of(span))
        words = sum(map(_count_own_words, paragraphs))
        is_early = first is None or span.start < first
        if not words:
            account.claim(span.start, span.end, Fate.MARKUP)
        elif _COUNTS.match("".join(piece.text for piece in paragraphs[0])):
            account.skip(span, "a count of the papers")
        elif section in holders and not (description is None and section.level <= 1):
            kept[section] += map(to_subset, paragraphs)
        elif description is None and words >= _LEAST_WORDS and is_early:
            description = to_line(" ".join(map(to_subset, paragraphs)))
        else:
            account.skip(span, "prose outside the sections of papers")
    return Descriptions(description, {one: "\n\n".join(texts) for one, texts in kept.items()})


def _paragraphs_of(span: Block | Candidate) -> Iterator[list[Piece]]:
    if isinstance(span, Block):
        parts = [block.pieces for block in walk([span])]
    else:
        parts = [list(part.pieces) for part in span.parts]
    yield from (part for part in parts if any(piece.text.strip() for piece in part))


def _count_own_words(pieces: Sequence[Piece]) -> int:
    """Return how many words stand outside of links and pictures."""
    own = " ".join(piece.text for piece in pieces if piece.url is None and piece.image is None)
    return len(re.findall(r"\w+", own))
