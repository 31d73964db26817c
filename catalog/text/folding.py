"""Text reduced to what a reader compares: no case, no diacritics, no punctuation."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache

from catalog.text.characters import drop_surplus_marks

# Letters that carry no combining mark, so that Unicode decomposition leaves them as they are.
_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th",
        "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ẞ": "Ss",
        "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ŋ": "n", "Ŋ": "N", "ĸ": "k",
        "\u0131": "i", "\u02bb": "", "\u02bc": "",
        "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u2010": "-", "\u2011": "-",
    }
)  # fmt: skip
# The blocks of combining marks, the points of Hebrew and the vowels of Arabic. The marks of other
# scripts (the voicing of Kana, the vowels of Devanagari) make letters of their own.
_DIACRITICS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]"
)
_NOT_WORD = re.compile(r"[\W_]+")


def strip_diacritics(text: str) -> str:
    """Replace each letter by its plain base letter: `Siméoni` gives `Simeoni`, `Łukasz` `Lukasz`.

    Scripts without diacritics (Han, Kana, …) are left as they are.
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", drop_surplus_marks(text)).translate(_LETTERS)
    return unicodedata.normalize("NFC", _DIACRITICS.sub("", decomposed))


@lru_cache(maxsize=2**17)
def fold(text: str) -> str:
    """Return the words of `text` one space apart, without case, diacritics and punctuation.

    It is remembered: rules, sorting, search and related papers fold the same titles and names.
    """
    return _NOT_WORD.sub(" ", strip_diacritics(text).casefold()).strip()


def slugify(text: str) -> str:
    """Return `text` as a lower-case ASCII word for an id: `Crème Brûlée 2` gives `creme-brulee-2`.

    Returns "" when `text` holds no letter or digit that ASCII can show.
    """
    return "-".join(re.findall(r"[a-z0-9]+", strip_diacritics(text).casefold()))


class Speller:
    """Finds the choice that was meant by a misspelt word.

    It remembers what it found, and gives up after more comparisons than an honest file needs.
    """

    _LONGEST = 100
    _MANY = 2_000

    def __init__(self, choices: Iterable[str]) -> None:
        self._choices = choices
        self._found: dict[str, str | None] = {}
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
        found = difflib.get_close_matches(word, pool, n=1, cutoff=0.6)
        return self._by_folded[found[0]] if found else None


def find_nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most alike to `word`, or None when none is alike enough to be meant."""
    return Speller(choices).nearest(word)
