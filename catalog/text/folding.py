"""Text reduced to what a reader compares: no case, no diacritics, no punctuation."""

import re
import unicodedata
from functools import lru_cache

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
# Everything between words, the low line too: `deep_learning` is two words.
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
