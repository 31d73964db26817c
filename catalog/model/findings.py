"""What is wrong with the data, and where: the values that every check returns."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """The catalog cannot be built from this."""
    WARNING = "warning"
    """Worth fixing; ends the check with exit code 1 only when it is strict."""


class Code(StrEnum):
    """The stable name of each kind of finding; docs/reference/findings.md explains each one."""

    # The file
    FILE_SIZE = "file-size"
    """The file is larger than is read."""
    FILE_ENCODING = "file-encoding"
    """The file is not UTF-8."""
    FILE_OUTSIDE = "file-outside"
    """The file is a link that leads out of the list's folder."""
    FILE_EMPTY = "file-empty"
    """Nothing is in the file."""
    FILE_SHAPE = "file-shape"
    """The outermost form of the file is not the one of a list."""

    ERRORS_MANY = "errors-many"
    """There are more errors than are looked for."""

    # YAML
    YAML_SYNTAX = "yaml-syntax"
    """The file is not YAML."""
    YAML_DEPTH = "yaml-depth"
    """Values are nested deeper than any list needs."""
    YAML_DOCUMENTS = "yaml-documents"
    """A second document begins in the file."""
    YAML_KEY = "yaml-key"
    """The name of a field is a list or a mapping."""
    YAML_ANCHOR = "yaml-anchor"
    """A value has an anchor."""
    YAML_ALIAS = "yaml-alias"
    """An alias is in place of a value."""
    YAML_TAG = "yaml-tag"
    """A value has a tag."""
    YAML_MERGE = "yaml-merge"
    """A mapping takes fields from another one."""
    FIELD_REPEATED = "field-repeated"
    """A field stands twice in one mapping."""

    # Values
    VALUE_EMPTY = "value-empty"
    """A field or an item has no value."""
    VALUE_SHAPE = "value-shape"
    """A list, a mapping or text where the format has another of them."""
    TEXT_CONTROL = "text-control"
    """A character that changes how other text is shown."""
    TEXT_INVISIBLE = "text-invisible"
    """A character that nobody sees."""
    FIELD_UNKNOWN = "field-unknown"
    """A field that the format does not have."""
    FIELD_MISSING = "field-missing"
    """A field that must be there is not."""
    CHOICE_UNKNOWN = "choice-unknown"
    """A value that is none of those which the field allows."""
    LINE_INVALID = "line-invalid"
    """Text that is not one clean line."""
    KEY_INVALID = "key-invalid"
    """A citation key with characters that a key cannot have."""
    ID_INVALID = "id-invalid"
    """An id of a section, facet or facet value that does not have the form of one."""
    YEAR_INVALID = "year-invalid"
    """A year that is not a number of up to four digits."""
    MONTH_INVALID = "month-invalid"
    """A month that is not a number from 1 to 12."""
    DATE_INVALID = "date-invalid"
    """A date that does not exist or is written otherwise than 2025-12-31."""
    BOOLEAN_INVALID = "boolean-invalid"
    """Neither true nor false."""
    AUTHOR_INVALID = "author-invalid"
    """An author that cannot be split into names."""
    DOI_INVALID = "doi-invalid"
    """Not a bare DOI."""
    ARXIV_INVALID = "arxiv-invalid"
    """Not a bare arXiv id."""
    OPENREVIEW_INVALID = "openreview-invalid"
    """Not a bare OpenReview id."""
    ACL_INVALID = "acl-invalid"
    """Not a bare ACL Anthology id."""
    LINK_SCHEME = "link-scheme"
    """An address that is not one of the web."""
    LINK_INVALID = "link-invalid"
    """An address that is not well-formed, or hides where it leads."""
    LINK_KIND_UNKNOWN = "link-kind-unknown"
    """A kind of link that the format does not have."""
    BIBTEX_FIELD_INVALID = "bibtex-field-invalid"
    """A name that cannot be a BibTeX field."""

    # Rules of one record
    TITLE_PLACEHOLDER = "title-placeholder"
    """A title that only keeps a place."""
    TITLE_PERIOD = "title-period"
    """A title that ends in a period."""
    AUTHOR_ET_AL = "author-et-al"
    """A stand-in for further authors among the authors."""
    AUTHOR_DOUBTFUL = "author-doubtful"
    """A plain name that may have been split wrongly into given and family name."""
    AUTHORS_MISSING = "authors-missing"
    """A record without authors."""
    YEAR_IMPOSSIBLE = "year-impossible"
    """A year before printing or after the next one."""
    YEAR_MISSING = "year-missing"
    """A record without a year."""
    LINK_REPEATED = "link-repeated"
    """One address under two kinds."""
    LINK_FORM = "link-form"
    """An address that has a better form."""
    LINK_KIND = "link-kind"
    """An address under a kind that it is not."""
    BIBTEX_UNBALANCED = "bibtex-unbalanced"
    """A BibTeX field of the record's own whose braces do not pair."""
    BIBTEX_COMMAND = "bibtex-command"
    """A BibTeX field of the record's own that lets TeX do more than print."""

    # Rules across records
    SECTION_REPEATED = "section-repeated"
    """Two sections with one id."""
    SECTION_UNKNOWN = "section-unknown"
    """A record names a section that the list does not have."""
    SECTION_MISSING = "section-missing"
    """A record is in no section."""
    SECTION_DOUBLED = "section-doubled"
    """A record names a section twice."""
    VENUE_ALIAS_CLASH = "venue-alias-clash"
    """One name stands for two venues."""
    VENUE_UNKNOWN = "venue-unknown"
    """A record names a venue that the list does not have."""
    VENUE_ALIAS = "venue-alias"
    """A record names a venue by another name than the list's."""
    VENUE_MISSING = "venue-missing"
    """A record without a venue."""
    FACET_UNKNOWN = "facet-unknown"
    """A record names a facet that the list does not have."""
    FACET_VALUE_UNKNOWN = "facet-value-unknown"
    """A record names a value that its facet does not have."""
    FACET_VALUE_ALIKE = "facet-value-alike"
    """Two spellings of what may be one value of an open facet."""
    KEY_DUPLICATE = "key-duplicate"
    """Two records with one citation key."""
    NAME_RESERVED = "name-reserved"
    """A key or id that cannot be the name of a file or folder."""
    ALIAS_CLASH = "alias-clash"
    """An old key that belongs to another record, or is given twice."""
    WORK_DUPLICATE = "work-duplicate"
    """Two records share an identifier."""
    WORK_SIMILAR = "work-similar"
    """Two records may be of one work: a similar title, the same first author."""
    LINK_SHARED = "link-shared"
    """Two records with one PDF or page."""
    CITE_UNKNOWN = "cite-unknown"
    """The survey is cited by the key of no paper."""

    CAPITAL_UNPROTECTED = "capital-unprotected"
    """A word of a title that may be a name, and that styles write with a small letter."""

    # Rules across revisions
    KEY_LOST = "key-lost"
    """A key that a record had before, and that no longer leads to it."""
    RECORD_REMOVED = "record-removed"
    """A record that the list had before."""


FieldPath = tuple[str | int, ...]
"""The way from the top of a document to a value: `("papers", 3, "links", "pdf")`."""


Fix = tuple[str, str | tuple[str, ...]]
"""What fixes a fault: a field of the record and the value that it should have."""


@dataclass(frozen=True, slots=True)
class Location:
    """A value as a rule sees it: it knows the record and the field, not the file.

    `paper` is the index of the record in `Catalog.papers`; None for a value outside the records.
    `path` leads from the record (or from the top of papers.yaml) to the value.
    """

    paper: int | None
    path: FieldPath


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault as a rule sees it. `paper` and `path` are those of a `Location`."""

    code: Code
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR
    paper: int | None = None
    path: FieldPath = ()
    at_key: bool = False
    """The place is the name of the last step in `path`, not its value."""
    first: Location | None = None
    """Where the same stands for the first time; the finding names that place too."""
    judged_by: str | None = None
    """The table of papers.yaml that says so; while rows of it are unreadable, nothing is said."""
    fix: Fix | None = None
    """What fixes it, where only one thing can be meant."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with its place. `line` and `column` count from 1.

    Whatever was in the file, every text of a finding is one line of visible characters and of
    bounded length.
    """

    code: Code
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    hint: str | None = None
    key: str | None = None
    field: str | None = None
    fix: Fix | None = None

    def __post_init__(self) -> None:
        for name in ("file", "message", "hint", "key", "field"):
            text = getattr(self, name)
            if text is not None and not (text.isprintable() and len(text) <= _LONGEST):
                object.__setattr__(self, name, _make_visible(text))

    @property
    def sentence(self) -> str:
        """Message and hint as one line; a hint that is a sentence begins after a period."""
        if not self.hint:
            return self.message
        joint = ". " if self.hint[:1].isupper() else "; "
        return f"{self.message}{joint}{self.hint}"

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of a report: by place, then by code."""
        return (self.file, self.line, self.column, self.code, self.message)


MOST_ERRORS = 10_000
"""With more errors than anyone fixes at once, the rest is not looked for."""


class Collector:
    """Gathers findings until there are more errors than anyone fixes at once."""

    def __init__(self, file: str, findings: Iterable[Finding] = ()) -> None:
        self._file = file
        self._findings = list(findings)
        self._errors = sum(finding.severity is Severity.ERROR for finding in self._findings)

    @property
    def is_full(self) -> bool:
        """Return whether no more findings are taken."""
        return self._errors > MOST_ERRORS

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings until the limit is reached."""
        for finding in findings:
            if self.is_full:
                return
            self._findings.append(finding)
            self._errors += finding.severity is Severity.ERROR

    def sorted(self) -> tuple[Finding, ...]:
        """Return the findings by place; the first one reports a reached limit."""
        found = sorted(self._findings, key=lambda finding: finding.sort_key)
        return (note_many(self._file), *found) if self.is_full else tuple(found)


def note_many(file: str) -> Finding:
    """Return the finding that says that there are more."""
    message = f"there are more than {MOST_ERRORS:,} errors; the rest is not looked for"
    return Finding(Code.ERRORS_MANY, Severity.ERROR, file, 1, 1, message, "Fix these first")


# A message is one line of a terminal and of a comment on GitHub, whatever the value is.
_LONGEST = 500
# Enough of a value to find it in the file.
_QUOTED = 80
_SPACES = re.compile(r"\s+")


def quote(text: str) -> str:
    """Return a value as a message shows it: in quotes, on one line, without a long one's end."""
    return repr(text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…")


def count_of(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: `1 paper`, `1,200 papers`, `2 entries`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _make_visible(text: str) -> str:
    line = _SPACES.sub(" ", text[: _LONGEST - 1] + "…" if len(text) > _LONGEST else text)
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
