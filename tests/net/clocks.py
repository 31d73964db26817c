"""A clock on which hours pass at once."""

import threading
from datetime import UTC, datetime, timedelta

from catalog.net import Clock


class FakeClock(Clock):
    """Time stands still but for those who wait. `slept` has every wait."""

    def __init__(self, now: datetime = datetime(2025, 11, 1, 12, tzinfo=UTC)) -> None:
        self.start = now
        self.passed = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed += seconds

    def wait(self, condition: threading.Condition, seconds: float | None) -> None:
        if seconds is None:
            condition.wait()
        else:
            self.sleep(seconds)

    def pass_days(self, days: float) -> None:
        self.passed += days * 86_400
