"""MEDLINE into drafts, the format of PubMed's `.nbib` files: a tag of four places, `- `, a value.

The tags are those of https://www.nlm.nih.gov/bsd/mms/medlineelements.html.
"""

import re
from dataclasses import dataclass, field

from catalog.importers.bibliography.entries import Entry
from catalog.importers.bibliography.people import read_people
from catalog.importers.bibliography.result import Bibliography, Rejected
from catalog.importers.cleanup import LONGEST_LINE, clean_line, clean_title
from catalog.model.draft import Source
from catalog.model.names import PersonName, parse_name
from catalog.model.records import EntryType

_LINE = re.compile(r"([A-Z][A-Z0-9 ]{1,3})- ?(.*)")
_LABELLED = re.compile(r"(.*?)\s*\[(doi|pii|pmid|bookaccession)\]\s*")
"""`10.1000/182 [doi]`."""
_NAME = re.compile(
    r"(?P<family>.+?),?\s+(?P<given>[A-Z]{1,4})(?:\s+(?P<suffix>Jr|Sr|2nd|3rd|[IVX]+))?"
)
"""`Marsh AB`, `de Vries, JK`, `Quill R 3rd`."""
_LATE_SUFFIX = re.compile(r"([^,]+), (.+?)\s+(Jr|Sr|2nd|3rd|II|III|IV)\.?")
"""`Quill, Rhea Jr`."""
_READ = frozenset(
    [
        *("TI", "FAU", "AU", "CN", "FED", "ED", "DP", "VI", "IP", "PG", "LID", "AID", "AB", "JT"),
        *("TA", "BTI", "CTI", "PB", "OT", "PT"),
    ]
)
_TYPES = {"book": EntryType.BOOK, "book chapter": EntryType.INCOLLECTION}


@dataclass(slots=True)
class _Record:
    line: int
    values: list[tuple[str, str]] = field(default_factory=list)

    def all(self, *tags: str) -> list[str]:
        return [value for tag, value in self.values if tag in tags and value]

    def first(self, *tags: str) -> str:
        return next((value for tag in tags for value in self.all(tag)), "")


def read_medline(text: str, file: str | None = None) -> Bibliography:
    """Read a file of PubMed. `file` is the name that the drafts show.

    Every record begins with its PMID, and is a draft or is rejected with its line.
    """
    found = Bibliography()
    for record in _split_records(text, found):
        overlong = next((tag for tag, value in record.values if len(value) > LONGEST_LINE), None)
        title = record.first("TI", "BTI")[:80]
        if overlong is not None:
            reason = f"{overlong}: a text of more than {LONGEST_LINE:,} characters"
            found.rejected.append(Rejected(record.line, reason, title))
        else:
            found.add(_read_record(record, Source(file, record.line)), title)
    return found


def _split_records(text: str, found: Bibliography) -> list[_Record]:
    records: list[_Record] = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        matched = _LINE.fullmatch(line)
        if matched is not None:
            tag = matched[1].strip()
            if tag == "PMID" or not records:
                records.append(_Record(number))
            records[-1].values.append((tag, matched[2].strip()))
        elif line.strip() and records and line.startswith("  "):
            tag, value = records[-1].values[-1]
            if len(value) <= LONGEST_LINE:  # a longer one is not read
                records[-1].values[-1] = (tag, f"{value} {line.strip()}")
        elif line.strip():
            found.rejected.append(Rejected(number, "it is outside of a record", line.strip()))
    return records


def _read_record(record: _Record, source: Source) -> Entry:
    kinds = [_TYPES[name.lower()] for name in record.all("PT") if name.lower() in _TYPES]
    entry = Entry(source, kind=kinds[0] if kinds else EntryType.ARTICLE)
    entry.put("title", clean_title(record.first("TI", "CTI", "BTI")))
    _read_people(record, entry)
    for value in record.all("DP"):
        entry.put_date(value)
    container = record.first("JT", "TA") or record.first("BTI")
    if container != entry.fields.get("title"):
        entry.put_container(container)
    entry.put_volume(record.first("VI"))
    entry.put("number", record.first("IP"))
    entry.put("publisher", record.first("PB"))
    for value in record.all("PG"):
        entry.put_pages(value)
    _read_places(record, entry)
    entry.put_abstract(record.first("AB"))
    entry.tags += [clean_line(value) for value in record.all("OT")]
    for tag, value in record.values:
        if tag not in _READ:
            entry.leave_out(tag, value)
    return entry


def _read_people(record: _Record, entry: Entry) -> None:
    """Read the full names, or else the short ones; investigators (FIR) are not authors."""
    for full, short, are_editors in (("FAU", "AU", False), ("FED", "ED", True)):
        for value in record.all(full) or record.all(short):
            entry.put_person(_read_name(value), are_editors=are_editors)
    for value in record.all("CN"):
        entry.put_person(PersonName(literal=clean_line(value)))


def _read_name(value: str) -> PersonName:
    value = clean_line(value)
    if (late := _LATE_SUFFIX.fullmatch(value)) is not None:
        return PersonName(family=late[1], given=late[2], suffix=late[3])
    if "," in value:
        try:
            return parse_name(value)
        except ValueError:
            return PersonName(literal=value)
    found = _NAME.fullmatch(value)
    if found is not None:
        return PersonName(**{part: text for part, text in found.groupdict().items() if text})
    people = read_people(value)
    return people.names[0] if people.names else PersonName(literal=value)


def _read_places(record: _Record, entry: Entry) -> None:
    """Read DOIs and article numbers: `10.7554/eLife.1 [doi]`, `e99901`."""
    for value in record.all("LID", "AID"):
        labelled = _LABELLED.fullmatch(value)
        if labelled is not None and labelled[2] == "doi":
            entry.put_doi(labelled[1])
        elif labelled is None and "pages" not in entry.fields:
            entry.put_pages(value)
        else:
            entry.leave_out("AID", value)
