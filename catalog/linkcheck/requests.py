"""The way to an address: HEAD, then GET where HEAD does not do, redirects by hand, tries again.

A trip is a generator: it yields what it wants to ask and is sent what came back. It knows neither
sockets nor threads nor time; the scheduler asks each host at its pace and lets waits pass.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field

from catalog.net import Client, FetchError, Hop, HttpResponse, Reason
from catalog.net.client import find_redirect_fault

MOST_READ = 64 * 1024
"""Bytes of a body that are read at most."""

Outcome = HttpResponse | FetchError


@dataclass(frozen=True, slots=True)
class Request:
    """One request, to be sent no sooner than `after` seconds from now."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    limit: int = MOST_READ
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Response:
    """Where the way to an address ended, and the redirects on it."""

    outcome: Outcome
    hops: tuple[Hop, ...] = ()


HEADERS = {"Accept": "text/html,application/pdf;q=0.9,*/*;q=0.8", "Accept-Encoding": "gzip"}
RANGED = {**HEADERS, "Range": f"bytes=0-{MOST_READ - 1}"}

_SURE = frozenset([404, 410])
"""Answers to HEAD that a GET would only repeat; whoever doubts asks again, later, with GET."""

# To HEAD and GET these happen alike: before a method is said.
_SAME_FOR_ALL = frozenset(
    [
        Reason.NO_SUCH_HOST,
        Reason.DNS_FAILED,
        Reason.ADDRESS_REFUSED,
        Reason.NOT_WEB,
        Reason.HOST_BUSY,
        Reason.CONNECTION_REFUSED,
        Reason.UNREACHABLE,
        Reason.SLOW_CONNECT,
        Reason.TLS_EXPIRED,
        Reason.TLS_UNTRUSTED,
        Reason.TLS_OTHER_HOST,
        Reason.TLS_FAILED,
    ]
)

PLAIN_HOSTS = frozenset(
    [
        "aclanthology.org",
        "arxiv.org",
        "doi.org",
        "github.com",
        "huggingface.co",
        "jmlr.org",
        "openaccess.thecvf.com",
        "proceedings.mlr.press",
        "proceedings.neurips.cc",
    ]
)
"""Their 404 is a status, never a page with 200: no text need be read."""


def ask(client: Client, first: Request) -> Generator[Request, Outcome, Outcome]:
    """Ask, and again after growing waits while that may help."""
    tries, wanted = 0, first
    while True:
        outcome = yield wanted
        tries += 1
        seconds = client.wait_before_retry(outcome, tries)
        if seconds is None:
            return outcome
        wanted = Request(first.url, first.method, first.headers, first.limit, seconds)


def follow(  # noqa: PLR0913 - what is asked, and how
    client: Client,
    url: str,
    *,
    etag: str | None = None,
    again_after: float | None = None,
    headers: Mapping[str, str] = RANGED,
    limit: int = MOST_READ,
) -> Generator[Request, Outcome, Response]:
    """Go to an address and wherever it leads.

    `again_after` asks with GET alone, so many seconds from now: for a second look, or for a body.
    """
    hops: list[Hop] = []
    place, wait = url, again_after
    while True:
        if wait is None:
            outcome = yield from _look(client, place, None if hops else etag)
        else:
            outcome = yield from ask(client, Request(place, "GET", headers, limit, wait))
            wait = 0.0
        target = outcome.target if isinstance(outcome, HttpResponse) else None
        if target is None or isinstance(outcome, FetchError):
            return Response(outcome, tuple(hops))
        hops.append(Hop(place, outcome.status))
        fault = find_redirect_fault(target, hops, client.limits)
        if fault is not None:
            return Response(FetchError(fault, place, target), tuple(hops))
        place = target


def _look(client: Client, url: str, etag: str | None) -> Generator[Request, Outcome, Outcome]:
    headers = {**HEADERS, "If-None-Match": etag} if etag else HEADERS
    outcome = yield Request(url, "HEAD", headers)
    if not _has_more_to_tell(outcome):
        return outcome
    # A server that asks to be left alone is, also between HEAD and GET.
    seconds = client.wait_before_retry(outcome, 1) if _is_busy(outcome) else 0.0
    if seconds is None:
        return outcome
    return (yield from ask(client, Request(url, "GET", RANGED, after=seconds)))


def _has_more_to_tell(outcome: Outcome) -> bool:
    """Return whether a GET may say something that HEAD did not."""
    if isinstance(outcome, FetchError):
        return outcome.reason not in _SAME_FOR_ALL
    if outcome.target is not None or outcome.status in _SURE or outcome.status == 304:
        return False
    return not outcome.is_fine or _may_be_soft(outcome)


def _may_be_soft(answer: HttpResponse) -> bool:
    """Return whether a page may say "not found" under a status of success."""
    host = answer.url.split("/")[2].lower()
    kind = answer.headers.get("Content-Type", "text/html").lower()
    return "html" in kind and host not in PLAIN_HOSTS


def _is_busy(outcome: Outcome) -> bool:
    return isinstance(outcome, HttpResponse) and outcome.status in (429, 503)
