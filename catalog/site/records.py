"""Citations of any papers that a reader picks: entries of every format, in the browse chunks.

`site_src/assets/catalog/records.js` joins chosen entries to the bytes that `catalog.export` writes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from catalog.export import Format, remember_entries
from catalog.export.fallbacks import write_fallbacks
from catalog.export.formats import write_file
from catalog.memo import Memo
from catalog.model import Paper
from catalog.records import Catalog

_COMMAND = re.compile(r"\\([A-Za-z]+)")
_LATEX = (Format.BIBTEX, Format.BIBLATEX)
_FIRST, _SECOND = "\x01", "\x02"
"""Stand for entries, to see what a file puts around and between them."""


def to_records(
    catalog: Catalog, chunks: Sequence[Sequence[Paper]], format_: Format, memo: Memo
) -> Iterator[dict[str, Any]]:
    """Yield, for each chunk of papers, its entries and all that a file of them needs."""
    head, separator, tail = _find_frame(catalog, format_)
    places = {paper.key: place for place, paper in enumerate(catalog.ordered)}
    for papers in chunks:
        entries = remember_entries(catalog, papers, format_, memo)
        yield {
            "head": head,
            "separator": separator,
            "tail": tail,
            "fallbacks": _find_fallbacks(entries) if format_ in _LATEX else {},
            "places": [places[paper.key] for paper in papers],
            "entries": entries,
        }


def _find_frame(catalog: Catalog, format_: Format) -> tuple[str, str, str]:
    """Return what stands before, between and after the entries of a file."""
    head, rest = write_file(catalog, [_FIRST, _SECOND], format_).split(_FIRST)
    separator, tail = rest.split(_SECOND)
    return head, separator, tail


def _find_fallbacks(entries: Iterable[str]) -> dict[str, str]:
    """Return, by the name of the command, each line that the preamble of a file may need."""
    names = sorted({name for entry in entries for name in _COMMAND.findall(entry)})
    preambles = {name: write_fallbacks(f"\\{name} ") for name in names}
    return {name: text.splitlines()[1] for name, text in preambles.items() if text}
