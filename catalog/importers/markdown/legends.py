"""Marks that a list explains in a legend: `⭐ read this first · 🔒 paywalled`."""

import re
from collections.abc import Iterable, Mapping

from catalog.importers.markdown.candidates import Candidate

_MARK = (
    "(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff][\ufe0f\u200d]*|:[a-z][a-z0-9_+-]*:|[†‡])"
)
_EXPLAINED = re.compile(
    rf"({_MARK})\s*(?:[=:–-]\s*)?([^\W\d_][^,;.·|=\n]{{1,40}}?)\s*(?=[,;.·|\n&\xa0]|$|{_MARK})"
)
"""A mark with what it means: `⭐ = must read`, `🔥: new`."""
_LONGEST_LEGEND = 400
"""Characters of a paragraph that is a legend and not prose with emoji."""


def find_legend(paragraphs: Iterable[str]) -> Mapping[str, str]:
    """Return what each mark means.

    A legend is a short paragraph that explains two marks, or one with `=`.
    """
    legend: dict[str, str] = {}
    for text in paragraphs:
        found = _EXPLAINED.findall(text) if len(text) <= _LONGEST_LEGEND else []
        if len(found) >= 2 or (found and f"{found[0][0]} =" in text):
            legend |= {mark: words.strip() for mark, words in found if words.strip()}
    return legend


def find_marked(candidate: Candidate, legend: Mapping[str, str]) -> list[str]:
    """Return the meanings of the marks that a candidate has, in the order of the legend."""
    shown = candidate.text
    return [words for mark, words in legend.items() if mark in shown]


def find_unexplained(candidate: Candidate, legend: Mapping[str, str]) -> str | None:
    """Return the first mark in the text of a candidate's first line that the legend lacks."""
    shown = "".join(piece.text for piece in candidate.parts[0].pieces if piece.url is None)
    marks = (found[0] for found in re.finditer(_MARK, shown))
    return next((mark for mark in marks if mark not in legend), None)
