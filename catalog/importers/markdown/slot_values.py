"""What the text that fills a slot gives an entry: authors, venue, date, a note as it is shown."""

import re

from catalog.importers.markdown.bylines import EDITORS, Byline, is_inverted_name, read_byline
from catalog.importers.markdown.dates import find_bare_year, find_date
from catalog.importers.markdown.edges import strip_clause, strip_edges
from catalog.importers.markdown.entries import Entry
from catalog.importers.markdown.evidence import YEAR_AT_END, Slot
from catalog.importers.markdown.features import count_words
from catalog.importers.markdown.flat_lines import Flat
from catalog.importers.markdown.forms import Filled, bare, unmarked
from catalog.importers.markdown.markdown_subset import to_subset, to_subset_text
from catalog.importers.venues.mentions import find_presentations, parse_venue


def take(entry: Entry, flat: Flat, filled: Filled) -> None:
    """Set in an entry what a stretch of a line shows."""
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
    shown = strip_clause(EDITORS.sub("", text))
    if year := YEAR_AT_END.search(shown):
        entry.year, shown = entry.year or int(year[1]), shown[: year.start()]
    whole = Byline(shown, (shown,), False, is_one)
    byline = whole if is_one else read_byline(shown) or whole
    if entry.byline is not None:
        # Of `Example Lab` and `Ada Example, Ben Sample` the second are the authors.
        byline, other = sorted((entry.byline, byline), key=lambda one: not one.is_sure)
        entry.notes.append(to_subset_text(other.shown))
    entry.byline = byline
    entry.doubts.pop("authors", None)
    if not byline.is_sure:
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
    if mention is None or (entry.venue is not None and entry.venue.is_known >= mention.is_known):
        return
    entry.venue = mention
    if date is not None and entry.year is None:
        entry.year = date.year
    if mention.year is not None:
        entry.year = mention.year
    if date is not None and date.year == entry.year:
        entry.month = date.month


_AFTER_NOTE = re.compile(r"[\ue000-\ue009]*[.!?…)\]】）。！？”\"']*")
"""The end of a sentence behind a note, which belongs to it: `.)`, `”`."""


def _take_note(entry: Entry, flat: Flat, filled: Filled) -> None:
    """Take a note as the source has it; words in code are tags, labels of links are known."""
    after = _AFTER_NOTE.match(flat.line.text, filled.end)
    pieces = list(flat.pieces(filled.start, after.end() if after else filled.end))
    tags = [piece for piece in pieces if piece.code and count_words(piece.text) <= _LONGEST_TAG]
    words = [piece for piece in pieces if piece not in tags and not piece.url]
    links = [piece for piece in pieces if piece.url and count_words(piece.text) > _LONGEST_LABEL]
    if not links and not _WORD.search("".join(piece.text for piece in words)):
        entry.tags += [strip_edges(piece.text) for piece in tags]
    else:
        entry.notes.append(to_subset(pieces).strip())


_LONGEST_TAG, _LONGEST_LABEL = 4, 5
_WORD = re.compile(r"[^\W\d_]{3}|[\u3040-\u9fff\uac00-\ud7af]{2}")
"""What a note has at least: `Ed.` is none."""
