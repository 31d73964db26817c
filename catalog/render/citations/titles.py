"""Titles for BibTeX and BibLaTeX: capitals that belong to a word are protected, others are not.

Styles write a title in sentence case and lower each capital outside braces. `BERT` must keep its
own; `Deep Learning` shall become `Deep learning` where the style says so.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from catalog.render.citations.tex import normalize, split_math, write_math

_LETTER = "(?:[^\\W_][\u0300-\u036f]*)"
# A word, with what joins its letters (O'Brien, R&D, U.S, Recall@K), a number after a hyphen (GPT-4)
# and a sign after a single letter (C++, A*).
_WORD = re.compile(
    rf"{_LETTER}+(?:[.'’&@·]{_LETTER}+)*(?:-\d+(?:\.\d+)*[A-Za-z]*)*(?:(?<![^\W_]{{2}})(?<=[A-Z])[+#*]{{1,2}})?"
)
_OPENING = "“‘„«'([¿¡"
_OPENING_INSIDE = re.compile(f": [{re.escape(_OPENING)}]")
_SHOUTED = 2
"""A title of more spaces than this without one small letter says nothing about its capitals."""


def write_title(title: str, write: Callable[[str], str]) -> str:
    """Write a title with `write_ascii` or `write_utf8`, math and inherent capitals in braces."""
    if title.isascii() and not ("$" in title or '"' in title or "  " in title):
        # The rest is a matter of single words.
        return _write_words(title, write)
    parts = [
        write_math(part) if index % 2 else _write_words(normalize(part), write)
        for index, part in enumerate(split_math(title))
    ]
    return "".join(parts)


def has_inherent_capitals(word: str) -> bool:
    """Return whether a word keeps its letter case in any sentence: `BERT`, `DINOv2`, `16x16`, `I`.

    A capital at the start tells nothing, as titles are written in title case; nor does a lone `A`.
    """
    if any(letter.isupper() for letter in word[1:]):
        return True
    if len(word) == 1 or word[1] in "+#*":
        return word[0].isascii() and word[0].isupper() and word != "A"
    has_digit = any(letter.isdigit() for letter in word)
    return has_digit and any(letter.isupper() or letter.islower() for letter in word)


def _write_words(text: str, write: Callable[[str], str]) -> str:
    """Write text that is normalized, the words that keep their letter case in braces."""
    if text.isupper() and text.count(" ") > _SHOUTED:
        return write(text)
    words = text.split(" ")
    written: Iterable[str] = map(_remember_words(write), words)
    if text[:1] in _OPENING or (": " in text and _OPENING_INSIDE.search(text)):
        before = ["", *words]
        written = (
            _write_start(word, write)
            if word[:1] in _OPENING and (not last or last.endswith(":"))
            else known
            for word, known, last in zip(words, written, before, strict=False)
        )
    return " ".join(written)


def _write_start(word: str, write: Callable[[str], str]) -> str:
    """Write a word that starts a sentence behind a mark: BibTeX would lower what it sees there."""
    bare = word.lstrip(_OPENING)
    letter = bare[:1]
    if not letter.isupper() or has_inherent_capitals(_find_word(bare)):
        return _write_word(word, write)
    mark = write(word[: len(word) - len(bare)])
    return f"{mark}{{{write(letter)}}}{_write_word(bare[1:], write)}"


def _find_word(text: str) -> str:
    found = _WORD.match(text)
    return found[0] if found else text[:1]


@cache
def _remember_words(write: Callable[[str], str]) -> Callable[[str], str]:
    """Return a function that writes a word and remembers it: most come again in other titles."""
    return lru_cache(maxsize=2**16)(lambda word: _write_word(word, write))


def _write_word(text: str, write: Callable[[str], str]) -> str:
    """Write what stands between two spaces."""
    written, end = [], 0
    for found in _WORD.finditer(text):
        if has_inherent_capitals(found[0]):
            written += [write(text[end : found.start()]), "{", write(found[0]), "}"]
            end = found.end()
    return "".join([*written, write(text[end:])])
