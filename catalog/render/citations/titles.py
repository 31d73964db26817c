"""Titles for BibTeX and BibLaTeX: capitals that belong to a word are protected, others are not.

Styles write a title in sentence case and lower each capital outside braces. `BERT` must keep its
own; `Deep Learning` should become `Deep learning` where the style says so.
"""

from collections.abc import Callable, Collection, Iterator

from catalog.render.citations.tex import normalize, split_math, write_math
from catalog.text.capitals import FORMULA, WORD, find_protected, starts_sentence

Write = Callable[[str], str]


def write_title(
    title: str, write: Write, own: Collection[str] = (), math: Write = write_math
) -> str:
    """Write a title, the words that keep their letter case in braces.

    `write` is for text that is normalized, `math` for the inside of `$…$`; `own` are the words that
    the list protects.
    """
    parts = split_math(title)
    text = FORMULA.join(normalize(part) for part in parts[::2])
    formulas = iter([math(part) for part in parts[1::2]])
    protected, written, end = find_protected(text, own), [], 0
    for found in WORD.finditer(text):
        start, word = found.start(), found[0]
        kept = word if start in protected else _find_kept_initial(text, start)
        if kept:
            before, word = text[end:start], write(word[len(kept) :])
            written += [_write_between(before, write, formulas), f"{{{write(kept)}}}", word]
            end = found.end()
    return "".join([*written, _write_between(text[end:], write, formulas)])


def _find_kept_initial(text: str, start: int) -> str:
    """Return the first letter of a word that starts a sentence in a way that BibTeX does not see.

    BibTeX keeps the first letter of the title and the one after a colon and a space; it lowers the
    one behind a quotation mark and the one after a question mark.
    """
    letter = text[start]
    if not letter.isupper() or not starts_sentence(text, start):
        return ""
    before = text[:start]
    is_seen = not before or before.endswith(": ")
    return "" if is_seen else letter


def _write_between(text: str, write: Write, formulas: Iterator[str]) -> str:
    first, *rest = text.split(FORMULA)
    return write(first) + "".join(next(formulas) + write(part) for part in rest)
