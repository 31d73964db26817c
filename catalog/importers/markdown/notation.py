"""The notation of a form, read and written: `**title** (year), venue, authors [[pdf]]`."""

import re
from collections import Counter
from collections.abc import Iterable

from catalog.errors import UsageError
from catalog.importers.markdown.evidence import Slot
from catalog.importers.markdown.forms import (
    BOLD,
    CODE,
    FREE,
    HERE,
    ITALIC,
    LABEL,
    LINKED,
    PAPER,
    WRAP,
    Form,
    Line,
    Reading,
)
from catalog.text.spelling import did_you_mean

_SLOTS = {
    "title": Slot.TITLE, "authors": Slot.AUTHORS, "author": Slot.AUTHORS, "venue": Slot.VENUE,
    "year": Slot.DATE, "date": Slot.DATE, "note": Slot.NOTE, "volume": Slot.VOLUME,
    "award": Slot.AWARD, "name": Slot.NAME,
}  # fmt: skip
_LABELS = re.compile(r"\[\[[^\]]*\](?:\([^)]*\))?\]|\[(?!title\])[^\[\]]*\](?:\([^)]*\))?")
"""`[links]`, `[[pdf]]`, `[code](…)`: links are known by their labels wherever they are."""
_LINKED_TITLE = re.compile(r"\[(\W*title\W*)\](?:\([^)]*\))?")
_STYLES = (
    (re.compile(r"\*\*(.+?)\*\*"), BOLD),
    (re.compile(r"[*_](.+?)[*_]"), ITALIC),
    (re.compile(r"`(.+?)`"), CODE),
)
_SHOWN = str.maketrans({
    BOLD[0]: "**", BOLD[1]: "**", ITALIC[0]: "*", ITALIC[1]: "*", CODE[0]: "`", CODE[1]: "`",
    LINKED[0]: "[", LINKED[1]: "]", PAPER[0]: "[", LABEL[0]: "[", LABEL[1]: "]",
    HERE: "", WRAP: " ", "\n": " <br> ",
})  # fmt: skip
_BEFORE_FIRST = re.compile(r"[^\ue000-\ue00b(\[\"“《「【]")
"""What is before the first slot and parts nothing: numbers and symbols."""

_TAIL = re.compile(r"[\s.,;:]*([\ue000-\ue009)\]\"”》」】]+)")
"""What closes after the last slot: a style, a bracket."""


def parse_form(notation: str) -> Form:
    """Return the form that an owner writes down.

    Raises `UsageError` when a word in it is not a field, or when it has no title.
    """
    text = _LINKED_TITLE.sub(rf"{LINKED[0]}\1{LINKED[1]}", notation.strip())
    text = re.sub(r"\s*<br\s*/?>\s*", "\n", _LABELS.sub("", text))
    for pattern, marks in _STYLES:
        text = pattern.sub(rf"{marks[0]}\g<1>{marks[1]}", text)
    line = Line(text)
    slots = tuple(
        (frozenset({separator}), _to_slot(text[start:end], notation))
        for (start, end), separator in zip(line.atoms, line.separators, strict=False)
    )
    named = [slot for _, slot in slots]
    if named.count(Slot.TITLE) != 1:
        raise UsageError(f"form {notation!r}: name 'title' once")
    return Form(tuple(one for one in slots if one[1] not in FREE), is_given=True)


def _to_slot(word: str, notation: str) -> Slot:
    # `venue year` is one text: `CONF 2020`.
    slot = _SLOTS.get(word.strip().lower().removesuffix(" year"))
    if slot is None:
        fields = dict.fromkeys(slot.value for slot in _SLOTS.values())
        hint = did_you_mean(word.strip(), fields, f"Use {', '.join(fields)}, [links]")
        raise UsageError(f"form {notation!r}: {word.strip()!r} is not a field. {hint}")
    return slot


def show_form(lines: Iterable[tuple[Line, Reading]], labels: Iterable[str]) -> str:
    """Return the form that most lines have, as `parse_form` reads it, then labels of links."""
    shown = Counter(_show(line, reading) for line, reading in lines)
    form = shown.most_common(1)[0][0] if shown else ""
    return " ".join([form, *(f"[[{label}]]" for label in labels)])


def _show(line: Line, reading: Reading) -> str:
    text, end = "", 0
    for number, one in enumerate(reading):
        gap = line.text[end : one.start]
        text += (gap if number else _BEFORE_FIRST.sub("", gap)) + one.slot.value
        end = one.end
    tail = _TAIL.match(line.text, end)
    shown = (text + (tail[1] if tail else "")).translate(_SHOWN)
    return " ".join(shown.split())
