"""How an address is requested: politely at first, then as a browser would, redirects by hand.

Both are generators: they yield the request to send and receive its outcome. They know neither
sockets nor threads nor time; the scheduler sends requests at each host's pace and lets waits pass.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from catalog.linkcheck.page import find_client_redirect, read_page
from catalog.net import Client, FetchError, Hop, HttpResponse, Reason
from catalog.net.client import find_redirect_fault
from catalog.net.errors import TIMEOUTS

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
    """Where the redirects of an address ended, and what they were."""

    outcome: Outcome
    hops: tuple[Hop, ...] = ()

    @property
    def is_requested(self) -> bool:
        """Return whether the last address was requested, and not left out for its host's sake."""
        return not (isinstance(self.outcome, FetchError) and self.outcome.reason in NOT_REQUESTED)


NOT_REQUESTED = frozenset([Reason.HOST_BUSY, Reason.HOST_FAILING])
"""Reasons for which a link was left out: nothing was sent, so nothing failed."""

_POLITE = {"Accept": "text/html,application/pdf;q=0.9,*/*;q=0.8", "Accept-Encoding": "gzip"}
"""As Accept lists of browsers, without pictures. gzip alone: bodies are rarely needed."""
_RANGED = {**_POLITE, "Range": f"bytes=0-{MOST_READ - 1}"}
"""The first bytes only: titles and signs of errors come early in a page."""
_BROWSER = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en-US,en;q=0.5",
}
"""What browsers send and servers count on; no Range, which some answer with 4xx or 5xx."""

_SURE = frozenset([404, 410])
"""Answers to HEAD that a ranged GET would only repeat; the second look sends GET anyway."""

_BEFORE_METHOD = frozenset(
    [
        Reason.NO_SUCH_HOST,
        Reason.DNS_FAILED,
        Reason.ADDRESS_REFUSED,
        Reason.NOT_WEB,
        Reason.HOST_BUSY,
        Reason.HOST_FAILING,
        Reason.CONNECTION_REFUSED,
        Reason.UNREACHABLE,
        Reason.SLOW_CONNECT,
        Reason.TLS_EXPIRED,
        Reason.TLS_UNTRUSTED,
        Reason.TLS_OTHER_HOST,
        Reason.TLS_FAILED,
    ]
)
"""Failures before a method is sent: HEAD and GET have them alike."""

PLAIN_HOSTS = frozenset(
    [
        "aclanthology.org",
        "doi.org",
        "github.com",
        "huggingface.co",
        "jmlr.org",
        "openaccess.thecvf.com",
        "proceedings.mlr.press",
        "proceedings.neurips.cc",
    ]
)
"""Their 404 is a status, never a page with 200: no text need be read. arXiv is not among them: its
pages are visited only when its API does not know an id, and then the title is compared."""


_Look = Callable[[str, Mapping[str, str]], Generator[Request, Outcome, Outcome]]
"""How one address on the way is requested, with its cookies."""


class _Cookies:
    """The cookies of one way through redirects: each goes back to the host that set it, only."""

    def __init__(self) -> None:
        self._by_host: dict[str, dict[str, str]] = {}

    def keep(self, answer: HttpResponse) -> None:
        own = self._by_host.setdefault(urlsplit(answer.url).netloc, {})
        for cookie in answer.cookies:
            pair, *attributes = (part.strip() for part in cookie.split(";"))
            name, sign, value = pair.partition("=")
            is_removed = any(text.lower() in ("max-age=0", "max-age=-1") for text in attributes)
            if is_removed:
                own.pop(name, None)
            elif sign and name and pair.isascii() and pair.isprintable():
                own[name] = value

    def header(self, url: str) -> dict[str, str]:
        own = self._by_host.get(urlsplit(url).netloc, {})
        text = "; ".join(f"{name}={value}" for name, value in own.items())
        return {"Cookie": text} if text else {}


def send(
    client: Client, first: Request, *, is_patient: bool = True
) -> Generator[Request, Outcome, Outcome]:
    """Send a request, and again after growing waits while that may help.

    Who is not patient does not send again what had no answer in time.
    """
    tries, wanted = 0, first
    while True:
        outcome = yield wanted
        tries += 1
        seconds = client.wait_before_retry(outcome, tries)
        is_slow = isinstance(outcome, FetchError) and outcome.reason in TIMEOUTS
        if seconds is None or (is_slow and not is_patient):
            return outcome
        wanted = Request(first.url, first.method, first.headers, first.limit, seconds)


def follow_politely(
    client: Client, url: str, etag: str | None = None
) -> Generator[Request, Outcome, Response]:
    """Follow an address with HEAD, and with GET of its first bytes where HEAD is not enough."""

    def look(place: str, cookies: Mapping[str, str]) -> Generator[Request, Outcome, Outcome]:
        unless = {"If-None-Match": etag} if etag and place == url else {}
        return (yield from _request_politely(client, place, {**cookies, **unless}))

    return (yield from _follow(client, url, look))


def follow_as_browser(
    client: Client, url: str, after: float
) -> Generator[Request, Outcome, Response]:
    """Follow an address with the GET that a browser sends, `after` seconds from now.

    The name stays honest: servers that admit only browsers look for `Mozilla/5.0`, and programs
    that say so add who they are (https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5).
    """
    name = f"Mozilla/5.0 (compatible; {client.user_agent})"
    headers = {**_BROWSER, "User-Agent": name}
    wait = after

    def look(place: str, cookies: Mapping[str, str]) -> Generator[Request, Outcome, Outcome]:
        nonlocal wait
        first = Request(place, "GET", {**headers, **cookies}, after=wait)
        wait = 0.0
        return (yield from send(client, first, is_patient=False))

    return (yield from _follow(client, url, look))


def follow_to_body(
    client: Client, url: str, headers: Mapping[str, str], limit: int
) -> Generator[Request, Outcome, Response]:
    """Follow the address of a service to what it says."""

    def look(place: str, cookies: Mapping[str, str]) -> Generator[Request, Outcome, Outcome]:
        return (yield from send(client, Request(place, "GET", {**headers, **cookies}, limit)))

    return (yield from _follow(client, url, look))


def _follow(client: Client, url: str, look: _Look) -> Generator[Request, Outcome, Response]:
    hops: list[Hop] = []
    cookies, seen, place = _Cookies(), set[tuple[str, str]](), url
    while True:
        header = cookies.header(place)
        seen.add((place, header.get("Cookie", "")))
        outcome = yield from look(place, header)
        if isinstance(outcome, FetchError):
            return Response(outcome, tuple(hops))
        cookies.keep(outcome)
        target = outcome.target or _find_refresh(outcome)
        if target is None:
            return Response(outcome, tuple(hops))
        hops.append(Hop(place, outcome.status))
        # A server that sets a cookie and redirects to the same address is not a redirect loop.
        is_new = (target, cookies.header(target).get("Cookie", "")) not in seen
        fault = find_redirect_fault(target, [] if is_new else hops, client.limits)
        if len(hops) > client.limits.redirects:
            fault = Reason.REDIRECT_LONG
        if fault is not None:
            return Response(FetchError(fault, place, target), tuple(hops))
        place = target


def _find_refresh(answer: HttpResponse) -> str | None:
    """Return where a page sends its reader at once."""
    return find_client_redirect(read_page(answer)) if answer.is_fine and answer.body else None


def _request_politely(
    client: Client, url: str, more: Mapping[str, str]
) -> Generator[Request, Outcome, Outcome]:
    head = yield Request(url, "HEAD", {**_POLITE, **more})
    if not _is_get_needed(head):
        return head
    # A server that asks to be left alone is, also between HEAD and GET.
    seconds = client.wait_before_retry(head, 1) if _is_busy(head) else 0.0
    if seconds is None:
        return head
    cookies = {name: more[name] for name in ("Cookie",) if name in more}
    wanted = Request(url, "GET", {**_RANGED, **cookies}, after=seconds)
    got = (yield from send(client, wanted)) if _is_busy(head) else (yield wanted)
    is_left_out = isinstance(got, FetchError) and got.reason in NOT_REQUESTED
    return head if is_left_out else got


def _is_get_needed(outcome: Outcome) -> bool:
    """Return whether GET may show something that HEAD did not."""
    if isinstance(outcome, FetchError):
        return outcome.reason not in _BEFORE_METHOD
    if outcome.target is not None or outcome.status in _SURE or outcome.status == 304:
        return False
    return not outcome.is_fine or _may_be_soft(outcome)


def _may_be_soft(answer: HttpResponse) -> bool:
    """Return whether a page may say "not found" under a status of success."""
    host = answer.url.split("/")[2].lower()
    kind = answer.headers.get("Content-Type", "text/html").lower()
    return ("html" in kind or "json" in kind) and host not in PLAIN_HOSTS


def _is_busy(outcome: Outcome) -> bool:
    return isinstance(outcome, HttpResponse) and outcome.status in (429, 503)
