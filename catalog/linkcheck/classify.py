"""What an arrival means: alive, moved, blocked, dead, timeout or skipped, and why."""

from urllib.parse import urlsplit

from catalog.linkcheck.bot_walls import LOGIN, find_wall
from catalog.linkcheck.requests import Response
from catalog.linkcheck.soft_404 import find_soft_sign, shows_title
from catalog.model.canonical_urls import to_canonical
from catalog.net import FetchError, Hop, HttpResponse, Reason
from catalog.net.client import PERMANENT
from catalog.store.link_status import Status, Verdict

_FAILURES = {
    Reason.NO_SUCH_HOST: Status.DEAD,
    Reason.ADDRESS_REFUSED: Status.SKIPPED,
    Reason.NOT_WEB: Status.SKIPPED,
    Reason.HOST_BUSY: Status.SKIPPED,
}
"""All other reasons are failures of today, and what they mean is for the days to tell."""

_BODY_FAULTS = {
    # The page is there, and long: most of the web does not say how long.
    Reason.BODY_ENDLESS: Status.ALIVE,
    Reason.BODY_TOO_LARGE: Status.ALIVE,
    # Something answers that no program should look into.
    Reason.BODY_BOMB: Status.BLOCKED,
    Reason.BODY_UNREADABLE: Status.BLOCKED,
}
_GONE = frozenset([404, 410])
_NO_PART, _UNCHANGED = 416, 304


def classify(url: str, arrival: Response, titles: tuple[str, ...]) -> Verdict:
    """Say what an arrival means for the address that was set out for."""
    outcome = arrival.outcome
    if isinstance(outcome, FetchError):
        status = _FAILURES.get(outcome.reason, Status.TIMEOUT)
        last = arrival.hops[-1].status if arrival.hops else None
        return Verdict(status, outcome.reason.value, last)
    text = outcome.body.decode("utf-8", "replace")
    wall = find_wall(outcome, text)
    if wall is not None:
        return Verdict(Status.BLOCKED, wall, outcome.status)
    if outcome.status in _GONE:
        return Verdict(Status.DEAD, f"http-{outcome.status}", outcome.status)
    if not (outcome.is_fine or outcome.status in (_NO_PART, _UNCHANGED)):
        return Verdict(Status.TIMEOUT, f"http-{outcome.status}", outcome.status)
    return _judge_fine(url, arrival, outcome, text, titles)


def _judge_fine(
    url: str, arrival: Response, answer: HttpResponse, text: str, titles: tuple[str, ...]
) -> Verdict:
    if answer.fault is not None and answer.fault not in (Reason.BODY_TOO_LARGE,):
        status = _BODY_FAULTS.get(answer.fault, Status.TIMEOUT)
        if status is not Status.ALIVE:
            return Verdict(status, answer.fault.value, answer.status)
    sign = find_soft_sign(answer.url, text, titles)
    if sign is not None:
        return Verdict(Status.DEAD, sign, answer.status)
    is_shown = shows_title(text, titles)
    status, reason = _judge_way(url, answer.url, is_shown=is_shown)
    if status is not Status.ALIVE:
        return Verdict(status, reason, answer.status)
    if reason is None and answer.fault is Reason.BODY_ENDLESS:
        reason = answer.fault.value
    moved_to = find_new_address(arrival.hops, answer.url)
    etag = answer.headers.get("ETag") if not arrival.hops else None
    return Verdict(
        Status.MOVED if moved_to else Status.ALIVE,
        reason,
        answer.status,
        moved_to=moved_to,
        etag=etag,
        is_same=moved_to is not None and reason is None and is_same_place(url, moved_to, is_shown),
    )


def _judge_way(url: str, end: str, *, is_shown: bool) -> tuple[Status, str | None]:
    """Name a way that ends where nobody set out for; `is_shown`: the page has the title."""
    before, after = urlsplit(url), urlsplit(end)
    if LOGIN.search(end) and not LOGIN.search(url):
        return Status.BLOCKED, "redirect-login"
    was_page = before.path.strip("/") != "" or before.query != ""
    is_home = after.path.strip("/") == "" and after.query == ""
    if was_page and is_home and not is_shown:
        is_own = _site_of(before.hostname) == _site_of(after.hostname)
        return (Status.TIMEOUT if is_own else Status.ALIVE), "redirect-home"
    if before.scheme == "https" and after.scheme == "http":
        return Status.ALIVE, "redirect-http"
    return Status.ALIVE, None


def find_new_address(hops: tuple[Hop, ...], end: str) -> str | None:
    """Return where the permanent redirects at the beginning of a way lead, or None.

    What comes after the first passing redirect is that server's business.
    """
    places = [*(hop.url for hop in hops), end]
    for place, hop in zip(places, hops, strict=False):
        if hop.status not in PERMANENT:
            return place if place != places[0] else None
    return end if hops else None


def is_same_place(url: str, moved_to: str, is_shown: bool) -> bool:
    """Return whether a new address is surely that of the same thing.

    Its page has the title of the record, or it is the address in its canonical form, or only the
    scheme became safe or a slash came or went.
    """
    if moved_to.startswith("http:") and url.startswith("https:"):
        return False
    plain = [to_canonical(place).partition("://")[2].rstrip("/") for place in (url, moved_to)]
    return is_shown or plain[0] == plain[1]


def _site_of(host: str | None) -> str:
    """Return the last two labels of a host: its site, near enough."""
    return ".".join((host or "").split(".")[-2:])
