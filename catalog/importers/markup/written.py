"""Blocks of a file in another format, written as lines of Markdown.

The lines are what accounts, summaries and the kept text of a README refer to; they are never read
as Markdown. Writing gives the blocks their lines, in place.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from catalog.importers.markdown.blocks import Block, BlockKind
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.lines import SourceLines, WrittenLines
from catalog.text.escaping import (
    escape_line_start,
    escape_markdown_part,
    escape_markdown_url,
    write_code_block,
    write_code_span,
)

# The text without the spaces at its ends, which are put back around the markup.
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
# `https:`, `mailto:`; RFC 3986, 3.1.
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SAFE_SCHEMES = ("http", "https", "mailto", "ftp")


def write_blocks(blocks: Sequence[Block], file: str, file_lines: Sequence[str]) -> SourceLines:
    """Write blocks and give each of them and their pieces the lines that it is written in."""
    writer = _Writer()
    writer.write_all(blocks, "")
    written = WrittenLines(tuple(file_lines), tuple(writer.spans))
    return SourceLines(file, tuple(writer.lines), "", (), (), written=written)


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self._lead = ""
        """What the next line begins with instead of its indentation: the mark of an item."""

    def write_all(self, blocks: Sequence[Block], indent: str, *, is_tight: bool = False) -> None:
        """Write blocks below each other, parted by blank lines."""
        for number, block in enumerate(blocks):
            is_nested = block.kind is BlockKind.LIST and bool(indent)
            if self.lines and not self._lead and not is_tight and not (number and is_nested):
                self._put(indent.rstrip(), (block.start, block.start))
            self._write(block, indent)

    def _put(self, text: str, span: tuple[int, int]) -> None:
        self.lines.append(text)
        self.spans.append(span)

    def _put_line(self, text: str, indent: str, span: tuple[int, int]) -> None:
        self._put((self._lead or indent) + text, span)
        self._lead = ""

    def _write(self, block: Block, indent: str) -> None:
        span = (block.start, max(block.start, block.end))
        block.start = len(self.lines) + 1
        if block.kind is BlockKind.LIST:
            self.write_all(block.children, indent, is_tight=True)
        elif block.kind is BlockKind.ITEM:
            self._lead = (self._lead or indent) + "- "
            self.write_all(block.children, indent + "  ")
        elif block.kind is BlockKind.QUOTE:
            self._lead = (self._lead or indent) + "> "
            self.write_all(block.children, indent + "> ")
        elif block.kind is BlockKind.TABLE:
            self._write_table(block, indent, span)
        elif block.pieces:
            self._write_text(block, indent, span)
        else:
            for line in _write_raw(block).split("\n"):
                self._put_line(line, indent, span)
        if self._lead and len(self.lines) < block.start:
            self._put_line("", indent, span)
        block.end = max(block.start, len(self.lines))

    def _write_text(self, block: Block, indent: str, span: tuple[int, int]) -> None:
        before, after = _frame_of(block)
        lines = list(_split(block.pieces))
        block.pieces = []
        for number, line in enumerate(lines):
            ends = line[-1].is_break if line else False
            shown = "".join(map(write_piece, line)).strip()
            text = escape_line_start(shown) + "\\" * (ends and number + 1 < len(lines))
            text = (before if not number else "") + text + (after if line is lines[-1] else "")
            first = min((piece.line for piece in line), default=span[0])
            last = max((piece.line for piece in line), default=span[1])
            place = (
                span[0] if not number else min(max(first, span[0]), span[1]),
                span[1] if line is lines[-1] else min(max(last, span[0]), span[1]),
            )
            self._put_line(text, indent, (place[0], max(place)))
            here = len(self.lines)
            block.pieces += [replace(piece, line=here) for piece in line]

    def _write_table(self, table: Block, indent: str, span: tuple[int, int]) -> None:
        rows = table.children
        width = max((len(row.cells) for row in rows), default=1)
        rule = "|" + " --- |" * width
        if not rows[0].level:
            self._put_line("|" + "  |" * width, indent, span[:1] * 2)
            self._put_line(rule, indent, span[:1] * 2)
        for number, row in enumerate(rows):
            place = (row.start, max(row.start, row.end))
            row.start = row.end = len(self.lines) + 1
            row.cells += [[] for _ in range(width - len(row.cells))]
            row.cells = [[replace(one, line=row.start) for one in cell] for cell in row.cells]
            cells = " | ".join("".join(map(_write_in_cell, cell)).strip() for cell in row.cells)
            self._put_line(f"| {cells} |", indent, place)
            if row.level and not number:
                self._put_line(rule, indent, place)


def _split(pieces: Iterable[Piece]) -> Iterable[list[Piece]]:
    """Yield the pieces by line: a piece with a line end in it is cut there, the end kept."""
    line: list[Piece] = []
    for piece in pieces:
        if piece.is_break:
            yield [*line, piece]
            line = []
            continue
        parts = (
            piece.text.split("\n") if piece.url is None and piece.image is None else [piece.text]
        )
        for number, part in enumerate(parts):
            ends = number + 1 < len(parts)
            one = replace(piece, text=part + "\n" * ends, line=piece.line + number)
            line.append(one)
            if ends:
                yield line
                line = []
    if line:
        yield line


_FRAMES = {
    BlockKind.DETAILS: ("<details><summary>", "</summary>"),
    BlockKind.DETAILS_END: ("</details>", ""),
}


def _frame_of(block: Block) -> tuple[str, str]:
    if block.kind is BlockKind.HEADING:
        return "#" * min(6, block.level) + " ", ""
    return _FRAMES.get(block.kind, ("", ""))


def _write_raw(block: Block) -> str:
    if block.kind is BlockKind.FENCE:
        return write_code_block(block.raw, "")
    if block.kind is BlockKind.COMMENT:
        # Two dashes would end it.
        return f"<!-- {re.sub('-(?=-)|-$', '- ', block.raw.strip())} -->"
    return "".join(_frame_of(block)) or block.raw


def write_piece(piece: Piece) -> str:
    """Return a piece as Markdown that shows its text as it is."""
    found = _EDGES.fullmatch(piece.text)
    before, text, after = found.groups() if found else ("", piece.text, "")
    if piece.image is not None and _is_safe(piece.image):
        shown = f"![{escape_markdown_part(text)}]({_write_url(piece.image)})"
    elif not text:
        return before + after if piece.url is None else ""
    elif piece.code:
        shown = write_code_span(text)
    else:
        mark = "*" * (piece.italic + 2 * piece.bold)
        shown = f"{mark}{escape_markdown_part(text)}{mark}"
    if piece.url and _is_safe(piece.url):
        shown = f"[{shown}]({_write_url(piece.url)})"
    return before + shown + after


def _write_in_cell(piece: Piece) -> str:
    return "<br>" if piece.is_break else write_piece(piece).replace("\n", " ")


def _is_safe(url: str) -> bool:
    scheme = _SCHEME.match(url)
    return scheme is None or scheme[1].lower() in _SAFE_SCHEMES


def _write_url(url: str) -> str:
    escaped = escape_markdown_url(url.strip().replace("<", "%3C").replace(">", "%3E"))
    return re.sub(r"\s", "%20", escaped)
