"""The lines of an entry as texts with marks for their styles, and where each run is in them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.importers.markdown.candidates import CandidateKind
from catalog.importers.markdown.forms import (
    BOLD,
    CODE,
    HERE,
    ITALIC,
    LABEL,
    LINKED,
    PAPER,
    WRAP,
    Line,
)
from catalog.importers.markdown.inline import Run, View
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.links import is_scholarly
from catalog.importers.markdown.sections import SHORTCODE

_STYLES = {"bold": BOLD, "italic": ITALIC, "code": CODE}


@dataclass(frozen=True, slots=True)
class Flat:
    """The line that some parts of a candidate make, with where each run is in its text."""

    view: View
    line: Line
    places: tuple[tuple[int, int, Run], ...]
    shown: str
    """The text of the line before it was evened out."""

    @property
    def parts(self) -> frozenset[int]:
        """The parts that the line is made of."""
        return frozenset(run.part for _, _, run in self.places)

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Yield a stretch of the line as pieces, in their styles, with their links and breaks."""
        last_part = -1
        for first, last, run in self.places:
            text = self.shown[max(first, start) : min(last, end)].replace(WRAP, " ")
            if text and not run.is_label:
                if last_part not in (-1, run.part):
                    yield Piece("\n", 0)
                last_part = run.part
                yield Piece(text, 0, run.bold, run.italic, run.code, run.url)

    def runs(self, start: int, end: int) -> list[Run]:
        """Return the runs that a stretch of the line touches."""
        return [run for first, last, run in self.places if first < end and last > start]


def flatten(view: View, parts: Collection[int], *, is_field: bool = False) -> Flat | None:
    """Return the line that the `parts` of a candidate make; one of a field has no title."""
    text, places, last = "", [], -1
    for index, run in enumerate(view.runs):
        if run.part not in parts or (run.is_badge and not run.is_label):
            continue
        if last not in (-1, run.part):
            text += "\n"
        if index in view.labelled:
            text += HERE
        last = run.part
        opening, closing = _marks_of(run)
        shown = SHORTCODE.sub(" ", run.text.replace("\n", WRAP))
        start = len(text) + len(opening)
        text += opening + shown + closing
        places.append((start, start + len(shown), run))
    if not text.strip():
        return None
    is_heading = view.candidate.kind is CandidateKind.HEADING
    is_cell = view.candidate.kind is CandidateKind.ROW
    title_end = text.find("\n") if is_heading and "\n" in text else len(text)
    if is_field:
        return Flat(view, _cut_field(text), tuple(places), text)
    line = Line(_even_out(text), is_cell=is_cell, title_end=title_end)
    return Flat(view, line, tuple(places), text)


_LETTERED = re.compile(r"(?<=\((?:19|20)\d\d)[a-h](?=\))")
"""`(2023a)`: which of the works of a year it is."""
_SINGLE_QUOTED = re.compile(r"(?<=[\d ]\) )['‘](?=\w)([^\n]{5,300}?)(?<=[\w?!])['’](?=[,.]\s)")
"""`(2023) 'The Limits of Sand', `: a title in single quotes, as Harvard citations have it."""


def _even_out(text: str) -> str:
    """Return a line with the same length, its citation written as most are: `(2023 ) “Sand”, `."""
    return _SINGLE_QUOTED.sub(r"“\1”", _LETTERED.sub(" ", text))


@lru_cache(maxsize=1024)
def _cut_field(text: str) -> Line:
    """Return the line of a field; columns repeat years, venues and first authors."""
    return Line(text, is_field=True)


def _marks_of(run: Run) -> tuple[str, str]:
    if run.is_label:
        pair = LABEL
    elif run.url is not None:
        pair = PAPER if is_scholarly(run.url) else LINKED
    else:
        pair = _STYLES.get(run.style, "")
    return pair[:1], pair[1:]
