"""Preview cards: a picture of title and facts for a page that somebody shares, 1200 by 630 px.

The letters come from bitmaps in `fonts/`, so that the picture is the same on every machine. A text
with letters that they lack cannot be drawn.
"""

import gzip
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from catalog.site.png import to_png

WIDTH, HEIGHT = 1200, 630
"""What the Open Graph's readers ask for."""

PALETTE = ((0x12, 0x29, 0x4A), (0xFF, 0xB3, 0x6B), (0xC3, 0xD2, 0xE8), (0xFF, 0xFF, 0xFF))
"""Ground, band, facts, title; each text has a contrast of at least 7 to 1."""
_BAND, _FACTS, _TITLE = 1, 2, 3

_FONTS = Path(__file__).parent / "fonts"
# Margins and band in pixels of the card; five lines of the smallest title fill what is between.
_SIDE = 72
_BAND_HEIGHT = 18
_TOP = 80
_MOST_LINES = 5
_SPACE = 1.22
"""Height of a line, in sizes of its letters."""
_REACH = 16
"""Rows that letters with accents may need above and below their line."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A letter: two bits a pixel, 01 where there is ink. `top` counts from the line's top."""

    advance: int
    left: int
    top: int
    width: int
    rows: tuple[int, ...]


class _Font:
    """The letters of one size, each read when it is first needed."""

    def __init__(self, height: int, baseline: int, raw: Mapping[str, str]) -> None:
        self.height = height
        self._baseline = baseline
        self._raw = raw
        self._glyphs: dict[str, _Glyph] = {}

    def __getitem__(self, letter: str) -> _Glyph:
        if letter not in self._glyphs:
            self._glyphs[letter] = _parse_glyph(self._raw[letter].splitlines(), self._baseline)
        return self._glyphs[letter]

    def can_draw(self, text: str) -> bool:
        return all(letter in self._raw for letter in text)

    def measure(self, text: str) -> int:
        return sum(self[letter].advance for letter in text)


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says: the title large, then lines of facts, and the list's name below."""

    title: str
    facts: tuple[str, ...]
    list_title: str


def can_draw(card: Card) -> bool:
    """Return whether there are bitmaps of all its letters."""
    return _load_font("title").can_draw(_normalise(card.title)) and all(
        _load_font("text").can_draw(_normalise(text)) for text in (*card.facts, card.list_title)
    )


def draw(card: Card) -> bytes:
    """Draw a card as a PNG. Raises `KeyError` for a letter that there is no bitmap of."""
    large, small = _load_font("title"), _load_font("text")
    rows = [0] * HEIGHT
    rows[:_BAND_HEIGHT] = [int("01" * WIDTH, 2)] * _BAND_HEIGHT
    y = _TOP
    for line in _wrap(large, _normalise(card.title), _MOST_LINES):
        _draw_line(rows, large, line, y, _TITLE)
        y += round(large.height * _SPACE)
    y += 16
    # 48 pixels below the list's name, 16 between the facts and it.
    bottom = HEIGHT - 48 - small.height
    for text in map(_normalise, card.facts):
        for line in _wrap(small, text, 2):
            if y + small.height < bottom - 16:
                _draw_line(rows, small, line, y, _FACTS)
                y += round(small.height * _SPACE)
    for line in _wrap(small, _normalise(card.list_title), 1):
        _draw_line(rows, small, line, bottom, _BAND)
    return to_png(WIDTH, rows, PALETTE)


def _normalise(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ")


def _wrap(font: _Font, text: str, most: int) -> Iterator[str]:
    """Break a text into lines, as many as allowed; an ellipsis ends what is cut."""
    room = WIDTH - 2 * _SIDE
    line = ""
    count = 1
    for word in _break_long(font, text.split(), room):
        longer = f"{line} {word}" if line else word
        if font.measure(longer) <= room:
            line = longer
            continue
        if count == most:
            yield _cut(font, longer, room)
            return
        yield line
        line, count = word, count + 1
    yield line


def _break_long(font: _Font, words: Sequence[str], room: int) -> Iterator[str]:
    for word in words:
        while font.measure(word) > room:
            fits = next(n for n in range(len(word), 0, -1) if font.measure(word[:n]) <= room)
            yield word[:fits]
            word = word[fits:]  # noqa: PLW2901 - what is left of it
        yield word


def _cut(font: _Font, line: str, room: int) -> str:
    while font.measure(line + "…") > room:
        line = line[:-1]
    return line.rstrip(" ,;:") + "…"


def _draw_line(rows: list[int], font: _Font, text: str, y: int, colour: int) -> None:
    """Draw a line at the left margin."""
    for number, row in enumerate(_to_rows(font, text), start=y - _REACH):
        rows[number] |= row * colour


# The list's name is on every card.
@lru_cache(maxsize=64)
def _to_rows(font: _Font, text: str) -> Sequence[int]:
    """Return the rows of a line; the highest two bits of a row are its leftmost pixel."""
    rows = [0] * (font.height + 2 * _REACH)
    x = _SIDE
    for letter in text:
        glyph = font[letter]
        shift = 2 * (WIDTH - x - glyph.left - glyph.width)
        for number, row in enumerate(glyph.rows, start=_REACH + glyph.top):
            rows[number] |= row << shift
        x += glyph.advance
    return rows


@lru_cache(maxsize=2)
def _load_font(name: str) -> _Font:
    """Read a font of bitmaps. Source: Glyph Bitmap Distribution Format 2.1, Adobe 1993."""
    text = gzip.decompress((_FONTS / f"{name}.bdf.gz").read_bytes()).decode("ascii")
    head, *letters = text.split("STARTCHAR ")
    box = next(line for line in head.splitlines() if line.startswith("FONTBOUNDINGBOX"))
    _, height, _, descent = map(int, box.split()[1:])
    size = int(next(line for line in head.splitlines() if line.startswith("SIZE")).split()[1])
    # Each letter starts with its name, U+0041.
    return _Font(size, height + descent, {chr(int(lines[2:6], 16)): lines for lines in letters})


def _parse_glyph(lines: Sequence[str], baseline: int) -> _Glyph:
    _, _, advance, box, _, *rest = lines
    width, height, left, below = map(int, box.split()[1:])
    # Rows of a font are whole bytes of one bit for each pixel; a row of the picture has two.
    padding = 2 * (-width % 8)
    rows = tuple(int(_spread(row), 2) >> padding for row in rest[:height])
    return _Glyph(int(advance.split()[1]), left, baseline - below - height, width, rows)


_HEX = {f"{value:X}": "".join(f"0{bit}" for bit in f"{value:04b}") for value in range(16)}


def _spread(row: str) -> str:
    return "".join(map(_HEX.__getitem__, row))
