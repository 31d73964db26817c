"""The formats, and how entries of each make a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.render.citations.biblatex import to_biblatex
from catalog.render.citations.bibtex import to_bibtex
from catalog.render.citations.csl import to_csl
from catalog.render.citations.fallbacks import MAX_BYTES as MAX_FALLBACK_BYTES
from catalog.render.citations.fallbacks import write_fallbacks
from catalog.render.citations.json_csv import COLUMNS, dump, to_csv, to_json, write_row
from catalog.render.citations.ris import to_ris


class Format(StrEnum):
    """What papers are exported as."""

    BIBTEX = "bibtex"
    """ASCII with LaTeX's escapes, for BibTeX and every style."""
    BIBLATEX = "biblatex"
    """UTF-8, for BibLaTeX and Biber."""
    RIS = "ris"
    """For reference managers."""
    CSL_JSON = "csl-json"
    """For Pandoc, Zotero and other citation processors."""
    CSV = "csv"
    """For spreadsheets."""
    JSON = "json"
    """Every field, for programs."""

    @property
    def suffix(self) -> str:
        """What the names of its files end in."""
        return _SUFFIXES[self]


_SUFFIXES = {
    Format.BIBTEX: ".bib",
    Format.BIBLATEX: ".biblatex.bib",
    Format.RIS: ".ris",
    Format.CSL_JSON: ".csl.json",
    Format.CSV: ".csv",
    Format.JSON: ".json",
}


_BEGINNINGS = (
    "% Made from papers.yaml",
    "TY  - ",
    '[\n{"id": ',
    "[\n\n]",
    "key,aliases,",
    '{"venues": ',
)


def is_export(text: str) -> bool:
    """Return whether a text begins as a file of one of the formats that was exported before."""
    return text == "" or text.startswith(_BEGINNINGS)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands before, between and after the entries of a file, and the preamble they need."""

    head: str
    separator: str
    tail: str
    preamble: Callable[[str], str] = lambda _entries: ""
    preamble_bytes: int = 0


def write_entries(
    catalog: Catalog, papers: Iterable[Paper], format_: Format, max_authors: int | None
) -> list[str]:
    """Write every paper on its own; `write_file` makes a file of them."""
    if format_ is Format.CSL_JSON:
        return [dump(to_csl(catalog, paper, max_authors=max_authors)) for paper in papers]
    write = _WRITERS[format_]
    return [write(catalog, paper, max_authors=max_authors) for paper in papers]


def write_file(catalog: Catalog, entries: Sequence[str], format_: Format) -> str:
    """Put entries into a file of their format."""
    frame = _find_frame(catalog, format_)
    body = frame.separator.join(entries)
    return frame.head + frame.preamble(body) + body + frame.tail


def split_entries(
    catalog: Catalog, entries: Sequence[str], format_: Format, max_bytes: int
) -> Iterator[Sequence[str]]:
    """Split entries so that no file of them is over `max_bytes`, unless a single entry is."""
    frame = _find_frame(catalog, format_)
    empty = len((frame.head + frame.tail).encode()) + frame.preamble_bytes
    return split_texts(entries, max_bytes, around=empty, between=len(frame.separator))


def split_texts(
    texts: Sequence[str], max_bytes: int, *, around: int = 0, between: int = 0
) -> Iterator[Sequence[str]]:
    """Split texts so that no file of them is over `max_bytes`, unless a single text is.

    `around` and `between` are the bytes that a file adds to all and to each of them.
    """
    # No letter takes more than four bytes; most lists are far from the limit.
    if around + 4 * sum(map(len, texts)) + between * len(texts) <= max_bytes:
        yield texts
        return
    start, size = 0, around
    for position, text in enumerate(texts):
        added = len(text.encode()) + between
        if size + added > max_bytes and position > start:
            yield texts[start:position]
            start, size = position, around
        size += added
    yield texts[start:]


def name_parts(stem: str, suffix: str, parts: Iterable[Sequence[str]]) -> dict[str, Sequence[str]]:
    """Name the files of some parts: `all.bib`, or `all-1.bib` and so on when there are several."""
    known = list(parts)
    numbers = [f"-{number}" for number in range(1, len(known) + 1)] if len(known) > 1 else [""]
    names = [f"{stem}{number}{suffix}" for number in numbers]
    return dict(zip(names, known, strict=True))


def _find_frame(catalog: Catalog, format_: Format) -> _Frame:
    if format_ in (Format.BIBTEX, Format.BIBLATEX):
        return _Frame(_write_banner(catalog), "\n", "", write_fallbacks, MAX_FALLBACK_BYTES)
    if format_ is Format.RIS:
        return _Frame("", "\n", "")
    if format_ is Format.CSV:
        return _Frame(write_row(COLUMNS), "", "")
    if format_ is Format.CSL_JSON:
        return _Frame("[\n", ",\n", "\n]\n")
    used = {
        name: venue.model_dump(mode="json", exclude_none=True, include={"name", "kind"})
        for name, venue in catalog.venues.items()
    }
    return _Frame(f'{{"venues": {dump(used)},\n"papers": [\n', ",\n", "\n]}\n")


def _write_banner(catalog: Catalog) -> str:
    """Say where the entries are kept. BibTeX takes an at sign for an entry, even here."""
    links = catalog.survey.links
    source = links.website or links.repository
    place = f" of {source}" if source and source.isascii() and "@" not in source else ""
    return f"{_BEGINNINGS[0]}{place}; changes belong there.\n\n"


_WRITERS: dict[Format, Callable[..., str]] = {
    Format.BIBTEX: to_bibtex,
    Format.BIBLATEX: to_biblatex,
    Format.RIS: to_ris,
    Format.CSV: to_csv,
    Format.JSON: to_json,
}
