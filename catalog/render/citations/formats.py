"""The formats, and how entries of each make a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.render.citations.biblatex import to_biblatex
from catalog.render.citations.bibtex import to_bibtex
from catalog.render.citations.csl import to_csl
from catalog.render.citations.fallbacks import find_fallbacks, find_letters, write_fallbacks
from catalog.render.citations.hayagriva import to_hayagriva
from catalog.render.citations.json_csv import COLUMNS, dump, to_csv, to_json, write_row
from catalog.render.citations.options import DEFAULT, Options
from catalog.render.citations.ris import to_ris


class Format(StrEnum):
    """What papers are exported as; `_ROWS` describes each."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    HAYAGRIVA = "hayagriva"
    CSV = "csv"
    JSON = "json"

    @property
    def suffix(self) -> str:
        """What the names of its files end in."""
        return _ROWS[self].suffix

    @property
    def label(self) -> str:
        """What pages call it."""
        return _ROWS[self].label

    @property
    def summary(self) -> str:
        """What it is for, as the documentation says it."""
        return _ROWS[self].summary


@dataclass(frozen=True, slots=True)
class Frame:
    """What is before, between and after the entries of a file."""

    head: str
    separator: str
    tail: str


@dataclass(frozen=True, slots=True)
class _Row:
    """All that differs between formats: the command line, the site and the docs read it here.

    `beginnings` are those of files that an export wrote; `fallbacks` finds the definitions
    that the entries of a file need in front of them.
    """

    label: str
    summary: str
    suffix: str
    beginnings: tuple[str, ...]
    write: Callable[[Catalog, Paper, Options], str]
    frame: Callable[[Catalog], Frame]
    fallbacks: Callable[[str], dict[str, list[str]]] = lambda _: {}


_MOST_AROUND = 1_000_000
"""No head and preamble of a file is as long: they hold a line for each special letter and venue."""

BOM = "\ufeff"
"""Makes Excel read a file as UTF-8; without it `Kőrösi` is shown as `KÅ‘rÃ¶si`."""
_MADE = " Made from papers.yaml"


def _write_csl(catalog: Catalog, paper: Paper, options: Options) -> str:
    return dump(to_csl(catalog, paper, options))


def _frame_latex(catalog: Catalog) -> Frame:
    return Frame(f"%{_write_banner(catalog)}\n\n", "\n", "")


def _frame_hayagriva(catalog: Catalog) -> Frame:
    return Frame(f"#{_write_banner(catalog)}\n\n", "\n", "")


def _frame_json(catalog: Catalog) -> Frame:
    used = {
        name: venue.model_dump(mode="json", exclude_none=True, include={"name", "kind"})
        for name, venue in catalog.venues.items()
    }
    return Frame(f'{{"venues": {dump(used)},\n"papers": [\n', ",\n", "\n]}\n")


def _write_banner(catalog: Catalog) -> str:
    """Return where the entries are kept. BibTeX takes an at sign for an entry, even here."""
    links = catalog.survey.links
    source = links.website or links.repository
    place = f" of {source}" if source and source.isascii() and "@" not in source else ""
    return f"{_MADE}{place}; changes belong there."


_ROWS = {
    Format.BIBTEX: _Row(
        "BibTeX",
        "LaTeX with BibTeX, every style; reference managers read it too",
        ".bib",
        (f"%{_MADE}",),
        to_bibtex,
        _frame_latex,
        find_fallbacks,
    ),
    Format.BIBLATEX: _Row(
        "BibLaTeX",
        "LaTeX with BibLaTeX and Biber",
        ".biblatex.bib",
        (f"%{_MADE}",),
        to_biblatex,
        _frame_latex,
        find_letters,
    ),
    Format.RIS: _Row(
        "RIS",
        "Zotero, EndNote, Mendeley and other reference managers",
        ".ris",
        ("TY  - ",),
        to_ris,
        lambda _: Frame("", "\n", ""),
    ),
    Format.CSL_JSON: _Row(
        "CSL-JSON",
        "Pandoc, Zotero and other citation processors",
        ".csl.json",
        ('[\n{"id": ', "[\n\n]"),
        _write_csl,
        lambda _: Frame("[\n", ",\n", "\n]\n"),
    ),
    Format.HAYAGRIVA: _Row(
        "Hayagriva",
        "Typst",
        ".hayagriva.yml",
        (f"#{_MADE}",),
        to_hayagriva,
        _frame_hayagriva,
    ),
    Format.CSV: _Row(
        "CSV",
        "spreadsheets",
        ".csv",
        (f"{BOM}key,aliases,", "key,aliases,"),
        to_csv,
        lambda _: Frame(BOM + write_row(COLUMNS), "", ""),
    ),
    Format.JSON: _Row(
        "JSON", "programs: every field", ".json", ('{"venues": ',), to_json, _frame_json
    ),
}
"""A row for each format, in the order in which they are offered."""


def is_export(text: str) -> bool:
    """Return whether a text begins as a file of one of the formats that was exported before."""
    beginnings = tuple(beginning for row in _ROWS.values() for beginning in row.beginnings)
    return text == "" or text.startswith(beginnings)


def write_entries(
    catalog: Catalog, papers: Iterable[Paper], format_: Format, options: Options = DEFAULT
) -> list[str]:
    """Write every paper on its own; `write_file` makes a file of them."""
    write = _ROWS[format_].write
    return [write(catalog, paper, options) for paper in papers]


def write_file(catalog: Catalog, entries: Sequence[str], format_: Format) -> str:
    """Put entries into a file of their format."""
    frame = find_frame(catalog, format_)
    body = frame.separator.join(entries)
    return frame.head + write_preamble(body, format_) + body + frame.tail


def find_frame(catalog: Catalog, format_: Format) -> Frame:
    """Return what a file of the format has around its entries."""
    return _ROWS[format_].frame(catalog)


def find_preamble(body: str, format_: Format) -> dict[str, list[str]]:
    """Return the definitions that entries need, by the command or letter that needs them."""
    return _ROWS[format_].fallbacks(body)


def write_preamble(body: str, format_: Format) -> str:
    """Return what entries need in front of them, or ""."""
    return write_fallbacks(find_preamble(body, format_))


def split_entries(
    catalog: Catalog, entries: Sequence[str], format_: Format, max_bytes: int
) -> Iterator[Sequence[str]]:
    """Split entries so that no file of them is over `max_bytes`, unless a single entry is."""
    frame = find_frame(catalog, format_)
    separator = len(frame.separator)
    if _MOST_AROUND + 4 * sum(map(len, entries)) + separator * len(entries) <= max_bytes:
        return iter([entries])
    empty = frame.head + write_preamble("\n".join(entries), format_) + frame.tail
    return split_texts(entries, max_bytes, around=len(empty.encode()), between=separator)


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
