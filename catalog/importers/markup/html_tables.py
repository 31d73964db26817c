"""The rows of tables, cells over several rows or columns in each of them."""

import re
from collections.abc import Iterator, Sequence

from catalog.importers.markdown.blocks import Block, BlockKind
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markup.html_text import TextReader
from catalog.importers.markup.html_tree import Element

_MOST_COLUMNS = 100
"""No table for readers is wider; `colspan=100000` is one that costs memory."""


def find_rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, not those of tables in it."""
    for child in table.children:
        if child.name == "tr":
            yield child
        elif child.name in ("thead", "tbody", "tfoot"):
            yield from find_rows(child)


def cells_of(row: Element) -> list[Element]:
    """Return the cells of a row."""
    return [child for child in row.children if child.name in ("td", "th")]


def is_layout(cells: Sequence[Sequence[Element]]) -> bool:
    """Return whether a table only arranges the page: lists, tables or headings are in its cells."""
    inside = {one.name for row in cells for cell in row for one in cell.walk()}
    return not inside.isdisjoint({"table", "ul", "ol", "h1", "h2", "h3", "h4"}) and (
        "table" in inside or any(len(row) < 3 for row in cells)
    )


def is_title_row(row: Element, width: int) -> bool:
    """Return whether a row is one cell over all columns, without a link: the rows' heading."""
    own = cells_of(row)
    is_wide = len(own) == 1 and _number(own[0], "colspan") >= width
    return is_wide and not any(one.name in ("a", "br") for one in own[0].walk())


def width_of(cells: Sequence[Element]) -> int:
    """Return how many columns the cells of a row take."""
    return sum(_number(cell, "colspan") for cell in cells)


def _number(cell: Element, name: str) -> int:
    text = cell.attributes.get(name, "1").strip()
    return min(max(1, int(text)), _MOST_COLUMNS) if re.fullmatch(r"[0-9]{1,3}", text) else 1


def read_rows(
    rows: Sequence[Element], cells: Sequence[Sequence[Element]], text: TextReader
) -> Iterator[Block]:
    """Yield rows; a cell over several rows is in each of them, and one over columns is wide."""
    below: dict[int, tuple[int, list[Piece]]] = {}
    is_first = True
    for row, own in zip(rows, cells, strict=True):
        shown: list[list[Piece]] = []
        for cell in own:
            while len(shown) in below:
                shown.append(_take_below(below, len(shown)))
            pieces = text.read(cell.children)
            if (count := _number(cell, "rowspan")) > 1:
                below[len(shown)] = (count - 1, pieces)
            shown += [pieces, *([] for _ in range(_number(cell, "colspan") - 1))]
        while len(shown) in below:
            shown.append(_take_below(below, len(shown)))
        block = Block(BlockKind.ROW, row.line, row.end, cells=shown[:_MOST_COLUMNS])
        block.level = int(is_first and bool(own) and all(one.name == "th" for one in own))
        is_first = False
        yield block


def _take_below(below: dict[int, tuple[int, list[Piece]]], column: int) -> list[Piece]:
    count, pieces = below.pop(column)
    if count > 1:
        below[column] = (count - 1, pieces)
    return pieces
