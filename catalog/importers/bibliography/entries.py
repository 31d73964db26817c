"""What every bibliography format has in common: the entry that its reader fills, made a draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from catalog.importers.cleanup import clean_line
from catalog.model.draft import Draft, Source, to_name_value
from catalog.model.identifiers import find_identifier, parse_arxiv, parse_doi
from catalog.model.names import PersonName, parse_name
from catalog.model.records import MONTHS, EntryType, LinkKind
from catalog.model.types import Value

_DASHES = re.compile(r"\s*(?:-+|[–—−])\s*")
_YEAR = re.compile(r"(?<!\d)((?:1[4-9]|20)\d{2})(?!\d)")
_MONTH_WORD = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]*", re.IGNORECASE)
_DATE = re.compile(r"\d{4}[-/](\d{1,2})(?!\d)")
_PREPRINT = re.compile(r"arxiv|\bcorr\b", re.IGNORECASE)
_ARXIV_IN_TEXT = re.compile(
    r"(?:arxiv[:\s]*|abs/)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE
)
_CODE_HOST = re.compile(
    r"https?://(?:www\.)?(?:github|gitlab|bitbucket|codeberg)\.\w+/[^/]+/", re.I
)
_PDF = re.compile(r"\.pdf(?:[?#]|$)", re.IGNORECASE)
_DERIVED = (EntryType.ARTICLE, EntryType.INPROCEEDINGS, EntryType.MISC)
_GROUP = "it may be a group"
ARXIV = "arXiv"


@dataclass(slots=True)
class Entry:
    """An entry as its reader found it. Every text is plain: markup of the format is decoded.

    `fields` are texts by the names of `Paper`'s fields; `container` is the journal or the volume;
    `left_out` names what the format of a list has no place for.
    """

    source: Source
    kind: EntryType | None = None
    key: str | None = None
    authors: list[PersonName] = field(default_factory=list)
    more_authors: bool = False
    container: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    links: dict[LinkKind, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def put(self, name: str, text: str | None) -> None:
        """Give a field its text, if it has any and the field has none yet."""
        line = clean_line(text) if text else ""
        if line:
            self.fields.setdefault(name, line)

    def put_author(self, name: PersonName, *, is_plain: bool = False) -> None:
        """Add an author. `is_plain` says that the source did not tell the parts apart."""
        if name.is_et_al or name.display == "others":
            self.more_authors = True
            return
        doubt = name.doubt if is_plain else None
        if doubt is not None and doubt.reason == _GROUP:
            name = PersonName(literal=name.display)
            self.doubts["authors"] = f"{name.display} is taken for a group"
        self.authors.append(_part_particle(name))

    def put_date(self, text: str | None) -> None:
        """Read year and month from a date: `2024`, `2024-05-01`, `May 2024`."""
        year = _YEAR.search(text or "")
        if text and year:
            self.put("year", year[1])
            self.put_month((_DATE.search(text) or ["", ""])[1] or text[: year.start()])

    def put_month(self, text: str | None) -> None:
        """Read a month: `5`, `05`, `may`, `May 3--5`."""
        text = (text or "").strip()
        word = _MONTH_WORD.search(text)
        number = MONTHS.index(word[1].lower()) + 1 if word else None
        if number is None and text.isascii() and text.isdigit():
            number = int(text)
        if number is not None and 1 <= number <= 12:
            self.put("month", str(number))

    def put_pages(self, text: str | None) -> None:
        """Read pages: `1--10` is `1-10`."""
        self.put("pages", _DASHES.sub("-", clean_line(text)).strip("-") if text else None)

    def put_doi(self, text: str | None) -> None:
        """Read a DOI in any form; those that arXiv gives are arXiv ids."""
        doi = parse_doi(text or "")
        arxiv = parse_arxiv(doi or "")
        self.put("arxiv", arxiv) if arxiv else self.put("doi", doi)

    def put_arxiv(self, text: str | None) -> None:
        """Read an arXiv id that stands alone or in a text (`arXiv preprint arXiv:2401.10000`)."""
        found = _ARXIV_IN_TEXT.search(text or "")
        self.put("arxiv", parse_arxiv(found[1] if found else text or ""))

    def put_address(self, url: str | None, kind: LinkKind | None = None) -> None:
        """Read an address: an identifier when it is one's, a link otherwise."""
        url = (url or "").strip().strip("<>")
        if not url.startswith(("http://", "https://")):
            return
        if (found := find_identifier(url)) is not None:
            self.put(found[0].field, found[1])
            return
        self.links.setdefault(kind or find_link_kind(url), url)

    def to_draft(self) -> Draft:
        """Return the entry as a draft. Its venue is named as the source names it."""
        values: dict[str, Value] = {}
        if self.key is not None:
            values["key"] = self.key
        self._settle_venue()
        values.update(self.fields)
        if self.authors:
            values["authors"] = [to_name_value(name) for name in self.authors]
        if self.more_authors:
            values["more_authors"] = "true"
        if self.kind is not None and self.kind not in _DERIVED:
            values["type"] = self.kind.value
        if self.tags:
            values["tags"] = list(dict.fromkeys(self.tags))
        if self.links:
            values["links"] = {kind.value: url for kind, url in self.links.items()}
        return Draft(values, self.doubts, self.source)

    def _settle_venue(self) -> None:
        """Name the venue; an arXiv id in its place is the id, and the venue is arXiv."""
        container = clean_line(self.container or "")
        if _PREPRINT.search(container):
            self.put_arxiv(f"{container} {self.fields.get('volume', '')}")
            if self.fields.get("volume", "").startswith("abs/"):
                del self.fields["volume"]
            container = ARXIV
        if not container and "arxiv" in self.fields and "doi" not in self.fields:
            container = ARXIV
        self.put("venue", container)
        if container == self.fields.get("publisher"):
            del self.fields["publisher"]
        if self.kind is EntryType.UNPUBLISHED and "arxiv" in self.fields:
            self.kind = None


def find_link_kind(url: str) -> LinkKind:
    """Return what an address of a paper leads to, as far as it shows that itself."""
    if _PDF.search(url):
        return LinkKind.PDF
    return LinkKind.CODE if _CODE_HOST.match(url) else LinkKind.PAGE


def split_words(text: str) -> Iterator[str]:
    """Yield keywords: a semicolon parts them, or else a comma."""
    for word in text.split(";" if ";" in text else ","):
        if line := clean_line(word):
            yield line


def _part_particle(name: PersonName) -> PersonName:
    """Tell the particle apart that stands in the family name: services and braces hide it."""
    if name.particle is not None or not (name.family or "")[:1].islower():
        return name
    try:
        parsed = parse_name(f"{name.family}, X")
    except ValueError:
        return name
    return PersonName(name.given, parsed.family, parsed.particle, name.suffix)
