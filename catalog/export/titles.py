"""Titles for BibTeX and BibLaTeX: capitals that belong to a word are protected, others are not.

Styles write a title in sentence case and lower each capital outside braces. `BERT` must keep its
own; `Deep Learning` shall become `Deep learning` where the style says so.
"""

import re
from collections.abc import Callable

from catalog.export.tex import normalize, split_math, write_math

_LETTER = "(?:[^\\W_][\u0300-\u036f]*)"
# A word, with what joins its letters (O'Brien, R&D, U.S, Recall@K), a number after a hyphen (GPT-4)
# and a sign after a single letter (C++, A*).
_WORD = re.compile(
    rf"{_LETTER}+(?:[.'’&@·]{_LETTER}+)*(?:-\d+(?:\.\d+)*[A-Za-z]*)*(?:(?<![^\W_]{{2}})(?<=[A-Z])[+#*]{{1,2}})?"
)
_CANDIDATE = re.compile(r"\w\W?[A-Z]|\d|\b[B-Z]\b|[A-Z][+#*]|[^\x00-\x7f]")
_SHOUTED = 4
"""A title of so many words without one small letter says nothing about its capitals."""


def write_title(title: str, write: Callable[[str], str]) -> str:
    """Write a title with `write_ascii` or `write_utf8`, math and inherent capitals in braces."""
    is_shouted = title.isupper() and len(title.split()) >= _SHOUTED
    parts = [
        normalize(part) if index % 2 == 0 else part for index, part in enumerate(split_math(title))
    ]
    return "".join(
        write_math(part) if index % 2 else write(part) if is_shouted else _protect(part, write)
        for index, part in enumerate(parts)
    )


def has_inherent_capitals(word: str) -> bool:
    """Tell whether a word keeps its letter case in any sentence: `BERT`, `DINOv2`, `16x16`, `I`.

    A capital at the start tells nothing, as titles are written in title case; nor does a lone `A`.
    """
    if any(letter.isupper() for letter in word[1:]):
        return True
    if len(word) == 1 or word[1] in "+#*":
        return word[0].isascii() and word[0].isupper() and word != "A"
    has_digit = any(letter.isdigit() for letter in word)
    return has_digit and any(letter.isupper() or letter.islower() for letter in word)


def _protect(text: str, write: Callable[[str], str]) -> str:
    if not _CANDIDATE.search(text):
        return write(text)
    written, end = [], 0
    for found in _WORD.finditer(text):
        if has_inherent_capitals(found[0]):
            written += [write(text[end : found.start()]), "{", write(found[0]), "}"]
            end = found.end()
    return "".join([*written, write(text[end:])])
