"""Text reduced to what a reader compares: no case, no diacritics, no punctuation."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

# Letters that carry no combining mark, so that Unicode decomposition leaves them as they are.
_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th",
        "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ẞ": "Ss", "ı": "i",
        "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ŋ": "n", "Ŋ": "N", "ĸ": "k", "ʻ": "", "ʼ": "",
        "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u2010": "-", "\u2011": "-",
    }
)  # fmt: skip
_NOT_WORD = re.compile(r"[\W_]+")


def strip_diacritics(text: str) -> str:
    """Replace each letter by its plain base letter: `Siméoni` gives `Simeoni`, `Łukasz` `Lukasz`.

    Scripts without diacritics (Han, Kana, …) are left as they are.
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def fold(text: str) -> str:
    """Return the words of `text`, lower-case, without diacritics and punctuation, one space apart."""
    return _NOT_WORD.sub(" ", strip_diacritics(text).casefold()).strip()


def slugify(text: str) -> str:
    """Return `text` as a lower-case ASCII word for an id: `Crème Brûlée 2` gives `creme-brulee-2`.

    Returns "" when `text` holds no letter or digit that ASCII can show.
    """
    return "-".join(re.findall(r"[a-z0-9]+", strip_diacritics(text).casefold()))


def find_nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most alike to `word`, or None when none is alike enough to be meant."""
    by_folded: dict[str, str] = {}
    for choice in choices:
        by_folded.setdefault(fold(choice), choice)
    found = difflib.get_close_matches(fold(word), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None
