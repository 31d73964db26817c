"""What may be in the place of a link: a newer form of it, or another way to the same paper."""

from collections.abc import Mapping

from catalog.linkcheck.extract import FoundLink
from catalog.model.canonical_urls import to_canonical
from catalog.model.catalog import Catalog
from catalog.model.identifiers import BY_TRUST
from catalog.store.link_state import LinkState
from catalog.store.link_status import Status

_FAILED = (Status.DEAD, Status.TIMEOUT)
_PAPER_FIELDS = ("links.pdf", "links.page", *(kind.field for kind in BY_TRUST))
"""Links that another address of the paper can replace; code or a project page has no such
stand-in."""


def suggest(link: FoundLink, states: Mapping[str, LinkState], catalog: Catalog) -> str | None:
    """Return an address to use instead, the surest that is known; None when none is needed.

    For what moved its new address; for the dead the canonical form, the paper under one of its
    identifiers, the copy that the memory has, then https for http.
    """
    state = states.get(link.url)
    if state is None:
        return None
    if state.moved_to is not None:
        return state.moved_to
    if state.status is not Status.DEAD:
        return None
    candidates = [to_canonical(link.url), *_other_ways(link, catalog)]
    if state.suggestion is not None:
        candidates.append(state.suggestion)
    if link.url.startswith("http://"):
        candidates.append("https://" + link.url.removeprefix("http://"))
    for url in candidates:
        known = states.get(url)
        if url != link.url and (known is None or known.status not in _FAILED):
            return url
    return None


def _other_ways(link: FoundLink, catalog: Catalog) -> list[str]:
    """Return the addresses of the paper's identifiers, when the link is one to the paper."""
    if not any(place.field in _PAPER_FIELDS for place in link.places):
        return []
    papers = (catalog.paper_by_key.get(key) for key in link.keys)
    return [
        paper.all_links[kind.field]
        for paper in papers
        if paper is not None
        for kind in BY_TRUST
        if kind.field in paper.all_links
    ]
