"""A visit to one link: reach it, judge it, and look a second time before it is called dead."""

from collections.abc import Generator

from catalog.fetching import Client
from catalog.links.judging import judge
from catalog.links.trips import Ask, Outcome, reach
from catalog.links.verdicts import Status, Verdict

SECOND_LOOK = 20.0
"""Seconds before a link that seems dead is asked again."""


def visit(
    client: Client,
    url: str,
    titles: tuple[str, ...] = (),
    *,
    etag: str | None = None,
    second_look: float = SECOND_LOOK,
) -> Generator[Ask, Outcome, Verdict]:
    """Return what an address is, after a second look at one that seems dead."""
    verdict = judge(url, (yield from reach(client, url, etag=etag)), titles)
    if verdict.status is not Status.DEAD:
        return verdict
    return judge(url, (yield from reach(client, url, again_after=second_look)), titles)
