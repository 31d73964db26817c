"""One link: requested politely, judged, and requested again as a browser before it is failing.

Only five answers can ever make a link dead. 404, 410 and a name that does not exist leave no doubt
when a second request, some time later, gets them too. A refused connection and a page that only
says that it is not there need three separate days (`history`). Everything else is a failure of
today: the link is failing since then, and never dead.
"""

import re
from collections.abc import Generator
from urllib.parse import urlsplit

from catalog.linkcheck.identifiers import is_other_title, write_mismatch
from catalog.linkcheck.page import Page, find_meta_title, is_headed_by, is_showing, read_page
from catalog.linkcheck.page_signs import find_page_wall, find_soft_sign, find_wall
from catalog.linkcheck.requests import (
    Outcome,
    Request,
    Response,
    follow_as_browser,
    follow_politely,
)
from catalog.model.canonical_urls import to_canonical
from catalog.model.identifiers import find_identifier
from catalog.net import Client, FetchError, Hop, HttpResponse, Reason
from catalog.net.client import PERMANENT
from catalog.store.link_status import Status, Verdict
from catalog.text.urls import is_url

SECOND_LOOK = 20.0
"""Seconds before a link that seems gone is requested again."""

_FAILURES = {
    Reason.NO_SUCH_HOST: Verdict(Status.DEAD, is_sure=True),
    Reason.CONNECTION_REFUSED: Verdict(Status.DEAD),
    Reason.ADDRESS_REFUSED: Verdict(Status.SKIPPED),
    Reason.NOT_WEB: Verdict(Status.SKIPPED),
    Reason.HOST_BUSY: Verdict(Status.SKIPPED),
    Reason.HOST_FAILING: Verdict(Status.SKIPPED),
}
"""All other reasons are failures of today."""

_HOME = re.compile(r"/*(?:index\.\w{2,5}|home/?)?", re.IGNORECASE)
"""The path of a front page: empty, `/index.html`, `/home/`."""
_GONE = frozenset([404, 410])
"""RFC 9110: not found, and gone for good."""
_NO_PART, _UNCHANGED = 416, 304
"""Answers to a Range and to an ETag: the page is there. RFC 9110, 15.5.17 and 15.4.5."""
_FINE = (Status.ALIVE, Status.MOVED, Status.SKIPPED)
"""Statuses that a second look as a browser cannot improve."""
_KEPT_OUT = ("wall-", "redirect-login", "login", "http-401", "http-407", "http-429", "http-451")
"""Reasons of walls that a second request would only annoy. 403, 405 and 418 may be for the form of
the request: a HEAD, a Range, an unknown name."""


def check_url(
    client: Client,
    url: str,
    titles: tuple[str, ...] = (),
    *,
    etag: str | None = None,
    second_look: float = SECOND_LOOK,
) -> Generator[Request, Outcome, Verdict]:
    """Return what an address is, after a second look at one that is not fine."""
    first = judge(url, (yield from follow_politely(client, url, etag)), titles)
    is_walled = first.status is Status.BLOCKED and (first.reason or "").startswith(_KEPT_OUT)
    if first.status in _FINE or is_walled:
        return first
    wait = second_look if first.status is Status.DEAD else 0.0
    response = yield from follow_as_browser(client, url, wait)
    if not response.is_requested:
        return first.as_unsure()
    second = judge(url, response, titles)
    return second if first.is_sure else second.as_unsure()


def judge(url: str, response: Response, titles: tuple[str, ...]) -> Verdict:
    """Return what a response means for the address that was requested."""
    outcome = response.outcome
    if isinstance(outcome, FetchError):
        verdict = _FAILURES.get(outcome.reason, Verdict(Status.TIMEOUT))
        last = response.hops[-1].status if response.hops else None
        if outcome.reason is Reason.NO_SUCH_HOST and not is_url(outcome.url) and response.hops:
            # A redirect to a name of no public host shows a server's fault, not a page's end.
            verdict = Verdict(Status.TIMEOUT)
        return verdict.because(outcome.reason.value, last)
    page = read_page(outcome)
    wall = find_wall(outcome, page.source)
    if wall is not None:
        return Verdict(Status.BLOCKED, wall, outcome.status)
    if outcome.status in _GONE:
        # A page that sends its reader on to a 404 has itself answered.
        is_sure = all(hop.status in _REDIRECTED for hop in response.hops)
        return Verdict(Status.DEAD, f"http-{outcome.status}", outcome.status, is_sure=is_sure)
    if not (outcome.is_fine or outcome.status in (_NO_PART, _UNCHANGED)):
        return Verdict(Status.TIMEOUT, f"http-{outcome.status}", outcome.status)
    return _judge_fine(url, response, outcome, page, titles)


_REDIRECTED = range(300, 400)
"""Hops by a status; a hop by a meta refresh has 200."""


def _judge_fine(
    url: str, response: Response, answer: HttpResponse, page: Page, titles: tuple[str, ...]
) -> Verdict:
    if answer.fault is Reason.BODY_BOMB:
        # Something answers that no program should look into.
        return Verdict(Status.BLOCKED, answer.fault.value, answer.status)
    is_headed = is_headed_by(page, titles)
    if not is_headed:
        verdict = _judge_unheaded(url, response, page, titles)
        if verdict is not None:
            return verdict.because(verdict.reason, answer.status)
    moved_to = find_new_address(response.hops, answer.url)
    reason = _note(url, answer) or _find_mismatch(url, page, titles)
    return Verdict(
        Status.MOVED if moved_to else Status.ALIVE,
        reason,
        answer.status,
        moved_to=moved_to,
        # A remark comes from the page: an answer of "unchanged" would have none, and lose it.
        etag=answer.headers.get("ETag") if not response.hops and reason is None else None,
        is_same=moved_to is not None and reason is None and is_same_place(url, moved_to, is_headed),
    )


def _judge_unheaded(
    url: str, response: Response, page: Page, titles: tuple[str, ...]
) -> Verdict | None:
    """Return what a page headed by no title of its record is; None when nothing is wrong."""
    is_redirected = bool(response.hops)
    wall = find_page_wall(page, is_redirected=is_redirected)
    if wall is not None:
        return Verdict(Status.BLOCKED, wall)
    if is_showing(page, titles):
        return None
    sign = find_soft_sign(page, is_redirected=is_redirected)
    if sign is not None:
        return Verdict(Status.DEAD, sign)
    if is_redirected and _is_sent_home(url, page.url):
        # Many servers send what they no longer have to their front page. Without a title to look
        # for there, nobody can know.
        return Verdict(Status.DEAD if titles and page.text else Status.TIMEOUT, "redirect-home")
    return None


def _is_sent_home(url: str, end: str) -> bool:
    """Return whether a page is now the front page of its own host; another host is a new home."""
    before, after = urlsplit(url), urlsplit(end)
    was_page = before.path.strip("/") != "" or before.query != ""
    is_home = _HOME.fullmatch(after.path) is not None and after.query == ""
    hosts = [(part.netloc or "").lower().removeprefix("www.") for part in (before, after)]
    return was_page and is_home and hosts[0] == hosts[1]


def _note(url: str, answer: HttpResponse) -> str | None:
    """Return what is odd about an answer that is fine."""
    if answer.fault is not None and answer.fault is not Reason.BODY_TOO_LARGE:
        return answer.fault.value
    is_unsafe = url.startswith("https:") and answer.url.startswith("http:")
    return "redirect-http" if is_unsafe else None


def _find_mismatch(url: str, page: Page, titles: tuple[str, ...]) -> str | None:
    """Return that the page of an identifier is another paper's, by its tag for citations.

    Such a page is visited when the service of the identifier does not answer.
    """
    title = find_meta_title(page.source, _CITATION_TITLE)
    if title is None or find_identifier(url) is None or not is_other_title(title, titles):
        return None
    return write_mismatch(title)


_CITATION_TITLE = ("citation_title",)
"""The tag that arXiv, OpenReview, the Anthology and publishers give each paper's page, for Google
Scholar. `og:title` is often the name of the site."""


def find_new_address(hops: tuple[Hop, ...], end: str) -> str | None:
    """Return where the permanent redirects at the beginning of the way lead, or None.

    What comes after the first temporary redirect is that server's business.
    """
    places = [*(hop.url for hop in hops), end]
    for place, hop in zip(places, hops, strict=False):
        if hop.status not in PERMANENT:
            return place if place != places[0] else None
    return end if hops else None


def is_same_place(url: str, moved_to: str, is_headed: bool) -> bool:
    """Return whether a new address is surely that of the same thing.

    Its page has the title of the record, or it is the address in its canonical form, or only the
    scheme became safe or a slash came or went.
    """
    if moved_to.startswith("http:") and url.startswith("https:"):
        return False
    plain = [to_canonical(place).partition("://")[2].rstrip("/") for place in (url, moved_to)]
    return is_headed or plain[0] == plain[1]
