"""Copies of dead pages in the Wayback Machine."""

import json
from collections.abc import Generator
from urllib.parse import urlencode, urlsplit

from catalog.linkcheck.requests import Outcome, Request, send
from catalog.net import Client, HttpResponse, Services

_HOSTS = ("web.archive.org", "archive.org")
"""A copy elsewhere is not the archive's: the answer is a stranger's text."""


def find_copy(
    client: Client, services: Services, url: str
) -> Generator[Request, Outcome, tuple[str, str | None]]:
    """Return an address and that of its nearest copy, None when there is none.

    https://archive.org/help/wayback_api.php
    """
    outcome = yield from send(client, Request(f"{services.wayback}?{urlencode({'url': url})}"))
    return url, _read(outcome)


def _read(outcome: Outcome) -> str | None:
    if not isinstance(outcome, HttpResponse) or not outcome.is_fine:
        return None
    try:
        data = json.loads(outcome.body)
        closest = data["archived_snapshots"]["closest"]
        copy, is_there = str(closest["url"]), closest["available"] and closest["status"] == "200"
        host = urlsplit(copy).hostname
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not is_there or host not in _HOSTS:
        return None
    # The service answers with http; the copy is served under https.
    return copy.replace("http://", "https://", 1)
