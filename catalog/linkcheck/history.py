"""What a run adds to the state of a link: what a verdict means after everything found before.

Each finished link is appended to a journal next to the state file, so that a run killed at any
moment loses at most what was in flight. Each process has a journal of its own. It is merged into
the state file at the end of the run, or by the next run when its process was killed.
"""

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from glob import escape
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import Timeout

from catalog.store.files import open_to_append, remove, write_text
from catalog.store.link_state import (
    LinkState,
    States,
    merge_states,
    parse_state,
    read_states,
    to_dict,
    to_text,
)
from catalog.store.link_status import Status, Verdict
from catalog.store.lock import make_lock

DEAD_AFTER = 3
"""Separate days on which a link seemed gone, without success between, that make it dead."""


def update(known: LinkState | None, verdict: Verdict, today: date) -> LinkState:
    """Return what is known of a link after a verdict. Failure is never remembered as success."""
    before = known or LinkState(Status.SKIPPED)
    now = replace(
        before,
        status=verdict.status,
        http_status=verdict.http_status,
        reason=verdict.reason,
        moved_to=verdict.moved_to,
        is_same=verdict.is_same,
        suggestion=None,
        checked=today,
    )
    if verdict.status in (Status.ALIVE, Status.MOVED):
        return replace(
            now,
            last_alive=today,
            first_failed=None,
            gone_on=(),
            etag=verdict.etag,
            title=verdict.title or before.title,
        )
    if verdict.status is Status.SKIPPED:
        # Nothing was requested, so nothing is known that was not known before.
        return known or replace(now, checked=None)
    if verdict.status is Status.BLOCKED:
        return now
    return _fail(before, now, verdict, today)


def _fail(before: LinkState, now: LinkState, verdict: Verdict, today: date) -> LinkState:
    """Return the state of a link that is not fine. Days after today are a clock's mistake."""
    days = {day for day in before.gone_on if day <= today}
    if verdict.status is Status.DEAD:
        days.add(today)
    was_dead = before.status is Status.DEAD and bool(before.gone_on)
    # What was alive before may be back tomorrow: a redeploy answers 404 for an hour.
    is_sure = verdict.is_sure and (before.last_alive is None or len(days) > 1)
    is_dead = is_sure or len(days) >= DEAD_AFTER or was_dead
    failed = replace(
        now,
        status=Status.DEAD if is_dead else Status.TIMEOUT,
        suggestion=before.suggestion,
        first_failed=min(before.first_failed or today, today),
        gone_on=tuple(sorted(days)[-DEAD_AFTER:]) or (before.gone_on if was_dead else ()),
    )
    if was_dead and verdict.status is not Status.DEAD:
        # Why it is dead is still what was seen then.
        return replace(failed, reason=before.reason, http_status=before.http_status)
    return failed


def is_fresh(known: LinkState | None, today: date, max_age: timedelta | None) -> bool:
    """Return whether a link was fine so recently that it is left out; failures never are.

    A day in the future is a clock's mistake, and not fresh.
    """
    if known is None or max_age is None or known.checked is None:
        return False
    is_well = known.status in (Status.ALIVE, Status.MOVED)
    return is_well and timedelta(0) <= today - known.checked < max_age


class History:
    """The states of a file, and the journal of the run that adds to them.

    with History(path) as history:
        history.note(url, state)
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # Not the process id: two containers that share a folder may both have the same.
        self._journal_path = path.with_name(f"{path.name}.{secrets.token_hex(4)}.journal")
        self._own = States()
        self.states = States()

    def __enter__(self) -> Self:
        read_states(self._path)  # an unreadable one stops the run before it begins
        self._alive = make_lock(self._journal_path)
        self._alive.acquire(timeout=0)
        with make_lock(self._path):
            self.states = self._read(self._find_ended())
        self._journal = open_to_append(self._journal_path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._journal.close()
        with make_lock(self._path):
            # Read again: another run may have finished meanwhile, and its findings count too.
            # Only journals that were read are removed: one may end while the file is written.
            ended = tuple(self._find_ended())
            states = self._read(ended)
            states.update(self._own)
            if states or error is None:
                write_text(self._path, to_text(states))
            for journal in (*ended, self._journal_path):
                remove(journal)
        self._alive.release()
        remove(Path(self._alive.lock_file))

    def note(self, url: str, state: LinkState) -> None:
        """Remember what is known of an address now."""
        self.states[url] = self._own[url] = state
        # One write of one line: whole, or cut at the end of the journal, where it is left out.
        line = json.dumps({"url": url, **to_dict(state)}) + "\n"
        self._journal.write(line.encode())

    def _read(self, journals: Iterable[Path]) -> States:
        """Return the states of the file and of the journals of runs that were killed."""
        return merge_states([read_states(self._path), *map(_read_journal, journals)])

    def _find_ended(self) -> Iterator[Path]:
        """Yield the journals whose process has ended: the system took its lock away."""
        for path in sorted(self._path.parent.glob(f"{escape(self._path.name)}.*journal")):
            if path == self._journal_path:
                continue
            lock = make_lock(path)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                continue
            try:
                yield path
            finally:
                lock.release()
                remove(Path(lock.lock_file))


def _read_journal(path: Path) -> States:
    states = States()
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return states
    for line in lines:
        try:
            row = json.loads(line)
        except ValueError:
            continue  # the line in flight when a run was killed
        state = parse_state(row)
        if state is not None and isinstance(row.get("url"), str):
            states[row["url"]] = state
    return states
