"""The rule about open facets: one value has one spelling."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from catalog.model.catalog import Catalog
from catalog.model.findings import Code, Fault, Severity, quote
from catalog.text.folding import fold

# `GPT-3` and `GPT-4` are alike, and two values.
_DIGITS = re.compile(r"[0-9]+")
_ALIKE = 0.9
"""`Stanford University` and `Standford University` agree by 0.97, `Tool A` and `Tool B` by 0.8."""
_LEAST_ALIKE = 8
"""Shorter names differ by a letter on purpose: `CLIP` and `BLIP`."""
_MOST_COMPARED = 2_000
"""Values of one facet that are compared with each other; more are only compared folded."""


def check_open_facets(catalog: Catalog) -> Iterator[Fault]:
    """Code `facet-value-alike`: two spellings of one value of an open facet.

    The spelling of more papers is suggested, of equals the one that comes first.
    """
    for name, facet in catalog.facets.items():
        if not facet.is_open:
            continue
        counts = Counter(value for paper in catalog.papers for value in paper.facets.get(name, ()))
        usual = _find_usual_spellings(counts)
        for index, paper in enumerate(catalog.papers):
            for position, value in enumerate(paper.facets.get(name, ())):
                if value in usual:
                    yield Fault(
                        Code.FACET_VALUE_ALIKE,
                        f"{quote(value)} of the facet {quote(name)} may be {quote(usual[value])}",
                        "write it the same way in every record, if it is the same",
                        Severity.WARNING,
                        paper=index,
                        path=("facets", name, position),
                    )


def _find_usual_spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """Return, by a rare spelling, the usual one of the same value."""
    ranked = sorted(counts, key=lambda value: -counts[value])
    usual: dict[str, str] = {}
    by_folded: dict[str, str] = {}
    for value in ranked:
        folded = fold(value).replace(" ", "")
        if folded in by_folded:
            usual[value] = by_folded[folded]
            continue
        if len(folded) >= _LEAST_ALIKE and len(ranked) <= _MOST_COMPARED:
            near = _find_misspelt(folded, by_folded)
            if near is not None:
                usual[value] = by_folded[near]
        by_folded[folded] = value
    return usual


def _find_misspelt(word: str, known: Iterable[str]) -> str | None:
    """Return a known word that differs by letters alone: other numbers are other values."""
    pool = [
        other
        for other in known
        if abs(len(other) - len(word)) <= 2 and _DIGITS.findall(other) == _DIGITS.findall(word)
    ]
    found = difflib.get_close_matches(word, pool, n=1, cutoff=_ALIKE)
    return found[0] if found else None
