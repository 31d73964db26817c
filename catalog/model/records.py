"""The records of papers.yaml: what a list is, its sections and venues, and its papers.

The models are the format: `catalog schema` prints the JSON Schema made from them. They hold facts
and simple derived facts; they do not read, write or format themselves for one output.
"""

import re
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)
from pydantic_core import PydanticCustomError

from catalog.model import identifiers
from catalog.model.findings import quote
from catalog.model.names import Name
from catalog.text.characters import LINE_PATTERN
from catalog.text.urls import explain_url, is_url

KEY_PATTERN = r"^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_-])?$"
FOREIGN_KEY_PATTERN = r"^[^\s\\#{}~%,\"]{1,200}$"
SLUG_PATTERN = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
BIBTEX_FIELD_PATTERN = r"^[a-z][a-z0-9_-]*$"

Line = Annotated[str, StringConstraints(min_length=1, pattern=LINE_PATTERN)]
"""One line of text, no space at its ends."""

Markdown = Annotated[str, StringConstraints(min_length=1)]
"""A paragraph of the safe subset of Markdown that editors write."""

Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
"""A citation key: also a file name, an address and an anchor, so ASCII only."""

ForeignKey = Annotated[str, StringConstraints(pattern=FOREIGN_KEY_PATTERN)]
"""A citation key of another tool, such as `DBLP:conf/x/Y24`: what a TeX file can cite."""

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=100)]
"""An id in addresses: lower-case ASCII words joined by hyphens."""


def _check_url(url: str) -> str:
    if is_url(url):
        return url
    scheme, colon, _ = url.partition(":")
    context = {"shown": quote(url)}
    if not colon or scheme.lower() not in ("http", "https"):
        raise PydanticCustomError(
            "link-scheme",
            "{shown} is not a web address",
            {**context, "hint": "write https://… in full"},
        )
    raise PydanticCustomError(
        "link-invalid",
        "{shown} is not a well-formed address",
        {**context, "hint": explain_url(url)},
    )


def _check_bare(kind: identifiers.Identifier, text: str) -> str:
    """Take a bare identifier; show the one inside any other form."""
    if kind.is_bare(text):
        return text
    parsed = kind.parse(text)
    hint = f"write {parsed}" if parsed else f"write it bare, such as {kind.example}"
    context = {"shown": quote(text), "noun": kind.noun, "hint": hint, "fix": parsed or ""}
    raise PydanticCustomError(kind.code.value, "{shown} is not a bare {noun}", context)


def _check_digits(value: object) -> object:
    """Refuse what Python reads as a number and nobody writes as one: `2_024`, `2024.0`."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise PydanticCustomError("int_parsing", "not a whole number")
    return value


def _check_date(value: object) -> object:
    """Refuse the other forms that pydantic reads as a date, such as seconds since 1970."""
    if isinstance(value, str) and not _DATE.fullmatch(value):
        raise PydanticCustomError("date_parsing", "not a date")
    return value


# ISO 8601 with its hyphens, as the format documents: `2025-11-01`.
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Url = Annotated[str, AfterValidator(_check_url)]
# Four digits at most; which years are plausible is a rule of its own (`year-implausible`).
Year = Annotated[int, BeforeValidator(_check_digits), Field(ge=0, le=9999)]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The months as BibTeX's macros have them, and as the words for them begin in English."""
Month = Annotated[int, BeforeValidator(_check_digits), Field(ge=1, le=12)]
Date = Annotated[date, BeforeValidator(_check_date)]

Doi = Annotated[str, AfterValidator(partial(_check_bare, identifiers.DOI))]
Arxiv = Annotated[str, AfterValidator(partial(_check_bare, identifiers.ARXIV))]
OpenReview = Annotated[str, AfterValidator(partial(_check_bare, identifiers.OPENREVIEW))]
Acl = Annotated[str, AfterValidator(partial(_check_bare, identifiers.ACL))]


# The branches of a union are in pydantic's paths to an error; no field of a list has these names.
RECORD_TAG = "<record>"
KEY_TAG = "<key>"
ANY_TAG = "<any>"
ANY = "any"
"""What `values` of a facet says when each paper may bring values of its own."""


def _kind_of_citation(value: object) -> str:
    return KEY_TAG if isinstance(value, str) else RECORD_TAG


def _kind_of_values(value: object) -> str:
    return ANY_TAG if isinstance(value, str) else RECORD_TAG


class VenueKind(StrEnum):
    """What a venue is; it decides the entry type of its papers."""

    CONFERENCE = "conference"
    """A conference with proceedings: `inproceedings`."""
    WORKSHOP = "workshop"
    """A workshop with proceedings: `inproceedings`."""
    JOURNAL = "journal"
    """A journal: `article`."""
    PREPRINT = "preprint"
    """A preprint server: `misc`."""
    BOOK = "book"
    """A publisher of books: `book`."""
    OTHER = "other"
    """Anything else, such as a blog or a technical report: `misc`."""


class EntryType(StrEnum):
    """The BibTeX entry types."""

    ARTICLE = "article"
    """In a journal."""
    INPROCEEDINGS = "inproceedings"
    """In the proceedings of a conference or workshop."""
    INCOLLECTION = "incollection"
    """A titled part of a book."""
    INBOOK = "inbook"
    """A chapter of a book."""
    BOOK = "book"
    """A book with a publisher."""
    PROCEEDINGS = "proceedings"
    """A volume of proceedings."""
    PHDTHESIS = "phdthesis"
    """A doctoral thesis."""
    MASTERSTHESIS = "mastersthesis"
    """A master's thesis."""
    TECHREPORT = "techreport"
    """A report of an institution."""
    UNPUBLISHED = "unpublished"
    """Written but not published."""
    MISC = "misc"
    """Anything else; preprints."""


class LinkKind(StrEnum):
    """What a link leads to, in the order in which links are shown."""

    PDF = "pdf"
    """The paper itself."""
    PAGE = "page"
    """The publisher's or proceedings' page of the paper."""
    CODE = "code"
    """Source code."""
    PROJECT = "project"
    """The authors' page about the work."""
    DATA = "data"
    """A data set."""
    MODEL = "model"
    """Trained weights."""
    DEMO = "demo"
    """Something to try."""
    VIDEO = "video"
    """A talk or a recording."""
    SLIDES = "slides"
    """Slides of a talk."""
    POSTER = "poster"
    """A poster."""
    BLOG = "blog"
    """A post about the work."""
    SUPPLEMENT = "supplement"
    """Supplementary material."""
    REVIEW = "review"
    """Reviews or discussion."""
    OTHER = "other"
    """Anything else."""


# Six times as quick as `kind.value` in Python 3.11; a site asks for the links of a paper 20 times.
_KIND_NAMES = {kind: kind.value for kind in LinkKind}


class ResourceKind(StrEnum):
    """What a list has besides papers."""

    DATASET = "dataset"
    """A data set or a benchmark."""
    CODE = "code"
    """A repository of source code."""
    TOOL = "tool"
    """A program or a library."""
    BOOK = "book"
    """A book."""
    COURSE = "course"
    """A course or a tutorial."""
    TALK = "talk"
    """A talk, a lecture or a video."""
    BLOG = "blog"
    """A post or an article."""
    LIST = "list"
    """Another list."""
    OTHER = "other"
    """Anything else."""


class ReadmeStyle(StrEnum):
    """The form of the generated README."""

    CATALOG = "catalog"
    """Counts, a chart and one line per paper with its links."""
    AWESOME = "awesome"
    """The form that awesome-lint accepts."""


class Order(StrEnum):
    """What the papers of a section are sorted by; a hyphen before it reverses."""

    YEAR = "year"
    """Oldest first."""
    NEWEST = "-year"
    """Newest first."""
    TITLE = "title"
    """By folded title."""
    AUTHOR = "author"
    """By the first author's family name."""
    VENUE = "venue"
    """By the venue's short name."""
    KEY = "key"
    """By citation key."""
    ADDED = "added"
    """Longest in the list first."""
    LATEST = "-added"
    """Newest in the list first."""
    FILE = "file"
    """As the file has them."""


class NewRecords(StrEnum):
    """Where `catalog add` and `catalog import` write new records."""

    FILE = "file"
    """Into papers.yaml, at the place that the order of its records gives them."""
    FOLDER = "folder"
    """Each into a file of its own, papers/KEY.yaml, so that no two submissions conflict."""


class Record(BaseModel):
    """Base of all records: frozen, and closed to fields that do not exist."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Venue(Record):
    """A row of the controlled list of venues; its short name is the row's key."""

    name: Line | None = None
    """Full name, as `booktitle` or `journal` has it."""
    kind: VenueKind = VenueKind.CONFERENCE
    aliases: tuple[Line, ...] = ()
    """Other short names under which the venue is known."""


class Section(Record):
    """A section of the list, with the sections inside it."""

    id: Slug
    title: Line
    description: Markdown | None = None
    sections: "tuple[Section, ...]" = ()


class Facet(Record):
    """A facet of the list's own, shown as a filter: its title and the titles of its values."""

    title: Line
    values: Annotated[
        Annotated[dict[Slug, Line], Field(min_length=1), Tag(RECORD_TAG)]
        | Annotated[Literal["any"], Tag(ANY_TAG)],
        Discriminator(_kind_of_values),
    ]
    """Titles of the values by their ids; `any` when papers may have any text, such as the name of
    an institution."""

    @property
    def titles(self) -> dict[str, str]:
        """Titles of the values that are declared; an open facet has none."""
        return {} if isinstance(self.values, str) else self.values

    @property
    def is_open(self) -> bool:
        """Whether papers may have any text as a value."""
        return self.values == ANY


Links = Annotated[
    dict[LinkKind, Url],
    AfterValidator(lambda links: {kind: links[kind] for kind in LinkKind if kind in links}),
]
"""Addresses by kind, in the order of `LinkKind`."""


class Figure(Record):
    """A picture: of the survey, or of one paper, such as its teaser or a badge."""

    src: Line
    """A web address, or a path in the list's folder. A remote picture is linked on the site."""
    alt: Line
    """What the picture shows, for readers who do not see it."""
    caption: Markdown | None = None
    url: Url | None = None
    """Where a click on it leads."""


class Paper(Record):
    """One work: everything the list knows about it. Only `key` and `title` are always there."""

    # An empty table is made again for each record: pydantic would copy a given one, deeply.

    key: Key
    """Citation key, permalink and anchor; unique, never changed."""
    aliases: tuple[Key, ...] = ()
    """Keys that the record had before."""
    title: Line
    names: tuple[Line, ...] = ()
    """What readers call the work, such as the name of its model: searched and shown as a chip."""
    authors: tuple[Name, ...] = ()
    more_authors: bool = False
    """Further authors follow that the record does not name."""
    editors: tuple[Name, ...] = ()
    """Editors of the volume that the paper is in."""
    type: EntryType | None = None
    """Entry type, when it is not the one of the venue's kind."""
    booktitle: Line | None = None
    """Title of the proceedings volume, when it is not the venue's full name."""
    series: Line | None = None
    venue: Line | None = None
    """Short name of a venue of the list."""
    year: Year | None = None
    month: Month | None = None
    sections: tuple[Slug, ...] = ()
    """Ids of the sections in which the paper stands."""
    facets: dict[Slug, tuple[Line, ...]] = Field(default_factory=dict)
    """Values by facet: ids of its values, or any text when the facet is open."""
    tags: tuple[Line, ...] = ()
    doi: Doi | None = None
    arxiv: Arxiv | None = None
    openreview: OpenReview | None = None
    acl: Acl | None = None
    volume: Line | None = None
    number: Line | None = None
    pages: Line | None = None
    """`10-24`, an article number, or several ranges with commas."""
    publisher: Line | None = None
    address: Line | None = None
    """Place of the publisher or the institution."""
    links: Links = Field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    """Pictures of the work, shown with its line in README.md and on its page."""
    awards: tuple[Line, ...] = ()
    note: Line | None = None
    """One line of Markdown by the list's editors."""
    tldr: Line | None = None
    """One sentence that sums the work up, as plain text."""
    abstract: Markdown | None = None
    added: Date | None = None
    cite_keys: tuple[ForeignKey, ...] = ()
    """Keys that other tools use for the work; `export --cited-in` finds the paper by them."""
    distinct_from: tuple[Key, ...] = ()
    """Keys of papers that are other works, although title and first author agree."""
    bibtex: dict[Annotated[str, StringConstraints(pattern=BIBTEX_FIELD_PATTERN)], Line] = Field(
        default_factory=dict
    )
    """Exported fields as they should be in BibTeX, the last word."""

    @property
    def all_links(self) -> dict[str, str]:
        """Every address of the paper by its kind: its links, then those of its identifiers."""
        found: dict[str, str] = {_KIND_NAMES[kind]: url for kind, url in self.links.items()}
        for kind in identifiers.IDENTIFIERS:
            value = getattr(self, kind.field)
            if value is not None:
                found[kind.field] = kind.to_url(value)
        return found

    @property
    def url(self) -> str | None:
        """The one address that leads to the paper best, or None."""
        if self.doi is not None:
            return identifiers.to_doi_url(self.doi)
        links = self.all_links
        order = ("acl", "page", "openreview", "arxiv", "pdf", "project", "other")
        return next((links[kind] for kind in order if kind in links), None)


class Licence(Record):
    """Licences by their SPDX ids."""

    code: Line | None = None
    data: Line | None = None


class Resource(Record):
    """Something of the list that is not a paper: a data set, a tool, a course."""

    title: Line
    url: Url
    kind: ResourceKind = ResourceKind.OTHER
    sections: tuple[Slug, ...] = ()
    """Ids of the sections in which it is listed; without any it is listed after the sections."""
    note: Line | None = None
    """One line of Markdown."""
    figures: tuple[Figure, ...] = ()
    """Pictures of it, such as the badge of its version."""


class SurveyLinks(Record):
    """Where the list and what it belongs to are found."""

    paper: Url | None = None
    repository: Url | None = None
    website: Url | None = None


class Survey(Record):
    """What the list is."""

    title: Line
    authors: tuple[Name, ...] = ()
    venue: Line | None = None
    year: Year | None = None
    description: Markdown | None = None
    links: SurveyLinks = SurveyLinks()
    contact: Line | None = None
    licence: Licence = Licence()
    figures: tuple[Figure, ...] = ()
    cite: tuple[
        Annotated[
            Annotated[Paper, Tag(RECORD_TAG)] | Annotated[Key, Tag(KEY_TAG)],
            Discriminator(_kind_of_citation),
        ],
        ...,
    ] = ()
    """How to cite the list: records of their own, or keys of papers in the list."""


class ReadmeSettings(Record):
    """How README.md is generated."""

    style: ReadmeStyle = ReadmeStyle.CATALOG
    header: Line | None = None
    """Path of a Markdown file that is shown before the contents."""
    footer: Line | None = None
    """Path of a Markdown file that is shown after the list."""
    contents: Line = "Contents"
    """Heading of the table of contents."""


class Settings(Record):
    """How the list is shown."""

    order: tuple[Order, ...] = (Order.YEAR, Order.TITLE)
    """Order of the papers inside a section."""
    new_records: NewRecords = NewRecords.FILE
    """Where new records are written."""
    readme: ReadmeSettings = ReadmeSettings()
    protected_words: tuple[Line, ...] = ()
    """Words whose capitals every bibliography style must keep, besides those the package knows."""
    references: tuple[Line, ...] = ()
    """Styles of CSL, such as `apa`, in which papers' pages show a reference; Pandoc writes them."""
    credit: bool = True
    """Whether README and site name the tool that made them, in one line."""


class Head(Record):
    """Everything of papers.yaml but its papers."""

    survey: Survey
    sections: tuple[Section, ...] = Field(min_length=1)
    venues: dict[Line, Venue] = {}
    facets: dict[Slug, Facet] = {}
    settings: Settings = Settings()
    resources: tuple[Resource, ...] = ()


class PapersFile(Head):
    """The whole of papers.yaml, as the JSON Schema describes it."""

    papers: tuple[Paper, ...] = ()
