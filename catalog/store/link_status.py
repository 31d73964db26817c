"""What a link can be."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """The state of a link, the worst first."""

    DEAD = "dead"
    """Gone: an answer that leaves no doubt, given twice, or failures on separate days."""
    TIMEOUT = "timeout"
    """No answer that says anything, so far: too slow, refused, a fault of TLS, a server's error."""
    BLOCKED = "blocked"
    """Something answers that keeps programs out; neither alive nor dead."""
    MOVED = "moved"
    """Alive, and permanently at another address."""
    ALIVE = "alive"
    """It leads where it should."""
    SKIPPED = "skipped"
    """Not asked: the address must not be asked, or its host wants to be left alone."""


MISMATCH = "identifier-mismatch"
"""The reason of an identifier that leads to the paper of another title."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one visit found. `DEAD` here is an answer without doubt; days are for the memory."""

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
