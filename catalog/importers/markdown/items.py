"""The items of lists: entries, groups of entries, tables of contents."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from catalog.importers.markdown.blocks import Block, BlockKind
from catalog.importers.markdown.candidate_sink import Gathering
from catalog.importers.markdown.candidates import (
    CandidateKind,
    Part,
    Role,
    lines_of,
    own_pieces,
    parts_of,
)
from catalog.importers.markdown.coverage import Fate
from catalog.importers.markdown.dates import is_date
from catalog.importers.markdown.features import (
    count_words,
    has_label_link,
    is_link_line,
    is_sure_byline,
    opens_entry,
    split_entries,
    split_lines,
    split_works,
)
from catalog.importers.markdown.grouping import are_children_fields, is_field_list, is_group_name
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.labelled_titles import parts_of_labelled_list
from catalog.importers.markdown.links import is_anchor
from catalog.importers.markdown.sections import BULLET, Announced, clean_heading


class Inside(NamedTuple):
    """How what stands inside an item is taken: blocks, and entries that share a paragraph."""

    take_all: Callable[[list[Block]], None]
    add_groups: Callable[[Block, list[list[list[Piece]]]], None]


class ItemTaker:
    """Makes candidates and sections of the items of lists."""

    def __init__(self, found: Gathering, inside: Inside) -> None:
        self._found = found
        self._inside = inside

    def take_rest(self, blocks: list[Block], index: int) -> int:
        """Move a paragraph of fields to the item above that it is not indented enough for."""
        last = self._found.last
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

    def take(self, items: list[Block]) -> None:
        """Take the items of one list, unless they only lead to other places of the page."""
        if self._are_contents(items):
            for item in items:
                self._found.account.skip(item, "table of contents")
            return
        if (parts := parts_of_labelled_list(items)) is not None:
            self._found.add(CandidateKind.ITEM, items[0].start, items[-1].end, parts)
            return
        are_fields = are_children_fields(items)
        for item in items:
            self._take_item(item, are_fields=are_fields)

    def _are_contents(self, items: list[Block]) -> bool:
        links = [piece for item in items for piece in own_pieces(item) if piece.url is not None]
        anchors = sum(is_anchor(piece.url or "") for piece in links)
        if not anchors:
            return False
        if anchors >= 0.7 * len(links) and not self._has_words_beside(items):
            return True
        is_announced = self._found.sections.current.announced is Announced.CONTENTS
        return is_announced and anchors * 2 >= len(links)

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
        elif not lists or (are_fields and not is_date(clean_heading(own_pieces(item)))):
            self._add_item(item, item.children)
        elif is_group_name(own := own_pieces(item)):
            self._take_group(item, own, others, lists)
        elif (about := _find_description(own)) and is_group_name(own[:about]):
            self._take_group(item, own[:about], others, lists, own[about:])
        else:
            fields = [one for one in lists if is_field_list(one)]
            self._add_item(item, [*others, *fields])
            self._inside.take_all([nested for nested in lists if nested not in fields])

    def _take_paragraphs_of(self, item: Block, others: list[Block]) -> None:
        before, section = self._found.sections.current, None
        blocks = list(item.children)
        if not opens_entry(others[0].pieces) and is_group_name(others[0].pieces):
            self._found.account.claim(others[0].start, others[0].end, Fate.SECTION)
            if title := clean_heading(others[0].pieces):
                section = self._found.sections.open(title, before.level + BULLET, item.start)
            blocks.remove(others[0])
        self._inside.take_all(blocks)
        if section is not None:
            self._found.sections.close(section)

    def _take_group(
        self,
        item: Block,
        own: list[Piece],
        others: list[Block],
        lists: list[Block],
        about: Sequence[Piece] = (),
    ) -> None:
        """Take an item that only names what its nested items have in common, and is `about` it."""
        for other in others:
            self._found.account.claim(other.start, other.end, Fate.SECTION)
        self._found.account.claim(item.start, item.start, Fate.SECTION)
        title = clean_heading(own)
        before = self._found.sections.current
        section = (
            self._found.sections.open(title, before.level + BULLET, item.start) if title else None
        )
        if about:
            lines = (about[0].line, max(other.end for other in others))
            self._found.add_prose(Block(BlockKind.PARAGRAPH, *lines, list(about)))
        for nested in lists:
            self.take(nested.children)
        if section is not None:
            self._found.sections.close(section)

    def _add_item(self, item: Block, children: list[Block]) -> None:
        has_lists = any(child.kind is BlockKind.LIST for child in children)
        if not has_lists and len(works := split_works(own_pieces(item))) > 1:
            for work in works:
                self._found.add(CandidateKind.ITEM, item.start, item.end, [Part(Role.MAIN, work)])
            return
        self._add_whole_item(item, children)

    def _add_whole_item(self, item: Block, children: list[Block]) -> None:
        parts = list(lines_of(item.pieces, Role.MAIN))
        for child in children:
            if child.kind in (BlockKind.FENCE, BlockKind.COMMENT):
                continue
            if child.kind is BlockKind.PARAGRAPH and not parts:
                groups = split_entries(child.pieces)
                if len(groups) > 1 and len(children) == 1:
                    self._inside.add_groups(child, groups)
                    return
                parts += lines_of(child.pieces, Role.MAIN)
            else:
                parts += parts_of(child)
        lists = [one for one in item.children if one.kind is BlockKind.LIST and one not in children]
        end = min([item.end, *(one.start - 1 for one in lists)])
        self._found.add(CandidateKind.ITEM, item.start, max(item.start, end), parts)
        for child in children:
            if child.kind in (BlockKind.FENCE, BlockKind.COMMENT):
                self._found.account.skip(child, f"{child.kind} of an entry")


def _find_description(pieces: Sequence[Piece]) -> int:
    """Return where a group's description begins: in italic, below its name; 0 without one."""
    for number, piece in enumerate(pieces):
        if piece.italic and piece.line > pieces[0].line:
            rest = pieces[number:]
            return number if all(one.italic or not one.text.strip() for one in rest) else 0
    return 0
