"""Citations of the whole list or any part of it in every format, and the website's downloads."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial

from catalog.digests import digest
from catalog.export.formats import Format, split_entries, write_entries, write_file
from catalog.memo import Memo
from catalog.model import Paper
from catalog.output import Output, Recipe
from catalog.records import Catalog

__all__ = ["MAX_FILE_BYTES", "Downloads", "Format", "export", "remember_entries"]

MAX_FILE_BYTES = 45_000_000
"""No exported file is larger: Overleaf takes files of up to 50 MB."""

_PAPER_FORMATS = (Format.BIBTEX, Format.RIS)


def export(
    catalog: Catalog, papers: Iterable[Paper], format: Format, *, max_authors: int | None = None
) -> str:
    """Write papers as one file, in the order given, each under its key.

    More than `max_authors` authors are cut, and the entry says that others follow.
    """
    return write_file(catalog, write_entries(catalog, papers, format, max_authors), format)


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

    def list_files(self, section: str | None = None) -> list[tuple[Format, str]]:
        """Return the files of the list or of a section: `export/all.bib`, or its parts."""
        group = "all" if section is None else f"sections/{section}"
        return [(format_, name) for format_ in Format for name, _ in self._files[format_, group]]

    def render(self) -> Iterator[Output]:
        """Give every file: `export/all.bib`, `export/sections/<id>.bib`, `papers/<key>/<key>.bib`.

        Parts are `export/all-1.bib`, `export/all-2.bib`.
        """
        for (format_, _), files in self._files.items():
            for name, entries in files:
                yield name, write_file(self._catalog, entries, format_)
        if self._is_compact:
            return
        for format_ in _PAPER_FORMATS:
            papers = self._catalog.ordered
            texts = remember_entries(self._catalog, papers, format_, self._memo)
            for paper, text in zip(papers, texts, strict=True):
                yield Recipe(
                    f"papers/{paper.key}/{paper.key}{format_.suffix}",
                    digest(format_, self._memo.digests[paper.key], self._catalog.survey.links),
                    partial(write_file, self._catalog, [text], format_),
                )

    @cached_property
    def _files(self) -> dict[tuple[Format, str], list[tuple[str, Sequence[str]]]]:
        """Name and entries of each file, by format and what it holds."""
        papers, files = self._catalog.ordered, {}
        within = {} if self._is_compact else self._catalog.papers_within
        for format_ in Format:
            texts = remember_entries(self._catalog, papers, format_, self._memo)
            entries = dict(zip((paper.key for paper in papers), texts, strict=True))
            files[format_, "all"] = self._split("all", texts, format_)
            for id_, inside in within.items():
                own = [entries[paper.key] for paper in inside]
                files[format_, f"sections/{id_}"] = self._split(f"sections/{id_}", own, format_)
        return files

    def _split(
        self, group: str, entries: Sequence[str], format_: Format
    ) -> list[tuple[str, Sequence[str]]]:
        parts = list(split_entries(self._catalog, entries, format_, self._max_bytes))
        numbers = [f"-{n}" for n in range(1, len(parts) + 1)] if len(parts) > 1 else [""]
        names = [f"export/{group}{number}{format_.suffix}" for number in numbers]
        return list(zip(names, parts, strict=True))


def remember_entries(
    catalog: Catalog, papers: Sequence[Paper], format: Format, memo: Memo
) -> list[str]:
    """Write every paper on its own, with all its authors, or take what the memo has."""
    return memo.each(
        format.value, papers, lambda missing: write_entries(catalog, missing, format, None)
    )
