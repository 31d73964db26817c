"""What became of every part of a source: each link, image and run of words, not only each line."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from catalog.importers.markdown.blocks import Block, BlockKind, walk
from catalog.importers.markdown.coverage import Account, Fate
from catalog.importers.markdown.inline_html import Piece


class PartKind(StrEnum):
    """What a part of a source is."""

    LINK = "link"
    IMAGE = "image"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class SourcePart:
    """One link, image or run of words of a source, and what became of it.

    `fate` is `Fate.RECORD` (in a record), `Fate.RESOURCE` (in `ReadList.resources`),
    `Fate.SECTION` or `Fate.PROSE` (a kept heading or description), `Fate.SKIPPED` or
    `Fate.UNPARSED` (left out: `reason` says why). Those with `is_left_out` are what a caller must
    keep in some other way, or report. `url` is the address as written, of a link or an image; the
    `text` of an image is its alternative text. Tags, rules and table frames are not parts.
    """

    line: int
    kind: PartKind
    text: str
    url: str | None
    fate: Fate
    reason: str = ""

    @property
    def is_left_out(self) -> bool:
        """Whether neither a record nor a resource, heading or description holds this part."""
        return self.fate in (Fate.SKIPPED, Fate.UNPARSED)


class Holding(Protocol):
    """A record or resource in the making: its lines, and the words and addresses that it holds."""

    @property
    def start(self) -> int:
        """The first line."""

    @property
    def end(self) -> int:
        """The last line."""

    @property
    def fate(self) -> Fate:
        """What its parts become."""

    @property
    def texts(self) -> Sequence[str]:
        """Everything that it shows."""

    @property
    def addresses(self) -> Sequence[str]:
        """Every address that it holds."""


def find_parts(
    blocks: Sequence[Block], account: Account, holdings: Iterable[Holding]
) -> tuple[SourcePart, ...]:
    """Return every part of the parsed `blocks`, in order, with what became of it."""
    by_line: dict[int, _Held] = {}
    for holding in holdings:
        # Two works may share the lines of one item.
        held = by_line.get(holding.start) or _Held(holding.fate)
        held.add(holding)
        by_line |= dict.fromkeys(range(holding.start, holding.end + 1), held)
    reasons = {remark.line: remark.reason for remark in (*account.skipped, *account.unparsed)}
    found = [part for piece in _pieces_of(blocks) for part in _judge(piece, account, by_line)]
    return tuple(_with_reasons(found, reasons))


class _Held:
    """The words of a holding; a word that two parts show has to be held twice."""

    def __init__(self, fate: Fate) -> None:
        self.fate = fate
        self.words = Counter[str]()
        self.addresses: set[str] = set()
        self.text = ""

    def add(self, holding: Holding) -> None:
        self.words.update(word for text in holding.texts for word in _words_of(text))
        self.addresses |= {_bare(url) for url in holding.addresses}
        self.text += " ".join(["", *holding.texts])

    def has_address(self, url: str) -> bool:
        return _bare(url) in self.addresses or url in self.text

    def take_words(self, text: str) -> list[str]:
        """Take the words of `text` out and return those that the holding does not hold."""
        missing = []
        for word in _words_of(text):
            if self.words[word] > 0:
                self.words[word] -= 1
            else:
                missing.append(word)
        return missing


def _words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _bare(url: str) -> str:
    """Return an address without what writing it in another form changes."""
    return re.sub(r"^https?://(?:www\.)?", "", url.strip().lower()).rstrip("/")


def _pieces_of(blocks: Sequence[Block]) -> Iterator[Piece]:
    for block in walk(blocks):
        if block.kind in (BlockKind.FENCE, BlockKind.COMMENT):
            yield Piece(block.kind.value, block.start)
        yield from block.pieces
        for cell in (*block.cells, *block.surplus):
            yield from cell


def _judge(piece: Piece, account: Account, by_line: Mapping[int, _Held]) -> Iterator[SourcePart]:
    held = by_line.get(piece.line)
    fate = account.fate_of(piece.line) or Fate.UNPARSED
    text = " ".join(piece.text.split())
    for url, kind in ((piece.image, PartKind.IMAGE), (piece.url, PartKind.LINK)):
        if url:
            is_held = held is not None and held.has_address(url)
            became = held.fate if held is not None and is_held else _unless_held(fate)
            where = "no field of the record holds it" if held is not None and not is_held else ""
            yield SourcePart(piece.line, kind, text, url, became, where)
    if piece.url is None and piece.image is None and _words_of(text):
        missing = held.take_words(text) if held is not None else []
        became = held.fate if held is not None and not missing else _unless_held(fate)
        if held is None and fate in (Fate.SECTION, Fate.PROSE):
            became = fate
        where = f"in no field of the record: {' '.join(missing)}" if missing else ""
        yield SourcePart(piece.line, PartKind.WORDS, text, None, became, where)


def _unless_held(fate: Fate) -> Fate:
    """Return what a part becomes that no record or resource holds, by the fate of its line."""
    return fate if fate in (Fate.SECTION, Fate.PROSE, Fate.UNPARSED) else Fate.SKIPPED


def _with_reasons(parts: Iterable[SourcePart], reasons: Mapping[int, str]) -> Iterator[SourcePart]:
    """Yield the parts, each that is left out with the reason of its line or of the lines above."""
    by_fate: defaultdict[Fate, str] = defaultdict(str)
    for part in parts:
        if not part.is_left_out:
            yield part
            continue
        if part.line in reasons:
            by_fate[part.fate] = reasons[part.line]
        reason = part.reason or by_fate[part.fate] or f"{part.kind} outside of the entries"
        yield replace(part, reason=reason)
