"""The only look at the clock: the reader's own day."""

from datetime import date


def today() -> date:
    """Return the reader's own day; callers that must not see the clock pass a day instead."""
    return date.today()  # noqa: DTZ011 - the reader's own day
