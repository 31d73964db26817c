"""The venue that a service names, as a row of the list's table, or as a new row."""

import re
from dataclasses import dataclass

from catalog.importers.venues.known import KnownVenue, known_venues
from catalog.importers.venues.mentions import VenueMention, find_known, find_venue, parse_venue
from catalog.model.catalog import Catalog
from catalog.model.records import VenueKind
from catalog.model.types import Value
from catalog.text.folding import fold

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b", re.IGNORECASE)
_WORKSHOP = re.compile(r"workshop", re.IGNORECASE)
_LEAD = re.compile(r"^(?:in\s+)?(?:proceedings|proc\.?) of (?:the )?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class VenueMatch:
    """A venue: its short name, and the values of a new row when the table has none."""

    short: str
    new_row: dict[str, Value] | None = None
    booktitle: str | None = None
    """The title of the proceedings volume, where it says more than the venue's full name."""


def match_venue(values: dict[str, Value], catalog: Catalog) -> dict[str, dict[str, Value]]:
    """Yield the venue its short name, in place; return the row that the table lacks, if any."""
    shown = values.get("venue")
    if not isinstance(shown, str):
        return {}
    match = find_listed_venue(shown, catalog)
    values["venue"] = match.short
    if match.booktitle is not None:
        values.setdefault("booktitle", match.booktitle)
    return {match.short: match.new_row} if match.new_row is not None else {}


def find_listed_venue(shown: str, catalog: Catalog) -> VenueMatch:
    """Return the venue that `shown` names: `NIPS`, `Proceedings of the 41st …`, `ICLR 2024`."""
    exact = catalog.venue_by_name.get(shown)
    if exact is not None:
        return VenueMatch(exact)
    named = _find_named(shown, catalog)
    if named is not None:
        return VenueMatch(named, booktitle=_find_booktitle(shown, named, catalog))
    mention = _mention(shown)
    if mention is not None:
        short = _find_named(mention.short, catalog)
        if short is not None:
            return VenueMatch(short, booktitle=_find_booktitle(shown, short, catalog))
    return _propose(shown, mention)


def _find_named(shown: str, catalog: Catalog) -> str | None:
    """Return the row whose short name, alias or full name are the words of `shown`."""
    wanted = {_fold(shown), fold(shown)}
    for name, short in catalog.venue_by_name.items():
        if fold(name) in wanted:
            return short
    for short, venue in catalog.venues.items():
        if venue.name is not None and _fold(venue.name) in wanted:
            return short
    for short, venue in catalog.venues.items():
        if _is_abbreviation(shown, venue.name or short) or _is_inside(short, venue.kind, shown):
            return short
    known = find_known(_YEAR.sub("", shown)) or _find_abbreviated(shown)
    if known is None:
        return None
    names = {fold(name) for name in (known.short, known.name or known.short, *known.aliases)}
    return next(
        (short for name, short in catalog.venue_by_name.items() if fold(name) in names), None
    )


def _is_abbreviation(shown: str, name: str) -> bool:
    """Return whether `Trans. Mach. Learn. Res.` shortens a name word by word, as DBLP does."""
    if "." not in shown:
        return False
    short = [fold(word) for word in shown.replace(".", ". ").split()]
    full = [word for word in fold(name).split() if word not in _LEFT_OUT]
    short = [word for word in short if word and word not in _LEFT_OUT]
    return len(short) == len(full) > 1 and all(map(str.startswith, full, short))


_LEFT_OUT = frozenset(["of", "on", "and", "the", "for", "in"])


def _find_abbreviated(shown: str) -> KnownVenue | None:
    if "." not in shown:
        return None
    journals = (venue for venue in known_venues() if venue.name is not None)
    return next((venue for venue in journals if _is_abbreviation(shown, venue.name or "")), None)


def _is_inside(short: str, kind: VenueKind, shown: str) -> bool:
    """Return whether the words of a row's short name stand in a longer title, in its own letters.

    A workshop is in the title of a workshop only, so that no conference takes its workshops.
    """
    if (kind is VenueKind.WORKSHOP) != bool(_WORKSHOP.search(shown)):
        return False
    words = re.findall(r"[\w-]+", short)
    telling = [word for word in words if not _WORKSHOP.fullmatch(word)]
    has_capitals = any(sum(map(str.isupper, word)) > 1 for word in telling)
    return has_capitals and len(shown.split()) > 2 and set(telling) <= set(_WORDS.findall(shown))


_WORDS = re.compile(r"[\w-]+")


def _fold(name: str) -> str:
    """Return a full name without year, edition and `Proceedings of the`, folded."""
    bare = _LEAD.sub("", _ORDINAL.sub("", _YEAR.sub("", name)).strip())
    return fold(re.sub(r"\([^)]*\)", "", bare))


def _mention(shown: str) -> VenueMention | None:
    """Return a known venue inside a longer title; a workshop is no conference's main track."""
    whole = parse_venue(shown)
    if whole is not None and whole.is_known:
        return whole
    inside = find_venue(shown)
    if inside is not None and inside.is_known:
        is_workshop = inside.kind is VenueKind.WORKSHOP
        if is_workshop or not _WORKSHOP.search(shown):
            return inside
    return whole


def _find_booktitle(shown: str, short: str, catalog: Catalog) -> str | None:
    """Return the title of a volume: of a conference, with a year or an edition in it."""
    venue = catalog.venues[short]
    is_volume = venue.kind in (VenueKind.CONFERENCE, VenueKind.WORKSHOP)
    is_long = len(shown.split()) >= 5 and (_YEAR.search(shown) or _ORDINAL.search(shown))
    if not (is_volume and is_long) or (venue.name and fold(venue.name) == fold(shown)):
        return None
    return shown


def _propose(shown: str, mention: VenueMention | None) -> VenueMatch:
    """Make a new row: of a venue that most lists know, or of the words that are shown."""
    known = find_known(mention.short) if mention is not None else None
    known = known or _find_abbreviated(shown)
    short = known.short if known else mention.short if mention else shown
    kind = known.kind if known else mention.kind if mention else VenueKind.OTHER
    name = known.name if known else None
    if name is None and mention is not None:
        name = " ".join(_YEAR.sub("", shown).split()).strip(" ,")
        name = name if len(name.split()) > 2 and fold(name) != fold(short) else None
    row: dict[str, Value] = {"name": name} if name else {}
    return VenueMatch(short, {**row, "kind": kind.value})
