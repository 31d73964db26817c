"""The elements of a page as blocks: headings, paragraphs, lists, tables, folds."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from catalog.importers.markdown.blocks import Block, BlockKind
from catalog.importers.markdown.inline_html import Piece, PieceBuilder
from catalog.importers.markup.html_shown import (
    NOT_SHOWN,
    find_reason,
    is_apart,
    is_aside,
    is_line,
    shows_something,
    unfold,
)
from catalog.importers.markup.html_tables import (
    cells_of,
    find_rows,
    is_layout,
    is_title_row,
    read_rows,
    width_of,
)
from catalog.importers.markup.html_text import TextReader
from catalog.importers.markup.html_tree import COMMENT, Element, read_tree

# `h1` to `h6`; not `hr` or `header`.
_HEADING = re.compile(r"h[1-6]")
_MOST_LINES = 12
"""Lines of an entry that is one box on the page."""


def parse_html(text: str) -> list[Block]:
    """Return the blocks of a page; their lines are those of the file."""
    root = read_tree(text)
    return _Reader(_find_base(root)).read(root)


def _find_base(root: Element) -> str:
    bases = (one.attributes.get("href", "") for one in root.walk() if one.name == "base")
    return next(bases, "")


_RAW = {COMMENT: BlockKind.COMMENT, "pre": BlockKind.FENCE, "hr": BlockKind.MARKUP}


class _Reader:
    def __init__(self, base: str) -> None:
        self._text = TextReader(base)

    def read(self, root: Element) -> list[Block]:
        blocks = list(self._read_all(root.children))
        title = next((one for one in root.walk() if one.name == "title"), None)
        has_top = any(block.kind is BlockKind.HEADING and block.level == 1 for block in blocks)
        text = " ".join("".join(one.text for one in title.walk()).split()) if title else ""
        if title is not None and text and not has_top:
            heading = Block(BlockKind.HEADING, title.line, title.end, [Piece(text, title.line)])
            heading.level = 1
            blocks.insert(0, heading)
        return blocks

    def _read_all(self, children: Sequence[Element]) -> Iterator[Block]:
        """Yield the blocks of elements in a row; texts between blocks are paragraphs."""
        boxes = _find_boxes(children)
        run: list[Element] = []
        for child in children:
            if child.name == "br" and _ends_with_break(run):
                # Two line breaks part paragraphs.
                yield from self._read_run(run)
                run = []
                continue
            if not is_apart(child):
                run.append(child)
                continue
            yield from self._read_run(run)
            run = []
            if child in boxes:
                yield from self._read_run([child])
            else:
                yield from self._read_block(child)
        yield from self._read_run(run)

    def _read_run(self, run: Sequence[Element]) -> Iterator[Block]:
        """Yield elements that share their lines as one paragraph, and what is left out of it."""
        shown = [one for one in run if not is_aside(one)]
        pieces = self._text.read(shown)
        if shows_something(pieces):
            yield Block(BlockKind.PARAGRAPH, pieces[0].line, shown[-1].end, pieces)
        for one in run:
            if is_aside(one):
                yield from self._read_block(one)

    def _read_block(self, element: Element) -> Iterator[Block]:
        reason = find_reason(element)
        if reason is not None:
            pieces = self._text.read([replace(element, name="div", attributes={})])
            if shows_something(pieces):
                yield _make(BlockKind.LEFT_OUT, element, pieces, raw=reason)
        elif _HEADING.fullmatch(element.name):
            heading = _make(BlockKind.HEADING, element, self._text.read(element.children))
            heading.level = int(element.name[1])
            if shows_something(heading.pieces):
                yield heading
        elif element.name in _RAW:
            yield _make(_RAW[element.name], element, raw=_read_raw(element))
        elif element.name not in NOT_SHOWN:
            yield from self._find_reader(element.name)(element)

    def _find_reader(self, name: str) -> Callable[[Element], Iterator[Block]]:
        if name in ("ul", "ol", "menu", "dir"):
            return self._read_list
        return {
            "table": self._read_table,
            "dl": self._read_terms,
            "blockquote": self._read_quote,
            "details": self._read_fold,
            "a": self._read_card,
        }.get(name, lambda element: self._read_all(element.children))

    def _read_quote(self, element: Element) -> Iterator[Block]:
        quote = _make(BlockKind.QUOTE, element)
        quote.children = list(self._read_all(element.children))
        yield quote

    # Lists

    def _read_list(self, element: Element) -> Iterator[Block]:
        """Yield a list; what is in it besides items is an item too."""
        block = _make(BlockKind.LIST, element)
        for child in element.children:
            if child.name in ("ul", "ol") and block.children:
                # A nested list next to the item that it belongs to, as many write it.
                block.children[-1].children += self._read_list(child)
                block.children[-1].end = child.end
            elif child.name == "li" or child.text.strip() or child.children:
                block.children += self._read_item(child)
        if block.children:
            yield block

    def _read_item(self, element: Element) -> Iterator[Block]:
        if element.name == COMMENT or element.name in NOT_SHOWN:
            yield from self._read_block(element)
            return
        children = element.children if element.name == "li" else [element]
        item = _make(BlockKind.ITEM, element)
        item.children = list(self._read_lines(children))
        if item.children:
            yield item

    def _read_lines(self, children: Sequence[Element]) -> Iterator[Block]:
        """Yield the blocks of an item: boxes without paragraphs or lists in them are lines."""
        run: list[Element] = []
        for child in unfold(children):
            if not is_apart(child) or is_line(child):
                run.append(child)
                continue
            yield from self._read_run(run)
            run = []
            yield from self._read_block(child)
        yield from self._read_run(run)

    def _read_terms(self, element: Element) -> Iterator[Block]:
        """Yield a list of terms, each with its descriptions as further lines, as items."""
        block = _make(BlockKind.LIST, element)
        group: list[Element] = []
        for child in unfold(element.children):
            is_part = child.name in ("dt", "dd")
            if not (child.name or child.text.strip()):
                continue
            if not is_part or (child.name == "dt" and any(one.name == "dd" for one in group)):
                block.children += self._read_term(group)
                group = []
            if is_part:
                group.append(child)
                continue
            others = list(self._read_all([child]))
            if others and block.children:
                yield block
                block = _make(BlockKind.LIST, element)
            yield from others
        block.children += self._read_term(group)
        if block.children:
            yield block

    def _read_term(self, group: Sequence[Element]) -> Iterator[Block]:
        if not group:
            return
        item = Block(BlockKind.ITEM, group[0].line, group[-1].end)
        flat = [replace(child, name="div") for child in group]
        item.children = list(self._read_lines(flat))
        if item.children:
            yield item

    # Tables

    def _read_table(self, element: Element) -> Iterator[Block]:
        rows = [one for one in find_rows(element) if one.children]
        cells = [cells_of(row) for row in rows]
        for caption in (one for one in element.children if one.name == "caption"):
            yield from self._read_all(caption.children)
        if is_layout(cells):
            for cell in (one for row in cells for one in row):
                yield from self._read_all(cell.children)
        else:
            yield from self._cut_at_titles(element, rows, cells)

    def _cut_at_titles(
        self, element: Element, rows: Sequence[Element], cells: Sequence[Sequence[Element]]
    ) -> Iterator[Block]:
        """Yield a table, in parts where a row is the title of those below it."""
        table = _make(BlockKind.TABLE, element)
        width = max(map(width_of, cells), default=0)
        for row, block in zip(rows, read_rows(rows, cells, self._text), strict=True):
            if width > 1 and is_title_row(row, width) and shows_something(block.cells[0]):
                if table.children:
                    yield table
                yield Block(BlockKind.HEADING, row.line, row.end, block.cells[0], level=7)
                table = Block(BlockKind.TABLE, row.end, element.end)
            else:
                table.children.append(block)
        if table.children:
            yield table

    # Folds, cards

    def _read_fold(self, element: Element) -> Iterator[Block]:
        summary = next((one for one in element.children if one.name == "summary"), None)
        rest = [one for one in element.children if one is not summary]
        pieces = self._text.read(summary.children if summary else [])
        line = summary.line if summary else element.line
        yield Block(BlockKind.DETAILS, element.line, summary.end if summary else line, pieces)
        yield from self._read_all(rest)
        yield Block(BlockKind.DETAILS_END, element.end, element.end)

    def _read_card(self, element: Element) -> Iterator[Block]:
        """Yield the blocks in a link: the first text in it, its title, is the link."""
        url = self._text.to_address(element.attributes.get("href"))
        for block in self._read_all(element.children):
            if url and shows_something(block.pieces):
                builder = PieceBuilder(block.start)
                builder.open_link(url)
                builder.pieces += [one for one in block.pieces if one.url is None]
                builder.close_link()
                others = [one for one in block.pieces if one.url is not None]
                block.pieces, url = [*builder.finish(), *others], ""
            yield block
        if url:
            yield _make(BlockKind.PARAGRAPH, element, [Piece("link", element.line, url=url)])


def _make(
    kind: BlockKind, element: Element, pieces: list[Piece] | None = None, raw: str = ""
) -> Block:
    return Block(kind, element.line, element.end, pieces or [], raw=raw)


def _ends_with_break(run: Sequence[Element]) -> bool:
    shown = (one for one in reversed(run) if one.name or one.text.strip())
    return next((one.name == "br" for one in shown), False)


def _find_boxes(children: Sequence[Element]) -> set[Element]:
    """Return the boxes that are entries of several lines: siblings of one class, lines alone."""
    boxes = [
        child
        for child in children
        if child.name in ("div", "article", "section") and _is_box(child)
    ]
    counted = Counter((box.name, tuple(box.classes)) for box in boxes)
    return {box for box in boxes if counted[box.name, tuple(box.classes)] > 1}


def _is_box(element: Element) -> bool:
    lines = 0
    for child in unfold(element.children):
        if not is_apart(child):
            continue
        lines += 1
        if lines > _MOST_LINES or not (is_line(child) or child.name == "p"):
            return False
    return lines > 1


def _read_raw(element: Element) -> str:
    if element.name == "hr":
        return "---"
    if element.name == COMMENT:
        return element.text
    return "".join(one.text for one in element.walk() if one.name != COMMENT).strip("\n")
