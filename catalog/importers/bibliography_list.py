"""A new list from bibliographies: sections, venues, keys, and one record for each work."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from catalog.errors import UnreadableInputError
from catalog.importers.bibliography import (
    Bibliography,
    Entry,
    Format,
    find_format,
    read_bibliography,
)
from catalog.importers.markdown.new_list import NewList, show_venues
from catalog.importers.venues.clusters import VenueCluster, cluster_venues
from catalog.importers.venues.mentions import VenueMention, parse_venue
from catalog.model.citation_keys import KeyRegistry, is_reserved, make_key_of
from catalog.model.draft import Draft, validate
from catalog.model.duplicates import DuplicateIndex
from catalog.model.records import KEY_PATTERN, EntryType, VenueKind
from catalog.model.types import Value
from catalog.text.folding import fold, slugify

DEFAULT_SECTION = "Papers"
_KINDS = {
    EntryType.ARTICLE: VenueKind.JOURNAL,
    EntryType.INPROCEEDINGS: VenueKind.CONFERENCE,
    EntryType.BOOK: VenueKind.BOOK,
}
_VOLUME = re.compile(r"\b(?:19|20)\d{2}\b|\b\d+(?:st|nd|rd|th)\b|\b(?:first|second|third)\b", re.I)
_WORKSHOP = re.compile(r"workshop", re.IGNORECASE)
_LONG = 5


@dataclass(slots=True)
class _Row:
    """A record in the making, with the entry that it is made of."""

    entry: Entry
    draft: Draft
    aliases: list[Value] = field(default_factory=list)


def make_list_of_references(
    found: Sequence[Bibliography], *, title: str, section: str | None = None
) -> NewList:
    """Make one list of all drafts of bibliographies.

    The groups of an entry are its sections; without any it stands in `section`. Keys stay where the
    format has such keys. A work that stands twice is one record, the key of its second entry an old
    key of it. What a record cannot hold is left out and doubted.
    """
    pairs = [pair for one in found for pair in zip(one.entries, one.drafts, strict=True)]
    venues = _gather_venues(pairs)
    rows: list[_Row] = []
    works, ring = DuplicateIndex(), KeyRegistry()
    sections = _Sections(section or DEFAULT_SECTION, is_given=section is not None)
    for entry, draft in pairs:
        _add(_Row(entry, _name_venue(draft, entry, venues)), rows, works, ring, sections)
    head: dict[str, Value] = {"survey": {"title": title}, "sections": sections.to_values()}
    used = {str(row.draft.values["venue"]) for row in rows if "venue" in row.draft.values}
    shown, comments = show_venues(map(_without_volumes, venues.values()), used)
    if shown:
        head["venues"] = shown
    return NewList(head, tuple(map(_finish, rows)), (), comments)


def _gather_venues(pairs: Iterable[tuple[Entry, Draft]]) -> Mapping[str, VenueCluster]:
    """Return the venue of each name that entries show."""
    mentions: dict[str, VenueMention] = {}
    for entry, draft in pairs:
        shown = draft.values.get("venue")
        mention = parse_venue(shown) if isinstance(shown, str) else None
        if isinstance(shown, str) and mention is not None:
            kind = mention.kind if mention.is_known else _guess_kind(shown, entry, mention)
            mentions.setdefault(shown, replace(mention, text=shown, kind=kind))
    return cluster_venues(list(mentions.values()))


def _without_volumes(venue: VenueCluster) -> VenueCluster:
    """Drop the names that are those of single volumes."""
    return replace(venue, aliases=tuple(a for a in venue.aliases if not _VOLUME.search(a)))


def _guess_kind(shown: str, entry: Entry, mention: VenueMention) -> VenueKind:
    """Return the kind of an unknown venue: what its entries are says more than its name."""
    if _WORKSHOP.search(shown) or entry.kind not in _KINDS:
        return mention.kind
    return _KINDS[entry.kind]


def _name_venue(draft: Draft, entry: Entry, venues: Mapping[str, VenueCluster]) -> Draft:
    """Give a draft the short name of its venue; the volume's own title stays beside it."""
    shown = draft.values.get("venue")
    venue = venues.get(shown) if isinstance(shown, str) else None
    values = {name: value for name, value in draft.values.items() if name != "venue"}
    if venue is None or not isinstance(shown, str):
        return replace(draft, values=values)
    values["venue"] = venue.short
    is_volume = venue.kind in (VenueKind.CONFERENCE, VenueKind.WORKSHOP)
    is_long = len(shown.split()) >= _LONG and _VOLUME.search(shown)
    if is_volume and is_long and fold(shown) not in (fold(venue.short), fold(venue.name or "")):
        values["booktitle"] = shown
    return replace(draft, values=values)


def _add(
    row: _Row, rows: list[_Row], works: DuplicateIndex, ring: KeyRegistry, sections: "_Sections"
) -> None:
    """Take a record, or join it with the one of the same work."""
    given = row.draft.values.get("key")
    row.draft = _sift(row.draft)
    (answer,) = validate([replace(row.draft, values={**row.draft.values, "key": "unnamed"})])
    twins = list(works.find(answer.paper)) if answer.paper is not None else []
    if twins:
        first = rows[twins[0].place]
        first.aliases += [given] if isinstance(given, str) and _can_be_key(given, ring) else []
        _join(first, row, sections)
        return
    if answer.paper is not None:
        works.add(answer.paper)
    rows.append(row)
    values, doubts = dict(row.draft.values), dict(row.draft.doubts)
    if isinstance(given, str) and _can_be_key(given, ring):
        values["key"] = given
        ring.take(given)
    else:
        values.pop("key", None)
        values["key"] = make_key_of(values, ring)
        if given is not None:
            doubts["key"] = f"{given} is taken or cannot be a key here"
    values["sections"] = sections.take(row.entry.groups)
    row.draft = replace(row.draft, values=values, doubts=doubts)


def _can_be_key(key: str, ring: KeyRegistry) -> bool:
    return bool(re.fullmatch(KEY_PATTERN, key)) and not is_reserved(key) and key not in ring


def _join(first: _Row, second: _Row, sections: "_Sections") -> None:
    """Give a record what only the other one of the same work has."""
    values = {**second.draft.values, **first.draft.values}
    values["sections"] = sections.take([*first.entry.groups, *second.entry.groups])
    links = [row.draft.values.get("links") for row in (second, first)]
    merged: dict[str, Value] = {}
    for one in links:
        merged.update(one if isinstance(one, dict) else {})
    if merged:
        values["links"] = merged
    doubts = {**first.draft.doubts, "key": f"{second.draft.source} is the same work"}
    first.draft = replace(first.draft, values=values, doubts=doubts)


def _sift(draft: Draft) -> Draft:
    """Leave out what no record can hold, and say so in a doubt."""
    (answer,) = validate([replace(draft, values={**draft.values, "key": "unnamed"})])
    values, doubts = dict(draft.values), dict(draft.doubts)
    for fault in answer.faults:
        name = str(fault.path[0]) if fault.path else ""
        if name in values and name not in ("key", "title"):
            doubts[name] = f"left out: {fault.message}"
            del values[name]
    return replace(draft, values=values, doubts=doubts)


def _finish(row: _Row) -> Draft:
    if not row.aliases:
        return row.draft
    return replace(row.draft, values={**row.draft.values, "aliases": row.aliases})


class _Sections:
    """The sections by title, in the order in which entries name them."""

    def __init__(self, fallback: str, *, is_given: bool) -> None:
        self._fallback = fallback
        self._is_given = is_given
        self._ids: dict[str, str] = {}
        self._ring = KeyRegistry()

    def take(self, groups: Sequence[str]) -> list[Value]:
        """Return the ids of the sections of an entry."""
        titles = [self._fallback] if self._is_given or not groups else groups
        return list(dict.fromkeys(self._id_of(title) for title in titles))

    def to_values(self) -> list[Value]:
        """Return the sections as the file holds them."""
        if not self._ids:
            self._id_of(self._fallback)
        return [{"id": id_, "title": title} for title, id_ in self._ids.items()]

    def _id_of(self, title: str) -> str:
        if title not in self._ids:
            self._ids[title] = self._ring.take(slugify(title)[:80].strip("-") or "section")
        return self._ids[title]


_SHOWN = {Format.BIBTEX: "BibTeX", Format.RIS: "RIS", Format.CSL_JSON: "CSL-JSON"}


def read_references(data: bytes, file: str) -> Bibliography:
    """Read a bibliography of any format.

    Raises `UnreadableInputError` when the file is none: not UTF-8, no JSON, without entries.
    """
    path = Path(file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInputError(path, "is not UTF-8; save it as UTF-8") from error
    format_ = find_format(path.name, text)
    if format_ is None:
        raise UnreadableInputError(path, "is neither BibTeX nor RIS nor CSL-JSON")
    try:
        found = read_bibliography(text, file, format_)
    except ValueError as error:
        raise UnreadableInputError(path, f"is no {_SHOWN[format_]}: {error}") from error
    if not found.total:
        raise UnreadableInputError(path, f"has no entry of {_SHOWN[format_]}")
    return found
