"""Where each entry is in the downloads of the whole list, so that readers take any of them.

`site_src/assets/catalog/records.js` fetches the parts of these files that hold the chosen entries,
and joins them to the bytes that `catalog.render.citations` writes.
"""

from typing import Any

from catalog.model.catalog import Catalog
from catalog.render.citations import Downloads, Format
from catalog.render.citations.fallbacks import write_fallbacks
from catalog.render.citations.formats import find_frame, find_preamble


def to_records(catalog: Catalog, downloads: Downloads, format_: Format) -> dict[str, Any]:
    """Return what a file of any entries needs, and where the entries of the whole list stand.

    `files` are the downloads in order: `size` and `start`, the place of the first entry, in bytes;
    `lengths` those of its entries, which the separator parts. `fallbacks` are the definitions that
    a file needs for each command or letter in its entries.
    """
    frame = find_frame(catalog, format_)
    head, separator, tail = (
        len(text.encode()) for text in (frame.head, frame.separator, frame.tail)
    )
    files: list[dict[str, Any]] = []
    fallbacks: dict[str, list[str]] = {}
    for part in downloads.split(format_):
        used = find_preamble(frame.separator.join(part), format_)
        fallbacks |= used
        preamble = write_fallbacks(used)
        lengths = [len(entry.encode()) for entry in part]
        start = head + len(preamble.encode())
        size = start + sum(lengths) + separator * (len(part) - 1) + tail
        files.append({"size": size, "start": start, "lengths": lengths})
    return {
        "head": frame.head,
        "separator": frame.separator,
        "tail": frame.tail,
        "fallbacks": dict(sorted(fallbacks.items())),
        "files": files,
    }
