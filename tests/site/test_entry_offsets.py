"""Where entries stand in the downloads: the scripts cut them out by these figures."""

from pathlib import Path

import pytest

from catalog.model.catalog import Catalog
from catalog.render.citations import Downloads, Format, write_citations
from catalog.site.entry_offsets import to_records
from catalog.store.files import LazyFile
from catalog.store.load import load
from tests.real_list import find_real_list

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    loaded = load(find_real_list()).catalog
    assert loaded is not None
    return loaded


@pytest.mark.parametrize("max_bytes", [45_000_000, 20_000])
@pytest.mark.parametrize("format_", list(Format))
def test_every_entry_stands_where_it_is_said_to(
    catalog: Catalog, format_: Format, max_bytes: int
) -> None:
    downloads = Downloads(catalog, max_bytes=max_bytes)
    records = to_records(catalog, downloads, format_)
    files = {
        output[0]: str(output[1])
        for output in downloads.render()
        if not isinstance(output, LazyFile)
    }
    entries = []
    for number, file in enumerate(records["files"], start=1):
        part = f"-{number}" if len(records["files"]) > 1 else ""
        data = files[f"export/all{part}{format_.suffix}"].encode()
        assert len(data) == file["size"]
        start = file["start"]
        for length in file["lengths"]:
            entries.append(data[start : start + length].decode())
            start += length + len(records["separator"].encode())
    assert (len(records["files"]) > 1) == (max_bytes == 20_000)
    head, separator, tail = records["head"], records["separator"], records["tail"]
    for paper, entry in zip(catalog.ordered, entries, strict=True):
        alone = write_citations(catalog, [paper], format_)
        assert alone.startswith(head)
        assert alone.endswith(entry + tail)
    first, last = catalog.ordered[0], catalog.ordered[-1]
    assert write_citations(catalog, [first, last], format_).endswith(
        entries[0] + separator + entries[-1] + tail
    )
