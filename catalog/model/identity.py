"""Which records are of one work: by identifiers for sure, by title and first author perhaps.

    works = WorkIndex(catalog.papers)
    matches = works.find(paper)

Import, `add`, `check`, `diff` and `update` decide by these rules alone:

- An equal DOI, arXiv id, OpenReview id or ACL Anthology id: one work.
- Different DOIs, arXiv ids or ACL Anthology ids, and none equal: different works.
- The same title and first author, and no identifier against it: one work when one is a preprint of
  the other, or when venue and year agree; else perhaps one. So is a similar title.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from operator import itemgetter
from typing import NamedTuple

from catalog.model.identifiers import (
    ACL,
    ARXIV,
    DOI,
    IDENTIFIERS,
    Identifier,
    find_acl_in_doi,
    find_identifier,
    is_preprint_doi,
    parse_arxiv,
)
from catalog.model.records import LinkKind, Paper
from catalog.model.similarity import compare_titles, contain_authors, is_same_person
from catalog.text.folding import fold

PREPRINT_VENUES = frozenset(
    ["arxiv", "biorxiv", "medrxiv", "chemrxiv", "techrxiv", "ssrn", "corr", "preprint", "preprints"]
)

_ALIKE = 0.75
"""Titles of one work, retitled, share three words in four; `Part 1` and `Part 2` share fewer."""
_ALIKE_BY_ONE_TEAM = 0.5
"""Where all authors agree, in their order, half of the words are enough to ask."""
# One author writes several papers with similar titles; two who agree in their order rarely do.
_FEWEST_IN_TEAM = 2
# Authors join and leave between versions: half of the shorter list must agree.
_COMMON_AUTHORS = 0.5
# A quick filter before titles are compared word by word; 0.4 of the longer words is less than
# the half that `_ALIKE_BY_ONE_TEAM` needs.
_FEWEST_COMMON_WORDS, _COMMON_WORDS = 2, 0.4
_LONGEST_TO_PRINT, _LATEST_PREPRINT = 6, 1
"""Years from a preprint to its publication; a preprint may be put up a year after it."""


class Mark(NamedTuple):
    """An identifier of a record in its base form, and the field that it is in."""

    kind: Identifier
    value: str
    field: str

    @property
    def path(self) -> tuple[str, ...]:
        """The way to the value: `("links", "pdf")`."""
        return tuple(self.field.split("."))


class Match(NamedTuple):
    """A record that is, or may be, of the same work.

    `place` is its position among those added, `reason` a noun phrase for messages: `the same DOI
    10.1000/a`, `the same title and first author`. `path` leads to the field that shows it.
    """

    place: int
    reason: str
    path: tuple[str, ...]
    is_certain: bool
    """An identifier is equal."""
    is_same: bool
    """They are one work: an identifier is equal, or they agree and nothing is against it."""
    is_in_link: bool = False
    """The identifier is that of a link in one of them: the link may be the mistake."""


def find_marks(paper: Paper) -> dict[str, Mark]:
    """Return the identifiers of a record by field, those in the links to the paper included."""
    found: dict[str, Mark] = {}
    for kind in IDENTIFIERS:
        value = getattr(paper, kind.field)
        if value is not None:
            _add_mark(found, kind, value, kind.field)
    for link in (LinkKind.PAGE, LinkKind.PDF):
        url = paper.links.get(link, "")
        if _MAY_HOLD.search(url) and (named := find_identifier(url)) is not None:
            _add_mark(found, *named, f"links.{link}")
    return found


_MAY_HOLD = re.compile(
    "|".join(re.escape(host) for kind in IDENTIFIERS for host in kind.hosts), re.IGNORECASE
)
"""A quick look before an address is parsed: the hosts of identifiers."""


def _add_mark(found: dict[str, Mark], kind: Identifier, value: str, field: str) -> None:
    if kind is DOI:
        # arXiv gives each paper a DOI too, and the DOIs of the ACL Anthology hold its ids.
        arxiv, acl = parse_arxiv(value), find_acl_in_doi(value)
        if arxiv is not None:
            found.setdefault("arxiv", Mark(ARXIV, ARXIV.to_base(arxiv), field))
            return
        if acl is not None:
            found.setdefault("acl", Mark(ACL, acl, field))
    found.setdefault(kind.field, Mark(kind, kind.to_base(value), field))


def have_equal(one: Mapping[str, Mark], other: Mapping[str, Mark]) -> bool:
    """Return whether two records share an identifier."""
    return any(mark.value == other[name].value for name, mark in one.items() if name in other)


def are_different(one: Mapping[str, Mark], other: Mapping[str, Mark]) -> bool:
    """Return whether the identifiers of two records make them two works, whatever the titles."""
    if have_equal(one, other):
        return False
    for name, mark in one.items():
        if mark.kind.is_telling and name in other:
            values = (mark.value, other[name].value)
            # A preprint's DOI next to the publisher's says nothing against one work.
            if mark.kind is not DOI or len(set(map(is_preprint_doi, values))) == 1:
                return True
    return False


_SIGNS = (
    (re.compile(r"\+"), " plus "),
    (re.compile("#|♯"), " sharp "),
    (re.compile(r"\*|⋆|∗"), " star "),
    (re.compile("≠"), " unequal "),
    (re.compile("="), " equals "),
    (re.compile(r"(?<=\w)[-\u2212](?=\s|$)"), " minus "),
)
"""Signs that make another title: `C++` and `C#`, `A*` and `A+`, `P = NP` and `P ≠ NP`."""


@lru_cache(maxsize=2**16)
def fold_title(title: str) -> str:
    """Return what all spellings of a title share; unlike `fold`, it keeps C++ and C# apart."""
    for sign, word in _SIGNS:
        title = sign.sub(word, title)
    # A title of symbols alone is identified by them.
    return fold(title) or title


def is_preprint(paper: Paper) -> bool:
    """Return whether a record is that of a preprint, by its venue's name or its identifiers."""
    if paper.venue is None:
        return paper.doi is None and "arxiv" in find_marks(paper)
    return is_preprint_venue(paper.venue)


def is_preprint_venue(name: str) -> bool:
    """Return whether a venue is a preprint server by its name."""
    return name.casefold() in PREPRINT_VENUES


def is_one_work(one: Paper, other: Paper) -> bool:
    """Return whether two records of one title and first author are one work.

    That no identifier is against it is taken for granted.
    """
    if is_preprint(one) != is_preprint(other):
        preprint, published = (one, other) if is_preprint(one) else (other, one)
        shares = contain_authors(one.authors, other.authors) >= _COMMON_AUTHORS
        return (shares or not (one.authors and other.authors)) and _can_follow(preprint, published)
    if one.model_copy(update={"key": other.key}) == other:
        return True  # an entry that is in the file twice
    if one.year is None or one.year != other.year or one.venue != other.venue:
        return False
    return not any(
        getattr(one, name) and getattr(other, name) and getattr(one, name) != getattr(other, name)
        for name in ("volume", "number", "pages", "type", "booktitle")
    )


def _can_follow(preprint: Paper, published: Paper) -> bool:
    if preprint.year is None or published.year is None:
        return True
    return -_LATEST_PREPRINT <= published.year - preprint.year <= _LONGEST_TO_PRINT


def have_same_first_author(one: Paper, other: Paper) -> bool:
    """Return whether two records begin with one person; neither may have authors."""
    if not one.authors or not other.authors:
        return one.authors == other.authors
    return is_same_person(one.authors[0], other.authors[0])


class WorkIndex:
    """Finds the records of a work, and those that may be, among the records added before."""

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        self._papers: list[Paper] = []
        self._marks: list[dict[str, Mark]] = []
        self._by_mark: dict[tuple[str, str], int] = {}
        self._by_title: defaultdict[str, list[int]] = defaultdict(list)
        self._word_counts: dict[int, int] = {}
        self._by_word: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self._last: tuple[Paper, dict[str, Mark]] | None = None
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        """Remember the next record. The first one to have an identifier keeps it."""
        place, marks, family = len(self._papers), self._find_marks(paper), _family_of(paper)
        self._papers.append(paper)
        self._marks.append(marks)
        for mark in marks.values():
            self._by_mark.setdefault((mark.kind.field, mark.value), place)
        for title in _titles_of(paper):
            self._by_title[fold_title(title)].append(place)
            words = _words_of(title)
            self._word_counts[place] = max(len(words), self._word_counts.get(place, 0))
            for word in words:
                self._by_word[family, word].append(place)

    def find(self, paper: Paper, *, with_different: bool = False) -> list[Match]:
        """Return the records of the same work, then those that may be, each once.

        `with_different` adds those of the same title and first author whose identifiers differ.
        """
        marks = self._find_marks(paper)
        found: dict[int, Match] = {}
        likely = self._find_likely(paper, marks, with_different=with_different)
        for match in (*self._find_certain(paper, marks), *likely):
            found.setdefault(match.place, match)
        return list(found.values())

    def _find_marks(self, paper: Paper) -> dict[str, Mark]:
        """Return the identifiers of a record; most records are looked for, then added."""
        if self._last is None or self._last[0] is not paper:
            self._last = paper, find_marks(paper)
        return self._last[1]

    def is_same(self, paper: Paper) -> bool:
        """Return whether a record of the same work was added."""
        return any(match.is_same for match in self.find(paper))

    def _find_certain(self, paper: Paper, marks: Mapping[str, Mark]) -> Iterator[Match]:
        for mark in marks.values():
            place = self._by_mark.get((mark.kind.field, mark.value))
            if place is not None:
                reason = f"the same {mark.kind.noun} {mark.value}"
                fields = (mark.field, self._marks[place][mark.kind.field].field)
                is_in_link = any(name.startswith("links.") for name in fields)
                if is_in_link and _are_distinct(paper, self._papers[place]):
                    continue
                yield Match(place, reason, mark.path, True, True, is_in_link)

    def _find_likely(
        self, paper: Paper, marks: Mapping[str, Mark], *, with_different: bool
    ) -> Iterator[Match]:
        for place, reason in self._find_alike(paper):
            other = self._papers[place]
            has_same_title = fold_title(paper.title) == fold_title(other.title)
            is_different = are_different(marks, self._marks[place])
            if (
                have_same_first_author(paper, other)
                and (not is_different or (with_different and has_same_title))
                and not _are_distinct(paper, other)
            ):
                is_same = has_same_title and not is_different and is_one_work(paper, other)
                yield Match(place, reason, ("title",), False, is_same)

    def _find_alike(self, paper: Paper) -> Iterator[tuple[int, str]]:
        """Yield the records with the same or a similar title, with what is alike."""
        for title in _titles_of(paper):
            for place in self._by_title.get(fold_title(title), ()):
                is_earlier = fold_title(self._papers[place].title) != fold_title(paper.title)
                earlier = "an earlier title" if is_earlier else "the same title"
                noun = "first author" if paper.authors else "no author"
                yield place, f"{earlier} and {'the same ' if is_earlier else ''}{noun}"
        words, family = _words_of(paper.title), _family_of(paper)
        counts = Counter(
            [place for word in words for place in self._by_word.get((family, word), ())]
        )
        several = [item for item in counts.items() if item[1] >= _FEWEST_COMMON_WORDS]
        several.sort(key=itemgetter(1), reverse=True)
        for place, count in several[:_MOST_COMPARED]:
            # Titles that share fewer of their longer words cannot be alike enough.
            longest = max(len(words), self._word_counts[place])
            other = self._papers[place]
            # The first author goes first: comparing titles takes ten times as long.
            if (
                count >= _COMMON_WORDS * longest
                and have_same_first_author(paper, other)
                and _are_alike(paper, other)
            ):
                yield place, "a similar title and the same first author"


def _are_alike(one: Paper, other: Paper) -> bool:
    likeness = compare_titles(one.title, other.title)
    if likeness >= _ALIKE:
        return contain_authors(one.authors, other.authors) >= _COMMON_AUTHORS
    is_team = len(one.authors) == len(other.authors) >= _FEWEST_IN_TEAM and all(
        map(is_same_person, one.authors, other.authors)
    )
    return likeness >= _ALIKE_BY_ONE_TEAM and is_team


def _are_distinct(one: Paper, other: Paper) -> bool:
    """Return whether one of two records says that the other is another work."""
    names = {other.key, *other.aliases}
    return not names.isdisjoint(one.distinct_from) or not {one.key, *one.aliases}.isdisjoint(
        other.distinct_from
    )


_EARLIER = re.compile(
    r"\b(?:formerly|previously|originally|earlier)\b[^\"“]{0,40}[\"“]([^\"”]{8,})[\"”]",
    re.IGNORECASE,
)
"""A note of the list's editors: `Previously titled "Things We Know"`."""


def _titles_of(paper: Paper) -> list[str]:
    """Return the title of a record, and earlier ones that it names."""
    found = _EARLIER.search(paper.note or "") if paper.note else None
    return [paper.title, found[1]] if found else [paper.title]


@lru_cache(maxsize=2**16)
def _words_of(title: str) -> frozenset[str]:
    """Return the words that distinguish a title from others: four letters or more."""
    # Shorter words are in most titles. A check needs those of each title twice, and `serve` again
    # at each edit.
    return frozenset(word for word in fold_title(title).split() if len(word) > 3)


def _family_of(paper: Paper) -> str:
    family = fold(paper.authors[0].full_family) if paper.authors else ""
    return family.rpartition(" ")[2]


_MOST_COMPARED = 20
"""Records of one author, those with most words in common first, whose titles are compared with that
of another: reports in a series differ by their numbers, and there may be thousands of them."""
_MOST_OF_ONE_TITLE = 100
"""Records of one title and first author that are compared with each other: `Editorial` is one."""


def group_works(
    papers: Sequence[Paper | None], also_dois: Mapping[int, str] | None = None
) -> list[list[int]]:
    """Return the positions of the records of each work, whatever their order, first ones first.

    None is an invalid record, which counts as a work of its own. `also_dois` gives records a DOI
    that is not theirs: that of the publication, as a preprint server names it.
    """
    groups = Groups(len(papers))
    marks = [find_marks(paper) if paper is not None else {} for paper in papers]
    holders: dict[tuple[str, str], int] = {}
    for place, named in enumerate(marks):
        values = [(mark.kind.field, mark.value) for mark in named.values()]
        if also_dois and place in also_dois:
            values.append((DOI.field, DOI.to_base(also_dois[place])))
        for value in values:
            groups.join(holders.setdefault(value, place), place)
    for places in _by_title(papers):
        _join_titles(places, papers, marks, groups)
    return groups.to_lists()


class Groups:
    """Positions in groups (a disjoint-set forest); the first of a group stands for it."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def find(self, place: int) -> int:
        """Return the first position of a group."""
        while self._parents[place] != place:
            self._parents[place] = self._parents[self._parents[place]]
            place = self._parents[place]
        return place

    def join(self, one: int, other: int) -> None:
        """Make one group of those of two positions."""
        first, second = self.find(one), self.find(other)
        if first != second:
            self._parents[max(first, second)] = min(first, second)

    def to_lists(self) -> list[list[int]]:
        """Return the positions of each group in order, the group of the first one first."""
        lists: dict[int, list[int]] = {}
        for place in range(len(self._parents)):
            lists.setdefault(self.find(place), []).append(place)
        return list(lists.values())


def _by_title(papers: Sequence[Paper | None]) -> Iterator[list[int]]:
    """Yield the positions of records with one title and the first author's family name."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, paper in enumerate(papers):
        if paper is not None:
            places[fold_title(paper.title)].append(place)
    for found in places.values():
        if 1 < len(found) <= _MOST_OF_ONE_TITLE:
            yield found


def _join_titles(
    places: Sequence[int],
    papers: Sequence[Paper | None],
    marks: Sequence[Mapping[str, Mark]],
    groups: Groups,
) -> None:
    """Join the records of one title that are one work, unless two of them cannot be.

    A preprint without identifiers that could be of either of two publications joins neither.
    """
    linked = Groups(len(places))
    for i, j in combinations(range(len(places)), 2):
        one, other = papers[places[i]], papers[places[j]]
        is_known = groups.find(places[i]) == groups.find(places[j])
        if one is None or other is None:
            continue
        if is_known or (have_same_first_author(one, other) and is_one_work(one, other)):
            linked.join(i, j)
    for members in linked.to_lists():
        whole = [places[member] for member in members]
        if not any(
            groups.find(a) != groups.find(b) and are_different(marks[a], marks[b])
            for a, b in combinations(whole, 2)
        ):
            for place in whole[1:]:
                groups.join(whole[0], place)
