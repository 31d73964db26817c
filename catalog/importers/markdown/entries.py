"""An entry as shown: what stands around its title, each value with the doubt that comes with it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from catalog.importers.markdown.bylines import Byline, read_byline, split_byline
from catalog.importers.markdown.candidates import Candidate, Role
from catalog.importers.markdown.clauses import (
    Details,
    read_details,
    strip_clause,
    strip_edges,
)
from catalog.importers.markdown.coverage import Fate
from catalog.importers.markdown.dates import ShownDate, is_date
from catalog.importers.markdown.evidence import is_clipped
from catalog.importers.markdown.features import count_words
from catalog.importers.markdown.field_labels import Hint, find_hint
from catalog.importers.markdown.inline import PartView, Run, ShownLink, View
from catalog.importers.markdown.links import clean_label, is_scholarly
from catalog.importers.markdown.markdown_subset import to_line, to_subset, to_subset_text
from catalog.importers.markdown.sections import SHORTCODE
from catalog.importers.markdown.volumes import Volume, find_volume
from catalog.importers.venues.mentions import Presentation, VenueMention, find_venue, parse_venue

TextPlace = tuple[str, str, str]
"""Where a text stands: the place of its part, its style, and whether before or after the title."""


@dataclass(slots=True, eq=False)
class Entry:
    """One work where the list shows it; what is not shown is absent."""

    candidate: Candidate
    title: str
    how: tuple[str, str]
    byline: Byline | None = None
    byline_slot: TextPlace | None = None
    venue: VenueMention | None = None
    year: int | None = None
    is_year_whole: bool = False
    """Whether the venue shows the year in four digits: `ICXT 17` may show a volume."""
    month: int | None = None
    volume: Volume = field(default_factory=Volume)
    links: list[ShownLink] = field(default_factory=list)
    empty_links: list[str] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    """Addresses of the identifiers that are in the text."""
    presentations: list[Presentation] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What follows the labelled links after a dash, in the subset of Markdown."""
    abstract: str | None = None
    italics: list[str] = field(default_factory=list)
    """Texts in italic whose words give no hint; a citation has its venue so."""
    doubts: dict[str, str] = field(default_factory=dict)
    weak_bylines: list[tuple[TextPlace, Byline]] = field(default_factory=list)
    """Texts that are a byline if their place says so."""

    names: list[str] = field(default_factory=list)
    """What readers call it, where that is shown apart from the title."""
    taken: list[str] = field(default_factory=list)
    """The texts that values were read from, as shown."""

    @property
    def start(self) -> int:
        """The first line."""
        return self.candidate.start

    @property
    def end(self) -> int:
        """The last line."""
        return self.candidate.end

    @property
    def fate(self) -> Fate:
        """What its parts become."""
        return Fate.RECORD

    @property
    def texts(self) -> list[str]:
        """Everything that it shows."""
        values = [*self.tags, *self.notes, *self.remarks, *self.italics, self.abstract or ""]
        labels = [link.label for link in self.links]
        return [self.title, *self.taken, *values, *labels]

    @property
    def addresses(self) -> list[str]:
        """Every address that it holds."""
        return [*(link.url for link in self.links), *self.identifiers]

    @property
    def is_scholarly(self) -> bool:
        """Whether a link or an identifier leads to where papers are found."""
        return bool(self.identifiers) or any(is_scholarly(link.url) for link in self.links)

    @property
    def is_dated(self) -> bool:
        """Whether a day or month is shown."""
        return self.month is not None

    @property
    def is_cited(self) -> bool:
        """Whether authors are shown, or a venue with its year."""
        has_venue = self.venue is not None and (self.venue.is_known or self.year is not None)
        has_authors = self.byline is not None and (self.byline.is_sure or self.year is not None)
        return has_authors or has_venue


@dataclass(frozen=True, slots=True)
class _Segment:
    text: str
    slot: TextPlace
    hint: str | None
    style: str
    label: str = ""


def read_parts(entry: Entry, view: View, taken: frozenset[int]) -> None:
    """Read the parts of a candidate other than those `taken`: its fields and remarks."""
    entry.links += view.links
    entry.empty_links += view.empty_links
    entry.identifiers += view.identifiers
    entry.remarks += view.remarks
    for number, part in enumerate(view.parts):
        if number in taken or part.part.role is Role.QUOTE:
            continue
        runs = [run for run in view.runs if run.part == number and not run.is_badge]
        for run in runs:
            if run.url:
                label = clean_label(run.text) or run.text
                entry.links.append(ShownLink(label, run.url, part.kind))
        is_field = part.hint not in (None, Hint.NOTE, Hint.LINKS)
        if is_field or (part.hint == Hint.LINKS and any(p.url for p in part.part.pieces)):
            if texts := [run for run in runs if not run.url]:
                _read_group(entry, view, texts)
        elif any(strip_edges(run.text) for run in runs):
            _read_remark(entry, view, part, runs)


def _read_group(entry: Entry, view: View, group: list[Run]) -> None:
    for segment in _split_styles(view.parts[group[0].part], group, "after"):
        _read_segment(entry, segment)


def _read_remark(entry: Entry, view: View, part: PartView, runs: list[Run]) -> None:
    """Read a part below an entry as fields when all of its words are known, else as a note."""
    text = "".join(run.text for run in runs)
    details = read_details(text) if len(text) < _LONGEST_CITATION else Details()
    is_linked = any(run.url for run in runs)
    # A venue with a colon inside is a title with its venue.
    is_told = details.is_telling and (details.venue is None or ": " not in details.venue.text)
    if is_told and not (details.rest or part.hint or is_linked):
        _read_group(entry, view, runs)
        return
    pieces = [piece for piece in part.part.pieces if piece.image is None]
    note = to_line(to_subset(pieces))
    if part.part.role is Role.CELL:
        note = _label_cell(note, view.candidate.header, part)
    if part.label and (_ONLY_NOTE.fullmatch(part.label) or part.label.lower() == "abstract"):
        shown = "".join(piece.text for piece in pieces)
        bare = shown[shown.index(part.label) + len(part.label) :].lstrip(" *_:：;")
        note = _to_note(bare) if not is_linked else note
    if part.label.lower() == "abstract" and entry.abstract is None:
        entry.abstract = strip_clause(note) if not is_linked else note
    elif note:
        entry.notes.append(note)


def finish_entry(entry: Entry, view: View, behind: str) -> None:
    """Read what completes an entry: quotations, badges, and the volume `behind` its title."""
    _read_quotations(entry, view)
    _read_citations(entry, view)
    _read_badges(entry, view)
    _take_italic_venue(entry)
    if entry.venue is not None:
        entry.volume = find_volume(behind)
    entry.links = list(_without_repeats(entry.links))


_LONGEST_CITATION = 1_000


def _without_repeats(links: Iterable[ShownLink]) -> Iterator[ShownLink]:
    seen: set[tuple[str, str]] = set()
    for link in links:
        if (link.label, link.url) not in seen:
            seen.add((link.label, link.url))
            yield link


def _split_styles(part: PartView, group: list[Run], side: str) -> Iterator[_Segment]:
    joined = "".join(run.text for run in group)
    if len(group) > 1 and not part.hint:
        whole = read_details(joined) if len(joined) < 3000 else Details()
        alone = [read_details(run.text) for run in group]
        split = any(byline.is_sure for one in alone for byline in one.bylines)
        if split or not any(byline.is_sure for byline in whole.bylines):
            for run in group:
                yield _Segment(run.text, _slot(part, run.style, side), None, run.style)
            return
    style = group[0].style if len(group) == 1 else "plain"
    yield _Segment(joined, _slot(part, style, side), part.hint, style, part.label)


def _slot(part: PartView, style: str, side: str) -> TextPlace:
    place = f"column {part.part.column}" if part.part.role is Role.CELL else part.part.role.value
    return (place, style, side if part.part.role is Role.MAIN else "")


def _read_segment(entry: Entry, segment: _Segment) -> None:
    text = segment.text
    if not strip_edges(SHORTCODE.sub("", text)):
        return
    if segment.hint == Hint.TAGS:
        entry.tags += [tag for tag in map(strip_edges, re.split(r"[;,，；、]", text)) if tag]
    elif segment.hint == Hint.NOTE:
        _take_note(entry, segment)
    elif segment.hint == Hint.IGNORE:
        return
    elif segment.hint == Hint.LINKS:
        bare = strip_edges(text)
        if count_words(bare) > 4:
            entry.notes.append(_to_note(bare, segment.label))
    else:
        _take_details(entry, segment)


def _take_note(entry: Entry, segment: _Segment) -> None:
    text = " ".join(segment.text.split()).strip()
    if segment.label.lower() == "abstract" and entry.abstract is None:
        entry.abstract = text
    else:
        entry.notes.append(_to_note(text, segment.label))


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


def _take_details(entry: Entry, segment: _Segment) -> None:
    if segment.hint == Hint.AUTHORS:
        shown = strip_clause(segment.text)
        byline = read_byline(segment.text) or Byline(shown, (shown,), False, False)
        _take_bylines(entry, segment.slot, [byline], is_labelled=True)
        return
    details = read_details(_drop_key(segment.text), hint=segment.hint)
    _take_bylines(entry, segment.slot, details.bylines)
    _take_venue(entry, segment, details)
    _take_date(entry, details.date, details.year)
    entry.presentations += details.presentations
    if segment.style == "italic" and _is_all_rest(details):
        entry.italics.append(strip_clause(segment.text))
    for rest in details.rest:
        bare = strip_edges(rest)
        if segment.style == "code" and count_words(bare) <= 4:
            entry.tags.append(bare)
        elif count_words(bare) > 1 and bare.lower() not in entry.title.lower():
            entry.notes.append(_to_note(strip_clause(rest)))


_KEY = re.compile(r"\s*\[([A-Z][A-Za-z]*)\+?\d{2}[a-z]?\]\s+")


def _drop_key(text: str) -> str:
    """Drop a key of the authors' initials, which looks like a venue: `[ES19] A. Example, …`."""
    found = _KEY.match(text)
    byline = split_byline(text[found.end() :])[0] if found else None
    if found is None or byline is None:
        return text
    initials = "".join(name.split(",")[0].split()[-1][0] for name in byline.names)
    return text[found.end() :] if initials.upper().startswith(found[1].upper()) else text


def _is_all_rest(details: Details) -> bool:
    """Return whether the words of a text give no hint, a lone name at most: `Example Biology`."""
    names = [name for byline in details.bylines for name in byline.names]
    is_told = details.venue or details.date or details.year or details.presentations
    return not is_told and len(details.rest) + len(names) == 1


def _take_venue(entry: Entry, segment: _Segment, details: Details) -> None:
    venue = details.venue
    if segment.hint == Hint.VENUE and (venue is None or is_clipped(segment.text.strip())):
        venue = parse_venue(segment.text)
    if venue is None:
        return
    if entry.venue is not None and (entry.venue.is_known or not venue.is_known):
        return
    entry.venue = venue
    if details.is_venue_loose:
        entry.doubts["venue"] = "known by its place alone"
    if venue.year is not None:
        entry.year = venue.year


def _is_other_column(entry: Entry, slot: TextPlace) -> bool:
    """Return whether a text stands below a head that announces something else than authors."""
    if not slot[0].startswith("column ") or not entry.candidate.header:
        return False
    column = int(slot[0].removeprefix("column "))
    head = entry.candidate.header[column] if column < len(entry.candidate.header) else ""
    return bool(head) and find_hint(head) not in (Hint.AUTHORS, Hint.TITLE)


def _take_bylines(
    entry: Entry, slot: TextPlace, bylines: list[Byline], *, is_labelled: bool = False
) -> None:
    for byline in bylines:
        if _is_other_column(entry, slot):
            entry.notes.append(_to_note(byline.shown))
        elif (byline.is_sure or is_labelled) and entry.byline is None:
            entry.byline, entry.byline_slot = byline, slot
        else:
            entry.weak_bylines.append((slot, byline))


def _take_date(entry: Entry, date: ShownDate | None, year: int | None) -> None:
    if entry.year is None and year is not None:
        entry.year = year
    if date is not None:
        if entry.year is None:
            entry.year = date.year
        if entry.month is None and entry.year == date.year:
            entry.month = date.month


def _read_badges(entry: Entry, view: View) -> None:
    """Take venue and year from badges where the text has none. A bare `arXiv` labels a link."""
    for run in view.runs:
        if not run.is_badge or run.is_label or entry.venue is not None or is_date(run.text):
            continue
        mention = find_venue(run.text)
        if mention is None:
            everyday = find_venue(run.text, is_expected=True)
            mention = everyday if everyday and everyday.year else None
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


def _read_quotations(entry: Entry, view: View) -> None:
    """Take a long quotation for the abstract and a short one for a remark."""
    for text in view.quotations:
        if count_words(text) >= _LEAST_ABSTRACT and entry.abstract is None:
            entry.abstract = text
            entry.doubts["abstract"] = "a quotation below the entry"
        else:
            entry.notes.append(_to_note(text))


_LEAST_ABSTRACT = 25


def _read_citations(entry: Entry, view: View) -> None:
    """Take authors and year from labels of links such as `[Example, Sample (2003)](…)`."""
    for names, year in view.citations:
        byline = read_byline(names)
        has_authors = entry.byline is not None or bool(entry.weak_bylines)
        if not has_authors and byline is not None:
            entry.byline = byline
            entry.year = entry.year or year
        elif has_authors and entry.venue is None and (mention := parse_venue(names)):
            # Authors stand next to it already: `[Nature Examples (2023)](…)`.
            entry.venue, entry.year = mention, entry.year or year
            entry.doubts["venue"] = "known by its place alone"


def _take_italic_venue(entry: Entry) -> None:
    """Take a text in italic for the venue where authors and year are shown, as in a citation."""
    if entry.venue is not None or entry.year is None or entry.byline is None:
        return
    for text in entry.italics:
        mention = parse_venue(text) if text[:1].isupper() and count_words(text) <= 8 else None
        if mention is not None:
            entry.venue = mention
            entry.doubts["venue"] = "known by its place alone"
            entry.notes = [note for note in entry.notes if note.strip("*") != text]
            entry.weak_bylines = [one for one in entry.weak_bylines if one[1].shown != text]
            return


def take_from_heading(entry: Entry) -> None:
    """Fill in venue and year from the nearest headings, with a note of where they are from."""
    for section in reversed(entry.candidate.section.path()):
        if section.is_document_title or (entry.venue is not None and entry.year is not None):
            continue
        year = _HEADING_YEAR.fullmatch(section.title)
        if year is not None:
            _take_heading_year(entry, int(year[1]))
            continue
        shown = _ASIDE.sub(" ", section.title)
        mention = parse_venue(shown) if count_words(shown) <= 8 else None
        if mention is None or entry.venue is not None:
            continue
        if not (mention.is_known or section.is_venue):
            continue
        if entry.year is None or mention.year in (None, entry.year):
            entry.venue = mention
            entry.doubts["venue"] = "from the heading"
            if mention.year is not None:
                _take_heading_year(entry, mention.year)


_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
"""`ICX 2024 (April, Seoul)`: when and where people met."""
_HEADING_YEAR = re.compile(r"\W*((?:19|20)\d{2})\W*(?:年|papers?)?\W*", re.IGNORECASE)


def _take_heading_year(entry: Entry, year: int) -> None:
    if entry.year is None:
        entry.year = year
        entry.doubts["year"] = "from the heading"


def is_placeholder(entry: Entry) -> bool:
    """Return whether an entry only holds the place of one: `**Updating.** et al [[PDF]]()`."""
    if _TO_DO.match(entry.title):
        return True
    if entry.links or (entry.byline is not None and entry.byline.is_sure):
        return False
    words = count_words(entry.title)
    return words <= 2 and (bool(entry.empty_links) or entry.title.lower() in _PLACEHOLDERS)


_TO_DO = re.compile(r"(?:\[ \]\s*)?(?:TODO|TBD|FIXME)\b")
_PLACEHOLDERS = frozenset({"updating", "tbd", "todo", "coming soon", "title", "paper title", "..."})
