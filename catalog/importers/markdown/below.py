"""The fields below an entry, read by the form that like lines, nested items and cells repeat."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from catalog.importers.markdown.bylines import read_byline
from catalog.importers.markdown.candidates import Role
from catalog.importers.markdown.dates import is_date
from catalog.importers.markdown.edges import strip_clause, strip_edges
from catalog.importers.markdown.entries import Entry
from catalog.importers.markdown.evidence import YEAR_AT_END, Slot
from catalog.importers.markdown.features import count_words
from catalog.importers.markdown.field_labels import Hint, find_hint
from catalog.importers.markdown.flat_lines import Flat, flatten
from catalog.importers.markdown.forms import Form, GroupReader, Line, Reading, bare, choose_form
from catalog.importers.markdown.inline import PartView, ShownLink, View
from catalog.importers.markdown.links import clean_label, find_label_kind
from catalog.importers.markdown.markdown_subset import to_line, to_subset, to_subset_text
from catalog.importers.markdown.slot_values import take
from catalog.importers.markdown.volumes import find_volume
from catalog.importers.venues.mentions import find_venue, parse_venue

_FORMS: dict[str | None, Form] = {
    Hint.AUTHORS: Form(((frozenset({""}), Slot.AUTHORS),), is_given=True),
    Hint.VENUE: Form(((frozenset({""}), Slot.VENUE), (frozenset({","}), Slot.DATE)), is_given=True),
    Hint.DATE: Form(((frozenset({""}), Slot.DATE),), is_given=True),
}
"""What a label or the head of a column announces."""
_Place = tuple[int, int]
"""Which entry, and which of its parts."""


def read_below(entries: Sequence[tuple[Entry, Flat]]) -> None:
    """Read the parts of entries other than their own lines: fields, notes, links and badges."""
    groups: defaultdict[tuple[object, ...], dict[_Place, Flat]] = defaultdict(dict)
    for number, (_, own) in enumerate(entries):
        for index in _parts_below(own):
            part = own.view.parts[index]
            if part.hint not in _TEXTS and (flat := flatten(own.view, [index], is_field=True)):
                groups[_signature(flat, part)][number, index] = flat
    read: dict[_Place, tuple[Flat, Reading]] = {}
    for group in groups.values():
        read |= _read_group(group)
    venues = _find_venue_badges(own.view for _, own in entries)
    for number, (entry, own) in enumerate(entries):
        _take_links(entry, own.view)
        for index in _parts_below(own):
            _take_part(entry, own.view, index, read.get((number, index)))
        _read_quotations(entry, own.view)
        _read_citations(entry, own.view)
        _read_badges(entry, own.view, venues)
        entry.notes += own.view.remarks
        entry.links = list(_without_repeats(entry.links))


def _parts_below(own: Flat) -> Iterator[int]:
    for index, part in enumerate(own.view.parts):
        if index not in own.parts and part.part.role is not Role.QUOTE:
            yield index


_TEXTS = (Hint.NOTE, Hint.LINKS, Hint.TAGS, Hint.IGNORE, Hint.TITLE)
"""Announced parts whose words are not fields."""


def _signature(flat: Flat, part: PartView) -> tuple[object, ...]:
    """Return what like parts share: what announces them, their place, their first two styles."""
    styles = dict.fromkeys(run.style for _, _, run in flat.places if run.text.strip())
    candidate = flat.view.candidate
    place = candidate.header or candidate.table
    return (part.hint, candidate.kind, place, part.part.role, part.part.column, *[*styles][:2])


def _read_group(group: dict[_Place, Flat]) -> Iterator[tuple[_Place, tuple[Flat, Reading]]]:
    (_, index), first = next(iter(group.items()))
    hint = first.view.parts[index].hint
    form = _FORMS[hint] if hint in _FORMS else choose_form([flat.line for flat in group.values()])
    if form is None or not form.slots or (hint is None and _is_other_column(first, index, form)):
        return
    reader = GroupReader(form)
    # Cells often have the same text: a year, a venue.
    read = {flat.line.text: flat.line for flat in group.values()}
    readings = {text: reader.read(line) for text, line in read.items()}
    for place, flat in group.items():
        if (reading := readings[flat.line.text]) is not None:
            yield place, (flat, reading)


def _take_links(entry: Entry, view: View) -> None:
    entry.links += view.links
    entry.empty_links += view.empty_links
    entry.identifiers += view.identifiers


def _take_part(entry: Entry, view: View, index: int, read: tuple[Flat, Reading] | None) -> None:
    """Take a part as fields when all of its words are, else as a note."""
    part = view.parts[index]
    runs = [run for run in view.runs if run.part == index and not run.is_badge]
    for run in runs:
        if run.url:
            label = clean_label(run.text) or run.text
            entry.links.append(ShownLink(label, run.url, part.kind))
    text = "".join(run.text for run in runs if not run.url)
    if not strip_edges("".join(run.text for run in runs)) or part.hint == Hint.IGNORE:
        return
    if part.hint == Hint.TAGS:
        entry.tags += [tag for tag in map(strip_edges, re.split(r"[;,，；、]", text)) if tag]
    elif part.hint == Hint.LINKS and any(piece.url for piece in part.part.pieces):
        bare_text = strip_edges(text)
        if count_words(bare_text) > 4:
            entry.notes.append(_to_note(bare_text, part.label))
    elif read is None or not _take_fields(entry, part, *read):
        _take_note(entry, view, part, is_linked=any(run.url for run in runs))


def _take_fields(entry: Entry, part: PartView, flat: Flat, reading: Reading) -> bool:
    """Take what fills the slots of a part, unless other words are next to it."""
    notes = [one for one in reading if one.slot is Slot.NOTE]
    is_linked = any(run.url for _, _, run in flat.places)
    are_tags = all(_is_code(flat, one.start, one.end) for one in notes)
    if not part.hint and (is_linked or not (are_tags or _is_instead_of_year(flat, reading))):
        return False
    had_venue = entry.venue is not None
    for one in reading:
        take(entry, flat, one)
    if entry.venue is not None and not had_venue:
        entry.volume = find_volume(bare(flat.line.text))
    return True


def _is_other_column(flat: Flat, index: int, form: Form) -> bool:
    """Return whether names are below a head that announces something else than authors.

    Names with years are authors below any head: `Study`, `Who, when`.
    """
    column = flat.view.parts[index].part.column
    has_head = "".join(flat.view.candidate.header[column : column + 1]) != ""
    slots = {slot for _, slot in form.slots}
    return has_head and Slot.AUTHORS in slots and Slot.DATE not in slots


def _is_instead_of_year(flat: Flat, reading: Reading) -> bool:
    """Return whether a cell has a word where others have the year: `A. Example (in press)`."""
    if [one.slot for one in reading] != [Slot.AUTHORS, Slot.NOTE]:
        return False
    return flat.view.parts[flat.places[0][2].part].part.role is Role.CELL and (
        count_words(flat.line.text[reading[1].start : reading[1].end]) <= _MOST_INSTEAD
    )


_MOST_INSTEAD = 2
"""Words of `in press`, `to appear`."""


def _is_code(flat: Flat, start: int, end: int) -> bool:
    return all(run.code for run in flat.runs(start, end))


def _take_note(entry: Entry, view: View, part: PartView, *, is_linked: bool) -> None:
    """Take a part as a note, behind its label or the head of its column."""
    pieces = [piece for piece in part.part.pieces if piece.image is None]
    note = to_line(to_subset(pieces))
    if part.part.role is Role.CELL:
        note = _label_cell(note, view.candidate.header, part)
    if part.label and (_ONLY_NOTE.fullmatch(part.label) or part.label.lower() == "abstract"):
        shown = "".join(piece.text for piece in pieces)
        rest = shown[shown.index(part.label) + len(part.label) :].lstrip(" *_:：;")
        note = _to_note(rest) if not is_linked else note
    if part.label.lower() == "abstract" and entry.abstract is None:
        entry.abstract = strip_clause(note) if not is_linked else note
    elif note:
        entry.notes.append(note)


def _to_note(text: str, label: str = "") -> str:
    """Return a text as Markdown, behind its label unless that only says that it is a note."""
    shown = text if not label or _ONLY_NOTE.fullmatch(label) else f"{label}: {text}"
    return to_subset_text(to_line(shown))


def _label_cell(note: str, header: tuple[str, ...], part: PartView) -> str:
    """Return a cell as a note, behind the head of its column unless that only says `note`."""
    column = part.part.column
    head = header[column] if column < len(header) else ""
    is_plain = not head or _ONLY_NOTE.fullmatch(head) or (part.hint and not part.kind)
    return note if is_plain else f"{to_subset_text(to_line(head))}: {note}"


_ONLY_NOTE = re.compile(r"notes?|comments?|remarks?|summary|description|tl;?dr", re.IGNORECASE)
"""Labels that say nothing next to the text of the note: `Comment: …`, `TL;DR: …`."""


def _read_quotations(entry: Entry, view: View) -> None:
    """Take a long quotation for the abstract and a short one for a remark."""
    for text in view.quotations:
        if count_words(text) >= _LEAST_ABSTRACT and entry.abstract is None:
            entry.abstract = text
            entry.doubts["abstract"] = "a quotation below the entry"
        else:
            entry.notes.append(_to_note(text))


_LEAST_ABSTRACT = 25
"""Words: a shorter `Abstract:` is a remark that somebody wrote there."""


def _read_citations(entry: Entry, view: View) -> None:
    """Take authors and year from labels of links such as `[Example, Sample (2003)](…)`."""
    for names, year in view.citations:
        byline = read_byline(names)
        has_authors = entry.byline is not None
        if not has_authors and byline is not None:
            entry.byline = byline
            entry.year = entry.year or year
        elif has_authors and entry.venue is None and (mention := parse_venue(names)):
            # Authors stand next to it already: `[Nature Examples (2023)](…)`.
            entry.venue, entry.year = mention, entry.year or year
            entry.doubts["venue"] = "known by its place alone"


def _find_venue_badges(views: Iterable[View]) -> frozenset[str]:
    """Return the texts of badges with venue and year, where most of those in one place are such.

    Of `Things Lett. 2020` and `Oddities 2021` before all titles the second is a venue too.
    """
    places: defaultdict[int, list[str]] = defaultdict(list)
    for view in views:
        badges = [run.text.strip() for run in view.runs if run.is_badge and not run.is_label]
        for place, text in enumerate(badges):
            places[place].append(text)
    found: set[str] = set()
    for texts in places.values():
        dated = [text for text in texts if _is_dated(text)]
        form = choose_form([Line(text, is_field=True) for text in dated])
        if form is not None and len(dated) * 2 > len(texts):
            found.update(dated if any(slot is Slot.VENUE for _, slot in form.slots) else ())
    return frozenset(found)


def _is_dated(text: str) -> bool:
    """Return whether a badge has a name and a year, and the name is not a label: `Updated 2024`."""
    name = YEAR_AT_END.sub("", text)
    return name != text and find_hint(name) is None and find_label_kind(name) is None


def _read_badges(entry: Entry, view: View, venues: frozenset[str]) -> None:
    """Take venue and year from badges where the text has none. A bare `arXiv` labels a link."""
    for run in view.runs:
        if not run.is_badge or run.is_label or entry.venue is not None or is_date(run.text):
            continue
        mention = find_venue(run.text)
        if mention is None:
            everyday = find_venue(run.text, is_expected=True)
            mention = everyday if everyday and everyday.year else None
        if run.text.strip() in venues and (mention is None or not mention.is_known):
            mention = parse_venue(run.text.strip())
        if mention is None or (
            mention.year is None and mention.short in ("arXiv", "OpenReview", "bioRxiv")
        ):
            continue
        if mention.is_known and re.match(
            r"\d{4}\.\d{4,5}", run.text[mention.start :].lstrip("arXiv :-")
        ):
            continue
        entry.venue = mention
        entry.doubts["venue"] = "from a badge"
        if mention.year is not None:
            # A date next to it is that of the preprint.
            entry.year, entry.month = mention.year, None
            entry.doubts["year"] = "from a badge"


def _without_repeats(links: Iterable[ShownLink]) -> Iterator[ShownLink]:
    seen: set[tuple[str, str]] = set()
    for link in links:
        if (link.label, link.url) not in seen:
            seen.add((link.label, link.url))
            yield link
