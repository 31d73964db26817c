"""Which papers of the list belong together, and why: found offline, the same way every time.

Each paper is looked up by what it shares with others (authors, tags, rare words of its title) in an
inverted index. What many papers share is not significant and would cost most, so it is left out.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from catalog.model.records import Paper
from catalog.text.folding import fold

MOST_RELATED = 5
"""Papers that a page shows."""

_MOST_SHARING = 16
"""What more papers have in common is not a reason."""
_LEAST = 3
"""The score below which two papers are strangers."""
_WEIGHTS = {"author": 5, "tag": 3, "section": 1}
"""People come first, then what the editors chose; a section alone makes no relation."""
_RARE = 8
"""A word in the titles of up to so many papers weighs 2; in those of more, 1."""
_REASON_WORDS = 4
"""Words in common that a reason names: what one line shows."""

_STOP_WORDS = frozenset(
    """
    about across after against all also among analysis and any approach are based before best better
    between beyond both but can case data deep does each effective efficient fast few first for
    framework from general has have how improving into its large learn learning like long many
    method methods model models more most much multi need network networks neural new non not novel
    off one only our out over paper review simple study survey system systems task tasks than that
    the their them there these this through toward towards two under understanding using via view
    was what when where which while who why with within without work your
    """.split()  # noqa: SIM905 - eighty quoted words read worse
)

Feature = tuple[str, str]


class RelatedView(NamedTuple):
    """A paper that belongs to another, with the reasons: `same author: Ada Example`."""

    paper: Paper
    reasons: tuple[str, ...]


def find_related(
    papers: Sequence[Paper], section_titles: Mapping[str, str]
) -> Iterator[list[RelatedView]]:
    """Yield for each paper, in order, those most related to it, the closest first.

    Equal scores are put in order by distance in years, then by citation key.
    """
    fold_name = lru_cache(maxsize=None)(fold)
    features = [_find_features(paper, fold_name) for paper in papers]
    postings: dict[Feature, list[int]] = defaultdict(list)
    for number, own in enumerate(features):
        for feature in own:
            postings[feature].append(number)
    weights = {
        feature: _weigh(feature, len(found))
        for feature, found in postings.items()
        if 1 < len(found) <= _most_sharing(feature, len(papers))
    }
    for number, own in enumerate(features):
        known = [feature for feature in own if feature in weights]
        scores: dict[int, int] = defaultdict(int)
        for feature in known:
            weight = weights[feature]
            for other in postings[feature]:
                scores[other] += weight
        scores.pop(number, None)
        best = _choose(papers, number, scores)
        yield [
            RelatedView(
                papers[other],
                tuple(
                    _explain(known, papers[number], papers[other], features[other], section_titles)
                ),
            )
            for other in best
        ]


def _find_features(paper: Paper, fold_name: Callable[[str], str]) -> dict[Feature, str]:
    """Return what the paper may share, each with the words for a reader."""
    found: dict[Feature, str] = {}
    for name in paper.authors:
        found["author", fold_name(name.display)] = name.display
    for tag in paper.tags:
        found["tag", fold(tag)] = tag
    for word in fold(paper.title).split():
        if len(word) > 2 and word not in _STOP_WORDS and not word.isdigit():
            found["word", _stem(word)] = word
    return found


def _stem(word: str) -> str:
    """Take the plural's ending off an English word, so that `images` meets `image`."""
    # Neither `gas` nor `loss` is a plural.
    return word[:-1] if len(word) > 3 and word[-1] == "s" != word[-2] else word


def _most_sharing(feature: Feature, total: int) -> int:
    """Return how many papers may share a feature; a word of many titles in a short list is none."""
    # In a list of 80 papers a word of more than ten titles is part of its subject.
    return min(_MOST_SHARING, max(4, total // 8)) if feature[0] == "word" else _MOST_SHARING


def _weigh(feature: Feature, count: int) -> int:
    if feature[0] != "word":
        return _WEIGHTS[feature[0]]
    return 2 if count <= _RARE else 1


def _choose(papers: Sequence[Paper], number: int, scores: Mapping[int, int]) -> list[int]:
    paper = papers[number]
    own = set(paper.sections)

    def rank(item: tuple[int, int]) -> tuple[int, int, str]:
        other, score = item
        return -score, abs((papers[other].year or 0) - (paper.year or 0)), papers[other].key

    # Sections alone make no pair, so only what comes close to the best without them can be chosen.
    best = heapq.nlargest(MOST_RELATED, scores.values())
    floor = max(best[-1] if len(best) == MOST_RELATED else 0, _LEAST) - len(own)
    counted = (
        (other, score + len(own.intersection(papers[other].sections)) * _WEIGHTS["section"])
        for other, score in scores.items()
        if score >= floor
    )
    close = [item for item in counted if item[1] >= _LEAST]
    return [other for other, _ in heapq.nsmallest(MOST_RELATED, close, key=rank)]


def _explain(
    known: Sequence[Feature],
    paper: Paper,
    other: Paper,
    theirs: Mapping[Feature, str],
    section_titles: Mapping[str, str],
) -> Iterator[str]:
    """Yield what two papers share, the weightiest first."""
    shared: dict[str, list[str]] = {"author": [], "tag": [], "word": []}
    for feature in known:
        if feature in theirs:
            shared[feature[0]].append(theirs[feature])
    if names := shared["author"]:
        rest = f" and {len(names) - 2} more" if len(names) > 2 else ""
        yield f"same author{'s' if len(names) > 1 else ''}: {', '.join(names[:2])}{rest}"
    if tags := shared["tag"]:
        yield f"same tag{'s' if len(tags) > 1 else ''}: {', '.join(tags)}"
    if words := shared["word"]:
        yield f"in both titles: {', '.join(words[:_REASON_WORDS])}"
    if sections := [id_ for id_ in paper.sections if id_ in other.sections]:
        yield f"same section: {', '.join(section_titles[id_] for id_ in sections)}"
