"""The parsed tree of a Markdown source: headings, paragraphs, lists, tables, with their lines.

HTML that GitHub shows (headings, lists, tables, details) makes the same blocks as Markdown does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from markdown_it import MarkdownIt
from markdown_it.token import Token

from catalog.importers.markdown.html_blocks import HtmlReader
from catalog.importers.markdown.inline_html import Piece, build_pieces
from catalog.importers.markdown.lines import LONGEST_LINE, SourceLines


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    ITEM = "item"
    TABLE = "table"
    ROW = "row"
    QUOTE = "quote"
    FENCE = "fence"
    COMMENT = "comment"
    MARKUP = "markup"
    """Tags and rules that show nothing by themselves."""
    LEFT_OUT = "left out"
    """Shown by no list: the navigation of a page, a form; `raw` says what."""
    DETAILS = "details"
    """The summary of a fold; what it folds follows as siblings, up to a `DETAILS_END`."""
    DETAILS_END = "details-end"


@dataclass(slots=True)
class Block:
    """A block with its lines (from 1, the last included)."""

    kind: BlockKind
    start: int
    end: int
    pieces: list[Piece] = field(default_factory=list)
    children: list["Block"] = field(default_factory=list)
    level: int = 0
    """Of a heading."""
    cells: list[list[Piece]] = field(default_factory=list)
    """Of a row."""
    surplus: list[list[Piece]] = field(default_factory=list)
    """Cells of a row beyond the last column."""
    raw: str = ""
    """The text of a fence or comment in a file that is not Markdown."""

    @property
    def text(self) -> str:
        """The shown text, one line."""
        return " ".join("".join(piece.text for piece in self.pieces).split())


def parse_blocks(source: SourceLines) -> list[Block]:
    """Return the top blocks of a source."""
    return _Parser(source).parse()


_CONTAINERS = {
    "bullet_list_open": BlockKind.LIST,
    "ordered_list_open": BlockKind.LIST,
    "list_item_open": BlockKind.ITEM,
    "blockquote_open": BlockKind.QUOTE,
    "table_open": BlockKind.TABLE,
}
_CLOSERS = {name.replace("_open", "_close") for name in _CONTAINERS}


_DEEPEST_BLOCK, _DEEPEST_TEXT = 100, 20
"""How deep lists and quotations, and brackets and emphasis, may be in each other."""


def _make_parser(deepest: int) -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": deepest})
    return markdown.enable(["table", "strikethrough"])


def _split_long(content: str) -> Iterator[tuple[int, str]]:
    """Yield a text in parts of whole lines that a parser reads in little time, with their place."""
    if len(content) <= LONGEST_LINE:
        yield 0, content
        return
    lines = content.split("\n")
    first, size = 0, 0
    for number, line in enumerate(lines):
        size += len(line) + 1
        if size > LONGEST_LINE and number > first:
            yield first, "\n".join(lines[first:number])
            first, size = number, len(line) + 1
    yield first, "\n".join(lines[first:])


class _Parser:
    def __init__(self, source: SourceLines) -> None:
        self._source = source
        self._lines = source.prepared.split("\n")
        # Indented code is an author's indentation far more often than code.
        self._blocks = _make_parser(_DEEPEST_BLOCK).disable(["code", "inline"])
        self._texts = _make_parser(_DEEPEST_TEXT)
        # Where the parser of blocks keeps the links that the source defines.
        self._definitions: dict[str, object] = {}
        self._html = HtmlReader()
        self._top: list[Block] = []
        self._stack: list[Block] = []

    def parse(self) -> list[Block]:
        tokens = self._blocks.parse(self._source.prepared, self._definitions)
        index = 0
        while index < len(tokens):
            index = self._take(tokens, index)
        return self._top

    def _take(self, tokens: Sequence[Token], index: int) -> int:
        token = tokens[index]
        if token.type in _CONTAINERS:
            block = self._make(_CONTAINERS[token.type], token.map)
            self._add(block)
            self._stack.append(block)
        elif token.type in _CLOSERS:
            self._stack.pop()
        elif token.type in ("heading_open", "paragraph_open"):
            self._take_text(token, tokens[index + 1].content)
            return index + 3
        elif token.type == "tr_open":
            return self._take_row(tokens, index)
        elif token.type == "html_block":
            self._take_html(token)
        elif token.type in ("fence", "code_block"):
            self._add(self._make(BlockKind.FENCE, token.map))
        elif token.type == "hr":
            self._add(self._make(BlockKind.MARKUP, token.map))
        return index + 1

    def _add(self, block: Block) -> None:
        (self._stack[-1].children if self._stack else self._top).append(block)

    def _make(self, kind: BlockKind, lines: Sequence[int] | None) -> Block:
        start, end = lines or (0, 1)
        while end > start + 1 and not self._lines[end - 1].strip():
            end -= 1
        origins = self._source.origins
        end = min(end, len(origins))
        return Block(kind, origins[start] + 1, origins[max(start, end - 1)] + 1)

    def _take_text(self, token: Token, content: str) -> None:
        """Take a heading, or a paragraph, a very long one in parts of whole lines."""
        # A rule drawn right below a paragraph makes a heading of it that nobody meant.
        if token.type == "heading_open" and not (token.markup in ("-", "=") and "\n" in content):
            heading = self._make_text(BlockKind.HEADING, token.map, content)
            heading.level = int(token.tag[1])
            self._add(heading)
            return
        start, end = token.map or (0, 1)
        parts = list(_split_long(content))
        for number, (line, part) in enumerate(parts, 1):
            after = start + parts[number][0] if number < len(parts) else end
            self._add(self._make_text(BlockKind.PARAGRAPH, (start + line, after), part))

    def _make_text(self, kind: BlockKind, lines: Sequence[int] | None, content: str) -> Block:
        block = self._make(kind, lines)
        block.pieces = self._read_text(content, block.start)
        if not block.text and not any(piece.image or piece.url for piece in block.pieces):
            block.kind = BlockKind.COMMENT if "<!--" in content else BlockKind.MARKUP
        return block

    def _read_text(self, content: str, line: int) -> list[Piece]:
        tokens: list[Token] = []
        self._texts.inline.parse(content, self._texts, self._definitions, tokens)
        return build_pieces(tokens, line)

    def _take_row(self, tokens: Sequence[Token], index: int) -> int:
        row = self._make(BlockKind.ROW, tokens[index].map)
        row.level = int(tokens[index - 1].type == "thead_open")
        index += 1
        while tokens[index].type != "tr_close":
            if tokens[index].type == "inline":
                row.cells.append(self._read_text(tokens[index].content, row.start))
            index += 1
        self._recover_cells(row)
        self._add(row)
        return index + 1

    def _recover_cells(self, row: Block) -> None:
        """Take back the cells that a stray pipe pushed beyond the last column."""
        shown = re.split(r"(?<!\\)\|", self._source.lines[row.start - 1].strip().strip("|"))
        for text in shown[len(row.cells) :] if row.cells else ():
            row.surplus.append(self._read_text(text.strip(), row.start))

    def _take_html(self, token: Token) -> None:
        whole = self._make(BlockKind.MARKUP, token.map)
        found = list(self._html.read(token.content, whole.start))
        for kind, start, end, pieces, level, cells in found:
            self._add(Block(BlockKind(kind), start, end, pieces, level=level, cells=cells))
        if not found:
            self._add(whole)


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield every block, parents first."""
    for block in blocks:
        yield block
        yield from walk(block.children)
