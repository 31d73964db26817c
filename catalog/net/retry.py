"""When to try again: after which answers, and after how long."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from catalog.net.limits import Limits

RETRIED_STATUSES = frozenset([408, 425, 429, 500, 502, 503, 504])
"""RFC 9110, 15.5.9, 15.6; RFC 8470, 5.2; RFC 6585, 4: what may go better a moment later."""


def parse_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds for which a server asks to be left alone (RFC 9110, 10.2.3), or None."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
        aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return max(0.0, (aware - now).total_seconds())
    except (ValueError, OverflowError):
        # No date, or one that no calendar has.
        return None


def find_backoff(tries: int, limits: Limits, chance: random.Random) -> float:
    """Return the seconds to wait after `tries` failed ones: doubled each time, shortened by chance.

    At least half of it stays, so that a second try is a later one; the rest keeps many clients from
    coming back together.
    """
    longest = min(limits.patience, limits.backoff * 2.0 ** (tries - 1))
    return longest * chance.uniform(0.5, 1)
