"""No request to an address that is not public, in whatever spelling: proved at the socket."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from catalog.net import Client, FetchError, Guard, Limits, RateLimit, Reason
from catalog.net.limits import RateLimits
from catalog.net.ssrf_guard import is_public
from tests.net.servers import Host, redirect, say

Connects = list[Any]

# Every spelling that some parser of addresses takes. {port}: there a server really listens.
SPELLINGS = [
    "http://127.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0x0.0x0.0x1:{port}/",
    "http://0x7f.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0177.0.0.01:{port}/",
    "http://017700000001:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://127.0.0.2:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[64:ff9b:1::127.0.0.1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2001:0:7f00:1::]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[fe80::5efe:127.0.0.1]:{port}/",
    "http://[2001:4860::5efe:7f00:1]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://[ff02::1]:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127%2e0%2e0%2e1:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/latest/meta-data/",
    "http://0xA9FEA9FE/latest/meta-data/",
    "http://100.100.100.200/latest/meta-data/",
    "http://192.0.0.192/opc/v1/instance/",
    "http://168.63.129.16/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://user@127.0.0.1:{port}/",
    "http://example.org@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@example.org/",
    "http://points-inside.example:{port}/",
    "http://points-both-ways.example:{port}/",
    "http://changes.example:{port}/",
    "gopher://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "dict://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
]

NAMES = {
    "points-inside.example": ["10.1.2.3"],
    "points-both-ways.example": ["93.184.215.14", "127.0.0.1"],
    "localhost": ["127.0.0.1", "::1"],
}


@pytest.fixture
def connects(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connects]:
    """Every address that a socket of Python was told to connect to; none of them is let out."""
    told: Connects = []

    def note(_self: socket.socket, address: Any) -> None:  # noqa: ANN401 - as sockets have it
        told.append(address)
        raise ConnectionRefusedError("caught by the test")

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "connect", note)
        patch.setattr(socket.socket, "connect_ex", note)
        yield told


def look_up(host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
    """The names of the tests; `changes.example` is public the first time and inside afterwards."""
    if host == "changes.example":
        NAMES[host] = ["127.0.0.1"] if host in NAMES else ["93.184.215.14"]
    addresses = NAMES.get(host.lower().rstrip("."), [host])
    try:
        found = [ipaddress.ip_address(address) for address in addresses]
    except ValueError:
        raise socket.gaierror(socket.EAI_NONAME, "no such name") from None
    return [
        (
            socket.AF_INET if address.version == 4 else socket.AF_INET6,
            1,
            6,
            "",
            (str(address), port),
        )
        for address in found
    ]


def make_client(**given: Any) -> Client:  # noqa: ANN401 - what Client takes
    limits = Limits(connect=1, idle=1, total=2, retries=0)
    return Client(limits=limits, manners=RateLimits(RateLimit(4, 0)), **given)


def test_the_table_has_its_size() -> None:
    assert len(set(SPELLINGS)) >= 40


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_connects(
    serve: Callable[..., Host], connects: Connects, spelling: str
) -> None:
    host = serve({"/": say(body=b"secret")})
    NAMES.pop("changes.example", None)
    told_outside = {("93.184.215.14", host.port)}
    with make_client(guard=Guard(look_up=look_up)) as client:
        for _ in range(2):
            with pytest.raises(FetchError) as caught:
                client.get(spelling.format(port=host.port))
    assert set(connects) <= told_outside
    assert host.visits == []
    if "changes" not in spelling:
        assert connects == []
        assert caught.value.reason in (
            Reason.ADDRESS_REFUSED,
            Reason.NOT_WEB,
            Reason.NO_SUCH_HOST,
        )


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_leads_inside(serve: Callable[..., Host], spelling: str, status: int) -> None:
    inside = serve({"/": say(body=b"secret")}, ip="127.0.0.2")
    # 127.0.0.1 is let in here, so no spelling of it may be left: another test may serve that port.
    target = spelling.format(port=inside.port).replace("127.0.0.1", "127.0.0.2")
    target = target.replace("127%2e0%2e0%2e1", "127%2e0%2e0%2e2")
    target = target.encode("ascii", "xmlcharrefreplace").decode()
    open_host = serve({"/": redirect(status, target)})
    with (
        make_client(guard=Guard(["127.0.0.1"], look_up=look_up)) as client,
        pytest.raises(FetchError),
    ):
        client.get(open_host.address + "/")
    assert inside.visits == []
    assert inside.connections == 0


def test_the_judged_address_is_the_one_that_is_connected_to(connects: Connects) -> None:
    """A name that changes between look-up and connect: there is only one look-up."""
    asked: list[str] = []

    def changing(host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
        asked.append(host)
        address = "93.184.215.14" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, 1, 6, "", (address, port))]

    with make_client(guard=Guard(look_up=changing)) as client:
        with pytest.raises(FetchError):
            client.get("http://rebinding.example/")
        assert (asked, connects) == (["rebinding.example"], [("93.184.215.14", 80)])
        with pytest.raises(FetchError) as caught:
            client.get("http://rebinding.example/")
    assert caught.value.reason is Reason.ADDRESS_REFUSED
    assert connects == [("93.184.215.14", 80)]


def test_a_host_that_is_allowed_by_name_is_reached_and_no_other(
    serve: Callable[..., Host],
) -> None:
    host = serve({"/": say(body=b"fine")})
    with make_client(allowed=("LocalHost.",)) as client:
        assert client.get(f"http://localhost:{host.port}/").body == b"fine"
        with pytest.raises(FetchError) as caught:
            client.get(host.address + "/")
    assert caught.value.reason is Reason.ADDRESS_REFUSED


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14",
        "8.8.8.8",
        "172.15.255.255",
        "172.32.0.0",
        "100.128.0.1",
        "223.255.255.255",
        "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
        "2a00:1450:4001::200e",
        "::ffff:93.184.215.14",
        "64:ff9b::93.184.215.14",
    ],
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("version", [4, 6])
def test_what_python_calls_private_is_not_public(version: int) -> None:
    edges = {
        4: ["0.0.0.0", "10.255.255.255", "127.255.255.255", "169.254.0.0", "192.168.255.255"],
        6: ["::", "::1", "fc00::", "fdff::1", "fe80::", "febf::1", "ff00::", "2001:db8::1"],
    }
    for address in edges[version]:
        assert not is_public(ipaddress.ip_address(address)), address
