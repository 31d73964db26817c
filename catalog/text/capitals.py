"""Words that keep their capitals when a style writes titles in sentence case.

Most titles are written in title case, where a capital at the start of a word says nothing. Three
things say that it belongs to the word: its form (`BERT`, `DINOv2`), a list of proper nouns and
adjectives (`Riemannian`), and a title that is in sentence case already.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from catalog.text.proper_words import GERMAN_WORDS, PROPER_WORDS

# Letters and digits with their combining marks; a group for each letter would take twice as long.
_LETTERS = "[^\\W_]++(?:[\u0300-\u036f]++[^\\W_]*+)*+"
# A word, with what joins its letters (O'Brien, R&D, U.S, Recall@K), a number after a hyphen (GPT-4)
# and a sign after a single letter (C++, A*).
WORD = re.compile(
    rf"{_LETTERS}(?:[.'’&@·_]{_LETTERS})*(?:-\d+(?:\.\d+)*[A-Za-z]*)*(?:(?<![^\W\d_]{{2}})(?<=[A-Z])[+#*]{{1,2}})?"
)
"""A word of a title; everything between two of them is punctuation."""
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# `Things: A Survey`, `Who?  "Us"`, `Things — A Survey`; neither `16:9` nor `a!b`.
_ENDS_SENTENCE = re.compile(r"[:?!]\s+\W*$|—\s*\W*$")
_ENDING = re.compile(r"['’]s$|s$")
"""What a proper noun may end in: `Indra's`, `Jacobians`."""
FORMULA = "\ufdd2"
"""Stands for math in a title; Unicode has this character for such use inside of a program."""
# What joins a word with inherent capitals to a name: `pH-Net`, but `BERT-based`.
_NAME_PARTS = frozenset(["Bench", "Eval", "Former", "Gym", "Mixer", "Net", "Nets"])
_SMALL = 4
"""Words of fewer letters are small in title case too: a, the, of, with one of them."""
_SHOUTED = 2
"""A title of more spaces than this without one small letter says nothing about its capitals."""
_PHRASES = tuple(word for word in sorted(PROPER_WORDS) if " " in word)


def has_inherent_capitals(word: str) -> bool:
    """Return whether a word keeps its letter case in any sentence: `BERT`, `DINOv2`, `16x16`, `I`.

    A capital at the start means nothing, as titles are written in title case; nor does a lone `A`.
    """
    if any(letter.isupper() for letter in word[1:]):
        return True
    if len(word) == 1 or word[1] in "+#*":
        return word[0].isupper() and word != "A"
    has_digit = any(letter.isdigit() for letter in word)
    return has_digit and any(letter.isupper() or letter.islower() for letter in word)


def find_protected(title: str, own: Collection[str] = ()) -> frozenset[int]:
    """Return where in a title the words start that keep their letter case.

    `own` are further words, or phrases, that the list protects.
    """
    return _find_protected(title, tuple(own))


# Three formats and a rule look at the same title.
@lru_cache(maxsize=2**15)
def _find_protected(title: str, own: tuple[str, ...]) -> frozenset[int]:
    if _is_shouted(title):
        return frozenset()
    words = list(WORD.finditer(title))
    known = _find_known(title, own)
    is_sentence = not is_title_case(title) or is_german(title)
    return frozenset(
        found.start()
        for found in words
        if has_inherent_capitals(found[0])
        or (found[0] in _NAME_PARTS and title[found.start() - 1 : found.start()] == "-")
        or found[0] in known
        # A symbol of a formula: `Fe` in `Fe$^{3+}$`.
        or (found[0][0].isupper() and FORMULA in title[max(found.start() - 1, 0) : found.end() + 1])
        or (is_sentence and found[0][0].isupper() and not starts_sentence(title, found.start()))
    )


def _is_shouted(title: str) -> bool:
    return title.isupper() and title.count(" ") > _SHOUTED


def _find_known(title: str, own: tuple[str, ...]) -> frozenset[str]:
    """Return the words of a title that are proper; those of a phrase only where all of it is."""
    singles = {word for word in own if " " not in word}
    phrases = [phrase for phrase in (*_PHRASES, *own) if " " in phrase and phrase in title]
    proper = PROPER_WORDS | singles
    words = {found[0] for found in WORD.finditer(title)}
    known = {word for word in words if word in proper or _ENDING.sub("", word) in proper}
    return frozenset(known.union(*(phrase.split() for phrase in phrases)))


def starts_sentence(title: str, start: int) -> bool:
    """Return whether the word at `start` begins the title or what follows a colon in it."""
    gap = start
    # Only the punctuation before the word counts; searching from the start of a text for each of
    # its words took a minute for an abstract of 100 KB.
    while gap and not (title[gap - 1].isalnum() or title[gap - 1] == "_"):
        gap -= 1
    return not _LETTER_OR_DIGIT.search(title, 0, gap) or bool(
        _ENDS_SENTENCE.search(title[gap:start])
    )


# A rule looks at each title too, and `serve` again at each edit.
@lru_cache(maxsize=2**15)
def is_title_case(title: str) -> bool:
    """Return whether most of the longer words after the first have a capital."""
    longer = [
        found[0]
        for found in WORD.finditer(title)
        if len(found[0]) >= _SMALL
        and found[0][0].isalpha()
        and not starts_sentence(title, found.start())
    ]
    capitals = sum(word[0].isupper() for word in longer)
    return not longer or 2 * capitals >= len(longer)


def is_german(title: str) -> bool:
    """Return whether a title is German, where nouns have capitals: `Die Gestalt der Sprache`."""
    words = [found[0].lower() for found in WORD.finditer(title)]
    german = sum(word in GERMAN_WORDS for word in words)
    return german >= 2 or (german == 1 and any(letter in title for letter in "äöüßÄÖÜ"))


def to_sentence_case(title: str, own: Collection[str] = ()) -> list[tuple[str, bool]]:
    """Return a title in sentence case, in parts: text, and whether its letter case must stay."""
    if _is_shouted(title):
        return [(title, False)]
    protected, parts, end = find_protected(title, own), [], 0
    for found in WORD.finditer(title):
        is_kept = found.start() in protected
        word = found[0]
        if not is_kept and not starts_sentence(title, found.start()):
            word = word[0].lower() + word[1:]
        parts += [(title[end : found.start()], False), (word, is_kept)]
        end = found.end()
    return [(text, is_kept) for text, is_kept in [*parts, (title[end:], False)] if text]
