"""The preview cards, read back by zlib and by hand."""

import hashlib
import random
import struct
import zlib
from pathlib import Path

import pytest

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.site import previews
from catalog.site.cards import HEIGHT, PALETTE, WIDTH, Card, can_draw, draw
from catalog.site.png import to_png
from catalog.site.previews import Previews

CARD = Card("Things, and How to Align Them: Ünïcödé", ("Ada Example", "Conf 2024"), "A Survey")


def read_png(data: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the rows, after checking every chunk."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, position = {}, 8
    while position < len(data):
        (length,) = struct.unpack(">I", data[position : position + 4])
        kind = data[position + 4 : position + 8]
        body = data[position + 8 : position + 8 + length]
        (sum_,) = struct.unpack(">I", data[position + 8 + length : position + 12 + length])
        assert sum_ == zlib.crc32(kind + body)
        chunks[kind] = body
        position += 12 + length
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    return width, height, zlib.decompress(chunks[b"IDAT"])


def luminance(colour: tuple[int, int, int]) -> float:
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_any_picture_is_read_back_as_it_was_drawn() -> None:
    dice = random.Random(3)
    for _ in range(60):
        width, height = 4 * dice.randint(1, 300), dice.randint(1, 12)
        rows = [
            dice.choice([0, dice.getrandbits(2 * width), (1 << 2 * width) - 1])
            for _ in range(height)
        ]
        found = read_png(to_png(width, rows, PALETTE))
        assert found[:2] == (width, height)
        assert found[2] == b"".join(b"\0" + row.to_bytes(width // 4, "big") for row in rows)


def test_a_card_has_the_size_that_previews_want_and_its_pixels_never_change() -> None:
    data = draw(CARD)
    width, height, rows = read_png(data)
    assert (width, height) == (WIDTH, HEIGHT) == (1200, 630)
    assert len(data) < 40_000
    # Taken over on purpose, after looking at the card.
    assert (
        hashlib.sha256(rows).hexdigest()
        == "bd18966f2144d75931421ec891ed06bdcd91f19509ce0bac69eceb15fc4c3e09"
    )


def test_text_is_bright_on_its_ground() -> None:
    ground, *texts = map(luminance, PALETTE)
    assert all((text + 0.05) / (ground + 0.05) >= 7 for text in texts)


@pytest.mark.parametrize(
    "title", ["x", "W" * 400, "word " * 200, "Ærøskøbing Ελλάδα Привет", "ÅÉ Å"]
)
def test_a_text_of_any_length_stays_inside(title: str) -> None:
    _, _, rows = read_png(draw(Card(title, (title, title), title)))
    lines = [rows[i : i + 301] for i in range(0, len(rows), 301)]
    # Below the band, the outermost pixels of each side are ground.
    assert all(line[:8] == b"\0" * 8 for line in lines[20:])
    assert all(line[-8:] == b"\0" * 8 for line in lines[20:])
    assert not any(lines[-1])


def test_letters_without_bitmaps_are_known_beforehand() -> None:
    assert can_draw(CARD)
    assert not can_draw(Card("深層学習", (), "A Survey"))


def test_a_paper_that_cannot_be_drawn_shows_its_section_and_a_section_the_list(
    invented_catalog: Catalog,
) -> None:
    found = Previews(invented_catalog)
    paper, other = invented_catalog.papers
    assert found.of_paper(paper) == "assets/catalog/cards/papers/sample2024things.png"
    strange = paper.model_copy(update={"title": "深層学習"})
    changed = Previews(Catalog(invented_catalog.head, [strange, other]))
    assert changed.of_paper(strange) == "assets/catalog/cards/sections/small-things.png"
    assert not [card.name for card in changed.render() if paper.key in card.name]
    lone = Paper(key="lone", title="深層学習")
    assert Previews(Catalog(invented_catalog.head, [lone])).of_paper(lone) == (
        "assets/catalog/cards/list.png"
    )


def test_papers_of_a_long_list_share_the_cards_of_their_sections(
    invented_catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "MOST_CARDS", 1)
    found = Previews(invented_catalog)
    assert len(list(found.render())) == 1 + len(invented_catalog.sections)
    assert found.of_paper(invented_catalog.papers[1]) == "assets/catalog/cards/sections/things.png"


def test_the_letters_come_with_their_licence() -> None:
    fonts = Path(previews.__file__).parent / "fonts"
    assert "Bitstream" in (fonts / "LICENSE").read_text(encoding="utf-8")
