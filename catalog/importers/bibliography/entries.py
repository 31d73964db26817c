"""What every bibliography format has in common: the entry that its reader fills, made a draft.

Every value of the source ends in the draft, in a doubt that quotes it, or in `left_out`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from catalog.importers.bibliography.exporter_notes import NotePart, split_note
from catalog.importers.bibliography.people import People, part_particles
from catalog.importers.cleanup import clean_line
from catalog.model import extensions
from catalog.model.canonical_urls import find_link_kind
from catalog.model.draft import Draft, Source, to_name_value
from catalog.model.findings import quote
from catalog.model.identifiers import (
    find_acl_in_doi,
    find_doi_in_path,
    find_identifier,
    is_doi,
    parse_arxiv,
    parse_doi,
)
from catalog.model.identity import is_preprint_venue
from catalog.model.names import PersonName
from catalog.model.records import FOREIGN_KEY_PATTERN, MONTHS, EntryType, LinkKind
from catalog.model.types import Value
from catalog.text.urls import is_url

_DASHES = re.compile(r"\s*(?:-+|[–—\u2212\u2010\u2011])\s*")
"""Between the pages of a range: `12--20`, `12 – 20`."""
_PAGES_LABEL = re.compile(r"^(?:pp?\.|pages?:?)\s*", re.IGNORECASE)
"""`pp. 12-20`, `Pages: 12-20`."""
_VOLUME_NUMBER = re.compile(r"(\d+)\s*\(([\w .–-]+)\)")
"""Volume and number in one value: `140(3)`."""
_YEAR = r"(?:1[4-9]|20)\d{2}"
_ANY_YEAR = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")
_PLAIN_YEAR = re.compile(rf"[\W_]{{0,2}}[c©]?\s?({_YEAR})[a-z]?[\W_]{{0,3}}")
"""`2024`, `c1998`, `[1985]`, `2004b`."""
_ISO_DATE = re.compile(
    rf"({_YEAR})(?:[-/](\d{{1,2}})?(?:[-/](\d{{1,2}})?)?)?/?(?:[T\s]\d{{2}}:\d{{2}}\S*)?"
    rf"(?:/(?:\.\.|(?P<until>{_YEAR})[-\d]*)?)?"
)
"""`2019-05`, `2019/05/30/`, `2021-03-04T10:20:30Z`, `2019-05-30/2019-06-02`."""
_SHORT_RANGE = re.compile(rf"({_YEAR})\s*[/–]\s*(\d{{2}})")
"""`2003/04`: two years."""
_DATE_WORD = re.compile(
    rf"(?:{'|'.join(MONTHS)})[a-z]*|spring|summer|autumn|fall|winter|st|nd|rd|th|of|q[1-4]|epub",
    re.IGNORECASE,
)
"""Words next to one year that leave a date plain: `Spring 2019`, `2nd of June 2019`, `2019 Q3`."""
_DAY = re.compile(r"[A-Za-z]{3,9}\.?(?:[\s-]+[A-Za-z]{3,9}\.?)?(?:[\s-]+\d{1,2})?")
"""A date that lacks its year: `June`, `Jun 16`, `Jul-Aug`."""
_MONTH_WORD = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]*", re.IGNORECASE)
"""`June`, `Sept`."""
_PREPRINT = re.compile(r"\barxiv\b|^corr\b|\bcomputing research repository\b", re.IGNORECASE)
"""A container that is arXiv under any of its names: `ArXiv e-prints`, `CoRR abs/2401.10000`."""
_ARXIV_IN_TEXT = re.compile(
    r"(?:arxiv(?:\s+preprint)?[\s:.]*|abs/)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
    re.IGNORECASE,
)
"""`arXiv:2401.10000`, `CoRR, abs/2401.10000`, `arXiv preprint math.AG/0601001`."""
_ARXIV_MIRROR = re.compile(
    r"https?://(?:(?:www\.)?(?:ar5iv(?:\.labs)?(?:\.arxiv)?|alphaxiv)\.org/(?:abs|html|pdf|overview)/(\S+)"
    r"|ui\.adsabs\.harvard\.edu/abs/\d{4}arXiv(\d{4})(\d{4,5})[A-Z])",
    re.IGNORECASE,
)
"""Pages elsewhere that show a paper of arXiv: `ar5iv.org/abs/2401.10000`, ADS's bibcodes."""
_BROKEN = re.compile("\ufffd|[\u0080-\u009f]|[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac")
"""Text that was read in a wrong encoding: `Ma\ufffdana`, `Ã©`, `â€™`."""
_ARXIV_PAGES = re.compile(r"arxiv:\S+", re.IGNORECASE)
_DERIVED = (EntryType.ARTICLE, EntryType.INPROCEEDINGS, EntryType.MISC)
_NULL = frozenset(["null null", "none none", "undefined undefined", "nan nan", "undefined"])
"""What programs write for an author that they do not have; people called Null have a given name."""
_GROUP = "it may be a group"
_FOREIGN_KEY = re.compile(FOREIGN_KEY_PATTERN)
_EXPORTERS_PAGE = re.compile(r"https?://(?:www\.)?scopus\.com/inward/", re.IGNORECASE)
"""A page of the database that the entry came from, not of the paper."""
ARXIV = "arXiv"

PRIVATE = frozenset(
    [
        *("file", "owner", "timestamp", "creationdate", "modificationdate", "date-added"),
        *("date-modified", "comment", "annote", "annotation", "local-url", "localfile", "rating"),
        *("read", "readstatus", "priority", "ranking", "printed", "status", "qualityassured"),
        *("creator", "username", "__markedentry", "groups", "pdf-path", "attachments", "notes"),
        *("file attachments", "link attachments", "date added", "date modified", "access date"),
        *("urldate", "lastchecked", "interhash", "intrahash", "biburl", "bibsource", "privnote"),
    ]
)
"""Fields of the reader's own: named in the report, their values never shown."""


class LeftOut(NamedTuple):
    """A value for which a record has no place."""

    name: str
    value: str

    @property
    def is_private(self) -> bool:
        """Return whether the value is the reader's own, or the exporter's bookkeeping."""
        return self.name.lower() in PRIVATE or self.name.lower().startswith("bdsk-")


@dataclass(slots=True)
class Entry:
    """An entry as its reader found it. Every text is plain: markup of the format is decoded.

    `fields` are texts by the names of `Paper`'s fields; `container` is the journal or the volume.
    """

    source: Source
    kind: EntryType | None = None
    key: str | None = None
    authors: list[PersonName] = field(default_factory=list)
    editors: list[PersonName] = field(default_factory=list)
    more_authors: bool = False
    container: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    links: dict[LinkKind, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    cite_keys: list[str] = field(default_factory=list)
    bibtex: dict[str, str] = field(default_factory=dict)
    facets: dict[str, list[str]] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    """Other fields with several texts: names, awards."""
    doubts: dict[str, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    extensions: dict[str, list[str]] = field(default_factory=dict)
    """What our own exports say in fields of their own, by name without prefix."""

    @property
    def venue_name(self) -> str | None:
        """The full name of the venue whose short name an export of ours gives, if it has one."""
        names = self.extensions.get(extensions.VENUE_NAME) or [self.container or ""]
        return names[0] if names[0] not in ("", *self.extensions.get("venue", ())) else None

    def put_extension(self, name: str, values: Iterable[str]) -> bool:
        """Take the values of a field `x-…` of our own exports; return whether it is one."""
        bare = name.removeprefix(extensions.PREFIX)
        is_own = name.startswith(extensions.PREFIX) and extensions.is_extension(bare)
        if is_own:
            texts = [text for value in values if (text := " ".join(value.split()))]
            self.extensions.setdefault(bare, []).extend(texts)
        return is_own

    def leave_out(self, name: str, value: str | None) -> None:
        """Remember a value that the record has no place for."""
        if value and value.strip():
            self.left_out.append(LeftOut(name, " ".join(value.split())))

    def doubt(self, name: str, reason: str) -> None:
        """Remember why a field may be wrong, or why it was left out."""
        known = self.doubts.get(name)
        if known is None or reason not in known:
            self.doubts[name] = f"{known}; {reason}" if known else reason

    def put(self, name: str, text: str | None) -> None:
        """Set the text of a field; a second text for it is reported as left out."""
        line = clean_line(text) if text else ""
        if not line:
            return
        known = self.fields.setdefault(name, line)
        if known != line and known.casefold() != line.casefold():
            self.leave_out(name, line)

    def put_container(self, text: str | None) -> None:
        """Name the journal or the volume; the first that is given counts."""
        line = clean_line(text) if text else ""
        if line and self.container is None:
            self.container = line
        elif line and line != self.container:
            self.leave_out("container", line)

    def put_abstract(self, text: str | None) -> None:
        """Read an abstract, in one paragraph."""
        line = clean_line(text) if text else ""
        if line:
            self.fields.setdefault("abstract", re.sub(r"^Abstract[.:]?\s+(?=[A-Z])", "", line))

    def put_people(self, people: People, *, are_editors: bool = False) -> None:
        """Add authors or editors, and take over what may be wrong with them."""
        name = "editors" if are_editors else "authors"
        for person, is_plain in zip(people.names, people.is_plain, strict=True):
            self.put_person(person, is_plain=is_plain, are_editors=are_editors)
        self.more_authors = self.more_authors or (people.has_more and not are_editors)
        for reason in people.doubts:
            self.doubt(name, reason)

    def put_person(
        self, name: PersonName, *, is_plain: bool = False, are_editors: bool = False
    ) -> None:
        """Add an author or editor. `is_plain`: the source did not give the parts."""
        if name.display.casefold() in _NULL:
            self.doubt("authors", f"left out: {quote(name.display)} is not a name")
            return
        if name.is_et_al or name.display == "others":
            self.more_authors = self.more_authors or not are_editors
            return
        doubt = name.doubt if is_plain else None
        if doubt is not None and doubt.reason == _GROUP:
            name = PersonName(literal=name.display)
            self.doubt(
                "editors" if are_editors else "authors", f"{name.display} is taken for a group"
            )
        (self.editors if are_editors else self.authors).extend(part_particles([name]))

    def put_date(self, text: str | None) -> None:
        """Read year and month from a date; what is not plainly a date is doubted or left out."""
        text = " ".join((text or "").split())
        if not text:
            return
        read = _read_date(text)
        if read is None and _find_month(text) is not None and _DAY.fullmatch(text):
            self.put_month(text)  # EndNote: `Sep 15`, the year is elsewhere
            return
        if read is None:
            self.doubt("year", f"left out: {quote(text)} is not a year")
            return
        known = self.fields.setdefault("year", read.year)
        if known != read.year:
            self.leave_out("year", text)
            return
        if read.month is not None:
            self.fields.setdefault("month", read.month)
        if not read.is_plain:
            self.doubt("year", f"read in {quote(text)}")

    def put_month(self, text: str | None) -> None:
        """Read a month: `5`, `05`, `may`, `May 3--5`, `28 Apr--3 May`."""
        text = (text or "").strip()
        numbered = re.fullmatch(rf"{_YEAR}-(\d{{2}})(?:-\d{{2}})?", text)
        number = _find_month(numbered[1] if numbered else text) or _find_foreign_month(text)
        if number is not None:
            self.put("month", str(number))
        elif text:
            self.doubt("month", f"left out: {quote(text)} is not a month")

    def put_pages(self, text: str | None) -> None:
        """Read pages: `pp. 1--10` is `1-10`."""
        if text and _ARXIV_PAGES.fullmatch(text.strip()) and self.put_arxiv(text):
            return  # EndNote and ADS: an arXiv id in the place of pages
        if text:
            self.put("pages", _DASHES.sub("-", _PAGES_LABEL.sub("", clean_line(text))).strip("-"))

    def put_volume(self, text: str | None) -> None:
        """Read a volume, or volume and number in one: `140(3)`."""
        found = _VOLUME_NUMBER.fullmatch(clean_line(text or ""))
        if found is not None and "number" not in self.fields:
            self.put("volume", found[1])
            self.put("number", found[2])
        else:
            self.put("volume", text)

    def put_doi(self, text: str | None) -> None:
        """Read a DOI in any form; those that arXiv gives are arXiv ids."""
        text = (text or "").strip()
        doi = parse_doi(text.rstrip(".,;"))
        if doi is None:
            if text:
                self.doubt("doi", f"left out: {quote(text)} is not a DOI")
            return
        if (arxiv := parse_arxiv(doi)) is not None:
            self._put_identifier("arxiv", arxiv)
            return
        self._put_identifier("doi", doi)
        if (acl := find_acl_in_doi(doi)) is not None:
            self.fields.setdefault("acl", acl)

    def put_arxiv(self, text: str | None) -> bool:
        """Read an arXiv id, alone or in a text (`arXiv preprint arXiv:2401.10000`), if any."""
        found = _ARXIV_IN_TEXT.search(text or "")
        arxiv = parse_arxiv(found[1] if found else text or "")
        if arxiv is not None:
            self._put_identifier("arxiv", arxiv)
        return arxiv is not None

    def _put_identifier(self, name: str, value: str) -> None:
        known = self.fields.setdefault(name, value)
        if known.lower() != value.lower():
            self.leave_out(name, value)

    def put_address(self, url: str | None, kind: LinkKind | None = None) -> None:
        """Read an address: an identifier when it is one's, a link otherwise."""
        url = self._complete(url or "")
        if not url:
            return
        if not is_url(url):
            self.doubt("links", f"left out: {quote(url)} is not a web address")
            return
        if _EXPORTERS_PAGE.match(url):
            self.leave_out("url", url)
            return
        if (found := find_identifier(url)) is not None and self._is_page_of(*found, url):
            return
        if (mirrored := _ARXIV_MIRROR.match(url)) is not None and self.put_arxiv(
            mirrored[1] or f"{mirrored[2]}.{mirrored[3]}"
        ):
            return
        if "doi" not in self.fields and (doi := find_doi_in_path(url)) is not None:
            self.put_doi(doi)
        self._put_link(url, kind or find_link_kind(url))

    def _put_link(self, url: str, kind: LinkKind) -> None:
        if url not in self.links.values():
            free = kind if kind not in self.links else LinkKind.OTHER
            if self.links.setdefault(free, url) != url:
                self.leave_out("url", url)

    def _complete(self, text: str) -> str:
        """Return an address with the scheme that people leave out: `www.example.org/things`."""
        url = text.strip().strip("<>")
        if "://" not in url and find_identifier(f"https://{url}") is not None:
            return f"https://{url}"  # `doi.org/10.1000/182`
        if re.match(r"www\.[\w-]+\.", url):
            self.doubt("links", f"https:// is added to {url}")
            return f"https://{url}"
        return f"https:{url}" if url.startswith("//") else url

    def _is_page_of(self, kind: object, value: str, url: str) -> bool:
        """Take the identifier of an address; return whether the address adds nothing to it."""
        name = getattr(kind, "field", "")
        if name == "doi":
            self.put_doi(value)
            return True
        self._put_identifier(name, value)
        return self.fields[name].lower() == value.lower()

    def put_note(self, text: str | None) -> None:
        """Read a note without what exporters write there: counts of citations, database ids."""
        kept, parts = split_note(text or "")
        for part in parts:
            self._put_note_part(part)
        if "arxiv" in kept.lower():
            self.put_arxiv(kept)
        self.put("note", kept)

    def _put_note_part(self, part: NotePart) -> None:
        """Take a value out of an exporter's remark, or leave the remark out."""
        if part.field == "doi":
            self.put_doi(part.value)
        elif part.field == "arxiv":
            self.put_arxiv(part.value)
        elif part.field == "url":
            self.put_address(part.value)
        elif part.field == "key":
            self.key = part.value.strip()
        elif part.field in ("publisher", "series") and part.field not in self.fields:
            self.put(part.field, part.value)
        else:
            self.leave_out("note", part.text)

    def to_draft(self) -> Draft:
        """Return the entry as a draft. Its venue is named as the source names it."""
        if self.key is not None and is_doi(self.key):
            self.fields.setdefault("doi", self.key)  # Springer and ACM key their entries so
        self._settle_venue()
        if self.fields.get("number", "").lower().startswith("arxiv"):
            self.put_arxiv(self.fields.pop("number"))
        values: dict[str, Value] = {"key": self.key} if self.key is not None else {}
        values.update(self.fields)
        values.update(self._list_values())
        if self.more_authors:
            values["more_authors"] = "true"
        self._doubt_encoding()
        if self.kind is not None and self.kind not in _DERIVED:
            values["type"] = self.kind.value
        if self.extensions:
            self._put_extensions_into(values)
        return Draft(values, self.doubts, self.source)

    def _doubt_encoding(self) -> None:
        names = " ".join(person.display for person in (*self.authors, *self.editors))
        for field_, text in (("title", self.fields.get("title", "")), ("authors", names)):
            if _BROKEN.search(text):
                self.doubt(field_, f"read in a wrong encoding: {quote(text[:60])}")

    def _put_extensions_into(self, values: dict[str, Value]) -> None:
        """Restore a record from an export of ours: the fields of our own are the last word.

        What the format made of other fields is dropped: a type that follows from the venue's kind,
        a venue in the publisher's place, arXiv as the venue of whatever has an arXiv id.
        """
        own = self.extensions
        if "venue" in own:
            values.pop("type", None)
        elif self.container is None:
            values.pop("venue", None)
        if values.get("publisher") in (self.venue_name, *own.get("venue", ())):
            values.pop("publisher", None)
        if extensions.VENUE_NAME in own and self.container not in (None, self.venue_name):
            values["booktitle"] = clean_line(self.container or "")
        urls = {kind: texts[0] for kind, texts in own.items() if kind in extensions.KINDS}
        read = {kind.value: url for kind, url in self.links.items() if url not in urls.values()}
        prefix = extensions.BIBTEX
        bibtex = {n.removeprefix(prefix): own[n][0] for n in own if n.startswith(prefix)}
        for name, table in (("links", read | urls), ("bibtex", bibtex)):
            values.pop(name, None)
            if table:
                values[name] = dict(table)
        values.update({name: own[name][0] for name in extensions.TEXTS if name in own})
        lists = extensions.LISTS - {extensions.LITERAL}
        values.update({name: list(own[name]) for name in lists if name in own})

    def _list_values(self) -> dict[str, Value]:
        """Return the fields with several values that have any."""
        keys = [key for key in dict.fromkeys(self.cite_keys) if _FOREIGN_KEY.fullmatch(key)]
        values: dict[str, Value] = {
            "authors": [to_name_value(person) for person in self.authors],
            "editors": [to_name_value(person) for person in self.editors],
            "tags": list(dict.fromkeys(self.tags)),
            "links": {kind.value: url for kind, url in self.links.items()},
            "facets": {name: list(dict.fromkeys(texts)) for name, texts in self.facets.items()},
            "bibtex": dict(self.bibtex),
            "cite_keys": list(keys),
            **{name: list(dict.fromkeys(texts)) for name, texts in self.lists.items()},
        }
        return {name: value for name, value in values.items() if value}

    def _take_arxiv(self, container: str) -> None:
        """Take the id out of `arXiv:2401.10000`, or out of the volume: `abs/2401.10000`."""
        volume = self.fields.get("volume", "")
        if not self.put_arxiv(f"{container} {volume}"):
            self.put_arxiv(volume)
        if parse_arxiv(volume.removeprefix("abs/")) is not None:
            self.fields.pop("volume", None)

    def _settle_venue(self) -> None:
        """Name the venue; an arXiv id in its place is the id, and the venue is arXiv."""
        container = clean_line(self.container or "")
        if _PREPRINT.search(container) and not _has_other_venue(container):
            self._take_arxiv(container)
            container = ARXIV
        publisher = self.fields.get("publisher", "")
        if not container and is_preprint_venue(publisher):
            container = publisher
        if not container and "arxiv" in self.fields and "doi" not in self.fields:
            container = ARXIV
        if container:
            self.fields["venue"] = container
        if is_preprint_venue(container) and publisher.casefold() == container.casefold():
            del self.fields["publisher"]
        if self.kind is EntryType.UNPUBLISHED and "arxiv" in self.fields:
            self.kind = None


_OTHER_VENUE = re.compile(r"conference|journal|proceedings|workshop|transactions", re.IGNORECASE)
"""`Proceedings of the Workshop on arXiv` is not a preprint."""


def _has_other_venue(container: str) -> bool:
    return _OTHER_VENUE.search(container) is not None


class _Date(NamedTuple):
    year: str
    month: str | None
    is_plain: bool


def _read_date(text: str) -> _Date | None:
    """Return year and month of a text, and whether it is plainly a date; None without a year."""
    if (found := _PLAIN_YEAR.fullmatch(text)) is not None:
        return _Date(found[1], None, "?" not in text and "~" not in text)
    found = _SHORT_RANGE.fullmatch(text)
    if found is not None and int(found[2]) == int(found[1][2:]) + 1:
        return _Date(found[1], None, False)
    if (found := _ISO_DATE.match(text)) is not None:
        number = int(found[2] or 0)
        numbered = str(number) if 1 <= number <= 12 else None
        until = found["until"]
        is_whole = found.end() == len(text.rstrip("/ "))
        has_season = (
            re.fullmatch(r"/*\s*(?:spring|summer|autumn|fall|winter)", text[found.end() :].lower())
            is not None
        )
        if is_whole or has_season or found[2]:
            is_plain = (is_whole or has_season) and until in (None, found[1])
            return _Date(found[1], numbered, is_plain and (numbered is not None or not number))
    years = _ANY_YEAR.findall(text)
    if not years:
        return None
    month = _find_month(_ANY_YEAR.sub("", text, count=1))
    words = re.findall(r"[^\W\d_]+", text)
    is_plain = len(set(years)) == 1 and all(map(_DATE_WORD.fullmatch, words))
    return _Date(years[0], str(month) if month else None, is_plain and not re.search("[~?]", text))


def _find_month(text: str) -> int | None:
    word = _MONTH_WORD.search(text)
    if word is not None:
        return MONTHS.index(word[1].lower()) + 1
    bare = text.strip(" .,/")
    number = int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 3 else 0
    return number if 1 <= number <= 12 else None


_FOREIGN_MONTHS = (
    "januar|januari|janvier|enero|gennaio|janeiro",
    "februar|februari|février|fevrier|febrero|febbraio",
    "märz|maerz|maart|mars|marzo|março", "avril|abril|aprile", "mai|mei|mayo|maggio|maio",
    "juni|juin|junio|giugno|junho", "juli|juillet|julio|luglio|julho", "août|aout|agosto|augustus",
    "septembre|septiembre|settembre|setembro", "oktober|octobre|octubre|ottobre|outubro",
    "novembre|noviembre|novembro", "dezember|décembre|decembre|diciembre|dicembre|dezembro",
)  # fmt: skip


def _find_foreign_month(text: str) -> int | None:
    """Return the number of a month in German, Dutch, French, Spanish, Italian or Portuguese."""
    for number, names in enumerate(_FOREIGN_MONTHS, start=1):
        if re.search(rf"\b(?:{names})\b", text, re.IGNORECASE):
            return number
    return None


def split_words(text: str) -> Iterator[str]:
    """Yield keywords: a semicolon separates them, or else a comma."""
    for word in text.split(";" if ";" in text else ","):
        if line := clean_line(word):
            yield line
