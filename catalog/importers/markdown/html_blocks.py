"""Blocks of raw HTML: headings, list items, table rows, folds and comments, with their lines."""

from collections.abc import Iterator
from typing import NamedTuple

from catalog.importers.markdown.inline_html import Piece, PieceBuilder, TolerantParser

_BREAKERS = frozenset(
    {"p", "div", "center", "section", "ul", "ol", "table", "tbody", "thead", "dl"}
)
_LONGEST_OPEN = 500
"""Characters of what nothing closes: the parser looks through them again from each of its tags."""
_HIDDEN = frozenset({"style", "script", "svg"})


class HtmlBlock(NamedTuple):
    """A block as `blocks.Block` takes it: kind, first and last line, and what it holds."""

    kind: str
    start: int
    end: int
    pieces: list[Piece]
    level: int
    cells: list[list[Piece]]


class HtmlReader:
    """Reads the blocks of raw HTML of one source, one after the other."""

    def read(self, content: str, start: int) -> Iterator[HtmlBlock]:
        """Yield the blocks in `content`, which begins in line `start`."""
        parser = _BlockHtml(start)
        parser.feed(content)
        parser.finish()
        yield from parser.found


class _BlockHtml(TolerantParser):
    """Turns tags into blocks; inline tags go to the builder of the block at hand."""

    def __init__(self, start: int) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[HtmlBlock] = []
        self._offset = start - 1
        self._begin = start
        self._builder = PieceBuilder(start)
        self._row: list[list[Piece]] | None = None
        self._row_start = start
        self._row_is_header = False
        self._in_cell = False
        self._hidden = 0
        self._in_summary = False

    @property
    def _line(self) -> int:
        return self._offset + self.getpos()[0]

    def finish(self) -> None:
        """End the source. A long tag or comment that nothing closes shows nothing: a comment."""
        if len(self.rawdata) > _LONGEST_OPEN:
            self.flush("paragraph")
            self.handle_comment(self.rawdata)
        else:
            self.close()
            self.flush("paragraph")

    def flush(self, kind: str, level: int = 0) -> None:
        """End the block at hand."""
        pieces = self._builder.finish()
        self._builder = PieceBuilder(self._line)
        if any(piece.text.strip() or piece.image for piece in pieces):
            end = max(self._begin, self._line - int(self.getpos()[1] == 0))
            self.found.append(HtmlBlock(kind, self._begin, end, pieces, level, []))
        self._begin = self._line

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "tr":
            if self._row is not None:
                self._end_in_row("tr", self._row)
            self.flush("paragraph")
            self._row, self._row_start, self._row_is_header = [], self._line, True
        elif tag in ("td", "th"):
            self._end_cell()
            self._in_cell = True
            self._row_is_header = self._row_is_header and tag == "th"
        elif tag in _BREAKERS or tag == "li" or _is_heading(tag) or tag in ("summary", "details"):
            self._start_block(tag)
        else:
            self._builder.line = self._line
            self._builder.feed_html(self.get_starttag_text() or "")

    def _start_block(self, tag: str) -> None:
        if self._row is not None or self._in_summary:
            self._builder.add_break(is_hard=self._row is not None)
            return
        self.flush("item" if tag == "li" and self._is_item else "paragraph")
        self._is_item = tag == "li"
        self._in_summary = tag == "summary"
        self._begin = self._line

    _is_item = False

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "summary":
            self._in_summary = False
            self.flush("details")
        elif tag == "details":
            self.flush("paragraph")
            self.found.append(HtmlBlock("details-end", self._line, self._line, [], 0, []))
        elif self._row is not None:
            self._end_in_row(tag, self._row)
        elif not self._in_summary and (_is_heading(tag) or tag == "li" or tag in _BREAKERS):
            self._end_block(tag)
        else:
            self._builder.feed_html(f"</{tag}>")

    def _end_in_row(self, tag: str, row: list[list[Piece]]) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_cell()
            self._row = None
            if row:
                level = int(self._row_is_header)
                self.found.append(HtmlBlock("row", self._row_start, self._line, [], level, row))
            self._begin = self._line
        else:
            self._builder.feed_html(f"</{tag}>")

    def _end_cell(self) -> None:
        """End the cell at hand, if one is open: its own end tag may be left out."""
        pieces = self._builder.finish()
        self._builder = PieceBuilder(self._line)
        if self._in_cell and self._row is not None:
            self._row.append(pieces)
        self._in_cell = False

    def _end_block(self, tag: str) -> None:
        if _is_heading(tag):
            self.flush("heading", int(tag[1]))
        else:
            self.flush("item" if tag == "li" else "paragraph")
        if tag == "li":
            self._is_item = False

    def handle_comment(self, data: str) -> None:
        lines = data.count("\n")
        self.found.append(HtmlBlock("comment", self._line, self._line + lines, [], 0, []))

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self._builder.line = self._line
        self._builder.add(data if data.strip() else " ")


def _is_heading(tag: str) -> bool:
    return len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()
