"""The walk over the blocks: sections are opened, candidates gathered, lines accounted for."""

import re
from collections.abc import Sequence
from itertools import pairwise

from catalog.importing.account import Account, Fate
from catalog.importing.blocks import Block, BlockKind, walk
from catalog.importing.candidates import (
    LONGEST_ENTRY,
    Candidate,
    CandidateKind,
    Part,
    Role,
    lines_of,
    own_pieces,
    parts_of,
    quotation_of,
)
from catalog.importing.dates import is_date
from catalog.importing.features import (
    TITLE_WORDS,
    count_words,
    has_label_link,
    is_content_link,
    is_fold_label,
    is_line_of_head,
    is_link_line,
    is_sure_byline,
    opens_entry,
    split_entries,
    split_lines,
)
from catalog.importing.grouping import (
    are_children_fields,
    body_of,
    fields_after,
    find_entry_levels,
    find_pseudo_heading,
    folded,
    is_collection,
    is_entry_heading,
    is_field_list,
    is_group_name,
    run_of,
)
from catalog.importing.links import is_anchor, is_scholarly
from catalog.importing.pieces import Piece
from catalog.importing.sections import Announced, Section, SectionStack, clean_heading, is_back_link
from catalog.importing.tables import align_cells, find_loose_rows, read_header, rule_end

_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
_BIBTEX = re.compile(r"@[a-z]+\s*\{", re.IGNORECASE)


class CandidateFinder:
    """Walks the blocks, opens sections, and puts every line into the account or a candidate."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self.sections = SectionStack()
        self.candidates: list[Candidate] = []
        self.prose: list[tuple[Section, Block]] = []
        """Quotations, which no candidate is made of."""
        self._tables = 0
        self._folds: list[Section | None] = []
        self._entry_levels: set[int] = set()

    def find(self, blocks: Sequence[Block]) -> list[Candidate]:
        """Return the candidates of all blocks."""
        self._entry_levels = find_entry_levels(blocks)
        self._take_all(list(blocks))
        return self.candidates

    def _take_all(self, blocks: list[Block]) -> None:
        index = 0
        while index < len(blocks):
            index += self._take(blocks, index)

    def _take(self, blocks: list[Block], index: int) -> int:
        """Take the block at `index`, and return how many blocks went with it."""
        block = blocks[index]
        take_several = {
            BlockKind.HEADING: self._take_heading,
            BlockKind.PARAGRAPH: self._take_paragraph,
            BlockKind.LIST: self._take_list,
            BlockKind.ROW: self._take_run_of_rows,
            BlockKind.DETAILS: self._take_fold,
        }.get(block.kind)
        if take_several is not None:
            return take_several(blocks, index)
        take_one = {
            BlockKind.ITEM: self._take_lone_item,
            BlockKind.TABLE: self._take_table,
            BlockKind.QUOTE: self._take_quote,
            BlockKind.DETAILS_END: self._close_fold,
            BlockKind.FENCE: self._skip,
            BlockKind.COMMENT: self._skip,
        }.get(block.kind, self._pass)
        take_one(block)
        return 1

    def _skip(self, block: Block) -> None:
        reason = "fenced block" if block.kind is BlockKind.FENCE else "HTML comment"
        self._account.skip(block, reason)

    def _pass(self, block: Block) -> None:
        self._account.claim(block.start, block.end, Fate.MARKUP)

    def _take_lone_item(self, block: Block) -> None:
        self._take_items([block])

    def _take_table(self, block: Block) -> None:
        self._take_rows(block.children)

    def _take_run_of_rows(self, blocks: list[Block], index: int) -> int:
        rows = run_of(blocks, index, BlockKind.ROW)
        self._take_rows(rows)
        return len(rows)

    def _take_quote(self, block: Block) -> None:
        last = self.candidates[-1] if self.candidates else None
        if last is not None and self._belongs_to(last, block):
            last.parts.append(quotation_of(block))
            last.end = block.end
            return
        inside = [piece for child in walk(block.children) for piece in child.pieces]
        if any(is_content_link(piece) and is_scholarly(piece.url or "") for piece in inside) or any(
            opens_entry(child.pieces) and has_label_link(child.pieces) for child in block.children
        ):
            self._take_all(block.children)
        else:
            self._account.claim(block.start, block.end, Fate.PROSE)
            self.prose.append((self.sections.current, block))

    def _belongs_to(self, last: Candidate, quote: Block) -> bool:
        """Tell whether a quotation stands right below an entry: its abstract, or a remark."""
        is_next = last.section is self.sections.current and last.end < quote.start <= last.end + 2
        is_entry = opens_entry(last.parts[0].pieces) or has_label_link(last.parts[0].pieces)
        holds_entries = any(opens_entry(child.pieces) or child.children for child in quote.children)
        return is_next and is_entry and not holds_entries

    # Headings

    def _take_heading(self, blocks: list[Block], index: int) -> int:
        block = blocks[index]
        if block.level in self._entry_levels and is_entry_heading(blocks, index):
            body = list(body_of(blocks, index))
            self._add_heading_entry(block, body)
            return 1 + len(body)
        title = clean_heading(block.pieces)
        self._folds = [
            fold for fold in self._folds if fold is not None and fold.level < block.level
        ]
        self._account.claim(block.start, block.end, Fate.SECTION)
        if title:
            self.sections.open(title, block.level, block.start)
        return 1

    def _add_heading_entry(self, block: Block, body: list[Block]) -> None:
        parts = [Part(Role.MAIN, tuple(block.pieces))]
        end = block.end
        for part_block in body:
            if part_block.kind in (BlockKind.FENCE, BlockKind.COMMENT):
                self._account.skip(part_block, f"{part_block.kind} of an entry")
                continue
            parts += parts_of(part_block)
            end = max(end, part_block.end)
        self._add(CandidateKind.HEADING, block.start, end, parts)

    # Paragraphs

    def _take_paragraph(self, blocks: list[Block], index: int) -> int:
        block = blocks[index]
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        pseudo = find_pseudo_heading(block, following)
        groups = split_entries(block.pieces)
        if _BIBTEX.match(block.text):
            self._account.skip(block, "BibTeX")
        elif _FOOTNOTE.match(block.text):
            self._account.skip(block, "footnote")
        elif is_back_link(block.text):
            self._account.claim(block.start, block.end, Fate.MARKUP)
        elif pseudo is not None:
            self._account.claim(block.start, block.end, Fate.SECTION)
            if not is_date(pseudo):
                self.sections.open(pseudo, 10, block.start)
        elif rows := find_loose_rows(block):
            self._take_rows(rows, is_loose=True)
        elif len(groups) > 1:
            self._add_groups(block, groups)
        else:
            return self._add_paragraph(blocks, index)
        return 1

    def _add_paragraph(self, blocks: list[Block], index: int) -> int:
        block = blocks[index]
        parts = list(lines_of(block.pieces, Role.MAIN))
        end, taken = block.end, 1
        if opens_entry(block.pieces):
            # An entry goes on below its first paragraph: a list of fields, a paragraph of links.
            for part_block in fields_after(blocks, index):
                parts += parts_of(part_block)
                end, taken = part_block.end, taken + 1
        self._add(CandidateKind.PARAGRAPH, block.start, end, parts)
        return taken

    def _add_groups(self, block: Block, groups: list[list[list[Piece]]]) -> None:
        starts = [max(block.start, group[0][0].line) for group in groups]
        starts[0] = block.start
        ends = [max(start, after - 1) for start, after in pairwise(starts)]
        for group, start, end in zip(groups, starts, [*ends, block.end], strict=True):
            if is_line_of_head(group):
                self._account.claim(start, end, Fate.SECTION)
                head = self.sections.open(clean_heading(group[0]), 10, start)
                head.announced = Announced.ENTRIES
                continue
            parts = [
                Part(Role.MAIN if not number else Role.LINE, tuple(line))
                for number, line in enumerate(group)
            ]
            # Lines with a link each are items of a list that has no bullets.
            is_item = len(group) == 1 and has_label_link(group[0]) and not opens_entry(group[0])
            self._add(CandidateKind.ITEM if is_item else CandidateKind.PARAGRAPH, start, end, parts)

    # Lists

    def _take_list(self, blocks: list[Block], index: int) -> int:
        self._take_items(blocks[index].children)
        return 1 + self._take_rest_of_item(blocks, index + 1)

    def _take_rest_of_item(self, blocks: list[Block], index: int) -> int:
        """Give a paragraph of fields to the item above that it is not indented enough for."""
        last = self.candidates[-1] if self.candidates else None
        following = blocks[index] if index < len(blocks) else None
        if last is None or following is None or following.kind is not BlockKind.PARAGRAPH:
            return 0
        has_links = any(has_label_link(part.pieces) for part in last.parts)
        if last.kind is not CandidateKind.ITEM or last.end < blocks[index - 1].end or has_links:
            return 0
        lines = split_lines(following.pieces)
        if not lines or not (is_link_line(lines[0]) or is_sure_byline(lines[0][0].text)):
            return 0
        last.parts += parts_of(following)
        last.end = following.end
        return 1

    def _take_items(self, items: list[Block]) -> None:
        links = [piece for item in items for piece in own_pieces(item) if piece.url is not None]
        anchors = sum(is_anchor(piece.url or "") for piece in links)
        if links and anchors >= 0.7 * len(links) and not self._has_words_beside(items):
            for item in items:
                self._account.skip(item, "table of contents")
            return
        if (
            self.sections.current.announced is Announced.CONTENTS
            and anchors
            and anchors * 2 >= len(links)
        ):
            for item in items:
                self._account.skip(item, "table of contents")
            return
        are_fields = are_children_fields(items)
        for item in items:
            self._take_item(item, are_fields=are_fields)

    def _has_words_beside(self, items: list[Block]) -> bool:
        beside = sum(
            count_words(" ".join(p.text for p in own_pieces(item) if p.url is None))
            for item in items
        )
        return beside > 8 * len(items)

    def _take_item(self, item: Block, *, are_fields: bool) -> None:
        lists = [child for child in item.children if child.kind is BlockKind.LIST]
        others = [child for child in item.children if child.kind is not BlockKind.LIST]
        if sum(opens_entry(child.pieces) for child in others) > 1:
            # Paragraphs below an item, an entry each: the item is a group.
            self._take_paragraphs_of(item, others)
        elif not lists or are_fields:
            self._add_item(item, item.children)
        elif is_group_name(own := own_pieces(item)):
            self._take_group(item, own, others, lists)
        else:
            fields = [one for one in lists if is_field_list(one)]
            self._add_item(item, [*others, *fields])
            self._take_all([nested for nested in lists if nested not in fields])

    def _take_paragraphs_of(self, item: Block, others: list[Block]) -> None:
        before, section = self.sections.current, None
        blocks = list(item.children)
        if not opens_entry(others[0].pieces) and is_group_name(others[0].pieces):
            self._account.claim(others[0].start, others[0].end, Fate.SECTION)
            if title := clean_heading(others[0].pieces):
                section = self.sections.open(title, before.level + 20, item.start)
            blocks.remove(others[0])
        self._take_all(blocks)
        if section is not None:
            self.sections.close(section)

    def _take_group(
        self, item: Block, own: list[Piece], others: list[Block], lists: list[Block]
    ) -> None:
        """Take an item that only names what its nested items have in common."""
        for other in others:
            self._account.claim(other.start, other.end, Fate.SECTION)
        self._account.claim(item.start, item.start, Fate.SECTION)
        title = clean_heading(own)
        before = self.sections.current
        section = self.sections.open(title, before.level + 20, item.start) if title else None
        for nested in lists:
            self._take_items(nested.children)
        if section is not None:
            self.sections.close(section)

    def _add_item(self, item: Block, children: list[Block]) -> None:
        parts = list(lines_of(item.pieces, Role.MAIN))
        for child in children:
            if child.kind in (BlockKind.FENCE, BlockKind.COMMENT):
                continue
            if child.kind is BlockKind.PARAGRAPH and not parts:
                groups = split_entries(child.pieces)
                if len(groups) > 1 and len(children) == 1:
                    self._add_groups(child, groups)
                    return
                parts += lines_of(child.pieces, Role.MAIN)
            else:
                parts += parts_of(child)
        lists = [one for one in item.children if one.kind is BlockKind.LIST and one not in children]
        end = min([item.end, *(one.start - 1 for one in lists)])
        self._add(CandidateKind.ITEM, item.start, max(item.start, end), parts)
        for child in children:
            if child.kind in (BlockKind.FENCE, BlockKind.COMMENT):
                self._account.skip(child, f"{child.kind} of an entry")

    # Tables

    def _take_rows(self, rows: list[Block], *, is_loose: bool = False) -> None:
        if not is_loose:
            self._tables += 1
            self._header = read_header(rows)
        for number, row in enumerate(rows):
            is_header = not is_loose and number == 0 and self._header and row.level
            if is_header:
                # The line below the header draws the columns.
                self._account.claim(row.start, max(row.end, rule_end(rows, row)), Fate.MARKUP)
            else:
                self._add_row(row)

    _header: tuple[str, ...] = ()

    def _add_row(self, row: Block) -> None:
        cells = align_cells(row, self._header)
        filled = [cell for cell in cells if any(piece.text.strip() for piece in cell)]
        if not filled and not any(piece.image for cell in cells for piece in cell):
            self._account.claim(row.start, row.end, Fate.MARKUP)
            return
        parts = [
            Part(Role.CELL, tuple(line), column)
            for column, cell in enumerate(cells)
            for line in split_lines(cell)
        ]
        section = self.sections.current
        table, header = self._tables, self._header
        self._keep(Candidate(CandidateKind.ROW, row.start, row.end, parts, section, table, header))

    # Folds

    def _take_fold(self, blocks: list[Block], index: int) -> int:
        block = blocks[index]
        title = clean_heading(block.pieces)
        if not title or is_fold_label(title):
            self._account.claim(block.start, block.end, Fate.MARKUP)
            self._folds.append(None)
            return 1
        is_title = opens_entry(block.pieces) or count_words(title) > TITLE_WORDS
        is_entry = is_title and not any(is_collection(one) for one in folded(blocks, index))
        if is_entry and (body := list(folded(blocks, index))):
            parts = [Part(Role.MAIN, tuple(block.pieces))]
            for one in body:
                parts += parts_of(one)
            self._add(CandidateKind.FOLD, block.start, max(block.end, body[-1].end), parts)
            self._folds.append(None)
            return 1 + len(body)
        self._account.claim(block.start, block.end, Fate.SECTION)
        level = max(9, self.sections.current.level + 1)
        self._folds.append(self.sections.open(title, level, block.start))
        return 1

    def _close_fold(self, block: Block) -> None:
        self._account.claim(block.start, block.end, Fate.MARKUP)
        fold = self._folds.pop() if self._folds else None
        if fold is not None:
            self.sections.close(fold)

    def _add(self, kind: CandidateKind, start: int, end: int, parts: list[Part]) -> None:
        self._keep(Candidate(kind, start, end, parts, self.sections.current))

    def _keep(self, candidate: Candidate) -> None:
        """Keep a candidate to be read, unless it is longer than any entry."""
        if candidate.is_overlong:
            reason = f"an entry of more than {LONGEST_ENTRY:,} characters"
            self._account.leave(candidate, reason)
        else:
            self.candidates.append(candidate)
