"""The authors of a list by name: which names have a page, and which papers belong together.

A list knows names, not people. Papers under one name are taken for one person's only when they
share another author, directly or through other papers of that name; papers that share nobody stay
apart, and the page says so.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from catalog.model.catalog import Catalog
from catalog.model.identity import Groups
from catalog.model.names import PersonName
from catalog.model.records import Paper
from catalog.site import addresses
from catalog.site.large_lists import is_compact
from catalog.text.folding import fold

FIRST_AUTHORS = 50
"""A paper by a collaboration of a thousand does not make a thousand pages: of later authors, those
of two papers or more have one."""
MOST_NAMES = 5_000
"""In lists of more names, those of one paper have no page: it would repeat that of the paper."""


Displays = Mapping[str, tuple[str, ...]]
"""By citation key, the names of a paper's authors as pages show them, each once."""


@dataclass(frozen=True, slots=True)
class AuthorGroup:
    """Papers under one spelling of a name that share authors, and how many each of them shares."""

    name: str
    papers: tuple[Paper, ...]
    co_authors: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AuthorView:
    """The page of a name: the spelling that most papers have, and the groups, the largest first."""

    name: str
    inverted: str
    address: str
    groups: tuple[AuthorGroup, ...]
    total: int

    @property
    def papers(self) -> tuple[Paper, ...]:
        """All papers, group by group."""
        return tuple(paper for group in self.groups for paper in group.papers)


OTHER = "#"
"""Where an index lists names that begin with no letter."""


def find_initial(name: str) -> str:
    """Return the letter that an index lists a name under: `É` is under E, `李` under itself."""
    letter = fold(name)[:1].upper()
    return letter if letter.isalpha() else OTHER


class AuthorIndex:
    """The authors of a list. `papers` are in the order in which pages show them."""

    def __init__(self, catalog: Catalog, papers: Sequence[Paper]) -> None:
        self._catalog = catalog
        self._papers = papers
        self._links: dict[str, str] = {}
        self._links_by_paper: dict[str, list[str]] = {}

    @cached_property
    def has_all(self) -> bool:
        """Whether each of the first authors of a paper has a page."""
        if is_compact(self._catalog):
            return False
        names = {name.display for paper in self._papers for name in paper.authors[:FIRST_AUTHORS]}
        return len(names) <= MOST_NAMES

    @cached_property
    def counts(self) -> Counter[str]:
        """The number of papers under each spelling of a name."""
        return Counter(display for displays in self._displays.values() for display in displays)

    @cached_property
    def number(self) -> int:
        """The number of names; spellings with one address, `Jiří` and `Jiri`, are one."""
        return len({addresses.to_author(name) for name in self.counts})

    @cached_property
    def _displays(self) -> Displays:
        return {
            paper.key: tuple(dict.fromkeys(name.display for name in paper.authors))
            for paper in self._papers
        }

    @cached_property
    def _shown(self) -> frozenset[str]:
        """The addresses that have a page."""
        if is_compact(self._catalog):
            return frozenset()
        shown = {addresses.to_author(name) for name, count in self.counts.items() if count > 1}
        if self.has_all:
            for paper in self._papers:
                for name in paper.authors[:FIRST_AUTHORS]:
                    shown.add(addresses.to_author(name.display))
        return frozenset(shown)

    def link(self, name: str) -> str:
        """Return where a name leads: to its page, or to the search for it."""
        link = self._links.get(name)
        if link is None:
            address = addresses.to_author(name)
            is_shown = address in self._shown
            link = address if is_shown else addresses.to_filter(q=f'author:"{name}"')
            self._links[name] = link
        return link

    def links_of(self, paper: Paper) -> list[str]:
        """Return where the names of the first authors of a paper lead: some pages ask for them."""
        links = self._links_by_paper.get(paper.key)
        if links is None:
            links = [self.link(name.display) for name in paper.authors[:FIRST_AUTHORS]]
            self._links_by_paper[paper.key] = links
        return links

    @cached_property
    def views(self) -> list[AuthorView]:
        """What each page shows, in the order of family names."""
        found: dict[str, dict[PersonName, list[Paper]]] = defaultdict(dict)
        for paper in self._papers:
            for name in dict.fromkeys(paper.authors):
                address = addresses.to_author(name.display)
                if address in self._shown:
                    found[address].setdefault(name, []).append(paper)
        views = [_to_view(address, by_name, self._displays) for address, by_name in found.items()]
        return sorted(views, key=lambda view: (fold(view.inverted), view.address))


def _to_view(address: str, by_name: dict[PersonName, list[Paper]], names: Displays) -> AuthorView:
    by_display: dict[str, list[Paper]] = {}
    for name, papers in by_name.items():
        by_display.setdefault(name.display, []).extend(papers)
    usual = max(by_name, key=lambda name: (len(by_display[name.display]), name.display))
    groups = [
        group
        for display, papers in by_display.items()
        for group in _to_groups(display, papers, names)
    ]
    groups.sort(key=lambda group: -len(group.papers))
    total = sum(len(group.papers) for group in groups)
    return AuthorView(usual.display, usual.inverted, address, tuple(groups), total)


def _to_groups(name: str, papers: Sequence[Paper], names: Displays) -> list[AuthorGroup]:
    """Part the papers under one name by who else wrote them."""
    if len(papers) == 1:
        once = tuple((other, 1) for other in names[papers[0].key] if other != name)
        return [AuthorGroup(name, tuple(papers), once)]
    groups, first = Groups(len(papers)), dict[str, int]()
    for place, paper in enumerate(papers):
        for other in names[paper.key]:
            if other != name:
                groups.join(first.setdefault(other, place), place)
    # The group of the last paper comes last.
    by_end = sorted(groups.to_lists(), key=itemgetter(-1))
    return [_to_group(name, [papers[place] for place in group], names) for group in by_end]


def _to_group(name: str, papers: Sequence[Paper], names: Displays) -> AuthorGroup:
    counts = Counter(display for paper in papers for display in names[paper.key] if display != name)
    # Those of most papers first, of equals in the order of the papers.
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    return AuthorGroup(name, tuple(papers), tuple(ranked))
