"""Why there is no answer: one exception, with a reason of its own for each way to fail."""

import errno
import socket
import ssl
from collections.abc import Iterator
from enum import StrEnum
from http.client import HTTPException, IncompleteRead, RemoteDisconnected

import requests
import urllib3.exceptions

from catalog.errors import CatalogError


class Reason(StrEnum):
    """Why a request gave no answer that can be used."""

    NO_SUCH_HOST = "no-such-host"
    """The name does not exist."""
    DNS_FAILED = "dns-failed"
    """The name could not be looked up now."""
    ADDRESS_REFUSED = "address-refused"
    """The name leads to an address that is not public."""
    NOT_WEB = "not-web"
    """Neither http nor https, or not an address at all."""
    CONNECTION_REFUSED = "connection-refused"
    """Nobody listens there."""
    UNREACHABLE = "unreachable"
    """No way leads there."""
    CONNECTION_RESET = "connection-reset"
    """The connection was cut before an answer."""
    TLS_EXPIRED = "tls-expired"
    """The certificate is out of date."""
    TLS_UNTRUSTED = "tls-untrusted"
    """The certificate is self-signed, or signed by an unknown authority."""
    TLS_OTHER_HOST = "tls-other-host"
    """The certificate is that of another host."""
    TLS_FAILED = "tls-failed"
    """No secure connection came about."""
    SLOW_CONNECT = "slow-connect"
    """No connection in time."""
    SLOW_ANSWER = "slow-answer"
    """Connected, but no answer in time."""
    SLOW_BODY = "slow-body"
    """An answer whose body did not come in time."""
    BODY_TOO_LARGE = "body-too-large"
    """The body is larger than what is read, and says so."""
    BODY_ENDLESS = "body-endless"
    """A body without stated length did not end within what is read."""
    BODY_INCOMPLETE = "body-incomplete"
    """The body ended before its stated length."""
    BODY_BOMB = "body-bomb"
    """A compressed body that unpacks to far more than what is read."""
    BODY_UNREADABLE = "body-unreadable"
    """A compressed body that cannot be unpacked."""
    NOT_HTTP = "not-http"
    """What came back is not HTTP."""
    PROXY_FAILED = "proxy-failed"
    """The proxy of the environment did not lead there."""
    HOST_BUSY = "host-busy"
    """The host asked to be left alone for longer than a run lasts."""
    HOST_FAILING = "host-failing"
    """Not requested: the host failed several times in a row before."""
    REDIRECT_LOOP = "redirect-loop"
    """The redirects go round in a circle."""
    REDIRECT_LONG = "redirect-long"
    """More redirects than anyone needs."""
    REDIRECT_BROKEN = "redirect-broken"
    """A redirect that names no address of the web."""


TIMEOUTS = frozenset([Reason.SLOW_CONNECT, Reason.SLOW_ANSWER, Reason.SLOW_BODY])
RETRIED = TIMEOUTS | {
    Reason.DNS_FAILED,
    Reason.CONNECTION_RESET,
    Reason.BODY_INCOMPLETE,
    Reason.UNREACHABLE,
    Reason.PROXY_FAILED,
}
"""What may go better a moment later."""


# What reading an answer may raise, whatever its server wrote: the libraries' own errors, those of
# the connection, and those of numbers that are none (a chunk of -5 bytes).
ANSWER_ERRORS = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    HTTPException,
    OSError,
    ValueError,
    ArithmeticError,
)


class FetchError(CatalogError):
    """A request gave no answer that can be used."""

    def __init__(self, reason: Reason, url: str, detail: str = "") -> None:
        super().__init__(f"{url}: {reason}" + (f" ({detail})" if detail else ""))
        self.reason = reason
        self.url = url
        self.detail = detail


_NO_SUCH_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
"""The resolver knows that there is no such name; other errors of it are temporary."""
_UNREACHABLE = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EACCES}
"""There is no route from here: a fault of this network as often as of the host."""

# https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/: the numbers of verify_code.
_TLS_CODES = {
    10: Reason.TLS_EXPIRED,  # X509_V_ERR_CERT_HAS_EXPIRED
    9: Reason.TLS_EXPIRED,  # X509_V_ERR_CERT_NOT_YET_VALID
    18: Reason.TLS_UNTRUSTED,  # X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT
    19: Reason.TLS_UNTRUSTED,  # X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN
    20: Reason.TLS_UNTRUSTED,  # X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY
    21: Reason.TLS_UNTRUSTED,  # X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE
    62: Reason.TLS_OTHER_HOST,  # X509_V_ERR_HOSTNAME_MISMATCH
    64: Reason.TLS_OTHER_HOST,  # X509_V_ERR_IP_ADDRESS_MISMATCH
}


def reason_of_connect(error: OSError) -> Reason:
    """Return why a name could not be looked up or a connection not be made."""
    if isinstance(error, socket.gaierror):
        return Reason.NO_SUCH_HOST if error.errno in _NO_SUCH_HOST else Reason.DNS_FAILED
    if isinstance(error, TimeoutError):
        return Reason.SLOW_CONNECT
    if isinstance(error, ConnectionRefusedError):
        return Reason.CONNECTION_REFUSED
    if error.errno in _UNREACHABLE:
        return Reason.UNREACHABLE
    return Reason.CONNECTION_RESET


def reason_of_request(error: BaseException) -> Reason:
    """Return why a connection gave no head of an answer."""
    causes = tuple(_walk_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _TLS_CODES.get(cause.verify_code, Reason.TLS_FAILED)
    return _first_reason(causes, _REQUEST_REASONS, Reason.NOT_HTTP)


def reason_of_body(error: BaseException) -> Reason:
    """Return why a body broke off."""
    return _first_reason(tuple(_walk_causes(error)), _BODY_REASONS, Reason.BODY_INCOMPLETE)


_Table = tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Reason], ...]

# The first row that fits one of the causes decides.
_REQUEST_REASONS: _Table = (
    ((requests.exceptions.ProxyError, urllib3.exceptions.ProxyError), Reason.PROXY_FAILED),
    ((requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema), Reason.NOT_WEB),
    ((requests.exceptions.MissingSchema, UnicodeError), Reason.NOT_WEB),
    (urllib3.exceptions.LocationValueError, Reason.NOT_WEB),
    (urllib3.exceptions.ConnectTimeoutError, Reason.SLOW_CONNECT),
    ((TimeoutError, urllib3.exceptions.TimeoutError), Reason.SLOW_ANSWER),
    ((ConnectionError, RemoteDisconnected), Reason.CONNECTION_RESET),
    (ssl.SSLError, Reason.TLS_FAILED),
    (HTTPException, Reason.NOT_HTTP),
    (OSError, Reason.CONNECTION_RESET),
)
_BODY_REASONS: _Table = (
    ((TimeoutError, urllib3.exceptions.TimeoutError), Reason.SLOW_BODY),
    (IncompleteRead, Reason.BODY_INCOMPLETE),
    (ConnectionError, Reason.CONNECTION_RESET),
    ((ValueError, ArithmeticError), Reason.NOT_HTTP),
)


def _first_reason(causes: tuple[BaseException, ...], table: _Table, otherwise: Reason) -> Reason:
    for types, reason in table:
        # Errors of requests are OSErrors by name only; the wrapped error is more specific.
        if any(isinstance(cause, types) and not _is_shell(cause, types) for cause in causes):
            return reason
    return otherwise


def _is_shell(cause: BaseException, types: object) -> bool:
    return types is OSError and isinstance(cause, requests.RequestException)


def _walk_causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and all that it wraps: causes, contexts, and urllib3's `reason`."""
    seen: set[int] = set()
    queue: list[object] = [error]
    while queue:
        found = queue.pop(0)
        if not isinstance(found, BaseException) or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        queue += [getattr(found, "reason", None), found.__cause__, found.__context__, *found.args]
