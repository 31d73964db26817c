"""A queue for each host, and threads that send what is due, each host at its pace.

Trips wait in the queue of the host that they ask next. A host is in the heap under the moment
at which it may be asked again, so that no thread waits at one host while another is free.
"""

import heapq
import itertools
import math
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, TypeVar

from catalog.linkcheck.requests import Outcome, Request
from catalog.net import Client, FetchError, HttpResponse, Reason
from catalog.net.client import host_of
from catalog.net.retry import parse_retry_after

Result = TypeVar("Result")
Task = Generator[Request, Outcome, Result]

_TOLD_TO_WAIT = frozenset([429, 503])
"""Answers that ask for a pause. RFC 6585 and RFC 9110: with `Retry-After`."""
_HOST_FAULTS = frozenset(
    [
        Reason.DNS_FAILED,
        Reason.CONNECTION_REFUSED,
        Reason.UNREACHABLE,
        Reason.SLOW_CONNECT,
        Reason.TLS_EXPIRED,
        Reason.TLS_UNTRUSTED,
        Reason.TLS_OTHER_HOST,
        Reason.TLS_FAILED,
        Reason.PROXY_FAILED,
    ]
)
"""Failures that are the host's, whatever is requested: no connection came about."""
_MOST_FAULTS = 5
"""Requests in a row with one and the same fault, after which a host is left alone for this run."""
_MOST_SLOW = 20
"""Requests in a row without an answer, likewise. A slow answer is the fault of one address at
first: six files may hang while twelve next to them are fast."""
_TICK = 0.2
"""Seconds after which the main thread looks whether someone pressed Ctrl-C."""


@dataclass(slots=True)
class _Task(Generic[Result]):
    trip: Task[Result]
    ask: Request


@dataclass(slots=True)
class _End(Generic[Result]):
    result: Result


def _step(trip: Task[Result], outcome: Outcome | None) -> Request | _End[Result]:
    """Let a trip go on from what came back; None begins it."""
    try:
        return next(trip) if outcome is None else trip.send(outcome)
    except StopIteration as end:
        return _End(end.value)


class _Catching:
    """Hands what a thread raises to who can raise it in the main thread."""

    def __init__(self, take: Callable[[BaseException], None]) -> None:
        self._take = take

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if error is not None:
            self._take(error)
        return True


class Scheduler(Generic[Result]):
    """Runs trips. `at_once` bounds the requests of the whole run; `done` gets each result.

    `done` is called from the threads, one call at a time.
    """

    def __init__(self, client: Client, done: Callable[[Result], None], *, at_once: int) -> None:
        self._client = client
        self._done = done
        self._at_once = at_once
        self._changed = threading.Condition()
        self._queues: dict[str, deque[_Task[Result]]] = {}
        self._hosts: list[tuple[float, int, str]] = []
        self._listed: set[str] = set()
        self._later: list[tuple[float, int, _Task[Result]]] = []
        self._numbers = itertools.count()
        self._open = 0
        self._faults: dict[str, list[Reason]] = {}
        self._is_stopped = False
        self._fault: BaseException | None = None

    def run(self, trips: Iterable[Task[Result]]) -> None:
        """Run all trips to their end. Ctrl-C ends at once; what is done stays done."""
        with self._changed:
            for trip in trips:
                self._open += 1
                self._settle(trip, _step(trip, None))
        count = min(self._at_once, max(1, self._open))
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(count)]
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                while thread.is_alive():
                    thread.join(_TICK)
        finally:
            self._end_by(None)
        if self._fault is not None:
            raise self._fault

    def _work(self) -> None:
        with _Catching(self._end_by):
            while (task := self._next()) is not None:
                step = _step(task.trip, self._send(task.ask))
                with self._changed:
                    if self._is_stopped:
                        break
                    self._settle(task.trip, step)

    def _end_by(self, fault: BaseException | None) -> None:
        """End the run of all threads; a bug in one of them is for the main thread to raise."""
        with self._changed:
            self._fault = self._fault or fault
            self._is_stopped = True
            self._changed.notify_all()

    def _next(self) -> _Task[Result] | None:
        """Wait for a task that may be sent now; None when there is none and will be none."""
        with self._changed:
            while not self._is_stopped and self._open:
                task, seconds = self._pick()
                if task is not None:
                    # Whoever waits next takes over the watch: it looks again for what is due.
                    self._changed.notify()
                    return task
                if not self._open:
                    break  # the last trips ended without a request
                wait = None if math.isinf(seconds) else seconds
                self._client.clock.wait(self._changed, wait)
            self._changed.notify_all()
            return None

    def _pick(self) -> tuple[_Task[Result] | None, float]:
        """Return a task whose host may be asked now, or the seconds until there may be one."""
        now = self._client.clock.monotonic()
        while self._later and self._later[0][0] <= now:
            self._enqueue(heapq.heappop(self._later)[2])
        while self._hosts and self._hosts[0][0] <= now:
            host = heapq.heappop(self._hosts)[2]
            self._listed.discard(host)
            task = self._take_turn(host, now)
            if task is not None:
                return task, 0.0
        moments = [heap[0][0] for heap in (self._later, self._hosts) if heap]
        return None, max(0.0, min(moments, default=math.inf) - now)

    def _take_turn(self, host: str, now: float) -> _Task[Result] | None:
        queue = self._queues.get(host)
        if not queue:
            return None
        pacing = self._client.pacing
        if pacing.held(host) > self._client.limits.patience:
            # Nobody waits for that: each trip hears of it, without a request.
            self._refuse_all(host, Reason.HOST_BUSY)
            return None
        if self._is_failing(host):
            # What is not requested has not failed: it is skipped, and first in the next run.
            self._refuse_all(host, Reason.HOST_FAILING)
            return None
        seconds = pacing.take(host)
        if math.isinf(seconds):
            return None  # listed again when a request to it ends
        if seconds:
            self._list(host, now + seconds)
            return None
        task = queue.popleft()
        if queue:
            self._list(host, now)
        return task

    def _is_failing(self, host: str) -> bool:
        faults = self._faults.get(host, [])
        if not faults:
            return False
        most = _MOST_FAULTS if faults[-1] in _HOST_FAULTS else _MOST_SLOW
        return len(faults) >= most

    def _note_outcome(self, host: str, outcome: Outcome) -> None:
        """Keep the latest failures in a row that are alike; anything else begins a new row."""
        reason = outcome.reason if isinstance(outcome, FetchError) else None
        if reason not in _HOST_FAULTS and reason is not Reason.SLOW_ANSWER:
            self._faults.pop(host, None)
            return
        row = self._faults.setdefault(host, [])
        if row and row[-1] is not reason:
            row.clear()
        row.append(reason)

    def _refuse_all(self, host: str, reason: Reason) -> None:
        tasks = self._queues.pop(host)
        for task in tasks:
            error = FetchError(reason, task.ask.url)
            self._settle(task.trip, _step(task.trip, error))

    def _send(self, ask: Request) -> Outcome:
        host = host_of(ask.url)
        try:
            outcome: Outcome = self._client.send(ask.method, ask.url, ask.headers, limit=ask.limit)
        except FetchError as error:
            outcome = error
        if isinstance(outcome, HttpResponse) and outcome.status in _TOLD_TO_WAIT:
            asked = parse_retry_after(outcome.headers, self._client.clock.now())
            if asked is not None:
                self._client.pacing.hold(host, asked)
        with self._changed:
            self._client.pacing.give_back(host)
            self._note_outcome(host, outcome)
            self._list(host, self._client.clock.monotonic())
        return outcome

    def _settle(self, trip: Task[Result], step: "Request | _End[Result]") -> None:
        """Queue what a trip asks next, or take its result."""
        if isinstance(step, _End):
            self._open -= 1
            self._done(step.result)
        elif step.after > 0:
            moment = self._client.clock.monotonic() + step.after
            heapq.heappush(self._later, (moment, next(self._numbers), _Task(trip, step)))
        else:
            self._enqueue(_Task(trip, step))

    def _enqueue(self, task: _Task[Result]) -> None:
        try:
            host = host_of(task.ask.url)
        except FetchError as error:
            self._settle(task.trip, _step(task.trip, error))
            return
        self._queues.setdefault(host, deque()).append(task)
        self._list(host, self._client.clock.monotonic())

    def _list(self, host: str, moment: float) -> None:
        """Let a host be looked at in a moment, unless it will be anyway."""
        if host not in self._listed and self._queues.get(host):
            self._listed.add(host)
            heapq.heappush(self._hosts, (moment, next(self._numbers), host))
