"""The client: one request at a time, or a whole way with redirects, retries and politeness."""

import os
import random
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode, urljoin, urlsplit
from urllib.request import getproxies

import requests
from requests.structures import CaseInsensitiveDict
from requests.utils import get_environ_proxies

from catalog import __version__
from catalog.net.clock import Clock
from catalog.net.errors import (
    ANSWER_ERRORS,
    RETRIED,
    FetchError,
    Reason,
    reason_of_request,
)
from catalog.net.limits import Limits, RateLimits
from catalog.net.rate_limit import Pacer
from catalog.net.response_body import read_body
from catalog.net.retry import RETRIED_STATUSES, find_backoff, parse_retry_after
from catalog.net.ssrf_guard import Guard, normalise_host
from catalog.net.transport import Adapter

# Those with a Location that is followed; 300 and 304 are not.
REDIRECTS = frozenset([301, 302, 303, 307, 308])
# https://www.rfc-editor.org/rfc/rfc9110#section-15.4: the other three are for this request only.
PERMANENT = frozenset([301, 308])
# Open connections to so many hosts at a time; a longer list of links closes the oldest.
_KEPT_HOSTS = 100
_USER_NAME = re.compile(r"^((?:https?:)?//)[^/?#@]*@", re.IGNORECASE)
"""`https://name:secret@` and `//name@`, which are not stored or shown."""
_MOST_COOKIES = 50
"""Of one answer: browsers keep about that many for a site."""


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect on the way: which address answered with which status."""

    url: str
    status: int


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """An answer, whatever its status. `url` is where it came from, after the redirects in `hops`.

    `fault` says why `body` is not the whole one; `Client.get` raises instead.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fault: Reason | None = None
    hops: tuple[Hop, ...] = field(default=())
    cookies: tuple[str, ...] = ()
    """The values of `Set-Cookie`, each on its own."""

    @property
    def is_fine(self) -> bool:
        """Return whether the status is one of success."""
        return 200 <= self.status < 300

    @property
    def target(self) -> str | None:
        """Where a redirect leads, as an address in full; None for other answers."""
        place = self.headers.get("Location")
        if self.status not in REDIRECTS or not place:
            return None
        try:
            return urljoin(self.url, _to_web_address(place.strip()))
        except ValueError:
            return place


class Client:
    """Asks the web, politely and within limits, from any thread.

    `contact` is in the User-Agent: an address of a page or a mailbox. `allowed` names hosts
    that may be in private networks. Nothing is remembered from one request to the next: no
    cookies, no credentials, not even those of `.netrc`. Proxies and certificates of the environment
    are respected.
    """

    def __init__(  # noqa: PLR0913 - each has its default
        self,
        *,
        contact: str = "",
        allowed: tuple[str, ...] = (),
        limits: Limits | None = None,
        manners: RateLimits | None = None,
        clock: Clock | None = None,
        chance: random.Random | None = None,
        guard: Guard | None = None,
        certificates: str | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.clock = clock or Clock()
        self.chance = chance or random.Random()
        manners = manners or RateLimits()
        self.pacing = Pacer(manners, self.clock)
        self._has_proxies = bool(getproxies())
        self.user_agent = _to_user_agent(contact)
        # The adapter is the part of a session that keeps connections. The rest of it would read
        # .netrc, keep cookies, and read bodies of redirects whole, even those not followed.
        self._adapter = Adapter(
            guard or Guard(allowed),
            self.limits,
            hosts=_KEPT_HOSTS,
            per_host=manners.default.concurrency,
        )
        self._certificates = (
            certificates
            or os.environ.get("REQUESTS_CA_BUNDLE")
            or os.environ.get("CURL_CA_BUNDLE")
            or True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept."""
        self._adapter.close()

    def get(
        self, url: str, *, accept: str = "*/*", params: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """Return the answer to a GET after redirects and further tries, with its whole body.

        Any status is an answer; those that may go better a moment later are tried again first. Each
        host is asked at its pace; `Retry-After` is kept, up to `Limits.patience`. Raises
        `FetchError` when there is no answer, or none within the limits.
        """
        hops: list[Hop] = []
        place = f"{url}{'&' if '?' in url else '?'}{urlencode(params)}" if params else url
        while True:
            answer = self._try(place, {"Accept": accept, "Accept-Encoding": "gzip, deflate"})
            target = answer.target
            if target is None:
                if answer.fault is not None:
                    raise FetchError(answer.fault, place)
                return replace(answer, hops=tuple(hops))
            hops.append(Hop(place, answer.status))
            fault = find_redirect_fault(target, hops, self.limits)
            if fault is not None:
                raise FetchError(fault, url, target)
            place = target

    def send(
        self, method: str, url: str, headers: Mapping[str, str], *, limit: int
    ) -> HttpResponse:
        """Send one request now, whatever its host's pace, and read `limit` bytes of the body.

        Redirects are answers. Raises `FetchError` when there is none.
        """
        host_of(url)
        try:
            request = requests.PreparedRequest()
            request.prepare_method(method)
            request.prepare_url(url, None)
            request.prepare_headers({"User-Agent": self.user_agent, **headers})
            response = self._adapter.send(
                request,
                stream=True,
                timeout=(self.limits.connect, self.limits.idle),
                verify=self._certificates,
                proxies=get_environ_proxies(url) if self._has_proxies else {},
            )
        except ANSWER_ERRORS as error:
            raise FetchError(reason_of_request(error), url, _first_line(error)) from error
        with response:
            body = read_body(response, limit)
        found: CaseInsensitiveDict[str] = response.headers
        if places := response.raw.headers.getlist("Location"):
            # Some proxies repeat the header; joined by commas its values are not an address.
            found["Location"] = places[0]
        set_cookies = response.raw.headers.getlist("Set-Cookie")[:_MOST_COOKIES]
        return HttpResponse(
            url, response.status_code, found, body.data, body.fault, cookies=tuple(set_cookies)
        )

    def _try(self, url: str, headers: Mapping[str, str]) -> HttpResponse:
        """Send a request, and again while that may help."""
        host = host_of(url)
        tries = 0
        while True:
            tries += 1
            outcome = self._attempt(host, url, headers)
            seconds = self.wait_before_retry(outcome, tries)
            if seconds is None:
                break
            self.pacing.hold(host, seconds)
        if isinstance(outcome, FetchError):
            raise outcome
        return outcome

    def _attempt(
        self, host: str, url: str, headers: Mapping[str, str]
    ) -> HttpResponse | FetchError:
        with self.pacing.turn(host):
            try:
                return self.send("GET", url, headers, limit=self.limits.body)
            except FetchError as error:
                return error

    def wait_before_retry(self, outcome: HttpResponse | FetchError, tries: int) -> float | None:
        """Return the seconds after which another try makes sense, None when none does."""
        if tries > self.limits.retries:
            return None
        if isinstance(outcome, FetchError):
            is_hopeless = outcome.reason not in RETRIED
            return None if is_hopeless else find_backoff(tries, self.limits, self.chance)
        if outcome.fault in RETRIED:
            return find_backoff(tries, self.limits, self.chance)
        if outcome.status not in RETRIED_STATUSES:
            return None
        asked = parse_retry_after(outcome.headers, self.clock.now())
        if asked is None:
            return find_backoff(tries, self.limits, self.chance)
        return asked if asked <= self.limits.patience else None


def host_of(url: str) -> str:
    """Return the host of a web address, as politeness counts hosts.

    Raises `FetchError` for what is not an http or https address.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(Reason.NOT_WEB, url, str(error)) from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise FetchError(Reason.NOT_WEB, url, "neither http nor https")
    if host.split() != [host]:
        raise FetchError(Reason.NOT_WEB, url, "a space in the host")
    if parts.username is not None:
        raise FetchError(Reason.NOT_WEB, url, "an address with a user name")
    return normalise_host(host)


def _to_web_address(location: str) -> str:
    """Return a `Location` as browsers read it (https://url.spec.whatwg.org/#url-parsing).

    Header bytes arrive as Latin-1, and servers that do not escape `/café` send UTF-8. A backslash
    is a slash. A user name is left out: it is nobody's here.
    """
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    before, mark, query = location.partition("?")
    location = _USER_NAME.sub(r"\1", before.replace("\\", "/")) + mark + query
    return quote(location, safe="%/:=&?~#+!$,;'@()*[]")


def find_redirect_fault(target: str, hops: list[Hop], limits: Limits) -> Reason | None:
    """Return what is wrong with following the last of `hops` to `target`."""
    if any(hop.url == target for hop in hops):
        return Reason.REDIRECT_LOOP
    if len(hops) > limits.redirects:
        return Reason.REDIRECT_LONG
    try:
        host_of(target)
    except FetchError:
        return Reason.REDIRECT_BROKEN
    return None


def _to_user_agent(contact: str) -> str:
    """Return the User-Agent: the program and where to complain, in printable ASCII."""
    told = "".join(c for c in contact if c.isascii() and c.isprintable())
    return f"paper-catalog/{__version__}" + (f" (+{told})" if told else "")


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0][:200]
