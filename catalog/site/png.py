"""PNG files of four colours, whose bytes are the same on any machine.

`zlib.compress` gives other bytes with other builds of zlib, so the few lines of DEFLATE that such
pictures need are written here: with the fixed codes, and matches with the row above alone.
Sources: RFC 1951, 3.2.6; RFC 2083.
"""

import re
import struct
import zlib
from collections.abc import Sequence

_SHORTEST, _LONGEST = 3, 258
_SAME = re.compile(rb"\x00{%d,%d}" % (_SHORTEST, _LONGEST))
# RFC 1951, 3.2.5: the first length of each code from 257 on, and its number of extra bits.
_LENGTHS = (
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31,
    35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
)  # fmt: skip
_DISTANCES = tuple(
    (1 << (code // 2)) + (code % 2) * (1 << (code // 2 - 1)) + 1 if code > 1 else code + 1
    for code in range(30)
)


def to_png(width: int, rows: Sequence[int], palette: Sequence[tuple[int, int, int]]) -> bytes:
    """Return the picture. Each row is a number of two bits a pixel, the leftmost pixel highest.

    `palette` has four colours; a pixel is the number of one. `width` is a multiple of 4.
    """
    row_bytes = width // 4
    # Each row starts with its filter, which is none.
    data = b"".join(b"\0" + row.to_bytes(row_bytes, "big") for row in rows)
    header = struct.pack(">IIBBBBB", width, len(rows), 2, 3, 0, 0, 0)
    colours = bytes(part for colour in palette for part in colour)
    packed = b"\x78\x01" + _deflate(data, row_bytes + 1) + struct.pack(">I", zlib.adler32(data))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, body)
        for kind, body in ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", packed), (b"IEND", b""))
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _deflate(data: bytes, row: int) -> bytes:
    """Pack `data` as one block: what equals the row above as a match, the rest byte by byte."""
    above = _to_distance(row)
    difference = _compare(data, row)
    bits = ["110"]
    position = 0
    for same in _SAME.finditer(difference, row):
        bits += [_LITERALS[byte] for byte in data[position : same.start()]]
        bits += [_MATCHES[same.end() - same.start()], above]
        position = same.end()
    bits += [_LITERALS[byte] for byte in data[position:]]
    bits.append("0000000")
    stream = "".join(bits)
    # The first bit of the stream is the lowest of the first byte.
    return int(stream[::-1], 2).to_bytes(-(-len(stream) // 8), "little")


def _compare(data: bytes, row: int) -> bytes:
    """Return `data` with zeros where it equals the byte one row before."""
    now = int.from_bytes(data, "big")
    return (now ^ (now >> (8 * row))).to_bytes(len(data), "big")


def _to_literal(byte: int) -> str:
    return f"{0x30 + byte:08b}" if byte < 144 else f"{0x190 + byte - 144:09b}"


def _to_match(length: int) -> str:
    index = max(i for i, first in enumerate(_LENGTHS) if first <= length)
    code = 257 + index
    # The last code is for the longest match alone.
    extra = 0 if index < 8 or length == _LONGEST else (index - 4) // 4
    prefix = f"{code - 256:07b}" if code < 280 else f"{0xC0 + code - 280:08b}"
    return prefix + _to_extra(length - _LENGTHS[index], extra)


def _to_distance(distance: int) -> str:
    code = max(i for i, first in enumerate(_DISTANCES) if first <= distance)
    extra = code // 2 - 1 if code > 3 else 0
    return f"{code:05b}" + _to_extra(distance - _DISTANCES[code], extra)


def _to_extra(value: int, bits: int) -> str:
    """Return extra bits, which stand the lowest first."""
    return f"{value:0{bits}b}"[::-1] if bits else ""


_LITERALS = tuple(map(_to_literal, range(256)))
_MATCHES = tuple(_to_match(length) if length >= _SHORTEST else "" for length in range(_LONGEST + 1))
