"""Which links a run requests, in which order, which of them together, and how long that takes."""

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
from catalog.net.limits import RateLimits
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
    """Return the links to check: first those that were not requested for longest.

    Of one day, those that failed come last: what hangs keeps nobody waiting.
    """
    part = shard or Shard()
    due = [
        link
        for link in links
        if part.takes(link) and not is_fresh(states.get(link.url), today, max_age)
    ]
    return sorted(due, key=lambda link: _to_turn(states.get(link.url), today))


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long a run takes at least, and which host makes it so long."""

    seconds: float
    host: str
    links: int


def estimate(links: Iterable[FoundLink], rates: RateLimits) -> Estimate:
    """Return how long links take when each host is requested at its pace; hosts take turns."""
    costs: dict[str, list[float]] = {}
    for link in links:
        identity = find_identity(link.url, link.places[0].field)
        if identity is None:
            host, requests = _name_of(link), _REQUESTS_OF_A_PAGE
        else:
            host, requests = _SERVICES[identity.service]
        costs.setdefault(host, []).append(requests * rates.of(host).delay)
    totals = {host: (sum(found), len(found)) for host, found in costs.items()}
    host = max(totals, key=lambda name: totals[name], default="")
    seconds, count = totals.get(host, (0.0, 0))
    return Estimate(seconds, host, count)


_REQUESTS_OF_A_PAGE = 1.5
"""HEAD always, and GET for about every second link."""
_SERVICES = {
    "arxiv": ("export.arxiv.org", 1 / ARXIV_BATCH),
    "doi": ("doi.org", 2.0),
    "openreview": ("api2.openreview.net", 1.0),
    "acl": ("aclanthology.org", 1.0),
}
"""Which host an identifier is looked up at, with how many requests each."""


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


def _to_turn(state: LinkState | None, today: date) -> tuple[date, bool]:
    checked = state.checked if state else None
    has_failed = state is not None and state.first_failed is not None
    return (min(checked, today) if checked else date.min, has_failed)


def _name_of(link: FoundLink) -> str:
    """Return the name of what is asked: the service of an identifier, or the host."""
    identity = find_identity(link.url, link.places[0].field)
    if identity is not None:
        return identity.service
    try:
        return host_of(link.url)
    except FetchError:
        return link.url
