"""Which addresses a request may connect to: public ones, and hosts that the user allows by name.

The links of a list are written by strangers. The guard looks a name up, judges every address that
comes back, and hands out the very addresses that were judged: a name that changes between look-up
and connect gains nothing. It is where sockets are made, so each redirect passes it too.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from typing import Any

from catalog.net.errors import FetchError, Reason, reason_of_connect

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
SocketAddress = tuple[socket.AddressFamily, tuple[Any, ...]]
"""A family and what `socket.connect` takes."""
LookUp = Callable[..., list[tuple[Any, ...]]]
"""`socket.getaddrinfo` or a stand-in."""

# https://www.iana.org/assignments/iana-ipv4-special-registry/ and …-ipv6-special-registry/. Kept
# here because `is_global` of Python says something else from version to version.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT; 100.100.100.200 is Alibaba's metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's metadata, in public space
        "169.254.0.0/16",  # link-local; 169.254.169.254 is the metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; 192.0.0.192 is Oracle's metadata
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4 wraps any IPv4 address
        "3fff::/20",  # documentation
    )
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All other IPv6 space is loopback, link-local, unique local, multicast or not given out."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: in a network without IPv4, every IPv4 host is reached under this prefix."""
_ISATAP = (0x5EFE, 0x2005EFE)
"""RFC 5214: an IPv4 address is in the last 32 bits after these interface ids."""


def is_public(address: Address) -> bool:
    """Return whether an address is one of the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _unwrap(address)
        if inner is not None:
            return is_public(inner)
        # The interface id is the last half of the address, its first 32 bits mark ISATAP.
        if address not in _GLOBAL_UNICAST or int(address) >> 32 & 0xFFFFFFFF in _ISATAP:
            return False
    return not any(address in network for network in _NOT_PUBLIC)


def _unwrap(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that a mapped or translated one leads to."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


def parse_address(host: str) -> Address | None:
    """Return the address that a host spells in any way that some system takes, or None.

    `127.0.0.1`, `2130706433`, `0x7f.1`, `0177.0.0.1`, `[::1]`, `fe80::1%eth0`.
    """
    bare = host.strip("[]").rstrip(".").partition("%")[0]
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(bare))
    except (OSError, UnicodeError):
        return None


def normalise_host(host: str) -> str:
    """Return a host as it is compared: lower case, no brackets, no final dot."""
    return host.lower().strip("[]").rstrip(".")


class Guard:
    """Judges hosts. `allowed` names those that may be anywhere, as addresses write them."""

    def __init__(self, allowed: Iterable[str] = (), look_up: LookUp | None = None) -> None:
        self._allowed = frozenset(map(normalise_host, allowed))
        self._look_up = look_up

    def find_addresses(self, host: str, port: int) -> list[SocketAddress]:
        """Return the addresses of a host, all of them judged.

        Raises `FetchError`: the name does not exist, cannot be looked up, or one of its addresses
        is not public. One such address among public ones is a trick, not an accident.
        """
        address = parse_address(host)
        if address is not None:
            self._judge(host, address)
        found = self._find(str(address) if address is not None else host.strip("[]"), port)
        for _, target in found:
            self._judge(host, ipaddress.ip_address(str(target[0]).partition("%")[0]))
        return found

    def check_behind_proxy(self, host: str, port: int) -> None:
        """Refuse what a proxy must not be asked for.

        The proxy looks names up itself; a name that only it knows cannot be judged here.
        """
        try:
            self.find_addresses(host, port)
        except FetchError as error:
            if error.reason is Reason.ADDRESS_REFUSED:
                raise

    def _judge(self, host: str, address: Address) -> None:
        if normalise_host(host) not in self._allowed and not is_public(address):
            raise FetchError(Reason.ADDRESS_REFUSED, host, f"{address} is not public")

    def _find(self, host: str, port: int) -> list[SocketAddress]:
        # Asked for by name on each call: a test that guards the function guards this too.
        look_up = self._look_up or socket.getaddrinfo
        try:
            rows = look_up(host, port, type=socket.SOCK_STREAM)
        except UnicodeError as error:
            raise FetchError(Reason.NO_SUCH_HOST, host, "not a name of a host") from error
        except OSError as error:
            raise FetchError(reason_of_connect(error), host, error.strerror or "") from error
        return [(family, target) for family, _, _, _, target in rows]
