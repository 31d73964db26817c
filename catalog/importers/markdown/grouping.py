"""What belongs together: pseudo headings, fields below a title, headings that are entries."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from catalog.importers.markdown.blocks import Block, BlockKind, walk
from catalog.importers.markdown.candidates import own_pieces
from catalog.importers.markdown.dates import is_date
from catalog.importers.markdown.edges import strip_edges
from catalog.importers.markdown.features import (
    TITLE_WORDS,
    count_words,
    has_label_link,
    is_content_link,
    is_entry_line,
    is_field,
    is_fold_label,
    is_sure_byline,
    opens_entry,
    split_lines,
)
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.links import is_anchor, is_scholarly
from catalog.importers.markdown.sections import Announced, announce, clean_heading
from catalog.importers.venues.mentions import parse_venue


def find_pseudo_heading(block: Block, following: Block | None) -> str | None:
    """Return the text of a paragraph that is a heading in all but name, or None."""
    if following is None or following.kind not in (
        BlockKind.LIST,
        BlockKind.TABLE,
        BlockKind.ROW,
        BlockKind.PARAGRAPH,
        BlockKind.ITEM,
    ):
        return None
    shown = [piece for piece in block.pieces if strip_edges(piece.text) and piece.image is None]
    if len(shown) != 1 or count_words(shown[0].text) > 8:
        return None
    piece = shown[0]
    if piece.url is not None and not is_anchor(piece.url):
        return None
    is_marked = (
        piece.bold
        or (piece.italic and count_words(piece.text) <= 3)
        or (
            piece.text.rstrip().endswith((":", "："))
            and following.kind is BlockKind.LIST
            and count_words(piece.text) <= 5
        )
    )
    is_sure = following.kind is not BlockKind.PARAGRAPH or (
        piece.bold
        and count_words(piece.text) <= 5
        and (opens_entry(following.pieces) or is_entry_line(following.pieces))
    )
    if not is_marked or not is_sure or is_sure_byline(piece.text):
        return None
    is_above_fields = following.kind is BlockKind.LIST and is_field_list(following) and piece.bold
    if is_above_fields and not is_date(piece.text):
        return None
    return clean_heading([piece]).strip("() ")


def is_group_name(pieces: Sequence[Piece]) -> bool:
    """Return whether an item only names what its nested items have in common."""
    if any(is_content_link(piece) and is_scholarly(piece.url or "") for piece in pieces):
        return False
    text = strip_edges("".join(piece.text for piece in pieces if piece.image is None))
    is_linked = any(piece.url and piece.url.startswith("http") for piece in pieces)
    return count_words(text) <= (4 if is_linked else 10) and not has_label_link(pieces)


def are_children_fields(items: Sequence[Block]) -> bool:
    """Return whether the nested items of a list are fields of its items, by their majority."""
    parents = [item for item in items if any(one.kind is BlockKind.LIST for one in item.children)]
    lists = [one for item in parents for one in item.children if one.kind is BlockKind.LIST]
    if not lists or sum(map(_is_dated_venue, parents)) * 2 > len(parents):
        return False
    fields = sum(map(is_field_list, lists))
    cited = sum(map(_is_cited, parents))
    # `Things in Motion (CONF 2024)` is an entry, whatever links are below it.
    return fields >= 0.6 * len(lists) or cited >= 0.6 * len(parents)


_CITED = re.compile(r"\w+\W+\w+\W+\w+.*[(\[][^()\[\]]*\b(?:19|20)\d\d\b[^()\[\]]*[)\]]\W*$")
"""A title with venue or year in brackets."""


def _is_cited(item: Block) -> bool:
    text = "".join(piece.text for piece in own_pieces(item) if piece.image is None)
    return _CITED.search(text) is not None


def _is_dated_venue(item: Block) -> bool:
    """Return whether an item is a venue with its year: `**CONF 2024**` above its papers."""
    text = strip_edges("".join(piece.text for piece in own_pieces(item) if not piece.image))
    mention = parse_venue(text) if re.fullmatch(r"[\w&/' -]+", text) else None
    return mention is not None and mention.year is not None and count_words(text) <= TITLE_WORDS


def is_field_list(block: Block) -> bool:
    """Return whether the items of a list are fields of an entry, by their majority."""
    lines = [own_pieces(item) for item in block.children]
    if not lines:
        return False
    fields = sum(is_field(line) for line in lines)
    entries = sum(is_entry_line(line) and not is_field(line) for line in lines)
    # Without either they are remarks under an entry, with or without links in their sentences.
    return entries == 0 or fields > entries


def is_collection(block: Block) -> bool:
    """Return whether a block holds several entries."""
    if block.kind is BlockKind.DETAILS:
        return not is_fold_label(block.text)
    if block.kind in (BlockKind.TABLE, BlockKind.ROW, BlockKind.HEADING):
        return True
    if block.kind is BlockKind.LIST:
        return not is_field_list(block)
    return block.kind is BlockKind.PARAGRAPH and opens_entry(block.pieces)


def is_entry_paragraph(block: Block) -> bool:
    """Return whether a paragraph begins as an entry, or is a bold name with labelled links."""
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    first = next((one for one in block.pieces if strip_edges(one.text)), None)
    is_named = first is not None and first.bold and has_label_link(block.pieces)
    return is_named or opens_entry(block.pieces)


def are_described(blocks: Sequence[Block]) -> bool:
    """Return whether entries have a paragraph below them, as most paragraphs that are entries do.

    Two entries and more have to be there, and their paragraphs may not be entries themselves.
    """
    entries = described = 0
    for one, after in pairwise(blocks):
        if is_entry_paragraph(one):
            entries += 1
            described += after.kind is BlockKind.PARAGRAPH and not is_entry_paragraph(after)
    return described >= 2 and described >= 0.6 * entries


def description_after(blocks: Sequence[Block], index: int) -> Iterator[Block]:
    """Yield the paragraphs and lists below an entry that describe it."""
    for block in _following(blocks, index + 1):
        is_text = block.kind is BlockKind.PARAGRAPH and not is_entry_paragraph(block)
        is_list = block.kind is BlockKind.LIST and is_field_list(block)
        if not (is_text or is_list):
            return
        yield block


def fields_after(blocks: Sequence[Block], index: int) -> Iterator[Block]:
    """Yield the blocks after a title paragraph that are its fields."""
    for block in blocks[index + 1 : index + 4]:
        if block.kind is BlockKind.LIST and is_field_list(block):
            yield block
            return
        is_short = block.kind is BlockKind.PARAGRAPH and is_field(block.pieces)
        if not is_short or opens_entry(block.pieces):
            return
        yield block


def _following(blocks: Sequence[Block], index: int) -> Iterator[Block]:
    """Yield the blocks from `index` on; a slice would copy all that follow, block after block."""
    return (blocks[number] for number in range(index, len(blocks)))


def body_of(blocks: Sequence[Block], index: int) -> Iterator[Block]:
    """Yield the blocks below a heading, up to the next or to the end of the fold that it is in."""
    depth = 0
    for block in _following(blocks, index + 1):
        if block.kind is BlockKind.HEADING or (block.kind is BlockKind.DETAILS_END and not depth):
            return
        depth += (block.kind is BlockKind.DETAILS) - (block.kind is BlockKind.DETAILS_END)
        yield block


def folded(blocks: Sequence[Block], index: int) -> Iterator[Block]:
    """Yield the blocks that a fold hides."""
    depth = 0
    for block in _following(blocks, index + 1):
        if block.kind is BlockKind.DETAILS_END:
            if depth == 0:
                return
            depth -= 1
        depth += block.kind is BlockKind.DETAILS
        yield block


def run_of(blocks: Sequence[Block], index: int, kind: BlockKind) -> list[Block]:
    """Return the blocks of one kind from `index` on."""
    run: list[Block] = []
    for block in _following(blocks, index):
        if block.kind is not kind:
            break
        run.append(block)
    return run


def find_entry_levels(blocks: Sequence[Block]) -> set[int]:
    """Return the levels of headings that are entries and not sections."""
    total: Counter[int] = Counter()
    like: defaultdict[int, int] = defaultdict(int)
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and not _is_named_section(block):
            total[block.level] += 1
            like[block.level] += is_entry_heading(blocks, index)
    return {level for level, count in total.items() if like[level] >= max(2, 0.5 * count)}


def is_like_entry_heading(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a heading at a level of entries is one: a title, with no others below it."""
    others = [one for block in body_of(blocks, index) for one in block.children or (block,)]
    items = sum(any(piece.url for piece in one.pieces) for one in others if opens_entry(one.pieces))
    is_title = count_words(clean_heading(blocks[index].pieces)) >= _TITLE_OF_HEADING
    return is_entry_heading(blocks, index) or (is_title and items < 2)


_TITLE_OF_HEADING = 5
"""Words of a title among headings that are titles: names of sections have less."""


def _is_named_section(block: Block) -> bool:
    return announce(clean_heading(block.pieces)) is not Announced.ENTRIES


def is_entry_heading(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a heading is an entry: a title with a link or with fields below it."""
    block = blocks[index]
    title = clean_heading(block.pieces)
    is_linked = any(piece.url and is_scholarly(piece.url) for piece in block.pieces)
    if is_date(title) or (count_words(title) < TITLE_WORDS and not is_linked):
        return False
    body = list(body_of(blocks, index))
    collections = [one for one in body if is_collection(one)]
    if len(collections) == 1 and _is_second_title(collections[0], body):
        collections.clear()
    if collections:
        return False
    if is_linked:
        return True
    if any(is_content_link(piece) for piece in block.pieces) and body:
        return True
    return any(
        is_field(line) and (has_label_link(line) or is_sure_byline("".join(p.text for p in line)))
        for one in body
        for line in _field_lines(one)
    ) and (block.level > 2 or len(body) <= 6)


def _is_second_title(block: Block, body: Sequence[Block]) -> bool:
    """Return whether a paragraph right below a heading only says its title in another language."""
    is_first = block is body[0] and block.kind is BlockKind.PARAGRAPH
    return is_first and not any(piece.url for piece in block.pieces)


def _field_lines(block: Block) -> Iterator[list[Piece]]:
    for one in walk([block]):
        yield from split_lines(one.pieces, at_soft=True)
