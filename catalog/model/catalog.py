"""The catalog: the validated records of one list, with the views that every output is made from."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from catalog.model.records import (
    EntryType,
    Facet,
    Head,
    Order,
    Paper,
    Resource,
    Section,
    Settings,
    Survey,
    Venue,
    VenueKind,
)
from catalog.text.folding import fold

ENTRY_TYPES = {
    VenueKind.CONFERENCE: EntryType.INPROCEEDINGS,
    VenueKind.WORKSHOP: EntryType.INPROCEEDINGS,
    VenueKind.JOURNAL: EntryType.ARTICLE,
    VenueKind.BOOK: EntryType.BOOK,
}

# Each paper is asked for its type a dozen times, and Python 3.11 takes as long to find a member of
# an enumeration as to find the type.
_MISC, _PREPRINT = EntryType.MISC, VenueKind.PREPRINT


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its place in the tree.

    `number` is its outline number (`2.1`); `depth` counts from 1; `papers` are those that are in
    it, in display order; `total` counts each paper of it and of the sections inside once.
    """

    section: Section
    number: str
    depth: int
    parent: str | None
    papers: tuple[Paper, ...]
    total: int

    @property
    def id(self) -> str:
        """The section's id."""
        return self.section.id

    @property
    def title(self) -> str:
        """The section's title."""
        return self.section.title


class Catalog:
    """All records of one list. `papers` are in the order of the files."""

    def __init__(self, head: Head, papers: Iterable[Paper]) -> None:
        self.head = head
        self.papers = tuple(papers)

    @property
    def survey(self) -> Survey:
        """What the list is."""
        return self.head.survey

    @property
    def venues(self) -> Mapping[str, Venue]:
        """The controlled list of venues by short name."""
        return self.head.venues

    @property
    def facets(self) -> Mapping[str, Facet]:
        """The list's own facets by id."""
        return self.head.facets

    @property
    def settings(self) -> Settings:
        """How the list is shown."""
        return self.head.settings

    @cached_property
    def facet_values(self) -> dict[str, dict[str, str]]:
        """By facet, the titles of its values by what records call them.

        The values of an open facet are those that papers have, in alphabetical order.
        """
        return {
            id_: self._find_values(id_) if facet.is_open else facet.titles
            for id_, facet in self.facets.items()
        }

    def _find_values(self, facet: str) -> dict[str, str]:
        found = {value for paper in self.papers for value in paper.facets.get(facet, ())}
        return {value: value for value in sorted(found, key=lambda value: (fold(value), value))}

    @cached_property
    def sections(self) -> tuple[SectionView, ...]:
        """All sections in display order, each before the sections inside it."""
        return tuple(self._walk(self.head.sections, "", 1, None))

    @cached_property
    def section_by_id(self) -> dict[str, SectionView]:
        """Sections by id."""
        return {view.id: view for view in self.sections}

    @cached_property
    def paper_by_key(self) -> dict[str, Paper]:
        """Papers by citation key, old keys included; a key of today wins over an old one."""
        found = {alias: paper for paper in self.papers for alias in paper.aliases}
        found.update((paper.key, paper) for paper in self.papers)
        return found

    @cached_property
    def venue_by_name(self) -> dict[str, str]:
        """Short names by every name under which a venue is known."""
        found = {alias: short for short, venue in self.venues.items() for alias in venue.aliases}
        found.update((short, short) for short in self.venues)
        return found

    @cached_property
    def title_by_venue(self) -> dict[str, str]:
        """Full names of venues, short ones where there is no other, by every name of a venue."""
        return {
            name: self.venues[short].name or short for name, short in self.venue_by_name.items()
        }

    @cached_property
    def _type_by_venue(self) -> dict[str, EntryType]:
        return {
            name: ENTRY_TYPES.get(self.venues[short].kind, EntryType.MISC)
            for name, short in self.venue_by_name.items()
        }

    @cached_property
    def citations(self) -> tuple[Paper, ...]:
        """The records by which the survey itself is cited."""
        items = self.survey.cite
        return tuple(self.paper_by_key[item] if isinstance(item, str) else item for item in items)

    @cached_property
    def ordered(self) -> tuple[Paper, ...]:
        """Every paper once, in the order in which the list shows them: section by section."""
        seen: dict[str, Paper] = {}
        for view in self.sections:
            for paper in view.papers:
                seen.setdefault(paper.key, paper)
        return tuple(seen.values())

    @cached_property
    def years(self) -> dict[int, int]:
        """The number of papers of each year, oldest first; years between without papers count 0."""
        counts = Counter(paper.year for paper in self.papers if paper.year is not None)
        return (
            {year: counts[year] for year in range(min(counts), max(counts) + 1)} if counts else {}
        )

    @cached_property
    def resources_by_section(self) -> dict[str | None, list[Resource]]:
        """The resources of each section by its id; those under None are in no section."""
        found: dict[str | None, list[Resource]] = {}
        for resource in self.head.resources:
            for id_ in resource.sections or (None,):
                found.setdefault(id_, []).append(resource)
        return found

    @cached_property
    def papers_within(self) -> dict[str, list[Paper]]:
        """By section id, its papers and those of the sections inside it, each once."""
        gathered: dict[str, dict[str, Paper]] = {view.id: {} for view in self.sections}
        for view in self.sections:
            outer: str | None = view.id
            while outer is not None:
                gathered[outer].update((paper.key, paper) for paper in view.papers)
                outer = self.section_by_id[outer].parent
        return {id_: list(papers.values()) for id_, papers in gathered.items()}

    @cached_property
    def usual_venue(self) -> str | None:
        """The venue with most papers, for examples of an entry."""
        venues = Counter(name for name in map(self.venue_name, self.papers) if name)
        return min(venues, key=lambda name: (-venues[name], name), default=None)

    @property
    def example_venue(self) -> str | None:
        """A venue of the table for examples of an entry, None when the table is empty."""
        usual = self.usual_venue
        return usual if usual in self.venues else next(iter(self.venues), None)

    def venue_of(self, paper: Paper) -> Venue | None:
        """Return the paper's venue from the list of venues, or None."""
        short = self.venue_by_name.get(paper.venue or "")
        return self.venues[short] if short is not None else None

    def venue_name(self, paper: Paper) -> str | None:
        """Return the short name of the paper's venue as the list of venues has it."""
        return self.venue_by_name.get(paper.venue or "", paper.venue)

    def entry_type(self, paper: Paper) -> EntryType:
        """Return the entry type: the paper's own, or the one of its venue's kind."""
        return paper.type or self._type_by_venue.get(paper.venue or "", _MISC)

    def is_preprint(self, paper: Paper) -> bool:
        """Return whether the paper's venue is a preprint server."""
        venue = self.venue_of(paper)
        return venue is not None and venue.kind is _PREPRINT

    def _walk(
        self, sections: Iterable[Section], prefix: str, depth: int, parent: str | None
    ) -> Iterator[SectionView]:
        for position, section in enumerate(sections, start=1):
            number = f"{prefix}{position}"
            keys = {
                paper.key for id_ in _ids_within(section) for paper in self._by_section.get(id_, ())
            }
            papers = tuple(self._by_section.get(section.id, ()))
            yield SectionView(section, number, depth, parent, papers, len(keys))
            yield from self._walk(section.sections, f"{number}.", depth + 1, section.id)

    @cached_property
    def _by_section(self) -> dict[str, list[Paper]]:
        found: dict[str, list[Paper]] = {}
        for paper in sort_papers(self.papers, self.settings.order):
            for id_ in paper.sections:
                found.setdefault(id_, []).append(paper)
        return found


def sort_papers(papers: Iterable[Paper], orders: Sequence[Order]) -> list[Paper]:
    """Sort papers by the first order, those that are equal in it by the second, and so on."""
    sorted_papers = list(papers)
    # Python's sort keeps the order of equals.
    for order in reversed(orders):
        if order is not Order.FILE:
            sorted_papers.sort(key=_SORT_KEYS[order], reverse=order.startswith("-"))
    return sorted_papers


def _ids_within(section: Section) -> Iterator[str]:
    yield section.id
    for inner in section.sections:
        yield from _ids_within(inner)


def _by_year(paper: Paper) -> tuple[bool, int, int]:
    return (paper.year is None, paper.year or 0, paper.month or 0)


def _by_newest(paper: Paper) -> tuple[int, int]:
    return (paper.year or 0, paper.month or 0)


def _by_author(paper: Paper) -> str:
    return fold(paper.authors[0].inverted) if paper.authors else ""


def _by_added(paper: Paper) -> date:
    return paper.added or date.min


_SORT_KEYS: dict[Order, Callable[[Paper], Any]] = {
    Order.YEAR: _by_year,
    Order.NEWEST: _by_newest,
    Order.TITLE: lambda paper: fold(paper.title),
    Order.AUTHOR: _by_author,
    Order.VENUE: lambda paper: fold(paper.venue or ""),
    Order.KEY: lambda paper: paper.key.lower(),
    Order.ADDED: _by_added,
    Order.LATEST: _by_added,
}
