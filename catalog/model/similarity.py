"""How alike two records of a work look, from 0 to 1: by title, and by authors.

Titles alone prove nothing: different authors choose the same words, and a workshop paper becomes
another paper under nearly the same title. So the two are measured separately, and callers use both.
"""

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from catalog.model.names import PersonName
from catalog.text.folding import fold

_STOP_WORDS = frozenset(["a", "an", "the", "of", "for", "in", "on", "and", "to", "with", "via"])


def compare_titles(one: str, other: str) -> float:
    """Return how alike two titles are: 1 for the same words, 0 for none in common.

    Spellings, plurals and punctuation do not count; a word more or another one counts much, because
    `Part 2` and `Unsupervised` make another paper. A title that is a part of the other gives 0.88.
    """
    first, second = _to_words(one), _to_words(other)
    if not first or not second:
        return 0.0
    if "".join(first) == "".join(second):
        return 1.0
    if _is_part(one, second) or _is_part(other, first):
        return _PART
    return min(_NOT_THE_SAME, _compare_words(first, second))


# Below the bar of `lookup.updates` (0.9): a dropped subtitle alone never passes it. Above the cap
# for changed words, so the better match comes first.
_PART = 0.88
_LEAST = 0.5
"""Below half of the words in common, their order is not looked at."""
# One other word in a long title is little by count and may be all the difference: `Part 2`.
_NOT_THE_SAME = 0.85
# `Introduction` or `A Survey` before a colon is part of many titles.
_FEWEST_WORDS = 4
# British and American: `visualised` and `visualized`, `colours` and `colors`.
_SPELLINGS = ((re.compile("is(?=(?:e[ds]?|ing|ations?)$)"), "iz"), (re.compile("our(?=s?$)"), "or"))


@lru_cache(maxsize=4096)
def _to_words(title: str) -> tuple[str, ...]:
    # `Net` and `Net++` are two papers.
    return tuple(map(_spell, fold(title.replace("+", " plus ")).split()))


def _spell(word: str) -> str:
    """Return a word in one of its spellings, without the s of a plural."""
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    # `modelling` and `modeling`.
    word = re.sub("ll(?=(?:ing|ed|er)s?$)", "l", word)
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _is_part(title: str, words: tuple[str, ...]) -> bool:
    """Return whether all `words` are what stands after or before the colon of a title."""
    if len(words) < _FEWEST_WORDS or ":" not in title:
        return False
    before, _, after = title.partition(":")
    return words in (_to_words(before), _to_words(after))


def _compare_words(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return the share of common words, in their order, among all significant words."""
    first, second = _telling(one), _telling(other)
    longest = max(len(first), len(second))
    most = sum((Counter(first) & Counter(second)).values())
    if most < _LEAST * longest:
        return most / longest  # in any order: less than that nobody takes for alike
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    return common / longest


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _STOP_WORDS) or words


def compare_authors(one: Sequence[PersonName], other: Sequence[PersonName]) -> float:
    """Return the share of common authors among those of the longer list; 0 when a list is empty."""
    if not one or not other:
        return 0.0
    return _count_common(one, other) / max(len(one), len(other))


def contain_authors(one: Sequence[PersonName], other: Sequence[PersonName]) -> float:
    """Return the share of common authors among those of the shorter list; 0 when one is empty."""
    if not one or not other:
        return 0.0
    return _count_common(one, other) / min(len(one), len(other))


def _count_common(one: Sequence[PersonName], other: Sequence[PersonName]) -> int:
    left = list(other)
    common = 0
    for name in one:
        found = next((candidate for candidate in left if is_same_person(name, candidate)), None)
        if found is not None:
            left.remove(found)
            common += 1
    return common


def is_same_person(one: PersonName, other: PersonName) -> bool:
    """Return whether two names can be of one person: the same family name, initials that agree.

    `Ada M. Example`, `A. Example` and `Example` can be one; `Ada Example` and `Bo Example` not.
    Families and given names in the other order are one, too: services mix them up.
    """
    if fold(one.display) == fold(other.display):
        return True
    first, second = _split(one), _split(other)
    if first[0] == second[0]:
        return _agree(first[1], second[1])
    # `Zhang Wei` and `Wei Zhang`.
    swapped = sorted([first[0], *first[1]]) == sorted([second[0], *second[1]])
    return swapped and bool(first[1] and second[1])


def _split(name: PersonName) -> tuple[str, list[str]]:
    return fold(name.full_family), fold(name.given or "").split()


def _agree(one: list[str], other: list[str]) -> bool:
    """Return whether given names agree, each of the shorter list with one in its place."""
    if not one or not other:
        return True
    first, second = one[0], other[0]
    if len(first) > 1 and len(second) > 1:
        return first == second or "".join(one) == "".join(other)
    return first[0] == second[0]
