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
from catalog.importers.venues.mentions import VenueMention, find_known, guess_kind
from catalog.importers.venues.names import EDITION, VenueName, name_volume, read_venue
from catalog.model.catalog import ENTRY_TYPES
from catalog.model.citation_keys import KeyRegistry, can_be_key, make_key_of
from catalog.model.draft import Draft, sift, validate
from catalog.model.identity import WorkIndex, group_works
from catalog.model.merging import NotKept, merge_drafts, rank_drafts
from catalog.model.records import FOREIGN_KEY_PATTERN, EntryType, Paper, VenueKind
from catalog.model.types import Value
from catalog.text.folding import fold, slugify

DEFAULT_SECTION = "Papers"
_KINDS = {
    EntryType.ARTICLE: VenueKind.JOURNAL,
    EntryType.INPROCEEDINGS: VenueKind.CONFERENCE,
    EntryType.BOOK: VenueKind.BOOK,
    EntryType.INCOLLECTION: VenueKind.BOOK,
    EntryType.INBOOK: VenueKind.BOOK,
}


@dataclass(frozen=True, slots=True)
class Joined:
    """Entries that became one record: their sources, its key, and the values that it lacks."""

    key: str
    sources: tuple[str, ...]
    not_kept: tuple[NotKept, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """Two records that may be one work."""

    key: str
    other: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """The list that bibliographies make, and what became of works that are there several times."""

    made: NewList
    joined: tuple[Joined, ...] = ()
    similar: tuple[Similar, ...] = ()


@dataclass(slots=True)
class _Work:
    """A record in the making, with the entries that it is made of, the best first."""

    draft: Draft
    entries: list[Entry]
    sources: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    not_kept: tuple[NotKept, ...] = ()


def make_list_of_references(
    found: Sequence[Bibliography], *, title: str, section: str | None = None
) -> ReferenceList:
    """Make one list of all drafts of bibliographies.

    The groups of an entry are its sections; without any it is in `section`. Keys are kept where a
    list can have such keys, and as `cite_keys` otherwise. A work that is there twice is one record.
    What a record cannot hold is left out and doubted.
    """
    pairs = [pair for one in found for pair in zip(one.entries, one.drafts, strict=True)]
    venues = _gather_venues(pairs)
    drafts = [sift(_name_venue(entry, draft, venues)) for entry, draft in pairs]
    works = _group([entry for entry, _ in pairs], drafts)
    keys, sections = (
        KeyRegistry(),
        _Sections(section or DEFAULT_SECTION, is_given=section is not None),
    )
    for work in works:
        _settle_keys(work, keys)
    for work in works:
        _make_key(work, keys)
        groups = [group for entry in work.entries for group in entry.groups]
        values = {**work.draft.values, "sections": sections.take(groups)}
        work.draft = replace(work.draft, values=values)
    joined = tuple(
        Joined(str(work.draft.values["key"]), tuple(work.sources), work.not_kept)
        for work in works
        if len(work.entries) > 1
    )
    similar = tuple(_find_similar(works))
    made = tuple(work.draft for work in _doubt_similar(works, similar))
    return ReferenceList(_make_head(made, found, venues, sections, title), joined, similar)


def _make_head(
    drafts: tuple[Draft, ...],
    found: Sequence[Bibliography],
    venues: Mapping[str, VenueCluster],
    sections: "_Sections",
    title: str,
) -> NewList:
    head: dict[str, Value] = {"survey": {"title": title}, "sections": sections.to_values()}
    used = {str(draft.values["venue"]) for draft in drafts if "venue" in draft.values}
    shown, comments = show_venues(map(_without_volumes, venues.values()), used)
    if shown:
        head["venues"] = shown
    facets: dict[str, Value] = {
        id_: {"title": name, "values": "any"} for one in found for id_, name in one.facets.items()
    }
    if facets:
        head["facets"] = facets
    return NewList(head, drafts, (), comments)


# Venues


def _gather_venues(pairs: Iterable[tuple[Entry, Draft]]) -> Mapping[str, VenueCluster]:
    """Return the venue of each name that entries show."""
    mentions: dict[str, VenueMention] = {}
    own: dict[str, VenueCluster] = {}
    for entry, draft in pairs:
        shown = draft.values.get("venue")
        if not isinstance(shown, str) or shown in mentions:
            continue
        if "venue" in entry.extensions:
            kind = _kind_of_own(entry, shown)
            own.setdefault(shown, VenueCluster(shown, kind, entry.venue_name, (), is_guess=False))
            continue
        venue = read_venue(shown, str(draft.values.get("series") or ""))
        if venue is not None:
            kind = venue.kind if venue.is_known else _guess_kind(entry, venue)
            mentions[shown] = VenueMention(
                shown, venue.short, kind, venue.is_known, venue.year, 0, len(shown), venue.name
            )
    read = cluster_venues(list(mentions.values()))
    shorts = {venue.short for venue in own.values()}
    return {text: venue for text, venue in read.items() if venue.short not in shorts} | own


def _kind_of_own(entry: Entry, short: str) -> VenueKind:
    """Return the kind of a venue that an export of ours names by its short name."""
    known = find_known(short)
    guessed = known.kind if known is not None else guess_kind(entry.venue_name or short)
    usual = _KINDS.get(entry.kind or EntryType.MISC, guessed)
    # Papers of a conference and of a workshop have one type.
    is_workshop = guessed is VenueKind.WORKSHOP and usual is VenueKind.CONFERENCE
    return guessed if is_workshop else usual


def _guess_kind(entry: Entry, venue: VenueName) -> VenueKind:
    """Return the kind of an unknown venue: what its entries are says more than its name."""
    if venue.kind is VenueKind.WORKSHOP or entry.kind not in _KINDS:
        return venue.kind
    return _KINDS[entry.kind]


def _without_volumes(venue: VenueCluster) -> VenueCluster:
    """Drop the names that are those of single volumes."""
    return replace(venue, aliases=tuple(a for a in venue.aliases if not EDITION.search(a)))


def _own_type(entry: Entry, venue: VenueCluster) -> dict[str, Value]:
    """Return the type that an export of ours gives, where it does not follow from the venue."""
    is_derived = entry.kind in (None, ENTRY_TYPES.get(venue.kind, EntryType.MISC))
    return {} if is_derived or "type" in entry.extensions else {"type": str(entry.kind)}


def _name_venue(entry: Entry, draft: Draft, venues: Mapping[str, VenueCluster]) -> Draft:
    """Set the short name of a draft's venue; the volume's own title stays next to it."""
    shown = draft.values.get("venue")
    venue = venues.get(shown) if isinstance(shown, str) else None
    # Keys are settled once all records are known.
    values = {name: value for name, value in draft.values.items() if name not in ("venue", "key")}
    doubts = dict(draft.doubts)
    if isinstance(shown, str) and venue is None:
        doubts["venue"] = f"left out: {shown!r} names no venue"
    if venue is None or not isinstance(shown, str):
        return replace(draft, values=values, doubts=doubts)
    if "venue" in entry.extensions:
        own = {**values, "venue": venue.short, **_own_type(entry, venue)}
        return replace(draft, values=own, doubts=doubts)
    values["venue"] = venue.short
    volume = name_volume(shown, VenueName(venue.short, venue.name, venue.kind, not venue.is_guess))
    if volume is not None:
        values["booktitle"] = volume
    if "series" in values and fold(str(values["series"])) == fold(shown):
        del values["series"]
    return replace(draft, values=values, doubts=doubts)


# Works


def _to_paper(draft: Draft) -> Paper | None:
    return validate([replace(draft, values={**draft.values, "key": "unnamed"})])[0].paper


def _group(entries: Sequence[Entry], drafts: Sequence[Draft]) -> list[_Work]:
    """Make one record of the entries of each work, whatever their order."""
    works = []
    for places in group_works([_to_paper(draft) for draft in drafts]):
        if len(places) == 1:
            (place,) = places
            draft = drafts[place]
            work = _Work(draft, [entries[place]], [str(draft.source)])
        else:
            # Of entries that say the same, the first key is kept, whatever their order.
            in_order = sorted(places, key=lambda place: entries[place].key or "")
            ranked = rank_drafts(drafts[place] for place in in_order)
            of_draft = {id(drafts[place]): entries[place] for place in places}
            merged = merge_drafts(ranked)
            work = _Work(
                merged.draft,
                [of_draft[id(draft)] for draft in ranked],
                [str(draft.source) for draft in ranked],
                not_kept=merged.not_kept,
            )
        work.keys = [entry.key for entry in work.entries if entry.key]
        works.append(work)
    return works


def _settle_keys(work: _Work, taken: KeyRegistry) -> None:
    """Set the first key of a record that a list can have; the others lead to it too."""
    values, doubts = dict(work.draft.values), dict(work.draft.doubts)
    values.pop("key", None)
    aliases: list[Value] = []
    cite_keys = values.get("cite_keys", [])
    foreign: list[Value] = list(cite_keys) if isinstance(cite_keys, list) else []
    for key in dict.fromkeys(work.keys):
        if can_be_key(key, taken):
            taken.take(key)
            if "key" not in values:
                values = {"key": key, **values}
            else:
                aliases.append(key)
        elif taken.has_exactly(key):
            doubts["key"] = f"{key} is the key of another record"
        elif re.fullmatch(FOREIGN_KEY_PATTERN, key):
            foreign.append(key)
        else:
            doubts["key"] = f"{key} cannot be a key"
    for name, keys in (("aliases", aliases), ("cite_keys", foreign)):
        if keys:
            values[name] = list(dict.fromkeys(str(key) for key in keys))
    work.draft = replace(work.draft, values=values, doubts=doubts)


def _make_key(work: _Work, taken: KeyRegistry) -> None:
    """Make a key where the source has none that a list can have."""
    values = dict(work.draft.values)
    if "key" not in values:
        values = {"key": make_key_of(values, taken), **values}
        work.draft = replace(work.draft, values=values)


def _find_similar(works: Sequence[_Work]) -> Iterable[Similar]:
    """Yield the pairs of records that may be one work."""
    index = WorkIndex()
    keys: list[str] = []
    for work in works:
        paper = validate([work.draft])[0].paper
        if paper is None:
            continue
        for match in index.find(paper):
            yield Similar(paper.key, keys[match.place], work.sources[0], match.reason)
        index.add(paper)
        keys.append(paper.key)


def _doubt_similar(works: Sequence[_Work], similar: Sequence[Similar]) -> list[_Work]:
    reasons: dict[str, str] = {}
    for one in similar:
        reasons.setdefault(one.key, f"may be the same work as {one.other}: {one.reason}")
    for work in works:
        reason = reasons.get(str(work.draft.values["key"]))
        if reason is not None:
            doubts = {**work.draft.doubts, "title": reason}
            work.draft = replace(work.draft, doubts=doubts)
    return list(works)


class _Sections:
    """The sections by title, in the order in which entries name them."""

    def __init__(self, fallback: str, *, is_given: bool) -> None:
        self._fallback = fallback
        self._is_given = is_given
        self._ids: dict[str, str] = {}
        self._taken = KeyRegistry()

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
            self._ids[title] = self._taken.take(slugify(title)[:80].strip("-") or "section")
        return self._ids[title]


_SHOWN = {
    Format.BIBTEX: "BibTeX",
    Format.RIS: "RIS",
    Format.MEDLINE: "MEDLINE",
    Format.ENDNOTE: "EndNote",
    Format.WEB_OF_SCIENCE: "Web of Science",
    Format.CSL_JSON: "JSON",
    Format.CSV: "a table",
    Format.YAML: "YAML",
}


def read_references(
    data: bytes, file: str, columns: Mapping[str, str] | None = None
) -> Bibliography:
    """Read a bibliography of any format; `columns` names columns of a table by field.

    Raises `UnreadableInputError` when the file is none: not UTF-8, not JSON, without entries.
    """
    path = Path(file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInputError(path, "is not UTF-8; save it as UTF-8") from error
    format_ = find_format(path.name, text)
    if format_ is None:
        raise UnreadableInputError(
            path, "is not a bibliography: BibTeX, RIS, EndNote, MEDLINE, JSON, CSV, YAML"
        )
    try:
        found = read_bibliography(text, file, format_, columns)
    except ValueError as error:
        raise UnreadableInputError(path, f"is not {_SHOWN[format_]}: {error}") from error
    if not found.total:
        raise UnreadableInputError(path, f"has no entries of {_SHOWN[format_]}")
    return found
