"""RIS into drafts: two letters, two spaces, a hyphen, a space, the value.

The tags are those of https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp,
read as generously as programs write them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.importers.bibliography.entries import Entry
from catalog.importers.bibliography.people import read_people
from catalog.importers.bibliography.result import Bibliography, Rejected
from catalog.importers.cleanup import LONGEST_LINE, clean_line, clean_title
from catalog.model import extensions
from catalog.model.draft import Source
from catalog.model.identifiers import is_doi
from catalog.model.names import NOT_ALL_NAMED, PersonName, parse_name
from catalog.model.records import EntryType, LinkKind

Lines = list[tuple[str, str]]
"""Tags with their values."""

_LINE = re.compile(r"\s*([A-Z][A-Z0-9]) {1,2}-(?: (.*)|\s*)$")
"""`TY  - JOUR`, `ER  -`, and the single space before the hyphen that some programs write."""
_TYPES = {
    **dict.fromkeys(("JOUR", "JFULL", "MGZN", "EJOUR", "INPR"), EntryType.ARTICLE),
    **dict.fromkeys(("CONF", "CPAPER"), EntryType.INPROCEEDINGS),
    **dict.fromkeys(("CHAP", "ECHAP"), EntryType.INCOLLECTION),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK"), EntryType.BOOK),
    "THES": EntryType.PHDTHESIS,
    "RPRT": EntryType.TECHREPORT,
    "UNPB": EntryType.UNPUBLISHED,
}
_CONTAINERS = ("T2", "JF", "BT", "C3", "JO", "JA", "J2")
_READ = frozenset(
    [
        *("TY", "ID", "TI", "T1", "CT", "ST", "AU", "A1", "PY", "Y1", "DA", "SP", "EP", "DO", "UR"),
        *("L2", "LK", "KW", "AN", "N1", "N2", "AB", "ER", "VL", "IS", "M1", "T3", "PB", "CY", "PP"),
        *("A2", "ED", "C7", "L1", "M2", "M3"),
        *_CONTAINERS,
    ]
)
_YEAR_MONTH = re.compile(r"\d{4}/\d{2}")
_LOCAL = re.compile(r"(?:internal-pdf|file):|^[/A-Z]:?[\\/]", re.IGNORECASE)
"""A file of the reader's own in a field for addresses."""


def read_ris(text: str, file: str | None = None) -> Bibliography:
    """Read a RIS file. `file` is the name that the drafts show.

    Every record is a draft, or is rejected with a reason and its line; so is text outside of
    records. A record without its last line, `ER`, is read and doubted.
    """
    found = Bibliography()
    open_: list[Record] = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        tag, value = _split(line)
        if tag == "TY":
            _close(open_, file, found)
            open_.append(Record(number, [(tag, value)]))
        elif open_ and tag == "ER":
            _end(open_.pop(), file, found)
        elif open_:
            open_[0].add(tag, value)
        elif tag or value:
            found.rejected.append(Rejected(number, "it is outside of a record", line.strip()))
    _close(open_, file, found)
    return found


@dataclass(slots=True)
class Record:
    """A record that has begun: the number of its first line, and its tags with their values."""

    line: int
    lines: Lines

    def add(self, tag: str, value: str) -> None:
        """Take a line; one without a tag goes on with the value above."""
        if tag:
            self.lines.append((tag, value))
        elif value and len(self.lines[-1][1]) <= LONGEST_LINE:  # one that is longer is not read
            self.lines[-1] = (self.lines[-1][0], f"{self.lines[-1][1]}\n{value}")


def read_records(records: Iterable[Record], file: str | None) -> Bibliography:
    """Read records whose tags are those of RIS, from a file in another format."""
    found = Bibliography()
    for record in records:
        _end(record, file, found)
    return found


def _end(record: Record, file: str | None, found: Bibliography, *, has_end: bool = True) -> None:
    """Read a record, or reject it when one of its values is longer than what is read."""
    title = _first(record.lines, ("TI", "T1"))[:80]
    for tag, value in record.lines:
        if tag in _READ and len(value) > LONGEST_LINE:
            reason = f"{tag}: a text of more than {LONGEST_LINE:,} characters"
            found.rejected.append(Rejected(record.line, reason, title))
            return
    entry = _read_record(record.lines, Source(file, record.line))
    if not has_end:
        entry.doubt("key", "the record has no last line (ER)")
    found.add(entry, title)


def _close(open_: list[Record], file: str | None, found: Bibliography) -> None:
    """Read the record that is open, if there is one."""
    while open_:
        _end(open_.pop(), file, found, has_end=False)


def _split(line: str) -> tuple[str, str]:
    """Return the tag and the value of a line; no tag where the line goes on with the one above."""
    found = _LINE.match(line)
    return (found[1], (found[2] or "").strip()) if found else ("", line.strip())


def _read_record(lines: Lines, source: Source) -> Entry:
    entry = Entry(
        source, kind=_TYPES.get(_first(lines, ("TY",))), key=_first(lines, ("ID",)) or None
    )
    entry.put("title", clean_title(_first(lines, ("TI", "T1", "CT", "ST"))))
    _read_extensions(lines, entry)
    _read_names(lines, entry)
    # The date first: it has the month.
    for tag in ("DA", "PY", "Y1"):
        for value in _all(lines, (tag,)):
            # In RIS `2006/07` is a month, not two years.
            entry.put_date(f"{value}/" if _YEAR_MONTH.fullmatch(value) else value)
    _read_volume(lines, entry)
    _read_addresses(lines, entry)
    _read_texts(lines, entry)
    for tag, value in lines:
        if tag not in _READ:
            entry.leave_out(tag.strip("()"), value)
    return entry


def _read_extensions(lines: Lines, entry: Entry) -> None:
    """Read what our own exports put into `M2`: `x-code: https://…`."""
    for value in _all(lines, ("M2",)):
        name, _, text = value.partition(": ")
        # `Type: article` is for Zotero, which has no preprints in RIS; `TY` has the type.
        if not entry.put_extension(name, [text]) and value != "Type: article":
            entry.leave_out("M2", value)


def _read_names(lines: Lines, entry: Entry) -> None:
    for tags, are_editors in ((("AU", "A1"), False), (("A2", "ED"), True)):
        names = _all(lines, tags)
        # Next to `Family, Given`, a name without a comma is a group: RIS has no other sign.
        is_split = any("," in value for value in names)
        for value in names:
            if value in entry.extensions.get(extensions.LITERAL, ()):
                entry.put_person(PersonName(literal=value), are_editors=are_editors)
            else:
                _read_person(value, entry, is_split=is_split, are_editors=are_editors)


def _read_volume(lines: Lines, entry: Entry) -> None:
    for tag in _CONTAINERS:
        for value in _all(lines, (tag,)):
            entry.put_container(value)
    entry.put_volume(_first(lines, ("VL",)))
    is_preprint = _first(lines, ("TY",)) == "MANSCPT" and _first(lines, ("M3",)) == "Preprint"
    if is_preprint:
        # The form in which preprints are exported: RIS has no type for them.
        entry.put_container(_first(lines, ("PB",)))
    publisher = () if is_preprint else (("publisher", "PB"),)
    for name, tag in (("number", "IS"), ("series", "T3"), *publisher, ("address", "CY")):
        for value in _all(lines, (tag,)):
            entry.put(name, value)
    for value in _all(lines, ("PP",)):
        entry.put("address", value)
    for value in _all(lines, ("M1",)):
        # Programs put a number there, or anything else.
        entry.put("number", value) if value.isdigit() else entry.leave_out("M1", value)
    first, last = _first(lines, ("SP",)), _first(lines, ("EP",))
    entry.put_pages(first if last == first else "-".join(filter(None, (first, last))))
    entry.put_pages(_first(lines, ("C7",)))


def _read_addresses(lines: Lines, entry: Entry) -> None:
    # Zotero and EndNote have the DOI of old records in `M3`, others the type of work.
    types = [value for value in _all(lines, ("M3",)) if is_doi(value.strip())]
    for value in (*_all(lines, ("DO",)), *types):
        entry.put_doi(value)
    for value in _all(lines, ("AN",)):
        if not ("arxiv" in value.lower() and entry.put_arxiv(value)):
            entry.leave_out("AN", value)
    _read_urls(lines, entry)


def _read_urls(lines: Lines, entry: Entry) -> None:
    for tag in ("UR", "LK", "L2", "L1"):
        for value in _all(lines, (tag,)):
            for url in re.split(r"[\s;]+(?=https?://)", value):
                if _LOCAL.search(url):
                    entry.leave_out("file", url)
                else:
                    entry.put_address(url, LinkKind.PDF if tag == "L1" else None)


def _read_texts(lines: Lines, entry: Entry) -> None:
    for value in _all(lines, ("AB", "N2")):
        entry.put_abstract(value)
    for value in _all(lines, ("N1",)):
        if value == NOT_ALL_NAMED:
            entry.more_authors = True
        else:
            entry.put_note(value)
    entry.tags += [
        line
        for value in _all(lines, ("KW",))
        for word in value.split("\n")
        if (line := clean_line(word))
    ]


def _all(lines: Lines, tags: Sequence[str]) -> list[str]:
    return [value for tag, value in lines if tag in tags and value]


def _first(lines: Lines, tags: Sequence[str]) -> str:
    return next((found[0] for tag in tags if (found := _all(lines, (tag,)))), "")


def _read_person(value: str, entry: Entry, *, is_split: bool, are_editors: bool) -> None:
    """Read `Family, Given, Suffix`; without a comma it is a group, or the record splits no name."""
    if ";" in value or (" and " in value and not is_split):
        entry.put_people(read_people(value), are_editors=are_editors)
        return
    parts = [clean_line(part) for part in value.split(",")]
    if len(parts) == 3 and all(parts):
        parts = [parts[0], parts[2], parts[1]]
    text = ", ".join(part for part in parts if part)
    if not text:
        return
    if is_split and "," not in text and " " in text:
        entry.put_person(PersonName(literal=text), are_editors=are_editors)
        return
    try:
        entry.put_person(parse_name(text), is_plain="," not in text, are_editors=are_editors)
    except ValueError:
        entry.put_person(PersonName(literal=text), are_editors=are_editors)
