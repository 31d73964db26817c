"""Whether a part of a volume's title is where a meeting was: a country, a state, `Online`."""

import re
from functools import cache
from importlib import resources

from catalog.text.folding import fold

# `Virtual Event`, `Online`, `co-located with KDD 2022`: in the place of a city.
_ONLINE = re.compile(
    r"(?:virtual|online|hybrid)(?:[\s-]+(?:only|event|conference|meeting|mode))?(?:\s*[/(].*)?"
    r"|(?:fully )?virtual.*|co-?located with .*|held .*",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]{2}|D\.?C\.?")
"""A state of the USA or a province of Canada by two letters: `CA`, `BC`."""


@cache
def _names() -> frozenset[str]:
    """Return the countries and states of `places.txt`."""
    table = resources.files("catalog.importers.venues").joinpath("places.txt").read_text("utf-8")
    return frozenset(line for line in table.splitlines() if line and not line.startswith("#"))


def is_place(segment: str) -> bool:
    """Return whether the whole of a segment between commas is a country, a state or `Online`."""
    bare = segment.strip(" .;:[]")
    folded = fold(bare)
    if folded in _names() or _CODE.fullmatch(bare) or _ONLINE.fullmatch(bare):
        return True
    return any(
        fold(part) in _names() for part in re.split(r"\s*[/(\[]\s*|\s+and\s+", bare) if part
    ) and (len(bare.split()) <= 6)
