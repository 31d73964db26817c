"""Changes as patches of the text: what is cut out of it, and what comes in."""

from collections.abc import Iterator
from typing import NamedTuple

from catalog.model.findings import FieldPath
from catalog.model.types import Value
from catalog.store.yaml.edits import Edit, Insert, Remove, Set
from catalog.store.yaml.layout import STEP, compose_inline, lay_field, lay_item
from catalog.store.yaml.nodes import (
    EditError,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    Text,
    is_flow,
)
from catalog.store.yaml.scalars import compose_scalar
from catalog.store.yaml.style import Style
from catalog.store.yaml.writer import comment_doubts


class Patch(NamedTuple):
    """The text from `start` to `end` becomes `new`."""

    start: int
    end: int
    new: str


def apply(text: str, patches: list[Patch], line_end: str) -> str:
    """Return the text with all patches made; those at one place in their order.

    A last line that is new ends in a line feed: a block would lose its own without it.
    """
    parts, done = [], 0
    for patch in sorted(patches, key=lambda patch: (patch.start, patch.end)):
        if patch.start < done:
            raise EditError("two changes meet in one place: make them one after the other")
        parts += [text[done : patch.start], patch.new]
        done = patch.end
    is_last_new = patches and done == len(text) and not parts[-1].endswith(line_end)
    return "".join([*parts, text[done:], line_end if is_last_new else ""])


class Patcher:
    """Makes the patches for one file, whose outermost value is laid out as `shape` says."""

    def __init__(self, text: Text, shape: Style) -> None:
        self._text = text
        self._shape = shape

    def make(self, change: Edit) -> Patch:
        """Return the patch for a change. Raises `EditError` when its path leads to nothing."""
        if isinstance(change, Insert):
            return self._insert(change)
        if isinstance(change, Remove):
            return self._remove(change.path)
        if change.path:
            _, parent = self._text.find(change.path[:-1])
            if isinstance(parent, MappingNode) and not _has_field(parent, change.path[-1]):
                return self._add_field(parent, change)
        return self._replace(change)

    def _shape_at(self, path: FieldPath) -> Style:
        shape = self._shape
        for step in path:
            shape = shape.of(step)
        return shape

    def _join(self, lines: list[str], indent: int) -> Iterator[str]:
        """Yield each line after its line feed."""
        for line in lines:
            yield self._text.line_end + (" " * indent + line if line else "")

    # Set

    def _replace(self, change: Set) -> Patch:
        key, node = self._text.find(change.path)
        shape = self._shape_at(change.path)
        start, end = _start_of(node), self._text.end_of(node)
        _, parent = self._text.find(change.path[:-1])
        if change.path and is_flow(parent):
            return Patch(start, end, compose_inline(change.value, shape, in_flow=True))
        if key is not None:
            return self._replace_field(key, node, change.value, shape)
        indent = node.start_mark.column - STEP
        first, *rest = lay_item(change.value, shape, indent=max(indent, 0))
        return Patch(start, end, first[STEP:] + "".join(self._join(rest, max(indent, 0))))

    def _replace_field(self, key: Node, node: Node, value: Value, shape: Style) -> Patch:
        """Replace all after the colon, but for the comment that is in its line."""
        name, indent = str(key.value), key.start_mark.column
        colon = self._text.text.index(":", int(key.end_mark.index)) + 1
        end = self._text.end_of(node)
        first, *rest = lay_field(name, value, shape, indent=indent)
        first = first[len(compose_scalar(name)) + 1 :]
        comment = self._comment_of_header(colon, node)
        if rest and not first.startswith(" [") and not comment:
            trailing = self._text.text[end : self._text.end_of_line(end)].strip()
            comment, end = (f" {trailing}", self._text.end_of_line(end)) if trailing else ("", end)
        return Patch(colon, end, first + comment + "".join(self._join(rest, indent)))

    def _comment_of_header(self, colon: int, node: Node) -> str:
        """Return the comment between a field's colon and a value in the lines below."""
        begin = _start_of(node)
        line = self._text.text[colon : self._text.end_of_line(colon)]
        if begin > colon + len(line):
            return f" {line.strip()}" if line.strip() else ""
        if isinstance(node, ScalarNode) and node.style in ("|", ">") and "#" in line:
            return " " + line[line.index("#") :].rstrip()
        return ""

    def _add_field(self, parent: MappingNode, change: Set) -> Patch:
        name, path = str(change.path[-1]), change.path[:-1]
        shape = self._shape_at(path)
        names = [str(key.value) for key, _ in parent.value]
        order = shape.order([*names, name])
        before = order[order.index(name) - 1] if order[0] != name else None
        if is_flow(parent):
            return self._add_to_flow(parent, before, name, compose_pair(name, change.value, shape))
        indent = parent.value[0][0].start_mark.column
        lines = lay_field(name, change.value, shape.of(name), indent=indent)
        if before is None:
            first = _start_of(parent.value[0][0])
            shifted = "".join(self._join([*lines[1:], *([""] if shape.is_spaced else [])], indent))
            new = f"{lines[0]}{shifted}{self._text.line_end}{' ' * indent}"
            return Patch(first, first, new)
        last = next(value for key, value in parent.value if key.value == before)
        place = self._text.end_of_line(self._text.end_of(last))
        gap = [""] if shape.is_spaced else []
        return Patch(place, place, "".join(self._join([*gap, *lines], indent)))

    def _add_to_flow(self, parent: Node, before: str | None, name: str, pair: str) -> Patch:
        if before is None:
            place = _start_of(parent) + 1
            return Patch(place, place, f"{pair}, " if parent.value else pair)
        last = next(value for key, value in parent.value if key.value == before)
        place = self._text.end_of(last)
        return Patch(place, place, f", {pair}")

    # Insert

    def _insert(self, change: Insert) -> Patch:
        _, node = self._text.find(change.path)
        shape = self._shape_at(change.path)
        if not isinstance(node, SequenceNode) or not 0 <= change.index <= len(node.value):
            raise EditError(f"{self._text.file}: there is no list at {change.path!r}")
        if is_flow(node) and (node.value or not shape.is_block):
            return self._insert_in_flow(node, change, shape)
        comments = comment_doubts(change.value, change.doubts)
        if not node.value:
            return self._fill_empty(change, shape)
        column = node.start_mark.column
        lines = lay_item(change.value, shape.of(change.index), comments, column)
        gap = [""] if self._is_spaced(node, shape) else []
        if change.index == len(node.value):
            place = self._text.end_of_line(self._text.end_of(node))
            return Patch(place, place, "".join(self._join([*gap, *lines], column)))
        place = self._begin_of_item(node, change.index)
        margin = " " * column
        shown = "".join(
            f"{margin if line else ''}{line}{self._text.line_end}" for line in (*lines, *gap)
        )
        if place == self._text.begin_of_line(place):
            return Patch(place, place, shown)
        return Patch(place, place, shown.removeprefix(margin) + margin)

    def _fill_empty(self, change: Insert, shape: Style) -> Patch:
        """Put the first item into a list that is written `[]`."""
        key, node = self._text.find(change.path)
        comments = comment_doubts(change.value, change.doubts)
        indent = key.start_mark.column + STEP if key is not None else 0
        lines = lay_item(change.value, shape.of(0), comments, indent)
        start = self._text.text.index(":", int(key.end_mark.index)) + 1 if key else 0
        end = self._text.end_of(node)
        shown = "".join(self._join(lines, indent))
        return Patch(start, end, shown if key else shown.removeprefix(self._text.line_end))

    def _insert_in_flow(self, node: SequenceNode, change: Insert, shape: Style) -> Patch:
        item = compose_inline(change.value, shape.of(change.index), in_flow=True)
        if not node.value:
            place = _start_of(node) + 1
            return Patch(place, place, item)
        if change.index < len(node.value):
            place = _start_of(node.value[change.index])
            return Patch(place, place, f"{item}, ")
        place = self._text.end_of(node.value[-1])
        return Patch(place, place, f", {item}")

    def _is_spaced(self, node: SequenceNode, shape: Style) -> bool:
        """Return whether a blank line stands between two items of a list."""
        if len(node.value) < 2:
            return shape.is_spaced
        between = self._text.text[self._text.end_of(node.value[0]) : self._text.dash_of(node, 1)]
        return any(not line.strip() for line in between.splitlines()[1:-1])

    def _begin_of_item(self, node: SequenceNode, index: int) -> int:
        """Return where an item begins with the comments above it."""
        dash = self._text.dash_of(node, index)
        begin = self._text.begin_of_line(dash)
        if self._text.text[begin:dash].strip():
            return dash
        top = begin
        while top > 0:
            above = self._text.begin_of_line_above(top)
            if not self._text.text[above:top].lstrip().startswith("#"):
                return top
            top = above
        # What stands above all of a file is about the file.
        return begin

    # Remove

    def _remove(self, path: FieldPath) -> Patch:
        key, parent = self._text.find(path[:-1])
        _, node = self._text.find(path)
        parts = list(parent.value)
        index = next(i for i, part in enumerate(parts) if node is _value_of(part))
        starts = [_start_of(part[0] if isinstance(part, tuple) else part) for part in parts]
        ends = [self._text.end_of(_value_of(part)) for part in parts]
        if len(parts) == 1:
            return self._empty(key, parent)
        if is_flow(parent):
            if index + 1 < len(parts):
                return Patch(starts[index], starts[index + 1], "")
            return Patch(ends[index - 1], ends[index], "")
        start = starts[index]
        if isinstance(parent, SequenceNode):
            start = self._text.dash_of(parent, index)
        return self._remove_lines(start, ends[index], starts[index + 1 : index + 2])

    def _empty(self, key: Node | None, node: Node) -> Patch:
        """Take the only part away from a value."""
        empty: Value = {} if isinstance(node, MappingNode) else []
        if key is not None and not is_flow(node):
            return self._replace_field(key, node, empty, Style())
        return Patch(_start_of(node), self._text.end_of(node), compose_inline(empty, Style()))

    def _remove_lines(self, start: int, end: int, following: list[int]) -> Patch:
        begin = self._text.begin_of_line(start)
        text = self._text.text
        if text[begin:start].strip():
            # The first field after a hyphen: the next one takes its place there.
            gap = text[end : following[0]] if following else "#"
            return Patch(start, self._text.end_of_line(end) if "#" in gap else following[0], "")
        after = self._text.begin_of_next_line(end)
        next_after = self._text.begin_of_next_line(after)
        above = text[self._text.begin_of_line_above(begin) : begin] if begin else ""
        is_between_blanks = begin and not above.strip() and not text[after:next_after].strip()
        return Patch(begin, next_after if is_between_blanks else after, "")


def compose_pair(name: str, value: Value, shape: Style) -> str:
    """Return a field as it is in braces."""
    shown = compose_inline(value, shape.of(name), in_flow=True)
    return f"{compose_scalar(name, in_flow=True)}: {shown}"


def _has_field(node: MappingNode, name: str | int) -> bool:
    return any(key.value == name for key, _ in node.value)


def _value_of(part: Node | tuple[Node, Node]) -> Node:
    return part[1] if isinstance(part, tuple) else part


def _start_of(node: Node) -> int:
    return int(node.start_mark.index)
