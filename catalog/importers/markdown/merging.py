"""One work, one record: the placements of a work joined, and works that share an id reported."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.importers.markdown.drafts import Fields
from catalog.importers.markdown.entries import Entry
from catalog.importers.markdown.markdown_subset import to_subset_link
from catalog.model.names import parse_name
from catalog.model.records import LinkKind
from catalog.model.types import Value
from catalog.text.folding import fold

IDENTIFIERS = ("doi", "arxiv", "openreview", "acl")
_ALIKE = 0.85
"""Ratio of `difflib` from which two titles of one address are one: a slip, or a subtitle cut."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with the values that it shows."""

    entry: Entry
    file: str
    fields: Fields

    @property
    def title(self) -> str:
        """The title, folded."""
        return fold(str(self.fields.values["title"]))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two works that a list gives one identifier."""

    identifier: str
    first: Placed
    second: Placed

    def __str__(self) -> str:
        """Return both places and titles in one line."""
        shown = " and ".join(
            f"line {one.entry.candidate.start} “{one.entry.title}”"
            for one in (self.first, self.second)
        )
        return f"{self.identifier} stands with two works: {shown}"


def merge(placed: Sequence[Placed]) -> tuple[list[list[Placed]], list[Conflict]]:
    """Group the placements of each work, in the order of the first; report works that share an id.

    Two placements are of one work when they share the folded title and do not have different first
    authors, or share an identifier and have much the same title.
    """
    groups: list[list[Placed]] = []
    by_title: defaultdict[str, list[int]] = defaultdict(list)
    by_identifier: dict[tuple[str, str], int] = {}
    conflicts: list[Conflict] = []
    for one in placed:
        marks = _marks_of(one)
        place = next((p for p in by_title[one.title] if not _differ(groups[p][0], one)), None)
        for mark in marks:
            holder = by_identifier.get(mark)
            if holder is None or holder == place:
                continue
            if place is None and _are_alike(groups[holder][0], one):
                place = holder
            else:
                conflicts.append(Conflict(f"{mark[0]} {mark[1]}", groups[holder][0], one))
                del one.fields.values[mark[0]]
                one.fields.doubts["title"] = (
                    f"{mark[0]} {mark[1]} left out: it stands with another work"
                )
        if place is None:
            place = len(groups)
            groups.append([])
        groups[place].append(one)
        by_title[one.title].append(place)
        for mark in _marks_of(one):
            by_identifier.setdefault(mark, place)
    return groups, conflicts


def join(group: Sequence[Placed]) -> Fields:
    """Return the values of all placements of a work as those of one record.

    The first placement that shows a value gives it; a published venue goes before a preprint's.
    """
    first, *others = sorted(group, key=_is_preprint)
    made = first.fields
    made.values["sections"] = _unite(_values(group, "sections"))
    for other in others:
        values = other.fields.values
        for name in ("authors", "more_authors", *IDENTIFIERS, "month", "abstract"):
            if name in values and not (
                name in ("more_authors", "month") and "authors" in made.values
            ):
                made.values.setdefault(name, values[name])
        _join_venue(made, other)
        _join_links(made, values.get("links"))
        made.notes += [note for note in other.fields.notes if note not in made.notes]
    for name in ("tags", "awards"):
        if united := _unite(_values(group, name)):
            made.values[name] = united
    return made


def _marks_of(one: Placed) -> list[tuple[str, str]]:
    values = one.fields.values
    return [(name, str(values[name]).lower()) for name in IDENTIFIERS if name in values]


def _differ(one: Placed, other: Placed) -> bool:
    """Return whether two placements show different first authors."""
    families = [_family_of(placed.fields.values.get("authors")) for placed in (one, other)]
    return all(families) and families[0] != families[1]


def _family_of(authors: Value | None) -> str:
    if not isinstance(authors, list) or not authors:
        return ""
    first = authors[0]
    if isinstance(first, str):
        return fold(parse_name(first).full_family).rpartition(" ")[2]
    return (
        fold(str(first.get("family") or first.get("literal") or ""))
        if isinstance(first, dict)
        else ""
    )


def _are_alike(one: Placed, other: Placed) -> bool:
    """Return whether two titles are one work: one begins with the other, or few letters differ."""
    shorter, longer = sorted((one.title, other.title), key=len)
    if longer.startswith(shorter) and len(shorter) >= 8:
        return True
    return difflib.SequenceMatcher(None, shorter, longer).ratio() >= _ALIKE


def _is_preprint(one: Placed) -> bool:
    venue = one.entry.venue
    return venue is None or venue.kind == "preprint"


def _values(group: Iterable[Placed], name: str) -> list[Value]:
    return [one.fields.values[name] for one in group if name in one.fields.values]


def _unite(lists: Iterable[Value]) -> list[Value]:
    united: list[Value] = []
    for values in lists:
        united += (
            [value for value in values if value not in united] if isinstance(values, list) else []
        )
    return united


def _join_venue(made: Fields, other: Placed) -> None:
    values = other.fields.values
    shown = [str(values[name]) for name in ("venue", "year") if name in values]
    for name in ("venue", "year"):
        if name in values and name not in made.values:
            made.values[name] = values[name]
        elif name in values and values[name] != made.values[name]:
            line = other.entry.candidate.start
            made.doubts[name] = f"line {line} has {' '.join(shown)}"


def _join_links(made: Fields, links: Value | None) -> None:
    if not isinstance(links, dict):
        return
    own = made.values.setdefault("links", {})
    if not isinstance(own, dict):
        return
    for kind, url in links.items():
        if url not in own.values():
            free = kind if kind not in own else LinkKind.OTHER.value
            if own.setdefault(free, url) != url:
                made.notes.append(to_subset_link(kind, str(url)))
    made.values["links"] = {kind.value: own[kind.value] for kind in LinkKind if kind.value in own}
