"""The venue that a service names, as a row of the list's table, or as a new row."""

import re
from dataclasses import dataclass

from catalog.importers.venues.mentions import find_known
from catalog.importers.venues.names import VenueName, name_volume, read_venue
from catalog.model.catalog import Catalog
from catalog.model.records import Venue, VenueKind
from catalog.model.types import Value
from catalog.text.folding import fold

# Within words too: `Workshops`, `NeurIPSWorkshop`.
_WORKSHOP = re.compile(r"workshop", re.IGNORECASE)


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
    match = find_listed_venue(shown, catalog, str(values.get("series") or ""))
    values["venue"] = match.short
    if match.booktitle is not None:
        values.setdefault("booktitle", match.booktitle)
    return {match.short: match.new_row} if match.new_row is not None else {}


def find_listed_venue(shown: str, catalog: Catalog, series: str = "") -> VenueMatch:
    """Return the venue that `shown` names: `NIPS`, `Proceedings of the 41st …`, `ICLR 2024`."""
    exact = catalog.venue_by_name.get(shown)
    if exact is not None:
        return VenueMatch(exact)
    venue = read_venue(shown, series)
    listed = _find_named(shown, venue, catalog)
    if listed is None:
        return _propose(shown, venue)
    row = catalog.venues[listed]
    return VenueMatch(listed, booktitle=name_volume(shown, _to_name(listed, row)))


def _to_name(short: str, row: Venue) -> VenueName:
    return VenueName(short, row.name, row.kind, is_known=True)


def _find_named(shown: str, venue: VenueName | None, catalog: Catalog) -> str | None:
    """Return the row whose short name, alias or full name `shown` means, in whatever form."""
    wanted = _list_names(shown, venue)
    for name, short in catalog.venue_by_name.items():
        full = catalog.venues[short].name
        if fold(name) in wanted or (full is not None and fold(full) in wanted):
            return short
    means = venue.short if venue is not None else None
    for short, row in catalog.venues.items():
        # A row of the list's own form: `ACL Findings`, `Int. Conf. on Things`.
        read = read_venue(row.name or short) if means is not None else None
        if read is not None and read.short == means and read.kind is row.kind:
            return short
    if venue is not None and venue.is_known:
        return None
    for short, row in catalog.venues.items():
        if _is_abbreviation(shown, row.name or short) or _is_inside(short, row.kind, shown):
            return short
    return None


def _list_names(shown: str, venue: VenueName | None) -> set[str]:
    """Return the folded names of the venue that `shown` means."""
    if venue is None:
        return {fold(shown)}
    known = find_known(venue.short) if venue.is_known else None
    aliases = known.aliases if known is not None else ()
    names = (shown, venue.short, venue.name or venue.short, *aliases)
    return {fold(name.strip("()")) for name in names}


def _is_abbreviation(shown: str, name: str) -> bool:
    """Return whether `Trans. Mach. Learn. Res.` shortens a name word by word, as DBLP does."""
    if "." not in shown:
        return False
    short = [fold(word) for word in shown.replace(".", ". ").split()]
    full = [word for word in fold(name).split() if word not in _LEFT_OUT]
    short = [word for word in short if word and word not in _LEFT_OUT]
    return len(short) == len(full) > 1 and all(map(str.startswith, full, short))


_LEFT_OUT = frozenset(["of", "on", "and", "the", "for", "in"])
"""Words that abbreviations leave out: `Trans. Mach. Learn. Res.` has no `on`."""


def _is_inside(short: str, kind: VenueKind, shown: str) -> bool:
    """Return whether the words of a row's short name are in a longer title, in its own letters.

    A workshop is in the title of a workshop only, so that no conference takes its workshops.
    """
    if (kind is VenueKind.WORKSHOP) != bool(_WORKSHOP.search(shown)):
        return False
    words = re.findall(r"[\w-]+", short)
    telling = [word for word in words if not _WORKSHOP.fullmatch(word)]
    has_capitals = any(sum(map(str.isupper, word)) > 1 for word in telling)
    # A title of one or two words is the venue's own name, which was compared before.
    return has_capitals and len(shown.split()) > 2 and set(telling) <= set(_WORDS.findall(shown))


# Hyphens belong to words: `SIGIR-AP` is not in a title that has SIGIR.
_WORDS = re.compile(r"[\w-]+")


def _propose(shown: str, venue: VenueName | None) -> VenueMatch:
    """Make a new row: of a venue that most lists know, or of the words that are shown."""
    if venue is None:
        return VenueMatch(shown, {"kind": VenueKind.OTHER.value})
    row: dict[str, Value] = {"name": venue.name} if venue.name and venue.name != venue.short else {}
    row["kind"] = venue.kind.value
    return VenueMatch(venue.short, row, name_volume(shown, venue))
