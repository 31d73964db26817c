"""Entries read by the form of their group: lines flattened, grouped, and their slots filled in."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from catalog.importers.markdown.below import read_below
from catalog.importers.markdown.candidates import CandidateKind, Role
from catalog.importers.markdown.capitals import find_ends
from catalog.importers.markdown.entries import Entry
from catalog.importers.markdown.evidence import Slot, weigh
from catalog.importers.markdown.field_labels import Hint
from catalog.importers.markdown.flat_lines import Flat, flatten
from catalog.importers.markdown.forms import (
    Filled,
    Form,
    GroupReader,
    Line,
    Reading,
    bare,
    choose_form,
    find_parts,
    fits,
)
from catalog.importers.markdown.inline import ShownLink, View
from catalog.importers.markdown.links import clean_label
from catalog.importers.markdown.notation import show_form
from catalog.importers.markdown.slot_values import take
from catalog.importers.markdown.title_text import clean_title
from catalog.importers.markdown.volumes import find_volume
from catalog.importers.venues.mentions import find_known, parse_venue


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Entries that one form reads, and that form in the notation of `notation.parse_form`."""

    notation: str
    entries: tuple[Entry, ...]


def read_by_form(views: Sequence[View], given: Form | None = None) -> list[FormGroup]:
    """Return the entries by the form of their group; by the `given` one where that fits."""
    columns = choose_title_columns(views)
    groups: defaultdict[tuple[object, ...], list[Flat]] = defaultdict(list)
    for one in views:
        flat = flatten(one, _find_own_parts(one, columns.get(one.candidate.table, 0)))
        if flat is not None:
            groups[_signature(flat)].append(flat)
    _mark_capitals([flat.line for group in groups.values() for flat in group])
    forms = {key: form for key, group in groups.items() if (form := _choose_form(group, given))}
    read: list[_ReadGroup] = []
    for key, form in forms.items():
        lines = [flat.line for flat in groups[key]]
        is_free = form is not given and not groups[key][0].view.candidate.header
        parts = find_parts(lines, form, forms.values()) if is_free else [form]
        read += _read_group(groups[key], parts)
    read_below([one for group in read for one in group.entries])
    for group in read:
        _take_venue_column(group)
    return [FormGroup(_show(group), tuple(entry for entry, _ in group.entries)) for group in read]


def _mark_capitals(lines: Sequence[Line]) -> None:
    for line, end in zip(lines, find_ends([one.text for one in lines]), strict=True):
        line.names_end = end


def _find_own_parts(view: View, column: int) -> set[int]:
    """Return the parts that titles are in: the first lines, or of a row the cell in `column`."""
    return {
        number
        for number, one in enumerate(view.parts)
        if (
            one.part.column == column
            if one.part.role is Role.CELL
            else not one.hint and one.part.role in (Role.MAIN, Role.LINE)
        )
    }


def choose_title_columns(views: Sequence[View]) -> dict[int, int]:
    """Return by table the column that titles are in: by its head, and by all of its cells."""
    weights: defaultdict[tuple[int, int], float] = defaultdict(float)
    rows = Counter[int]()
    for one in views:
        rows[one.candidate.table] += 1
        if one.candidate.kind is CandidateKind.ROW and rows[one.candidate.table] <= _MOST_ROWS:
            for column, weight in _weigh_cells(one):
                weights[one.candidate.table, column] += weight
    best: dict[int, int] = {}
    for table, column in sorted(weights):
        if table not in best or weights[table, column] > weights[table, best[table]]:
            best[table] = column
    return best


_MOST_ROWS = 40
"""Rows of a table that decide in which column the titles are; a first section may be odd."""
_LEAST_TITLE = -1.0
"""What a cell weighs at least: an empty one, or one with labels of links alone."""


def _weigh_cells(view: View) -> Iterator[tuple[int, float]]:
    texts: defaultdict[int, float] = defaultdict(lambda: _LEAST_TITLE)
    for run in view.runs:
        part = view.parts[run.part]
        if part.part.role is Role.CELL and not run.is_badge:
            weight = weigh(Slot.TITLE, bare(run.text)) + (run.url is not None) + run.bold
            texts[part.part.column] = max(texts[part.part.column], weight)
    hints = {part.part.column: part.hint for part in view.parts}
    for column, weight in texts.items():
        hint = hints[column]
        yield column, weight + (_TITLE_HEAD if hint == Hint.TITLE else -1.0 if hint else 0.0)


_TITLE_HEAD = 2.0
"""What a column gains whose head names titles."""


def _signature(flat: Flat) -> tuple[object, ...]:
    """Return what like lines share: their kind, table, and the first two styles of their text."""
    styles = list(
        dict.fromkeys(
            run.style for _, _, run in flat.places if run.text.strip() and not run.is_label
        )
    )
    candidate = flat.view.candidate
    if candidate.header:
        # Tables with the same head are one table, cut into sections.
        return (candidate.header, tuple(styles[:2]))
    has_lines = "\n" in flat.line.text
    return (candidate.kind, candidate.table, tuple(styles[:2]), has_lines)


@dataclass(frozen=True, slots=True)
class _ReadGroup:
    """Entries with their own lines, and the readings of these by one form."""

    entries: tuple[tuple[Entry, Flat], ...]
    readings: tuple[Reading, ...]


def _choose_form(group: Sequence[Flat], given: Form | None) -> Form | None:
    lines = [flat.line for flat in group]
    return given if given is not None and fits(lines, given) else choose_form(lines)


def _read_group(group: Sequence[Flat], forms: Sequence[Form]) -> Iterator[_ReadGroup]:
    """Yield the lines of a group by the form that reads them best."""
    reader = GroupReader(*forms)
    found: dict[Form, list[tuple[Flat, Reading]]] = {form: [] for form in forms}
    for flat in group:
        if (read := reader.read_by_one(flat.line)) is not None:
            found[read[0]].append((flat, read[1]))
    for members in filter(None, found.values()):
        entries = tuple((_to_entry(flat, reading), flat) for flat, reading in members)
        yield _ReadGroup(entries, tuple(reading for _, reading in members))


def _show(group: _ReadGroup) -> str:
    """Return the form of a group in the notation that owners write."""
    entries = [entry for entry, _ in group.entries]
    lines = [flat.line for _, flat in group.entries[:_MOST_SHOWN]]
    shown = zip(lines, group.readings, strict=False)
    return _show_columns(group.entries[0][1], show_form(shown, _usual_labels(entries)))


_MOST_SHOWN = 200
"""Lines whose forms are compared for the one that is shown."""


def _take_venue_column(group: _ReadGroup) -> None:
    """Take the labels of links for venues where those of a column are venues: `[Nature](…)`."""
    columns: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for number, (_, flat) in enumerate(group.entries):
        for part in flat.view.parts:
            if part.part.role is Role.CELL:
                first = next((one.text for one in part.part.pieces if one.url), "")
                columns[part.part.column][number] = first.strip()
    for cells in columns.values():
        labels = set(cells.values())
        known = sum(find_known(label) is not None for label in labels)
        if known * 2 >= len(labels) >= _LEAST_LABELS:
            for number, (entry, _) in enumerate(group.entries):
                entry.venue = entry.venue or parse_venue(cells.get(number, ""))


_LEAST_LABELS = 3
"""Labels that a column has, half of them known venues: a column of `[arXiv](…)` holds none."""


def _usual_labels(entries: Sequence[Entry]) -> list[str]:
    """Return the labels of links that at least half of the entries have."""
    labels = Counter(label for one in entries for label in {link.label for link in one.links})
    labels.pop("title", None)
    return [label for label, count in labels.most_common(3) if count * 2 >= len(entries) and label]


def _show_columns(flat: Flat, notation: str) -> str:
    """Return the notation of a row: its title as shown, the other columns by their heads."""
    header = flat.view.candidate.header
    if not header:
        return notation
    column = flat.view.parts[flat.places[0][2].part].part.column
    return " | ".join(notation if number == column else one for number, one in enumerate(header))


def _to_entry(flat: Flat, reading: Reading) -> Entry:
    title = next(one for one in reading if one.slot is Slot.TITLE)
    runs = flat.runs(title.start, title.end)
    url = next((run.url for run in runs if run.url), None)
    style = "linked" if url else "quoted" if '"' in title.separator else runs[0].style
    role = flat.view.parts[runs[0].part].part.role
    text = flat.shown[title.start : title.end]
    # `"It moved": Things` has its quotes inside, and opens with one.
    odd = text.count('"') % 2 and flat.line.text[: title.start].endswith('"')
    ends = flat.line.text.startswith('""', title.end)
    shown = clean_title('"' * (odd and not ends) + bare(text) + '"' * (odd and ends))
    entry = Entry(flat.view.candidate, shown, (style, role.value))
    if url:
        entry.links.append(ShownLink("title", url))
    for _, _, run in flat.places:
        if run.url and run.url != url:
            entry.links.append(ShownLink(clean_label(run.text) or run.text, run.url))
    for filled in _join_notes(reading):
        take(entry, flat, filled)
    if entry.venue is not None:
        entry.volume = find_volume(bare(flat.line.text[title.end :]))
    return entry


def _join_notes(reading: Reading) -> Iterator[Filled]:
    """Yield what was read; a remark that names the authors too is kept whole: `Sketch by Ada.`."""
    note: Filled | None = None
    for filled in reading:
        is_named = filled.slot is Slot.AUTHORS and filled.separator == "by"
        if note is not None and (filled.slot is Slot.NOTE or is_named):
            note = replace(note, end=filled.end)
            if is_named:
                yield filled
            continue
        if note is not None:
            yield note
        note = filled if filled.slot is Slot.NOTE else None
        if note is None:
            yield filled
    if note is not None:
        yield note
