"""Each way in which a real server behaves gives exactly its status and reason."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme
from requests.structures import CaseInsensitiveDict

from catalog.linkcheck.page_signs import find_wall
from catalog.linkcheck.plan import select_due
from catalog.linkcheck.requests import follow_politely
from catalog.net import Client, HttpResponse
from catalog.store.link_status import Status
from tests.linkcheck.conftest import TODAY, Web, link
from tests.net import servers
from tests.net.clocks import FakeClock
from tests.net.conftest import make_context
from tests.net.servers import Host, Page, by_method, html, in_turn, redirect, say

TITLE = "Things, and How to Align Them"
ALIVE, MOVED, BLOCKED = Status.ALIVE, Status.MOVED, Status.BLOCKED
DEAD, TIMEOUT, SKIPPED = Status.DEAD, Status.TIMEOUT, Status.SKIPPED

FINE = html(f"<title>{TITLE}</title>")
refused = say(405)

BEHAVIOURS: dict[str, tuple[Page | dict[str, Page], Status, str | None]] = {
    "200": (say(), ALIVE, None),
    "200-page": (FINE, ALIVE, None),
    "203": (say(203), ALIVE, None),
    "206": (by_method(HEAD=refused, GET=say(206, b"part")), ALIVE, None),
    "head-405": (by_method(HEAD=refused, GET=say(body=b"x")), ALIVE, None),
    "head-403": (by_method(HEAD=say(403), GET=say(body=b"x")), ALIVE, None),
    "head-404": (by_method(HEAD=say(404), GET=say(body=b"x")), ALIVE, None),
    "head-501": (by_method(HEAD=say(501), GET=say(body=b"x")), ALIVE, None),
    "head-reset": (by_method(HEAD=servers.reset, GET=say(body=b"x")), ALIVE, None),
    "head-silent": (by_method(HEAD=servers.say_nothing, GET=say(body=b"x")), ALIVE, None),
    "range-416": (by_method(HEAD=refused, GET=say(416)), ALIVE, None),
    "301": ({"/": redirect(301, "/new"), "/new": say()}, MOVED, None),
    "308": ({"/": redirect(308, "/new"), "/new": say()}, MOVED, None),
    "302": ({"/": redirect(302, "/new"), "/new": say()}, ALIVE, None),
    "303": ({"/": redirect(303, "/new"), "/new": say()}, ALIVE, None),
    "307": ({"/": redirect(307, "/new"), "/new": say()}, ALIVE, None),
    "301-301": (
        {"/": redirect(301, "/b"), "/b": redirect(301, "/c"), "/c": say()}, MOVED, None
    ),
    "302-301": (
        {"/": redirect(302, "/b"), "/b": redirect(301, "/c"), "/c": say()}, ALIVE, None
    ),
    "301-404": ({"/": redirect(301, "/gone")}, DEAD, "http-404"),
    "loop": ({"/": redirect(302, "/b"), "/b": redirect(302, "/")}, TIMEOUT, "redirect-loop"),
    "loop-of-one": (redirect(301, "/"), TIMEOUT, "redirect-loop"),
    "long": (
        {"/": redirect(302, "/0"), **{f"/{n}": redirect(302, f"/{n + 1}") for n in range(20)}},
        TIMEOUT,
        "redirect-long",
    ),
    "to-ftp": (redirect(302, "ftp://example.org/"), TIMEOUT, "redirect-broken"),
    "to-login": (
        {"/": redirect(302, "/login?next=/"), "/login": html("<title>Log in</title>")},
        BLOCKED,
        "redirect-login",
    ),
    "to-inside": (redirect(302, "http://10.0.0.1/"), SKIPPED, "address-refused"),
    "401": (say(401), BLOCKED, "http-401"),
    "403": (say(403), BLOCKED, "http-403"),
    "418": (say(418), BLOCKED, "http-418"),
    "429": (say(429), BLOCKED, "http-429"),
    "429-retry-after": (say(429, headers={"Retry-After": "30"}), BLOCKED, "http-429"),
    "429-then-fine": (in_turn(say(429, headers={"Retry-After": "30"}), say()), ALIVE, None),
    "451": (say(451), BLOCKED, "http-451"),
    "cloudflare": (say(403, headers={"cf-mitigated": "challenge"}), BLOCKED, "wall-cloudflare"),
    "cloudflare-503": (
        html("<title>Just a moment...</title>", 503), BLOCKED, "wall-cloudflare"
    ),
    "aws-202": (
        say(202, headers={"x-amzn-waf-action": "challenge"}), BLOCKED, "wall-aws"
    ),
    "captcha": (html("<title>Are you a robot?</title>"), BLOCKED, "wall-captcha"),
    "404": (say(404), DEAD, "http-404"),
    "404-page": (html("<title>Oh</title>", 404), DEAD, "http-404"),
    "410": (say(410), DEAD, "http-410"),
    "400": (say(400), TIMEOUT, "http-400"),
    "500": (say(500), TIMEOUT, "http-500"),
    "503": (say(503), TIMEOUT, "http-503"),
    "503-then-fine": (in_turn(say(503), say()), ALIVE, None),
    "5xx-in-turn-then-fine": (
        by_method(HEAD=say(500), GET=in_turn(say(502), say(body=b"x"))), ALIVE, None
    ),
    "slow-head": (servers.drip_head, TIMEOUT, "slow-answer"),
    "silent": (servers.say_nothing, TIMEOUT, "slow-answer"),
    "slow-body": (by_method(HEAD=refused, GET=servers.drip_body), ALIVE, "slow-body"),
    "endless-body": (by_method(HEAD=refused, GET=servers.send_for_ever), ALIVE, "body-endless"),
    "large-body": (by_method(HEAD=refused, GET=say(body=b"x" * 500_000)), ALIVE, None),
    "reset": (servers.reset, TIMEOUT, "connection-reset"),
    "closed": (servers.raw(b""), TIMEOUT, "connection-reset"),
    "wrong-length": (
        by_method(HEAD=refused, GET=servers.send_less), ALIVE, "body-incomplete"
    ),
    "gzip-bomb": (by_method(HEAD=refused, GET=servers.bomb()), BLOCKED, "body-bomb"),
    "not-http": (servers.raw(b"SSH-2.0-OpenSSH\r\n"), TIMEOUT, "not-http"),
    "soft-404": (html("<title>Page not found | Press</title>"), TIMEOUT, "soft-404"),
    "soft-404-h1": (html("<title>Press</title><h1> 404 </h1>"), TIMEOUT, "soft-404"),
    "soft-404-pages": (html("<p>There isn't a GitHub Pages site here.</p>"), TIMEOUT, "soft-404"),
    "soft-404-german": (html("<title>Seite nicht gefunden</title>"), TIMEOUT, "soft-404"),
    "parked": (html("<title>things.example is for sale</title>"), TIMEOUT, "parked"),
    "about-404": (
        html(f"<title>404 {TITLE}</title>"), ALIVE, None
    ),
    "title-not-found": (html("<title>What Is Not Found in Latent Space</title>"), ALIVE, None),
}  # fmt: skip


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_each_behaviour_gives_its_status_and_reason(
    name: str, web: Web, serve: Callable[..., Host], state: Path
) -> None:
    pages, status, reason = BEHAVIOURS[name]
    host = serve(pages if isinstance(pages, dict) else {"/": pages})
    url = host.address + "/"
    found = web.check(state, [link(url, "links.page", TITLE)])[url]
    assert (found.status, found.reason) == (status, reason)
    if name in ("301", "308"):
        assert found.moved_to == host.address + "/new"
    if name == "301-301":
        assert found.moved_to == host.address + "/c"


def test_the_table_of_walls_knows_hosts() -> None:
    def wall(url: str, status: int) -> str | None:
        return find_wall(HttpResponse(url, status, {}, b""), "")

    assert wall("https://ieeexplore.ieee.org/document/1", 202) == "wall-ieee"
    assert wall("https://ieeexplore.ieee.org/document/1", 418) == "wall-ieee"
    assert wall("https://example.org/", 202) is None
    assert wall("https://dl.acm.org/doi/10.1145/1", 403) == "wall-acm"
    assert wall("https://notdl.acm.org/doi/10.1145/1", 403) == "http-403"
    assert wall("https://www.linkedin.com/in/me", 999) == "http-999"


def tls_cases() -> list[tuple[str, str]]:
    return [
        ("expired", "tls-expired"),
        ("self-signed", "tls-untrusted"),
        ("other-host", "tls-other-host"),
    ]


@pytest.mark.parametrize(("case", "reason"), tls_cases())
def test_each_fault_of_tls_has_its_reason(  # noqa: PLR0913 - fixtures
    case: str,
    reason: str,
    web: Web,
    serve: Callable[..., Host],
    state: Path,
    authority: trustme.CA,
) -> None:
    context = {
        "expired": lambda: make_context(
            authority, "127.0.0.1", expires=datetime(2001, 1, 1, tzinfo=UTC)
        ),
        "self-signed": lambda: make_context(trustme.CA(), "127.0.0.1"),
        "other-host": lambda: make_context(authority, "other.example"),
    }[case]()
    url = serve({"/": say()}, tls=context).address + "/"
    found = web.check(state, [link(url)])[url]
    assert (found.status, found.reason) == (TIMEOUT, reason)


def test_a_good_certificate_is_fine_and_a_downgrade_is_named(
    web: Web, serve: Callable[..., Host], state: Path, authority: trustme.CA
) -> None:
    plain = serve({"/p": say()})
    pages = {"/": say(), "/down": redirect(301, plain.address + "/p")}
    host = serve(pages, tls=make_context(authority, "127.0.0.1"))
    states = web.check(state, [link(host.address + "/"), link(host.address + "/down")])
    assert states[host.address + "/"].status is ALIVE
    found = states[host.address + "/down"]
    assert (found.status, found.reason, found.is_same) == (MOVED, "redirect-http", False)


def test_nobody_listens(web: Web, state: Path) -> None:
    url = f"http://127.0.0.1:{servers.free_port()}/"
    found = web.check(state, [link(url)])[url]
    assert (found.status, found.reason) == (TIMEOUT, "connection-refused")


def test_a_deep_link_that_ends_on_the_home_page_is_named(
    web: Web, serve: Callable[..., Host], state: Path
) -> None:
    host = serve({"/paper/1": redirect(302, "/"), "/": html("<title>Press</title>")})
    url = host.address + "/paper/1"
    found = web.check(state, [link(url, "links.page", TITLE)])[url]
    assert (found.status, found.reason) == (TIMEOUT, "redirect-home")


def test_the_home_page_of_the_paper_is_its_page(
    web: Web, serve: Callable[..., Host], state: Path
) -> None:
    host = serve({"/paper/1": redirect(302, "/"), "/": FINE})
    url = host.address + "/paper/1"
    assert web.check(state, [link(url, "links.page", TITLE)])[url].status is ALIVE


def test_head_comes_first_and_get_only_where_it_tells_more(
    web: Web, serve: Callable[..., Host], state: Path
) -> None:
    host = serve({"/pdf": say(), "/page": FINE, "/no-head": by_method(HEAD=refused, GET=say())})
    web.check(state, [link(host.address + path) for path in host.pages])
    asked = [(visit.method, visit.path) for visit in host.visits]
    assert asked == [
        ("HEAD", "/pdf"),
        ("HEAD", "/page"),
        ("HEAD", "/no-head"),
        ("GET", "/page"),
        ("GET", "/no-head"),
    ]
    ranged = {visit.headers.get("range") for visit in host.visits if visit.method == "GET"}
    assert ranged == {"bytes=0-65535"}


def test_never_more_than_64_kilobytes_of_a_body_are_taken(
    web: Web, serve: Callable[..., Host], state: Path
) -> None:
    sent = [0]

    def stream(visit: servers.Visit) -> None:
        visit.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not visit.stopped.is_set():
            visit.send(b"x" * 1024)
            sent[0] += 1024

    host = serve({"/": by_method(HEAD=refused, GET=stream)})
    web.check(state, [link(host.address + "/")])
    # What the server could send before the connection was cut lies in buffers of the system.
    assert 64 * 1024 < sent[0] < 8 * 1024 * 1024


def test_a_second_look_is_a_later_one(
    web: Web, serve: Callable[..., Host], state: Path, clock: FakeClock
) -> None:
    host = serve({"/": by_method(HEAD=say(404), GET=say(404))})
    web.check(state, [link(host.address + "/")])
    assert [visit.method for visit in host.visits] == ["HEAD", "GET"]
    assert clock.slept == [20]


def test_retry_after_holds_the_whole_host_and_no_other(
    web: Web, serve: Callable[..., Host], state: Path, clock: FakeClock
) -> None:
    busy = by_method(HEAD=say(429, headers={"Retry-After": "60"}), GET=say())
    host, other = serve({"/a": busy, "/b": say()}), serve({"/c": say()}, ip="127.0.0.2")
    moments: dict[str, float] = {}
    for server in (host, other):
        for path, page in list(server.pages.items()):

            def noted(visit: servers.Visit, page: Page = page) -> bool | None:
                moments[visit.path] = clock.monotonic()
                return page(visit)

            server.pages[path] = noted
    urls = [host.address + "/a", host.address + "/b", other.address + "/c"]
    states = web.check(state, map(link, urls))
    assert {states[url].status for url in urls} == {ALIVE}
    assert (moments["/c"], moments["/b"], moments["/a"]) == (0, 60, 60)


def test_a_host_that_asks_for_more_than_patience_is_left_alone(
    web: Web, serve: Callable[..., Host], state: Path, clock: FakeClock
) -> None:
    host = serve(otherwise=say(429, headers={"Retry-After": "86400"}))
    urls = [f"{host.address}/{n}" for n in range(5)]
    states = web.check(state, map(link, urls))
    assert len(host.visits) == 1
    assert states[urls[0]].status is BLOCKED
    assert {states[url].reason for url in urls[1:]} == {"host-busy"}
    assert clock.monotonic() < 86400


def test_a_host_that_fails_alike_again_and_again_is_left_alone(
    web: Web, serve: Callable[..., Host], state: Path, authority: trustme.CA
) -> None:
    past = datetime(2001, 1, 1, tzinfo=UTC)
    host = serve(tls=make_context(authority, "127.0.0.1", expires=past))
    urls = [f"{host.address}/{n}" for n in range(30)]
    states = web.check(state, map(link, urls))
    failed = [url for url in urls if states[url].status is TIMEOUT]
    skipped = [url for url in urls if states[url].status is SKIPPED]
    assert {states[url].reason for url in failed} == {"tls-expired"}
    assert {states[url].reason for url in skipped} == {"host-failing"}
    assert len(failed) + len(skipped) == 30
    assert host.connections <= 6
    # What was not requested is first in the next run.
    due = select_due(map(link, urls), states, TODAY)
    assert {found.url for found in due[: len(skipped)]} == set(skipped)


def test_a_page_that_did_not_change_is_not_read_again(
    web: Web, serve: Callable[..., Host], state: Path
) -> None:
    first = say(200, b"<title>A</title>", type_="text/html", headers={"ETag": '"1"'})
    tagged = by_method(HEAD=in_turn(first, say(304), say(304)), GET=first)
    host = serve({"/": tagged})
    url = host.address + "/"
    for _ in range(2):
        assert web.check(state, [link(url)])[url].status is ALIVE
    asked = [(visit.method, visit.headers.get("if-none-match")) for visit in host.visits]
    assert asked == [("HEAD", None), ("GET", None), ("HEAD", '"1"')]


@pytest.mark.parametrize(
    ("url", "kind", "is_read"),
    [
        ("https://example.org/x", "TEXT/HTML; charset=utf-8", True),
        ("https://example.org/x", None, True),
        ("https://example.org/x.pdf", "application/pdf", False),
        ("https://GitHub.com/ada-example/things", "text/html", False),
    ],
)
def test_after_head_a_page_is_read_where_it_may_say_that_it_is_not_there(
    url: str, kind: str | None, is_read: bool
) -> None:
    headers = CaseInsensitiveDict({"Content-Type": kind} if kind else {})
    with Client() as client:
        trip = follow_politely(client, url, None)
        assert next(trip).method == "HEAD"
        try:
            method = trip.send(HttpResponse(url, 200, headers, b"")).method
        except StopIteration:
            method = None
    assert method == ("GET" if is_read else None)
