"""Fields of our own in exports: what a record has and a format has no place for, as `x-` fields.

BibTeX, RIS and CSL have no field for a link to code, an OpenReview id or a venue's short name.
Other readers skip fields that they do not know, so these change no bibliography, and
`catalog.importers` reads them back: an export that is imported again gives the same records.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping

from catalog.model.identifiers import IDENTIFIERS
from catalog.model.records import LinkKind, Paper

PREFIX = "x-"
VENUE_NAME = "venue-name"
"""The venue's full name, where the entry has the title of a volume in its place."""
LITERAL = "literal"
"""Names that are not split; RIS has no sign for them."""
SEPARATOR = "; "
"""Between several values in one field."""

TEXTS = (
    *("title", "type", "booktitle", "series", "venue", "month", "volume", "number", "pages"),
    *("publisher", "address", "note", "tldr", *(one.field for one in IDENTIFIERS)),
)
_LISTS = ("names", "awards", "tags", "aliases", "cite_keys")
LISTS = frozenset([*_LISTS, LITERAL])
KINDS = frozenset(kind.value for kind in LinkKind)
BIBTEX = "bibtex-"
"""Before the name of a field that the record sets itself: `bibtex-title`."""
_NAMES = frozenset([*TEXTS, VENUE_NAME, *LISTS, *KINDS])
"""Names without prefix. Left to the list itself: sections, facets, the day of an entry."""

Extensions = Mapping[str, tuple[str, ...]]
"""Values by name without prefix; a field that is not a list has one."""

# What a reader may take for markup or typography: formulas, tags, straight quotes, a last period.
_SPECIAL_TITLE = re.compile(r"[$\"<>\\`{}^~]|''|--|[.,;]$")
_PLAIN_PAGES = re.compile(r"(\w+)(?:-(?!\1$)\w+)?")
"""`10-24`, `e17`; formats write dashes and lists of ranges in their own ways."""


def list_extensions(paper: Paper, said: Collection[str], venue_name: str | None) -> Extensions:
    """Return the values of a record that its entry does not have.

    `said` names the fields and kinds of links that the entry has, `booktitle` and `VENUE_NAME` for
    the title of what the paper appeared in. `venue_name` is the full name of the venue.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name in (*TEXTS, *_LISTS):
        value = getattr(paper, name)
        if value not in (None, ()) and (name not in said or _is_changed(name, str(value))):
            found[name] = value if isinstance(value, tuple) else (str(value),)
    is_replaced = paper.booktitle is not None and "booktitle" in said
    if venue_name and (is_replaced or (VENUE_NAME not in said and venue_name != paper.venue)):
        found[VENUE_NAME] = (venue_name,)
    found |= {kind.value: (url,) for kind, url in paper.links.items() if kind.value not in said}
    return found | {f"{BIBTEX}{name}": (value,) for name, value in paper.bibtex.items()}


def is_extension(name: str) -> bool:
    """Return whether a name without prefix is one of ours."""
    return name in _NAMES or name.startswith(BIBTEX)


def _is_changed(name: str, value: str) -> bool:
    """Return whether readers may make another text of a value."""
    if name == "title":
        # `H₂O`, `½` and other characters that formats write by others.
        return bool(_SPECIAL_TITLE.search(value)) or not unicodedata.is_normalized("NFKC", value)
    if name in ("volume", "number"):
        return re.search("[–—()]", value) is not None  # `140(3)` is a volume and a number
    return name == "pages" and _PLAIN_PAGES.fullmatch(value) is None
