"""Records as YAML text in the one form of the list: what is read back has exactly these values.

`scalars` decides what is quoted, `style` how each part of the format is laid out, `layout` writes.
"""

from collections.abc import Container, Mapping, Sequence

from catalog.model.draft import Draft
from catalog.model.types import Value
from catalog.store.yaml.layout import Comments, lay_out, show_comments
from catalog.store.yaml.style import FILE_STYLE, PAPER_STYLE, Style

__all__ = [
    "Comments",
    "comment_doubts",
    "compose_drafts",
    "compose_file",
    "compose_record",
    "compose_value",
]


def compose_record(
    values: Mapping[str, Value], doubts: Mapping[str, str] | None = None, *, indent: int = 0
) -> str:
    """Return the raw values of a record as a mapping in YAML, each line with its line feed.

    The fields are in the model's order, unknown ones after them. An uncertainty is a
    comment next to its field, or above it when the field has several lines. `indent` is the number
    of spaces before each line.
    """
    comments = comment_doubts(values, doubts or {})
    text = compose_value(dict(values), PAPER_STYLE, comments, indent=indent)
    above = show_comments(comments.above)
    return "".join(f"{' ' * indent}{line}\n" for line in above) + text


def compose_drafts(drafts: Sequence[Draft], *, indent: int = 0) -> str:
    """Return drafts as a list of records in YAML, a blank line between two, doubts in comments."""
    comments = Comments()
    for index, draft in enumerate(drafts):
        comments.parts[index] = comment_doubts(draft.values, draft.doubts)
    records: list[Value] = [dict(draft.values) for draft in drafts]
    return compose_value(records, FILE_STYLE.of("papers"), comments, indent=indent)


def compose_file(
    head: Mapping[str, Value], drafts: Sequence[Draft] = (), comments: Comments | None = None
) -> str:
    """Return a whole papers.yaml: the raw values of its head, then the records.

    `comments` are those of the head.
    """
    values = {name: head[name] for name in head if name != "papers"}
    text = compose_value(values, FILE_STYLE, comments)
    return f"{text}\npapers:\n{compose_drafts(drafts, indent=2)}" if drafts else text


def compose_value(
    value: Value, shape: Style, comments: Comments | None = None, *, indent: int = 0
) -> str:
    """Return any value of the format, a line for each of its parts; see `style` for its layout.

    `comments` are those of its parts, and of the end.
    """
    comments = comments or Comments()
    lines = [*lay_out(value, shape, comments, indent), *show_comments(comments.end)]
    return "".join(f"{' ' * indent}{line}\n" if line else "\n" for line in lines)


def comment_doubts(values: Container[object], doubts: Mapping[str, str]) -> Comments:
    """Return doubts about the fields of a record as comments."""
    comments = Comments()
    for place, reason in doubts.items():
        text = f"doubtful: {' '.join(reason.split())}"
        if place in values:
            comments.part(place).beside = text
        else:
            comments.above.append(f"{place} is {text}")
    return comments
