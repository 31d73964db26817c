"""What a paper is asked for by: an identifier, an address or a file, in any usual form."""

import re
from dataclasses import dataclass
from enum import StrEnum

from catalog.lookup.result import ResolveError
from catalog.model import identifiers
from catalog.model.findings import quote


class Kind(StrEnum):
    """What names a paper."""

    ARXIV = "arXiv id"
    """Asked at arXiv."""
    DOI = "DOI"
    """Asked at doi.org, which knows Crossref and DataCite."""
    OPENREVIEW = "OpenReview id"
    """Asked at OpenReview."""
    ACL = "ACL Anthology id"
    """Asked at the ACL Anthology."""
    PAGE = "address"
    """A page that describes its paper in `citation_*` tags."""
    FILE = "file"
    """A bibliography or a table of papers: BibTeX, RIS, EndNote, MEDLINE, CSL-JSON, CSV, YAML."""


@dataclass(frozen=True, slots=True)
class Query:
    """A paper to look up. `asked` is what was typed, for messages."""

    kind: Kind
    value: str
    asked: str

    @property
    def field(self) -> str | None:
        """The field of a record that holds the identifier, None for an address or a file."""
        return _FIELDS.get(self.kind)


_FIELDS = {Kind(one.noun): one.field for one in identifiers.IDENTIFIERS}


# By its suffix alone: the file need not be there for an error to say what was meant.
_FILE = re.compile(
    r".*\.(?:bib(?:tex|latex)?|ris|enw|ciw|json|nbib|csv|tsv|txt|ya?ml)", re.IGNORECASE
)
# `math.GT/0309136` and `math/0309136` are one paper; the API knows the second.
_ARXIV_CLASS = re.compile(r"\.[A-Z]{2}/")
# An id alone looks like any word of eight letters, so it needs the label: `openreview: aB3_x9-Q`.
_BARE_OPENREVIEW = re.compile(r"openreview:\s*", re.IGNORECASE)


def parse_query(text: str) -> Query:
    """Return the query for an identifier or address. Raises `ResolveError` for any other text."""
    # "<doi:10.1000/x>", "10.1000/x." at the end of a sentence.
    asked = text.strip().strip("<>").rstrip(".,;").strip()
    for kind, value in (
        (Kind.FILE, asked if _FILE.fullmatch(asked) and "://" not in asked else None),
        (Kind.ARXIV, identifiers.parse_arxiv(asked)),
        (Kind.ACL, identifiers.parse_acl(asked)),
        (Kind.DOI, identifiers.parse_doi(asked)),
        (Kind.OPENREVIEW, _parse_openreview(asked)),
        (Kind.DOI, _find_doi(asked)),
        (Kind.PAGE, asked if _is_address(asked) else None),
    ):
        if value is not None:
            return Query(kind, _to_known(kind, value), asked)
    ids = "an arXiv id, DOI, OpenReview or ACL Anthology id"
    hint = f"{ids}, an address or a .bib, .ris or .json file is needed"
    raise ResolveError(f"{quote(asked)} names no paper; {hint}")


def _to_known(kind: Kind, value: str) -> str:
    """Return an identifier as its service names it."""
    if kind is Kind.ARXIV:
        # The API knows math.GT/0309136 as math/0309136.
        return _ARXIV_CLASS.sub("/", value)
    return value


def _parse_openreview(asked: str) -> str | None:
    bare = _BARE_OPENREVIEW.sub("", asked, count=1)
    # A bare id is any word of 8 to 16 letters; one without a digit or capital is a word.
    is_word = bare == asked and bare.isalpha() and bare.islower()
    return None if is_word else identifiers.parse_openreview(bare)


def _find_doi(asked: str) -> str | None:
    """Return the DOI in the address of a publisher's page, or None."""
    if not _is_address(asked):
        return None
    return identifiers.find_doi_in_path(asked)


def _is_address(asked: str) -> bool:
    return re.match(r"https?://[^\s/]+", asked, re.IGNORECASE) is not None and " " not in asked
