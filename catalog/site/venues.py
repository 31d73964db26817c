"""The venues of a list with their papers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.model.catalog import Catalog
from catalog.model.records import Paper, Venue
from catalog.site import addresses
from catalog.text.folding import fold


@dataclass(frozen=True, slots=True)
class VenueView:
    """A venue that papers of the list appeared in; `venue` is its row of the table, if it has one.

    Names that differ in case or punctuation only share an address, so they share a page.
    """

    name: str
    venue: Venue | None
    address: str
    papers: tuple[Paper, ...]


def find_venues(catalog: Catalog, papers: Sequence[Paper]) -> list[VenueView]:
    """Return each venue with its papers in the order given, sorted by name."""
    found: dict[str, list[Paper]] = defaultdict(list)
    names: dict[str, str] = {}
    for paper in papers:
        if name := catalog.venue_name(paper):
            address = addresses.to_venue(name)
            names.setdefault(address, name)
            found[address].append(paper)
    views = [
        VenueView(names[address], catalog.venues.get(names[address]), address, tuple(inside))
        for address, inside in found.items()
    ]
    return sorted(views, key=lambda view: (fold(view.name), view.address))
