"""Citations of the whole list or any part of it in every format, and the website's downloads."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property, partial
from typing import TypeVar

from catalog.errors import UsageError
from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.render.citations.formats import (
    Format,
    name_parts,
    split_entries,
    write_entries,
    write_file,
)
from catalog.render.citations.options import FILE, Encoding, Options, Target
from catalog.render.citations.selection import parse_years, select
from catalog.render.digests import digest
from catalog.render.memo import Memo
from catalog.store.files import LazyFile, OutputFile

__all__ = [
    "MAX_FILE_BYTES",
    "Downloads",
    "Encoding",
    "Format",
    "Options",
    "Target",
    "export",
    "write_citations",
]

MAX_FILE_BYTES = 45_000_000
"""No exported file is larger: Overleaf takes files of up to 50 MB."""

PAPER_FORMATS = (Format.BIBTEX, Format.RIS)
"""Formats of which each paper has a file of its own."""


def export(  # noqa: PLR0913 - one parameter per condition
    catalog: Catalog,
    format: str | Format = Format.BIBTEX,
    papers: Iterable[Paper] | None = None,
    *,
    section: str | Sequence[str] = (),
    year: str | None = None,
    venue: str | Sequence[str] = (),
    tag: str | Sequence[str] = (),
    keys: Iterable[str] | None = None,
    max_authors: int | None = None,
    target: str | None = None,
    encoding: str = Encoding.PORTABLE,
) -> str:
    """Return citations of the whole list or a part of it as the text of one file.

    `papers` are written as they are given; without them the conditions choose, as those of
    `catalog export` do: `year` is "2024" or "2020..2024", and several values of one condition are
    alternatives. Raises `UsageError` for an unknown format, section, venue or tag, and for a key
    that no paper has. `max_authors`, `target` and `encoding` are those of `Options`.
    """
    format_ = _find_choice(Format, format, "an export format")
    options = Options(
        max_authors=max_authors,
        target=_find_choice(Target, target, "a target") if target else None,
        encoding=_find_choice(Encoding, encoding, "an encoding"),
        has_extensions=target is None,
    )
    if papers is None:
        chosen = select(
            catalog,
            sections=_as_tuple(section),
            years=parse_years(year) if year else None,
            venues=_as_tuple(venue),
            tags=_as_tuple(tag),
            keys=keys,
        )
        if chosen.missing:
            raise UsageError("not in the list: " + ", ".join(chosen.missing))
        papers = chosen.papers
    return write_citations(catalog, papers, format_, options)


Choice = TypeVar("Choice", bound=StrEnum)


def _find_choice(choices: type[Choice], name: str, noun: str) -> Choice:
    try:
        return choices(name)
    except ValueError as error:
        known = ", ".join(choice.value for choice in choices)
        raise UsageError(f"{name!r} is not {noun}. Use one of: {known}") from error


def _as_tuple(values: str | Sequence[str]) -> Sequence[str]:
    return (values,) if isinstance(values, str) else values


def write_citations(
    catalog: Catalog, papers: Iterable[Paper], format: Format, options: Options = FILE
) -> str:
    """Write papers as one file, in the order given, each under its key."""
    return write_file(catalog, write_entries(catalog, papers, format, options), format)


class Downloads:
    """The website's downloads: the whole list, each section with those inside it, each paper.

    What would be larger than `max_bytes` comes in numbered parts. `is_compact` leaves out all but
    the whole list.
    """

    def __init__(
        self,
        catalog: Catalog,
        memo: Memo | None = None,
        *,
        max_bytes: int = MAX_FILE_BYTES,
        is_compact: bool = False,
    ) -> None:
        self._catalog = catalog
        self._memo = memo or Memo(catalog)
        self._max_bytes = max_bytes
        self._is_compact = is_compact

    def list_files(self, section: str | None = None) -> dict[Format, list[str]]:
        """Return the files of the list or of a section by format: `export/all.bib`, or its parts.

        A compact site has none of sections.
        """
        group = "all" if section is None else f"sections/{section}"
        files = ((format_, self._files.get((format_, group), {})) for format_ in Format)
        return {format_: list(parts) for format_, parts in files if parts}

    def split(self, format_: Format) -> Iterator[Sequence[str]]:
        """Yield the entries of the whole list, as its files part them."""
        yield from self._files[format_, "all"].values()

    def entries(self, format_: Format) -> Sequence[str]:
        """Return the entry of each paper, in the order of the list."""
        return self._entries[format_]

    def render(self) -> Iterator[OutputFile]:
        """Yield every file: `export/all.bib`, `export/sections/<id>.bib`, `papers/<key>/<key>.bib`.

        Parts are `export/all-1.bib`, `export/all-2.bib`.
        """
        for (format_, _), files in self._files.items():
            for name, entries in files.items():
                yield name, write_file(self._catalog, entries, format_)
        if self._is_compact:
            return
        links = repr(self._catalog.survey.links)
        for format_ in PAPER_FORMATS:
            entries, suffix = self.entries(format_), format_.suffix
            for paper, entry in zip(self._catalog.ordered, entries, strict=True):
                yield LazyFile(
                    f"papers/{paper.key}/{paper.key}{suffix}",
                    digest(format_, self._memo.digests[paper.key], links),
                    partial(write_file, self._catalog, [entry], format_),
                )

    @cached_property
    def _entries(self) -> dict[Format, list[str]]:
        """Every paper on its own, with all its authors, as the memo has it or written now."""
        papers = self._catalog.ordered
        return {
            format_: self._memo.each(format_.value, papers, partial(self._write, format_))
            for format_ in Format
        }

    def _write(self, format_: Format, papers: Sequence[Paper]) -> list[str]:
        return write_entries(self._catalog, papers, format_, FILE)

    @cached_property
    def _files(self) -> dict[tuple[Format, str], dict[str, Sequence[str]]]:
        """The entries of each file by its name, by format and what it holds."""
        papers, files = self._catalog.ordered, {}
        within = {} if self._is_compact else self._catalog.papers_within
        # In the order of the list, as `catalog export --section` has them.
        place_by_key = {paper.key: place for place, paper in enumerate(papers)}
        places = {
            id_: sorted(place_by_key[paper.key] for paper in inside)
            for id_, inside in within.items()
        }
        for format_, texts in self._entries.items():
            groups = {"all": texts} | {
                f"sections/{id_}": [texts[place] for place in inside]
                for id_, inside in places.items()
            }
            for group, own in groups.items():
                parts = split_entries(self._catalog, own, format_, self._max_bytes)
                files[format_, group] = name_parts(f"export/{group}", format_.suffix, parts)
        return files
