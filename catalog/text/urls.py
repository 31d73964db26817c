"""Web addresses: which are well-formed, and what is wrong with the others."""

import ipaddress
import re

# RFC 3986 without user names, which hide where an address leads, and with hosts in ASCII (other
# scripts as punycode): letters that look alike must not pass for another host. Paths may be IRIs.
# Labels as in RFC 1035, 2.3.4; those of some hosts hold a low line.
_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_URL = re.compile(
    rf"https?://(?P<host>(?:{_LABEL}\.)*(?P<last>{_LABEL}))(?::(?P<port>[0-9]{{1,5}}))?"
    r"(?:[/?#][^\s<>\"\\^`{|}]*)?",
    re.IGNORECASE,
)
"""`https://example.org:8080/a?b#c`, with no sign that ends an address in a text."""
_USER_INFO = re.compile(r"https?://[^/?#]*@", re.IGNORECASE)
# `%0A`, `%00`: what decodes the address would get a line end or a null.
_ESCAPED_CONTROL = re.compile("%(?:[01][0-9a-f]|7f)", re.IGNORECASE)
# https://url.spec.whatwg.org/#ends-in-a-number-checker: browsers read such a host as an IPv4
# address, in octal and hexadecimal too. Only the plain form shows which one it is.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
# Four numbers up to 255, none with a leading zero, which some systems read as octal.
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}")
# TCP has 16 bits for it.
_LAST_PORT = 65_535
LONGEST_URL = 2_000
"""Browsers, servers and mail programs cut longer addresses, each elsewhere."""


def is_url(text: str) -> bool:
    """Return whether `text` is a well-formed web address."""
    found = _URL.fullmatch(text)
    if found is None or not text.isprintable() or len(text) > LONGEST_URL:
        return False
    if not _is_public(found["host"].lower(), found["last"].lower()):
        return False
    is_port = found["port"] is None or int(found["port"]) <= _LAST_PORT
    return is_port and ("%" not in text or _ESCAPED_CONTROL.search(text) is None)


def _is_public(host: str, last: str) -> bool:
    """Return whether a host is one of the public web, as far as its name shows."""
    if _NUMBER.fullmatch(last):
        return _IPV4.fullmatch(host) is not None and ipaddress.ip_address(host).is_global
    return host not in _PRIVATE and not host.endswith(tuple(f".{name}" for name in _PRIVATE))


# RFC 6761, 6.3; RFC 6762; RFC 8375; ICANN's resolution of 2024-07-29 on .internal; and the names
# that routers and systems give out for machines next to them.
_PRIVATE = ("localhost", "local", "home.arpa", "internal", "localdomain", "intranet", "lan")


def explain_url(url: str) -> str:
    """Return what to change in an address that is not well-formed."""
    if _USER_INFO.match(url):
        return "delete the user name before the host"
    host = re.split("[/?#]", url.partition("://")[2])[0]
    if not host.isascii():
        return "write the host in ASCII (punycode, xn--…)"
    if len(url) > LONGEST_URL:
        return f"find one of at most {LONGEST_URL:,} characters"
    if _ESCAPED_CONTROL.search(url):
        return "delete the control character, %00 to %1F and %7F"
    return _explain_host(host) or "percent-encode spaces, quotes and brackets"


def _explain_host(host: str) -> str | None:
    # Without the port.
    name = re.sub(":[0-9]+$", "", host).lower()
    is_name = _URL.fullmatch(f"https://{name}/") is not None
    if is_name and not _is_public(name, name.rpartition(".")[2]):
        is_number = _NUMBER.fullmatch(name.rpartition(".")[2]) and not _IPV4.fullmatch(name)
        if not is_number:
            return "use an address of the public web: this one leads into a private network"
    if any(map(str.isdigit, host)) and not is_url(f"https://{host}/"):
        return "write the host by its name, and a port of at most 65535"
    return None
