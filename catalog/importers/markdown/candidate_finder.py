"""The walk over the blocks: sections are opened, candidates gathered, lines accounted for."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from catalog.importers.markdown.blocks import Block, BlockKind, walk
from catalog.importers.markdown.candidate_sink import Gathering
from catalog.importers.markdown.candidates import (
    Candidate,
    CandidateKind,
    Part,
    Role,
    lines_of,
    parts_of,
    quotation_of,
)
from catalog.importers.markdown.coverage import Account, Fate
from catalog.importers.markdown.dates import is_date
from catalog.importers.markdown.features import (
    TITLE_WORDS,
    count_words,
    has_label_link,
    is_content_link,
    is_fold_label,
    is_line_of_head,
    opens_entry,
    split_entries,
)
from catalog.importers.markdown.grouping import (
    are_described,
    body_of,
    description_after,
    fields_after,
    find_entry_levels,
    find_pseudo_heading,
    folded,
    is_collection,
    is_entry_paragraph,
    is_like_entry_heading,
    run_of,
)
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.items import Inside, ItemTaker
from catalog.importers.markdown.labelled_titles import parts_of_labelled_lines
from catalog.importers.markdown.links import is_scholarly
from catalog.importers.markdown.rows import RowTaker
from catalog.importers.markdown.sections import (
    Announced,
    Section,
    SectionStack,
    clean_heading,
    is_back_link,
)
from catalog.importers.markdown.tables import find_loose_rows

_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
_BIBTEX = re.compile(r"@[a-z]+\s*\{", re.IGNORECASE)


class CandidateFinder:
    """Walks the blocks, opens sections, and puts every line into the account or a candidate."""

    def __init__(self, account: Account) -> None:
        self._found = Gathering(account)
        self._rows = RowTaker(self._found)
        self._items = ItemTaker(self._found, Inside(self._take_all, self._add_groups))
        self._folds: list[Section | None] = []
        self._entry_levels: set[int] = set()
        self._are_described = False

    @property
    def prose(self) -> list[tuple[Section, Block]]:
        """The blocks that are prose for certain, each with its section."""
        return self._found.prose

    @property
    def sections(self) -> SectionStack:
        """The sections of the blocks."""
        return self._found.sections

    def find(self, blocks: Sequence[Block]) -> list[Candidate]:
        """Return the candidates of all blocks."""
        self._entry_levels = find_entry_levels(blocks)
        self._take_all(list(blocks))
        return self._found.candidates

    def _take_all(self, blocks: list[Block]) -> None:
        outer, self._are_described = self._are_described, are_described(blocks)
        index = 0
        while index < len(blocks):
            index += self._take(blocks, index)
        self._are_described = outer

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
            BlockKind.LEFT_OUT: self._skip,
        }.get(block.kind, self._pass)
        take_one(block)
        return 1

    def _skip(self, block: Block) -> None:
        reasons = {BlockKind.FENCE: "fenced block", BlockKind.COMMENT: "HTML comment"}
        self._found.account.skip(block, reasons.get(block.kind, block.raw))

    def _pass(self, block: Block) -> None:
        self._found.account.claim(block.start, block.end, Fate.MARKUP)

    def _take_lone_item(self, block: Block) -> None:
        self._items.take([block])

    def _take_table(self, block: Block) -> None:
        self._rows.take(block.children)

    def _take_run_of_rows(self, blocks: list[Block], index: int) -> int:
        rows = run_of(blocks, index, BlockKind.ROW)
        self._rows.take(rows)
        return len(rows)

    def _take_quote(self, block: Block) -> None:
        last = self._found.last
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
            self._found.add_prose(block)

    def _belongs_to(self, last: Candidate, quote: Block) -> bool:
        """Return whether a quotation stands right below an entry: its abstract, or a remark."""
        is_next = (
            last.section is self._found.sections.current and last.end < quote.start <= last.end + 2
        )
        is_entry = opens_entry(last.parts[0].pieces) or has_label_link(last.parts[0].pieces)
        holds_entries = any(opens_entry(child.pieces) or child.children for child in quote.children)
        return is_next and is_entry and not holds_entries

    # Headings

    def _take_heading(self, blocks: list[Block], index: int) -> int:
        block = blocks[index]
        if block.level in self._entry_levels and is_like_entry_heading(blocks, index):
            body = list(body_of(blocks, index))
            self._add_heading_entry(block, body)
            return 1 + len(body)
        title = clean_heading(block.pieces)
        self._folds = [
            fold for fold in self._folds if fold is not None and fold.level < block.level
        ]
        self._found.account.claim(block.start, block.end, Fate.SECTION)
        if title:
            self._found.sections.open(title, block.level, block.start)
        return 1

    def _add_heading_entry(self, block: Block, body: list[Block]) -> None:
        parts = [Part(Role.MAIN, tuple(block.pieces))]
        end, label = block.end, ""
        for part_block in body:
            if part_block.kind in (BlockKind.FENCE, BlockKind.COMMENT):
                self._found.account.skip(part_block, f"{part_block.kind} of an entry")
                continue
            end = max(end, part_block.end)
            if part_block.kind in (BlockKind.DETAILS, BlockKind.DETAILS_END):
                label = part_block.text
            elif part_block.kind is BlockKind.PARAGRAPH and label:
                # A fold's summary labels what it folds: `Abstract`.
                name = Piece(f"{label}: ", part_block.start)
                parts.append(Part(Role.CHILD, (name, *part_block.pieces)))
                label = ""
            else:
                parts += parts_of(part_block)
        self._found.add(CandidateKind.HEADING, block.start, end, parts)

    # Paragraphs

    def _take_paragraph(self, blocks: list[Block], index: int) -> int:
        block = blocks[index]
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        pseudo = find_pseudo_heading(block, following)
        groups = split_entries(block.pieces)
        if _BIBTEX.match(block.text):
            self._found.account.skip(block, "BibTeX")
        elif _FOOTNOTE.match(block.text):
            self._found.account.skip(block, "footnote")
        elif is_back_link(block.text):
            self._found.account.claim(block.start, block.end, Fate.MARKUP)
        elif pseudo is not None:
            self._found.account.claim(block.start, block.end, Fate.SECTION)
            # Days part a list of news; years are a way to sort papers.
            if not is_date(pseudo) or re.fullmatch(r"\d{4}", pseudo):
                self._found.sections.open(pseudo, 10, block.start)
        elif rows := find_loose_rows(block):
            self._rows.take(rows, is_loose=True)
        elif len(groups) > 1 and parts_of_labelled_lines(block.pieces) is None:
            self._add_groups(block, groups)
        else:
            return self._add_paragraph(blocks, index)
        return 1

    def _add_paragraph(self, blocks: list[Block], index: int) -> int:
        block = blocks[index]
        labelled = parts_of_labelled_lines(block.pieces)
        parts = labelled or list(lines_of(block.pieces, Role.MAIN))
        end, taken = block.end, 1
        if self._are_described and is_entry_paragraph(block):
            for part_block in description_after(blocks, index):
                parts += (replace(part, role=Role.TEXT) for part in parts_of(part_block))
                end, taken = part_block.end, taken + 1
        elif opens_entry(block.pieces):
            # An entry goes on below its first paragraph: a list of fields, a paragraph of links.
            for part_block in fields_after(blocks, index):
                parts += parts_of(part_block)
                end, taken = part_block.end, taken + 1
        self._found.add(CandidateKind.PARAGRAPH, block.start, end, parts)
        return taken

    def _add_groups(self, block: Block, groups: list[list[list[Piece]]]) -> None:
        starts = [max(block.start, group[0][0].line) for group in groups]
        starts[0] = block.start
        ends = [max(start, after - 1) for start, after in pairwise(starts)]
        for group, start, end in zip(groups, starts, [*ends, block.end], strict=True):
            if is_line_of_head(group):
                self._found.account.claim(start, end, Fate.SECTION)
                head = self._found.sections.open(clean_heading(group[0]), 10, start)
                head.announced = Announced.ENTRIES
                continue
            parts = [
                Part(Role.MAIN if not number else Role.LINE, tuple(line))
                for number, line in enumerate(group)
            ]
            # Lines with a link each are items of a list that has no bullets.
            is_item = len(group) == 1 and has_label_link(group[0]) and not opens_entry(group[0])
            self._found.add(
                CandidateKind.ITEM if is_item else CandidateKind.PARAGRAPH, start, end, parts
            )

    def _take_list(self, blocks: list[Block], index: int) -> int:
        self._items.take(blocks[index].children)
        return 1 + self._items.take_rest(blocks, index + 1)

    # Folds

    def _take_fold(self, blocks: list[Block], index: int) -> int:
        block = blocks[index]
        title = clean_heading(block.pieces)
        if not title or is_fold_label(title):
            self._found.account.claim(block.start, block.end, Fate.MARKUP)
            self._folds.append(None)
            return 1
        is_title = opens_entry(block.pieces) or count_words(title) > TITLE_WORDS
        is_entry = is_title and not any(is_collection(one) for one in folded(blocks, index))
        if is_entry and (body := list(folded(blocks, index))):
            parts = [Part(Role.MAIN, tuple(block.pieces))]
            for one in body:
                parts += parts_of(one)
            self._found.add(CandidateKind.FOLD, block.start, max(block.end, body[-1].end), parts)
            self._folds.append(None)
            return 1 + len(body)
        self._found.account.claim(block.start, block.end, Fate.SECTION)
        level = max(9, self._found.sections.current.level + 1)
        self._folds.append(self._found.sections.open(title, level, block.start))
        return 1

    def _close_fold(self, block: Block) -> None:
        self._found.account.claim(block.start, block.end, Fate.MARKUP)
        fold = self._folds.pop() if self._folds else None
        if fold is not None:
            self._found.sections.close(fold)
