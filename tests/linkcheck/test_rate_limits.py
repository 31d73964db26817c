"""What a host sees of a run: never more at a time than allowed, never sooner."""

import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from catalog.linkcheck.requests import Outcome, Request
from catalog.linkcheck.scheduler import Scheduler
from catalog.net import Clock, RateLimit
from catalog.net.limits import RateLimits
from tests.linkcheck.conftest import Web, link
from tests.net.clocks import FakeClock
from tests.net.servers import Host, Visit, by_method, gaps, html, say


def test_no_host_sees_more_at_a_time_and_the_run_no_more_in_all(
    make_web: Callable[..., Web], serve: Callable[..., Host], state: Path
) -> None:
    def meet(expected: int) -> tuple[Callable[[Visit], bool | None], list[int]]:
        """Return an answer that waits until as many are asked for at a time, and their number."""
        running, lock, met = [0], threading.Lock(), threading.Event()
        most = [0]

        def answer(visit: Visit) -> bool | None:
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
                if running[0] == expected:
                    met.set()
            met.wait(10)
            visit.wait(0.01)
            with lock:
                running[0] -= 1
            return say()(visit)

        return answer, most

    answer, most = meet(8)
    hosts = [serve(otherwise=answer, ip=f"127.0.0.{n}") for n in range(11, 16)]
    web = make_web(clock=Clock(), manners=RateLimits(RateLimit(3, 0)))
    web.at_once = 8
    web.check(state, [link(f"{host.address}/{n}") for n in range(20) for host in hosts])
    assert [len(host.visits) for host in hosts] == [20] * 5
    assert max(host.busiest for host in hosts) <= 3
    assert most[0] == 8
    alone = serve(otherwise=meet(3)[0], ip="127.0.0.16")
    web.check(state, [link(f"{alone.address}/{n}") for n in range(20)])
    assert alone.busiest == 3


def test_no_host_sees_less_than_its_delay(
    make_web: Callable[..., Web], serve: Callable[..., Host], state: Path, clock: FakeClock
) -> None:
    """Every request counts: HEAD, GET, redirects and second looks. Time is the clock's."""
    moments: dict[str, list[float]] = {}

    def noted(name: str) -> Callable[[Visit], bool | None]:
        page = by_method(HEAD=html("x"), GET=html("<title>404</title>"))

        def answer(visit: Visit) -> bool | None:
            moments.setdefault(name, []).append(clock.monotonic())
            return page(visit)

        return answer

    fast = serve(otherwise=noted("fast"), ip="127.0.0.21")
    slow = serve(otherwise=noted("slow"), ip="127.0.0.22")
    web = make_web(manners=RateLimits(RateLimit(2, 0.5), {"127.0.0.22": RateLimit(1, 3)}))
    web.check(state, [link(f"{host.address}/{n}") for n in range(10) for host in (fast, slow)])
    assert len(moments["fast"]) == len(moments["slow"]) == 30
    assert min(gaps(moments["fast"])) >= 0.5
    assert min(gaps(moments["slow"])) >= 3


def test_a_delay_holds_in_real_time_with_many_threads(
    make_web: Callable[..., Web], serve: Callable[..., Host], state: Path
) -> None:
    host = serve(otherwise=say(), ip="127.0.0.23")
    web = make_web(clock=Clock(), manners=RateLimits(RateLimit(4, 0.05)))
    web.at_once = 8
    web.check(state, [link(f"{host.address}/{n}") for n in range(21)])
    moments = [visit.moment for visit in host.visits]
    assert max(moments) - min(moments) >= 20 * 0.05 - 0.02
    assert sorted(gaps(moments))[len(moments) // 2] >= 0.045


def test_a_bug_in_a_thread_ends_the_run(web: Web, serve: Callable[..., Host]) -> None:
    host = serve(otherwise=say())

    def trip() -> Generator[Request, Outcome, None]:
        yield Request(host.address + "/", "HEAD")
        raise ZeroDivisionError

    scheduler = Scheduler[None](web.client, lambda result: None, at_once=4)
    started = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        scheduler.run([trip() for _ in range(50)])
    assert time.monotonic() - started < 5
