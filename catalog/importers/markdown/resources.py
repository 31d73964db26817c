"""What a list shows besides papers: data sets, tools, books, courses."""

from dataclasses import dataclass

from catalog.importers.markdown.coverage import Fate
from catalog.importers.markdown.entries import Entry
from catalog.importers.markdown.links import normalise_url, to_kind
from catalog.importers.markdown.sections import Section
from catalog.importers.markdown.vocabulary import find_word
from catalog.model.records import LinkKind, ResourceKind

_KINDS = {
    LinkKind.CODE: ResourceKind.CODE,
    LinkKind.DATA: ResourceKind.DATASET,
    LinkKind.VIDEO: ResourceKind.TALK,
    LinkKind.SLIDES: ResourceKind.TALK,
    LinkKind.BLOG: ResourceKind.BLOG,
}


@dataclass(frozen=True, slots=True)
class FoundResource:
    """An entry that is not a paper, with its lines; `note` is its other text, as Markdown.

    `url` is its first link, `more` the labels and addresses of the others. `section` may be one
    that holds no papers.
    """

    start: int
    end: int
    title: str
    url: str
    kind: ResourceKind
    section: Section
    note: str | None = None
    more: tuple[tuple[str, str], ...] = ()

    @property
    def fate(self) -> Fate:
        """What its parts become."""
        return Fate.RESOURCE

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that it shows."""
        return (self.title, self.note or "", *(label for label, _ in self.more))

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address that it holds."""
        return (self.url, *(url for _, url in self.more))


def to_resource(entry: Entry) -> FoundResource | None:
    """Return a refused entry as a resource, or None when no web address leads to it."""
    links = [(link.label, url) for link in entry.links if (url := normalise_url(link.url))]
    if not links:
        return None
    (_, url), *more = links
    authors = [entry.byline.shown] if entry.byline else []
    venue = [entry.venue.text] if entry.venue else []
    year = [str(entry.year)] if entry.year else []
    note = " ".join([*authors, *venue, *year, *entry.notes])
    return FoundResource(
        entry.start,
        entry.end,
        entry.title,
        url,
        _find_kind(entry, url),
        entry.candidate.section,
        note or None,
        tuple(more),
    )


def _find_kind(entry: Entry, url: str) -> ResourceKind:
    """Return the kind that the nearest heading names, else the one that the address suggests."""
    for section in reversed(entry.candidate.section.path()):
        if name := find_word("resources", section.title.strip()):
            return ResourceKind(name)
    return _KINDS.get(to_kind("", url), ResourceKind.OTHER)
