"""What a run adds to the memory: what a verdict means after all that was found before.

Each finished link is appended to a journal beside the state file, so that a run killed at any
moment loses at most what was in flight. The journal is taken into the state file at the end, or by
the next run.
"""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from catalog.store.files import open_to_append, remove, write_text
from catalog.store.link_state import LinkState, States, parse_state, read_states, to_dict, to_text
from catalog.store.link_status import Status, Verdict

DEAD_AFTER = 3
"""Days with failures, all of them without success between, that make a link dead."""

_FAILED = frozenset([Status.DEAD, Status.TIMEOUT])


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
            failures=0,
            etag=verdict.etag,
            title=verdict.title or before.title,
        )
    if verdict.status is Status.SKIPPED:
        # Nothing was asked, so nothing is known that was not known before.
        return known or replace(now, checked=None)
    if verdict.status is Status.BLOCKED:
        return now
    is_new_day = before.status not in _FAILED or before.checked != today
    failures = before.failures + is_new_day
    was_dead = before.status is Status.DEAD
    is_dead = verdict.status is Status.DEAD or was_dead or failures >= DEAD_AFTER
    return replace(
        now,
        status=Status.DEAD if is_dead else Status.TIMEOUT,
        suggestion=before.suggestion,
        first_failed=before.first_failed or today,
        failures=failures,
    )


def is_fresh(known: LinkState | None, today: date, max_age: timedelta | None) -> bool:
    """Return whether a link was fine so lately that it need not be asked; failures never are."""
    if known is None or max_age is None or known.checked is None:
        return False
    is_well = known.status in (Status.ALIVE, Status.MOVED)
    return is_well and today - known.checked < max_age


class History:
    """The states of a file, and the journal of the run that adds to them.

    with Memory(path) as memory:
        memory.note(url, state)
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._journal_path = path.with_name(path.name + ".journal")
        self.states: States = {}

    def __enter__(self) -> Self:
        self.states = self._read()
        self._journal = open_to_append(self._journal_path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._journal.close()
        # Read anew: another run may have finished meanwhile, and its findings count too.
        states = self._read()
        if states or error is None:
            write_text(self._path, to_text(states))
        remove(self._journal_path)

    def note(self, url: str, state: LinkState) -> None:
        """Remember what is known of an address now."""
        self.states[url] = state
        # One write of one line: whole, or cut at the end of the journal, where it is left out.
        line = json.dumps({"url": url, **to_dict(state)}, ensure_ascii=False) + "\n"
        self._journal.write(line.encode("utf-8"))

    def _read(self) -> States:
        states = read_states(self._path)
        try:
            lines = self._journal_path.read_bytes().split(b"\n")
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
