"""Tables: the heads of their columns, and rows that an empty line cut off."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from catalog.importers.markdown.blocks import Block, BlockKind
from catalog.importers.markdown.edges import strip_edges
from catalog.importers.markdown.features import split_lines
from catalog.importers.markdown.field_labels import Hint, find_hint
from catalog.importers.markdown.inline_html import Piece


def read_header(rows: Sequence[Block]) -> tuple[str, ...]:
    """Return the heads of the columns; () when the first row is none."""
    if not rows or not rows[0].level:
        return ()
    return tuple(strip_edges("".join(piece.text for piece in cell)) for cell in rows[0].cells)


def align_cells(row: Block, header: Sequence[str]) -> list[list[Piece]]:
    """Return the cells of a row; those that a stray pipe made of its title are joined again."""
    if not row.surplus:
        return row.cells
    column = next((i for i, head in enumerate(header) if find_hint(head) is Hint.TITLE), -1)
    if column < 0:
        return [*row.cells[:-1], [*row.cells[-1], *chain(*row.surplus)]]
    cells = [*row.cells, *row.surplus]
    end = column + len(row.surplus) + 1
    pipe = Piece(" | ", row.start)
    joined = [
        replace(piece, bold=False) if piece.url is None else piece
        for number, cell in enumerate(cells[column:end])
        for piece in ([pipe, *cell] if number else cell)
    ]
    return [*cells[:column], joined, *cells[end:]]


def rule_end(rows: Sequence[Block], header: Block) -> int:
    """Return the line of the rule below the header."""
    return max(header.end, rows[1].start - 1) if len(rows) > 1 else header.end + 1


def find_loose_rows(block: Block) -> list[Block]:
    """Return the rows of a table that an empty line or a lost rule cut off from its header."""
    lines = split_lines(block.pieces, at_soft=True)
    texts = ["".join(piece.text for piece in line).strip() for line in lines]
    if not all(text.startswith("|") and text.count("|") >= 3 for text in texts) or not texts:
        return []
    rows = []
    for number, line in enumerate(lines):
        start = min(block.start + number, block.end)
        row = Block(BlockKind.ROW, start, start, cells=[[]])
        for piece in line:
            if piece.url is not None or piece.image is not None:
                row.cells[-1].append(piece)
                continue
            first, *others = piece.text.split("|")
            row.cells[-1].append(replace(piece, text=first))
            row.cells += [[replace(piece, text=other)] for other in others]
        row.cells = row.cells[1:-1] if texts[number].endswith("|") else row.cells[1:]
        rows.append(row)
    return rows
