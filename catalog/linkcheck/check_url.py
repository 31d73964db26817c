"""A visit to one link: reach it, judge it, and look a second time before it is called dead."""

from collections.abc import Generator

from catalog.linkcheck.classify import judge
from catalog.linkcheck.requests import Ask, Outcome, reach
from catalog.net import Client
from catalog.store.link_status import Status, Verdict

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
