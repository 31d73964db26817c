"""The comments of a YAML file, and the fields and items to which they belong."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from catalog.model.findings import FieldPath
from catalog.store.yaml.edits import compose_unicode
from catalog.store.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode, Text, is_flow
from catalog.store.yaml.writer import Comments

_COMMENT = re.compile(r"#[^\r\n]*")


class _Comment(NamedTuple):
    start: int
    text: str


class _Part(NamedTuple):
    """A field or an item: where it begins (at its key or hyphen) and ends."""

    start: int
    end: int
    path: FieldPath
    in_flow: bool
    is_holder: bool
    """Its first field begins in its own line: `- key: …`."""


def gather_comments(text: Text) -> Comments:
    """Return all comments of a file.

    A comment on its own line belongs to what begins after it; one at the end of a line to what
    begins in that line, or else to what ends there.
    """
    attacher = _Attacher(text)
    for comment in find_comments(text):
        attacher.attach(comment)
    return attacher.comments


def find_comments(text: Text) -> Iterator[_Comment]:
    """Yield the comments of a file in their order: whatever begins with # outside of scalars."""
    position = 0
    for start, end in [*_find_scalars(text, text.root), (len(text.text), len(text.text))]:
        for found in _COMMENT.finditer(text.text, position, start):
            yield _Comment(found.start(), found[0])
        position = end


def _find_scalars(text: Text, node: Node) -> Iterator[tuple[int, int]]:
    """Yield where scalars begin and end; a value in which nothing can be a comment is like one."""
    if not _may_have_comments(text, node):
        yield int(node.start_mark.index), int(node.end_mark.index)
    elif isinstance(node, ScalarNode):
        start = int(node.start_mark.index)
        if node.style in ("|", ">"):
            # A comment may stand next to the sign that begins a block.
            start = min(text.end_of_line(start), text.end_of(node))
        yield start, max(start, text.end_of(node))
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _find_scalars(text, key)
            yield from _find_scalars(text, value)
    else:
        for item in node.value:
            yield from _find_scalars(text, item)


def _may_have_comments(text: Text, node: Node) -> bool:
    """Return whether a number sign is in a value, or after it in its last line."""
    end = text.end_of_line(int(node.end_mark.index))
    return text.text.find("#", int(node.start_mark.index), end) >= 0


def _find_parts(text: Text, node: Node, path: FieldPath) -> Iterator[_Part]:
    """Yield every field and item in the order of the file, each before those inside it.

    What is inside an item without comments is left out: most records of a long list have none.
    """
    if isinstance(node, MappingNode):
        for key, value in node.value:
            below = (*path, str(compose_unicode(key.value)))
            yield _Part(int(key.start_mark.index), text.end_of(value), below, is_flow(node), False)
            yield from _find_parts(text, value, below)
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            start = int(item.start_mark.index)
            if not is_flow(node):
                start = text.dash_of(node, index)
            is_holder = not isinstance(item, ScalarNode) and not is_flow(item) and bool(item.value)
            below = (*path, index)
            yield _Part(start, text.end_of(item), below, is_flow(node), is_holder)
            if _may_have_comments(text, item):
                yield from _find_parts(text, item, below)


class _Attacher:
    def __init__(self, text: Text) -> None:
        self.comments = Comments()
        self._text = text
        self._parts = list(_find_parts(text, text.root, ()))
        self._starts = [part.start for part in self._parts]

    def attach(self, comment: _Comment) -> None:
        begin = self._text.begin_of_line(comment.start)
        shown = comment.text[1:].removeprefix(" ").rstrip()
        if not self._text.text[begin : comment.start].strip():
            self._attach_above(comment, shown)
            return
        owner = self._find_owner(begin, comment.start)
        place = self._at(owner.path) if owner is not None else self.comments
        if owner is not None and place.beside is None:
            place.beside = shown
        else:
            place.above.append(shown)

    def _attach_above(self, comment: _Comment, shown: str) -> None:
        """Attach a comment on its own line to what begins next, with the blank lines below."""
        index = bisect_left(self._starts, comment.start)
        end = self._text.begin_of_next_line(comment.start)
        is_blank_below = self._is_blank_line(end)
        if index < len(self._parts):
            above = self._at(self._parts[index].path).above
            above += [shown, None] if is_blank_below else [shown]
            return
        begin = self._text.begin_of_line(comment.start)
        if begin and self._is_blank_line(self._text.begin_of_line_above(begin)):
            self.comments.end.append(None)
        self.comments.end.append(shown)

    def _is_blank_line(self, begin: int) -> bool:
        end = self._text.end_of_line(begin)
        return end < len(self._text.text) and not self._text.text[begin:end].strip()

    def _find_owner(self, begin: int, end: int) -> _Part | None:
        """Return the part to which a comment at the end of a line belongs."""
        first, last = bisect_left(self._starts, begin), bisect_left(self._starts, end)
        within = self._parts[first:last]
        closed = [part for part in within if part.in_flow and part.end <= end]
        if closed and (within[0].in_flow or within[0].end > end):
            # Between brackets: the comment is about what is before it.
            return max(closed, key=lambda part: (part.end, -len(part.path)))
        if within and not within[0].in_flow:
            return next((part for part in within if not part.is_holder), within[0])
        blocks = [part for part in self._parts[:last] if not part.in_flow and part.end >= begin]
        ending = [part for part in blocks if part.end <= end]
        if ending:
            return ending[-1]
        return within[-1] if within else (self._parts[last - 1] if last else None)

    def _at(self, path: FieldPath) -> Comments:
        place = self.comments
        for step in path:
            place = place.part(step)
        return place
