"""Entries read by the form of their group: lines flattened, grouped, and their slots filled in."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from catalog.importers.markdown.bylines import Byline, is_inverted_name, read_byline
from catalog.importers.markdown.candidates import CandidateKind, Role
from catalog.importers.markdown.clauses import strip_clause, strip_edges
from catalog.importers.markdown.dates import find_bare_year, find_date
from catalog.importers.markdown.entries import Entry, finish_entry, read_parts
from catalog.importers.markdown.evidence import YEAR_AT_END, Slot, weigh
from catalog.importers.markdown.features import count_words
from catalog.importers.markdown.field_labels import Hint
from catalog.importers.markdown.forms import (
    BOLD,
    CODE,
    HERE,
    ITALIC,
    LABEL,
    LINKED,
    PAPER,
    WRAP,
    Filled,
    Form,
    GroupReader,
    Line,
    Reading,
    bare,
    choose_form,
    fits,
    unmarked,
)
from catalog.importers.markdown.inline import Run, ShownLink, View
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.links import clean_label, is_scholarly
from catalog.importers.markdown.markdown_subset import to_subset
from catalog.importers.markdown.notation import show_form
from catalog.importers.markdown.sections import SHORTCODE
from catalog.importers.markdown.title_text import clean_title
from catalog.importers.venues.mentions import find_known, find_presentations, parse_venue

_STYLES = {"bold": BOLD, "italic": ITALIC, "code": CODE}


@dataclass(frozen=True, slots=True)
class _Flat:
    """A candidate's own line, with where each run is in its text."""

    view: View
    line: Line
    places: tuple[tuple[int, int, Run], ...]

    @property
    def parts(self) -> frozenset[int]:
        """The parts that the line is made of."""
        return frozenset(run.part for _, _, run in self.places)

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Yield a stretch of the line as pieces, in their styles and with their links."""
        for first, last, run in self.places:
            text = self.line.text[max(first, start) : min(last, end)].replace(WRAP, " ")
            if text and not run.is_label:
                yield Piece(text, 0, run.bold, run.italic, run.code, run.url)

    def runs(self, start: int, end: int) -> list[Run]:
        """Return the runs that a stretch of the line touches."""
        return [run for first, last, run in self.places if first < end and last > start]


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Entries that one form reads, and that form in the notation of `notation.parse_form`."""

    notation: str
    entries: tuple[Entry, ...]


def read_by_form(views: Sequence[View], given: Form | None = None) -> list[FormGroup]:
    """Return the entries by the form of their group; by the `given` one where that fits."""
    columns = choose_title_columns(views)
    groups: defaultdict[tuple[object, ...], list[_Flat]] = defaultdict(list)
    for one in views:
        flat = _flatten(one, columns.get(one.candidate.table, 0))
        if flat is not None:
            groups[_signature(flat)].append(flat)
    return [found for group in groups.values() if (found := _read_group(group, given)) is not None]


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


def _signature(flat: _Flat) -> tuple[object, ...]:
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


def _flatten(view: View, column: int) -> _Flat | None:
    """Return the line of a candidate: of a row, the cell in the `column` of titles."""
    text, places, last = "", [], -1
    for index, run in enumerate(view.runs):
        if not _is_of_line(view, run, column):
            continue
        if last not in (-1, run.part):
            text += "\n"
        if index in view.labelled:
            text += HERE
        last = run.part
        opening, closing = _marks_of(run)
        shown = SHORTCODE.sub(" ", run.text.replace("\n", WRAP))
        start = len(text) + len(opening)
        text += opening + shown + closing
        places.append((start, start + len(shown), run))
    if not text.strip():
        return None
    is_heading = view.candidate.kind is CandidateKind.HEADING
    is_cell = view.candidate.kind is CandidateKind.ROW
    title_end = text.find("\n") if is_heading and "\n" in text else len(text)
    return _Flat(view, Line(text, is_cell=is_cell, title_end=title_end), tuple(places))


def _is_of_line(view: View, run: Run, column: int) -> bool:
    part = view.parts[run.part]
    if run.is_badge and not run.is_label:
        return False
    if part.part.role is Role.CELL:
        return part.part.column == column
    return not part.hint and part.part.role in (Role.MAIN, Role.LINE)


def _marks_of(run: Run) -> tuple[str, str]:
    if run.is_label:
        pair = LABEL
    elif run.url is not None:
        pair = PAPER if is_scholarly(run.url) else LINKED
    else:
        pair = _STYLES.get(run.style, "")
    return pair[:1], pair[1:]


def _read_group(group: Sequence[_Flat], given: Form | None) -> FormGroup | None:
    lines = [flat.line for flat in group]
    if given is not None and fits(lines, given):
        form = given
    elif (chosen := choose_form(lines)) is not None:
        form = chosen[0]
    else:
        return None
    reader = GroupReader(form)
    found = [(flat, read) for flat in group if (read := reader.read(flat.line)) is not None]
    entries = tuple(_to_entry(flat, reading) for flat, reading in found)
    _take_venue_column(group, entries)
    shown = ((flat.line, reading) for flat, reading in found[:_MOST_SHOWN])
    notation = show_form(shown, _usual_labels(entries))
    return FormGroup(_show_columns(group[0], notation), entries)


_MOST_SHOWN = 200
"""Lines whose forms are compared for the one that is shown."""


def _take_venue_column(group: Sequence[_Flat], entries: Sequence[Entry]) -> None:
    """Take the labels of links for venues where those of a column are venues: `[Nature](…)`."""
    columns: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for flat in group:
        for part in flat.view.parts:
            if part.part.role is Role.CELL:
                first = next((one.text for one in part.part.pieces if one.url), "")
                columns[part.part.column].append((id(flat.view.candidate), first.strip()))
    for cells in columns.values():
        labels = {label for _, label in cells}
        if (
            sum(find_known(label) is not None for label in labels) * 2
            >= len(labels)
            >= _LEAST_LABELS
        ):
            shown = dict(cells)
            for entry in (one for one in entries if one.venue is None):
                entry.venue = parse_venue(shown.get(id(entry.candidate), ""))


_LEAST_LABELS = 3
"""Labels that a column has, half of them known venues: a column of `[arXiv](…)` holds none."""


def _usual_labels(entries: Sequence[Entry]) -> list[str]:
    """Return the labels of links that at least half of the entries have."""
    labels = Counter(label for one in entries for label in {link.label for link in one.links})
    labels.pop("title", None)
    return [label for label, count in labels.most_common(3) if count * 2 >= len(entries) and label]


def _show_columns(flat: _Flat, notation: str) -> str:
    """Return the notation of a row: its title as shown, the other columns by their heads."""
    header = flat.view.candidate.header
    if not header:
        return notation
    column = flat.view.parts[flat.places[0][2].part].part.column
    return " | ".join(notation if number == column else one for number, one in enumerate(header))


def _to_entry(flat: _Flat, reading: Reading) -> Entry:
    title = next(one for one in reading if one.slot is Slot.TITLE)
    runs = flat.runs(title.start, title.end)
    url = next((run.url for run in runs if run.url), None)
    style = "linked" if url else "quoted" if '"' in title.separator else runs[0].style
    role = flat.view.parts[runs[0].part].part.role
    text = flat.line.text[title.start : title.end]
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
        _take(entry, flat, filled)
    read_parts(entry, flat.view, flat.parts)
    behind = flat.line.text[title.end :]
    finish_entry(entry, flat.view, bare(behind))
    return entry


_AFTER_NOTE = re.compile(r"[\ue000-\ue009]*[.!?…)\]】）。！？”\"']*")


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


def _take_note(entry: Entry, flat: _Flat, filled: Filled) -> None:
    """Take a note as the source has it; words in code are tags, labels of links are known."""
    after = _AFTER_NOTE.match(flat.line.text, filled.end)
    pieces = list(flat.pieces(filled.start, after.end() if after else filled.end))
    tags = [piece for piece in pieces if piece.code and count_words(piece.text) <= _LONGEST_TAG]
    words = [piece for piece in pieces if piece not in tags and not piece.url]
    links = [piece for piece in pieces if piece.url and count_words(piece.text) > _LONGEST_LABEL]
    if not links and not _WORD.search("".join(piece.text for piece in words)):
        entry.tags += [strip_edges(piece.text) for piece in tags]
    else:
        note = to_subset(pieces).strip()
        entry.notes.append(note)
        if all(piece.italic for piece in pieces if piece.text.strip()):
            entry.italics.append(note.strip("*"))


_LONGEST_TAG, _LONGEST_LABEL = 4, 5
_WORD = re.compile(r"[^\W\d_]{3}|[\u3040-\u9fff\uac00-\ud7af]{2}")
"""What a note has at least: `Ed.` is none."""


def _take(entry: Entry, flat: _Flat, filled: Filled) -> None:
    text = bare(flat.line.text[filled.start : filled.end])
    if filled.slot is Slot.NOTE:
        _take_note(entry, flat, filled)
        return
    entry.taken.append(text)
    if filled.slot is Slot.AUTHORS:
        is_before_colon = flat.line.text[filled.end :].lstrip().startswith(":")
        shown = unmarked(flat.line.text[filled.start : filled.end])
        _take_authors(entry, shown, is_one=is_before_colon and is_inverted_name(shown))
    elif filled.slot is Slot.VENUE:
        after = flat.line.text[filled.end :]
        if re.match(r"\s?\(\d", after):
            # `ICXT 17(3)`: what is before the brackets is the volume.
            text = re.sub(r"[\s,]+\d{1,4}$", "", text)
        _take_venue(entry, text + "." * after.startswith("."))
    elif filled.slot is Slot.DATE:
        _take_date(entry, text)
    elif filled.slot is Slot.NAME:
        entry.names.append(text)
    if filled.slot in (Slot.VENUE, Slot.AWARD):
        entry.presentations += find_presentations(text)


def _take_authors(entry: Entry, text: str, *, is_one: bool) -> None:
    shown = strip_clause(text)
    if year := YEAR_AT_END.search(shown):
        entry.year, shown = entry.year or int(year[1]), shown[: year.start()]
    whole = Byline(shown, (shown,), False, is_one)
    entry.byline = whole if is_one else read_byline(shown) or whole
    entry.byline_slot = ("first line", "plain", "after")
    if not entry.byline.is_sure:
        entry.doubts["authors"] = "known by their place alone"


def _take_date(entry: Entry, text: str) -> None:
    date = find_date(text) or find_bare_year(text)
    if date is not None and (entry.year is None or not entry.is_year_whole):
        entry.year, entry.month = date.year, date.month


_VOLUME_AT_END = re.compile(r"(?<=[a-z.])[\s,]+(?!(?:19|20)\d\d\b)\d{1,4}(?:\.\d{1,3})?$")
"""`Rev. Mod. Things 574`."""


def _take_venue(entry: Entry, text: str) -> None:
    date = find_date(text)
    shown = text[: date.start] + text[date.end :] if date and date.month else text
    mention = parse_venue(_VOLUME_AT_END.sub("", shown))
    entry.is_year_whole = re.search(r"(?:19|20)\d\d", text) is not None
    if mention is None:
        return
    entry.venue = mention
    if date is not None and entry.year is None:
        entry.year = date.year
    if mention.year is not None:
        entry.year = mention.year
    if date is not None and date.year == entry.year:
        entry.month = date.month
