"""What a link can be."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Status(StrEnum):
    """The state of a link, the worst first."""

    DEAD = "dead"
    """Gone: 404, 410 or no such host, twice; or refused or a soft 404 on three separate days."""
    TIMEOUT = "timeout"
    """Failing, and not known to be gone: too slow, a fault of TLS, a server's error."""
    BLOCKED = "blocked"
    """Something answers that keeps programs out; neither alive nor dead."""
    MOVED = "moved"
    """Alive, and permanently at another address."""
    ALIVE = "alive"
    """It leads where it should."""
    SKIPPED = "skipped"
    """Not requested: the address must not be, or its host was busy or failing."""

    @property
    def label(self) -> str:
        """The status as people read it: what has timed out, or fails otherwise, is failing."""
        return "failing" if self is Status.TIMEOUT else self.value


MISMATCH = "identifier-mismatch"
"""The reason of an identifier that leads to the paper of another title."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one check found. `DEAD` is evidence that a link is gone; the history decides."""

    status: Status
    reason: str | None = None
    """A word for programs, and after a colon what people want to know: `http-404`."""
    http_status: int | None = None
    moved_to: str | None = None
    etag: str | None = None
    title: str | None = None
    """The title that an identifier leads to."""
    is_same: bool = False
    """`moved_to` is surely the same thing: its page has the title of the record."""
    is_sure: bool = False
    """`DEAD` beyond doubt, twice: no further days are needed."""

    def because(self, reason: str | None, http_status: int | None) -> "Verdict":
        """Return the verdict with its reason."""
        return replace(self, reason=reason, http_status=http_status)

    def as_unsure(self) -> "Verdict":
        """Return the verdict as one that later days have to confirm."""
        return replace(self, is_sure=False)
