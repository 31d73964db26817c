"""How much a request may take, and how politely hosts are treated."""

from collections.abc import Mapping
from dataclasses import dataclass, field

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one request. Times in seconds, sizes in bytes."""

    connect: float = 10
    """To connect, for each address of a host."""
    idle: float = 20
    """Between two pieces of an answer."""
    total: float = 45
    """From the request to the end of its answer."""
    body: int = 4 * MEGABYTE
    """The body of an answer, as sent and unpacked."""
    # Half of what browsers follow.
    redirects: int = 10
    retries: int = 2
    """Further tries after what may go better a moment later."""
    backoff: float = 1
    """The first wait before another try; it doubles each time, and chance shortens it."""
    patience: float = 90
    """The longest wait before another try, also when a server asks for a longer one."""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How a host is treated: requests at a time, and seconds between the starts of two."""

    # For hosts that state no limit: two connections, and two requests a second at most.
    concurrency: int = 2
    delay: float = 0.5


# What the services ask of programs.
_KNOWN_HOSTS = {
    # https://info.arxiv.org/help/api/tou.html: one request in three seconds, one connection.
    "arxiv.org": RateLimit(1, 3),
    "export.arxiv.org": RateLimit(1, 3),
    # The tail of archive.org's rate limits is long; one at a time is never turned away.
    "archive.org": RateLimit(1, 1),
    "web.archive.org": RateLimit(1, 1),
    "openreview.net": RateLimit(1, 1),
    "api2.openreview.net": RateLimit(1, 1),
}


@dataclass(frozen=True, slots=True)
class RateLimits:
    """The politeness of all hosts."""

    default: RateLimit = RateLimit()
    hosts: Mapping[str, RateLimit] = field(default_factory=lambda: _KNOWN_HOSTS)

    def of(self, host: str) -> RateLimit:
        """Return how a host is treated."""
        return self.hosts.get(host, self.default)
