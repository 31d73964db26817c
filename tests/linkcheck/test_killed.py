"""Two runs at once, each killed at any moment, lose at most what is in flight; the next goes on."""

import multiprocessing
import random
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from catalog.linkcheck.checker import CheckOptions, check_all
from catalog.linkcheck.history import History
from catalog.linkcheck.plan import select_due
from catalog.net import Client, Limits, RateLimit, Services
from catalog.net.limits import RateLimits
from catalog.store.link_state import read_states, to_text
from catalog.store.link_status import Status
from tests.linkcheck.conftest import TODAY, link
from tests.net.servers import Host, Visit, say

pytestmark = pytest.mark.slow


KILLS = 60
LINKS = 600
AT_ONCE = 4


def run_once(urls: list[str], state: Path) -> None:
    """What a process does that will be killed: the links that are due, until all are done."""
    with (
        Client(
            allowed=("127.0.0.5",),
            limits=Limits(connect=5, idle=5, total=5),
            manners=RateLimits(RateLimit(AT_ONCE, 0)),
        ) as client,
        History(state) as memory,
    ):
        due = select_due(map(link, urls), memory.states, TODAY, max_age=timedelta(days=1))
        check_all(due, memory, CheckOptions(client, Services(), at_once=AT_ONCE), TODAY)


def test_sixty_kills_of_two_runs_lose_no_link_and_leave_the_file_whole(
    serve: Callable[..., Host], state: Path
) -> None:
    def answer(visit: Visit) -> bool | None:
        visit.wait(0.002)
        return say()(visit)

    host = serve(otherwise=answer, ip="127.0.0.5")
    urls = [f"{host.address}/{n}" for n in range(LINKS)]
    chance = random.Random(5)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.linkcheck.test_killed"])
    killed, known = 0, 0
    while killed < KILLS:
        runs = [context.Process(target=run_once, args=(urls[n::2], state)) for n in range(2)]
        for run in runs:
            run.start()
        for run in runs:
            run.join(chance.uniform(0.005, 0.08))
            run.kill()
            run.join()
            killed += run.exitcode == -signal.SIGKILL
        states = read_states(state)
        # The file is there whole, in its one form, or as it was before.
        assert not states or state.read_text(encoding="utf-8") == to_text(states)
        with History(state) as memory:
            assert len(memory.states) >= known
            known = len(memory.states)
        if known == LINKS:
            # All are done; the moments that are left fall into a work that begins anew.
            state.unlink()
            known = 0
            host.visits.clear()
    process = context.Process(target=run_once, args=(urls, state))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    states = read_states(state)
    assert set(states) == set(urls)
    assert {found.status for found in states.values()} == {Status.ALIVE}
    # No run asked again what another had noted.
    assert LINKS <= len(host.visits) <= LINKS + KILLS * AT_ONCE
