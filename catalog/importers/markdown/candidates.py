"""What may be an entry: list items, table rows, paragraphs, headings and folds, part by part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from catalog.importers.markdown.blocks import Block, BlockKind, walk
from catalog.importers.markdown.features import is_fold_label, split_lines
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.sections import Section

LONGEST_ENTRY = 10_000
"""Characters of an entry that is read; entries with an abstract have about 3,000."""


class CandidateKind(StrEnum):
    """In what form an entry stands."""

    ITEM = "list item"
    ROW = "table row"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    FOLD = "fold"


class Role(StrEnum):
    """Where a part of an entry stands."""

    MAIN = "first line"
    LINE = "further line"
    CHILD = "nested item"
    CELL = "cell"
    TEXT = "paragraph below it"
    QUOTE = "quotation below it"


@dataclass(frozen=True, slots=True)
class Part:
    """A line, nested item or cell of an entry."""

    role: Role
    pieces: tuple[Piece, ...]
    column: int = 0


@dataclass(slots=True, eq=False)
class Candidate:
    """What may be an entry, with its lines (from 1) and the section that it is in."""

    kind: CandidateKind
    start: int
    end: int
    parts: list[Part]
    section: Section
    table: int = 0
    """Which table a row is in, from 1."""
    header: tuple[str, ...] = ()

    @property
    def is_overlong(self) -> bool:
        """Whether it is too long to be read as an entry."""
        shown = sum(len(piece.text) for part in self.parts for piece in part.pieces)
        return shown > LONGEST_ENTRY

    @property
    def text(self) -> str:
        """The shown text of all parts but quotations."""
        return " ".join(
            " ".join("".join(piece.text for piece in part.pieces).split())
            for part in self.parts
            if part.role is not Role.QUOTE
        )


def lines_of(pieces: Sequence[Piece], first: Role) -> Iterator[Part]:
    """Yield the lines of a text as parts, the first with the role `first`."""
    for number, line in enumerate(split_lines(pieces)):
        yield Part(first if not number else Role.LINE, tuple(line))


def parts_of(block: Block) -> Iterator[Part]:
    """Yield the parts of a block that belongs to an entry; nested items one by one."""
    if block.kind is BlockKind.ROW:
        for cell in block.cells:
            yield Part(Role.LINE, tuple(cell))
        return
    if block.kind is BlockKind.QUOTE:
        yield quotation_of(block)
        return
    role = Role.LINE if block.kind in (BlockKind.PARAGRAPH, BlockKind.DETAILS) else Role.CHILD
    for one in walk([block]):
        if one.kind is BlockKind.ITEM and one.pieces:
            yield from lines_of(one.pieces, Role.CHILD)
        elif one.kind is BlockKind.DETAILS and is_fold_label(one.text):
            continue
        elif one.pieces:
            yield from (replace(part, role=role) for part in lines_of(one.pieces, role))


def quotation_of(block: Block) -> Part:
    """Return a quotation as a part; its links are those of the quoted text and not the entry's."""
    pieces: list[Piece] = []
    for one in walk([block]):
        shown = (piece for piece in one.pieces if piece.image is None)
        pieces += [replace(piece, text=piece.text or piece.url or "", url=None) for piece in shown]
        pieces.append(Piece("\n", block.start))
    return Part(Role.QUOTE, tuple(pieces))


def own_pieces(item: Block) -> list[Piece]:
    """Return the pieces of an item without those of its nested lists."""
    own = list(item.pieces)
    for child in item.children:
        if child.kind is not BlockKind.LIST:
            own += [piece for one in walk([child]) for piece in one.pieces]
    return own
