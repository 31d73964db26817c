"""Runs of the checker on successive days against a behaviour, each case in a world of its own."""

import json
import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from catalog.linkcheck.checker import CheckOptions, check_all
from catalog.linkcheck.extract import FoundLink, LinkLocation
from catalog.linkcheck.history import History
from catalog.linkcheck.plan import select_due
from catalog.net import Client, Limits, RateLimit, Services
from catalog.net.limits import RateLimits
from catalog.store.link_state import LinkState
from tests.linkcheck.behaviour_server import BehaviourServer, Seen
from tests.net.clocks import FakeClock

FIRST_DAY = date(2025, 11, 1)
SCALE = 0.03
"""A server's 8 seconds are 0.24 here, and its "for ever" is far longer than what is waited for."""
LIMITS = Limits(connect=1, idle=0.6, total=1.2, retries=2, backoff=1, patience=90)

Case = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Days:
    """What each run found: by day, by path. `log` has all requests of all days."""

    found: dict[int, dict[str, LinkState | None]]
    log: tuple[Seen, ...]
    server: BehaviourServer


def read_cases(path: Path) -> Iterator[Case]:
    yield from json.loads(path.read_text(encoding="utf-8"))


def run_days(case: Case, state: Path, *, limits: Limits = LIMITS, scale: float = SCALE) -> Days:
    """Run the checker once a day, with one state file."""
    clock = FakeClock()
    with ExitStack() as stack:
        server = stack.enter_context(
            BehaviourServer(case["rules"], scale, is_listening=case.get("listen", True))
        )
        client = stack.enter_context(
            Client(
                allowed=("127.0.0.1",),
                limits=limits,
                manners=RateLimits(RateLimit(2, 0)),
                clock=clock,
                chance=random.Random(1),
            )
        )
        way = CheckOptions(client, Services(), second_look=20, at_once=4)
        records = case.get("records") or [case["record"]]
        links = [_to_link(record, server) for record in records]
        found = {}
        for day in range(1, case["days"] + 1):
            server.day = day
            today = FIRST_DAY + timedelta(days=day - 1)
            with History(state) as memory:
                check_all(select_due(links, memory.states, today), memory, way, today)
                found[day] = {
                    record["path"]: memory.states.get(link.url)
                    for record, link in zip(records, links, strict=True)
                }
            clock.pass_days(1)
        return Days(found, tuple(server.log), server)


def _to_link(record: dict[str, str], server: BehaviourServer) -> FoundLink:
    url = record.get("url") or f"http://{server.hosts['main']}{record['path']}"
    kind = {"url": "page"}.get(record["field"], record["field"])
    return FoundLink(url, (LinkLocation("sample2024things", f"links.{kind}"),), (record["title"],))


def find_faults(case: Case, days: Days) -> list[str]:
    """Return what a case expects and the runs did not find."""
    faults = []
    for record in case.get("records") or [case["record"]]:
        expected = {**case, **record}["expect_after_days"]
        never = record.get("never", case["never"]) if record.get("truth") != "gone" else ()
        for day, by_path in days.found.items():
            state = by_path[record["path"]]
            status = state.status.value if state else "skipped"
            wanted = expected.get(str(day), status)
            allowed = [*([wanted] if isinstance(wanted, str) else wanted), *case.get("also_ok", ())]
            reason = state.reason if state else None
            if status in never or status not in allowed:
                faults.append(f"{record['path']} day {day}: {status} ({reason}), not {wanted}")
            elif "moved_to" in case and status == "moved":
                new = days.server.fill(case["moved_to"])
                base = "" if "://" in new else days.server.fill("{base}")
                if state is None or state.moved_to != base + new:
                    faults.append(f"day {day}: moved to {state and state.moved_to}, not {new}")
    return faults
