"""Where each entry stands in the downloads of the whole list, so that readers take any of them.

`site_src/assets/catalog/records.js` fetches the parts of these files that hold the chosen entries,
and joins them to the bytes that `catalog.render.citations` writes.
"""

import re
from collections.abc import Iterable
from typing import Any

from catalog.model.catalog import Catalog
from catalog.render.citations import Downloads, Format
from catalog.render.citations.fallbacks import write_fallbacks
from catalog.render.citations.formats import write_file

_COMMAND = re.compile(r"\\([A-Za-z]+)")
_LATEX = (Format.BIBTEX, Format.BIBLATEX)
_FIRST, _SECOND = "\x01", "\x02"
"""Stand for entries, to see what a file puts around and between them."""


def to_records(catalog: Catalog, downloads: Downloads, format_: Format) -> dict[str, Any]:
    """Return what a file of any entries needs, and where the entries of the whole list stand.

    `files` are the downloads in order: `size` and `start`, the place of the first entry, in bytes;
    `lengths` those of its entries, which the separator parts.
    """
    head, separator, tail = _find_frame(catalog, format_)
    around = len(tail.encode())
    files = []
    for part in downloads.split(format_):
        lengths = [len(entry.encode()) for entry in part]
        size = len(write_file(catalog, part, format_).encode())
        body = sum(lengths) + len(separator.encode()) * (len(part) - 1)
        files.append({"size": size, "start": size - around - body, "lengths": lengths})
    return {
        "head": head,
        "separator": separator,
        "tail": tail,
        "fallbacks": _find_fallbacks(downloads.entries(format_)) if format_ in _LATEX else {},
        "files": files,
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
    return {name: text.splitlines()[0] for name, text in preambles.items() if text}
