"""The rows of tables, each as a candidate."""

from catalog.importers.markdown.blocks import Block
from catalog.importers.markdown.candidate_sink import Gathering
from catalog.importers.markdown.candidates import Candidate, CandidateKind, Part, Role
from catalog.importers.markdown.coverage import Fate
from catalog.importers.markdown.features import split_lines
from catalog.importers.markdown.tables import align_cells, read_header, rule_end


class RowTaker:
    """Makes candidates of rows, which remember their table and its header."""

    def __init__(self, found: Gathering) -> None:
        self._found = found
        self._tables = 0
        self._header: tuple[str, ...] = ()

    def take(self, rows: list[Block], *, is_loose: bool = False) -> None:
        """Take the rows of one table; loose ones are rows of the table before them."""
        if not is_loose:
            self._tables += 1
            self._header = read_header(rows)
        for number, row in enumerate(rows):
            is_header = not is_loose and number == 0 and self._header and row.level
            if is_header:
                # The line below the header draws the columns.
                self._found.account.claim(row.start, max(row.end, rule_end(rows, row)), Fate.MARKUP)
            else:
                self._add_row(row)

    def _add_row(self, row: Block) -> None:
        cells = align_cells(row, self._header)
        filled = [cell for cell in cells if any(piece.text.strip() or piece.url for piece in cell)]
        if not filled and not any(piece.image for cell in cells for piece in cell):
            self._found.account.claim(row.start, row.end, Fate.MARKUP)
            return
        parts = [
            Part(Role.CELL, tuple(line), column)
            for column, cell in enumerate(cells)
            for line in split_lines(cell)
        ]
        section = self._found.sections.current
        table, header = self._tables, self._header
        self._found.keep(
            Candidate(CandidateKind.ROW, row.start, row.end, parts, section, table, header)
        )
