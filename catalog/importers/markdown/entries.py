"""An entry as shown: what stands around its title, each value with the doubt that comes with it."""

import re
from dataclasses import dataclass, field

from catalog.importers.markdown.bylines import Byline
from catalog.importers.markdown.candidates import Candidate
from catalog.importers.markdown.coverage import Fate
from catalog.importers.markdown.features import count_words
from catalog.importers.markdown.inline import ShownLink
from catalog.importers.markdown.links import is_scholarly
from catalog.importers.markdown.volumes import Volume
from catalog.importers.venues.mentions import Presentation, VenueMention, parse_venue


@dataclass(slots=True, eq=False)
class Entry:
    """One work where the list shows it; what is not shown is absent."""

    candidate: Candidate
    title: str
    how: tuple[str, str]
    byline: Byline | None = None
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
    abstract: str | None = None
    doubts: dict[str, str] = field(default_factory=dict)
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
        values = [*self.tags, *self.notes, self.abstract or ""]
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
"""A heading that is a year: `2023`, `📅 2023 papers`, `2023年`."""


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
