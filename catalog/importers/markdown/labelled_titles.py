"""Entries whose title has a label like their other fields: `Paper: …`, `Authors: …`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from catalog.importers.markdown.blocks import Block, BlockKind
from catalog.importers.markdown.candidates import Part, Role, own_pieces, parts_of
from catalog.importers.markdown.features import count_words, split_lines
from catalog.importers.markdown.field_labels import Hint, find_hint
from catalog.importers.markdown.inline_html import Piece

_LABEL = re.compile(r"[\s\W]*([^\W\d_][\w /&.()-]{0,28}?)\s?(?:[:：;]|\s[–—-](?=\s))\s*")
"""`Paper: `, `Título – `: the label with what parts it from its field."""
_MOST_LINES = 50
"""Lines of a paragraph that one paper may have; more are prose, or a list without bullets."""
_LEAST_LABELLED = 0.6
"""The share of labelled lines: some have none, such as `[Community discussion](…)`."""


def parts_of_labelled_list(items: Sequence[Block]) -> list[Part] | None:
    """Return the parts of the one entry that a list is, or None when it is a list of entries."""
    lines = [own_pieces(item) for item in items]
    title = _find_title(lines)
    if title is None:
        return None
    below = [list(_parts_below(item)) for item in items]
    own = [_to_field(line) for line in lines]
    fields = [
        part
        for number, (one, others) in enumerate(zip(own, below, strict=True))
        for part in ([one] if number != title else []) + others
    ]
    return [Part(Role.MAIN, _without_label(lines[title])), *fields]


def parts_of_labelled_lines(pieces: Sequence[Piece]) -> list[Part] | None:
    """Return the parts of a paragraph with a label at each of its lines, or None."""
    if sum(piece.text.count("\n") for piece in pieces) > _MOST_LINES:
        return None
    lines = split_lines(pieces, at_soft=True)
    title = _find_title(lines)
    if title is None:
        return None
    fields = [_to_field(line) for number, line in enumerate(lines) if number != title]
    return [Part(Role.MAIN, _without_label(lines[title])), *fields]


def _parts_below(item: Block) -> Iterator[Part]:
    for child in item.children:
        if child.kind is BlockKind.LIST:
            yield from parts_of(child)


def _find_title(lines: Sequence[Sequence[Piece]]) -> int | None:
    """Return which line has the title: the only one with such a label, among other fields."""
    hints = [_find_hint(line) for line in lines]
    known = [hint for hint in hints if hint is not None]
    if hints.count(Hint.TITLE) != 1 or len(known) < _LEAST_LABELLED * len(lines):
        return None
    if not {Hint.AUTHORS, Hint.VENUE, Hint.DATE} & {*known}:
        return None
    title = hints.index(Hint.TITLE)
    shown = "".join(piece.text for piece in _without_label(lines[title]))
    return title if count_words(shown) else None


def _find_hint(line: Sequence[Piece]) -> Hint | str | None:
    """Return what the label of a line announces; `other` for a bold label that is not known."""
    text = "".join(piece.text for piece in line)
    first = next((piece for piece in line if piece.text.strip()), None)
    found = _LABEL.match(text)
    label = found[1] if found else ""
    if first is not None and first.bold and not first.url:
        label = label or first.text
        return find_hint(label) or "other"
    return find_hint(label) if label else None


def _to_field(line: Sequence[Piece]) -> Part:
    """Return a line as a field with a colon behind its label: `Autores – Ada Example`."""
    found = _LABEL.match("".join(piece.text for piece in line))
    if found is None or find_hint(found[1]) is None:
        return Part(Role.CHILD, tuple(line))
    label = Piece(f"{found[1]}: ", line[0].line)
    return Part(Role.CHILD, (label, *_without_label(line)))


def _without_label(line: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces of a line behind its label."""
    found = _LABEL.match("".join(piece.text for piece in line))
    if found is None:
        return tuple(line[1:])
    rest, kept = found.end(), []
    for piece in line:
        if rest < len(piece.text):
            kept.append(replace(piece, text=piece.text[rest:]))
        rest = max(0, rest - len(piece.text))
    return tuple(kept)
