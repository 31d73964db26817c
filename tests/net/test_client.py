"""Requests against servers that misbehave: each fault has a reason of its own."""

import random
import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme

from catalog.net import (
    Client,
    FetchError,
    Guard,
    HttpResponse,
    Limits,
    RateLimit,
    Reason,
    Services,
)
from catalog.net.limits import RateLimits
from catalog.net.retry import parse_retry_after
from tests.net import servers
from tests.net.clocks import FakeClock
from tests.net.conftest import make_context
from tests.net.servers import Host, Page, in_turn, redirect, say

LIMITS = Limits(connect=1, idle=0.5, total=1.0, body=64 * 1024, retries=0)


def make_client(**given: Any) -> Client:  # noqa: ANN401 - what Client takes
    settings: dict[str, Any] = {
        "allowed": ("127.0.0.1", "127.0.0.2", "127.0.0.3", "localhost"),
        "limits": LIMITS,
        "manners": RateLimits(RateLimit(4, 0)),
        "chance": random.Random(1),
    }
    return Client(**(settings | given))


def reason_at(url: str, **given: Any) -> Reason:  # noqa: ANN401 - what Client takes
    with make_client(**given) as client, pytest.raises(FetchError) as caught:
        client.get(url)
    return caught.value.reason


@pytest.mark.parametrize("status", [200, 204, 401, 403, 404, 410, 418, 429, 500, 503])
def test_every_status_is_an_answer(serve: Callable[..., Host], status: int) -> None:
    host = serve({"/": say(status, b"body")})
    with make_client() as client:
        answer = client.get(host.address + "/")
    assert (answer.status, answer.is_fine) == (status, status in (200, 204))
    assert answer.body == (b"" if status == 204 else b"body")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (servers.say_nothing, Reason.SLOW_ANSWER),
        (servers.drip_head, Reason.SLOW_ANSWER),
        (servers.drip_body, Reason.SLOW_BODY),
        (servers.send_for_ever, Reason.BODY_ENDLESS),
        (say(body=b"x" * 70_000), Reason.BODY_TOO_LARGE),
        (servers.send_less, Reason.BODY_INCOMPLETE),
        (servers.bomb(), Reason.BODY_BOMB),
        (say(body=b"no gzip", headers={"Content-Encoding": "gzip"}), Reason.BODY_UNREADABLE),
        (servers.reset, Reason.CONNECTION_RESET),
        (servers.raw(b""), Reason.CONNECTION_RESET),
        (servers.raw(b"220 mail.example.org ESMTP\r\n"), Reason.NOT_HTTP),
        (servers.raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n"), Reason.NOT_HTTP),
        (servers.raw(servers.NEGATIVE_CHUNK), Reason.NOT_HTTP),
        (redirect(302, "/"), Reason.REDIRECT_LOOP),
        (redirect(302, "ftp://example.org/"), Reason.REDIRECT_BROKEN),
        (redirect(302, "http://[::1"), Reason.REDIRECT_BROKEN),
    ],
    ids=lambda value: value.value if isinstance(value, Reason) else "",
)
def test_each_fault_has_its_reason(serve: Callable[..., Host], page: Page, reason: Reason) -> None:
    assert reason_at(serve({"/": page}).address + "/") is reason


def test_no_redirect_is_followed_for_ever(serve: Callable[..., Host]) -> None:
    pages = {f"/{n}": redirect(301, f"/{n + 1}") for n in range(50)}
    host = serve(pages)
    assert reason_at(host.address + "/0") is Reason.REDIRECT_LONG
    assert len(host.visits) == LIMITS.redirects + 1


def test_a_port_without_listener_refuses() -> None:
    url = f"http://127.0.0.1:{servers.free_port()}/"
    assert reason_at(url) is Reason.CONNECTION_REFUSED


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (socket.EAI_NONAME, Reason.NO_SUCH_HOST),
        (socket.EAI_AGAIN, Reason.DNS_FAILED),
    ],
)
def test_names_that_lead_nowhere_are_told_apart(number: int, reason: Reason) -> None:
    def look_up(*_rest: object, **_options: object) -> list[tuple[object, ...]]:
        raise socket.gaierror(number, "no")

    assert reason_at("http://nowhere.example/", guard=Guard(look_up=look_up)) is reason


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "example.org",
        "http://",
        "https:///path",
        "http://me:secret@example.org/",
        "http://[::1/",
        "http://example.org:99999/",
        "http://exa mple.org/",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    assert reason_at(url) is Reason.NOT_WEB


def test_an_expired_certificate_has_its_reason(
    serve: Callable[..., Host], authority: trustme.CA, certificates: str
) -> None:
    past = datetime(2001, 1, 1, tzinfo=UTC)
    host = serve(tls=make_context(authority, "127.0.0.1", expires=past))
    assert reason_at(host.address, certificates=certificates) is Reason.TLS_EXPIRED


def test_a_certificate_that_nobody_known_signed_has_its_reason(
    serve: Callable[..., Host], certificates: str
) -> None:
    host = serve(tls=make_context(trustme.CA(), "127.0.0.1"))
    assert reason_at(host.address, certificates=certificates) is Reason.TLS_UNTRUSTED


def test_a_certificate_of_another_host_has_its_reason(
    serve: Callable[..., Host], authority: trustme.CA, certificates: str
) -> None:
    host = serve(tls=make_context(authority, "other.example"))
    assert reason_at(host.address, certificates=certificates) is Reason.TLS_OTHER_HOST


def test_a_server_without_tls_has_its_reason(serve: Callable[..., Host]) -> None:
    host = serve()
    url = host.address.replace("http:", "https:")
    assert reason_at(url) is Reason.TLS_FAILED
    with make_client() as client, pytest.raises(FetchError, match=r"tls-failed \(.+\)$") as error:
        client.get(url)
    assert "\n" not in error.value.detail
    assert 0 < len(error.value.detail) <= 200


def test_a_good_certificate_is_trusted_and_dripping_is_cut_there_too(
    serve: Callable[..., Host], authority: trustme.CA, certificates: str
) -> None:
    pages = {"/": say(body=b"fine"), "/slow": servers.drip_head}
    host = serve(pages, tls=make_context(authority, "127.0.0.1"))
    with make_client(certificates=certificates) as client:
        assert client.get(host.address + "/").body == b"fine"
    assert reason_at(host.address + "/slow", certificates=certificates) is Reason.SLOW_ANSWER


def test_redirects_are_followed_over_hosts_and_told(serve: Callable[..., Host]) -> None:
    last = serve({"/end": say(body=b"here")}, ip="127.0.0.3")
    first = serve({"/a": redirect(301, "b"), "/b": redirect(307, last.address + "/end")})
    with make_client() as client:
        answer = client.get(first.address + "/a")
    assert answer.url == last.address + "/end"
    assert [hop.status for hop in answer.hops] == [301, 307]


def test_the_body_of_a_redirect_is_bounded_too(serve: Callable[..., Host]) -> None:
    host = serve({"/": servers.redirect_for_ever, "/fine": say(body=b"fine")})
    with make_client() as client:
        assert client.get(host.address + "/").body == b"fine"


def test_nothing_is_remembered_and_no_secret_is_sent(
    serve: Callable[..., Host], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    host = serve({"/": say(headers={"Set-Cookie": "id=1; Path=/"})})
    with make_client(contact="https://example.org/list") as client:
        client.get(host.address + "/")
        client.get(host.address + "/")
    for visit in host.visits:
        assert not {"cookie", "authorization", "referer"}.intersection(visit.headers)
        assert visit.headers["user-agent"].endswith("(+https://example.org/list)")


def test_connections_are_kept_and_one_that_was_cut_short_is_not(
    serve: Callable[..., Host],
) -> None:
    host = serve({"/": say(body=b"x"), "/large": say(body=b"x" * 70_000)})
    with make_client() as client:
        for _ in range(5):
            client.send("HEAD", host.address + "/", {}, limit=10)
            client.send("GET", host.address + "/", {}, limit=10)
        assert host.connections == 1
        assert client.send("GET", host.address + "/large", {}, limit=10).body == b"x" * 10
        client.send("GET", host.address + "/", {}, limit=10)
        assert host.connections == 2


def test_what_may_go_better_is_tried_again_after_growing_waits(
    serve: Callable[..., Host], clock: FakeClock
) -> None:
    host = serve({"/": in_turn(say(503), servers.reset, say(body=b"fine"))})
    limits = Limits(retries=2, backoff=10)
    with make_client(limits=limits, clock=clock) as client:
        assert client.get(host.address + "/").body == b"fine"
    assert len(host.visits) == 3
    first, second = clock.slept
    assert 5 <= first <= 10 <= second <= 20


def test_what_leaves_no_doubt_is_asked_once(serve: Callable[..., Host], clock: FakeClock) -> None:
    host = serve({"/": say(404)})
    with make_client(limits=Limits(retries=2), clock=clock) as client:
        assert client.get(host.address + "/").status == 404
    assert (len(host.visits), clock.slept) == (1, [])


@pytest.mark.parametrize("asked", ["30", "Sat, 01 Nov 2025 12:00:30 GMT"])
def test_retry_after_is_kept_as_seconds_and_as_a_date(
    serve: Callable[..., Host], clock: FakeClock, asked: str
) -> None:
    host = serve({"/": in_turn(say(429, headers={"Retry-After": asked}), say())})
    with make_client(limits=Limits(retries=1), clock=clock) as client:
        assert client.get(host.address + "/").status == 200
    assert clock.slept == [30]


@pytest.mark.parametrize(
    "asked",
    [
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "Mon, 01 Jan 2024 00:00:00 +9999999999",
        "soon",
        "9" * 5_000,
    ],
)
def test_any_retry_after_is_read_or_passed_over(asked: str) -> None:
    seconds = parse_retry_after({"Retry-After": asked}, datetime(2025, 11, 1, tzinfo=UTC))
    assert seconds is None or seconds >= 0


def test_a_wait_beyond_patience_is_not_waited_for(
    serve: Callable[..., Host], clock: FakeClock
) -> None:
    host = serve({"/": say(429, headers={"Retry-After": "86400"})})
    with make_client(limits=Limits(retries=1), clock=clock) as client:
        assert client.get(host.address + "/").status == 429
    assert clock.slept == []


def test_the_delay_of_a_host_lies_between_two_requests(
    serve: Callable[..., Host], clock: FakeClock
) -> None:
    host, other = serve({"/": say()}), serve({"/": say()}, ip="127.0.0.2")
    with make_client(clock=clock, manners=RateLimits(RateLimit(1, 3))) as client:
        for address in (host.address, other.address, host.address, host.address):
            client.get(address + "/")
    assert clock.slept == [3, 3]


def test_a_proxy_of_the_environment_is_asked_but_not_for_private_addresses(
    serve: Callable[..., Host], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(otherwise=say(body=b"from the proxy"))
    monkeypatch.setenv("http_proxy", proxy.address)

    def look_up(host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
        if host == "only-the-proxy-knows.example":
            raise socket.gaierror(socket.EAI_NONAME, "no")
        return [(socket.AF_INET, 1, 6, "", (host, port))]

    with make_client(guard=Guard(look_up=look_up)) as client:
        answer = client.get("http://only-the-proxy-knows.example/paper")
        assert answer.body == b"from the proxy"
        with pytest.raises(FetchError) as caught:
            client.get("http://169.254.169.254/latest/meta-data/")
    assert caught.value.reason is Reason.ADDRESS_REFUSED
    assert proxy.paths() == ["http://only-the-proxy-knows.example/paper"]


def test_parameters_are_put_into_the_address(serve: Callable[..., Host]) -> None:
    host = serve(otherwise=say())
    with make_client() as client:
        client.get(host.address + "/query", params={"id": "a b&c"})
        client.get(host.address + "/query?x=1", params={"y": "2"})
    assert host.paths() == ["/query?id=a+b%26c", "/query?x=1&y=2"]


def test_an_answer_tells_where_it_leads() -> None:
    def target(place: str) -> str | None:
        return HttpResponse("https://example.org/a/b", 302, {"Location": place}, b"").target

    assert target("../c?d#e") == "https://example.org/c?d#e"
    assert target("//other.example/") == "https://other.example/"
    assert HttpResponse("https://example.org/", 200, {"Location": "/"}, b"").target is None


def test_a_context_that_asks_for_tls_is_no_server_of_plain_http(
    serve: Callable[..., Host], authority: trustme.CA
) -> None:
    context: ssl.SSLContext = make_context(authority, "127.0.0.1")
    host = serve({"/": say()}, tls=context)
    assert reason_at(host.address.replace("https:", "http:")) in (
        Reason.CONNECTION_RESET,
        Reason.NOT_HTTP,
    )


def test_the_addresses_of_services_cannot_change_under_a_running_client() -> None:
    with pytest.raises(AttributeError):
        Services().doi = "https://other.example/"  # type: ignore[misc]
