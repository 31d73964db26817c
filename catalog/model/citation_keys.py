"""Citation keys: from first author, year and title; unique in the list, and good as file names.

The rule is simple enough for the submit form, whose script makes the same keys; the cases in
`tests/data/keys.json` hold both.
"""

import re
from collections.abc import Iterable, Mapping

from catalog.model.names import parse_name
from catalog.model.records import KEY_PATTERN, Paper
from catalog.model.types import Value
from catalog.text.folding import slugify

STOP_WORDS = frozenset(
    [
        *("a", "an", "the", "on", "in", "of", "for", "from", "to", "towards", "toward", "with"),
        *("without", "by", "at", "as", "into", "via", "and", "or", "is", "are", "was", "were"),
        *("be", "do", "does", "did", "can", "could", "should", "will", "how", "what", "when"),
        *("where", "which", "who", "whose", "why", "it", "its", "your", "you", "we", "our", "i"),
    ]
)
"""Words at the start of a title that carry no meaning."""

# A key becomes a file name and an address; groups have names of any length.
_LONGEST_PART = 40
PROVISIONAL = "anon"
"""How the key of a paper without authors begins: `anon2024things`. `fmt --rekey` replaces it."""
# They are dropped, not word ends: `O'Brien` gives `obrien`, whichever of the signs is typed.
_APOSTROPHES = re.compile("['’‘\u02bc\u02bb`]")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: devices, whatever follows a
# period. Pages are folders that stand next to index.html.
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9])(?:\..*)?|index\.html", re.IGNORECASE
)


def is_reserved(name: str) -> bool:
    """Return whether `name` cannot be the name of a file or folder on every system."""
    return _RESERVED.fullmatch(name) is not None


def make_key(family: str, year: str, title: str, taken: "KeyRegistry") -> str:
    """Return a new key, `vanderberg2024things`, and take it.

    `family` is the first author's family name with its particle, or the whole name of a group; ""
    when there is none. `year` may be "". From each text come its words of ASCII letters and digits,
    lower-case, without diacritics and apostrophes. The family name is all of its words; the title's
    part is its first word that is neither a stop word nor a number, or else its first word.
    Neither is longer than 40 letters. A key that is taken, or that no file can have as its name,
    gets -2, -3, …, the first that is free.
    """
    words = _to_words(title)
    telling = (word for word in words if word not in STOP_WORDS and not word.isdigit())
    word = next(telling, words[0] if words else "")
    author = "".join(_to_words(family)) or PROVISIONAL
    return taken.take(f"{author[:_LONGEST_PART]}{year}{word[:_LONGEST_PART]}")


def make_key_of(values: Mapping[str, Value], taken: "KeyRegistry") -> str:
    """Return a new key for the raw values of a record, as `make_key` does."""
    authors, year, title = (values.get(name) for name in ("authors", "year", "title"))
    first = authors[0] if isinstance(authors, list) and authors else None
    year = year if isinstance(year, str) and year.isascii() and year.isdigit() else ""
    return make_key(_family_of(first), year, title if isinstance(title, str) else "", taken)


def is_provisional(paper: Paper) -> bool:
    """Return whether a key was made without the authors, who are known now."""
    if not paper.authors or not re.match(rf"{PROVISIONAL}(?:\d{{4}}|[a-z])", paper.key):
        return False
    first = "".join(_to_words(paper.authors[0].full_family))
    return not first.startswith(PROVISIONAL)


class KeyRegistry:
    """The keys and old keys that a list has. Keys that differ only in case are the same key."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._exact = set(keys)
        self._taken = {key.lower() for key in self._exact}

    @classmethod
    def of(cls, papers: Iterable[Paper]) -> "KeyRegistry":
        """Return the ring of the keys of `papers`, old ones included.

        For a whole list: `KeyRegistry.of((*catalog.papers, *catalog.citations))`.
        """
        return cls(key for paper in papers for key in (paper.key, *paper.aliases))

    def __contains__(self, key: str) -> bool:
        return key.lower() in self._taken

    def has_exactly(self, key: str) -> bool:
        """Return whether a key is taken in this letter case."""
        return key in self._exact

    def take(self, wanted: str) -> str:
        """Return `wanted`, or the first of `wanted-2`, `wanted-3`, … that is free, and take it."""
        key, number = wanted, 1
        while key in self or is_reserved(key):
            number += 1
            key = f"{wanted}-{number}"
        self._exact.add(key)
        self._taken.add(key.lower())
        return key


def _to_words(text: str) -> list[str]:
    return [word for word in slugify(_APOSTROPHES.sub("", text)).split("-") if word]


def _family_of(author: Value | None) -> str:
    if isinstance(author, str):
        try:
            return parse_name(author).full_family
        except ValueError:
            return author
    name = author if isinstance(author, dict) else {}
    parts = (name.get(part, "") for part in ("particle", "family", "literal"))
    return " ".join(part for part in parts if isinstance(part, str))


def can_be_key(key: str, taken: KeyRegistry) -> bool:
    """Return whether a key of a bibliography can be the key of a record here."""
    return bool(re.fullmatch(KEY_PATTERN, key)) and not is_reserved(key) and key not in taken
