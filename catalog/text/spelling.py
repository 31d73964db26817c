"""The choice that was meant by a misspelt word."""

import difflib
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import islice

from catalog.text.folding import fold

_MOST_LISTED = 8
"""More choices than a one-line hint can list."""


class Speller:
    """Finds the choice that was meant by a misspelt word.

    It remembers what it found, and gives up after more comparisons than an honest file needs.
    """

    # difflib takes time with the square of the length.
    _LONGEST = 100
    # Of more choices only those with the same first letter are compared.
    _MANY = 2_000

    def __init__(self, choices: Iterable[str]) -> None:
        self._choices = choices
        self._found: dict[str, str | None] = {}
        # A file with thousands of wrong words would take minutes: later ones get no suggestion.
        self._comparisons_left = 20_000

    @cached_property
    def _by_folded(self) -> dict[str, str]:
        folded: dict[str, str] = {}
        for choice in self._choices:
            if len(choice) <= self._LONGEST:
                folded.setdefault(fold(choice), choice)
        return folded

    def nearest(self, word: str) -> str | None:
        """Return the choice most alike to `word`, or None when none is alike enough to be meant."""
        if word not in self._found:
            self._found[word] = self._look_up(fold(word[: self._LONGEST]))
        return self._found[word]

    def _look_up(self, word: str) -> str | None:
        if self._comparisons_left <= 0:
            return None
        self._comparisons_left -= len(self._by_folded)
        pool: Collection[str] = self._by_folded
        if len(pool) > self._MANY:
            pool = [choice for choice in pool if choice[:1] == word[:1]]
        # 0.6 is difflib's own default: "vison-models" is 0.96 alike to "vision-models", "data" 0.
        found = difflib.get_close_matches(word, pool, n=1, cutoff=0.6)
        return self._by_folded[found[0]] if found else None


def find_nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most alike to `word`, or None when none is alike enough to be meant."""
    return Speller(choices).nearest(word)


def did_you_mean(word: str, choices: Iterable[str] | Speller, otherwise: str) -> str:
    """Return a hint for a word that is not a choice: the nearest one, else `otherwise`."""
    speller = choices if isinstance(choices, Speller) else Speller(choices)
    nearest = speller.nearest(word)
    return f"Did you mean {nearest!r}?" if nearest else otherwise


def list_choices(choices: Iterable[str]) -> str:
    """Return a hint with the first choices: `Use one of a, b, c, …`."""
    names = list(islice(choices, _MOST_LISTED + 1))
    more = ", …" if len(names) > _MOST_LISTED else ""
    return f"Use one of {', '.join(names[:_MOST_LISTED])}{more}"
