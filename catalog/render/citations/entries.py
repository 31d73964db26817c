"""What BibTeX and BibLaTeX have in common: an entry of fields in one order and one form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from catalog.model.canonical_urls import find_link_kind, is_plain_address
from catalog.model.catalog import Catalog
from catalog.model.extensions import (
    KINDS,
    LISTS,
    PREFIX,
    SEPARATOR,
    VENUE_NAME,
    list_extensions,
)
from catalog.model.identifiers import (
    IDENTIFIERS,
    to_acl_url,
    to_arxiv_url,
    to_openreview_url,
)
from catalog.model.records import MONTHS, EntryType, LinkKind, Paper
from catalog.render.citations.characters import SPECIAL
from catalog.render.citations.names import Write, write_names
from catalog.render.citations.options import Options
from catalog.render.citations.tex import is_balanced, to_ascii, to_utf8, write_math
from catalog.render.citations.titles import write_title

Fields = dict[str, str]
"""Field values by name, ready to stand between braces, in the order of the entry."""

# Dashes that only a range has: `10–24`, `10 -- 24`; one hyphen is looked at in `split_range`.
_RANGE = re.compile(r"\s*(?:[–—]+|--+)\s*")
# An end of a range: `24`, `e101`, `S12-3`, `xiv`; not the words of `in press - online`.
_NUMBER_LIKE = re.compile(r"\S*\d\S*|[ivxlcdm]+", re.IGNORECASE)
# What RFC 3986 allows, and the percent sign of what is encoded already.
_NOT_IN_URL = re.compile(r"[^!-\[\]-z|~]")
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where BibTeX and BibLaTeX part: how text is written, and the names of some fields.

    `containers` names the field of what a paper appeared in; for types without one, the venue is
    the publisher when a record names none. `publishers` names the publisher's field where that is
    not `publisher`; None leaves it out.
    """

    text: Write
    given: Write
    """Does what `text` does for given names, which styles shorten to their first letters."""
    name: Write
    """Does what `text` does, and remembers it: venues and publishers come again and again."""
    normalized: Write
    containers: Mapping[EntryType, str]
    publishers: Mapping[EntryType, str | None]
    address: str
    """The field of the publisher's place."""
    has_number_beside_volume: bool
    math: Write = write_math
    is_ascii: bool = False
    """Whether nothing but ASCII is written."""


def name_containers(journal: str) -> dict[EntryType, str]:
    """Return the fields of what papers of each type appear in."""
    return {
        EntryType.ARTICLE: journal,
        EntryType.INPROCEEDINGS: "booktitle",
        EntryType.INCOLLECTION: "booktitle",
        EntryType.INBOOK: "booktitle",
        EntryType.UNPUBLISHED: "howpublished",
        EntryType.MISC: "howpublished",
    }


def make_fields(
    catalog: Catalog, paper: Paper, kind: EntryType, dialect: Dialect, options: Options
) -> Fields:
    """Return title, authors, editors and what the paper appeared in."""
    own = catalog.settings.protected_words
    fields: Fields = {"title": write_title(paper.title, dialect.normalized, own, dialect.math)}
    names = paper.authors[: options.max_authors]
    if names:
        has_more = paper.more_authors or len(names) < len(paper.authors)
        fields["author"] = write_names(names, has_more, dialect.text, dialect.given)
    if paper.editors:
        fields["editor"] = write_names(paper.editors, False, dialect.text, dialect.given)
    _add_container(fields, catalog, paper, kind, dialect)
    if paper.pages is not None:
        fields["pages"] = write_pages(paper.pages, dialect.text)
    return fields


def _add_container(
    fields: Fields, catalog: Catalog, paper: Paper, kind: EntryType, dialect: Dialect
) -> None:
    name, publisher = paper.booktitle or name_venue(catalog, paper), paper.publisher
    field = dialect.containers.get(kind)
    if field is None:
        publisher = publisher or name
    elif name is not None:
        fields[field] = dialect.name(name)
    if paper.series is not None:
        fields["series"] = dialect.name(paper.series)
    if paper.volume is not None:
        fields["volume"] = dialect.text(paper.volume)
    # BibTeX's standard styles warn when the volume of a series has a number too.
    has_number = (
        kind is EntryType.ARTICLE or paper.volume is None or dialect.has_number_beside_volume
    )
    if paper.number is not None and has_number:
        fields["number"] = dialect.text(paper.number)
    publisher_field = dialect.publishers.get(kind, "publisher")
    if publisher is not None and publisher_field is not None:
        fields[publisher_field] = dialect.name(publisher)
    if paper.address is not None and publisher_field is not None:
        fields[dialect.address] = dialect.name(paper.address)


def name_venue(catalog: Catalog, paper: Paper) -> str | None:
    """Return the full name of the paper's venue, or its short name when that is all there is."""
    return catalog.title_by_venue.get(paper.venue, paper.venue) if paper.venue else None


def add_extensions(
    fields: Fields, catalog: Catalog, paper: Paper, kind: EntryType, dialect: Dialect
) -> Fields:
    """Return the fields of an entry with those of our own for what BibTeX has no field for."""
    name = name_venue(catalog, paper) if paper.venue is not None else None
    said = set(_find_said(fields, paper, kind, dialect, name)) - paper.bibtex.keys()
    found = list_extensions(paper, said, name)
    return fields | {
        f"{PREFIX}{name}": SEPARATOR.join(
            _write_extension(name, value, is_ascii=dialect.is_ascii) for value in values
        )
        for name, values in found.items()
    }


def drop_extensions(entry: str) -> str:
    """Return an entry of a file as it is shown: without the fields of our own, which come last."""
    head, has_any, _ = entry.partition(f",\n  {PREFIX}")
    return f"{head}\n}}\n" if has_any else entry


def _find_said(
    fields: Fields, paper: Paper, kind: EntryType, dialect: Dialect, name: str | None
) -> Iterator[str]:
    """Yield the fields of the record that an entry has under another name."""
    if dialect.containers.get(kind) in fields:
        yield from ("booktitle", VENUE_NAME)
    # Where there is no publisher, a venue is in its place: it is not read as one.
    if paper.publisher != name and dialect.publishers.get(kind, "publisher") in fields:
        yield "publisher"
    yield from (name for field, name in _FIELDS.items() if field in fields)
    url = fields.get("url")
    for identifier in IDENTIFIERS:
        value = getattr(paper, identifier.field)
        if value is not None and url == identifier.to_url(value):
            yield identifier.field
    yield from (link.value for link, own in paper.links.items() if own == url == _bare(own, link))


_FIELDS = {
    **{name: name for name in ("title", "series", "volume", "number", "pages", "month", "doi")},
    **{"date": "month", "address": "address", "location": "address"},
    **{"eprint": "arxiv", "keywords": "tags"},
}
"""Fields of BibTeX and BibLaTeX that say what a field of the record does."""


def _bare(url: str, kind: LinkKind) -> str | None:
    """Return an address if nobody takes it for one of another kind, or for an identifier."""
    return url if is_plain_address(url) and find_link_kind(url) is kind else None


def _write_extension(name: str, value: str, *, is_ascii: bool) -> str:
    r"""Write a value so that its reader gets it back to the letter: `"` is no “, `--` no –."""
    is_ascii = is_ascii and not value.isascii()
    if name in KINDS:
        is_safe = is_balanced(value) and "\\" not in value and not is_ascii
        return value if is_safe else write_verbatim(value)
    if is_ascii:
        written = to_ascii(value)
    else:
        written = "".join(to_utf8(c) if c in SPECIAL else _EXACT.get(c, c) for c in value)
        written = _RUN.sub(lambda found: "{}".join(found[0]), written)
    return f"{{{written}}}" if ";" in value and name in LISTS else written


_EXACT = {'"': r"{\textquotedbl}"}
# Signs that TeX joins: `--` would be read as a dash.
_RUN = re.compile(r"-{2,}|'{2,}")


def write_entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Write an entry, a field a line; a month that is a macro stands without braces."""
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    if fields.get("month") in MONTHS:
        lines[list(fields).index("month")] = f"  month = {fields['month']}"
    body = ",\n".join(lines)
    return f"@{kind}{{{key},\n{body}\n}}\n"


def override(fields: Fields, own: Mapping[str, str]) -> Fields:
    """Put the record's own BibTeX fields in place of the derived ones; new ones follow by name."""
    names = {name.lower(): name for name in fields}
    replaced = fields | {names[name]: value for name, value in own.items() if name in names}
    return replaced | {name: own[name] for name in sorted(own) if name not in names}


def write_pages(pages: str, write: Write) -> str:
    """Write pages with TeX's double hyphen: `10-24, 31` gives `10--24, 31`."""
    first, _, last = pages.partition("-")
    if first.isdecimal() and last.isdecimal():
        return f"{first}--{last}"
    return ", ".join(
        "--".join(map(write, split_range(part))) for part in re.split(r"\s*,\s*", pages)
    )


def split_range(pages: str) -> list[str]:
    """Split `10-24` into its two ends; anything else comes back whole, such as `A-12`."""
    ends = _RANGE.split(pages)
    if len(ends) == 1:
        parts = re.split(r"\s*-\s*", pages)
        # `5-1-5-20` is a range of `5-1` and `5-20`; in `A-12` the hyphen belongs to the number.
        ends = ["-".join(parts[: len(parts) // 2]), "-".join(parts[len(parts) // 2 :])]
        if len(parts) % 2:
            return [pages]
    return ends if len(ends) == 2 and all(map(_NUMBER_LIKE.fullmatch, ends)) else [pages]


def find_url(paper: Paper) -> str | None:
    """Return the `url` field, verbatim, or None when a DOI says where the paper is.

    The ACL Anthology's page stands next to a DOI: it is open, and the Anthology's own entries have
    both.
    """
    links = paper.links
    if paper.acl is not None:
        return to_acl_url(paper.acl)
    if paper.doi is not None:
        return None
    if links and LinkKind.PAGE in links:
        return write_verbatim(links[LinkKind.PAGE])
    if paper.openreview is not None:
        return to_openreview_url(paper.openreview)
    if paper.arxiv is not None:
        return to_arxiv_url(paper.arxiv)
    kinds = (LinkKind.PDF, LinkKind.PROJECT, LinkKind.OTHER)
    return next((write_verbatim(links[kind]) for kind in kinds if kind in links), None)


def write_verbatim(address: str) -> str:
    r"""Write an address or a DOI as it stands: `\url` reads it verbatim, an escape would show.

    What an address cannot hold, letters beyond ASCII and braces, is percent-encoded.
    """
    return quote(address, safe=_URL_SAFE) if _NOT_IN_URL.search(address) else address


def find_arxiv_class(arxiv: str) -> str | None:
    """Return the archive or class that an arXiv id from before April 2007 names: `math.GT`."""
    return arxiv.partition("/")[0] if "/" in arxiv else None
