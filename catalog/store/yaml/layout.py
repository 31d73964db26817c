"""Values laid out as lines of YAML."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.model.types import Value
from catalog.store.yaml.scalars import compose_scalar, is_safe
from catalog.store.yaml.style import Style
from catalog.text.characters import blank_commands

WIDTH = 120
"""The longest line where text may be broken; titles and addresses are never broken."""
# Spaces of one level of indentation, as most YAML has them.
STEP = 2


@dataclass(slots=True)
class Comments:
    """The comments of a value, and those of its parts by field or index.

    A comment is one line without the number sign; in `above`, None is a blank line. `end` stands
    after everything (in a file only).
    """

    above: list[str | None] = field(default_factory=list)
    beside: str | None = None
    parts: "dict[str | int, Comments]" = field(default_factory=dict)
    end: list[str | None] = field(default_factory=list)

    def part(self, step: str | int) -> "Comments":
        """Return the comments of a part, to add to."""
        return self.parts.setdefault(step, Comments())


_NONE = Comments()


def lay_out(value: Value, shape: Style, comments: Comments = _NONE, indent: int = 0) -> list[str]:
    """Return the lines of a value, a line for each of its parts, not indented yet.

    `indent` is where they will stand; it decides what fits.
    """
    if isinstance(value, str) or not value:
        return [compose_inline(value, shape)]
    if isinstance(value, dict):
        blocks = [
            lay_field(name, value[name], shape.of(name), comments.parts.get(name, _NONE), indent)
            for name in shape.order(value)
        ]
    else:
        blocks = [
            lay_item(item, shape.of(index), comments.parts.get(index, _NONE), indent)
            for index, item in enumerate(value)
        ]
    gap = [""] if shape.is_spaced else []
    return [line for i, block in enumerate(blocks) for line in (*(gap if i else ()), *block)]


def show_comments(comments: Iterable[str | None]) -> list[str]:
    """Return the lines of comments."""
    return ["" if text is None else f"# {blank_commands(text)}".rstrip() for text in comments]


def _begin_item(lines: Sequence[str]) -> list[str]:
    """Put the hyphen of a list's item before the first line that is not a comment."""
    first = next(i for i, line in enumerate(lines) if line and not line.startswith("#"))
    rest = (" " * STEP + line if line else "" for line in lines[first + 1 :])
    return [*lines[:first], f"- {lines[first]}", *rest]


def lay_field(
    name: str, value: Value, shape: Style, comments: Comments = _NONE, indent: int = 0
) -> list[str]:
    """Return the lines of a field of a mapping, its comments above them."""
    key = compose_scalar(name) + ":"
    room = WIDTH - indent - len(key) - 1
    inline = None if comments.parts else _fit(value, shape, room)
    if inline is not None:
        return _add_comments([f"{key} {inline}"], comments)
    if isinstance(value, str):
        header, *block = _lay_prose(value, WIDTH - indent - STEP)
        return _add_comments([f"{key} {header}", *_shift(block)], comments, is_hoisted=True)
    if isinstance(value, list) and not shape.is_block and not comments.parts:
        filled = _fill(value, shape, f"{key} ", WIDTH - indent)
        return _add_comments(filled, comments, is_hoisted=len(filled) > 1)
    lines = _shift(lay_out(value, shape, comments, indent + STEP))
    return _add_comments([key, *lines], comments)


def lay_item(value: Value, shape: Style, comments: Comments = _NONE, indent: int = 0) -> list[str]:
    """Return the lines of an item of a list, its comments above them."""
    inline = None if comments.parts else _fit(value, shape, WIDTH - indent - STEP)
    if isinstance(value, str) or inline is not None:
        shown = compose_inline(value, shape) if inline is None else inline
        return _add_comments([f"- {shown}"], comments)
    lines = _begin_item(lay_out(value, shape, comments, indent + STEP))
    return _add_comments(lines, comments, is_hoisted=True)


def _add_comments(lines: list[str], comments: Comments, *, is_hoisted: bool = False) -> list[str]:
    above = list(comments.above)
    if comments.beside is not None:
        if is_hoisted:
            above.append(comments.beside)
        else:
            lines = [f"{lines[0]} {show_comments([comments.beside])[0]}", *lines[1:]]
    return [*show_comments(above), *lines]


def _shift(lines: Iterable[str]) -> list[str]:
    return [" " * STEP + line if line else "" for line in lines]


def _fit(value: Value, shape: Style, room: int) -> str | None:
    """Return the value on one line, or None when it has more lines."""
    if isinstance(value, str):
        is_block = shape.is_prose and ("\n" in value or len(value) > room)
        return None if is_block and _lay_prose(value, room) else compose_inline(value, shape)
    if not value:
        return compose_inline(value, shape)
    if shape.is_block:
        return None
    inline = compose_inline(value, shape)
    return inline if len(inline) <= room else None


def compose_inline(value: Value, shape: Style, *, in_flow: bool = False) -> str:
    """Return a value on one line. `in_flow` says that it is in brackets."""
    if isinstance(value, str):
        return compose_scalar(value, in_flow=in_flow, is_typed=shape.is_typed)
    if isinstance(value, dict):
        return f"{{{', '.join(_compose_pairs(value, shape))}}}"
    return f"[{', '.join(_compose_items(value, shape))}]"


def _compose_items(value: Sequence[Value], shape: Style) -> list[str]:
    return [compose_inline(item, shape.of(i), in_flow=True) for i, item in enumerate(value)]


def _compose_pairs(value: Mapping[str, Value], shape: Style) -> list[str]:
    return [
        f"{compose_scalar(name, in_flow=True)}: "
        f"{compose_inline(value[name], shape.of(name), in_flow=True)}"
        for name in shape.order(value)
    ]


def _fill(value: Sequence[Value], shape: Style, start: str, width: int) -> list[str]:
    """Return a list in brackets over as many lines as it needs."""
    items = _compose_items(value, shape)
    lines = [f"{start}["]
    for index, item in enumerate(items):
        text = item + ("]" if index == len(items) - 1 else ",")
        line = lines[-1]
        gap = "" if line.endswith("[") else " "
        if index and len(line) + len(gap) + len(text) > width:
            lines.append(" " * STEP + text)
        else:
            lines[-1] = f"{line}{gap}{text}"
    return lines


def _lay_prose(text: str, width: int) -> list[str]:
    """Return the header of a block and its lines; [] when the text can only are in quotes."""
    lines = text.removesuffix("\n").split("\n")
    if not is_safe(text) or text[:1] in ("", " ", "\n") or any(_is_hollow(line) for line in lines):
        return []
    if len(lines) == 1 and not text.endswith("\n"):
        folded = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        is_whole = " ".join(folded) == text
        return [">-", *folded] if is_whole else []
    if not lines[-1]:
        return []
    return ["|" if text.endswith("\n") else "|-", *lines]


def _is_hollow(line: str) -> bool:
    """Return whether a line has nothing but spaces, which a block may lose."""
    return bool(line) and not line.strip()
