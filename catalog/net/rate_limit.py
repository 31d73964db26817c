"""When each host may be asked again: its concurrency, its delay, and what it asked for itself."""

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from catalog.net.clock import Clock
from catalog.net.limits import RateLimits


@dataclass(slots=True)
class _Host:
    running: int = 0
    free_at: float = -math.inf
    """No request starts before that."""


class Pacer:
    """Hands out turns. Safe for many threads; whoever took a turn gives it back."""

    def __init__(self, manners: RateLimits, clock: Clock) -> None:
        self.rates = manners
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._changed = threading.Condition()

    def take(self, host: str) -> float:
        """Take a turn at a host and return 0, or return the seconds until there may be one.

        Infinity says: when another request to the host has ended.
        """
        with self._changed:
            return self._take(host)

    def give_back(self, host: str) -> None:
        """End a turn."""
        with self._changed:
            self._hosts[host].running -= 1
            self._changed.notify_all()

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long, because it asked for that."""
        with self._changed:
            state = self._hosts.setdefault(host, _Host())
            state.free_at = max(state.free_at, self._clock.monotonic() + seconds)

    def held(self, host: str) -> float:
        """Return how many seconds a host is still to be left alone."""
        with self._changed:
            state = self._hosts.get(host)
            return max(0.0, state.free_at - self._clock.monotonic()) if state else 0.0

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for a turn at a host and hold it."""
        with self._changed:
            while seconds := self._take(host):
                self._clock.wait(self._changed, None if math.isinf(seconds) else seconds)
        try:
            yield
        finally:
            self.give_back(host)

    def _take(self, host: str) -> float:
        state = self._hosts.setdefault(host, _Host())
        manners = self.rates.of(host)
        now = self._clock.monotonic()
        if state.running >= manners.concurrency:
            return math.inf
        if now < state.free_at:
            return state.free_at - now
        state.running += 1
        state.free_at = now + manners.delay
        return 0.0
