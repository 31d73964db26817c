"""The lists and queries that searches are compared on, as the site's scripts read them.

Queries written by hand, with the papers that each should find: `queries.json` for the list here,
`queries-invented.json` for a list that was invented for it, with scripts, signs and facets that the
list here does not have. Queries made from the papers: for these two and an invented list of 1,000.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.lists import write_list
from catalog.render.citations import Downloads
from catalog.render.memo import Memo
from catalog.site.search_data import FOLDER, describe_chunks, render_chunks, sort_newest
from catalog.store.files import LazyFile
from catalog.store.load import load

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LONG = 1000


def gather(scratch: Path, more: list[Path]) -> list[dict[str, Any]]:
    """Return every list with its queries, None for those that `known_items.js` makes."""
    write_list(scratch, LONG)
    own, invented = read_data(ROOT), read_data(HERE / "invented")
    named = [("here", own), ("invented", invented), (f"invented, {LONG:,} papers", None)]
    generated = [{"name": name, "data": data or read_data(scratch)} for name, data in named]
    generated += [{"name": folder.name, "data": read_data(folder)} for folder in more]
    return [
        {"name": "by hand, here", "data": own, "queries": _read("queries.json")},
        {"name": "by hand, invented", "data": invented, "queries": _read("queries-invented.json")},
        *(one | {"name": f"generated, {one['name']}", "queries": None} for one in generated),
    ]


def _read(name: str) -> list[dict[str, Any]]:
    queries: list[dict[str, Any]] = json.loads((HERE / name).read_text(encoding="utf-8"))
    return queries


def read_data(folder: Path) -> dict[str, Any]:
    """Return the search data of a list: its index, its chunks, and the abstracts of each."""
    files = dict(_read_files(folder))
    index = files[f"{FOLDER}index.js"]
    abstracts = index["abstracts"]["files"]
    return {
        "index": index,
        "chunks": [files[name] for name in index["chunks"]],
        "abstracts": [files[name]["abstract"] for name in abstracts],
    }


def _read_files(folder: Path) -> Iterator[tuple[str, Any]]:
    catalog = load(folder).catalog
    if catalog is None:
        raise ValueError(f"{folder} is not a valid list")
    memo = Memo(catalog)
    papers = sort_newest(catalog.papers)
    downloads = Downloads(catalog, memo, is_compact=False)
    described = describe_chunks(catalog, len(papers))
    for output in render_chunks(catalog, papers, memo, downloads, described):
        if output[0].startswith(FOLDER):
            text = output.make() if isinstance(output, LazyFile) else output[1]
            assert isinstance(text, str)
            yield output[0], json.loads(text.removeprefix("catalogData(").removesuffix(")\n"))
