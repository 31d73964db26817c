"""The table of venues that most lists of papers name, `known.txt`."""

from functools import cache
from importlib import resources
from typing import NamedTuple

from catalog.model.records import VenueKind


class KnownVenue(NamedTuple):
    """A venue by its usual short name; `name` is the full one, without year and edition.

    `aliases` are other names; one in parentheses is an everyday word, or too short.
    """

    short: str
    kind: VenueKind
    name: str | None
    aliases: tuple[str, ...]


@cache
def known_venues() -> tuple[KnownVenue, ...]:
    """Return the venues of the table, with the workshops that are abbreviated with a W."""
    table = resources.files("catalog.importers.venues").joinpath("known.txt").read_text("utf-8")
    venues: list[KnownVenue] = []
    kind = VenueKind.OTHER
    for line in table.splitlines():
        if line.startswith("["):
            kind = VenueKind(line.strip("[]"))
        elif line and not line.startswith("#"):
            venues.append(_read_line(line, kind))
    return (*venues, *_name_workshops(venues))


def _read_line(line: str, kind: VenueKind) -> KnownVenue:
    short, name, aliases = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
    names = tuple(alias.strip() for alias in aliases.split(";") if alias.strip())
    return KnownVenue(short, kind, name or None, names)


def _name_workshops(venues: list[KnownVenue]) -> list[KnownVenue]:
    """Return the workshops of the conferences by their abbreviation with a W: CVPRW."""
    return [
        KnownVenue(f"{venue.short} Workshop", VenueKind.WORKSHOP, None, (f"{venue.short}W",))
        for venue in venues
        # `CVPRW`, `ICMLW`; with a W, names of three letters would be other words.
        if venue.kind is VenueKind.CONFERENCE and len(venue.short) > 3
        if venue.short.isalpha() and (venue.short.isupper() or venue.short == "NeurIPS")
    ]
