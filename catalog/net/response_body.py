"""Bodies of answers, read up to a limit and unpacked up to the same."""

import zlib
from dataclasses import dataclass

from requests.models import Response

from catalog.net.errors import ANSWER_ERRORS, Reason, reason_of_body

# Small enough that the limits of size and time are checked often.
_PIECE = 16 * 1024
_BOMB_RATIO = 100
"""Deflate packs text about 5 : 1 and never more than 1032 : 1 (https://zlib.net/zlib_tech.html)."""


@dataclass(frozen=True, slots=True)
class Body:
    """What came of a body. `fault` says why it is not the whole one; None when it is."""

    data: bytes
    fault: Reason | None = None


def read_body(response: Response, limit: int) -> Body:
    """Read at most `limit` bytes and unpack them to at most `limit` bytes."""
    packed = bytearray()
    fault = None
    try:
        # One byte more than the limit shows that there is more.
        while len(packed) <= limit:
            piece = response.raw.read(min(_PIECE, limit + 1 - len(packed)), decode_content=False)
            if not piece:
                break
            packed += piece
    except ANSWER_ERRORS as error:
        fault = reason_of_body(error)
    if len(packed) > limit:
        has_length = "Content-Length" in response.headers
        fault = Reason.BODY_TOO_LARGE if has_length else Reason.BODY_ENDLESS
    data = bytes(packed[:limit])
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    return _unpack(data, coding, limit, fault) if coding in _WINDOW_BITS else Body(data, fault)


# https://docs.python.org/3/library/zlib.html#zlib.decompress: 47 takes gzip and zlib, and -15 the
# bare stream that some servers send as `deflate`, which browsers read too.
_WINDOW_BITS = {"gzip": (47,), "x-gzip": (47,), "deflate": (47, -15)}


def _unpack(packed: bytes, coding: str, limit: int, fault: Reason | None) -> Body:
    for bits in _WINDOW_BITS[coding]:
        unpacker = zlib.decompressobj(bits)
        try:
            data = unpacker.decompress(packed, limit + 1)
        except zlib.error:
            continue
        if len(data) <= limit:
            return Body(data, fault)
        read = len(packed) - len(unpacker.unconsumed_tail)
        is_bomb = len(data) > _BOMB_RATIO * read
        return Body(data[:limit], Reason.BODY_BOMB if is_bomb else fault or Reason.BODY_TOO_LARGE)
    return Body(b"", fault or Reason.BODY_UNREADABLE)
