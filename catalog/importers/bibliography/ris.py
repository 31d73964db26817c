"""RIS into drafts: two letters, two spaces, a hyphen, a space, the value.

The tags are those of https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp,
read as generously as programs write them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.importers.bibliography.entries import Entry
from catalog.importers.bibliography.result import Bibliography, Rejected
from catalog.importers.cleanup import LONGEST_LINE, clean_line, clean_title
from catalog.model.draft import Source
from catalog.model.names import PersonName, parse_name
from catalog.model.records import EntryType, LinkKind

Lines = list[tuple[str, str]]
"""Tags with their values."""

_LINE = re.compile(r"\s*([A-Z][A-Z0-9]) {1,2}-(?: (.*)|\s*)$")
_TYPES = {
    **dict.fromkeys(("JOUR", "JFULL", "MGZN", "EJOUR", "INPR"), EntryType.ARTICLE),
    **dict.fromkeys(("CONF", "CPAPER"), EntryType.INPROCEEDINGS),
    **dict.fromkeys(("CHAP", "ECHAP"), EntryType.INCOLLECTION),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK"), EntryType.BOOK),
    "THES": EntryType.PHDTHESIS,
    "RPRT": EntryType.TECHREPORT,
    "UNPB": EntryType.UNPUBLISHED,
}
_CONTAINERS = ("T2", "JF", "BT", "JO", "JA", "J2", "C3")
_TEXTS = {"volume": ("VL",), "number": ("IS", "M1"), "series": ("T3",), "publisher": ("PB",)}
_READ = frozenset(
    [
        *("TY", "ID", "TI", "T1", "CT", "AU", "A1", "PY", "Y1", "DA", "SP", "EP", "DO", "UR", "L1"),
        *("L2", "LK", "KW", "AN", "N1", "ER"),
        *_CONTAINERS,
        *(tag for tags in _TEXTS.values() for tag in tags),
    ]
)


def read_ris(text: str, file: str | None = None) -> Bibliography:
    """Read a RIS file. `file` is the name that the drafts show.

    Every record is a draft, or is rejected with a reason and its line; so is what stands outside of
    records.
    """
    found = Bibliography()
    open_: list[_Record] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        tag, value = _split(line)
        if tag == "TY":
            _close(open_, found)
            open_.append(_Record(number, [(tag, value)]))
        elif open_ and tag == "ER":
            _end(open_.pop(), file, found)
        elif open_:
            open_[0].add(tag, value)
        elif tag or value:
            found.rejected.append(Rejected(number, "it stands outside of a record", line.strip()))
    _close(open_, found)
    return found


@dataclass(slots=True)
class _Record:
    """A record that has begun: the number of its first line, and its tags with their values."""

    line: int
    lines: Lines

    def add(self, tag: str, value: str) -> None:
        """Take a line; one without a tag goes on with the value above."""
        if tag:
            self.lines.append((tag, value))
        elif value and len(self.lines[-1][1]) <= LONGEST_LINE:  # one that is longer is not read
            self.lines[-1] = (self.lines[-1][0], f"{self.lines[-1][1]} {value}")


def _end(record: _Record, file: str | None, found: Bibliography) -> None:
    """Read a record, or reject it when one of its values is longer than what is read."""
    overlong = (tag for tag, value in record.lines if tag in _READ and len(value) > LONGEST_LINE)
    if (tag := next(overlong, None)) is not None:
        reason = f"{tag}: a text of more than {LONGEST_LINE:,} characters"
        found.rejected.append(
            Rejected(record.line, reason, _first(record.lines, ("TI", "T1"))[:80])
        )
    else:
        found.add(_read_record(record.lines, Source(file, record.line)))


def _close(open_: list[_Record], found: Bibliography) -> None:
    """Reject the record that is open, if there is one."""
    while open_:
        record = open_.pop()
        title = _first(record.lines, ("TI", "T1"))
        found.rejected.append(Rejected(record.line, "it has no end (ER)", title))


def _split(line: str) -> tuple[str, str]:
    """Return the tag and the value of a line; no tag where the line goes on with the one above."""
    found = _LINE.match(line)
    return (found[1], (found[2] or "").strip()) if found else ("", line.strip())


def _read_record(lines: Lines, source: Source) -> Entry:
    entry = Entry(
        source, kind=_TYPES.get(_first(lines, ("TY",))), key=_first(lines, ("ID",)) or None
    )
    entry.put("title", clean_title(_first(lines, ("TI", "T1", "CT"))))
    authors = _all(lines, ("AU", "A1"))
    # Where persons are `Family, Given`, a name without a comma is a group: RIS has no other sign.
    is_split = any("," in value for value in authors)
    for value in authors:
        _read_author(value, entry, is_split=is_split)
    entry.put_date(_first(lines, ("DA", "PY", "Y1")))
    entry.put_date(_first(lines, ("PY", "Y1")))
    entry.container = _first(lines, _CONTAINERS) or None
    for name, tags in _TEXTS.items():
        entry.put(name, _first(lines, tags))
    entry.put_pages("-".join(filter(None, (_first(lines, ("SP",)), _first(lines, ("EP",))))))
    entry.put_doi(_first(lines, ("DO",)))
    if "arxiv" in _first(lines, ("AN",)).lower():
        entry.put_arxiv(_first(lines, ("AN",)))
    for value in _all(lines, ("L1",)):
        entry.put_address(value, LinkKind.PDF)
    for value in _all(lines, ("UR", "L2", "LK")):
        entry.put_address(value)
    entry.put("note", _first(lines, ("N1",)))
    entry.tags += [line for value in _all(lines, ("KW",)) if (line := clean_line(value))]
    entry.left_out += sorted({tag for tag, _ in lines} - _READ)
    return entry


def _all(lines: Lines, tags: Sequence[str]) -> list[str]:
    return [value for tag, value in lines if tag in tags and value]


def _first(lines: Lines, tags: Sequence[str]) -> str:
    return next((found[0] for tag in tags if (found := _all(lines, (tag,)))), "")


def _read_author(value: str, entry: Entry, *, is_split: bool) -> None:
    """Read `Family, Given, Suffix`; without a comma it is a group, or the record splits no name."""
    parts = [clean_line(part) for part in value.split(",")]
    if len(parts) == 3 and all(parts):
        parts = [parts[0], parts[2], parts[1]]
    text = ", ".join(part for part in parts if part)
    if not text:
        return
    if is_split and "," not in text and " " in text:
        entry.put_author(PersonName(literal=text))
        return
    try:
        entry.put_author(parse_name(text), is_plain="," not in text)
    except ValueError:
        entry.put_author(PersonName(literal=text))
