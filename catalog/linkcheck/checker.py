"""A run: ask the links that are due, judge and remember them, and look for copies of the dead."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from catalog.errors import NoNetworkError
from catalog.linkcheck.check_url import SECOND_LOOK, check_url
from catalog.linkcheck.extract import FoundLink
from catalog.linkcheck.history import History, update
from catalog.linkcheck.identifiers import (
    Known,
    find_acl,
    find_arxiv,
    find_doi,
    find_openreview,
    is_other_title,
    write_mismatch,
)
from catalog.linkcheck.plan import Batch, to_batches
from catalog.linkcheck.requests import Outcome, Request
from catalog.linkcheck.scheduler import Scheduler
from catalog.linkcheck.wayback import find_copy
from catalog.net import Client, Reason, Services
from catalog.store.link_state import LinkState
from catalog.store.link_status import Status, Verdict

AT_ONCE = 32
"""Requests of a whole run at a time."""

_NETWORK = {
    Reason.NO_SUCH_HOST.value,
    Reason.DNS_FAILED.value,
    Reason.UNREACHABLE.value,
    Reason.PROXY_FAILED.value,
    Reason.HOST_FAILING.value,
}
"""Failures that every link has at once when this machine has no network."""
_FEW = 3
"""So few links may all be gone at once."""
_MANY_HOSTS = 6
"""So many hosts are not gone at once while nothing else answers."""

Checked = tuple[FoundLink, Verdict]


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How a run goes: whom it asks, how long it waits before a second look, how much at once."""

    client: Client
    services: Services
    second_look: float = SECOND_LOOK
    at_once: int = AT_ONCE


def check_all(
    due: Sequence[FoundLink],
    memory: History,
    way: CheckOptions,
    today: date,
    tell: Callable[[FoundLink, LinkState], None] = lambda link, state: None,
) -> None:
    """Check links and record the results in the history; `tell` is called with each.

    Raises `NoNetworkError` when nothing at all was reached; nothing is noted then.
    """
    notes = _Notes(memory, today, tell)
    scheduler = Scheduler[list[Checked]](way.client, notes.take, at_once=way.at_once)
    scheduler.run(_check(unit, memory, way) for unit in to_batches(due))
    notes.finish()


class _Notes:
    """Notes results; failures of the network wait until there is a sign that there is one."""

    def __init__(
        self, memory: History, today: date, tell: Callable[[FoundLink, LinkState], None]
    ) -> None:
        self._memory = memory
        self._today = today
        self._tell = tell
        self._waiting: list[Checked] | None = []

    def take(self, judged: list[Checked]) -> None:
        if self._waiting is None:
            self._note(judged)
            return
        self._waiting += judged
        if any(verdict.reason not in _NETWORK for _, verdict in judged):
            self._release()
        elif len({urlsplit(link.url).hostname for link, _ in self._waiting}) >= _MANY_HOSTS:
            raise self._complain()

    def finish(self) -> None:
        if self._waiting and len(self._waiting) >= _FEW:
            raise self._complain()
        self._release()

    def _complain(self) -> NoNetworkError:
        count = len(self._waiting or ())
        return NoNetworkError(
            f"none of {count} links could be reached; is there a network? Nothing is noted"
        )

    def _release(self) -> None:
        waiting, self._waiting = self._waiting or [], None
        self._note(waiting)

    def _note(self, judged: list[Checked]) -> None:
        for link, verdict in judged:
            state = update(self._memory.states.get(link.url), verdict, self._today)
            self._memory.note(link.url, state)
            self._tell(link, state)


def _check(
    unit: Batch, memory: History, way: CheckOptions
) -> Generator[Request, Outcome, list[Checked]]:
    """Ask the service of the unit's identifiers, then visit what it does not know."""
    known = yield from _look_up(unit, memory, way)
    judged: list[Checked] = []
    for link, identity in unit.links:
        found = known.get(identity.id) if identity is not None else None
        if found is not None:
            verdict = _judge_known(found, link)
        else:
            state = memory.states.get(link.url)
            verdict = yield from check_url(
                way.client,
                link.url,
                link.titles,
                etag=state.etag if state and state.status is Status.ALIVE else None,
                second_look=way.second_look,
            )
        judged.append((link, verdict))
    return judged


def _look_up(
    unit: Batch, memory: History, way: CheckOptions
) -> Generator[Request, Outcome, dict[str, Known]]:
    ids = {identity.id: identity.service for _, identity in unit.links if identity is not None}
    if not ids:
        return {}
    if "arxiv" in ids.values():
        return (yield from find_arxiv(way.client, way.services, tuple(ids)))
    ((id_, service),) = ids.items()
    states = (memory.states.get(link.url) for link, _ in unit.links)
    title = next((state.title for state in states if state and state.title), None)
    found: Known | None
    if service == "doi":
        found = yield from find_doi(way.client, way.services, id_, title)
    elif service == "acl":
        found = yield from find_acl(way.client, way.services, id_, title)
    else:
        found = yield from find_openreview(way.client, way.services, id_)
    return {id_: found} if found is not None else {}


def _judge_known(known: Known, link: FoundLink) -> Verdict:
    if known.is_withdrawn:
        return Verdict(Status.DEAD, "withdrawn", title=known.title, is_sure=True)
    if known.title and is_other_title(known.title, link.titles):
        return Verdict(Status.ALIVE, write_mismatch(known.title), title=known.title)
    return Verdict(Status.ALIVE, title=known.title)


def find_copies(due: Sequence[FoundLink], memory: History, way: CheckOptions) -> None:
    """Ask the Wayback Machine for copies of the dead that have no suggestion yet."""
    dead = [
        url
        for link in due
        if (state := memory.states.get(url := link.url)) is not None
        and state.status is Status.DEAD
        and state.suggestion is None
    ]

    def take(found: tuple[str, str | None]) -> None:
        url, copy = found
        if copy is not None:
            memory.note(url, replace(memory.states[url], suggestion=copy))

    scheduler = Scheduler[tuple[str, str | None]](way.client, take, at_once=way.at_once)
    scheduler.run(find_copy(way.client, way.services, url) for url in dead)
