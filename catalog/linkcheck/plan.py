"""Which links are asked in a run, in which order, and which of them with one request."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from catalog.errors import UsageError
from catalog.linkcheck.extract import FoundLink
from catalog.linkcheck.history import is_fresh
from catalog.linkcheck.identifiers import ARXIV_BATCH, Identity, find_identity
from catalog.net import FetchError
from catalog.net.client import host_of
from catalog.store.link_state import LinkState


@dataclass(frozen=True, slots=True)
class Batch:
    """Links that are asked together: those of one identifier, or of a batch of arXiv ids."""

    links: tuple[tuple[FoundLink, Identity | None], ...]


@dataclass(frozen=True, slots=True)
class Shard:
    """The part of the work that a run does: `index` of `count`, counted from 1."""

    index: int = 1
    count: int = 1

    def takes(self, link: FoundLink) -> bool:
        """Return whether a link is in this shard. A host is in one shard, so its pace is kept."""
        digest = hashlib.sha256(_name_of(link).encode()).digest()
        return int.from_bytes(digest[:8]) % self.count == self.index - 1


def parse_shard(text: str) -> Shard:
    """Return the shard that `I/N` names. Raises `UsageError`."""
    index, _, count = text.partition("/")
    if index.isdecimal() and count.isdecimal() and 1 <= int(index) <= int(count):
        return Shard(int(index), int(count))
    raise UsageError(f"{text!r} is not a shard: write I/N, such as 1/4")


def parse_age(text: str) -> timedelta:
    """Return the time that `7d`, `36h` or `2w` names. Raises `UsageError`."""
    unit = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
    number = text[:-1]
    if text[-1:] in unit and number.isascii() and number.isdecimal() and len(number) <= 4:
        return int(number) * unit[text[-1]]
    raise UsageError(f"{text!r} is not an age: write a number and h, d or w, such as 7d")


def select_due(
    links: Iterable[FoundLink],
    states: Mapping[str, LinkState],
    today: date,
    *,
    max_age: timedelta | None = None,
    shard: Shard | None = None,
) -> list[FoundLink]:
    """Return the links to ask, those first that were not asked for longest."""
    part = shard or Shard()
    due = [
        link
        for link in links
        if part.takes(link) and not is_fresh(states.get(link.url), today, max_age)
    ]
    return sorted(due, key=lambda link: _last_asked(states.get(link.url)))


def to_batches(links: Sequence[FoundLink]) -> Iterator[Batch]:
    """Join the links that are asked together; the order is that of the first of them."""
    groups: dict[object, list[tuple[FoundLink, Identity | None]]] = {}
    arxiv_ids: dict[str, int] = {}
    for link in links:
        identity = find_identity(link.url, link.places[0].field)
        key: object = identity or link.url
        if identity is not None and identity.service == "arxiv":
            position = arxiv_ids.setdefault(identity.id, len(arxiv_ids))
            key = ("arxiv", position // ARXIV_BATCH)
        groups.setdefault(key, []).append((link, identity))
    for rows in groups.values():
        yield Batch(tuple(rows))


def _last_asked(state: LinkState | None) -> date:
    return state.checked or date.min if state else date.min


def _name_of(link: FoundLink) -> str:
    """Return the name of what is asked: the service of an identifier, or the host."""
    identity = find_identity(link.url, link.places[0].field)
    if identity is not None:
        return identity.service
    try:
        return host_of(link.url)
    except FetchError:
        return link.url
