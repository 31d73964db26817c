"""A visit to one link: reach it, judge it, and look a second time before it is called dead."""

from collections.abc import Generator

from catalog.linkcheck.classify import classify
from catalog.linkcheck.requests import Outcome, Request, follow
from catalog.net import Client
from catalog.store.link_status import Status, Verdict

SECOND_LOOK = 20.0
"""Seconds before a link that seems dead is asked again."""


def check_url(
    client: Client,
    url: str,
    titles: tuple[str, ...] = (),
    *,
    etag: str | None = None,
    second_look: float = SECOND_LOOK,
) -> Generator[Request, Outcome, Verdict]:
    """Return what an address is, after a second look at one that seems dead."""
    verdict = classify(url, (yield from follow(client, url, etag=etag)), titles)
    if verdict.status is not Status.DEAD:
        return verdict
    return classify(url, (yield from follow(client, url, again_after=second_look)), titles)
