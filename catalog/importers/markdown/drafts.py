"""Entries as drafts of records: authors split, venues clustered, identifiers taken from links."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from catalog.importers.markdown.bylines import Byline
from catalog.importers.markdown.entries import Entry
from catalog.importers.markdown.inline import ShownLink
from catalog.importers.markdown.links import find_label_kind, normalise_url, to_kind
from catalog.importers.markdown.markdown_subset import to_line, to_subset_link
from catalog.importers.venues.clusters import VenueCluster
from catalog.model.canonical_urls import to_canonical
from catalog.model.draft import Draft, Source, to_name_value, validate
from catalog.model.identifiers import find_identifier
from catalog.model.names import PersonName, parse_name
from catalog.model.records import LinkKind
from catalog.model.types import Value
from catalog.text.urls import is_url

_SERVERS = frozenset({"arxiv", "doi", "openreview", "acl anthology"})
LEFT_OUT = "left out"
"""How a doubt begins about a value that no record can hold."""
_MARKS = re.compile(r"[*†‡§¶∗⋆★✉️#^]+|[\u00b9\u00b2\u00b3\u2070-\u209f]+|(?<=[a-z])\d(?:,\d)*$")
"""Marks at names, as in `importers.markdown.bylines`."""


@dataclass(slots=True)
class Fields:
    """The values of a record in the making, and the doubts about them."""

    values: dict[str, Value] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """Parts of the note, in Markdown."""
    rewritten: dict[str, str] = field(default_factory=dict)
    """Addresses as shown, and the one form in which a list has them."""


def to_fields(entry: Entry, section: str, venues: Mapping[str, VenueCluster]) -> Fields:
    """Return the values that an entry shows, in the section with the id `section`."""
    made = Fields(doubts=dict(entry.doubts))
    made.values["title"] = to_line(entry.title)
    if entry.byline is not None:
        _add_authors(made, entry.byline)
    _add_publication(made, entry, venues)
    made.values["sections"] = [section]
    if tags := list(dict.fromkeys(to_line(tag) for tag in entry.tags)):
        made.values["tags"] = [tag for tag in tags if tag]
    _add_links(made, entry)
    awards = [to_line(one.text) for one in entry.presentations if one.is_award]
    if awards:
        made.values["awards"] = list(dict.fromkeys(awards))
    made.notes += [to_line(one.text) for one in entry.presentations if not one.is_award]
    made.notes += entry.notes
    if names := list(dict.fromkeys(map(to_line, entry.names))):
        made.values["names"] = list(names)
    if entry.abstract:
        made.values["abstract"] = to_line(entry.abstract)
    return made


def _add_publication(made: Fields, entry: Entry, venues: Mapping[str, VenueCluster]) -> None:
    if entry.venue is not None:
        made.values["venue"] = venues[entry.venue.text].short
    shown = {"year": entry.year, "month": entry.month, **entry.volume._asdict()}
    made.values |= {name: str(value) for name, value in shown.items() if value is not None}


# Authors


def _add_authors(made: Fields, byline: Byline) -> None:
    names = [name for name in map(_to_name, byline.names) if name is not None]
    if names:
        made.values["authors"] = names
        if byline.has_more:
            made.values["more_authors"] = "true"


def _to_name(shown: str) -> Value | None:
    """Return the value of a name as shown, marks of affiliation dropped."""
    bare = to_line(_MARKS.sub("", re.sub(r"\([^)]*\)", " ", shown))).strip(" ,;")
    if not bare:
        return None
    try:
        name = parse_name(bare)
    except ValueError:
        return {"literal": bare}
    doubt = name.doubt
    if doubt is not None and (
        " " not in bare or "group" in doubt.reason or "literal" in doubt.hint
    ):
        name = PersonName(literal=bare)
    return to_name_value(name)


# Links


def _add_links(made: Fields, entry: Entry) -> None:
    for url in entry.identifiers:
        _take_identifier(made, url)
    kinds: dict[LinkKind, str] = {}
    # Of several papers of one server, the link with the server's name is the entry's own.
    for link in sorted(entry.links, key=lambda one: one.label.lower() not in _SERVERS):
        url = normalise_url(link.url)
        if not url:
            made.doubts.setdefault("links", f"{LEFT_OUT}, no web address: {to_line(link.url)[:80]}")
            continue
        url = _write_canonical(made, url)
        if _take_identifier(made, url):
            continue
        kind = _kind_of(link, url)
        if kinds.setdefault(kind, url) != url and kinds.setdefault(LinkKind.OTHER, url) != url:
            shown = to_subset_link(to_line(link.label) or kind.value, url)
            if not any(url in note for note in made.notes):
                made.notes.append(shown)
    if kinds:
        made.values["links"] = {kind.value: kinds[kind] for kind in LinkKind if kind in kinds}


def _write_canonical(made: Fields, url: str) -> str:
    """Return an address in the form that the list would ask for, and keep account of it."""
    canonical = to_canonical(url) if is_url(url) else url
    if canonical != url:
        made.rewritten[url] = canonical
    return canonical


def _kind_of(link: ShownLink, url: str) -> LinkKind:
    label = "" if link.label == "title" else link.label
    if link.hint is not None and find_label_kind(label) in (None, LinkKind.PAGE, LinkKind.OTHER):
        # `Code: [Official](…)`, or a column named Code.
        return to_kind(link.hint.value, url)
    return to_kind(label, url)


def _take_identifier(made: Fields, url: str) -> bool:
    """Take the identifier in an address; say whether the address adds nothing to it."""
    found = find_identifier(url)
    if found is None:
        return False
    kind, value = found
    known = made.values.setdefault(kind.field, value)
    return known == value and not re.search(r"/pdf|\.pdf", url, re.IGNORECASE)


# Drafts


def to_draft(made: Fields, file: str, line: int) -> Draft:
    """Return a draft whose values the models accept; a doubt reports each refused value."""
    values = dict(made.values)
    if made.notes:
        values["note"] = _join_notes(dict.fromkeys(made.notes))
    doubts = {
        name: reason for name, reason in made.doubts.items() if name in values or name == "links"
    }
    draft = Draft(values, doubts, Source(file, line))
    for fault in _faults(draft):
        if fault and fault[0] in values and fault[0] not in ("title", "sections", "key"):
            _drop(values, doubts, fault)
    return Draft(values, doubts, Source(file, line))


def _join_notes(notes: Iterable[str]) -> str:
    """Return several notes as one line, each a sentence."""
    joined = ""
    for note in map(to_line, notes):
        between = "" if not joined else " " if joined[-1] in ".!?。！？…" else ". "
        joined += between + note
    return joined


def _faults(draft: Draft) -> Iterator[tuple[str | int, ...]]:
    keyed = {"key": "draft", **draft.values}
    (validated,) = validate([Draft(keyed)])
    for fault in validated.faults:
        yield tuple(fault.path)


def _drop(values: dict[str, Value], doubts: dict[str, str], path: Iterable[str | int]) -> None:
    """Take the value at `path` out of the record and report it."""
    name, *rest = path
    value = values.get(str(name))
    if isinstance(value, dict) and rest and str(rest[0]) in value:
        kept = {key: one for key, one in value.items() if key != str(rest[0])}
        doubts[str(name)] = f"{LEFT_OUT}: {value[str(rest[0])]}"
        if kept:
            values[str(name)] = kept
        else:
            del values[str(name)]
    elif value is not None:
        doubts[str(name)] = f"{LEFT_OUT}: {value}"
        del values[str(name)]
