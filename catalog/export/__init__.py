"""Citations of the whole list or any part of it in every format, and the website's downloads."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from catalog.digests import digest
from catalog.export.formats import Format, split_entries, write_entries, write_file
from catalog.memo import Memo
from catalog.model import Paper
from catalog.output import Output, Recipe, Rendered
from catalog.records import Catalog

__all__ = ["MAX_FILE_BYTES", "Format", "export", "remember_entries", "render_exports"]

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


def render_exports(
    catalog: Catalog, memo: Memo | None = None, *, max_bytes: int = MAX_FILE_BYTES
) -> Iterator[Output]:
    """Yield every file of the website's downloads.

    `export/all.bib` and its like hold the whole list, `export/sections/<id>.bib` a section with
    those inside it, `papers/<key>/<key>.bib` a paper. What is larger than `max_bytes` comes in
    numbered parts: `export/all-1.bib`, `export/all-2.bib`.
    """
    memo = memo or Memo(catalog)
    papers = catalog.ordered
    for format_ in Format:
        texts = remember_entries(catalog, papers, format_, memo)
        entries = dict(zip((paper.key for paper in papers), texts, strict=True))
        groups = {"all": texts}
        for id_, inside in catalog.papers_within.items():
            groups[f"sections/{id_}"] = [entries[paper.key] for paper in inside]
        for name, group in groups.items():
            yield from _render_group(catalog, name, group, format_, max_bytes)
        if format_ in _PAPER_FORMATS:
            for key, entry in entries.items():
                yield Recipe(
                    f"papers/{key}/{key}{format_.suffix}",
                    digest(format_, memo.digests[key], catalog.survey.links),
                    partial(write_file, catalog, [entry], format_),
                )


def remember_entries(
    catalog: Catalog, papers: Sequence[Paper], format: Format, memo: Memo
) -> list[str]:
    """Write every paper on its own, with all its authors, or take what the memo has."""
    return memo.each(
        format.value, papers, lambda missing: write_entries(catalog, missing, format, None)
    )


def _render_group(
    catalog: Catalog, name: str, entries: Sequence[str], format_: Format, max_bytes: int
) -> Iterator[Rendered]:
    parts = list(split_entries(catalog, entries, format_, max_bytes))
    for number, part in enumerate(parts, start=1):
        place = f"{name}-{number}" if len(parts) > 1 else name
        yield f"export/{place}{format_.suffix}", write_file(catalog, part, format_)
